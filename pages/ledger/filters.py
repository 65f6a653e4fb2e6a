"""What the ledger page is asked to show: read from the form or the address, and the form itself.

The form sends all of its fields at each change; an address holds the same fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal, get_args

from index.entries import DocumentInfo
from index.records import Role
from index.search.index import Index
from pages.common.markup import one_line
from pages.ledger.words import LedgerWords
from qa.agencies import ROLES
from qa.ledger.table import Column, holding
from qa.ledger.tasks import Task, tasks_set
from qa.question.places import all_regions

View = Literal["table", "pictures"]
COLUMNS: Final = get_args(Column)
LONGEST_FIELD: Final = 200
"""Characters that are read of one field; the address of a page could hold a book."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The fields of the form; empty strings and tuples filter nothing.

    ``page`` counts from 1; in the form and the address it is ``nth``, since gradio takes ?page= for itself.
    """

    regions: tuple[str, ...] = ()
    agency: str = ""
    roles: tuple[Role, ...] = ()
    first: str = ""
    last: str = ""
    topic: str = ""
    document: str = ""
    text: str = ""
    sort: Column = "place"
    descending: bool = False
    page: int = 1
    view: View = "table"

    @property
    def due(self) -> str | None:
        """The span of years as `qa.ledger.tasks.due_years` reads it; None for any year."""
        return f"{self.first}-{self.last}" if self.first or self.last else None


def filters_from(values: Mapping[str, Sequence[str]]) -> Filters:
    """The filters that a form or an address sent; what is no field, or cannot be one, is left out."""

    def one(name: str) -> str:
        return (values.get(name) or ("",))[-1].strip()[:LONGEST_FIELD]

    sort, page = one("sort"), one("nth")
    return Filters(
        regions=tuple(dict.fromkeys(values.get("region", ()))),
        agency=one("agency"),
        roles=tuple(role for role in ROLES if role in values.get("role", ())),
        first=one("first"),
        last=one("last"),
        topic=one("topic"),
        document=one("file"),
        text=one("text"),
        sort=next((column for column in COLUMNS if column == sort), "place"),
        descending=one("descending") == "1",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        view="pictures" if one("view") == "pictures" else "table",
    )


def tasks_of(index: Index, filters: Filters) -> list[Task]:
    """The tasks that fit, in the order of the documents; raises what `qa.ledger.tasks.tasks_set` raises."""
    found = tasks_set(
        index,
        regions=filters.regions,
        documents=[filters.document] if filters.document else (),
        agency=filters.agency or None,
        roles=filters.roles,
        due=filters.due,
        topic=filters.topic or None,
    )
    return holding(found, filters.text) if filters.text else found


def described(index: Index, filters: Filters, words: LedgerWords) -> list[tuple[str, str]]:
    """The filters in words, for an exported file: (地区, 宁武县、运城市), …"""
    told = [
        (words.region, "、".join(filters.regions)),
        (words.agency, filters.agency),
        (words.role, "、".join(words.roles[role] for role in filters.roles)),
        (words.years, f"{filters.first}—{filters.last}" if filters.due else ""),
        (words.topic, filters.topic),
        (words.document, index.info(filters.document).title if filters.document else ""),
        (words.text, filters.text),
    ]
    return [(name, value) for name, value in told if value] or [(words.filters, words.filter_none)]


def in_brief(filters: Filters) -> str:
    """What is filtered by, as it was given, also where it is in no document: 海口市；2027-2024"""
    years = "-".join(filter(None, (filters.first, filters.last)))
    given = (*filters.regions, filters.agency, years, filters.topic, filters.document, filters.text)
    return "；".join(filter(None, given))


def form(index: Index, filters: Filters, words: LedgerWords, years: Sequence[int]) -> str:
    """The form, filled in with the filters; ``years`` are those that can be chosen."""
    state = {
        "sort": filters.sort,
        "descending": "1" if filters.descending else "",
        "nth": str(filters.page),
        "view": filters.view,
    }
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in state.items()
    )
    return (
        f'<details class="tw-filters" open><summary>{escape(words.filters)}</summary>'
        f'<form autocomplete="off">{hidden}{_choices("region", words.region, _regions(index, filters))}'
        f"{_choices('role', words.role, _roles(filters, words))}"
        f'<div class="tw-fields">{_agency(index, filters, words)}{_years(filters, words, years)}'
        f"{_typed('topic', words.topic, words.topic_hint, filters.topic)}"
        f"{_typed('text', words.text, words.text_hint, filters.text)}{_document(index, filters, words)}"
        f'<button type="reset" class="tw-clear">{escape(words.clear)}</button></div></form></details>'
    )


def _regions(index: Index, filters: Filters) -> list[tuple[str, str, bool]]:
    return [(region, region, region in filters.regions) for region in all_regions(index)]


def _roles(filters: Filters, words: LedgerWords) -> list[tuple[str, str, bool]]:
    return [(role, name, role in filters.roles) for role, name in words.roles.items()]


def _choices(name: str, legend: str, choices: Iterable[tuple[str, str, bool]]) -> str:
    """Boxes to tick, each with room for a count that the table fills in."""
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" value="{escape(value)}"{" checked" * on}>'
        f"<span>{one_line(told)}<b></b></span></label>"
        for value, told, on in choices
    )
    return f'<fieldset class="tw-chips"><legend>{escape(legend)}</legend><div>{boxes}</div></fieldset>'


def _agency(index: Index, filters: Filters, words: LedgerWords) -> str:
    bodies = sorted(index.agencies.items(), key=lambda body: -body[1])
    options = "".join(
        f'<option value="{escape(name)}" label="{escape(words.agency_count.format(count=count))}"></option>'
        for name, count in bodies
    )
    box = _typed("agency", words.agency, words.agency_hint, filters.agency, more=' list="ledger-agencies"')
    return f'{box}<datalist id="ledger-agencies">{options}</datalist>'


def _typed(name: str, label: str, hint: str, value: str, *, more: str = "") -> str:
    return (
        f'<label class="tw-field"><span>{escape(label)}</span><input type="search" name="{name}"{more} '
        f'value="{escape(value)}" placeholder="{escape(hint)}" maxlength="{LONGEST_FIELD}"></label>'
    )


def _years(filters: Filters, words: LedgerWords, years: Sequence[int]) -> str:
    def choose(name: str, label: str, chosen: str) -> str:
        options = "".join(
            f'<option value="{year}"{" selected" * (str(year) == chosen)}>{year}</option>' for year in years
        )
        return (
            f'<select name="{name}" aria-label="{escape(label)}">'
            f'<option value="">{escape(words.any_year)}</option>{options}</select>'
        )

    first = choose("first", words.first_year, filters.first)
    last = choose("last", words.last_year, filters.last)
    span = f"{first}<i>{escape(words.up_to)}</i>{last}"
    return f'<div class="tw-field"><span>{escape(words.years)}</span><div class="tw-span">{span}</div></div>'


def _document(index: Index, filters: Filters, words: LedgerWords) -> str:
    options = "".join(_option(info, info.file == filters.document) for info in index.infos)
    return (
        f'<label class="tw-field"><span>{escape(words.document)}</span><select name="file">'
        f'<option value="">{escape(words.any_document)}</option>{options}</select></label>'
    )


def _option(info: DocumentInfo, chosen: bool) -> str:
    region = f"{info.region} · " if info.region else ""
    return (
        f'<option value="{escape(info.file)}"{" selected" * chosen}>{one_line(region + info.title)}</option>'
    )
