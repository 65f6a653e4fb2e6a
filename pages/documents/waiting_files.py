"""The documents page's upper part: where files are dropped, what waits, the upkeep.

All of it HTML made of values; left out: what a click does (`documents_events`).
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

from index.build.edits import EDITABLE, EditableField
from index.build.preview import Preview
from index.build.uploads import LARGEST, MOST, Folders
from index.clauses.coverage import shortfall
from index.reading.read import ENDINGS
from index.records import Clause
from index.search.index import Index
from pages.common.markup import attributes, button, one_line, shortened, with_breaks
from pages.common.words import words_of
from pages.documents.listing import field_form, percent, question
from pages.documents.outcomes import named
from pages.documents.view import Staged, View
from pages.documents.words import DocumentWords, document_words

FEW: Final = 8
"""Files that are shown whole; of more each is folded until it is looked at."""
CLAUSES_SHOWN: Final = 30
"""Clauses of a file shown before it goes in; whoever wants all of them opens the document once it is in."""
CHARACTERS_SHOWN: Final = 160
"""Characters of a clause in its preview."""
REMOVALS_SHOWN: Final = 5
_MEGABYTE: Final = 1024 * 1024
_SAVING: Final = '<button type="submit" name="then" value="take">{told}</button>'


def heading(view: View, *, may_edit: bool) -> str:
    """The page's heading, and what a visitor who may change nothing is told."""
    words = document_words(view.language)
    lead = words.lead if may_edit else f"{words.lead} {words.reader_only}"
    return f'<h2 class="tw-doc-h">{escape(words.heading)}</h2><p class="tw-doc-lead">{escape(lead)}</p>'


def drop_zone(view: View, *, may_edit: bool) -> str:
    """Where files are dropped or chosen; nothing for a visitor who may change nothing."""
    if not may_edit:
        return ""
    words = document_words(view.language)
    endings, megabytes = "、".join(ending[1:] for ending in sorted(ENDINGS)), LARGEST // _MEGABYTE
    limits = words.limits.format(endings=endings, megabytes=megabytes, most=MOST)
    told = attributes(
        most=MOST,
        largest=LARGEST,
        sending=words.sending,
        waits=words.waits,
        too_many=words.too_many,
    )
    return (
        f'<section class="tw-drop"{told}><p><span>{escape(words.drop)}</span> '
        f'<label class="tw-choose"><input type="file" multiple accept="{",".join(sorted(ENDINGS))}">'
        f"<span>{escape(words.choose)}</span></label></p><small>{escape(limits)}</small>"
        '<p class="tw-sending" role="status"></p></section>'
    )


def waiting(index: Index, view: View) -> str:
    """The files that wait, each as it would stand in the index; always says how many were received."""
    words = document_words(view.language)
    mark = f'<i class="tw-received"{attributes(received=view.received)}></i>'
    if not view.staged:
        return mark
    ready = sum(staged.preview is not None and not staged.asks for staged in view.staged)
    every = ""
    if len(view.staged) > 1:
        take = button(words.take_all.format(count=ready), "tw-main", do="take") if ready else ""
        every = f"<footer>{take}{button(words.dismiss_all, do='dismiss')}</footer>"
        asking = sum(staged.asks for staged in view.staged)
        if asking:
            told = escape(words.take_asking.format(count=asking))
            fitting = button(words.take_fitting.format(count=asking), do="take", called="fitting")
            every += f'<p class="tw-doc-note">{told}</p><footer>{fitting}</footer>'
    cards = "".join(_card(index, staged, view) for staged in view.staged)
    return (
        f'{mark}<section class="tw-waiting"><h3>{escape(words.staged)}<span>{len(view.staged)}</span></h3>'
        f'<p class="tw-doc-note">{escape(words.staged_lead)}</p>{every}{cards}</section>'
    )


