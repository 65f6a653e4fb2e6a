"""What happens to users: added, given another role or password, logged out, removed."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from index.storage.journal import note_change
from pages.administration.showing import Refused, Showing, Updates
from pages.administration.view import View
from pages.administration.words import administration_words
from web.access.accounts import (
    Account,
    AccountError,
    add_user,
    end_sessions,
    is_last_administrator,
    remove_user,
    set_role,
)


class UserEvents(Showing):
    """The events over the file of users."""

    def add(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """A new user."""

        def change(values: dict[str, str], of: str) -> str:
            words, name = administration_words(view.language), values.get("name", "").strip()
            if name in self._known():
                raise Refused(words.user_exists.format(name=name))
            self._set(view, name, values.get("role", ""), values)
            note_change(self.live.path, "add user", (name,), note=values.get("role", ""))
            return words.user_added.format(name=name)

        return self.changed(view, event, request, change)

    def password(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """Another password for a user."""

        def change(values: dict[str, str], of: str) -> str:
            account = self._known()[of]
            self._set(view, of, account.role, values)
            note_change(self.live.path, "set password", (of,))
            return administration_words(view.language).password_set.format(name=of)

        return self.changed(view, event, request, change)

    def role(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """Another role for a user."""

        def change(values: dict[str, str], of: str) -> str:
            words, role = administration_words(view.language), str(getattr(event, "value", ""))
            if role != self._known()[of].role:
                self._keep_one(view, of)
                set_role(self._users(), of, role)
                note_change(self.live.path, "set role", (of,), note=role)
            return words.role_set.format(name=of, role=words.roles[self._known()[of].role])

        return self.changed(view, event, request, change)

    def end(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """All sessions of a user ended."""

        def change(values: dict[str, str], of: str) -> str:
            end_sessions(self._users(), of)
            note_change(self.live.path, "end sessions", (of,))
            return administration_words(view.language).sessions_ended.format(name=of)

        return self.changed(view, event, request, change)

    def dismiss(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """A user removed, once the question was answered."""

        def change(values: dict[str, str], of: str) -> str:
            self._keep_one(view, of)
            remove_user(self._users(), of)
            note_change(self.live.path, "remove user", (of,))
            return administration_words(view.language).user_removed.format(name=of)

        return self.changed(view, event, request, change)

    def _set(self, view: View, name: str, role: str, values: dict[str, str]) -> None:
        words = administration_words(view.language)
        if values.get("password") != values.get("again"):
            raise Refused(words.passwords_differ)
        try:
            add_user(self._users(), name, role, values.get("password", ""))
        except AccountError as error:
            if error.__cause__ is None:  # not the file: what was typed
                raise Refused(words.bad_user) from error
            raise

    def _keep_one(self, view: View, name: str) -> None:
        if is_last_administrator(self._users(), name):
            raise Refused(administration_words(view.language).last_administrator.format(name=name))

    def _users(self) -> Path:
        if self.server.door.accounts is None:
            raise AccountError("Nobody logs in here.")
        return self.server.door.accounts.path

    def _known(self) -> dict[str, Account]:
        self._users()
        assert self.server.door.accounts
        return self.server.door.accounts.held().users
