"""A question → its answer: understood, searched, put in the form that the question asks for.

The forms are the other modules here; whether there is evidence enough is decided in ``silence``.  No
language model is needed: every statement is words of a clause or a fact read from one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.search.index import Index
from qa.agencies import bodies_meant
from qa.answer.agency_tasks import tasks_of
from qa.answer.beside import with_beside
from qa.answer.by_label import by_label
from qa.answer.counted import items_counted, parts_counted, parts_of_that_number
from qa.answer.document import about_documents
from qa.answer.due import all_due, asks_for_all_due
from qa.answer.first_listed import told_first_listed
from qa.answer.in_form import in_form
from qa.answer.meant import titles_not_held, told_not_held
from qa.answer.not_understood import not_understood, told_not_understood, words_left_out
from qa.answer.overview import overview
from qa.answer.pointed import pointed
from qa.answer.regions import comparison
from qa.answer.renamed import told_renamed
from qa.answer.said_to import said_to
from qa.answer.several_facts import whole
from qa.answer.several_questions import Part, as_one, queries_apart, together
from qa.answer.several_things import several
from qa.answer.standing import told_standing
from qa.citations import Citations
from qa.evidence import silence
from qa.evidence.findings import Finding, Inquiry, by_region, weigh
from qa.evidence.nearest import without_subject
from qa.evidence.subject import WHOLE, Subject
from qa.judgement import Judgement, SubjectWord
from qa.question.apart import questions_apart
from qa.question.kinds import ANYTHING, KINDS, holds_kind
from qa.question.places import MOST_COMPARED, all_regions
from qa.question.terms import terms_of
from qa.question.understand import as_typed, understand
from qa.records import Answer, Block, Hit, Query, Statement
from qa.search.find import find
from qa.search.question_encoder import encode_ahead
from qa.search.rerank import Reranker

HITS = 10
SPREAD = 2.0
"""Without a region named, a region is part of the answer where its best clause holds the whole subject, or
where its log odds lie no more than this below the best of all.
No figure differs with 1, 2 and 3 (docs/quality.md)."""


def answer(
    question: str,
    index: Index,
    history: Sequence[str] = (),
    *,
    top_k: int = HITS,
    reranker: Reranker | None = None,
) -> Answer:
    """Answer a question from the index; ``history`` holds earlier questions, oldest first.

    ``reranker`` puts the best clauses of every search in its order.  Raises QuestionError for a question that
    cannot be asked.
    """

    def ask(asked: str, before: Sequence[str] = ()) -> Answer:
        return answer(asked, index, before, top_k=top_k, reranker=reranker)

    encode_ahead(index, as_typed(question, index))
    query = pointed(understand(question, index, history), index, history, ask)
    inquiry = Inquiry(query, index, Subject(query, index), Citations(index), reranker)
    if not inquiry.test("asks_something", not query.asks_nothing):
        inquiry.notes.silenced(None, None)
        said = said_to(
            inquiry, lambda: weigh(inquiry, find(query, index, top_k=top_k, reranker=reranker)), ask
        )
        return Answer(query, tuple(said), inquiry.citations.all(), (), abstained=True, why=_why(inquiry))
    if not inquiry.test("subject_read", not not_understood(query)):
        inquiry.notes.silenced(None, None)
        return Answer(
            query, tuple(told_not_understood(inquiry, ask)), (), (), abstained=True, why=_why(inquiry)
        )

    def one(query: Query, first: int | None = None) -> Part:
        return _part(replace(inquiry, query=query, subject=Subject(query, index)), top_k, first)

    parts = questions_apart(query.text)
    queries = queries_apart(parts, index, history) if len(parts) > 1 else [query]
    single = as_one(query, queries) if len(queries) > 1 else query
    answered = one(single) if single else together(parts, queries, one)
    blocks = in_form(inquiry, list(answered.blocks))
    blocks = [*blocks, *told_first_listed(blocks), *notes_below(query, index, inquiry.citations)]
    hits = tuple(answered.hits[:top_k])
    why = _why(inquiry)
    return Answer(query, tuple(blocks), inquiry.citations.all(), hits, answered.abstained, why=why)


def _part(inquiry: Inquiry, top_k: int, first: int | None) -> Part:
    """The answer to one question, from the clause of key ``first`` before others where it states the fact."""
    hits = find(inquiry.query, inquiry.index, top_k=top_k, reranker=inquiry.reranker, notes=inquiry.notes)
    findings = weigh(inquiry, hits)
    asked = inquiry.query.asked
    findings.sort(key=lambda one: one.hit.key != first or not holds_kind(asked, one.hit.facts))
    blocks, abstained = _blocks(inquiry, hits, findings)
    return Part(blocks, abstained, hits, findings[0].hit.key if findings else None)


def _why(inquiry: Inquiry) -> Judgement:
    """What was noted, with the words of the subject."""
    query, own = inquiry.query, set(inquiry.query.own_terms)
    words = (
        SubjectWord(term, word.forms, word.weight, word.known, term not in own)
        for term, word in zip(query.terms, inquiry.subject.words, strict=True)
    )
    return inquiry.notes.judgement(tuple(words))


def notes_below(query: Query, index: Index, citations: Citations) -> list[Statement]:
    """What is told below every answer: bodies renamed, documents that do not hold, how it was understood."""
    told = [*told_renamed(query, index, citations), *told_standing(index, citations)]
    return [*told, *how_understood(query)]


def how_understood(query: Query) -> list[Statement]:
    """What was read otherwise than typed and what was taken over; kept wherever an answer is kept."""
    told = []
    if query.regions and query.elsewhere:
        places, regions = "、".join(query.elsewhere), "、".join(query.regions)
        told.append(Statement(f"（文件库中没有{places}的文件，查的是{regions}的文件。）"))
    if query.respelled:
        pairs = "，".join(f"“{wrong}”按“{right}”理解" for wrong, right in query.respelled)
        told.append(Statement(f"（{pairs}）"))
    told += words_left_out(query)
    if query.taken_over:
        told.append(Statement(f"（沿用上文：{query.taken_over}）"))
    elif query.inherited and query.in_full:
        told.append(Statement(f"（沿用上文，按“{query.in_full}”理解）"))
    elif query.inherited:
        told.append(Statement(f"（沿用上文，仍问{KINDS[query.asked].name or '同样的内容'}）"))
    return told


def _blocks(inquiry: Inquiry, hits: Sequence[Hit], findings: Sequence[Finding]) -> tuple[list[Block], bool]:
    """The answer's blocks, and whether it is that the documents do not say."""
    query = inquiry.query
    if not_held := _not_held(inquiry, hits, findings):
        return [not_held], True
    form = KINDS[query.asked].form
    if query.cited:
        return by_label(inquiry, hits)
    about = _about_itself(inquiry, hits) or (
        parts_of_that_number(inquiry, hits) if KINDS[query.asked].open else []
    )
    if about:
        return about, False
    if form == "document":
        return _about_documents(inquiry, hits, findings)
    if form == "tasks" and query.agency and bodies_meant(inquiry.index, query.agency):
        return tasks_of(inquiry)
    due = all_due(inquiry) if asks_for_all_due(inquiry) else None
    return due or _on_a_subject(inquiry, findings)


