"""Several regions side by side: a table with one row a region, silence said as silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.answer.beyond import beyond
from qa.answer.charged import agencies_statement, asks_for_agencies
from qa.answer.order_in_time import order_in_time
from qa.answer.several_facts import facts_asked, parts_of
from qa.answer.single import statements_of
from qa.answer.which_most import Verdict, conclusion
from qa.evidence import silence
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.nearest import holding, is_missing, lacks_the_fact, nearest_quoted, unread
from qa.evidence.said_for_all import said_for_all
from qa.evidence.subject import WHOLE
from qa.question.kinds import COLUMN, KINDS
from qa.records import Block, Statement, Table

SILENT = "本文件未作规定"
"""Said only where a word of the subject stands nowhere in the region's documents."""
NOT_FOUND = "没有找到相关规定"


def comparison(
    inquiry: Inquiry,
    findings: Mapping[str, Sequence[Finding]],
    *,
    silent: Mapping[str, Sequence[Finding]] | None = None,
) -> tuple[list[Block], bool]:
    """The table over the regions; abstains where every region is silent.

    ``silent`` are regions whose documents were found not to speak of the subject, with their findings.
    """
    verdict = beyond(inquiry, findings) or order_in_time(inquiry, findings) or conclusion(inquiry, findings)
    if verdict and verdict.told and verdict.asked:
        rows = [(region, _figure_cell(inquiry, verdict, region, found)) for region, found in findings.items()]
        spoken = len(verdict.told)
    else:
        figures = verdict.told if verdict else {}
        told = {r: _cell(inquiry, found) or _in_words(figures.get(r)) for r, found in findings.items()}
        rows = [
            (region, told[region] or _silence(inquiry, region, found)) for region, found in findings.items()
        ]
        spoken = sum(words is not None for words in told.values())
    rows += [(region, _silence(inquiry, region, found)) for region, found in (silent or {}).items()]
    one = len(facts_asked(inquiry.query)) < 2
    column = (KINDS[inquiry.query.asked].name if one else "") or COLUMN
    if not spoken:
        names = "、".join(findings)
        return [
            Statement(f"{names}的文件中都没有找到确定的答案。"),
            Table(("地区", column), tuple(rows)),
        ], True
    return [*([verdict.statement] if verdict else []), Table(("地区", column), tuple(rows))], False


def _in_words(statement: Statement | None) -> str | None:
    return str(statement) if statement else None


def _figure_cell(inquiry: Inquiry, verdict: Verdict, region: str, found: Sequence[Finding]) -> str:
    """The sentence with the figure compared; without one, that none was read, and the nearest sentence."""
    if region in verdict.told:
        return str(verdict.told[region])
    if not found:
        return _silence(inquiry, region, found)
    return f"没有读到同一指标的数值；最接近的原文：{nearest_quoted(inquiry, found[0])}"


def _cell(inquiry: Inquiry, found: Sequence[Finding]) -> str | None:
    """What one region says; None where it is silent."""
    if not found or not (silence.speaks(inquiry, found) or _charges(inquiry, found[0])):
        return None
    best = found[0]
    kinds = facts_asked(inquiry.query)
    if len(kinds) > 1:
        return " ".join(str(part) for part in parts_of(inquiry, best, kinds))
    if asks_for_agencies(inquiry, best):
        return str(agencies_statement(inquiry, best, with_topic=False))
    return " ".join(str(statement) for statement in statements_of(inquiry, best))


def _charges(inquiry: Inquiry, finding: Finding) -> bool:
    """True where bodies are asked for and the clause charges some under the whole subject."""
    whole = inquiry.at_least("region_speaks", finding.coverage, WHOLE, finding)
    return whole and asks_for_agencies(inquiry, finding)


def _silence(inquiry: Inquiry, region: str, found: Sequence[Finding]) -> str:
    """The nearest clause, or that there is none."""
    inquiry.at_least("found", len(found), 1, region=region)
    inquiry.notes.silenced(region, found[0].hit.key if found else None)
    near = holding(inquiry, found)
    if near and lacks_the_fact(inquiry, near):
        quote = nearest_quoted(inquiry, near)
        said = str(Statement(f"{unread(inquiry, near)}（{quote.text}）", quote.citations))
        general = said_for_all(inquiry, near) if KINDS[inquiry.query.asked].of_agencies else None
        return f"{said}；{general}" if general else said
    if near:
        return f"没有找到确定的规定；最接近的原文：{nearest_quoted(inquiry, near)}"
    return SILENT if is_missing(inquiry, (region,)) else NOT_FOUND
