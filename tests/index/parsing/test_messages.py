"""Values over a pipe: what goes out comes back the same, and nothing else is taken for a value."""

from __future__ import annotations

import io
import json
import types
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.parsing.checks import fault_of
from index.parsing.messages import (
    Done,
    Failed,
    Refused,
    Reply,
    SentFact,
    WireError,
    packed,
    read_frame,
    unpacked,
    write_frame,
)
from index.parsing.parse import parse_file
from index.records import Agency, Clause, Deadline, Fact, Parsed

DOCUMENTS = Path(__file__).parents[3] / "documents"
DEADLINE = Deadline(5, 11, "2025年底", 2025, 2025, None, "end")


@dataclass(frozen=True)
class Facts:
    facts: tuple[SentFact, ...]


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
        reply = Reply(7, 1, Done(parsed.document, parsed.clauses, parsed.facts))
        assert unpacked(Reply, packed(Reply, reply)) == reply
        assert fault_of(parsed, path.name) is None

    @given(made_of(Reply))
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    def test_any_reply_comes_back_the_same(self, reply):
        assert unpacked(Reply, packed(Reply, reply)) == reply

    def test_every_fact_is_told_from_the_others_by_its_kind(self):
        kinds = [get_args(one)[0] for one in get_args(get_args(SentFact)[0])]
        assert set(kinds) == set(get_args(Fact))
        facts = (Agency(0, 2, "市局", "市局", "lead"), DEADLINE)
        said = json.loads(packed(Facts, Facts(facts)))[0]["facts"]
        assert [one["kind"] for one in said] == ["Agency", "Deadline"]
        assert unpacked(Facts, json.dumps([{"facts": said}]).encode()) == Facts(facts)
        for wrong in ({**said[1], "kind": "Agency"}, {**said[1], "kind": "Path"}, [], None, DEADLINE.text):
            with pytest.raises(WireError, match=r"no Facts: facts\.0"):
                unpacked(Facts, json.dumps([{"facts": [wrong]}]).encode())

    def test_half_a_character_is_not_sent(self):
        with pytest.raises(ValueError, match="surrogates"):
            packed(Reply, Reply(1, 0, Refused("\ud800")))


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "said",
        [
            {"start": "5"},
            {"start": True},
            {"start": 5.0},
            {"start": 2**63},
            {"start": -(2**63) - 1},
            {"start": 10**4000},
            {"start": None},
            {"text": None},
            {"text": "\ud800"},
            {"bound": "never"},
            {"month": "3"},
            {"more": 1},
        ],
        ids=str,
    )
    def test_a_field_of_another_type(self, said):
        (good,) = json.loads(packed(Deadline, DEADLINE))
        assert unpacked(Deadline, json.dumps([good]).encode()) == DEADLINE
        with pytest.raises(WireError, match="no Deadline"):
            unpacked(Deadline, json.dumps([{**good, **said}]).encode())
        with pytest.raises(WireError, match="no Deadline"):
            unpacked(
                Deadline, json.dumps([{**good, **said}], ensure_ascii=False).encode("utf-8", "surrogatepass")
            )

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
            b'[{"number": 1}]',
            b'[{"number": 1, "peak": 0, "outcome": {"kind": "done"}}]',
            b'[{"number": 1, "peak": 0, "outcome": {"kind": "path", "path": "/etc/passwd"}}]',
            b'[{"number": 1, "peak": 0, "outcome": {"cause": "memory", "words": ""}}]',
            b'[{"number": 1, "peak": 0, "outcome": {"kind": "failed", "cause": "mood", "words": ""}}]',
            b'[{"number": 1, "peak": 0, "outcome": {"kind": "ready"}, "more": 1}]',
            b'[{"number": 1, "peak": 0, "outcome": {"kind": "ready"}}, 2]',
        ],
        ids=lambda body: repr(body[:20]),
    )
    def test_a_body_that_is_no_reply(self, body):
        with pytest.raises(WireError, match="no Reply"):
            unpacked(Reply, body)

    def test_the_widest_numbers_are_taken_and_long_digits_in_a_text(self):
        wide = replace(DEADLINE, start=-(2**63), end=2**63 - 1, text="账号6222021234567890123")
        assert unpacked(Deadline, packed(Deadline, wide)) == wide

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
        assert json.loads(first or b"")[0]["outcome"] == {"kind": "refused", "reason": "空"}
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