def _card(index: Index, staged: Staged, view: View) -> str:
    words = document_words(view.language)
    if staged.preview is None:
        return (
            f'<article class="tw-wait tw-refused"><h4>{one_line(staged.name)}</h4>'
            f'<p><b class="tw-tag tw-bad">{escape(words.refused)}</b>{with_breaks(staged.problem)}</p>'
            f'<p class="tw-doc-note">{with_breaks(staged.detail)}</p>'
            f"<footer>{button(words.dismiss, do='dismiss', number=staged.number)}</footer></article>"
        )
    opened = view.doing if view.file == staged.number else None
    folded = len(view.staged) > FEW and opened is None
    inside = "" if folded else _whole(staged, staged.preview, view, editing=opened == "correct")
    css = "tw-wait tw-folded" if folded else "tw-wait"
    return (
        f'<article class="{css}"{attributes(number=staged.number)}>'
        f"<h4>{one_line(staged.value('title') or staged.name)}</h4>"
        f'<p class="tw-doc-holds"><span class="tw-file">{one_line(staged.name)}</span></p>'
        f"{_asked(staged, words)}{_standing(index, staged, staged.preview, words)}{inside}"
        f"{_warned(staged, staged.preview, words)}{_buttons(index, staged, words, folded, opened)}</article>"
    )


def _whole(staged: Staged, preview: Preview, view: View, *, editing: bool) -> str:
    """What was read, or the form to correct it, and how the text was cut."""
    words = document_words(view.language)
    if editing:
        document = preview.parsed.document
        shown = {name: (staged.value(name), document.value(name)) for name in EDITABLE}
        takes = "" if staged.asks else _SAVING.format(told=escape(words.save_and_take))
        described = field_form(shown, words, attributes(do="keep", number=staged.number), takes)
    else:
        described = _described(staged, words)
    return f"{described}{_counted(staged.number, preview, view)}{_cut(staged.number, preview, words)}"


def _asked(staged: Staged, words: DocumentWords) -> str:
    """What has to be chosen first: the name's ending and the content do not agree."""
    if not staged.asks:
        return ""
    content = words.contents[Path(staged.fitting or staged.name).suffix.lower()]
    told = words.other_ending if staged.fitting else words.no_ending
    said = told.format(given=staged.given or staged.name, content=content, name=staged.fitting or staged.name)
    return f'<p><b class="tw-tag tw-bad">{escape(words.to_choose)}</b>{one_line(said)}</p>'


def _buttons(index: Index, staged: Staged, words: DocumentWords, folded: bool, opened: str | None) -> str:
    number = staged.number
    told = words.take_replacing if staged.name in index.manifest.sources else words.take
    if staged.fitting:
        named = words.take_as.format(name=staged.fitting)
        takes = button(named, "tw-main", do="take", number=number, called="fitting")
        takes += button(words.take_as_given, do="take", number=number, called="given")
    else:
        takes = button(told, "tw-main", do="take", number=number, called="given")
    look = button(words.look, do="look", number=number) if folded else ""
    correct = "" if opened == "correct" else button(words.correct, do="correct", number=number)
    dismiss = button(words.dismiss, do="dismiss", number=number)
    return f"<footer>{takes}{look}{correct}{dismiss}</footer>"


def _standing(index: Index, staged: Staged, preview: Preview, words: DocumentWords) -> str:
    """Whether the library has a document of this name or this content."""
    sources, own = index.manifest.sources, preview.parsed.document.source_hash
    if sources.get(staged.name) == own:
        return f'<p><b class="tw-tag">{escape(words.is_same)}</b></p>'
    if staged.name in sources:
        replacing = words.is_replacing.format(title=index.info(staged.name).title)
        return f'<p><b class="tw-tag tw-bad">{one_line(replacing)}</b></p>'
    twin = next((file for file, source in sources.items() if source == own), None)
    if twin:
        told = one_line(words.is_twin.format(title=index.info(twin).title))
        return f'<p><b class="tw-tag tw-bad">{told}</b></p>'
    return f'<p><b class="tw-tag">{escape(words.is_new)}</b></p>'


def _described(staged: Staged, words: DocumentWords) -> str:
    rows = "".join(
        f"<div><dt>{escape(words.fields[name])}</dt><dd>{_said(staged, name, words)}</dd></div>"
        for name in EDITABLE
        if name != "title" or "title" in staged.changes
    )
    return f"<dl>{rows}</dl>"


def _said(staged: Staged, name: EditableField, words: DocumentWords) -> str:
    mark = f"<i>{escape(words.edited)}</i>" if name in staged.changes else ""
    return one_line(staged.value(name) or words.unstated) + mark


