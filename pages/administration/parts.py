"""What the sections of the administration are made of: tables, forms, questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pages.administration.view import View
from pages.administration.words import AdministrationWords, administration_words
from pages.common.markup import attributes, button


def section(title: str, lead: str, inside: str) -> str:
    """A section with its heading and a sentence on it; ``inside`` is HTML."""
    return (
        f'<section class="tw-admin-section"><h3>{escape(title)}</h3>'
        f'<p class="tw-admin-lead">{escape(lead)}</p>{inside}</section>'
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], empty: str) -> str:
    """A table whose cells are HTML, each with its column's name for telephones; ``empty`` where it is."""
    lines = "".join(
        "<tr>"
        + "".join(
            f"<td{attributes(label=head)}><div>{cell}</div></td>"
            for head, cell in zip(heads, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    if not lines:
        return f'<p class="tw-admin-empty">{escape(empty)}</p>'
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    return f'<table class="tw-admin-table"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values; the values are HTML."""
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in pairs)
    return f'<dl class="tw-admin-facts">{rows}</dl>'


def field(
    name: str, label: str, *, kind: str = "text", more: str = "", hint: str = "", first: bool = False
) -> str:
    """A labelled input; ``more`` are further attributes as HTML."""
    note = f"<small>{escape(hint)}</small>" if hint else ""
    focus = " data-focus" if first else ""
    return (
        f'<label class="tw-field"><span>{escape(label)}</span>'
        f'<input type="{kind}" name="{name}" autocomplete="off"{more}{focus}>{note}</label>'
    )


def area(name: str, label: str, value: str, *, hint: str = "", rows: int = 3, most: int = 2000) -> str:
    """A labelled box for several lines."""
    note = f"<small>{escape(hint)}</small>" if hint else ""
    return (
        f'<label class="tw-field tw-wide"><span>{escape(label)}</span><textarea name="{name}" rows="{rows}" '
        f'maxlength="{most}">{escape(value)}</textarea>{note}</label>'
    )


def form(does: str, inside: str, told: str, view: View, *, of: str = "", ends: bool = True) -> str:
    """A form whose values go with the event ``does``; ``told`` stands on its button."""
    cancel = button(administration_words(view.language).cancel, do="cancel") if ends else ""
    return (
        f'<form class="tw-admin-form"{attributes(do=does, of=of, turn=view.turn)}>{inside}'
        f'<footer><button type="submit" class="tw-main">{escape(told)}</button>{cancel}</footer></form>'
    )


def question(said: str, told: str, does: str, words: AdministrationWords, *, of: str = "") -> str:
    """What is asked before something that cannot be undone."""
    confirm = button(told, "tw-main tw-danger", do=does, of=of)
    cancel = button(words.cancel, more=" data-focus", do="cancel")
    return (
        f'<div class="tw-admin-ask" role="alertdialog" aria-label="{escape(told)}"><p>{escape(said)}</p>'
        f"<footer>{confirm}{cancel}</footer></div>"
    )


def size_of(count: int) -> str:
    """Bytes as people say them: 12.3 MB."""
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1024 or unit == "GB":
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count = count / 1024  # type: ignore[assignment]
    raise AssertionError
