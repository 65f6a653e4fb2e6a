"""A command, a correction or a narrowing → the question before, with what the message changes.

What the message is was learnt (`turns`); what it changes is told by what it names: of a correction (不是宁武
是成武) what the question before did not hold.  Left out: ordinary questions that go on (`following`), and the
form in which the answer is given (`qa.answer.in_form`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from qa.question.kinds import KINDS
from qa.question.places import named_instead
from qa.records import Query, Turn

FORMS: Final[frozenset[Turn]] = frozenset({"table", "detail", "original", "english", "brief"})
"""Commands that want the answer before in another form."""
NOTHING_ASKED: Final[frozenset[Turn]] = frozenset({"greeting", "closing", "about", "opinion", "chat"})
T = TypeVar("T")
CHANGES: Final[frozenset[Turn]] = frozenset({"correction", "narrowing"})


def turned(query: Query, before: Query | None) -> Query | None:
    """The question that the message makes of the one before; None where it is one of its own."""
    if before is None:
        return None
    if query.turn in FORMS and not query.of_document:
        return replace(
            before,
            question=query.question,
            turn=query.turn,
            refers="nothing",
            inherited=tuple(name for name, held in _held(before).items() if held),
        )
    if query.turn in CHANGES and _names_something(query):
        return _corrected(query, before) if query.turn == "correction" else _narrowed(query, before)
    return None


def over_all_of(query: Query, earlier: Sequence[Query]) -> tuple[str, ...]:
    """The regions of the questions before on one subject, for 三个里面哪个最高; empty where it names some."""
    if query.refers != "all" or query.regions or not earlier:
        return ()
    subject = set(earlier[-1].terms)
    chain: list[str] = []
    for one in reversed(earlier):
        if not subject & set(one.terms):
            break
        chain = [*one.regions, *chain]
    found = tuple(dict.fromkeys(chain))
    return found if len(found) > 1 else ()


def one_of(query: Query, earlier: Sequence[Query]) -> tuple[str, ...]:
    """The region that the former, the latter or the second means, of several compared before.

    The comparison may lie some questions back: 第一个呢, 第二个呢.
    """
    places = {"first": 0, "second": 1, "third": 2, "last": -1}
    if query.regions or query.refers not in places:
        return ()
    compared = next((one.regions for one in reversed(earlier) if len(one.regions) > 1), ())
    at = places[query.refers]
    return (compared[at],) if compared and at < len(compared) else ()


def others_than(query: Query, before: Query | None, regions: Sequence[str]) -> tuple[str, ...]:
    """All of the regions but those that the question before was about, for 其他县呢."""
    if before is None or query.refers != "others" or not before.regions:
        return ()
    return tuple(region for region in regions if region not in before.regions)


def _held(before: Query) -> dict[str, bool]:
    return {"region": bool(before.regions), "topic": bool(before.terms), "asked": True}


def _names_something(query: Query) -> bool:
    facts = bool(KINDS[query.asked].facts) and "asked" not in query.takes
    return bool(query.regions or query.elsewhere or query.years or query.own_terms or query.agency or facts)


def _corrected(query: Query, before: Query) -> Query:
    """What the message names anew, the rest as before; what it names and was before is what was wrong."""
    regions = _new(query.regions, before.regions) or query.regions[-1:]
    years = _new(query.years, before.years) or query.years[-1:]
    terms = tuple(term for term in query.own_terms if term not in before.text)
    return _changed(query, before, regions, years, terms or query.own_terms)


def _narrowed(query: Query, before: Query) -> Query:
    """Only what the message names, of the question before."""
    return _changed(query, before, query.regions, query.years, query.own_terms)


def _changed(
    query: Query, before: Query, regions: tuple[str, ...], years: tuple[int, ...], terms: tuple[str, ...]
) -> Query:
    own_kind = bool(KINDS[query.asked].facts) and "asked" not in query.takes
    asked = query.asked if own_kind else before.asked
    agency = query.agency or (before.agency if asked == before.asked else None)
    if query.agency:
        asked, terms = "tasks", ()  # of a body named beside it, what it must do in the field asked about
    taken = {
        "region": not regions and not query.elsewhere and bool(before.regions),
        "topic": not terms and bool(before.terms),
        "asked": not own_kind,
    }
    regions = regions or (() if query.elsewhere else before.regions)
    same = asked == before.asked
    place = before.elsewhere[:1] if not before.regions else before.regions
    other = len(place) == 1 and regions and before.regions != regions
    text = named_instead(before.text, place, regions) if other else before.text
    told = tuple(term for term in before.terms if not (regions and term in before.elsewhere))
    if len(before.years) == len(years) == 1:
        text = text.replace(str(before.years[0]), str(years[0]))
    if terms and same:
        text = _asked_instead(text, before.own_terms, _typed(terms, query.text)) or query.text
    return replace(
        before if same else query,
        question=query.question,
        text=text if same else query.text,
        asked=asked,
        agency=agency,
        terms=terms or told,
        own_terms=terms or (tuple(term for term in before.own_terms if term in told) if same else ()),
        subject=query.subject if terms else before.subject,
        topic=" ".join(terms or told),
        regions=regions,
        elsewhere=query.elsewhere,
        every_region=before.every_region and not query.regions,
        years=years or before.years,
        fields=query.fields or before.fields,
        turn=query.turn,
        refers="nothing",
        inherited=tuple(name for name, held in taken.items() if held),
    )


def _asked_instead(text: str, terms: Sequence[str], subject: str) -> str:
    """The text with the subject in the place of the words from the first of the terms to the last; "" where
    they do not stand in it."""
    run = _typed(terms, text)
    return text.replace(run, subject) if run and run in text else ""


def _typed(terms: Sequence[str], text: str) -> str:
    """The words of the text from the first of the terms to the last; the terms alone where one is missing."""
    places = [(text.find(term), text.find(term) + len(term)) for term in terms]
    if any(start < 0 for start, _ in places):
        return "".join(terms)
    return text[min(start for start, _ in places) : max(end for _, end in places)] if places else ""


def _new(named: Sequence[T], before: Sequence[T]) -> tuple[T, ...]:
    return tuple(one for one in named if one not in before)
