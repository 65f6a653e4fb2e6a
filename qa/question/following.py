"""What a question takes from the ones before it.

A question with a subject of its own that the documents know stands alone, unless some clause holds its
subject together with that of the question before: then both are sides of one thing (审批手续 after 低保申请).
Words that no document knows are never handed on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from index.language.tokens import tokens
from index.search.index import Index
from qa.question.kinds import ANYTHING, KINDS, SOURCE_FIELDS
from qa.question.places import named_instead
from qa.question.subject_words import Word, subject_words
from qa.question.terms import part_of_speech
from qa.records import Query

FEWEST_OWN_TERMS = 3
"""With fewer words of its own, a question that belongs to the one before is searched with both subjects."""
_APART = "，"
"""Between words that a clause is to hold anywhere: a blank would make one run of them."""


def follow(query: Query, before: Query | None, index: Index) -> Query:
    """The question with what it leaves out taken from the one before."""
    if query.asks_nothing or before is None or (not query.follows and _stands_alone(query, before, index)):
        agency = query.agency if KINDS[query.asked].form == "tasks" else None
        return replace(query, agency=agency)
    return _joined(query, before, index)


def _stands_alone(query: Query, before: Query, index: Index) -> bool:
    """True where the question leaves nothing out, or what it leaves out is not in the one before."""
    form = KINDS[query.asked].form
    if query.regions and (form == "tasks" or (query.years and form == "list")):
        return True  # all that an agency must do, all that is due: whole without a subject
    if query.regions:
        return bool(query.own_terms)
    return query.asked != ANYTHING and _speaks_of_something_else(query, before, index)


def _speaks_of_something_else(query: Query, before: Query, index: Index) -> bool:
    """True where a clause holds all of the question's words, and none holds them with the earlier subject."""
    own = _subject(query.own_terms, query, index)
    said = query.own_terms
    if not own or len(own) < len(said) or not index.holds(_APART.join(_held_forms(own, index))):
        return False
    if len(said) == 1 and part_of_speech(said[0])[:1] == "v":
        return False  # 反悔, 修订: something done, to what was spoken of
    earlier = _subject(before.terms, before, index)
    regions = query.regions or before.regions
    files = index.of_regions(regions) if regions else None
    return _restates(own, earlier) or not _belong_together(own, earlier, index, files)


def _subject(terms: Sequence[str], query: Query, index: Index) -> list[Word]:
    """The words that some document knows."""
    return [word for word in subject_words(replace(query, terms=tuple(terms)), index) if word.known]


def _restates(own: Sequence[Word], earlier: Sequence[Word]) -> bool:
    """True where the question says all of the earlier subject itself."""
    return bool(earlier) and all(any(word.forms == one.forms for one in own) for word in earlier)


def _belong_together(
    own: Sequence[Word], earlier: Sequence[Word], index: Index, files: Collection[str] | None
) -> bool:
    """True where a clause of the files holds all of the subject and the rarest word of the earlier one."""
    if not earlier:
        return True
    rarest = max(earlier, key=lambda word: word.weight)
    mine = _held_forms(own, index)
    return any(index.holds(_APART.join((*mine, form)), files) for form in rarest.forms)


def _held_forms(words: Sequence[Word], index: Index) -> list[str]:
    return [_held_form(word, index) for word in words]


def _held_form(word: Word, index: Index) -> str:
    """The word as it was typed where a clause holds it, else the synonym that most clauses hold."""
    held = {form: index.clauses_holding(form) for form in sorted(word.forms)}
    typed = (form for form, count in held.items() if count and tuple(tokens(form)) == word.bigrams)
    return next(typed, None) or max(held, key=lambda form: held[form])


def _joined(query: Query, before: Query, index: Index) -> Query:
    inherited: list[str] = []
    changes: dict[str, object] = {}
    if not query.regions and not query.elsewhere and before.regions:
        changes["regions"] = before.regions
        inherited.append("region")
    if not query.titles and before.titles and _is_of_a_document(query):
        changes["titles"] = before.titles
        inherited.append("title")
    handed = () if _is_of_a_document(query) else _handed_on(query, before, index)
    if handed and (KINDS[query.asked].form != "document" or query.fields == SOURCE_FIELDS):
        changes["topic"] = " ".join(filter(None, (query.topic, *handed)))
        changes["terms"] = tuple(dict.fromkeys((*query.terms, *handed)))
        inherited.append("topic")
    if "asked" in query.takes:
        changes["asked"] = before.asked
        changes["agency"] = (query.agency or before.agency) if before.agency else None
        changes["fields"] = before.fields
        changes["parts"] = before.parts
        changes["total"] = before.total
        inherited.append("asked")
    if not query.years and not query.own_terms and "asked" in query.takes:
        changes["years"] = before.years
    joined = replace(query, **changes, inherited=tuple(inherited))  # type: ignore[arg-type]
    return replace(joined, in_full=_in_full(joined, before))


def _in_full(query: Query, before: Query) -> str:
    """The earlier question for the region named, where that is all that is new (那运城呢); else empty."""
    only_the_region = "asked" in query.inherited and "region" not in query.inherited
    another_year = query.years not in ((), before.years)
    if not only_the_region or len(query.regions) != 1 or query.own_terms or another_year:
        return ""
    earlier, region = before.in_full or before.text, query.regions[0]
    found = named_instead(earlier, (*before.regions, *before.elsewhere), query.regions)
    return found if region in found else f"{region}{earlier}"


def _is_of_a_document(query: Query) -> bool:
    """True for a question about a document or a place in it: no subject is lacking."""
    spoken_of = query.of_document and not query.own_terms and "topic" not in query.takes
    return bool(query.cited) or (spoken_of and not query.locates)


def _handed_on(query: Query, before: Query, index: Index) -> tuple[str, ...]:
    """The earlier words that the question is to be searched with.

    A question with words of its own takes only those that the one before brought itself, so that a subject
    does not drag all earlier ones along.
    """
    own = _subject(query.own_terms, query, index)
    if own and "nothing of the subject" in query.takes:
        return ()
    apart = bool(query.own_terms) and _speaks_of_something_else(query, before, index)
    whole = len(query.own_terms) >= FEWEST_OWN_TERMS and not query.follows
    if apart or (whole and "topic" not in query.takes):
        return ()
    brought = before.own_terms if own and _subject(before.own_terms, before, index) else before.terms
    if query.regions:  # a place of the question before that this one puts right: 曹县 → 成武县
        brought = tuple(term for term in brought if term not in before.elsewhere)
    words = subject_words(replace(before, terms=tuple(brought)), index)
    return tuple(term for term, word in zip(brought, words, strict=True) if word.known)
