"""How much of a question's subject a text holds, and the sentences that hold most.

The subject is its words (`qa.question.subject_words`).  Meaning beyond words is the
vectors' part.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.entries import Entry
from index.language.folding import without_blanks
from index.language.sentences import Span, sentences
from index.records import Fact, Target
from index.search.index import Index
from qa.question.kinds import ANYTHING, KINDS, holds_kind
from qa.question.particulars import counted_items, lacks_particular, tells_the_present
from qa.question.subject_words import subject_words
from qa.records import Query

WHOLE = 0.99
"""A text is on the whole subject where it holds this share of its words, or of their synonyms; what holds
only a part of it is as a rule about another thing."""
KIND_BONUS = 0.35
"""Added for a sentence with the kind of fact asked for; an answer needs it more than one more word.  From .15
to .6 no policy figure changes; ROUGE-L on notices is .368, .371 and .371 at .15, .35 and .6."""
NEAR = 24
"""Characters around a figure in which what it measures stands, beside the subject that was read for it."""
YEAR_BONUS = 0.3
"""Puts the sentence with the year asked for first; no development figure depends on it."""
COUNT_BONUS = 0.5
"""For a sentence that counts as many items as the question (哪五块地方: 五个片区)."""
LONGEST_SENTENCE = 160
"""A longer sentence is taken apart at its semicolons, and a longer part of one at its commas."""
LONGEST_PHRASE = 90

_PHRASE = re.compile(r"[^,，]+[,，]?")
_TELLS = re.compile(r"[\d，,；;：:]")  # 健康申报证明从2月17日开始办理，至…: an opening sentence and no name
_NOT_WORDS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a clause (offsets in the document) with its score, higher is better.

    ``answers`` is true where it holds the kind of thing that is asked for, ``heading`` where it only names
    what the clause is about.
    """

    start: int
    end: int
    score: float
    answers: bool
    heading: bool = False


class Subject:
    """A question's subject, ready to be looked for."""

    def __init__(self, query: Query, index: Index) -> None:
        self.query = query
        self.words = subject_words(query, index)
        self.total = sum(word.weight for word in self.words)
        self.known = tuple(word for word in self.words if word.known)
        self._rates = tuple(t[:-1] for t in query.own_terms if t.endswith("率") and len(t) > 2)
        self._count = counted_items(query.text) if KINDS[query.asked].form == "list" else None

    def coverage(self, text: str) -> float:
        """The share of the known words' weight that the text holds, 0 to 1; 0 where no word is known."""
        total = sum(word.weight for word in self.known)
        folded = without_blanks(text).lower()
        return sum(word.weight * word.held_by(folded) for word in self.known) / total if total else 0.0

    def missing_share(self, index: Index, files: Collection[str] | None) -> float:
        """The share of the known words' weight that no clause of these documents holds, 0 to 1.

        High where the documents of one region lack what those of another speak of.
        """
        total = sum(word.weight for word in self.known)
        missing = (w.weight for w in self.known if not any(index.holds(f, files) for f in w.forms))
        return sum(missing) / total if total else 0.0

    @property
    def unknown_share(self) -> float:
        """The share of the subject's weight in words that no document of the index holds, 0 to 1."""
        return sum(w.weight for w in self.words if not w.known) / self.total if self.total else 0.0

    def passages(self, entry: Entry) -> list[Passage]:
        """The clause's sentences (a row's cells), best first."""
        spans = _cells(entry) if entry.clause.cells else _sentences(entry.clause.text, entry.clause.start)
        return sorted((self._passage(entry, span) for span in spans), key=lambda passage: -passage.score)

    def _passage(self, entry: Entry, span: Span) -> Passage:
        text = entry.clause.text[span.start - entry.clause.start : span.end - entry.clause.start]
        score, kind = self.coverage(text), KINDS[self.query.asked]
        facts = [fact for fact in entry.facts if span.start <= fact.start < span.end]
        heading = not entry.clause.cells and _names_only(entry, text)
        answers = not heading and answers_kind(self.query, text, facts)
        if kind.measures and self.known and not score:
            answers = False  # a number of something else
        if answers and kind.measures and not self._measured(entry, span, facts):
            answers = False  # 人口 stands in the sentence, and its figure measures 城镇化率
        if any(rate not in text for rate in self._rates):
            answers = False  # a share of something else: 绿化率 wants 绿化
        if answers:
            score += KIND_BONUS
        if self.query.asked == ANYTHING and "目标" in self.query.text and _has_target(facts):
            score += KIND_BONUS
        if self._count and re.search(self._count, text):
            score += COUNT_BONUS
        if self.query.years and any(str(year) in text for year in self.query.years):
            score += YEAR_BONUS
        return Passage(span.start, span.end, score, answers, heading)

    def _measured(self, entry: Entry, span: Span, facts: Sequence[Fact]) -> bool:
        """False where every target of the span measures something else than the subject."""
        targets = [fact for fact in facts if isinstance(fact, Target)]
        if not targets or not self.known or entry.clause.cells:
            return True
        text, offset = entry.clause.text, entry.clause.start
        near = (
            text[max(span.start, fact.start - NEAR) - offset : fact.end + NEAR - offset] for fact in targets
        )
        return any(self.coverage(words + fact.subject) > 0 for words, fact in zip(near, targets, strict=True))


