"""The plain answer: one region, one subject.  Agencies from facts, all else from the best sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from index.entries import Entry
from index.records import Agency
from qa.agencies import files_by_region
from qa.answer.charged import NO_LEAD, agencies_statement, asks_for_agencies, in_running_text
from qa.answer.charged_apart import Charge, agencies_that_answer, charge_statement, charges_that_answer
from qa.answer.computed import total_of
from qa.answer.conditions import to_check
from qa.answer.own_case import not_listed, own_case
from qa.answer.quoting import statement_of
from qa.answer.told_whole import (
    LONGEST_WHOLE,
    announced_whole,
    is_told_whole,
    rest_of_series,
    steps_of,
    stretch,
    told_in_one,
)
from qa.answer.yes_no import UNSAID, Told, on_bodies, on_sentences
from qa.evidence import silence
from qa.evidence.announced import (
    announces,
    clauses_below,
    item_referred_to,
    said_with,
    together,
    with_items,
)
from qa.evidence.differing import differing
from qa.evidence.findings import Finding, Inquiry, by_region, coverage_of
from qa.evidence.nearest import holding, not_found
from qa.evidence.passages import ANSWERS, Passage, in_order, phrases_of, point_of
from qa.evidence.subject import WHOLE
from qa.evidence.things import with_the_very_thing
from qa.printed import flat, row_words
from qa.question.kinds import KINDS, holds_kind
from qa.question.places import MOST_COMPARED, all_regions
from qa.records import Block, Query, Quotes, Statement

NEAR = 2.0
NEAR_PHRASE = 3.0
"""How far below the best passage, in log odds, another one may lie that is quoted beside it; how far below a
passage's best phrase another one.  Chosen from three settings with ANSWERS, not fitted: with .5, 1 and 1
complete answers fall .424 → .352 (plans) and .470 → .425 (notices); with -1, 3 and whole passages ROUGE-L of
the other notices falls .405 → .368."""
REST = 60
"""Characters left of a part of a sentence that is begun behind a semicolon, up to its end, quoted with it: a
condition without what follows from it says nothing.  With 0 one wording in 200 fewer is complete over laws;
20 and 60 are alike (`python -m training.fit_answer`)."""
HOLDS_FACT = 3.0
"""What a passage with a fact of the kind asked for (争取到2028年) counts more, in log odds, than one without:
with 0 one wording in 500 fewer is complete over plans, with 1.5 a date that is none comes first (`python -m
training.fit_answer`, docs/quality.md)."""
MOST_PASSAGES = 2
MOST_LISTED = 8
LONGEST_OPENING = 40
"""Characters of a clause's first sentence that is told with its number, as the heading that it is."""
# 突出表现在四个方面：一是关键领域创新能力不足。: the others of so many follow.
_COUNTED = re.compile(r"[两三四五六七八九十]个?[大项类条点种]?(?:方面|问题|原则|要求|任务)?[:：]一是")
# 发生突发情况后，: what holds then stands in the next phrase, as what comes after stands behind 在…的基础上，
_CONDITION = re.compile(r"(?:后|时|的|之日起|基础上)[,，]\s*$")
_PART_ENDS = re.compile(r"[;；。！？!?]")
_SUM_DRAWN = re.compile(r"总投资|合计|总计|共计|累计|总规模|总额|共投资|共(?=\d)")


def single(inquiry: Inquiry, findings: Sequence[Finding]) -> tuple[list[Block], bool]:
    """The answer from the best finding; the second value is true where the documents do not say."""
    found = inquiry.at_least("found", len(findings), 1)
    case = own_case(inquiry, findings)
    if case and not case.holding:
        return not_listed(inquiry, case), False
    if case:
        findings = case.first(findings)
    elif not found or not silence.speaks(inquiry, findings):
        inquiry.notes.silenced(None, findings[0].hit.key if found else None)
        return _absent(inquiry, findings)
    best = findings[0]
    if KINDS[inquiry.query.asked].measures:
        best = with_the_very_thing(inquiry, findings, best)
    if asks_for_agencies(inquiry, best):
        agencies = agencies_that_answer(inquiry, best)
        remarks = {on_bodies(inquiry, some) for some in agencies}
        remark = remarks.pop() if len(remarks) == 1 else Statement(UNSAID)
        told = _charged(inquiry, best, list(chain(*agencies)))
        return [*([remark] if remark else []), *as_blocks(told)], False
    statements = _placed(inquiry, best, steps_of(inquiry, findings) or statements_of(inquiry, best))
    quoted = " ".join(statement.text for statement in statements)
    held = case.number if case else None
    quotes = Told(chosen_passages(inquiry, best), quoted)
    remark = on_sentences(inquiry, best, findings, quotes, held=held)
    others = [*to_check(inquiry, best, quotes.passages), *differing(inquiry, best, findings)]
    return [*([remark] if remark else []), *as_blocks(statements), *others], False


