"""A comparison of regions as a file: a row a region, for CSV or a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from index.records import Role
from qa.answer.regions import SILENT
from qa.files.sheets import Sheet, csv_of, workbook_of
from qa.ledger.tasks import deadline_words, figure
from qa.printed import in_brackets, page_words
from qa.topics.compare import Comparison, TopicRow

COLUMNS: dict[str, int] = {
    "地区": 8,
    "规定（原文）": 50,
    "牵头单位": 14,
    "首列单位": 14,
    "其他责任单位": 22,
    "配合单位": 14,
    "时限": 12,
    "目标": 22,
    "资金": 12,
    "同条其他时限与数值": 24,
    "文件": 22,
    "文号": 20,
    "条款位置": 40,
}
"""The columns with their widths in characters."""
PRINTED = list(COLUMNS).index("文件") + 1
"""The columns on paper."""
SHEET = "地区对比"
TOPIC = "主题"
UNSTATED = "未写明"


def row_of(row: TopicRow) -> tuple[str, ...]:
    """The cells of one region, in the order of COLUMNS; 未写明 for what its clause does not state."""
    if row.silent:
        return (row.region, SILENT, *[""] * (len(COLUMNS) - 2))
    source = row.quotes[0]
    return (
        row.region,
        "\n".join(quote.quote.strip() for quote in row.quotes),
        _told(_bodies(row, "lead")),
        _told(_bodies(row, "first")),
        _told(_bodies(row, "responsible")) if row.agencies or not row.general else row.general.quote,
        _told(_bodies(row, "support")),
        _told([deadline_words([fact for fact in row.deadlines if row.quoted(fact)])]),
        _told(figure(fact) for fact in row.targets if row.quoted(fact)),
        _told(figure(fact) for fact in row.money if row.quoted(fact)),
        "；".join(rest_of(row)),
        source.title,
        source.document_number or "",
        " > ".join(source.place) + in_brackets(page_words(source)),
    )


def rest_of(row: TopicRow) -> list[str]:
    """The times and figures of the clause that stand in none of the quotes."""
    due = [fact.text for fact in row.deadlines if not row.quoted(fact)]
    figures = [figure(fact) for fact in row.figures if not row.quoted(fact)]
    return list(dict.fromkeys((*due, *figures)))


def comparison_csv(comparison: Comparison) -> bytes:
    """The comparison as CSV: UTF-8 with the mark by which Excel knows it, a header, a row a region.

    The topic, as it was read, stands in the last column of each row.
    """
    topic = "；".join((comparison.topic, *_respelled(comparison)))
    return csv_of((*COLUMNS, TOPIC), ((*row_of(row), topic) for row in comparison.rows))


def comparison_xlsx(comparison: Comparison) -> bytes:
    """The comparison as a workbook: a sheet of rows, a sheet that says what they are."""
    about = [
        (TOPIC, comparison.topic),
        *(("按此理解", told) for told in _respelled(comparison)),
        ("地区", "、".join(row.region for row in comparison.rows)),
        (SILENT, "该地区的文件没有与主题相关的条款。"),
        (UNSTATED, "有相关条款，但所引原文没有写明这一项。"),
        ("牵头单位", "仅在原文写明“牵头”时填写；原文未写明牵头的，排在首位的单位列入“首列单位”。"),
        ("规定（原文）", "逐字摘自文件；同一条款中与主题无直接关系的时限和数值另列一栏。"),
    ]
    rows = [row_of(row) for row in comparison.rows]
    narrowed = "；".join((f"{TOPIC}：{comparison.topic}", *_respelled(comparison)))
    return workbook_of(Sheet(SHEET, COLUMNS, rows, "B2", PRINTED, narrowed), about)


def _respelled(comparison: Comparison) -> list[str]:
    return [f"“{wrong}”按“{right}”理解" for wrong, right in comparison.respelled]


def _bodies(row: TopicRow, role: Role) -> list[str]:
    return ["、".join(dict.fromkeys(agency.text for agency in row.agencies if agency.role == role))]


def _told(texts: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(filter(None, texts))) or UNSTATED
