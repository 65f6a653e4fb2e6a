"""The plain answer: one region, one subject.  Agencies from facts, all else from the best sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.language.sentences import sentences
from index.records import Agency, Deadline
from qa.agencies import files_by_region
from qa.evidence import silence
from qa.evidence.differing import differing
from qa.evidence.findings import Finding, Inquiry, by_region
from qa.evidence.nearest import not_found, subject_words, unread
from qa.evidence.premises import other_figures, supposed_body
from qa.evidence.said_for_all import said_for_all
from qa.evidence.spans import span_of
from qa.evidence.subject import WHOLE, Passage
from qa.evidence.things import with_the_very_thing
from qa.printed import flat, row_words, topic_of
from qa.question.kinds import KINDS, holds_kind
from qa.question.particulars import counted_items
from qa.question.places import MOST_COMPARED, all_regions
from qa.records import Block, Query, Quotes, Statement

ENOUGH = 0.72
"""A further passage of the clause is quoted where it scores at least this share of the best one's score."""
MOST_PASSAGES = 2
MOST_LISTED = 8
# 第一条…, 一是…, 一期…: what follows the numeral tells the series.
_SERIES = re.compile(r"(?:第?[一二三四五六七八九十]+)(条|个|项|类|批|是|期|方面|、)")
_SUM_DRAWN = re.compile(r"总投资|合计|总计|共计|累计|总规模|总额|共投资|共(?=\d)")
_CLOSING_BRACKET = re.compile(r"\s*[(（][^()（）]+[)）]。?$")  # (县住建局、县财政局)
LONGEST_WHOLE = 320
"""A clause up to this length answers a which-question whole, so that no item is left out."""


def single(inquiry: Inquiry, findings: Sequence[Finding]) -> tuple[list[Block], bool]:
    """The answer from the best finding; the second value is true where the documents do not say."""
    found = inquiry.at_least("found", len(findings), 1)
    if not found or not silence.speaks(inquiry, findings[0]):
        inquiry.notes.silenced(None, findings[0].hit.key if found else None)
        return _absent(inquiry, findings)
    best = silence.stated(inquiry, findings)
    if best is None:
        inquiry.notes.silenced(None, findings[0].hit.key)
        return _unstated(inquiry, findings[0])
    if KINDS[inquiry.query.asked].measures:
        best = with_the_very_thing(inquiry, findings, best)
    if asks_for_agencies(inquiry, best):
        agencies = [fact for fact in best.hit.facts if isinstance(fact, Agency)]
        remark = supposed_body(inquiry.query, agencies)
        return [*([remark] if remark else []), agencies_statement(inquiry, best)], False
    span = span_of(inquiry, best, _told_length(inquiry, best))
    statements = [span] if span else statements_of(inquiry, best)
    remark = other_figures(inquiry, best, findings, " ".join(statement.text for statement in statements))
    others = differing(inquiry, best, findings)
    return [*([remark] if remark else []), *as_blocks(statements), *others], False


