"""A conversation as the page remembers it, and its turns as chat messages.

Messages are one HTML block each, escaped and without blank lines, so that nothing in them is read as
Markdown; gr.Chatbot sanitises them once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

from pages.chat.blocks import BUTTON, block_shown
from pages.chat.why import why
from pages.common.markup import one_line, shortened, with_breaks
from pages.common.words import Words
from qa.printed import place_of
from qa.question.kinds import CHOICES
from qa.question.places import MOST_COMPARED
from qa.question.understand import LONGEST_QUESTION
from qa.records import Answer, Citation, Query, Quotes

Message = dict[str, str]
LONGEST_SHOWN = 160
"""Characters of a question that its bubble shows at first: four lines on a telephone."""

_CHOSEN = ' class="tw-said"'
LONGEST_LABEL = 40
"""Characters of a quote that stand for its place where it has none."""
EXPORTED = 3
"""A list of so many items can be taken away as a workbook."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The regions and documents that are asked, empty for all, and whether a language model writes."""

    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    written: bool = False


EVERYTHING: Final = Scope()
NONE_REPLIED: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or why there is none; neither while it is worked on.

    ``shown`` counts the answer's blocks that the page shows so far, ``growing`` says that more are being
    written; ``afresh`` says that nothing was taken
    over from the turns before.  ``suggested`` are questions to go on with, ``verdict`` what was said of the
    answer, ``id`` the answer's own; ``scope`` is what was asked.
    """

    question: str
    answer: Answer | None = None
    shown: int = 0
    growing: bool = False
    problem: Literal["empty", "long", "gone"] | None = None
    limit: int = LONGEST_QUESTION
    failure: str = ""
    afresh: bool = False
    suggested: tuple[str, ...] = ()
    verdict: str = ""
    id: str = ""
    scope: Scope = EVERYTHING

    @property
    def complete(self) -> bool:
        """True when nothing more will be added to it."""
        if self.growing:
            return False
        return bool(self.problem or self.failure or (self.answer and self.shown >= len(self.answer.blocks)))


Turns = tuple[Turn, ...]


def earlier_questions(turns: Sequence[Turn]) -> list[str]:
    """The questions that were answered, oldest first, from the last on that was asked afresh."""
    first = max((number for number, turn in enumerate(turns) if turn.afresh), default=0)
    return [turn.question for turn in turns[first:] if turn.answer]


def messages(
    turns: Sequence[Turn],
    words: Words,
    regions: Sequence[str] = (),
    replies: Mapping[str, str] = NONE_REPLIED,
) -> list[Message]:
    """The conversation for gr.Chatbot; ``regions`` are those that can be chosen instead, ``replies`` are to
    what was said of answers, by the answer's id."""
    told: list[Message] = []
    for number, turn in enumerate(turns):
        if turn.question.strip():
            told.append({"role": "user", "content": _question(turn, words)})
        told.append({"role": "assistant", "content": _reply(turn, number, words, regions)})
        if turn.id in replies:
            told[-1]["content"] += _replied(replies[turn.id], words)
    return told


def _question(turn: Turn, words: Words) -> str:
    """The question; a long one as its beginning, which opens to the whole unless it was refused."""
    text = turn.question
    if len(text) <= LONGEST_SHOWN:
        return f'<div class="tw-question">{with_breaks(text)}</div>'
    short = with_breaks(text[:LONGEST_SHOWN] + words.shortened.format(length=len(text)))
    if turn.problem == "long":
        return f'<div class="tw-question">{short}</div>'
    return (
        f'<details class="tw-question"><summary><span>{short}</span></summary>'
        f"<div>{with_breaks(text)}</div></details>"
    )


def _reply(turn: Turn, number: int, words: Words, regions: Sequence[str]) -> str:
    if turn.problem == "empty":
        return _notice(words.empty_question)
    if turn.problem == "long":
        return _notice(words.long_question.format(length=len(turn.question), limit=turn.limit))
    if turn.problem == "gone":
        return _notice(words.conversation_gone)
    if turn.failure:
        return _notice(words.failed.format(reason=turn.failure))
    if turn.answer is None:
        return _working(words.working)
    return _answer(turn, turn.answer, number, words, regions)


def _replied(reply: str, words: Words) -> str:
    """What was replied to what the reader said of an answer."""
    return f'<div class="tw-reply"><b>{escape(words.reply)}</b>{with_breaks(reply)}</div>'


def _working(text: str) -> str:
    return f'<div class="tw-working">{escape(text)}</div>'


def _notice(text: str) -> str:
    return f'<div class="tw-notice">{with_breaks(text)}</div>'


def _answer(turn: Turn, answer: Answer, number: int, words: Words, regions: Sequence[str]) -> str:
    parts = [understood(answer.query, words, number if turn.complete else None, regions)]
    if answer.documents_silent:
        parts.append(f'<p class="tw-silent">{escape(words.silent)}</p>')
    if only := _only_region(answer, regions):
        parts.append(f'<p class="tw-only">{one_line(words.only_region.format(region=only))}</p>')
    known = {one.number: _cite_label(one, words) for one in answer.citations}
    parts += [block_shown(block, number, known, words) for block in answer.blocks[: turn.shown]]
    if turn.growing:
        parts.append(_working(words.writing))
    if turn.complete:
        parts += [_suggested(turn, number, words), _after(turn, answer, number, words)]
    silent = " tw-abstained" if answer.abstained else ""
    below = why(answer, words) if turn.complete else ""
    return f'<div class="tw-answer{silent}">{"".join(parts)}</div>{below}'