def _not_held(inquiry: Inquiry, hits: Sequence[Hit], findings: Sequence[Finding]) -> Statement | None:
    """That the library has nothing of the region or, where nothing else is asked of, of the titles named."""
    unknown = silence.unknown_region(inquiry, findings)
    if unknown:
        return unknown
    titles = titles_not_held(inquiry, hits)
    if not titles or inquiry.query.cited or _beside_titles(inquiry.query):
        return None
    inquiry.notes.silenced(None, None)
    return told_not_held(titles)


def _beside_titles(query: Query) -> list[str]:
    """The words of the subject that are not of a title named."""
    return [term for term in query.terms if not any(term in title for title in query.titles)]


def _about_documents(
    inquiry: Inquiry, hits: Sequence[Hit], findings: Sequence[Finding]
) -> tuple[list[Block], bool]:
    """What documents print about themselves; where none does, what a clause says of it (依据…〔2023〕7号)."""
    blocks, abstained = about_documents(inquiry, hits)
    if not abstained:
        return blocks, False
    asked = replace(inquiry, query=replace(inquiry.query, asked=ANYTHING))
    if inquiry.query.terms and silence.speaks(asked, findings):
        return _on_a_subject(asked, findings)
    inquiry.notes.silenced(None, None)
    return blocks, True


