"""What readers said of answers: read, replied to, marked as done, made a question of one's own."""

from __future__ import annotations

from html import escape
from typing import Final

from index.search.index import Index
from pages.administration.parts import area, form, section
from pages.administration.view import View, minute
from pages.administration.words import AdministrationWords, administration_words
from pages.common.markup import attributes, button, one_line, shortened, with_breaks
from qa.api.feedback import Kept, feedback_of
from qa.quality.own_questions import kept_questions, questions_of

SHOWN: Final = 50
"""Lines at once; what is done goes to the end, so that the rest comes up."""
ANSWER_SHOWN: Final = 400
"""Characters of an answer that was judged."""


def feedback_section(index: Index, view: View) -> str:
    """The lines, those that are not done first; raises WriteError, SourceError."""
    words, file = administration_words(view.language), feedback_of(index.path)
    undone, count = file.counts() if file.path.exists() else (0, 0)
    lead = words.feedback_lead.format(undone=undone, count=count)
    kept = set(kept_questions(index.path))
    lines = (
        "".join(_line(one, view, words, own=one.said.id in kept) for one in file.lines(SHOWN))
        if count
        else ""
    )
    inside = f'<ul class="tw-admin-list">{lines}</ul>' if lines else _empty(words)
    own = words.own_questions.format(count=len(kept), file=questions_of(index.path).name)
    return section(words.sections["feedback"], lead, f'<p class="tw-admin-lead">{escape(own)}</p>{inside}')


def _empty(words: AdministrationWords) -> str:
    return f'<p class="tw-admin-empty">{escape(words.no_feedback)}</p>'


def _line(one: Kept, view: View, words: AdministrationWords, *, own: bool) -> str:
    said = one.said
    verdict = f'<b class="tw-admin-{said.verdict}">{escape(words.verdicts[said.verdict])}</b>'
    done = f'<b class="tw-admin-done">{escape(words.is_done)}</b>' if one.done else ""
    mark = button(
        words.undo if one.done else words.mark_done, do="markdone", of=said.id, value=int(not one.done)
    )
    question = f'<b class="tw-admin-done">{escape(words.is_question)}</b>' if own else ""
    make = button(words.make_question, do="ask", of=said.id, asks="question")
    comment = f"<p><i>{escape(words.comment)}</i>{with_breaks(said.comment)}</p>" if said.comment else ""
    css = " tw-is-done" if one.done else ""
    opened = view.of == said.id and view.asks == "question"
    below = _question(one, view, words) if opened else _reply(one, view, words)
    return (
        f'<li class="tw-admin-item{css}"><p class="tw-admin-meta">{verdict}{done}'
        f"{question}<span>{minute(one.made)}</span></p><h4>{one_line(said.question)}</h4>"
        f'<details{attributes(fold=said.id)}><summary>{escape(words.answer)}</summary><p lang="zh-CN">'
        f"{with_breaks(shortened(said.answer, ANSWER_SHOWN))}</p></details>{comment}{below}"
        f"<footer>{mark}{'' if opened else make}</footer></li>"
    )


def _reply(one: Kept, view: View, words: AdministrationWords) -> str:
    inside = area("reply", words.reply, one.reply, rows=2)
    return form("savereply", inside, words.save_reply, view, of=one.said.id, ends=False)


def _question(one: Kept, view: View, words: AdministrationWords) -> str:
    inside = (
        area("question", words.question, one.said.question, rows=2)
        + area("evidence", words.evidence, "", hint=words.evidence_hint, rows=3, most=8000)
        + area("answer", words.wanted, "", hint=words.wanted_hint, rows=2)
        + '<label class="tw-check"><input type="checkbox" name="unsaid" value="1">'
        + f"<span>{escape(words.unsaid)}</span></label>"
    )
    return form("keepquestion", inside, words.keep_question, view, of=one.said.id)
