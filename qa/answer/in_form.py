"""An answer in the form that a command asks for: as a table, in full, word for word, short, for English.

The answer itself is that of the question before; nothing is said here that it does not cite.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.entries import Entry
from qa.evidence.findings import Inquiry
from qa.printed import flat
from qa.records import Block, Quotes, Statement, Table

WHOLE_CLAUSES = 3
"""Clauses given whole, the first that the answer cites; a fourth would fill another screen."""
COLUMNS = ("出处", "内容")
IN_ENGLISH = (
    "I quote Chinese documents word for word and do not translate them. "
    "The answer to your question, as printed:"
)


def in_form(inquiry: Inquiry, blocks: list[Block]) -> list[Block]:
    """The answer's blocks in the form asked for; as they are for any other message."""
    turn = inquiry.query.turn
    if turn == "table":
        return _as_table(inquiry, blocks)
    if turn == "brief":
        return [_shortened(blocks[0]), *[block for block in blocks[1:] if isinstance(block, Table)][:1]]
    if turn == "english":
        return [Statement(IN_ENGLISH), *blocks]
    if turn == "original":
        return _in_full(inquiry) or blocks
    return [*blocks, *_in_full(inquiry)] if turn == "detail" else blocks


def _as_table(inquiry: Inquiry, blocks: list[Block]) -> list[Block]:
    """Every cited statement as a row with its place; what cites nothing, and a table, stays beside it."""
    if any(isinstance(block, Table) for block in blocks):
        return blocks
    cited = {citation.number: citation for citation in inquiry.citations.all()}
    rows, beside = [], []
    for statement in _statements(blocks):
        places = dict.fromkeys(cited[number].region or cited[number].title for number in statement.citations)
        if not places:
            beside.append(statement)
            continue
        place = next(cited[number].place for number in statement.citations)
        rows.append((" · ".join((*places, *place[-1:])), str(statement)))
    return [*beside, Table(COLUMNS, tuple(rows))] if rows else blocks


def _statements(blocks: Sequence[Block]) -> list[Statement]:
    found: list[Statement] = []
    for block in blocks:
        found += block.items if isinstance(block, Quotes) else [block] if isinstance(block, Statement) else []
    return found


def _shortened(block: Block) -> Block:
    """A list's first two items and how many more there are."""
    if not isinstance(block, Quotes) or len(block.items) <= 2:
        return block
    return Quotes((*block.items[:2], Statement(f"另有{len(block.items) - 2}条，可说“详细点”查看。")))


def _in_full(inquiry: Inquiry) -> list[Block]:
    """The clauses that the answer cites, whole and word for word, each below its place."""
    index, citations = inquiry.index, inquiry.citations
    keys = dict.fromkeys(citation.clause_key for citation in citations.all())
    entries = list(index.entries(list(keys)[:WHOLE_CLAUSES]))
    return [Quotes(tuple(_whole(inquiry, entry) for entry in entries))] if entries else []


def _whole(inquiry: Inquiry, entry: Entry) -> Statement:
    number = inquiry.citations.cite(entry)
    place = " · ".join((inquiry.index.info(entry.file).title, *entry.clause.path[-1:]))
    return Statement(f"《{place}》：{flat(entry.clause.text)}", (number,))
