"""Clauses found → what the judge says of each: whether it answers, and which of its characters do.

A long clause is read in its most promising windows (by late interaction with the question, or by the pairs of
characters that they share with it where the index has no token vectors) and counts by its best one.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from index.clauses.windows import windows
from index.engines.late_interaction import QuestionTokens, late_interaction
from index.entries import Entry
from index.records import Agency
from index.search.index import Index
from qa.search.clause_judge import ClauseJudge, Verdict
from qa.search.matched_tokens import Matched
from qa.search.question_encoder import question_tokens

WINDOWS_READ: Final = 2
"""Windows of a clause that are read: its time is what a search has least of.  Not measured against others."""
LEADING: Final = "牵头单位"
RESPONSIBLE: Final = "责任单位"
"""How tables head the column of bodies."""
OUTSIDE: Final = np.float32(-20.0)
"""Log odds of a character that was not read."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Judged:
    """The judge's word on a clause: the ``verdict`` on the best of its windows, ``text``, of ``entry``, and
    the texts and verdicts of the ``others`` that were read."""

    entry: Entry
    text: str
    verdict: Verdict
    others: tuple[tuple[str, Verdict], ...] = ()

    @property
    def odds(self) -> float:
        """Log odds that it answers."""
        return self.verdict.odds

    @functools.cached_property
    def inside(self) -> Floats:
        """Log odds (characters of the clause) that a character belongs to the answer, OUTSIDE where none
        was read; made when it is asked for, since a search needs the odds alone.  Of windows that answer less
        surely than the best they are so much lower."""
        inside = np.full(len(self.entry.clause.text), OUTSIDE, np.float32)
        for text, verdict in ((self.text, self.verdict), *self.others):
            home, less = _places(self.entry, text), self.odds - verdict.odds
            for (start, end), odds in zip(verdict.places, verdict.inside, strict=True):
                here = home[start:end]
                here = here[here >= 0]
                inside[here] = np.maximum(inside[here], odds - less)
        return inside


@dataclass(frozen=True, slots=True)
class _Window:
    """What is read at once, with its packed token vectors, empty where the index holds none."""

    heading: str
    text: str
    tokens: bytes


def judge_clauses(
    judge: ClauseJudge, question: str, index: Index, entries: Sequence[Entry], *, bodies: bool = False
) -> dict[int, Judged]:
    """The judge's word on each clause, by the clause's key; all windows in one go.

    ``bodies``: the question asks which bodies are charged.  Most plans print them in a bracket that says no
    more; the judge is then given them with the name of their column, as tables print them.
    """
    tokens = question_tokens(index, question)
    vectors = index.token_vectors([entry.key for entry in entries]) if tokens else {}
    chosen = {
        entry.key: _promising(question, index, entry, tokens, vectors.get(entry.key, [])) for entry in entries
    }
    told = {entry.key: _bodies(entry) if bodies else "" for entry in entries}
    pairs = [(one.heading, one.text + told[key]) for key, read in chosen.items() for one in read]
    matched = Matched(tokens, [one.tokens for read in chosen.values() for one in read]) if tokens else None
    verdicts = iter(judge.judge(f"{question} {RESPONSIBLE}" if bodies else question, pairs, matched))
    found = {}
    for entry in entries:
        read = [((one.heading, one.text), next(verdicts)) for one in chosen[entry.key]]
        read.sort(key=lambda one: -one[1].odds)
        (_, text), best = read[0]
        found[entry.key] = Judged(entry, text, best, tuple((text, one) for (_, text), one in read[1:]))
    return found


def _bodies(entry: Entry) -> str:
    """牵头单位：…；责任单位：…, the bodies that were read in the clause; empty without any."""
    bodies = [fact for fact in entry.facts if isinstance(fact, Agency)]
    leads = list(dict.fromkeys(fact.text for fact in bodies if fact.role == "lead"))
    others = list(dict.fromkeys(fact.text for fact in bodies if fact.role != "lead"))
    named = ((LEADING, leads), (RESPONSIBLE, others))
    return "；".join(f"{name}：{'、'.join(names)}" for name, names in named if names)


def _promising(
    question: str, index: Index, entry: Entry, tokens: QuestionTokens | None, vectors: Sequence[bytes]
) -> list[_Window]:
    parts = [window.partition("\n") for window in windows(index.document(entry.file), entry.clause)]
    known = vectors if len(vectors) == len(parts) else [b""] * len(parts)
    read = [_Window(heading, text, own) for (heading, _, text), own in zip(parts, known, strict=True)]
    if len(read) <= WINDOWS_READ:
        return read
    scores = late_interaction(tokens, list(enumerate(known))) if tokens else {}
    if len(scores) != len(read):
        asked = _pairs(question)
        scores = {at: len(asked & _pairs(one.text)) for at, one in enumerate(read)}
    return [read[at] for at in sorted(scores, key=lambda at: -scores[at])[:WINDOWS_READ]]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in itertools.pairwise(text))


def _places(entry: Entry, text: str) -> npt.NDArray[np.int64]:
    """For each character of a window's text its offset in the clause's text, -1 where it has none there."""
    home = np.full(len(text), -1, np.int64)
    if entry.clause.cells:
        begin = 0
        for cell in entry.clause.cells:
            first, last = cell.start - entry.clause.start, cell.end - entry.clause.start
            words = entry.clause.text[first:last].strip()
            at = text.find(words, begin) if words else -1
            if at >= 0:
                shift = entry.clause.text.find(words, first)
                home[at : at + len(words)] = np.arange(shift, shift + len(words))
                begin = at + len(words)
        return home
    whole = [at for at, sign in enumerate(entry.clause.text) if not sign.isspace()]
    part = [at for at, sign in enumerate(text) if not sign.isspace()]
    flat = "".join(entry.clause.text[at] for at in whole)
    at = flat.find("".join(text[at] for at in part))
    if at >= 0:
        home[part] = whole[at : at + len(part)]
    return home