def _about_itself(inquiry: Inquiry, hits: Sequence[Hit]) -> list[Block]:
    """Without a subject, what the documents that are named are about, or how many parts they have."""
    query, kind = inquiry.query, KINDS[inquiry.query.asked]
    unread = kind.form == "document" and not query.fields  # 有几章: the overview counts them
    words = _beside_titles(query) if unread else query.terms
    subject = words or query.agency or query.years or query.due
    if subject or not query.of_document:
        return []
    if kind.measures and query.unit:
        return parts_counted(inquiry, hits)
    whole = kind.open or kind.measures or query.fields == ("title",) or unread
    return overview(inquiry, hits) if whole else []


def _on_a_subject(inquiry: Inquiry, findings: Sequence[Finding]) -> tuple[list[Block], bool]:
    """The answer to a question for what clauses say of a subject; without one, only what is judged sure."""
    query = inquiry.query
    subject = inquiry.test("subject_read", bool(query.terms or query.agency))
    if not subject and not (terms_of(query.text) and silence.speaks(inquiry, findings)):
        inquiry.notes.silenced(None, None)
        return without_subject(inquiry, findings), True
    if query.compares:
        return comparison(inquiry, by_region(inquiry, query.regions))
    return _over_regions(inquiry, findings)


def _over_regions(inquiry: Inquiry, findings: Sequence[Finding]) -> tuple[list[Block], bool]:
    """Without a region named, a part for each region that speaks of the subject; else the plain answer."""
    found = {} if inquiry.query.regions else _by_every_region(inquiry)
    spread = _spread(inquiry, found)
    if len(spread) > 1:
        silent = {region: list_ for region, list_ in found.items() if region not in spread}
        query = replace(inquiry.query, regions=tuple(spread), every_region=True)
        return comparison(replace(inquiry, query=query), spread, silent=silent)
    # Documents of no region stand beside the regions' own.
    best = max((findings, *spread.values()), key=lambda one: silence.odds_of(one[:1]))
    parts = several(inquiry, best) if KINDS[inquiry.query.asked].open else []
    if not parts and best and KINDS[inquiry.query.asked].measures:
        parts = items_counted(inquiry, best)
    if parts:
        return parts, False
    blocks, abstained = whole(inquiry, best)
    return (blocks if abstained else with_beside(inquiry, best, blocks)), abstained


def _by_every_region(inquiry: Inquiry) -> dict[str, list[Finding]]:
    """The findings of every region, where regions are few enough to be set side by side; else none."""
    regions = all_regions(inquiry.index)
    return by_region(inquiry, regions) if 1 < len(regions) <= MOST_COMPARED else {}


def _spread(inquiry: Inquiry, found: Mapping[str, list[Finding]]) -> dict[str, list[Finding]]:
    """Without a region named: the regions whose documents speak of the subject."""
    best = max((silence.odds_of(list_[:1]) for list_ in found.values()), default=0.0)

    def speaks(region: str, findings: Sequence[Finding]) -> bool:
        first = findings[0]
        whole = inquiry.at_least("region_speaks", first.coverage, WHOLE, first, region=region)
        if whole and not inquiry.subject.unknown_share:
            return True
        odds, least = silence.odds_of(findings[:1]), best - SPREAD
        shared = inquiry.at_least("spread", odds, least, first, region=region)
        return shared and silence.speaks(inquiry, findings)

    return {region: list_ for region, list_ in found.items() if list_ and speaks(region, list_)}
