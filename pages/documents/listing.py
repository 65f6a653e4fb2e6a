"""The documents page's list: each document with what it says of itself, its form, and the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from index.build.edits import (
    EDITABLE,
    LONGEST,
    TAKE_BACK,
    EditableField,
    Edits,
    TakeBack,
    edited_again,
    read_edits,
)
from index.build.removals import KEPT_DAYS
from index.build.uploads import Sent, sent, was_uploaded
from index.clauses.coverage import coverage
from index.entries import DocumentInfo
from index.errors import WriteError
from index.language.folding import caseless
from index.search.index import Index
from index.search.standing import Standing
from pages.common.markup import attributes, button, one_line
from pages.common.standing import linked, standing_tag
from pages.common.words import words_of
from pages.documents.removed_files import removals_list
from pages.documents.view import View
from pages.documents.words import DocumentWords, document_words

LISTED: Final = 50
"""Documents listed at once; whoever looks for another types a word of it."""


def found(infos: Sequence[DocumentInfo], sought: str) -> list[DocumentInfo]:
    """The documents that hold every word sought in what stands in the list about them."""
    words = caseless(sought).split()
    if not words:
        return list(infos)
    return [info for info in infos if all(word in caseless(_sought_in(info)) for word in words)]


def _sought_in(info: DocumentInfo) -> str:
    return " ".join((info.file, info.title, info.kind, *(field.value for field in info.fields)))


def document_list(index: Index, view: View, sought: str, documents: Path, *, may_edit: bool) -> str:
    """The list, narrowed to what is sought, with the form or question that is open in its row."""
    words, infos = document_words(view.language), found(index.infos, sought)
    try:
        senders, damaged = sent(documents), ""
    except WriteError:
        senders, damaged = {}, f'<p class="tw-doc-note tw-none">{escape(words.senders_damaged)}</p>'
    rows = "".join(
        _row(index, info, view, documents, senders.get(info.file), may_edit=may_edit)
        for info in infos[:LISTED]
    )
    left = len(infos) - LISTED
    more = f'<p class="tw-doc-note">{escape(words.narrow.format(count=left))}</p>' if left > 0 else ""
    none = "" if infos else f'<p class="tw-doc-note">{escape(words.found_none)}</p>'
    count = escape(words.found.format(count=len(infos)))
    gone = removals_list(index, documents, view) if may_edit else ""
    return (
        f'<p class="tw-doc-count" role="status">{count}</p><ul class="tw-docs">{rows}</ul>'
        f"{none}{more}{damaged}{gone}"
    )


def _row(
    index: Index,
    info: DocumentInfo,
    view: View,
    documents: Path,
    came: Sent | None,
    *,
    may_edit: bool,
) -> str:
    words = document_words(view.language)
    link = escape(urlencode({"document": info.file}))
    opened = view.doing if may_edit and view.file == info.file else None
    below = ""
    if opened == "edit":
        below = _form(index, info, words)
    elif opened == "remove":
        below = _question(info, documents, words)
    elif may_edit:
        amend = button(words.edit, do="amend", file=info.file)
        below = f"<footer>{amend}{button(words.remove, 'tw-danger', do='remove', file=info.file)}</footer>"
    return (
        f'<li class="tw-doc{" tw-open" if opened else ""}"{attributes(file=info.file)}>'
        f'<div class="tw-doc-what"><h3><a class="tw-read" href="../?{link}"{attributes(file=info.file)}>'
        f"{one_line(info.title)}</a></h3>{_says(info, index.standing(info.file), view)}"
        f"{_holds(index, info, came, words)}{linked(index, info.file, words_of(view.language))}"
        f"</div>{below}</li>"
    )


def _says(info: DocumentInfo, standing: Standing | None, view: View) -> str:
    """What the document says of itself, edited parts marked; first where it does not hold today."""
    words, own = document_words(view.language), words_of(view.language)
    parts = [standing_tag(standing), f"<span>{escape(own.kinds[info.kind])}</span>"]
    for name in ("region", "number", "issuer", "date"):
        field = info.field(name)
        if field is None:
            parts += [f'<span class="tw-none">{escape(own.no_region)}</span>'] if name == "region" else []
            continue
        mark = f"<i>{escape(words.edited)}</i>" if field.edited else ""
        kind = ' class="tw-region"' if name == "region" else ""
        parts.append(f"<span{kind}>{one_line(field.value)}{mark}</span>")
    title = info.field("title")
    if title and title.edited:
        parts.append(f"<span><i>{escape(words.fields['title'])} {escape(words.edited)}</i></span>")
    return f'<p class="tw-doc-says">{"".join(parts)}</p>'


def _holds(index: Index, info: DocumentInfo, came: Sent | None, words: DocumentWords) -> str:
    """What the index holds of it, its file, and who sent that when."""
    entries = index.entries_of(info.file)
    covered = coverage(index.document(info.file), [entry.clause for entry in entries])
    counts = [
        words.clauses.format(count=info.clauses),
        words.facts.format(count=sum(len(entry.facts) for entry in entries)),
    ]
    if came and came.by:
        counts.append(words.sent_by.format(name=came.by, date=came.at[:10]))
    elif added := index.manifest.added.get(info.file):
        counts.append(words.added.format(date=added[:10]))
    told = "".join(f"<span>{escape(count)}</span>" for count in counts)
    if not covered.is_enough:
        short = words.short.format(missing=covered.missing)
        told = f'<b class="tw-tag tw-bad">{escape(short)}</b>{told}'
    return f'<p class="tw-doc-holds">{told}<span class="tw-file">{one_line(info.file)}</span></p>'


def percent(share: float) -> str:
    """A share as 100% only where it is all of it: .99999 is 99.9%."""
    return "100%" if share >= 1 else f"{min(100 * share, 99.9):.1f}%"


def _form(index: Index, info: DocumentInfo, words: DocumentWords) -> str:
    original = edited_again(index.document(info.file), Edits())
    shown = {name: (info.value(name), original.value(name)) for name in EDITABLE}
    return field_form(shown, words, f"{attributes(do='save', file=info.file)}")


def field_form(
    shown: Mapping[EditableField, tuple[str | None, str | None]],
    words: DocumentWords,
    does: str,
    further: str = "",
) -> str:
    """A form of what a document says of itself: each field as it stands now and as the file states it;
    ``does`` are the data that say what is done with it, ``further`` what else can be, as HTML."""
    fields = "".join(
        _input(name, now, read, words, first=name == EDITABLE[0]) for name, (now, read) in shown.items()
    )
    return (
        f'<form class="tw-doc-form"{does}>{fields}<p class="tw-doc-note">{escape(words.clear_hint)}</p>'
        f'<footer><button type="submit" class="tw-main">{escape(words.save)}</button>'
        f"{further}{button(words.cancel, do='cancel')}</footer></form>"
    )


def _input(
    name: EditableField, now: str | None, read: str | None, words: DocumentWords, *, first: bool
) -> str:
    note = ""
    if (now or "") != (read or ""):
        said = words.original.format(value=read) if read else words.original_none
        note = f"<small>{one_line(said)}</small>"
    # A date field of the browser's own prints the date in the browser's way: 12/30/2024.
    kind = r' pattern="\d{4}-\d{2}-\d{2}" placeholder="2025-01-31"' if name == "date" else ""
    focus = " data-focus" if first else ""
    return (
        f'<label class="tw-field tw-field-{name}"><span>{escape(words.fields[name])}</span>'
        f'<input type="text" name="{name}" maxlength="{LONGEST[name]}" value="{escape(now or "")}"{kind}'
        f'{focus} autocomplete="off">{note}</label>'
    )


def _question(info: DocumentInfo, documents: Path, words: DocumentWords) -> str:
    uploaded = was_uploaded(info.file, documents)
    what = words.remove_uploaded.format(days=KEPT_DAYS) if uploaded else words.remove_kept
    confirm = button(words.remove, "tw-main tw-danger", do="confirm", file=info.file)
    return question(words.remove, f"<p>{escape(words.ask_remove)}<br>{escape(what)}</p>", confirm, words)


def question(title: str, said: str, confirm: str, words: DocumentWords) -> str:
    """What is asked before something is done that cannot be undone; ``said`` and ``confirm`` are HTML."""
    cancel = button(words.cancel, more=" data-focus", do="cancel")
    return (
        f'<div class="tw-doc-ask" role="alertdialog" aria-label="{escape(title)}">{said}'
        f"<footer>{confirm}{cancel}</footer></div>"
    )


def changes_of(
    index: Index, file: str, values: Mapping[str, object]
) -> dict[EditableField, str | TakeBack | None]:
    """What a filled in form changes; the file's own words put back take an edit back."""
    info = index.info(file)
    original = edited_again(index.document(file), Edits())
    edited = {one.name for one in read_edits(index.path).of(file)}
    changes: dict[EditableField, str | TakeBack | None] = {}
    for name in EDITABLE:
        value = str(values.get(name, info.value(name) or "")).strip() or None
        if value != info.value(name):
            changes[name] = TAKE_BACK if name in edited and value == original.value(name) else value
    return changes
