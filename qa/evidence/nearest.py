"""What is shown where no answer is sure: the nearest clause in its own words, and no claim beyond it.

That documents are silent is said only where most of the subject stands in none of them.  A clause that
holds all of the subject is quoted, even where the fact asked for was not read in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.language.years import tells_any, years_told
from qa.evidence.announced import announces, clauses_below, said_with, with_items
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.missing import MOST_OF_SUBJECT, missing, told
from qa.evidence.passages import Passage
from qa.evidence.said_for_all import said_for_all
from qa.evidence.subject import WHOLE, Subject
from qa.printed import flat, topic_of
from qa.question.intervals import LENGTHS, read_intervals
from qa.question.kinds import KINDS, holds_kind, not_stated
from qa.question.places import spoken_forms
from qa.question.terms import part_of_speech, words_of
from qa.records import Asked, Block, Query, Quotes, Statement

LONGEST_SUBJECT = 24
"""Characters of a subject that is repeated as it was typed."""
MOST_NEAREST = 3
"""Clauses shown to a question in which no subject was read."""
ABILITIES = (
    "这里只查找已载入的政策文件，逐字引用条文并注明出处。请写明想了解的事项，"
    "可带上地区、年份或单位，例如“某县老旧小区改造由谁负责”。"
)


def nearest_quoted(inquiry: Inquiry, finding: Finding) -> Statement:
    """The passage of the clause that holds most of the subject, word for word."""
    told = [passage for passage in finding.passages if not passage.heading] or list(finding.passages)
    if not told:
        return Statement(flat(finding.hit.clause.text), (inquiry.citations.cite(finding.entry),))
    best = max(told, key=lambda passage: (inquiry.subject.coverage(finding.words(passage)), passage.score))
    best = _with_rule(finding, with_items(finding, [best])[0])
    number = inquiry.citations.cite(finding.entry, best.start, best.end)
    words = flat(finding.words(best))
    below = clauses_below(inquiry.index, finding.entry) if announces(words) else []
    if not below:
        return Statement(words, (number,))
    more = "……" if len(below) > 1 else ""
    return Statement(f"{words}{flat(below[0].clause.text)}{more}", (number, inquiry.citations.cite(below[0])))


def holding(inquiry: Inquiry, findings: Sequence[Finding]) -> Finding | None:
    """The best finding whose clause, with the headings above it, holds all known words of the subject."""
    whole = (one for one in findings if inquiry.at_least("holds_subject", one.coverage, WHOLE, one))
    return next(whole, None)


def not_found(inquiry: Inquiry, findings: Sequence[Finding]) -> list[Block]:
    """What is said where no clause answers for sure, with the nearest clause where there is one."""
    where = "、".join(inquiry.query.regions) or "现有"
    near = holding(inquiry, findings)
    if near and lacks_the_fact(inquiry, near):
        return _unstated(inquiry, near)
    if near:
        head = Statement(f"{where}文件中没有找到能确定回答这个问题的条款。最接近的原文：")
        return [head, nearest_quoted(inquiry, near)]
    said = told(missing(inquiry), subject_words(inquiry.query), where, len(inquiry.index.infos))
    blocks: list[Block] = [Statement(said)]
    if findings and findings[0].coverage > 0:
        topic = topic_of(findings[0].hit.clause)
        blocks.append(Statement(f"最接近的条款{f'是“{topic}”' if topic else ''}，原文："))
        blocks.append(_best_quoted(inquiry, findings[0]))
    return blocks


def _best_quoted(inquiry: Inquiry, finding: Finding) -> Statement:
    """The passage that the judge takes for the likeliest answer, the whole clause cited."""
    told = next((passage for passage in finding.passages if not passage.heading), None)
    words = finding.words(_with_rule(finding, told)) if told else finding.hit.clause.text
    return Statement(flat(words), (inquiry.citations.cite(finding.entry),))


def _with_rule(finding: Finding, passage: Passage) -> Passage:
    """The passage with the sentences without which it says too little."""
    beside = [passage, *said_with(finding, passage)]
    return replace(passage, start=min(one.start for one in beside), end=max(one.end for one in beside))


def lacks_the_fact(inquiry: Inquiry, finding: Finding) -> bool:
    """True where a kind of fact is asked for and none of the kind was read in the clause."""
    asked = inquiry.query.asked
    if not KINDS[asked].facts or holds_kind(asked, finding.hit.facts):
        return False
    return not _prints_a_length(asked, finding.hit.clause.text)


def _prints_a_length(asked: Asked, text: str) -> bool:
    """Whether a time or number is asked for and a length of time, which is no fact, is printed: 二十年."""
    kind = KINDS[asked]
    return kind.figure and not kind.narrows and any(one.unit in LENGTHS for one in read_intervals(text))


def unread(inquiry: Inquiry, finding: Finding) -> str:
    """没有读到责任单位; with the years asked for where the clause tells only others."""
    years = "、".join(map(str, inquiry.query.years))
    told = years_told(finding.hit.clause.text)
    other = inquiry.query.years and told and not tells_any(finding.hit.clause.text, inquiry.query.years)
    return not_stated(inquiry.query.asked, f"{years}年的" if other else "")


def _unstated(inquiry: Inquiry, finding: Finding) -> list[Block]:
    """That the clause on the subject does not tell the fact, and its words; who answers for all of it."""
    region = finding.hit.region or "该"
    topic = topic_of(finding.hit.clause) or subject_words(inquiry.query)
    what = unread(inquiry, finding)
    head = f"{region}文件提到“{topic}”，但{what}。原文：" if topic else f"{region}文件{what}。原文："
    quote = nearest_quoted(inquiry, finding)
    blocks: list[Block] = [Statement(head), quote]
    blocks += _other_years(inquiry, finding, quote)
    if KINDS[inquiry.query.asked].of_agencies and (general := said_for_all(inquiry, finding)):
        blocks += [general] if general.citations != quote.citations else []
    return blocks


def _other_years(inquiry: Inquiry, finding: Finding, quote: Statement) -> list[Statement]:
    """The years that the clause quoted tells where another one was asked for."""
    told = sorted(set(years_told(finding.hit.clause.text)) - set(inquiry.query.years))
    if not inquiry.query.years or not told or tells_any(finding.hit.clause.text, inquiry.query.years):
        return []
    years = "、".join(f"{year}年" for year in told)
    return [Statement(f"该条款写到的年份是{years}。", quote.citations)]


def is_missing(inquiry: Inquiry, regions: Sequence[str]) -> bool:
    """True where the nouns that carry most of the subject stand in none of these regions' documents.

    Only nouns that other documents hold count: a word that no document holds is the question's own way of
    speaking, and verbs (超过) prove nothing.  A lesser noun that is missing does not make documents silent
    that speak of the rest.
    """
    index = inquiry.index
    files = index.of_regions(tuple(regions)) if regions else None
    words = zip(inquiry.query.terms, inquiry.subject.words, strict=True)
    known = [(term, word) for term, word in words if word.known]
    nouns = [word for term, word in known if _is_noun(term)]
    missing = sum(w.weight for w in nouns if not any(index.holds(form, files) for form in w.forms))
    share = missing / total if (total := sum(word.weight for _, word in known)) else 0.0
    region = regions[0] if len(regions) == 1 else None
    return not inquiry.test(
        "noun_held", share <= MOST_OF_SUBJECT, value=share, threshold=MOST_OF_SUBJECT, region=region
    )


def _is_noun(term: str) -> bool:
    """By the dictionary, else by the last character, which heads a compound: 再生水."""
    return (part_of_speech(term) or part_of_speech(term[-1])).startswith("n")


def subject_words(query: Query) -> str:
    """The subject as it was typed, from its first word to its last; its words alone where that is long."""
    starts = [query.text.find(term) for term in query.own_terms]
    if not query.own_terms or min(starts) < 0 or query.terms != query.own_terms:
        return "、".join(query.terms)
    ends = [start + len(term) for start, term in zip(starts, query.own_terms, strict=True)]
    typed = query.text[min(starts) : max(ends)]
    return typed if len(typed) <= LONGEST_SUBJECT else "、".join(query.terms)


def without_subject(inquiry: Inquiry, findings: Sequence[Finding]) -> list[Block]:
    """The nearest clauses for a question whose every word only asks; chosen by those that documents hold."""
    words = _words_held(inquiry)
    where = "、".join(inquiry.query.regions)
    head = f"没有读出要问{where or '文件'}的什么事项，不能确定答案。"
    if not words or not findings:
        return [Statement(f"{head}{ABILITIES}")]
    query = replace(inquiry.query, terms=words, own_terms=words)
    asked = replace(inquiry, query=query, subject=Subject(query, inquiry.index))
    quotes = tuple(nearest_quoted(asked, finding) for finding in findings[:MOST_NEAREST])
    return [Statement(f"{head}最接近的原文："), Quotes(quotes)]


def _words_held(inquiry: Inquiry) -> tuple[str, ...]:
    """The question's words, stop words or not, beside its places, that some document holds."""
    rest = inquiry.query.text
    for region in inquiry.query.regions:
        for form in spoken_forms(region):
            rest = rest.replace(form, " ")
    words = (word for word in words_of(rest) if len(word) > 1 and inquiry.index.holds(word))
    return tuple(dict.fromkeys(words))


def nothing_asked(inquiry: Inquiry) -> list[Block]:
    """What the program can do, for a turn that asks nothing of the documents."""
    unknown = "、".join(f"“{term}”" for term in inquiry.query.terms)
    lead = f"现有文件里没有出现{unknown}。" if unknown else "没有读出要在文件中查找的事项。"
    return [Statement(f"{lead}{ABILITIES}")]
