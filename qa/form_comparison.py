"""Several regions side by side: a table with one row a region, silence said as silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa import silence
from qa.blanket import said_for_all
from qa.findings import Finding, Inquiry
from qa.form_compound import facts_asked, parts_of
from qa.form_single import agencies_statement, asks_for_agencies, best_told, statements_of
from qa.form_winner import conclusion
from qa.printed import flat
from qa.records import Block, Statement, Table

SILENT = "本文件未作规定"
_COLUMN = {"agency": "责任单位", "lead": "牵头单位", "deadline": "时间", "quantity": "数量", "money": "金额"}


def comparison(
    inquiry: Inquiry, findings: Mapping[str, Sequence[Finding]], *, silent: Sequence[str] = ()
) -> tuple[list[Block], bool]:
    """The table over the regions; abstains where every region is silent."""
    rows = []
    spoken = 0
    for region, found in findings.items():
        words = _cell(inquiry, found)
        spoken += words is not None
        rows.append((region, words or _silence(inquiry, found)))
    rows += [(region, SILENT) for region in silent]
    one = len(facts_asked(inquiry.query.text)) < 2
    column = _COLUMN.get(inquiry.query.asked, "规定") if one else "规定"
    if not spoken:
        names = "、".join(findings)
        return [Statement(f"{names}的文件都没有写明。"), Table(("地区", column), tuple(rows))], True
    winner = conclusion(inquiry, findings)
    return [*([winner] if winner else []), Table(("地区", column), tuple(rows))], False


def _cell(inquiry: Inquiry, found: Sequence[Finding]) -> str | None:
    """What one region says; None where it is silent."""
    if not found or not silence.speaks(inquiry, found[0]):
        return None
    best = silence.stated(inquiry, found)
    if best is None:
        return None
    kinds = facts_asked(inquiry.query.text)
    if len(kinds) > 1:
        return " ".join(str(part) for part in parts_of(inquiry, best, kinds))
    if asks_for_agencies(inquiry, best):
        return str(agencies_statement(inquiry, best, with_topic=False))
    return " ".join(str(statement) for statement in statements_of(inquiry, best))


def _silence(inquiry: Inquiry, found: Sequence[Finding]) -> str:
    """本文件未作规定, or what it speaks of without stating what is asked."""
    if found and silence.speaks(inquiry, found[0]):
        best = found[0]
        passage = best_told(best) or best.passages[0]
        number = inquiry.citations.cite(best.entry, passage.start, passage.end)
        words = flat(best.words(passage))
        said = f"{silence.not_stated(inquiry.query.asked)}（{words}）[{number}]"
        general = said_for_all(inquiry, best) if inquiry.query.asked in ("agency", "lead") else None
        return f"{said}；{general}" if general else said
    return SILENT
