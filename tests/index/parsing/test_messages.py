"""Values over a pipe: what goes out comes back the same, and nothing else is taken for a value."""

from __future__ import annotations

import io
import json
import types
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.parsing.checks import fault_of
from index.parsing.messages import (
    Failed,
    Refused,
    Reply,
    WireError,
    packed,
    read_frame,
    unpacked,
    write_frame,
)
from index.parsing.parse import parse_file
from index.parsing.typed import from_json, to_json
from index.records import Clause, Deadline, Fact, Parsed

DOCUMENTS = Path(__file__).parents[3] / "documents"
DEADLINE = Deadline(5, 11, "2025年底", 2025, 2025, None, "end")


def made_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, by the type alone."""
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: made_of(hints[field.name]) for field in fields(hint)})
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*map(made_of, get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(made_of(get_args(hint)[0]), max_size=3).map(tuple)
    scalars: dict[Any, st.SearchStrategy[Any]] = {
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False),
        bool: st.booleans(),
        type(None): st.none(),
        str: st.text(),
    }
    return scalars[hint]


class TestRoundTrip:
    @pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.name[:4])
    def test_a_document_comes_back_the_same(self, path):
        parsed = parse_file(path, DOCUMENTS)
        reply = Reply(7, 1, parsed)
        assert unpacked(Reply, packed(Reply, reply)) == reply
        assert fault_of(parsed, path.name) is None

    @given(made_of(Reply))
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    def test_any_reply_comes_back_the_same(self, reply):
        assert unpacked(Reply, packed(Reply, reply)) == reply

    def test_a_fact_is_told_from_the_others_by_its_name(self):
        said = to_json(Fact, DEADLINE)
        assert list(said) == ["Deadline"]
        assert said["Deadline"]["text"] == "2025年底"
        assert from_json(Fact, said) == DEADLINE

    def test_half_a_character_is_not_sent(self):
        with pytest.raises(UnicodeEncodeError):
            packed(Reply, Reply(1, 0, Refused("\ud800")))


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "said",
        [
            {"start": "5"},
            {"start": True},
            {"start": 5.0},
            {"start": 2**63},
            {"text": None},
            {"text": "\ud800"},
            {"bound": "never"},
            {"month": "3"},
            {"more": 1},
        ],
        ids=str,
    )
    def test_a_field_of_another_type(self, said):
        with pytest.raises(ValueError):
            from_json(Deadline, {**to_json(Deadline, DEADLINE), **said})

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"\xff\xfe",
            b"null",
            b"[1, 2]",
            b"[" * 100_000,
            b"9" * 10_000,
            b'{"number": 1}',
            b'{"number": 1, "peak": 0, "outcome": {"Parsed": {}}}',
            b'{"number": 1, "peak": 0, "outcome": {"Path": "/etc/passwd"}}',
            b'{"number": 1, "peak": 0, "outcome": {"Failed": {"cause": "mood", "words": ""}}}',
        ],
        ids=lambda body: repr(body[:20]),
    )
    def test_a_body_that_is_no_reply(self, body):
        with pytest.raises(WireError, match="no Reply"):
            unpacked(Reply, body)

    def test_a_type_that_nobody_thought_of(self):
        with pytest.raises(TypeError, match=r"give it a case in index/typed\.py"):
            from_json(dict[str, int], {})

    def test_a_document_that_does_not_hang_together(self):
        path = sorted(DOCUMENTS.glob("*.txt"))[0]
        parsed = parse_file(path, DOCUMENTS)
        first: Clause = parsed.clauses[0]
        shifted = replace(first, start=first.start + 1, end=first.end + 1)
        beyond = replace(first, start=-1)
        assert fault_of(parsed, "other.txt") == "it answers for another document"
        for wrong in (shifted, beyond):
            spoilt = Parsed(parsed.document, (wrong, *parsed.clauses[1:]), parsed.facts)
            assert fault_of(spoilt, path.name) == "clause 0 quotes what does not stand there"
        assert fault_of(replace(parsed, facts=parsed.facts[1:]), path.name)
        assert fault_of(replace(parsed, document=replace(parsed.document, source_hash="x")), path.name)


class TestFrames:
    def test_frames_come_one_after_another_and_end(self):
        stream = io.BytesIO()
        for outcome in (Refused("空"), Failed("error", "坏")):
            write_frame(stream, packed(Reply, Reply(1, 0, outcome)))
        stream.seek(0)
        first, second = (read_frame(stream, 1000) for _ in range(2))
        assert json.loads(first or b"")["outcome"] == {"Refused": {"reason": "空"}}
        assert unpacked(Reply, second or b"").outcome == Failed("error", "坏")
        assert read_frame(stream, 1000) is None

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            (b"\0\0\0", "a frame of 0 bytes"),
            (b"\0\0\0\0\0\0\0\x09{}", "ends after 2"),
            (b"\xff" * 8, "at most 1000 are taken"),
        ],
        ids=["half a length", "half a body", "too long"],
    )
    def test_a_frame_that_is_none(self, sent, words):
        with pytest.raises(WireError, match=words):
            read_frame(io.BytesIO(sent), 1000)
