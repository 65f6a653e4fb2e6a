"""What came of a change of the documents, and how far one under way is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from index.build.change import BuildReport
from index.check.verify import VerifyReport
from index.clauses.coverage import Shortfall
from index.errors import TiaowenError
from index.search.index import Index
from pages.common.background import Step, progress_bar
from pages.common.markup import one_line, with_breaks
from pages.documents.reasons import reason_in_words
from pages.documents.sent_files import detail_of
from pages.documents.view import View
from pages.documents.words import DocumentWords, document_words

PROBLEMS_SHOWN: Final = 20
NAMES_SHOWN: Final = 12


def named(names: Sequence[str]) -> str:
    """The first of some names."""
    return "、".join(names[:NAMES_SHOWN]) + ("…" if len(names) > NAMES_SHOWN else "")


def done(text: str) -> str:
    """That something was done."""
    return f'<p class="tw-told" role="status">{with_breaks(text)}</p>'


def failure(error: TiaowenError | str, view: View) -> str:
    """That something was not done, why, and what to do."""
    words = document_words(view.language)
    if isinstance(error, str):
        return f'<p class="tw-told tw-failed" role="alert">{with_breaks(error)}</p>'
    lead = words.errors.get(type(error).__name__, words.failed)
    why = detail_of(error, view.language)
    small = f"<small>{with_breaks(why)}</small>" if why else ""
    return f'<p class="tw-told tw-failed" role="alert">{escape(lead)}{small}</p>'


def progress(step: Step, view: View) -> str:
    """How far the work under way is, how long it has taken, and about how long it will."""
    words = document_words(view.language)
    doing = words.phases.get(step.words, step.words)
    return progress_bar(step, doing, words.working, words.elapsed, words.seconds_left)


def checked(report: VerifyReport, view: View) -> str:
    """What a verification came to."""
    words, problems = document_words(view.language), report.all_problems
    short = _shorts([one.shortfall for one in report.documents if one.shortfall], words)
    if not problems:
        clauses = sum(one.clauses for one in report.documents)
        return done(words.verified.format(documents=len(report.documents), clauses=clauses)) + short
    told = (
        f'<p class="tw-told tw-failed" role="alert">{escape(words.problems.format(count=len(problems)))}</p>'
    )
    lines = "".join(f"<li>{one_line(each)}</li>" for each in problems[:PROBLEMS_SHOWN])
    more = f'<details class="tw-doc-note"><summary>{escape(words.for_technicians)}</summary>'
    return f'{told}{more}<ul lang="en">{lines}</ul></details>{short}'


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
        titles=named(names),
        documents=report.documents,
        clauses=report.clauses,
    )
    return done("\n".join((told, *_left_out(report, view)))) + _shorts(report.shortfalls, words)


def rebuilt(report: BuildReport, view: View) -> str:
    """What a rebuild came to, and what it left out."""
    words = document_words(view.language)
    seconds = round(report.seconds, 1)
    told = words.rebuilt.format(documents=report.documents, clauses=report.clauses, seconds=seconds)
    return done("\n".join((told, *_left_out(report, view)))) + _shorts(report.shortfalls, words)


def _left_out(report: BuildReport, view: View) -> list[str]:
    words = document_words(view.language)
    return [
        words.left_out.format(
            file=one.file, reason=reason_in_words(one.reason, view.language) or words.unreadable
        )
        for one in report.skipped
    ]
