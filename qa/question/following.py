"""What a question takes from the ones before it, and turns that ask nothing of the documents.

A question with a subject of its own that the documents know stands alone, unless some clause holds its
subject together with that of the question before: then both are sides of one thing (审批手续 after 低保申请).
Words that no document knows are never handed on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.language.tokens import tokens
from index.search.index import Index
from qa.question import wording
from qa.question.kinds import ANYTHING, KINDS
from qa.question.subject_words import Word, subject_words
from qa.question.terms import part_of_speech, words_of
from qa.records import Query

FEWEST_OWN_TERMS = 3
"""With fewer words of its own, a question that belongs to the one before is searched with both subjects."""
_APART = "，"
"""Between words that a clause is to hold anywhere: a blank would make one run of them."""
_SIDES = frozenset(
    {"投资", "总投资", "资金", "金额", "经费", "补助", "面积", "比例", "数量", "规模", "长度", "完工"}
    | {"竣工", "开工", "期限", "时限", "对象", "条件", "范围", "依据"}
)
"""Words that name a side of a subject and no subject: 运城的投资是多少 after a question about a road."""

# A question that points back to the one before: 那运城呢, 它的…, 这个….
_POINTS_BACK = re.compile(
    r"^(?:那么?|那|这|它|其|还有|另外|上面|刚才|前面)|它|他们|上述|该项|这(?:个|项|件)|(?:呢|咧)[?？]?$"
)


def follow(query: Query, before: Query | None, index: Index) -> Query:
    """The question with what it leaves out taken from the one before."""
    if asks_nothing(query, before, index):
        return replace(query, asks_nothing=True)
    if before is None:
        return query
    points = bool(_POINTS_BACK.search(query.text))
    if not points and _stands_alone(query, before, index):
        return query
    return _joined(query, before, index, points=points)


def asks_nothing(query: Query, before: Query | None, index: Index) -> bool:
    """True for a turn without a word that any document knows, without a place, a year or a fact asked for.

    谢谢, 你是谁, 哈哈; not 谁负责 or 那个呢 after a question.
    """
    names = query.regions or query.elsewhere or query.years or query.fields or query.agency or query.supposed
    if names or (before is not None and _POINTS_BACK.search(query.text)):
        return False
    if any(word.known for word in subject_words(query, index)):
        return False
    beside = wording.without_asking(query.text)
    if query.asked == ANYTHING:
        return before is None or bool(query.terms) or not _knows_any(beside, index)
    return not query.terms and _names_a_person(beside) and not _knows_any(beside, index)


def _names_a_person(text: str) -> bool:
    """True for 你是 (谁), which asks who somebody is; not for 到 (什么时候), which goes on."""
    return any(part_of_speech(word).startswith("r") for word in words_of(text))


def _knows_any(text: str, index: Index) -> bool:
    return any(len(word) > 1 and index.holds(word) for word in words_of(text))


def _stands_alone(query: Query, before: Query, index: Index) -> bool:
    """True where the question leaves nothing out, or what it leaves out is not in the one before."""
    form = KINDS[query.asked].form
    if query.regions and (form == "tasks" or (query.years and form == "list")):
        return True  # all that an agency must do, all that is due: whole without a subject
    if query.regions:
        return any(term not in _SIDES for term in query.own_terms)
    return query.asked != ANYTHING and _speaks_of_something_else(query, before, index)


def _speaks_of_something_else(query: Query, before: Query, index: Index) -> bool:
    """True where a clause holds all of the question's words, and none holds them with the earlier subject."""
    own = _subject(query.own_terms, query, index)
    said = [term for term in query.own_terms if term not in _SIDES]
    if not own or len(own) < len(said) or not index.holds(_APART.join(_held_forms(own, index))):
        return False
    if len(said) == 1 and part_of_speech(said[0])[:1] not in ("n", ""):
        return False  # 反悔, 修订: something done, to what was spoken of
    earlier = _subject(before.terms, before, index)
    return _restates(own, earlier) or not _belong_together(own, earlier, index)


def _subject(terms: Sequence[str], query: Query, index: Index) -> list[Word]:
    """The words that some document knows, without those that name a side of a subject."""
    wanted = replace(query, terms=tuple(term for term in terms if term not in _SIDES))
    return [word for word in subject_words(wanted, index) if word.known]


def _restates(own: Sequence[Word], earlier: Sequence[Word]) -> bool:
    """True where the question says all of the earlier subject itself."""
    return bool(earlier) and all(any(word.forms == one.forms for one in own) for word in earlier)


def _belong_together(own: Sequence[Word], earlier: Sequence[Word], index: Index) -> bool:
    """True where a clause holds all of the subject and the rarest word of the earlier one."""
    if not earlier:
        return True
    rarest = max(earlier, key=lambda word: word.weight)
    mine = _held_forms(own, index)
    return any(index.holds(_APART.join((*mine, form))) for form in rarest.forms)


def _held_forms(words: Sequence[Word], index: Index) -> list[str]:
    return [_held_form(word, index) for word in words]


def _held_form(word: Word, index: Index) -> str:
    """The word as it was typed where a clause holds it, else the synonym that most clauses hold."""
    held = {form: index.clauses_holding(form) for form in sorted(word.forms)}
    typed = (form for form, count in held.items() if count and tuple(tokens(form)) == word.bigrams)
    return next(typed, None) or max(held, key=lambda form: held[form])


def _joined(query: Query, before: Query, index: Index, *, points: bool) -> Query:
    inherited: list[str] = []
    changes: dict[str, object] = {}
    if not query.regions and not query.elsewhere and before.regions:
        changes["regions"] = before.regions
        inherited.append("region")
    handed = _handed_on(query, before, index, points=points)
    if handed and (KINDS[query.asked].form != "document" or query.fields == wording.SOURCE_FIELDS):
        subject = [term for term in query.terms if term not in _SIDES or not KINDS[query.asked].figure]
        changes["topic"] = " ".join(filter(None, (query.topic, *handed)))
        changes["terms"] = tuple(dict.fromkeys((*subject, *handed)))
        inherited.append("topic")
    if query.asked == ANYTHING and not query.own_terms:
        changes["asked"] = before.asked
        changes["agency"] = before.agency
        changes["fields"] = before.fields
        inherited.append("asked")
    if not query.years and not query.own_terms and query.asked == before.asked:
        changes["years"] = before.years
    return replace(query, **changes, inherited=tuple(inherited))  # type: ignore[arg-type]


def _handed_on(query: Query, before: Query, index: Index, *, points: bool) -> tuple[str, ...]:
    """The earlier words that the question is to be searched with.

    A question with words of its own takes only those that the one before brought itself, so that a subject
    does not drag all earlier ones along.
    """
    own = _subject(query.own_terms, query, index)
    said = [term for term in query.own_terms if term not in _SIDES]
    if (
        not points
        and said
        and (len(said) >= FEWEST_OWN_TERMS or _speaks_of_something_else(query, before, index))
    ):
        return ()
    brought = before.own_terms if own and _subject(before.own_terms, before, index) else before.terms
    words = subject_words(replace(before, terms=tuple(brought)), index)
    return tuple(term for term, word in zip(brought, words, strict=True) if word.known)
