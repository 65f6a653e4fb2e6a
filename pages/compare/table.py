"""A comparison as a table: a row a region, silence said as silence."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from index.records import Fact
from pages.common.markup import attributes, one_line, with_breaks
from pages.compare.words import CompareWords
from pages.ledger.clause import facts_marked, reading_link
from pages.ledger.table import files
from pages.ledger.words import LedgerWords
from qa.ledger.tasks import figure
from qa.printed import in_brackets, page_words
from qa.records import Citation
from qa.topics.compare import Comparison, TopicRow
from qa.topics.files import rest_of


def results(comparison: Comparison, words: CompareWords, ledger: LedgerWords) -> str:
    """The comparison's head and its table."""
    spoken = sum(not row.silent for row in comparison.rows)
    heads = (words.region, words.says, words.bodies, words.due, words.figures, words.source)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    rows = "".join(_row(row, words, ledger) for row in comparison.rows)
    title = words.head.format(topic=comparison.topic, count=len(comparison.rows))
    respelled = " ".join(
        words.respelled.format(wrong=wrong, right=right) for wrong, right in comparison.respelled
    )
    counts = words.spoken.format(count=spoken) + (f" · {respelled}" if respelled else "")
    return (
        f'<section class="tw-compared"><header class="tw-bar"><h2>{one_line(title)}</h2>'
        f'<p class="tw-counts">{one_line(counts)}</p>{files(ledger)}</header>'
        f'<table class="tw-tasks tw-regions"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        "</table></section>"
    )


def _row(row: TopicRow, words: CompareWords, ledger: LedgerWords) -> str:
    region = f'<th scope="row"><span class="tw-region">{one_line(row.region)}</span></th>'
    if row.silent:
        silent = f'<span class="tw-silent">{escape(words.silent)}</span>'
        return f'<tr class="tw-without">{region}<td colspan="5">{silent}</td></tr>'
    cells = (
        (words.says, "".join(_quote(quote, row) for quote in row.quotes)),
        (words.bodies, _bodies(row, words, ledger)),
        (words.due, _list((d.text for d in row.deadlines if row.quoted(d)), words)),
        (words.figures, _figures(row, words)),
        (words.source, _source(row, ledger)),
    )
    told = "".join(f"<td{attributes(label=label)}><div>{cell}</div></td>" for label, cell in cells)
    return f"<tr>{region}{told}</tr>"


def _quote(quote: Citation, row: TopicRow) -> str:
    facts: list[Fact] = [*row.agencies, *row.deadlines, *row.figures]
    inside = [fact for fact in facts if quote.start <= fact.start and fact.end <= quote.end]
    return f'<blockquote lang="zh-CN">{facts_marked(quote.quote, quote.start, inside)}</blockquote>'


def _bodies(row: TopicRow, words: CompareWords, ledger: LedgerWords) -> str:
    """The bodies by role; what the document says for all of its tasks where the clause charges none."""
    by_role = {
        role: list(dict.fromkeys(a.text for a in row.agencies if a.role == role)) for role in ledger.roles
    }
    lines = "".join(
        f"<li>{one_line('、'.join(bodies))} "
        f'<i class="tw-role tw-{role}">{escape(ledger.roles[role])}</i></li>'
        for role, bodies in by_role.items()
        if bodies
    )
    if lines:
        return f"<ul>{lines}</ul>"
    general = row.general
    if general is None:
        return _unstated(words)
    said = f"<small>{escape(words.general)}：{with_breaks(general.quote)}</small>"
    return f"{_unstated(words)}<br>{said}"


def _figures(row: TopicRow, words: CompareWords) -> str:
    """The figures in the quotes; those of the rest of the clause folded away."""
    figures = _list((figure(fact) for fact in row.figures if row.quoted(fact)), words)
    rest = rest_of(row)
    if not rest:
        return figures
    lines = "".join(f"<li>{one_line(text)}</li>" for text in rest)
    told = escape(words.rest.format(count=len(rest)))
    return f'{figures}<details class="tw-rest"><summary>{told}</summary><ul>{lines}</ul></details>'


def _source(row: TopicRow, ledger: LedgerWords) -> str:
    first, last = row.quotes[0], row.quotes[-1]
    place = " › ".join(first.place) + in_brackets(page_words(first))
    number = f"<small>{one_line(first.document_number)}</small>" if first.document_number else ""
    return (
        f"<span>{one_line(first.title)}</span>{number}<small>{one_line(place)}</small>"
        f"{reading_link(first.file, first.start, last.end, ledger.read)}"
    )


def _list(told: Iterable[str], words: CompareWords) -> str:
    lines = "".join(f"<li>{one_line(text)}</li>" for text in dict.fromkeys(told))
    return f"<ul>{lines}</ul>" if lines else _unstated(words)


def _unstated(words: CompareWords) -> str:
    return f'<span class="tw-unstated">{escape(words.unstated)}</span>'
