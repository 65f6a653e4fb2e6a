"""The question reader that ships with the project: what a question asks for, and which of its words say what.

Lower layers of the encoder, trained on labelled questions (docs/models/question-reader-zh.md), under ONNX
Runtime, with the encoder's tokenizer.  It reads how people ask, in the place of patterns and word lists.
Left out: which words the documents know, and what is taken over from the question before (`following`).
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from index.encoders.onnx_files import load_session, load_tokenizer
from index.encoders.packed import SHIPPED
from index.errors import ModelError
from index.records import FieldName

FOLDER = Path(__file__).parent / "models" / "question-reader-zh"
_MEND = "Install the project again (pip install --force-reinstall)."

Kind = Literal[
    "lead", "agency", "deadline", "quantity", "money", "list", "tasks", "document", "passage",
    "locate", "due", "same", "nothing",
]  # fmt: skip
"""The kinds of `qa.records.Asked`, and four more.  locate: where it is written; due: all that is to be done
by a year; same: what the question before asked (那运城呢); nothing: thanks, chit-chat, commands."""
Part = Literal["lead", "agency", "deadline", "quantity", "money"]
Flag = Literal[
    "every", "most", "least", "alike", "yes_no", "sum", "now", "how_long", "leads", "takes", "takes_region",
    "takes_topic", "phone", "web", "address", "person", "firm",
]  # fmt: skip
"""every: of all regions (各县); most, least, alike: which is more, less, whether the same; sum: a total;
now: the present state; how_long: a length of time and no date; leads: only what the body leads; takes…: it
goes on with the question before, with its region, its subject; the last five: what it wants to be given."""

KINDS: Final[tuple[Kind, ...]] = (
    "lead", "agency", "deadline", "quantity", "money", "list", "tasks", "document", "passage",
    "locate", "due", "same", "nothing",
)  # fmt: skip
PARTS: Final[tuple[Part, ...]] = ("lead", "agency", "deadline", "quantity", "money")
FIELDS: Final[tuple[FieldName, ...]] = (
    "title", "number", "issuer", "date", "interpreter", "implements", "interprets", "status",
)  # fmt: skip
FLAGS: Final[tuple[Flag, ...]] = (
    "every", "most", "least", "alike", "yes_no", "sum", "now", "how_long", "leads", "takes", "takes_region",
    "takes_topic", "phone", "web", "address", "person", "firm",
)  # fmt: skip
TAGS: Final = "OSPYBXLQTDNUW"
"""What a character belongs to: O nothing of these, S the subject, P a place, Y a year, B a body named, X a
body supposed to be responsible, L a label (第十二条), Q a quotation, T a document's title, D words for a
document (这个方案), N a number given, U the unit asked for (多少户), W politeness around it."""

UNREAD: Final = "-"
"""The tag of what lies beyond the tokens that are read: it is searched for, but is no part of a subject."""

MOST_BEFORE = 32
MOST_TOKENS = 96
"""Tokens read of the question before, its last ones, and of the question, its first ones; the longest
question of all sets measured (docs/quality.md) has 47."""
_START, _END = 0, 2
WIDTH: Final = 768
Floats = npt.NDArray[np.float32]
KEPT = 512
"""Readings remembered."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a question.

    ``kinds`` are all, the likeliest first; ``parts`` are the facts that it asks for, ``tags`` one letter of
    `TAGS` for every character of the text, UNREAD for those beyond what was read.  ``state`` (WIDTH,) is what
    the reader makes of the whole message, for what else is told by it (`turns`).
    """

    text: str
    kinds: tuple[Kind, ...]
    parts: tuple[Part, ...]
    fields: tuple[FieldName, ...]
    flags: frozenset[Flag]
    tags: str
    state: Floats = field(repr=False, compare=False)

    @property
    def kind(self) -> Kind:
        """The likeliest kind."""
        return self.kinds[0]

    def runs(self, tag: str, text: str | None = None) -> Iterator[str]:
        """The words with a tag, in order; of ``text``, as long as the question's, where it is given."""
        for match in re.finditer(f"{tag}+", self.tags):
            yield (text or self.text)[match.start() : match.end()].strip()


