"""Who comes in: passwords to sessions, sessions to users, and who everyone is where nobody logs in."""

from __future__ import annotations

import time
from typing import Any, Final, Protocol

from web.access.accounts import AccountError, Accounts, Role, User
from web.access.attempts import Attempts
from web.access.sessions import Seen, Session, Sessions
from web.settings import Settings

STATE: Final = "tiaowen_user"
"""Where a request's state holds its user."""
NOBODY: Final = User(None, "reader")


class Refused(Exception):  # noqa: N818 - the state is the name
    """A login that was not accepted; ``wait`` seconds must pass first, 0 where name or password is wrong."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"login refused, {wait} s to wait")
        self.wait = wait


class HasState(Protocol):
    """A request of Starlette, FastAPI or gradio."""

    @property
    def state(self) -> Any:
        """What the middleware noted."""


class Door:
    """The login of one server; ``everyone`` is the user of each request where there is none."""

    def __init__(self, settings: Settings) -> None:
        """Raises AccountError where the file of users cannot be used."""
        self.accounts = Accounts(settings.auth_file) if settings.auth_file else None
        self.read_only = settings.read_only
        self.everyone = None if self.accounts else User(None, self._role("administrator"))
        self._sessions = Sessions()
        self._attempts = Attempts()

    def enter(self, name: str, password: str, address: str) -> str:
        """A cookie's value for name and password; takes long on purpose.  Raises Refused, AccountError."""
        accounts = self._accounts()
        if wait := self._attempts.begin(address, name, time.monotonic()):
            raise Refused(wait)
        user, account = accounts.check(name, password), accounts.account(name)
        if user is None or account is None:
            raise Refused(0)
        self._attempts.succeeded(address, name)
        return self._sessions.begin(name, account.stamp, accounts.held().secret, time.time())

    def user(self, cookie: str) -> User | None:
        """The user of a cookie, `everyone` where there is no login, None where one must log in.

        Raises AccountError where the file of users cannot be read any more.
        """
        if self.everyone:
            return self.everyone
        session = self._session(cookie)
        account = self._accounts().account(session.name) if session else None
        if session is None or account is None or account.stamp != session.stamp:
            return None
        self._sessions.note(session, time.time())
        return User(session.name, self._role(account.role))

    def sessions(self) -> list[Seen]:
        """The sessions used since the start that still hold, the latest used first; raises AccountError."""
        users = self._accounts().held().users
        return [
            one
            for one in self._sessions.seen(time.time())
            if (account := users.get(one.session.name)) and account.stamp == one.session.stamp
        ]

    def leave(self, cookie: str) -> None:
        """End the session of a cookie; nothing where it is none.  Raises AccountError."""
        if self.accounts and (session := self._session(cookie)):
            self._sessions.end(session, time.time())

    def _session(self, cookie: str) -> Session | None:
        return self._sessions.read(cookie, self._accounts().held().secret, time.time())

    def _role(self, role: Role) -> Role:
        return "reader" if self.read_only else role

    def _accounts(self) -> Accounts:
        if self.accounts is None:
            raise AccountError("Nobody logs in here. Start it with users: python app.py --auth-file FILE")
        return self.accounts


def user_of(request: HasState) -> User:
    """Who sent a request (`gr.Request`, or Starlette's); a reader where nothing checked it."""
    user = getattr(request.state, STATE, NOBODY)
    return user if isinstance(user, User) else NOBODY


def name_of(request: HasState) -> str:
    """The name of who sent a request; empty where nobody logs in."""
    return user_of(request).name or ""


def may(request: HasState, role: Role) -> bool:
    """Whether the sender of a request may do what the role may; what changes the index asks ``editor``."""
    return user_of(request).may(role)
