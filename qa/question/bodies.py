"""The bodies of a question: the one that it takes to be responsible, and the one whose tasks it asks for,
by its name, by a short one, or by what it does.

A body is known as documents charge it (省自然资源厅 by 自然资源局).  One told by what it does (财政口) is
the one whose name, and whose clauses, lie nearest to these words; that it was taken so is said with the
answer.  Left out: whether tasks are asked for at all, which the question reader tells.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from index.encoders.encoder import Encoder, Vectors
from index.language.agency_endings import NAMED, SIGNING, WITHOUT_ENDING
from index.language.agency_names import known_body, normalise_agency
from index.language.regions import LEVELS
from index.search.index import Index
from qa.agencies import bodies_meant
from qa.question.reader import Reading
from qa.question.terms import is_term, words_of

LONGEST_NAME = 20
"""Characters of a body's name."""
LONGEST_SHORT = 6
"""Characters of a body named in short: 市场监管局."""
GAP = 4
"""Characters between two runs read as a body that still belong to one description: 管户|口的那个|局."""
SHORTEST_ENDING = 3
"""Characters of a name at the end of more words that were read as a body."""
MOST_BODIES = 150
"""Bodies among which one that is described is looked for, those charged most."""
REGIONS_KEPT = 16
"""Regions whose bodies' vectors are kept, of some 500 kB each."""
MOST_CLAUSES = 40
"""Clauses of a body in which the words of a description are looked for."""
FEW = 5
"""Clauses added to a body's own, so that one clause alone says little of what it does."""
WORK = 0.3
"""What the share of clauses that hold a word weighs against a cosine."""
SURE = 0.01
"""How much nearer than the next body the one meant must be.  This, WORK, FEW and GAP by
``training.fit_bodies``: of 150 described bodies they name 49 rightly and 25 wrongly, and none in 35 of 40
questions that mean none; the other values tried name fewer, or more wrongly."""

OUTSIDE = "O"
"""The reader's tag of words that are no subject, place or body: those that ask."""
ENDING = re.compile(rf"(?:{SIGNING}|{NAMED}|{WITHOUT_ENDING}|大队)$")  # 县住建局, 残联, 消防救援支队
_SIGNS = re.compile(r"[^\w]+")
_LAST_OF_NAME = "局委厅部院心"
_LAST = re.compile(r"[局委厅部院办署社联心队]")
_WHOSE_KIND = "局厅委部"
_OF_ALL = re.compile(r"有关|相关|各|主管|等|管委会|、|(?:部门|单位|机构|政府)$|[省市县区旗州]$")
"""Bodies that are none of one work: 有关部门, 各县区, 临港管委会."""


def body_asked_of(
    reading: Reading, rest: str, regions: Sequence[str], index: Index
) -> tuple[str | None, tuple[str, str] | None]:
    """The body whose tasks are asked for, by its name for matching, and the words that tell it by what it
    does; a description is looked for only where tasks are."""
    named = body_named(reading, rest, regions, index)
    if named or reading.kind != "tasks":
        return named or body_shaped(reading, rest), None
    told = body_described(reading, rest, regions, index)
    return (told[1], told) if told else (body_shaped(reading, rest), None)


def body_supposed(reading: Reading, rest: str, index: Index) -> str | None:
    """The body that the question takes to be responsible, as it names it; None without one."""
    tags = "XB" if "yes_no" in reading.flags else "X"
    runs = (_SIGNS.sub("", words) for tag in tags for words in reading.runs(tag, rest))
    found = next((words for words in runs if ENDING.search(words)), None)
    name = _whole_name(rest, found, index) if found else None
    return name if name and len(name) > 1 else None


def _whole_name(text: str, words: str, index: Index) -> str:
    """The name with its level that a document knows and the words end: 和改革局 → 县发展和改革局."""
    if words[0] in LEVELS or normalise_agency(words) in index.agencies:
        return words
    for match in re.finditer(re.escape(words), text):
        before = range(match.start() - 1, max(-1, match.start() - LONGEST_NAME), -1)
        longer = (text[at : match.end()] for at in before)
        known = (name for name in longer if name[0] in LEVELS and normalise_agency(name) in index.agencies)
        if name := next(known, None):
            return name
    return words