def _charged(inquiry: Inquiry, finding: Finding, agencies: Sequence[Agency]) -> list[Statement]:
    """The sentences that charge them, where the judge points there; else the bodies as they are listed, with
    the sentence that answers where none that was read stands in it (由区财政全额负担)."""
    if charges := charges_that_answer(inquiry, finding):
        return _apart(inquiry, finding, charges)
    best = finding.passages[0] if finding.passages and not finding.hit.clause.cells else None
    if best is None or not inquiry.at_least("passage_near", best.score, ANSWERS, finding, start=best.start):
        return [agencies_statement(inquiry, finding)]
    named = any(best.start <= fact.start < best.end for fact in agencies)
    if named and not in_running_text(finding, agencies):
        return [agencies_statement(inquiry, finding)]
    said = statements_of(inquiry, finding)
    words = " ".join(one.text for one in said)
    told = [fact for fact in agencies if fact.text in words]  # of a long sentence phrases alone may be said
    leads = inquiry.query.asked != "lead" or any(fact.role == "lead" for fact in agencies)
    return said if named and told and leads else [agencies_statement(inquiry, finding), *said]


def _apart(inquiry: Inquiry, finding: Finding, charges: Sequence[Charge]) -> list[Statement]:
    """Each bracket with its sentences; said first where a lead is asked for and none is named there."""
    statements = [charge_statement(inquiry, finding, charge) for charge in charges]
    led = any(agency.role == "lead" for charge in charges for agency in charge.agencies)
    return [Statement(NO_LEAD), *statements] if inquiry.query.asked == "lead" and not led else statements


def as_blocks(statements: Sequence[Statement]) -> list[Block]:
    """One statement as it is, several as a list."""
    return [Quotes(tuple(statements))] if len(statements) > 1 else list(statements)


def statements_of(inquiry: Inquiry, finding: Finding) -> list[Statement]:
    """A table row whole, a short clause whole where a list is asked for, else the best passages.

    Where a sum is asked for that the source does not draw, every item of the series stands, that it is not
    drawn, and the sum by the program where the items are parts of one whole.
    """
    clause = finding.hit.clause
    if clause.cells:
        return [Statement(row_words(clause), (inquiry.citations.cite(finding.entry),))]
    if is_told_whole(inquiry.query, finding) and len(clause.text) <= LONGEST_WHOLE:
        return [stretch(inquiry, finding)]
    chosen = chosen_passages(inquiry, finding)
    if stretched := told_in_one(inquiry, finding, chosen):
        return [stretched]
    listed = len(chosen) > 1 and announces(finding.words(chosen[0]))  # its items follow it
    statements = [statement_of(inquiry, finding, passage, alone=not listed) for passage in chosen]
    if chosen and announces(finding.words(chosen[-1])):
        below = clauses_below(inquiry.index, finding.entry)[:MOST_LISTED]
        statements += [Statement(flat(one.clause.text), (inquiry.citations.cite(one),)) for one in below]
    drawn = any(_SUM_DRAWN.search(finding.words(passage)) for passage in chosen)
    if _asks_for_sum(inquiry.query) and not drawn:
        total = total_of(finding, chosen, inquiry.query.asked)
        if total or len(statements) > 1:
            said = "原文只分项写明，没有写合计数"
            numbers = tuple(n for one in statements for n in one.citations) if total else ()
            statements.append(Statement(f"{said}；{total}。" if total else f"{said}。", numbers))
    return statements


def _placed(inquiry: Inquiry, finding: Finding, statements: list[Statement]) -> list[Statement]:
    """After the place where they stand, where it is asked for: 第十二条 零售网点密度（6分）：…"""
    steps = [flat(step) for step in finding.hit.clause.place]
    if not inquiry.query.locates or not steps or not statements:
        return statements
    opening, full_stop, _ = flat(finding.hit.clause.text).partition("。")
    if full_stop and opening.startswith(steps[-1]) and len(opening) <= LONGEST_OPENING:
        steps[-1] = opening
    place = " › ".join(steps)
    first, *others = statements
    said = first.text.removeprefix(place).removeprefix(steps[-1]).lstrip("。 ")
    if not said and others:  # it was the heading, which the place tells
        return [replace(others[0], text=f"{place}：{others[0].text}"), *others[1:]]
    return [replace(first, text=f"{place}：{said}" if said else place), *others]


