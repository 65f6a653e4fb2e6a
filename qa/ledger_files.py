"""The ledger as a file: CSV that Excel opens with its Chinese right, or a workbook.

The words of documents are data: a cell that begins like a formula is kept from being one.  Left out: which
clauses are rows (`tasks`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import WriteError
from qa.replacing import replacing
from qa.tasks import Task, figure

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

COLUMNS: dict[str, int] = {
    "序号": 6,
    "地区": 10,
    "任务": 28,
    "内容": 48,
    "牵头单位": 20,
    "首列单位": 18,
    "其他责任单位": 32,
    "配合单位": 18,
    "完成时限": 16,
    "目标": 32,
    "资金": 20,
    "文件": 30,
    "文号": 20,
    "条款位置": 40,
    "原文": 80,
}
"""The columns with their widths in characters."""
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds; a longer quote would be cut by the program that opens it."""
SHEET, ABOUT = "任务台账", "说明"
# Signs by which a program takes a cell for a formula: =1+1, @SUM, +cmd, -2+3, a tab before them.
_FORMULA = re.compile(r"^[=@+\-\t\r]")
# What no XML 1.0 text may hold, and so no workbook.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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
        " > ".join(task.place),
        task.quote.strip(),
    )


def ledger_csv(tasks: Sequence[Task]) -> bytes:
    """The ledger as CSV: UTF-8 with the mark by which Excel knows it, a header, a row a task."""
    words = io.StringIO()
    writer = csv.writer(words, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, task in enumerate(tasks, 1):
        writer.writerow([_no_formula(cell) for cell in row_of(number, task)])
    return words.getvalue().encode("utf-8-sig")


def ledger_xlsx(tasks: Sequence[Task], filters: Sequence[tuple[str, str]] = ()) -> bytes:
    """The ledger as a workbook: a sheet of rows to sort and filter, a sheet that says what they are.

    ``filters`` are told on the second sheet as pairs of name and value.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - a tenth of a second, and only here
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "D2"
    for place, width in enumerate(COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(tasks) + 1}"

    def cell(value: str | int, *, head: bool = False) -> Cell:
        text = _NOT_IN_XML.sub("", value)[:LONGEST_CELL] if isinstance(value, str) else value
        made: Cell = WriteOnlyCell(sheet, value=text)
        if isinstance(value, str):
            made.data_type = "s"  # text, and never a formula
        made.alignment = Alignment(wrap_text=True, vertical="top")
        if head:
            made.font, made.fill = Font(bold=True), PatternFill("solid", fgColor="E8E4D8")
        return made

    sheet.append([cell(name, head=True) for name in COLUMNS])
    for number, task in enumerate(tasks, 1):
        sheet.append([cell(value) for value in row_of(number, task)])
    about = book.create_sheet(ABOUT)
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 16, 90
    for name, value in (*filters, *_about(tasks)):
        about.append([cell(name, head=True), cell(value)])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _about(tasks: Sequence[Task]) -> list[tuple[str, str]]:
    documents = dict.fromkeys(
        f"{t.title}{f'（{t.document_number}）' if t.document_number else ''}" for t in tasks
    )
    return [
        ("任务数", str(len(tasks))),
        ("文件", "\n".join(documents)),
        ("牵头单位", "仅在原文写明“牵头”时填写；原文未写明牵头的，排在首位的单位列入“首列单位”。"),
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
        file.write(ledger_csv(tasks) if kind == ".csv" else ledger_xlsx(tasks, filters))


def _no_formula(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
