"""A conversation to keep, as Markdown or a Word document: every answer with its quotes and their places.

Left out: which conversation it is, and where the file goes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.printed import citation_line
from qa.records import Answer, Block, Quotes, Statement, Table

if TYPE_CHECKING:
    from docx.document import Document

TITLE = "条问 · 问答记录"
SILENT = "（没有找到确切规定）"
FONT = "宋体"
"""What every Chinese office has; another program takes its own where it has not."""
# Characters that no XML 1.0 text may hold, and so no Word document.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What Markdown would take for markup at a line's beginning or anywhere: *, _, #, >, <, `
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")


def as_markdown(answers: Sequence[Answer], made: str) -> str:
    """The answers in order; ``made`` says when, as it is to be printed."""
    parts = [f"# {TITLE}\n\n{made}"]
    for answer in answers:
        parts.append(f"## {_escaped(answer.query.question)}")
        if answer.documents_silent:
            parts.append(SILENT)
        parts += [_block(block) for block in answer.blocks]
        quotes = [f"{c.number}. {_escaped(citation_line(c))}" for c in answer.citations]
        parts += ["### 引用原文", "\n".join(quotes)] if quotes else []
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Table):
        lines = [block.header, ("---",) * len(block.header), *block.rows]
        rows = (" | ".join(_escaped(cell, keep="-[]") for cell in line) for line in lines)
        return "\n".join(f"| {row} |" for row in rows)
    if isinstance(block, Quotes):
        return "\n".join(f"- {_statement(item)}" for item in block.items)
    return _statement(block)


def _statement(statement: Statement) -> str:
    return _escaped(statement.text) + "".join(f"[{number}]" for number in statement.citations)


def _escaped(text: str, keep: str = "") -> str:
    flat = " ".join(text.split())
    return _MARKUP.sub(lambda found: found[1] if found[1] in keep else f"\\{found[1]}", flat)


def as_docx(answers: Sequence[Answer], made: str) -> bytes:
    """The same as a Word document."""
    import docx  # noqa: PLC0415 - a fifth of a second, and only here
    from docx.oxml.ns import qn  # noqa: PLC0415

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name = FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    document.add_heading(TITLE, level=0)
    document.add_paragraph(made)
    for answer in answers:
        _add(document, answer)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _add(document: Document, answer: Answer) -> None:
    document.add_heading(_clean(answer.query.question), level=1)
    if answer.documents_silent:
        document.add_paragraph(SILENT)
    for block in answer.blocks:
        if isinstance(block, Table):
            _add_table(document, block)
        elif isinstance(block, Quotes):
            for item in block.items:
                document.add_paragraph(_clean(str(item)), style="List Bullet")
        else:
            document.add_paragraph(_clean(str(block)))
    if answer.citations:
        document.add_heading("引用原文", level=2)
    for citation in answer.citations:
        document.add_paragraph(_clean(f"[{citation.number}] {citation_line(citation)}"))


def _add_table(document: Document, block: Table) -> None:
    table = document.add_table(rows=0, cols=len(block.header), style="Table Grid")
    for line in (block.header, *block.rows):
        for cell, words in zip(table.add_row().cells, line, strict=True):
            cell.text = _clean(words)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
