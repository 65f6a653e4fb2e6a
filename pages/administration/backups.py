"""Backups: made, fetched, and brought back."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from index.build.backup import backups, backups_of
from index.search.index import Index
from pages.administration.parts import question, section, size_of, table
from pages.administration.view import View
from pages.administration.words import administration_words
from pages.common.markup import button


def backups_section(index: Index, view: View) -> str:
    """The backups that are kept, each to fetch or to bring back."""
    words = administration_words(view.language)
    folder = str(backups_of(index.path).resolve())
    rows = []
    for one in backups(index.path):
        fetch = f'<a href="../api/v1/backups/{quote(one.name)}" download>{escape(words.fetch)}</a>'
        if view.asks == "come back" and view.of == one.name:
            does = question(
                words.ask_come_back.format(name=one.name), words.come_back, "comeback", words, of=one.name
            )
        else:
            back = button(words.come_back, "tw-danger", do="ask", of=one.name, asks="come back")
            does = f'<div class="tw-admin-actions">{fetch}{back}</div>'
        rows.append((escape(one.name), f"{one.made:%Y-%m-%d %H:%M}", size_of(one.size), does))
    heads = (words.file, words.when, words.size, words.actions)
    make = f"<footer>{button(words.make_backup, 'tw-main', do='backup')}</footer>"
    lead = words.backups_lead.format(folder=folder)
    return section(words.sections["backups"], lead, make + table(heads, rows, words.no_backups))