def _counted(number: str, preview: Preview, view: View) -> str:
    words, own = document_words(view.language), words_of(view.language)
    counts = [
        words.clauses.format(count=len(preview.parsed.clauses)),
        words.facts.format(count=preview.facts),
    ]
    if not {"coverage", "lost"} & set(preview.warnings):
        counts.append(words.looks_good)
    told = "".join(f"<span>{escape(count)}</span>" for count in counts)
    return f'<p class="tw-doc-holds">{told}</p>{_removed(number, preview, words, own.reasons)}'


def _removed(number: str, preview: Preview, words: DocumentWords, reasons: Mapping[str, str]) -> str:
    if not preview.removed:
        return f'<p class="tw-doc-note">{escape(words.cleaned_none)}</p>'
    counts = "、".join(
        one_line(words.characters.format(reason=reasons.get(reason, reason), count=count))
        for reason, count in preview.removed
    )
    shown = [one for one in preview.parsed.document.removals if one.text.strip()][:REMOVALS_SHOWN]
    count = preview.parsed.document.count
    said = [one.text[:CHARACTERS_SHOWN] for one in shown]
    said += [one.sample for one in count.left_out[:REMOVALS_SHOWN]] if count else []
    samples = "".join(f"<li>{one_line(each)}</li>" for each in said)
    return (
        f'<details class="tw-doc-note"{attributes(fold=f"cleaned {number}")}>'
        f"<summary>{escape(words.cleaned)}：{counts}</summary>"
        f"<ul>{samples}</ul></details>"
    )


def _warned(staged: Staged, preview: Preview, words: DocumentWords) -> str:
    """What is worth a look; of lost text how much, and where it begins."""
    shown = [one for one in preview.warnings if not (one in EDITABLE and staged.value(one))]
    lines = "".join(f"<li>{escape(words.warnings[warning])}</li>" for warning in shown)
    lost = shortfall(preview.parsed.document, preview.coverage)
    if lost:
        said = words.short_of.format(missing=lost.missing, share=percent(1 - lost.share))
        begins = words.short_begins.format(sample=lost.sample) if lost.sample else ""
        lines += f"<li>{one_line(said + begins)}</li>"
    return f'<ul class="tw-warned">{lines}</ul>' if lines else ""


def _cut(number: str, preview: Preview, words: DocumentWords) -> str:
    clauses = preview.parsed.clauses
    lines = "".join(_clause(clause) for clause in clauses[:CLAUSES_SHOWN])
    left = len(clauses) - CLAUSES_SHOWN
    more = f'<p class="tw-doc-note">{escape(words.more_clauses.format(count=left))}</p>' if left > 0 else ""
    return (
        f'<details class="tw-cut"{attributes(fold=f"cut {number}")}>'
        f"<summary>{escape(words.cuts.format(count=len(clauses)))}</summary><ol>{lines}</ol>{more}</details>"
    )


def _clause(clause: Clause) -> str:
    shown = shortened(clause.text.strip(), CHARACTERS_SHOWN, "……")
    path = f"<small>{one_line(' › '.join(clause.path))}</small>" if clause.path else ""
    return f'<li class="tw-{clause.kind}">{path}<p>{one_line(shown)}</p></li>'


def upkeep(index: Index, view: View, folders: Folders, lost: tuple[str, ...], *, may_edit: bool) -> str:
    """Rebuild and verify; the question before a rebuild, with the documents that it would lose."""
    words = document_words(view.language)
    verify = button(words.verify, do="verify")
    if not may_edit:
        return f'<div class="tw-upkeep">{verify}</div>'
    if view.doing != "rebuild":
        return f'<div class="tw-upkeep">{button(words.rebuild, do="rebuild")}{verify}</div>'
    loses = ""
    if lost:
        loses = f"<p>{one_line(words.rebuild_loses.format(count=len(lost), files=named(lost)))}</p>"
    said = one_line(words.ask_rebuild.format(folder="、".join(map(str, folders.all))))
    confirm = button(words.rebuild, "tw-main", do="confirm")
    return question(words.rebuild, f"<p>{said}</p>{loses}", confirm, words)
