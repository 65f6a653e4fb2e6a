"""One answer against what was expected of it.

Read from a line of an evaluation file, judged by the measures of `scoring`, and where the answer is not
what was expected, said why in one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final, TypeGuard

from index.language.folding import plain
from index.search.index import Index
from qa.quality.scoring import is_verbatim, rank_of, rouge_l
from qa.records import Answer

LONGEST: Final[Mapping[str, int]] = {
    "agency": 400,
    "target": 400,
    "deadline": 300,
    "metadata": 400,
    "followup": 400,
}
"""Characters, by type, past which an answer counts as none: the words would be found in any copied page."""
LONGEST_OTHER: Final = 4000
"""The same for every other type."""
TOP: Final = 5
"""The clauses among which an answer's span is looked for."""
UNSAID: Final = "none"
"""The type of questions that the documents do not answer."""


@dataclass(frozen=True, slots=True)
class ClauseQuestion:
    """What is expected over clauses: groups of alternative strings, and words of the answer."""

    type: str
    evidence: tuple[tuple[str, ...], ...]
    answer: tuple[str, ...]

    @property
    def wanted(self) -> str:
        """What was expected, in words."""
        return "、".join(self.answer) if self.type != UNSAID else "(the documents do not say)"


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """What is expected over documents: a file's name and a span of it."""

    document: str
    answer: str

    @property
    def wanted(self) -> str:
        """What was expected, in words."""
        return f"{self.answer} ({self.document})"


@dataclass(frozen=True, slots=True)
class ClauseJudgement:
    """An answer judged over clauses: by evidence group the rank among the hits and whether it is cited; by
    expected word whether the answer holds it.  ``why`` is empty where all is as expected."""

    type: str
    ranks: tuple[int | None, ...]
    cited: tuple[bool, ...]
    keys: tuple[bool, ...]
    complete: bool
    abstained: bool
    verbatim: tuple[bool, ...]
    length: int
    why: str


@dataclass(frozen=True, slots=True)
class DocumentJudgement:
    """An answer judged over documents."""

    document_rank: int | None
    in_top: bool
    rouge: float
    contains: bool
    abstained: bool
    verbatim: tuple[bool, ...]
    length: int
    why: str


def read_question(said: Mapping[str, Any]) -> ClauseQuestion | DocumentQuestion:
    """What a line expects; raises ValueError with what is missing."""
    if "evidence" in said:
        evidence, answer, kind = said["evidence"], said.get("answer", ()), said.get("type")
        if not isinstance(kind, str):
            raise ValueError('"type" is missing or no string')
        if not isinstance(evidence, list) or not all(are_strings(group) for group in evidence):
            raise ValueError('"evidence" is no list of lists of strings')
        if not are_strings(answer):
            raise ValueError('"answer" is missing or no list of strings')
        if kind != UNSAID and not (evidence and answer):
            raise ValueError(f'"evidence" or "answer" is empty, which only the type {UNSAID!r} may be')
        return ClauseQuestion(kind, tuple(map(tuple, evidence)), tuple(answer))
    if isinstance(said.get("document"), str) and isinstance(said.get("answer"), str):
        return DocumentQuestion(said["document"], said["answer"])
    raise ValueError('it expects nothing: "evidence" and "answer", or "document" and "answer", are missing')


def are_strings(value: object) -> TypeGuard[list[str]]:
    """True for a list of strings, none of them blank."""
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)


def judge_clauses(
    expected: ClauseQuestion, given: Answer, index: Index, longest: float | None = None
) -> ClauseJudgement:
    """Judge an answer over clauses; a question that the documents do not answer only by its abstaining.

    ``longest`` are the characters past which it counts as none, those of its type where None is given.
    """
    text = plain(given.text)
    verbatim = tuple(is_verbatim(citation, index) for citation in given.citations)
    if expected.type == UNSAID:
        why = "" if given.abstained else "answered, although the documents do not say"
        return ClauseJudgement(UNSAID, (), (), (), given.abstained, given.abstained, verbatim, len(text), why)
    if longest is None:
        longest = LONGEST.get(expected.type, LONGEST_OTHER)
    counts = len(text) <= longest and not given.abstained
    keys = tuple(counts and plain(word) in text for word in expected.answer)
    hits = [hit.clause.text for hit in given.hits]
    cited = [citation.text for citation in given.citations]
    return ClauseJudgement(
        type=expected.type,
        ranks=tuple(rank_of(group, hits) for group in expected.evidence),
        cited=tuple(rank_of(group, cited) is not None for group in expected.evidence),
        keys=keys,
        complete=all(keys),
        abstained=given.abstained,
        verbatim=verbatim,
        length=len(text),
        why=_why(expected, given, keys, longest),
    )


def _why(expected: ClauseQuestion, given: Answer, keys: Sequence[bool], longest: float) -> str:
    """Why an answer is not complete, and whether finding or answering is to blame; empty where it is."""
    if all(keys):
        return ""
    found = _found(expected, given)
    if given.abstained:
        return f"abstained, although the documents say; {found}"
    length = len(plain(given.text))
    if length > longest:
        return f"too long ({length} characters, at most {longest} count); {found}"
    missing = [word for word, held in zip(expected.answer, keys, strict=True) if not held]
    return f"not in the answer: {'、'.join(missing)}; {found}"


def _found(expected: ClauseQuestion, given: Answer) -> str:
    hits = [hit.clause.text for hit in given.hits]
    ranks = [rank_of(group, hits) for group in expected.evidence]
    if all(rank is None for rank in ranks):
        return "no evidence among the hits"
    return "evidence at rank " + ", ".join("none" if rank is None else str(rank) for rank in ranks)


def judge_document(expected: DocumentQuestion, given: Answer, index: Index) -> DocumentJudgement:
    """Judge an answer over documents; a document is meant by the last part of its name."""
    files = list(dict.fromkeys(_base(hit.file) for hit in given.hits))
    name = _base(expected.document)
    rank = files.index(name) + 1 if name in files else None
    clause = rank_of([expected.answer], (hit.clause.text for hit in given.hits[:TOP]))
    contains = not given.abstained and plain(expected.answer) in plain(given.text)
    return DocumentJudgement(
        document_rank=rank,
        in_top=clause is not None,
        rouge=0.0 if given.abstained else rouge_l(given.text, expected.answer),
        contains=contains,
        abstained=given.abstained,
        verbatim=tuple(is_verbatim(citation, index) for citation in given.citations),
        length=len(plain(given.text)),
        why=_why_document(rank, clause, given, contains),
    )


def _base(name: str) -> str:
    return PurePosixPath(name).name


def _why_document(rank: int | None, clause: int | None, given: Answer, contains: bool) -> str:
    if contains:
        return ""
    place = f"document at rank {rank}" if rank else "document not found"
    place += f", span in hit {clause}" if clause else f", span not in the first {TOP} hits"
    return f"{'abstained' if given.abstained else 'span not in the answer'}; {place}"
