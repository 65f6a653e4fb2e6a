"""Prepared lines as groups of questions, clauses and pairs: what one look at a line teaches.

A pair is a question with a clause that answers it or does not.  Which wordings, wrong windows and cuts
are shown is drawn anew each time.  Left out: tokens and batches (`batches`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from training.texts import normal, sentences

Line = dict[str, Any]
MOST_CHARACTERS = 300
"""A clause beyond this is cut at a sentence's end near its middle."""
PUNCTUATION = " ？?。！!，,；;…"
WORDINGS = 2
WRONG = 2
"""Wordings of a reading line that are shown at once, and wrong windows beside the right one."""
TITLE_DROPPED = 0.15
REMOVED = 0.5
"""How often a clause is also shown without the sentences of an answer."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a clause by number in their group; ``span`` is where the answer stands in the text."""

    question: int
    clause: int
    answers: bool
    span: tuple[int, int] | None = None


@dataclass(slots=True)
class Group:
    """Questions, clauses (heading and text), and the pairs over them."""

    questions: list[str] = field(default_factory=list)
    clauses: list[tuple[str, str]] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    def asks(self, text: str) -> int:
        """Adds a question; returns its number."""
        self.questions.append(text.rstrip(PUNCTUATION))
        return len(self.questions) - 1

    def shows(self, heading: str, text: str) -> int:
        """Adds a clause; returns its number."""
        self.clauses.append((heading, text))
        return len(self.clauses) - 1


def contrast_group(line: Line, chance: random.Random) -> Group:
    """All questions of a clause, with the piece of the clause that holds their span or their near words."""
    group = Group()
    parts = cut(line["clause"])
    numbers = [group.shows(line["heading"], part) for part in parts]
    for answers, ones in ((True, line["yes"]), (False, line["no"])):
        for one in ones:
            place = _holding(parts, one["span"] if answers else one["near"])
            span = find(parts[place], one["span"]) if answers else None
            group.pairs.append(Pair(group.asks(one["q"]), numbers[place], answers, span))
    if chance.random() < REMOVED:
        _without_answer(group, line["heading"], parts, chance)
    return group


def _without_answer(group: Group, heading: str, parts: list[str], chance: random.Random) -> None:
    """The clause less the sentences of one answer: what it answered it answers no more."""
    spans = [pair for pair in group.pairs if pair.span]
    if not spans:
        return
    chosen = chance.choice(spans)
    text = parts[chosen.clause]
    kept, at, removed = [], 0, (len(text), 0)
    for sentence in sentences(text):
        if at < chosen.span[1] and at + len(sentence) > chosen.span[0]:  # type: ignore[index]
            removed = min(removed[0], at), max(removed[1], at + len(sentence))
        else:
            kept.append(sentence)
        at += len(sentence)
    rest = "".join(kept)
    if len(rest) < 30:
        return
    number = group.shows(heading, rest)
    gone = [p for p in spans if p.clause == chosen.clause and p.span and removed[0] <= p.span[0] < removed[1]]
    group.pairs += [Pair(p.question, number, False) for p in gone if not find(rest, text[slice(*p.span)])]  # type: ignore[misc]


def reading_group(line: Line, chance: random.Random) -> Group:
    """Some wordings of a line with a window that answers and windows that do not."""
    group = Group()
    shown = chance.sample(range(len(line["variants"])), min(WORDINGS, len(line["variants"])))
    asked = {k: group.asks(line["variants"][k]) for k in shown}
    gold = chance.choice(line["gold"]) if line["gold"] else None
    if gold:
        span = find(gold["text"], line["span"] or "") or _key(gold["text"], line["answer"])
        number = group.shows(_heading(gold, chance), gold["text"])
        group.pairs += [Pair(q, number, True, span) for q in asked.values()]
    elif line["near"]:
        number = group.shows(_heading(line["near"], chance), line["near"]["text"])
        group.pairs += [Pair(q, number, False) for q in asked.values()]
    pool = {w["text"]: w for k in shown for w in line["wrong"][k]}
    for wrong in _drawn(list(pool.values()), WRONG, chance):
        number = group.shows(_heading(wrong, chance), wrong["text"])
        group.pairs += [Pair(q, number, False) for q in asked.values()]
    return group


def article_groups(examples: Iterator[Any], chance: random.Random) -> Iterator[Group]:
    """Questions over paragraphs (CMRC 2018, DRCD): a window, and the questions it answers."""
    by_text: dict[str, list[Any]] = {}
    for one in examples:
        by_text.setdefault(one.text, []).append(one)
    for text, ones in by_text.items():
        group = Group()
        first = chance.choice(ones)
        at = max(0, min(first.start - chance.randint(20, 200), len(text) - 260))
        number = group.shows(first.title.replace("_", " "), text[at : at + 260])
        for one in ones[:4]:
            if at <= one.start and one.end <= at + 260:
                group.pairs.append(
                    Pair(group.asks(one.question), number, True, (one.start - at, one.end - at))
                )
            elif one.end <= at or one.start >= at + 260:
                group.pairs.append(Pair(group.asks(one.question), number, False))
        yield group


def cut(text: str) -> list[str]:
    """A text in pieces of at most about `MOST_CHARACTERS`, cut at sentence ends as evenly as they allow."""
    if len(text) <= MOST_CHARACTERS * 1.2:
        return [text]
    count = -(-len(text) // MOST_CHARACTERS)
    pieces, wanted = [""], len(text) / count
    for sentence in sentences(text):
        if pieces[-1] and len(pieces[-1]) + len(sentence) / 2 > wanted and len(pieces) < count:
            pieces.append("")
        pieces[-1] += sentence
    return pieces


def find(text: str, wanted: str) -> tuple[int, int] | None:
    """Where a string stands in a text, blanks and width apart; None where it does not."""
    short = normal(wanted)
    if not short:
        return None
    kept = [(c, i) for i, one in enumerate(text) for c in normal(one)]
    at = "".join(c for c, _ in kept).find(short)
    return None if at < 0 else (kept[at][1], kept[at + len(short) - 1][1] + 1)


def _key(text: str, keys: list[str]) -> tuple[int, int] | None:
    """The stretch from the first to the last key string, where all stand in the text close together."""
    found = [find(text, key) for key in keys]
    if not found or None in found:
        return None
    start, end = min(f[0] for f in found if f), max(f[1] for f in found if f)
    return (start, end) if end - start <= 120 else None


def _holding(parts: list[str], wanted: str) -> int:
    return next((k for k, part in enumerate(parts) if find(part, wanted)), 0)


def _heading(window: Line, chance: random.Random) -> str:
    """Where the window stands; now and then without the title, as contrast sets have it."""
    heading: str = window["heading"]
    _, blank, rest = heading.partition(" ")
    return rest if blank and chance.random() < TITLE_DROPPED else heading


def _drawn(found: list[Line], most: int, chance: random.Random) -> list[Line]:
    """The first are the hardest: drawn with falling weight, one of the same document if there is one."""
    own = [w for w in found if w.get("own")]
    drawn = [chance.choice(own[:4])] if own else []
    rest = [w for w in found if w not in drawn]
    while rest and len(drawn) < most:
        drawn.append(rest.pop(min(int(chance.expovariate(0.35)), len(rest) - 1)))
    return drawn
