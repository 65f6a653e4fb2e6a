"""Requests to a running server as a program sends them: logged in, patient, errors as exceptions."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final

import httpx

from index.errors import TiaowenError
from web.api.outputs import FieldProblem

LOGIN: Final = "login"


class ClientError(TiaowenError):
    """Base of what can go wrong between a client and its server."""


class ServerUnreachable(ClientError):  # noqa: N818 - the state is the name
    """The server cannot be reached, did not answer in time, or broke off."""


class RequestRefused(ClientError):  # noqa: N818
    """An answer that is no success, as the server words it.

    ``status`` is HTTP's; ``code`` names the kind (not_found, wrong_input, …); ``fields`` say which inputs
    were wrong, where that is known; ``retry_after`` is in seconds, None where nothing says when to come.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: tuple[FieldProblem, ...] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(f"{message} ({status} {code})")
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
        self.retry_after = retry_after


class Sender:
    """One server and one user's session with it; safe between threads."""

    def __init__(
        self, address: str, user: str | None, password: str | None, timeout: float, patience: float
    ) -> None:
        """``timeout`` seconds are waited for each answer, ``patience`` seconds in all where it is busy."""
        self._http = httpx.Client(base_url=address, timeout=timeout, follow_redirects=False)
        self._address, self._timeout, self._patience = address, timeout, patience
        self._form = None if user is None else {"name": user, "password": password or ""}
        self._sessions = 0
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, path: str) -> httpx.Response:
        """An answer whole, whatever its status; neither logs in nor waits.  Raises ServerUnreachable."""
        with self.reaching():
            return self._http.get(path)

    def send(self, method: str, path: str, given: Mapping[str, Any] | None = None) -> httpx.Response:
        """A success, whole; raises RequestRefused, ServerUnreachable."""
        response = self.open(method, path, given)
        with self.reaching():
            response.read()
        return response

    def json(self, method: str, path: str, given: Mapping[str, Any] | None = None) -> Any:
        """What a success says; raises RequestRefused, ServerUnreachable, ClientError."""
        return self.read(self.send(method, path, given))

    def read(self, response: httpx.Response) -> Any:
        """What an answer says; raises ClientError where that is no JSON."""
        try:
            return response.json()
        except ValueError as error:
            raise ClientError(f"{self._address} answered what is no JSON. Is it a Tiaowen server?") from error

    def open(self, method: str, path: str, given: Mapping[str, Any] | None = None) -> httpx.Response:
        """A success whose content is still to be read, and which is then to be closed.

        Logs in where a user was named, and once more where the session has ended.  Raises RequestRefused,
        ServerUnreachable.
        """
        session = self._logged_in(stale=0)
        response = self._patiently(method, path, json=given)
        if response.status_code == HTTPStatus.UNAUTHORIZED and self._form:
            response.close()
            self._logged_in(stale=session)
            response = self._patiently(method, path, json=given)
        if not response.is_success:
            raise self.refusal(response)
        return response

    @contextmanager
    def reaching(self) -> Iterator[None]:
        """Errors of the connection as ServerUnreachable."""
        try:
            yield
        except httpx.TimeoutException as error:
            raise ServerUnreachable(f"{self._address} did not answer in {self._timeout:g} s.") from error
        except UnicodeEncodeError as error:
            raise ClientError(
                f"What was asked holds {error.object[error.start]!a}, which is no text."
            ) from error
        except httpx.TransportError as error:
            raise ServerUnreachable(f"{self._address} cannot be reached: {error}.") from error

    def _logged_in(self, stale: int) -> int:
        """The number of the session, another than the stale one; 0 where nobody logs in."""
        with self._lock:
            if self._form and self._sessions == stale:
                entered = self._patiently("POST", LOGIN, data=self._form)
                entered.close()
                if entered.status_code == HTTPStatus.UNAUTHORIZED:
                    raise RequestRefused(entered.status_code, "unauthorized", "Name or password is wrong.")
                if entered.status_code != HTTPStatus.SEE_OTHER:  # what sends one on to the first page
                    raise self.refusal(entered)
                self._sessions += 1
            return self._sessions

    def _patiently(self, method: str, path: str, **what: Any) -> httpx.Response:
        """An answer of any status but one that says when to come again within the patience."""
        left = self._patience
        while True:
            with self.reaching():
                request = self._http.build_request(method, path, **what)
                response = self._http.send(request, stream=True)
            if response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                return response
            refused = self.refusal(response)
            if refused.retry_after is None or refused.retry_after > left:
                raise refused
            left -= refused.retry_after
            time.sleep(refused.retry_after)

    def refusal(self, response: httpx.Response) -> RequestRefused:
        """What the server said against it; its status alone where that is not in the routes' form."""
        with self.reaching():
            response.read()
        status, after = response.status_code, response.headers.get("retry-after", "")
        retry_after = int(after) if after.isdecimal() else None
        try:
            said = json.loads(response.text)["error"]
            fields = tuple(said.get("fields", ()))
            return RequestRefused(status, said["code"], said["message"], fields, retry_after)
        except (ValueError, KeyError, TypeError):  # a proxy's page, or the login's
            code = response.reason_phrase.lower().replace(" ", "_")
            message = f"{self._address} answered without a reason."
            return RequestRefused(status, code, message, retry_after=retry_after)