def body_named(reading: Reading, rest: str, regions: Sequence[str], index: Index) -> str | None:
    """The body named, by its name for matching; None where none is.  ``rest`` is the text without regions.

    Of words read as a body those behind count that the documents know (三年计划市教委 → 市教委).  Where the
    documents of the regions charge none of that name, one whose own short name it is: 经信委, 经济信息委.
    """
    runs = _runs(reading, rest)
    known = (one for words in runs for name in _endings(words) if (one := _charged(name, index)))
    named = max((name for name in index.agencies if name in rest), key=len, default=None)
    found = next(known, None) or named or _written(rest, index) or _abbreviated(rest, index.agencies)
    if found is None or not regions:
        return found
    files = [info.file for info in index.infos if info.region in regions]
    if any(index.keys_by_agency(name, files) for name in bodies_meant(index, found)):
        return found
    here = [name for name in index.agencies if index.keys_by_agency(name, files)]
    return _abbreviated(rest, here) or _shortened(rest, here) or found


def _shortened(text: str, names: Sequence[str]) -> str | None:
    """The one body printed in short, after its level, that the text writes longer: 市教委 of 教育委员会."""
    short = {name: name[1:] for name in names if name[0] in LEVELS and 1 < len(name[1:]) < SHORTEST_ENDING}
    found = [name for name, bare in short.items() if re.search(rf"{bare[0]}\w{{1,4}}{bare[-1]}", text)]
    return found[0] if len(found) == 1 else None


def body_shaped(reading: Reading, rest: str) -> str | None:
    """What was read as a body and looks like one, though no document charges it; None where nothing does."""
    shaped = (words for words in _runs(reading, rest) if ENDING.search(words))
    return next((normalise_agency(words) for words in shaped), None)


def _runs(reading: Reading, rest: str) -> list[str]:
    runs = (_SIGNS.sub("", words) for tag in "BX" for words in reading.runs(tag, rest))
    return [words for words in runs if len(words) > 1]


def _endings(words: str) -> Iterator[str]:
    """The words and what they end in, the longest first: 政府 of 数字政府 is no name."""
    return (words[start:] for start in range(max(1, len(words) - SHORTEST_ENDING + 1)))


def _charged(words: str, index: Index) -> str | None:
    """The body of that name, or of that name after its level (教委: 市教委), that some clause charges."""
    names = (normalise_agency(words), *(f"{level}{words}" for level in LEVELS))
    return next((name for name in names if name in index.agencies), None)


def _written(text: str, index: Index) -> str | None:
    """The longest name in the text that is another way to write that of a body charged: 自然资源厅."""
    ends = [match.end() for match in _LAST.finditer(text)]
    spans = ((text[max(0, end - long) : end], end) for end in ends for long in range(LONGEST_NAME, 2, -1))
    found = [words for words, _ in spans if words.isalnum() and normalise_agency(words) in index.agencies]
    return normalise_agency(max(found, key=len)) if found else None


def _abbreviated(text: str, names: Iterable[str]) -> str | None:
    """The one of these bodies whose name some words of the text abbreviate: 药品监管局 of 药监局."""
    words: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for end in (at + 1 for at, character in enumerate(text) if character in _LAST_OF_NAME):
        for start in range(max(0, end - LONGEST_SHORT), end - 2):
            words[text[start], text[end - 1]].add(text[start:end])
    meant = {
        name
        for name in names
        if any(_abbreviates(word, name) for word in words.get((name[:1], name[-1:]), ()))
    }
    return next(iter(meant)) if len(meant) == 1 else None


def _abbreviates(word: str, name: str) -> bool:
    """True where all characters of the word stand in the longer name, in order."""
    rest = iter(name)
    return len(word) < len(name) and all(character in rest for character in word)