def answers_kind(query: Query, text: str, facts: Sequence[Fact]) -> bool:
    """True where the text holds the kind of thing asked for: a year, a quantity, money, a list."""
    read = holds_kind(query.asked, facts)
    return KINDS[query.asked].holds(query, text, read)


def holds_particulars(query: Query, text: str) -> bool:
    """False where the question wants a phone number, a person, the present state …, and the text has none."""
    goal = KINDS[query.asked].measures and not query.years and not tells_the_present(text)
    if query.wants.now and goal:
        return False
    return not lacks_particular(query.wants.particulars, text)


def _has_target(facts: Sequence[Fact]) -> bool:
    return any(isinstance(fact, Target) for fact in facts)


def _cells(entry: Entry) -> list[Span]:
    return [Span(cell.start, cell.end) for cell in entry.clause.cells]


def _names_only(entry: Entry, text: str) -> bool:
    """True for the clause's own heading (11.建设新型智慧城市。), where more stands below it."""
    clause = entry.clause
    if not clause.heading or len(text) >= len(clause.text.rstrip()) or _TELLS.search(clause.heading):
        return False
    return _bare(text.removeprefix(clause.label or "")) == _bare(clause.heading)


def _bare(text: str) -> str:
    return _NOT_WORDS.sub("", text)


def _sentences(text: str, offset: int) -> list[Span]:
    """Sentences, those longer than LONGEST_SENTENCE taken apart at semicolons; offsets in the document."""
    found: list[Span] = []
    for span in sentences(text):
        if span.end - span.start <= LONGEST_SENTENCE:
            found.append(span)
        else:
            inner = sentences(text[span.start : span.end], semicolons=True)
            found += [
                part for s in inner for part in _phrases(text, span.start + s.start, span.start + s.end)
            ]
    return [Span(offset + span.start, offset + span.end) for span in found]


def _phrases(text: str, start: int, end: int) -> list[Span]:
    """A long part of a sentence cut at commas into pieces of LONGEST_PHRASE characters, where it can be."""
    if end - start <= LONGEST_SENTENCE:
        return [Span(start, end)]
    pieces: list[Span] = []
    for match in _PHRASE.finditer(text, start, end):
        last = pieces[-1] if pieces else None
        if last and match.end() - last.start <= LONGEST_PHRASE:
            pieces[-1] = Span(last.start, match.end())
        else:
            pieces.append(Span(match.start(), match.end()))
    return pieces
