"""What stands above each section: the heading, the way from section to section, what came of it."""

from __future__ import annotations

from html import escape

from pages.administration.view import SECTIONS, View
from pages.administration.words import AdministrationWords, administration_words
from pages.common.background import Step, progress_bar
from pages.common.markup import button, with_breaks


def heading(words: AdministrationWords, lead: str) -> str:
    """The page's name and a sentence on it."""
    return f'<div class="tw-intro"><h2>{escape(words.title)}</h2><p>{escape(lead)}</p></div>'


def tabs(view: View, words: AdministrationWords) -> str:
    """The sections; the one that is looked at is marked."""
    current = ' aria-current="true"'
    buttons = "".join(
        button(words.sections[one], more=current if one == view.section else "", do="open", section=one)
        for one in SECTIONS
    )
    return f'<nav class="tw-admin-tabs" aria-label="{escape(words.title)}">{buttons}</nav>'


def done(text: str) -> str:
    """That something was done."""
    return f'<p class="tw-told" role="status">{with_breaks(text)}</p>'


def failure(text: str) -> str:
    """That something was not done, and why."""
    return f'<p class="tw-told tw-failed" role="alert">{with_breaks(text)}</p>'


def progress(step: Step, view: View) -> str:
    """How far the work under way is."""
    words = administration_words(view.language)
    doing = words.phases.get(step.words, step.words)
    return progress_bar(step, doing, words.working, words.elapsed, words.seconds_left)