class QuestionReader:
    """The packed reader; safe to use from several threads at once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it; raises ModelError where a file is missing or is not what was packed."""
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            size = int(about["files"]["model.onnx"]["size"])
            labels = tuple(about["labels"])
            thresholds = dict(about.get("thresholds", {}))
            found = (folder / "model.onnx").stat().st_size
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"No question reader at {folder} ({error}). {_MEND}") from error
        if found != size:
            raise ModelError(f"{folder / 'model.onnx'} has {found:,} bytes, not {size:,}. {_MEND}")
        if labels != (*KINDS, *PARTS, *FIELDS, *FLAGS, *TAGS):
            raise ModelError(f"{folder} was packed for other labels than these. {_MEND}")
        self._tokenizer = load_tokenizer(SHIPPED / "tokenizer.json", _MEND, whole=True)
        self._session = load_session(folder / "model.onnx", _MEND)
        self._least = np.array([thresholds.get(name, 0.0) for name in (*PARTS, *FIELDS, *FLAGS)], np.float32)
        self.read = functools.lru_cache(maxsize=KEPT)(self._read)

    def _read(self, text: str, before: str = "") -> Reading:
        """The reading of a question after the one before it ("" without one)."""
        kinds, odds, best, offsets, state = self._run(text, before)
        order = [KINDS[at] for at in np.argsort(-kinds)]
        held = odds > self._least
        return Reading(
            text,
            tuple(order),
            _held(PARTS, held[: len(PARTS)]),
            _held(FIELDS, held[len(PARTS) : -len(FLAGS)]) or _likeliest(order[0], odds),
            frozenset(_held(FLAGS, held[-len(FLAGS) :])),
            _tags(text, offsets, best, whole=len(offsets) < MOST_TOKENS),
            state,
        )

    def odds(self, text: str, before: str = "") -> tuple[Floats, Floats]:
        """Log odds of the kinds and of parts, fields and flags, in the order of their names."""
        kinds, odds, _, _, _ = self._run(text, before)
        return kinds, odds

    def _run(self, text: str, before: str) -> tuple[Floats, Floats, npt.NDArray[np.int64], list[Any], Floats]:
        """The log odds of kinds and labels, the best tag of each token, where it stands, and the state."""
        front = self._tokenizer.encode(before, add_special_tokens=False).ids[-MOST_BEFORE:] if before else []
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        pieces, offsets = encoding.ids[:MOST_TOKENS], encoding.offsets[:MOST_TOKENS]
        ids = [_START, *front, _END, *pieces, _END]
        sides = [0] * (len(front) + 2) + [1] * (len(pieces) + 1)
        inputs = {"input_ids": np.array([ids], np.int64), "side": np.array([sides], np.int64)}
        whole, tokens, state = self._session.run(["whole", "tags", "state"], inputs)
        best = tokens[0, len(front) + 2 :].argmax(1)
        return whole[0, : len(KINDS)], whole[0, len(KINDS) :], best, offsets, state[0]


def _held(names: Sequence[Any], held: npt.NDArray[np.bool_]) -> tuple[Any, ...]:
    return tuple(name for name, one in zip(names, held, strict=True) if one)


def _likeliest(kind: Kind, odds: Floats) -> tuple[FieldName, ...]:
    """The likeliest field of a question about a document for which none is likely."""
    fields = odds[len(PARTS) : -len(FLAGS)]
    return (FIELDS[int(fields.argmax())],) if kind == "document" else ()


def _tags(text: str, offsets: Sequence[tuple[int, int]], best: npt.NDArray[np.int64], *, whole: bool) -> str:
    """A letter a character; blanks between two of one tag belong to it."""
    read = len(text) if whole else offsets[-1][1]
    tags = ["S"] * read + [UNREAD] * (len(text) - read)
    for (start, end), tag in zip(offsets, best, strict=False):
        tags[start:end] = TAGS[tag] * (end - start)
    return "".join(tags)


@functools.cache
def shipped_question_reader() -> QuestionReader:
    """The shipped reader, loaded at its first use."""
    return QuestionReader()