def _asks_for_sum(query: Query) -> bool:
    return KINDS[query.asked].sums and query.total


def chosen_passages(inquiry: Inquiry, finding: Finding) -> list[Passage]:
    """The best passage and those that the judge holds for parts of the answer too, in the order of the text;
    of a long one the phrases that answer."""
    if not finding.passages:
        return []
    if listed := announced_whole(inquiry.query, finding):
        return listed
    whole = is_told_whole(inquiry.query, finding)
    most = MOST_LISTED if whole else MOST_PASSAGES
    told = [p for p in finding.passages if not p.heading] or list(finding.passages)
    told.sort(key=lambda p: p.score + HOLDS_FACT * _holds_fact(inquiry.query, finding, p), reverse=True)
    least = max(ANSWERS, told[0].score - NEAR)
    near = [
        p for p in told[1:most] if inquiry.at_least("passage_near", p.score, least, finding, start=p.start)
    ]
    counted = any(_COUNTED.search(finding.words(passage)) for passage in (told[0], *near))
    if whole or counted or _asks_for_sum(inquiry.query):
        return in_order([told[0], *near, *rest_of_series(finding, [told[0], *near])])
    chosen = [told[0], *near]
    referred = [one for passage in chosen if (one := item_referred_to(finding, passage))]
    referred += [one for passage in chosen for one in said_with(finding, passage)]
    chosen += [one for one in dict.fromkeys(referred) if one not in chosen]
    parts = together(finding, [_phrases_that_answer(finding, passage) for passage in chosen])
    return with_items(finding, parts)


def _holds_fact(query: Query, finding: Finding, passage: Passage) -> bool:
    """Whether a fact of the kind that is asked for was read in the passage."""
    return any(
        passage.start <= fact.start < passage.end and holds_kind(query.asked, (fact,))
        for fact in finding.hit.facts
    )


def _phrases_that_answer(finding: Finding, passage: Passage) -> Passage:
    """The run of phrases from the first to the last that the judge holds for parts of the answer."""
    offset = finding.hit.clause.start
    spans = phrases_of(finding.entry, passage)
    points = [point_of(finding.judged, span.start - offset, span.end - offset) for span in spans]
    best = max(points, default=0.0)
    kept = [span for span, point in zip(spans, points, strict=True) if point >= best - NEAR_PHRASE]
    if not kept:
        return passage
    last = spans.index(kept[-1])
    while last + 1 < len(spans) and _CONDITION.search(
        finding.words(replace(passage, start=spans[last].start, end=spans[last].end))
    ):
        last += 1
    run = replace(passage, start=kept[0].start, end=spans[last].end)
    return replace(run, end=_end_of_part(finding, run, passage.end))


def _end_of_part(finding: Finding, run: Passage, last: int) -> int:
    """Where the part of a sentence ends that the run begins behind a semicolon, if little of it is left."""
    if not any(sign in finding.words(run) for sign in ";；"):
        return run.end
    offset = finding.hit.clause.start
    match = _PART_ENDS.search(finding.hit.clause.text, run.end - 1 - offset, last - offset)
    end = offset + match.end() if match else last
    return end if end - run.end <= REST else run.end


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

    def is_whole(entry: Entry) -> bool:
        return coverage_of(inquiry, entry) >= WHOLE

    best = {region: holding(inquiry, ones) for region, ones in by_region(inquiry, spoken, is_whole).items()}
    found = {region: one for region, one in best.items() if one}
    if not found:
        return None
    numbers = tuple(inquiry.citations.cite(finding.entry) for finding in found.values())
    return Statement(f"其他地区的文件有相关条款：{'、'.join(found)}", numbers)


def _holds_the_words(inquiry: Inquiry, region: str) -> bool:
    """True where each known word of the subject stands somewhere in the region's documents."""
    index = inquiry.index
    missing = inquiry.subject.missing_share(index, files_by_region(index, [region])[region])
    return inquiry.test("region_holds_words", not missing, value=missing, threshold=0.0, region=region)
