"""The documents page's upper part: where files are dropped, what waits, how the work goes, the upkeep.

All of it HTML made of values; left out: what a click does (`documents_events`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from index.build.change import BuildReport
from index.build.edits import EDITABLE
from index.build.preview import Preview
from index.build.uploads import LARGEST, MOST, Folders
from index.check.verify import VerifyReport
from index.clauses.coverage import Shortfall
from index.errors import TiaowenError
from index.reading.read import ENDINGS
from index.records import Clause
from index.search.index import Index
from pages.common.markup import attributes, button, one_line, shortened, with_breaks
from pages.common.words import words_of
from pages.documents.background import Step
from pages.documents.listing import percent, question
from pages.documents.view import Staged, View
from pages.documents.words import DocumentWords, document_words

CLAUSES_SHOWN: Final = 30
"""Clauses of a file shown before it goes in; whoever wants all of them opens the document once it is in."""
CHARACTERS_SHOWN: Final = 160
"""Characters of a clause in its preview."""
REMOVALS_SHOWN: Final = 5
PROBLEMS_SHOWN: Final = 20
NAMES_SHOWN: Final = 12
_MEGABYTE: Final = 1024 * 1024


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
    endings, megabytes = ", ".join(sorted(ENDINGS)), LARGEST // _MEGABYTE
    limits = words.limits.format(endings=endings, megabytes=megabytes, most=MOST)
    told = attributes(
        most=MOST,
        largest=LARGEST,
        endings=" ".join(sorted(ENDINGS)),
        sending=words.sending,
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
    ready = sum(staged.preview is not None for staged in view.staged)
    every = ""
    if len(view.staged) > 1:
        take = button(words.take_all.format(count=ready), "tw-main", do="take") if ready else ""
        every = f"<footer>{take}{button(words.dismiss_all, do='dismiss')}</footer>"
    cards = "".join(_card(index, staged, view) for staged in view.staged)
    return (
        f'{mark}<section class="tw-waiting"><h3>{escape(words.staged)}<span>{len(view.staged)}</span></h3>'
        f'<p class="tw-doc-note">{escape(words.staged_lead)}</p>{every}{cards}</section>'
    )


def _card(index: Index, staged: Staged, view: View) -> str:
    words = document_words(view.language)
    dismiss = button(words.dismiss, do="dismiss", number=staged.number)
    if staged.preview is None:
        return (
            f'<article class="tw-wait tw-refused"><h4>{one_line(staged.name)}</h4>'
            f'<p><b class="tw-tag tw-bad">{escape(words.refused)}</b>{with_breaks(staged.problem)}</p>'
            f'<p class="tw-doc-note">{with_breaks(staged.detail)}</p>'
            f"<footer>{dismiss}</footer></article>"
        )
    replacing = staged.name in index.manifest.sources
    told = words.take_replacing if replacing else words.take
    take = button(told, "tw-main", do="take", number=staged.number)
    return (
        f'<article class="tw-wait"><h4>{one_line(staged.preview.parsed.document.title)}</h4>'
        f'<p class="tw-doc-holds"><span class="tw-file">{one_line(staged.name)}</span></p>'
        f"{_standing(index, staged, staged.preview, words)}{_described(staged.preview, words)}"
        f"{_counted(staged.preview, view)}{_warned(staged.preview, words)}{_cut(staged.preview, words)}"
        f"<footer>{take}{dismiss}</footer></article>"
    )


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


def _described(preview: Preview, words: DocumentWords) -> str:
    document = preview.parsed.document
    rows = "".join(
        f"<div><dt>{escape(words.fields[name])}</dt><dd>{one_line(document.value(name) or '—')}</dd></div>"
        for name in EDITABLE
        if name != "title"
    )
    return f"<dl>{rows}</dl>"


def _counted(preview: Preview, view: View) -> str:
    words, own = document_words(view.language), words_of(view.language)
    counts = [
        words.clauses.format(count=len(preview.parsed.clauses)),
        words.facts.format(count=preview.facts),
        words.covered.format(share=percent(preview.coverage.share)),
    ]
    if not {"coverage", "lost"} & set(preview.warnings):
        counts.append(words.looks_good)
    told = "".join(f"<span>{escape(count)}</span>" for count in counts)
    return f'<p class="tw-doc-holds">{told}</p>{_removed(preview, words, own.reasons)}'


def _removed(preview: Preview, words: DocumentWords, reasons: Mapping[str, str]) -> str:
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
        f'<details class="tw-doc-note"><summary>{escape(words.cleaned)}：{counts}</summary>'
        f"<ul>{samples}</ul></details>"
    )


def _warned(preview: Preview, words: DocumentWords) -> str:
    lines = "".join(f"<li>{escape(words.warnings[warning])}</li>" for warning in preview.warnings)
    return f'<ul class="tw-warned">{lines}</ul>' if lines else ""


def _cut(preview: Preview, words: DocumentWords) -> str:
    clauses = preview.parsed.clauses
    lines = "".join(_clause(clause) for clause in clauses[:CLAUSES_SHOWN])
    left = len(clauses) - CLAUSES_SHOWN
    more = f'<p class="tw-doc-note">{escape(words.more_clauses.format(count=left))}</p>' if left > 0 else ""
    return (
        f'<details class="tw-cut"><summary>{escape(words.cuts.format(count=len(clauses)))}</summary>'
        f"<ol>{lines}</ol>{more}</details>"
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
        loses = f"<p>{one_line(words.rebuild_loses.format(count=len(lost), files=_names(lost)))}</p>"
    said = one_line(words.ask_rebuild.format(folder="、".join(map(str, folders.all))))
    confirm = button(words.rebuild, "tw-main", do="confirm")
    return question(words.rebuild, f"<p>{said}</p>{loses}", confirm, words)


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:NAMES_SHOWN]) + ("…" if len(names) > NAMES_SHOWN else "")


# What came of it


def done(text: str) -> str:
    """That something was done."""
    return f'<p class="tw-told" role="status">{with_breaks(text)}</p>'


def failure(error: TiaowenError | str, view: View) -> str:
    """That something was not done, why, and what to do."""
    words = document_words(view.language)
    if isinstance(error, str):
        return f'<p class="tw-told tw-failed" role="alert">{with_breaks(error)}</p>'
    lead = words.errors.get(type(error).__name__, words.failed)
    why = with_breaks(str(error))
    return f'<p class="tw-told tw-failed" role="alert">{escape(lead)}<small>{why}</small></p>'


def progress(step: Step, view: View) -> str:
    """How far the work under way is."""
    words = document_words(view.language)
    doing = words.phases.get(step.words, step.words)
    share = round(100 * min(max(step.share, 0), 1))
    return (
        f'<div class="tw-told tw-progress" role="progressbar" aria-valuenow="{share}" aria-valuemin="0" '
        f'aria-valuemax="100"><span>{escape(words.working)}　{share}%　{one_line(doing)}</span>'
        f'<i style="width:{share}%"></i></div>'
    )


def checked(report: VerifyReport, view: View) -> str:
    """What a verification came to."""
    words, problems = document_words(view.language), report.all_problems
    short = _shorts([one.shortfall for one in report.documents if one.shortfall], words)
    if not problems:
        clauses = sum(one.clauses for one in report.documents)
        return done(words.verified.format(documents=len(report.documents), clauses=clauses)) + short
    return _listed(words.problems, [*map(one_line, problems)], words) + short


def _shorts(shortfalls: Sequence[Shortfall], words: DocumentWords) -> str:
    """The documents of which too much is missing; nothing where there are none."""
    if not shortfalls:
        return ""
    lines = [
        f"{one_line(one.file)}：{escape(words.short.format(missing=one.missing))}"
        f"<small>{one_line(one.sample)}</small>"
        for one in shortfalls
    ]
    return _listed(words.shorts, lines, words)


def _listed(lead: str, lines: Sequence[str], words: DocumentWords) -> str:
    """What is wrong, a line each, the first of them; ``lead`` is told their count."""
    shown, left = "".join(f"<li>{line}</li>" for line in lines[:PROBLEMS_SHOWN]), len(lines) - PROBLEMS_SHOWN
    more = f"<li>{escape(words.more_problems.format(count=left))}</li>" if left > 0 else ""
    told = escape(lead.format(count=len(lines)))
    return f'<div class="tw-told tw-failed" role="alert">{told}<ul>{shown}{more}</ul></div>'


def taken(report: BuildReport, index: Index, view: View) -> str:
    """What was taken in, and what was not."""
    words = document_words(view.language)
    names = [f"《{index.info(file).title}》" for file in report.added]
    told = words.taken.format(
        count=len(names),
        titles=_names(names),
        documents=report.documents,
        clauses=report.clauses,
    )
    return done("\n".join((told, *_left_out(report, words)))) + _shorts(report.shortfalls, words)


def rebuilt(report: BuildReport, view: View) -> str:
    """What a rebuild came to, and what it left out."""
    words = document_words(view.language)
    seconds = round(report.seconds, 1)
    told = words.rebuilt.format(documents=report.documents, clauses=report.clauses, seconds=seconds)
    return done("\n".join((told, *_left_out(report, words)))) + _shorts(report.shortfalls, words)


def _left_out(report: BuildReport, words: DocumentWords) -> list[str]:
    return [f"{words.left_out.format(file=one.file)}：{one.reason}" for one in report.skipped]
