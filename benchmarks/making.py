"""A text made into other formats, as offices make them: real tables, numbers typed or automatic."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import escape
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

from index.clauses.flat_tables import find_tables

Table = list[list[str]]
"""Rows of one width; a section row is its words and empty cells."""

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DIGITS = "一二三四五六七八九十"
# 一、 （一） (一) 1. 第一条 at a line's beginning
_NUMBERED = re.compile(
    rf"(?P<before>[(（]?|第)(?P<number>[{_DIGITS}]{{1,3}}|\d{{1,2}})(?P<after>[、）)条]|[.．](?!\d))(?=\S)"
)


def blocks(text: str) -> Iterator[str | Table]:
    """The lines of a text that are not blank, and its tables."""
    at = 0
    for table in find_tables(text):
        yield from _lines(text[at : table.start])
        rows = [[text[cell.start : cell.end] for cell in row.cells] for row in table.rows if row.cells]
        width = max(map(len, rows))
        yield [[*row, *[""] * (width - len(row))] for row in rows]
        at = table.end
    yield from _lines(text[at:])


def _lines(text: str) -> Iterator[str]:
    return (_NOT_IN_XML.sub("", line) for line in text.split("\n") if line.strip(" \t|"))


def made_docx(text: str, *, automatic: bool = False) -> bytes:
    """A Word document; with ``automatic`` the numbers at the beginnings of lines are Word's own."""
    document = docx.Document()
    numbers = _Numbers(document) if automatic else None
    for block in blocks(text):
        if isinstance(block, str):
            paragraph = document.add_paragraph()
            paragraph.add_run(numbers.taken(paragraph, block) if numbers else block)
        else:
            _add_table(document, block)
    document.add_paragraph()
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _add_table(document: Any, rows: Table) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for words in rows:
        cells = table.add_row().cells
        if words[0] and not any(words[1:]):
            cells[0].merge(cells[-1]).text = words[0]
            continue
        for cell, said in zip(cells, words, strict=True):
            cell.text = said


class _Numbers:
    """Word's own lists: one definition a form of number, begun anew where the numbers do."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        self._definitions: dict[tuple[str, str, bool], int] = {}
        self._last: dict[tuple[str, str, bool], tuple[int, int]] = {}
        self._next = 1000

    def taken(self, paragraph: Any, line: str) -> str:
        """The line without its number, which the paragraph now has; the line itself without one."""
        found = _NUMBERED.match(line.lstrip(" \u3000\xa0"))
        if not found or (found["before"] == "第") != (found["after"] == "条"):
            return line
        chinese = not found["number"].isdigit()
        number = _read(found["number"]) if chinese else int(found["number"])
        form = (found["before"], found["after"], chinese)
        before = self._last.get(form)
        name = before[0] if before and before[1] + 1 == number else self._begun(form, number)
        self._last[form] = (name, number)
        properties = paragraph._p.get_or_add_pPr()
        numbering = _element("numPr")
        numbering.append(_element("ilvl", "0"))
        numbering.append(_element("numId", str(name)))
        properties.append(numbering)
        return line.lstrip(" \u3000\xa0")[found.end() :]

    def _begun(self, form: tuple[str, str, bool], start: int) -> int:
        """A new list of that form, counting from ``start``."""
        if form not in self._definitions:
            self._next += 1
            self._definitions[form] = self._next
            definition = _element("abstractNum", None, abstractNumId=str(self._next))
            level = _element("lvl", None, ilvl="0")
            before, after, chinese = form
            for name, said in (
                ("start", "1"),
                ("numFmt", "chineseCountingThousand" if chinese else "decimal"),
                ("suff", "nothing"),
                ("lvlText", f"{before}%1{after}"),
            ):
                level.append(_element(name, said))
            definition.append(level)
            self._root.insert(0, definition)
        self._next += 1
        num = _element("num", None, numId=str(self._next))
        num.append(_element("abstractNumId", str(self._definitions[form])))
        override = _element("lvlOverride", None, ilvl="0")
        override.append(_element("startOverride", str(start)))
        num.append(override)
        self._root.append(num)
        return self._next


def _read(number: str) -> int:
    tens, ten, ones = number.rpartition("十")
    return (10 * (_DIGITS.index(tens) + 1 if tens else 1) if ten else 0) + (
        _DIGITS.index(ones) + 1 if ones else 0
    )


def _element(name: str, value: str | None = None, **attributes: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, said in (*attributes.items(), *([("val", value)] if value is not None else [])):
        element.set(qn(f"w:{key}"), said)
    return element


def made_html(text: str) -> bytes:
    """A web page."""
    parts = []
    for block in blocks(text):
        if isinstance(block, str):
            parts.append(f"<p>{escape(block)}</p>")
            continue
        rows = ""
        for words in block:
            if words[0] and not any(words[1:]):
                rows += f'<tr><td colspan="{len(words)}">{escape(words[0])}</td></tr>'
            else:
                rows += f"<tr>{''.join(f'<td>{escape(said)}</td>' for said in words)}</tr>"
        parts.append(f"<table>{rows}</table>")
    body = "\n".join(parts)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def made_xlsx(text: str) -> bytes:
    """A workbook: lines down the first column of a sheet, each table on a sheet of its own after it."""
    book = Workbook()
    sheet: Any = None
    for number, block in enumerate(blocks(text)):
        if isinstance(block, str):
            if sheet is None:
                sheet = book.create_sheet(f"正文{number}")
            sheet.append([block])
            continue
        table = book.create_sheet(f"表{number}")
        for words in block:
            table.append([said or None for said in words])
            if words[0] and not any(words[1:]):
                table.merge_cells(
                    start_row=table.max_row, end_row=table.max_row, start_column=1, end_column=len(words)
                )
        sheet = None
    del book["Sheet"]
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
