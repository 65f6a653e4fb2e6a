"""The log of changes: who changed what, latest first."""

from __future__ import annotations

from html import escape
from typing import Final

from index.search.index import Index
from index.storage.journal import Change, changes
from pages.administration.parts import section, table
from pages.administration.view import View, minute
from pages.administration.words import AdministrationWords, administration_words
from pages.common.markup import one_line

SHOWN: Final = 200
NAMED: Final = 3
"""Documents named in a line; the others are counted."""


def changes_section(index: Index, view: View) -> str:
    """The last changes; raises OSError where the log cannot be read."""
    words = administration_words(view.language)
    rows = [_row(one, words) for one in changes(index.path, SHOWN)]
    heads = (words.when, words.who, words.what, words.which)
    return section(words.sections["changes"], words.changes_lead, table(heads, rows, words.no_changes))


def _row(one: Change, words: AdministrationWords) -> tuple[str, str, str, str]:
    named = "、".join(one.files[:NAMED])
    more = words.and_more.format(count=one.count) if one.count > NAMED else ""
    version = words.version_after.format(number=one.generation) if one.generation is not None else ""
    which = "　".join(filter(None, (f"{named}{more}", one.note, version)))
    return (
        escape(minute(one.at)),
        one_line(one.who or words.nobody),
        escape(words.changes.get(one.what, one.what)),
        one_line(which),
    )
