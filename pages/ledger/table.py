"""The ledger as a table: counts above, a page of rows, each of which opens to its whole clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from pages.common.markup import attributes, button, one_line
from pages.common.standing import standing_tag
from pages.ledger.clause import reading_link, task_marked
from pages.ledger.filters import COLUMNS, Filters
from pages.ledger.words import LedgerWords
from qa.ledger.table import Column, Counts, ordered
from qa.ledger.tasks import Task, figure

ROWS: Final = 50
"""Rows of one page; with their clauses folded away about 150 kB."""
SHOWN: Final = 3
"""Targets and bodies shown of one row; the rest stand in its clause."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: the tasks that fit the filters, and their counts."""

    filters: Filters
    tasks: Sequence[Task]
    counts: Counts


def results(shown: Shown, words: LedgerWords) -> str:
    """The counts, the choice of view and, where that is the table, a page of it."""
    filters = shown.filters
    table = _table(shown, words) if filters.view == "table" or not shown.tasks else ""
    return (
        f'<section class="tw-ledger"{attributes(sort=filters.sort, descending=int(filters.descending))}>'
        f"{_bar(shown, words)}{table}</section>"
    )


def problem(text: str) -> str:
    """The table's place taken by what was wrong with a filter."""
    return f'<section class="tw-ledger"><p class="tw-notice" role="alert">{one_line(text)}</p></section>'


def _bar(shown: Shown, words: LedgerWords) -> str:
    view = shown.filters.view
    views = "".join(
        button(told, "tw-view", f' aria-pressed="{str(view == name).lower()}"', view=name)
        for name, told in (("table", words.table), ("pictures", words.pictures))
    )
    count = escape(words.count.format(count=len(shown.tasks)))
    return (
        f'<header class="tw-bar"><h2 aria-live="polite">{count}</h2>{_counts(shown.counts, words)}'
        f'<div class="tw-views">{views}</div>{files(words, any_rows=bool(shown.tasks))}</header>'
    )


def files(words: LedgerWords, *, any_rows: bool = True) -> str:
    """The files that can be had of what is shown."""
    off = "" if any_rows else " disabled"
    kinds = (("xlsx", words.to_xlsx), ("csv", words.to_csv))
    buttons = "".join(button(told, "tw-export", off, kind=kind) for kind, told in kinds)
    return f'<div class="tw-files">{buttons}</div>'


def _counts(counts: Counts, words: LedgerWords) -> str:
    """The counts in words; the browser also puts them beside the boxes of the form."""
    regions = [(region or "", region or words.no_region, n) for region, n in counts.regions.items()]
    roles = [(role, words.roles[role], n) for role, n in counts.roles.items() if n]
    return "".join(
        f'<p class="tw-counts"{attributes(of=name)}><b>{escape(told)}</b>'
        + "".join(f"<span{attributes(value=v, count=n)}>{one_line(t)} {n}</span>" for v, t, n in counted)
        + "</p>"
        for name, told, counted in (("region", words.by_region, regions), ("role", words.by_role, roles))
        if counted
    )


