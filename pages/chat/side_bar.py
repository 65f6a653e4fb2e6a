"""The side bar as HTML: its head, and the list of conversations as this visitor may see it.

What a click on it does is in side_bar.js and `side_bar_events`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from html import escape
from itertools import groupby

from pages.chat.history import Kept
from pages.chat.talks import Current
from pages.common.markup import attributes, button, one_line, shortened
from pages.common.words import Words

LONGEST_NAME = 60
"""Characters of a name that the list holds; two lines at most are shown of it."""
RECENT = 7
"""Days that are listed apart from what is older."""


def side_bar_head(words: Words) -> str:
    """Its name, a new conversation, what is sought in it, and the way out where it lies over the page."""
    return (
        f'<div class="tw-side-head"><h2>{escape(words.conversations)}</h2>'
        f'<button type="button" class="tw-side-close" aria-label="{escape(words.close)}">✕</button></div>'
        f"{button(words.new_conversation, 'tw-new')}"
        f'<input type="search" class="tw-seek" aria-label="{escape(words.seek_conversations)}" '
        f'placeholder="{escape(words.seek_conversations)}" autocomplete="off">'
    )


def side_bar_list(  # noqa: PLR0917 - each says another thing
    kept: Sequence[Kept],
    current: Current,
    newest: int,
    owner: str,
    sought: str,
    now: datetime,
    words: Words,
    *,
    replied: Collection[str] = (),
) -> str:
    """The conversations by age, the one shown marked, and those with a reply that was not seen.

    ``newest`` is the revision that is kept of ``current`` (0 for none): the page compares it with what it
    shows.  Of an owner only a user's name goes to the page.
    """
    name = owner.removeprefix("user:") if owner.startswith("user:") else ""
    told = attributes(
        owner=name,
        lang=words.language,
        conversation=current.id if current.revision or newest else "",
        revision=current.revision,
        newest=newest,
        sought=sought,
        sure=words.sure,
    )
    groups = groupby(kept, key=lambda one: _age(one, now, words))
    lists = "".join(
        f"<h3>{escape(age)}</h3><ul>"
        f"{''.join(_line(one, current, words, replied=one.id in replied) for one in group)}</ul>"
        for age, group in groups
    )
    none = words.seek_none if sought else words.conversations_none
    lists = lists or f'<p class="tw-history-none">{escape(none)}</p>'
    note = words.kept_for_user if name else words.kept_for_browser
    all_away = button(words.remove_all, "tw-remove-all") if kept and not sought else ""
    return (
        f'<nav class="tw-history" aria-label="{escape(words.conversations)}"{told}>{lists}'
        f'<p class="tw-history-note">{escape(note)} {all_away}</p></nav>'
    )


def _age(one: Kept, now: datetime, words: Words) -> str:
    days = (now.astimezone().date() - one.used.astimezone().date()) // timedelta(days=1)
    if days < 2:
        return words.yesterday if days else words.today
    return words.this_week if days < RECENT else words.earlier


def _line(one: Kept, current: Current, words: Words, *, replied: bool) -> str:
    here = ' aria-current="page"' if one.id == current.id else ""
    name = shortened(one.name, LONGEST_NAME)
    when = one.used.astimezone()
    told = words.questions_count.format(count=len(one.questions), when=f"{when:%m-%d %H:%M}")
    reply = f'<b class="tw-replied">{escape(words.replied)}</b>' if replied else ""
    doing = (
        ("rename", words.rename),
        ("word", words.export_docx),
        ("markdown", words.export_markdown),
        ("remove", words.remove),
    )
    buttons = "".join(button(said, do=what) for what, said in doing)
    return (
        f"<li{attributes(conversation=one.id)}>"
        f'<a href="c/{one.id}"{here} title="{one_line(one.name)}">{one_line(name)}</a>'
        f'<button type="button" class="tw-side-more" aria-expanded="false" '
        f'aria-label="{escape(words.more_for.format(name=name), quote=True)}">⋯</button>'
        f"<small>{reply}{escape(told)}</small>"
        f'<div class="tw-side-do" role="group" hidden>{buttons}</div></li>'
    )