def asks_for_agencies(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the answer is the agencies that the clause charges, and not bodies in its sentences."""
    asked = inquiry.query.asked
    return KINDS[asked].of_agencies and holds_kind(asked, finding.hit.facts)


def agencies_statement(inquiry: Inquiry, finding: Finding, *, with_topic: bool = True) -> Statement:
    """县发展和改革局牵头；责任单位：…: the roles only as the text gives them."""
    agencies = [fact for fact in finding.hit.facts if isinstance(fact, Agency)]
    number = inquiry.citations.cite(finding.entry, *_span_of(agencies, finding))
    words = agencies_words(agencies, asked_lead=inquiry.query.asked == "lead")
    topic = topic_of(finding.hit.clause)
    return Statement(f"{topic}：{words}" if with_topic and topic else words, (number,))


def agencies_words(agencies: Sequence[Agency], *, asked_lead: bool) -> str:
    """The agencies in the order of the text, by role, each printed as in the source."""
    leads = _names(agencies, "lead")
    listed = _names(agencies, "first", "responsible")
    support = _names(agencies, "support")
    parts = []
    if leads:
        parts.append(f"{'、'.join(leads)}牵头")
    elif asked_lead:
        parts.append("文件未写明牵头单位")
    if listed:
        first = "" if leads or len(listed) == 1 else f"（首列：{listed[0]}）"
        parts.append(f"责任单位{first}：{'、'.join(listed)}")
    if support:
        parts.append(f"配合单位：{'、'.join(support)}")
    return "；".join(parts)


def _names(agencies: Sequence[Agency], *roles: str) -> list[str]:
    return list(dict.fromkeys(agency.text for agency in agencies if agency.role in roles))


def _span_of(agencies: Sequence[Agency], finding: Finding) -> tuple[int, int]:
    """From the first agency to the last, so that the quote is the list as it stands."""
    clause = finding.hit.clause
    start = min((a.start for a in agencies), default=clause.start)
    end = max((a.end for a in agencies), default=clause.end)
    return start, end


def as_blocks(statements: Sequence[Statement]) -> list[Block]:
    """One statement as it is, several as a list."""
    return [Quotes(tuple(statements))] if len(statements) > 1 else list(statements)


def statements_of(inquiry: Inquiry, finding: Finding) -> list[Statement]:
    """A table row whole, a short clause whole where a list is asked for, else the best passages.

    Where a sum is asked for that the source does not draw, every item of the series stands, and that it is
    not drawn.
    """
    clause = finding.hit.clause
    if clause.cells:
        return [Statement(row_words(clause), (inquiry.citations.cite(finding.entry),))]
    if KINDS[inquiry.query.asked].form == "list" and len(clause.text) <= LONGEST_WHOLE:
        return [Statement(flat(clause.text), (inquiry.citations.cite(finding.entry),))]
    chosen = chosen_passages(inquiry, finding)
    statements = [statement_of(inquiry, finding, passage) for passage in chosen]
    drawn = any(_SUM_DRAWN.search(finding.words(passage)) for passage in chosen)
    if len(statements) > 1 and _asks_for_sum(inquiry.query) and not drawn:
        statements.append(Statement("原文只分项写明，没有写合计数。"))
    return statements


def _asks_for_sum(query: Query) -> bool:
    return KINDS[query.asked].sums and query.wants.sum


def _told_length(inquiry: Inquiry, finding: Finding) -> int:
    """How many characters `statements_of` would quote."""
    text = finding.hit.clause.text
    if KINDS[inquiry.query.asked].form == "list" and len(text) <= LONGEST_WHOLE:
        return len(text)
    return sum(passage.end - passage.start for passage in chosen_passages(inquiry, finding))


def statement_of(inquiry: Inquiry, finding: Finding, passage: Passage) -> Statement:
    """The passage's words; after the time that its sentence sets them under, where they name none."""
    passage = _without_agencies(finding, passage)
    due = _time_above(finding, passage)
    start = due.start if due else passage.start
    words = flat(finding.words(passage)).rstrip("，,；;、")
    number = inquiry.citations.cite(finding.entry, start, passage.end)
    return Statement(f"{due.text}……{words}" if due else words, (number,))


def _time_above(finding: Finding, passage: Passage) -> Deadline | None:
    """到2025年 for a part of a sentence that begins so: a goal without its year says too much."""
    clause = finding.hit.clause
    times = [fact for fact in finding.hit.facts if isinstance(fact, Deadline)]
    if any(passage.start <= fact.start < passage.end for fact in times):
        return None
    whole = next(s for s in sentences(clause.text) if s.start <= passage.start - clause.start < s.end)
    before = [f for f in times if clause.start + whole.start <= f.start < passage.start]
    return before[-1] if before else None


def _without_agencies(finding: Finding, passage: Passage) -> Passage:
    """The passage without the bracket of agencies that closes it: they answer another question."""
    bracket = _CLOSING_BRACKET.search(finding.words(passage))
    if bracket is None or bracket.start() == 0:
        return passage
    start = passage.start + bracket.start()
    if not any(isinstance(fact, Agency) and start < fact.start < passage.end for fact in finding.hit.facts):
        return passage
    return replace(passage, end=start)


def chosen_passages(inquiry: Inquiry, finding: Finding) -> list[Passage]:
    """The best passage and those nearly as good, in the order of the text."""
    if not finding.passages:
        return []
    most = MOST_LISTED if KINDS[inquiry.query.asked].form == "list" else MOST_PASSAGES
    told = [p for p in finding.passages if not p.heading] or list(finding.passages)
    answering = [p for p in told if p.answers] or told
    if KINDS[inquiry.query.asked].form == "list" and answering[0].score < told[0].score:
        answering = told  # 新就业无房职工和外来务工人员: what is listed stands without 、
    best = answering[0].score
    near = [
        p
        for p in answering[:most]
        if inquiry.at_least("passage_near", p.score, ENOUGH * best, finding, start=p.start)
    ]
    whole = [p for p in near if _is_whole(inquiry, finding, p)]
    kind = KINDS[inquiry.query.asked]
    series = kind.form == "list" or _asks_for_sum(inquiry.query)
    if kind.figure and whole and not (series and counted_items(inquiry.query.text)):
        near = whole  # 供水管网 asked for: not what it costs for 雨污管网 beside it
    elif series:
        near += _rest_of_series(finding, near)
    return sorted(near, key=lambda passage: passage.start)


def _is_whole(inquiry: Inquiry, finding: Finding, passage: Passage) -> bool:
    """True where the passage holds the whole subject, or a year asked for."""
    words = finding.words(passage)
    held = inquiry.subject.coverage(words)
    whole = inquiry.at_least("passage_whole", held, WHOLE, finding, start=passage.start)
    return whole or any(str(year) in words for year in inquiry.query.years)


def _rest_of_series(finding: Finding, chosen: Sequence[Passage]) -> list[Passage]:
    """The passages that count on with a chosen one: 第二条… after 第一条…, so that a list is whole."""
    opening = next((m.group(1) for p in chosen if (m := _SERIES.match(finding.words(p)))), None)
    if opening is None:
        return []
    others = (p for p in finding.passages if p not in chosen)
    return [p for p in others if (m := _SERIES.match(finding.words(p))) and m.group(1) == opening]


def best_told(finding: Finding) -> Passage | None:
    """The best passage that is not the clause's heading, or the heading; None where there is no passage."""
    return next((p for p in finding.passages if not p.heading), next(iter(finding.passages), None))


def _absent(inquiry: Inquiry, findings: Sequence[Finding]) -> tuple[list[Block], bool]:
    blocks = not_found(inquiry, findings)
    elsewhere = _elsewhere(inquiry)
    return [*blocks, elsewhere] if elsewhere else blocks, True


def _elsewhere(inquiry: Inquiry) -> Statement | None:
    """Which other regions' documents speak of the whole subject: the region may be what was mistaken."""
    subject, index = inquiry.subject, inquiry.index
    regions = all_regions(index)
    if (
        not inquiry.query.regions
        or not subject.words
        or subject.unknown_share
        or len(regions) > MOST_COMPARED
    ):
        return None
    others = [region for region in regions if region not in inquiry.query.regions]
    spoken = [region for region in others if _holds_the_words(inquiry, region)]
    found = {
        region: findings[0]
        for region, findings in by_region(inquiry, spoken).items()
        if findings and inquiry.at_least("region_speaks", findings[0].coverage, WHOLE, findings[0])
    }
    if not found:
        return None
    numbers = tuple(inquiry.citations.cite(finding.entry) for finding in found.values())
    return Statement(f"其他地区的文件有相关条款：{'、'.join(found)}", numbers)


def _holds_the_words(inquiry: Inquiry, region: str) -> bool:
    """True where each known word of the subject stands somewhere in the region's documents."""
    index = inquiry.index
    missing = inquiry.subject.missing_share(index, files_by_region(index, [region])[region])
    return inquiry.test("region_holds_words", not missing, value=missing, threshold=0.0, region=region)


def _unstated(inquiry: Inquiry, finding: Finding) -> tuple[list[Block], bool]:
    number = inquiry.citations.cite(finding.entry)
    region = finding.hit.region or "该"
    topic = topic_of(finding.hit.clause) or subject_words(inquiry.query)
    what = unread(inquiry, finding)
    best = best_told(finding)
    words = flat(finding.words(best) if best else finding.hit.clause.text)
    head = f"{region}文件提到“{topic}”，但{what}。原文：" if topic else f"{region}文件{what}。原文："
    blocks: list[Block] = [Statement(head), Statement(words, (number,))]
    if KINDS[inquiry.query.asked].of_agencies and (general := said_for_all(inquiry, finding)):
        blocks += [general] if general.citations != (number,) else []
    return blocks, True
