"""A conversation to keep, as Markdown or a Word document: every answer with its quotes and their places.

With each answer stands where it was looked for, so that a narrowed question cannot be read as one asked of
everything; what was taken over from earlier questions is among the answer's own sentences.  Left out: which
conversation it is, and where the file goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qa.files.official_note import OfficialNote
from qa.printed import citation_line, searched_in
from qa.records import Answer, Block, Quotes, Statement, Table

TITLE: Final = "条问 · 问答记录"
SILENT: Final = "（没有找到确切规定）"
SEARCHED: Final = "查找范围"
QUOTED: Final = "引用原文"
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
        parts += [f"{SEARCHED}：{_escaped(where)}"] if (where := searched_in(answer)) else []
        quotes = [f"{c.number}. {_escaped(citation_line(c))}" for c in answer.citations]
        parts += [f"### {QUOTED}", "\n".join(quotes)] if quotes else []
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
    """The same as a Word document in the look of an official note."""
    note = OfficialNote(TITLE, [made])
    for answer in answers:
        _add(note, answer)
    return note.as_bytes()


def _add(note: OfficialNote, answer: Answer) -> None:
    note.heading(answer.query.question)
    if answer.documents_silent:
        note.text(SILENT)
    for block in answer.blocks:
        if isinstance(block, Table):
            note.table(block.header, block.rows)
        elif isinstance(block, Quotes):
            for number, item in enumerate(block.items, 1):
                note.text(f"{number}. {item}")
        else:
            note.text(str(block))
    if where := searched_in(answer):
        note.text(f"{SEARCHED}：{where}")
    if answer.citations:
        note.subheading(QUOTED)
    for citation in answer.citations:
        note.text(f"[{citation.number}] {citation_line(citation)}")