def body_described(
    reading: Reading, rest: str, regions: Sequence[str], index: Index
) -> tuple[str, str] | None:
    """The words that tell a body by what it does, and the body meant; None where none is told so, or two are
    as near."""
    names = _bodies_of(regions, index)
    stretches = _stretches(reading)
    for start, end in stretches:
        words = _SIGNS.sub("", rest[start:end])
        if len(words) < 2 or words.endswith("政府"):
            continue  # a government is charged with everything: no work tells it
        called = words[-1] if words[-1] in _WHOSE_KIND else ""
        among = [name for name in names if _is_called(name, called)] if called else names
        openings = (words[:length] for length in range(len(words), 1, -1))
        short = (_short_for(opening, among) for opening in openings)
        name = next(filter(None, short), None)
        if name is None and not index.clauses_holding(words):  # 数据中心, which documents speak of, is none
            name = _nearest(words, words.removesuffix(called), among, index)
        if name:
            return reading.text[start:end], name
    if stretches or OUTSIDE not in reading.tags:
        return None  # what is a subject or a place through and through asks for nothing
    words = _SIGNS.sub("", rest)  # no words were read as a body: all of the question tells it
    name = _nearest(words, words, names, index) if len(words) > 1 else None
    return (reading.text, name) if name else None


def _stretches(reading: Reading) -> list[tuple[int, int]]:
    """Where the runs read as a body stand, those a few characters apart as one unless a sign is between."""
    tags = "".join(
        tag if tag in "BX" or character.isalnum() else " "
        for tag, character in zip(reading.tags, reading.text, strict=True)
    )
    return [match.span() for match in re.finditer(rf"[BX]+(?:\S{{1,{GAP}}}?[BX]+)*", tags)]


def _short_for(work: str, names: Sequence[str]) -> str | None:
    """The one body whose name the words shorten (药监, 发改), or that prints them in short (教育: 市教委)."""
    found = [
        name
        for name in names
        if (name[0] == work[0] and _abbreviates(work, name))
        or (name[0] in LEVELS and len(name) == SHORTEST_ENDING and work.startswith(name[1]))
    ]
    return found[0] if len(found) == 1 else None


def _is_called(name: str, kind: str) -> bool:
    """Whether a body may be called so: 局, 厅 and 委 are one for the bodies that have known names."""
    return name.endswith(kind) or (kind in "局厅委" and known_body(name) == name)


def _bodies_of(regions: Sequence[str], index: Index) -> list[str]:
    """The bodies of one work that the documents of the regions charge, those charged most first."""
    files = [info.file for info in index.infos if info.region in regions] if regions else None
    counted = {
        name: len(index.keys_by_agency(name, files)) for name in index.agencies if not _OF_ALL.search(name)
    }
    return sorted(filter(counted.get, counted), key=lambda name: -counted[name])[:MOST_BODIES]


def _nearest(words: str, work: str, names: Sequence[str], index: Index) -> str | None:
    """The body whose name lies nearest to the description, and whose clauses hold most of its words."""
    if not names:
        return None
    vectors = index.encoder.encode_passages([words, work])
    named, worked = _vectors_of(tuple(names), index.encoder)
    asked = [word for word in words_of(work, index.clauses_holding) if is_term(word)] or [work]
    held = np.array([_share_holding(asked, name, index) for name in names])
    scores = named @ vectors[0] + worked @ vectors[1] + WORK * held
    order = np.argsort(-scores)
    sure = len(names) == 1 or scores[order[0]] - scores[order[1]] >= SURE
    return names[int(order[0])] if sure else None


@functools.lru_cache(maxsize=REGIONS_KEPT)
def _vectors_of(names: tuple[str, ...], encoder: Encoder) -> tuple[Vectors, Vectors]:
    """Of the names, and of them without 局, 厅 or 委, each (names, dimensions); encoded once a region."""
    vectors = encoder.encode_passages([*names, *(_work_of(name) for name in names)])
    return vectors[: len(names)], vectors[len(names) :]


def _work_of(name: str) -> str:
    return name[:-1] if name[-1] in _WHOSE_KIND else name


def _share_holding(words: Sequence[str], name: str, index: Index) -> float:
    """The share of the body's clauses that hold a word, the mean over the words."""
    texts = _texts_of(name, index)
    return sum(word in text for word in words for text in texts) / (len(texts) + FEW) / len(words)


def _texts_of(name: str, index: Index) -> list[str]:
    return [entry.clause.text for entry in index.entries(index.keys_by_agency(name)[:MOST_CLAUSES])]
