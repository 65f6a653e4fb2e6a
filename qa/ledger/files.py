"""The ledger as a file: CSV that Excel opens with its Chinese right, or a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.errors import WriteError
from qa.files.sheets import Sheet, csv_of, workbook_of
from qa.files.whole_file import replacing
from qa.ledger.tasks import Task, figure

COLUMNS: dict[str, int] = {
    "序号": 5,
    "地区": 8,
    "任务": 22,
    "内容": 36,
    "牵头单位": 14,
    "首列单位": 14,
    "其他责任单位": 22,
    "配合单位": 14,
    "完成时限": 12,
    "目标": 22,
    "资金": 12,
    "文件": 22,
    "文号": 20,
    "效力": 24,
    "条款位置": 40,
    "原文": 80,
}
"""The columns with their widths in characters."""
PRINTED = list(COLUMNS).index("文件") + 1
"""The columns on paper; those behind them would make the letters of an A4 page half as high."""
SHEET = "任务台账"
NARROWED = "筛选条件"
"""The column of a CSV file, which has no second sheet, that says what the rows were narrowed to."""


def row_of(number: int, task: Task) -> tuple[str | int, ...]:
    """The cells of one task, in the order of COLUMNS."""
    return (
        number,
        task.region or "",
        task.task,
        task.says,
        "、".join(task.bodies("lead")),
        "、".join(task.bodies("first")),
        "、".join(task.bodies("responsible")),
        "、".join(task.bodies("support")),
        "；".join(dict.fromkeys(deadline.text for deadline in task.deadlines)),
        "；".join(dict.fromkeys(map(figure, task.targets))),
        "；".join(dict.fromkeys(map(figure, task.money))),
        task.title,
        task.document_number or "",
        str(task.standing or ""),
        " > ".join(task.place),
        task.quote.strip(),
    )


def ledger_csv(tasks: Sequence[Task], filters: Sequence[tuple[str, str]] = ()) -> bytes:
    """The ledger as CSV: UTF-8 with the mark by which Excel knows it, a header, a row a task.

    ``filters`` stand in the last column of each row.
    """
    told = _in_one_line(filters)
    rows = ((*row_of(number, task), told) for number, task in enumerate(tasks, 1))
    return csv_of((*COLUMNS, NARROWED), rows)


def ledger_xlsx(tasks: Sequence[Task], filters: Sequence[tuple[str, str]] = ()) -> bytes:
    """The ledger as a workbook: a sheet of rows to sort and filter, a sheet that says what they are.

    ``filters`` are told on the second sheet as pairs of name and value, and at the head of printed pages.
    """
    rows = [row_of(number, task) for number, task in enumerate(tasks, 1)]
    sheet = Sheet(SHEET, COLUMNS, rows, "D2", PRINTED, _in_one_line(filters))
    return workbook_of(sheet, (*filters, *_about(tasks)))


def _in_one_line(filters: Sequence[tuple[str, str]]) -> str:
    return "；".join(f"{name}：{value}" for name, value in filters)


def filters_in_words(
    *,
    regions: Sequence[str] = (),
    documents: Sequence[str] = (),
    agency: str | None = None,
    roles: Sequence[str] = (),
    due: str | int | None = None,
    topic: str | None = None,
) -> list[tuple[str, str]]:
    """The filters that were given, as pairs of name and value for the workbook's second sheet."""
    given = (
        ("地区", "、".join(regions)),
        ("文件", "、".join(documents)),
        ("单位", agency),
        ("角色", "、".join(roles)),
        ("时限", due),
        ("主题", topic),
    )
    return [(f"筛选：{name}", str(value)) for name, value in given if value]


def _about(tasks: Sequence[Task]) -> list[tuple[str, str]]:
    documents = dict.fromkeys(
        f"{t.title}{f'（{t.document_number}）' if t.document_number else ''}" for t in tasks
    )
    return [
        ("任务数", str(len(tasks))),
        ("文件", "\n".join(documents)),
        ("牵头单位", "仅在原文写明“牵头”时填写；原文未写明牵头的，排在首位的单位列入“首列单位”。"),
        ("效力", "文件按自身写明的期限或被库中另一份文件废止的，注明状态；空白表示库中没有这样的记载。"),
        ("原文", "逐字摘自文件；机关名称、时限与目标均按原文写法。"),
    ]


def write_ledger(out: Path, tasks: Sequence[Task], filters: Sequence[tuple[str, str]] = ()) -> None:
    """Write the ledger, as a workbook where the name ends in .xlsx and as CSV where it ends in .csv.

    The file is replaced whole.  Raises WriteError for any other ending and where it cannot be written.
    """
    kind = out.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise WriteError(f"{out} ends neither in .csv nor in .xlsx. Name a file that does.")
    with replacing(out) as file:
        file.write(ledger_csv(tasks, filters) if kind == ".csv" else ledger_xlsx(tasks, filters))
