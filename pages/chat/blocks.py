"""The blocks of an answer as HTML: statements, lists, tables, the number of each citation a link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from pages.common.markup import one_line, with_breaks
from pages.common.words import Words
from qa.records import Block, Quotes, Statement, Table

Cites = Mapping[int, str]
"""By the number of a citation what it is called."""

BUTTON: Final = ' role="button"'
"""For a link that does something here; gr.Chatbot lets no data through by which a button could say what, nor
aria attributes, which answers.js puts on."""
UNFOLDED: Final = 6
"""Items of a list that are shown at once; the others are a click away."""
HARDLY_MORE: Final = 2
"""So few more are not worth a click."""

# The citation numbers in a table's cell: …市水务局[2][3]
_NUMBER = re.compile(r"\[(\d{1,4})\]")


def block_shown(block: Block, turn: int, known: Cites, words: Words) -> str:
    """A block of the answer of that turn; ``known`` are its citations."""
    if isinstance(block, Statement):
        return f"<p>{_statement(block, turn, known)}</p>"
    if isinstance(block, Quotes):
        return _list(block, turn, known, words)
    return _table(block, turn, known)


def _list(quotes: Quotes, turn: int, known: Cites, words: Words) -> str:
    """The statements as a list; of a long one the first are shown and the others folded away."""
    items = [f"<li>{_statement(item, turn, known)}</li>" for item in quotes.items]
    if len(items) <= UNFOLDED + HARDLY_MORE:
        return f"<ul>{''.join(items)}</ul>"
    more = escape(words.more_items.format(count=len(items) - UNFOLDED))
    return (
        f"<ul>{''.join(items[:UNFOLDED])}</ul>"
        f'<details class="tw-more"><summary>{more}</summary><ul>{"".join(items[UNFOLDED:])}</ul></details>'
    )


def _statement(statement: Statement, turn: int, known: Cites) -> str:
    return with_breaks(statement.text) + "".join(_link(one, turn, known) for one in statement.citations)


def _link(number: int, turn: int, known: Cites) -> str:
    """The number of a citation; a screen reader says its document and place."""
    label = one_line(known.get(number, str(number)))
    return f'<a class="tw-cite" href="#cite-{turn}-{number}"{BUTTON} title="{label}">{number}</a>'


def _table(table: Table, turn: int, known: Cites) -> str:
    head = "".join(f'<th scope="col">{one_line(cell)}</th>' for cell in table.header)
    rows = "".join(_row([_cell(cell, turn, known) for cell in row]) for row in table.rows)
    return (
        '<div class="tw-table" role="region" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(cells: Sequence[str]) -> str:
    """A row; one that cites nothing has nothing to say and looks so."""
    without = "" if any("tw-cite" in cell for cell in cells) else ' class="tw-without"'
    return f"<tr{without}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _cell(cell: str, turn: int, known: Cites) -> str:
    """A cell with its [n] as links; a number that is no citation stays as it is printed."""

    def linked(found: re.Match[str]) -> str:
        number = int(found.group(1))
        return _link(number, turn, known) if number in known else found.group()

    return _NUMBER.sub(linked, with_breaks(cell))