def _table(shown: Shown, words: LedgerWords) -> str:
    if not shown.tasks:
        hint = f"<small>{escape(words.none_hint)}</small>"
        return f'<div class="tw-nothing"><p>{escape(words.none)}</p>{hint}</div>'
    filters = shown.filters
    rows = ordered(shown.tasks, filters.sort, descending=filters.descending)
    pages = -(-len(rows) // ROWS)
    page = min(max(filters.page, 1), pages)
    first = (page - 1) * ROWS
    body = "".join(_row(n, task, words) for n, task in enumerate(rows[first : first + ROWS], first + 1))
    heads = "".join(_head(column, filters, words) for column in COLUMNS)
    return (
        f'<table class="tw-tasks"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
        f"{_pager(page, pages, words)}"
    )


def _head(column: Column, filters: Filters, words: LedgerWords) -> str:
    name = words.columns[column]
    sorted_ = "none"
    if column == filters.sort:
        sorted_ = "descending" if filters.descending else "ascending"
    title = escape(words.sort.format(column=name))
    return (
        f'<th class="tw-of-{column}" scope="col" aria-sort="{sorted_}"><button type="button" class="tw-sort"'
        f'{attributes(column=column)} title="{title}">{escape(name)}</button></th>'
    )


def _row(number: int, task: Task, words: LedgerWords) -> str:
    place = " › ".join(task.place[:-1]) or task.title
    cells: tuple[tuple[Column, str], ...] = (
        ("place", _opener(number, words)),
        ("region", f'<span class="tw-region">{one_line(task.region or words.no_region)}</span>'),
        ("task", f"<b>{one_line(task.task)}</b><small>{one_line(task.says)}</small>"),
        ("body", _leading(task, words)),
        ("others", _others(task, words)),
        ("due", _several(dict.fromkeys(d.text for d in task.deadlines), words)),
        ("targets", _several(dict.fromkeys(map(figure, task.targets)), words)),
        (
            "document",
            reading_link(task.file, task.start, task.end, task.title)
            + standing_tag(task.standing)
            + f"<small>{one_line(place)}</small>",
        ),
    )
    told = "".join(
        f'<td class="tw-of-{column}"{attributes(label=words.columns[column])}><div>{cell}</div></td>'
        for column, cell in cells
    )
    return f'<tr class="tw-task">{told}</tr>{_clause(number, task, words)}'


def _opener(number: int, words: LedgerWords) -> str:
    return (
        f'<button type="button" class="tw-open" aria-expanded="false" aria-controls="task-{number}" '
        f'title="{escape(words.open_row)}" aria-label="{escape(words.open_row)} {number}">{number}</button>'
    )


def _leading(task: Task, words: LedgerWords) -> str:
    """Who leads, where the text says so; else who is listed first, and that it is only that."""
    role = "lead" if task.bodies("lead") else "first"
    bodies = task.bodies("lead") or task.bodies("first")
    if not bodies:
        return _unstated(words)
    return (
        f'{one_line("、".join(bodies))} <i class="tw-role tw-{role}">'
        f"{escape(words.roles['lead' if role == 'lead' else 'first'])}</i>"
    )


def _others(task: Task, words: LedgerWords) -> str:
    leads = set(task.bodies("lead") or task.bodies("first"))
    others = [b for b in task.bodies("first", "responsible") if b not in leads]
    told = _several(others, words, joint="、") if others else ""
    support = task.bodies("support")
    if support:
        role = f'<i class="tw-role">{escape(words.roles["support"])}</i>'
        told += f"<span>{one_line('、'.join(support))} {role}</span>"
    return told or ("" if leads else _unstated(words))


def _several(facts: Iterable[str], words: LedgerWords, *, joint: str = "") -> str:
    """The first few, and how many there are in all."""
    texts = list(facts)
    if not texts:
        return _unstated(words)
    told = words.more_bodies if joint else words.more
    more = escape(told.format(count=len(texts))) if len(texts) > SHOWN else ""
    if joint:
        return one_line(joint.join(texts[:SHOWN])) + (f" <small>{more}</small>" if more else "")
    lines = "".join(f"<li>{one_line(text)}</li>" for text in texts[:SHOWN])
    return f"<ul>{lines}{f'<li><small>{more}</small></li>' if more else ''}</ul>"


def _unstated(words: LedgerWords) -> str:
    return f'<span class="tw-unstated">{escape(words.unstated)}</span>'


def _clause(number: int, task: Task, words: LedgerWords) -> str:
    place = " › ".join(task.place)
    name = f"{task.title}（{task.document_number}）" if task.document_number else task.title
    bodies = "；".join(
        f"{words.roles[role]}：{'、'.join(task.bodies(role))}" for role in words.roles if task.bodies(role)
    )
    facts = [
        (words.agency, bodies),
        (words.columns["due"], "、".join(dict.fromkeys(d.text for d in task.deadlines))),
        (words.columns["targets"], "；".join(dict.fromkeys(map(figure, task.targets)))),
        (words.money, "；".join(dict.fromkeys(map(figure, task.money)))),
    ]
    told = "".join(f"<div><dt>{escape(n)}</dt><dd>{one_line(v)}</dd></div>" for n, v in facts if v)
    kinds = (("agency", words.mark_agency), ("due", words.mark_due), ("figure", words.mark_figure))
    legend = "".join(f'<mark class="tw-{kind}">{escape(n)}</mark>' for kind, n in kinds)
    return (
        f'<tr class="tw-whole-clause" id="task-{number}" hidden><td colspan="{len(COLUMNS)}"><div>'
        f'<p class="tw-path">{one_line(name)}{standing_tag(task.standing)}<br>{one_line(place)}</p>'
        f'<blockquote lang="zh-CN">{task_marked(task)}</blockquote><dl>{told}</dl>'
        f"<footer>{reading_link(task.file, task.start, task.end, words.read)}"
        f'<span class="tw-legend">{escape(words.marks)} {legend}</span></footer></div></td></tr>'
    )


def _pager(page: int, pages: int, words: LedgerWords) -> str:
    if pages == 1:
        return ""

    def to(number: int, told: str) -> str:
        off = "" if 1 <= number <= pages else " disabled"
        return button(told, "tw-page", off, page=number)

    where = escape(words.page.format(page=page, pages=pages))
    before, after = to(page - 1, words.before), to(page + 1, words.after)
    return f'<nav class="tw-pager">{before}<span>{where}</span>{after}</nav>'
