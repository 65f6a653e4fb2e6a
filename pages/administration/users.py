"""Users and their sessions: listed, added, given another role or password, ended, removed."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

from pages.administration.parts import facts, field, form, question, section, table
from pages.administration.view import Server, View
from pages.administration.words import AdministrationWords, administration_words
from pages.common.markup import attributes, button, one_line
from web.access.accounts import LONGEST_NAME, LONGEST_PASSWORD, ROLES, SHORTEST_PASSWORD, Role
from web.access.sessions import Seen

START_USERS: Final = "python app.py --auth-file users.json --add-user NAME --role administrator"
"""What makes the first administrator."""


def users_section(server: Server, view: View) -> str:
    """The users with what can be done, the form for a new one, and the sessions; raises AccountError."""
    words = administration_words(view.language)
    accounts = server.door.accounts
    if accounts is None:
        told = f"{escape(words.start_users)}<br><code>{escape(START_USERS)}</code>"
        return section(words.sections["users"], words.no_users, facts([(words.how, told)]))
    sessions = server.door.sessions()
    rows = [
        (
            one_line(name),
            _role(name, account.role, words),
            str(sum(one.session.name == name for one in sessions)),
            _actions(name, view, words),
        )
        for name, account in sorted(accounts.held().users.items())
    ]
    heads = (words.user, words.role, words.sessions_open, words.actions)
    listed = table(heads, rows, words.none)
    return section(words.sections["users"], words.users_lead, listed + _new(view, words)) + section(
        words.sessions, words.sessions_lead, _sessions(sessions, words)
    )


def _role(name: str, role: Role, words: AdministrationWords) -> str:
    options = "".join(
        f'<option value="{one}"{" selected" * (one == role)}>{escape(words.roles[one])}</option>'
        for one in ROLES
    )
    label = escape(words.role_of.format(name=name), quote=True)
    return f'<select aria-label="{label}"{attributes(do="setrole", of=name)}>{options}</select>'


def _actions(name: str, view: View, words: AdministrationWords) -> str:
    if view.of == name and view.asks == "remove":
        return question(
            words.ask_remove_user.format(name=name), words.remove_user, "removeuser", words, of=name
        )
    if view.of == name and view.asks == "password":
        return form("setpassword", _password(words, first=True), words.set_password, view, of=name)
    return (
        '<div class="tw-admin-actions">'
        + button(words.new_password, do="ask", of=name, asks="password")
        + button(words.end_sessions, do="endsessions", of=name)
        + button(words.remove_user, "tw-danger", do="ask", of=name, asks="remove")
        + "</div>"
    )


def _password(words: AdministrationWords, *, first: bool) -> str:
    more = f' minlength="{SHORTEST_PASSWORD}" maxlength="{LONGEST_PASSWORD}" required'
    hint = words.password_hint.format(least=SHORTEST_PASSWORD)
    inside = field("password", words.password, kind="password", more=more, hint=hint, first=first)
    return inside + field("again", words.password_again, kind="password", more=more)


def _new(view: View, words: AdministrationWords) -> str:
    options = "".join(
        f'<option value="{role}">{escape(words.roles[role])}：{escape(words.role_hints[role])}</option>'
        for role in ROLES
    )
    inside = (
        field("name", words.user, more=f' maxlength="{LONGEST_NAME}" required')
        + f'<label class="tw-field"><span>{escape(words.role)}</span>'
        + f'<select name="role">{options}</select></label>'
        + _password(words, first=False)
    )
    return f"<h4>{escape(words.add_user)}</h4>{form('adduser', inside, words.add_user, view, ends=False)}"


def _sessions(sessions: list[Seen], words: AdministrationWords) -> str:
    rows = [(one_line(one.session.name), _clock(one.began), _clock(one.last)) for one in sessions]
    return table((words.user, words.began, words.last_seen), rows, words.no_sessions)


def _clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")