def _only_region(answer: Answer, regions: Sequence[str]) -> str | None:
    """The region that all of an answer comes from, where neither question nor answer names it."""
    cited = {citation.region for citation in answer.citations}
    only = next(iter(cited)) if len(cited) == 1 and len(regions) > 1 else None
    named = only and (only in answer.query.regions or only in answer.text)
    return None if named else only


def _cite_label(citation: Citation, words: Words) -> str:
    """What a citation is called where it cannot be seen beside its card: its document and place."""
    place = place_of(citation) or shortened(citation.quote, LONGEST_LABEL)
    return words.cite_label.format(number=citation.number, title=citation.title, place=place)


def _suggested(turn: Turn, number: int, words: Words) -> str:
    """Questions to go on with, each a link that asks it."""
    if not turn.suggested:
        return ""
    links = "".join(
        f'<a href="#suggest-{number}-{place}"{BUTTON}>{one_line(question)}</a>'
        for place, question in enumerate(turn.suggested)
    )
    return f'<p class="tw-suggested"><span>{escape(words.go_on)}</span>{links}</p>'


def _after(turn: Turn, answer: Answer, number: int, words: Words) -> str:
    """What can be done with an answer, and what can be said of it."""
    doing = [("copy", words.copy), ("retry", words.retry), ("edit", words.edit)]
    if any(isinstance(block, Quotes) and len(block.items) >= EXPORTED for block in answer.blocks):
        doing.append(("export", words.export))
    links = "".join(f'<a href="#{what}-{number}"{BUTTON}>{escape(told)}</a>' for what, told in doing)
    verdicts = (("useful", words.useful), ("useless", words.useless), ("wrong", words.wrong))
    said = "".join(
        f'<a href="#{what}-{number}"{BUTTON}{_CHOSEN if turn.verdict == what else ""}>{escape(told)}</a>'
        for what, told in verdicts
    )
    return f'<p class="tw-after">{links}<span class="tw-verdict">{said}</span></p>'


def understood(query: Query, words: Words, turn: int | None = None, regions: Sequence[str] = ()) -> str:
    """What was made of the question, and what of it comes from earlier ones.

    With the number of a turn it offers to answer that turn without them, for another of the ``regions``, or
    for another kind of answer.
    """
    here = "、".join(query.regions) or ("" if query.elsewhere else words.every_region)
    kinds = _other_kinds(turn, query, words)
    chips = [
        _chip(words.regions, here, "region", query, words, _other_regions(turn, query, regions)),
        _chip(words.elsewhere, "、".join(query.elsewhere), "", query, words),
        _chip(words.asked_for, words.asked[query.asked], "asked", query, words, kinds),
        _chip(words.agency, query.agency or "", "", query, words),
        _chip(words.years, "、".join(map(str, query.years)), "", query, words),
        _chip(words.terms, "" if query.agency else " ".join(query.terms), "topic", query, words),
    ]
    if query.inherited and turn is not None:
        chips.append(f'<a class="tw-afresh" href="#afresh-{turn}"{BUTTON}>{escape(words.afresh)}</a>')
    return f'<div class="tw-understood"><span>{escape(words.understood)}</span>{"".join(chips)}</div>'


def _other_regions(turn: int | None, query: Query, regions: Sequence[str]) -> list[str]:
    """Links for the same question of another region, where regions are few."""
    if turn is None or not 1 < len(regions) <= MOST_COMPARED:
        return []
    others = [(place, region) for place, region in enumerate(regions) if (region,) != query.regions]
    return [f'<a href="#region-{turn}-{place}"{BUTTON}>{one_line(region)}</a>' for place, region in others]


def _other_kinds(turn: int | None, query: Query, words: Words) -> list[str]:
    """Links for another kind of answer to the same subject."""
    if turn is None or not query.terms:
        return []
    kinds = [(place, kind) for place, kind in enumerate(CHOICES) if kind != query.asked]
    return [
        f'<a href="#asked-{turn}-{place}"{BUTTON}>{escape(words.asked[kind])}</a>' for place, kind in kinds
    ]


def _chip(  # noqa: PLR0917 - each says another thing
    name: str, value: str, part: str, query: Query, words: Words, others: Sequence[str] = ()
) -> str:
    """One thing understood; with ``others`` it unfolds into what could be meant instead."""
    if not value:
        return ""
    before = f"<i>{escape(words.inherited)}</i>" if part in query.inherited else ""
    kind = "tw-chip tw-inherited" if before else "tw-chip"
    inside = f"<b>{escape(name)}</b>{one_line(value)}{before}"
    if not others:
        return f'<span class="{kind}">{inside}</span>'
    return (
        f'<details class="tw-change"><summary class="{kind}">{inside}</summary>'
        f'<span class="tw-others">{"".join(others)}</span></details>'
    )
