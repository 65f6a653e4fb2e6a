"""Logging in and out: a form, and no script.

A name and password posted as a form bring a cookie and lead to the page that was asked for.
"""

from __future__ import annotations

import math
from html import escape
from typing import Final
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.access.accounts import LONGEST_NAME
from web.access.door import Door, Refused, user_of
from web.access.sessions import COOKIE, SESSION_SECONDS
from web.plain_pages.frame import framed
from web.plain_pages.words import WebWords, words_in
from web.turns import Turns

CHECKED_AT_ONCE: Final = 2
"""Passwords; each takes a quarter of a second and 16 MB, whoever typed it."""
WAITING: Final = 50
"""An office that logs in in the same minute."""


def login_routes(door: Door) -> APIRouter:
    """``/login`` and ``/logout``."""
    routes, turns = APIRouter(include_in_schema=False), Turns(CHECKED_AT_ONCE, WAITING)

    @routes.get("/login")
    async def ask_for_it(request: Request) -> Response:
        if not door.accounts:
            return RedirectResponse(_target(request, "/"), 303)
        asked = request.query_params
        return HTMLResponse(_form(words_in(asked.get("lang")), asked.get("next", "/")))

    @routes.post("/login")
    async def enter(request: Request) -> Response:
        if not door.accounts:
            return RedirectResponse(_target(request, "/"), 303)
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        typed = {field: values[0] for field, values in form.items()}
        words, came_for, name = words_in(typed.get("lang")), typed.get("next", "/"), typed.get("name", "")
        name = name.strip()[:LONGEST_NAME]
        address = request.client.host if request.client else ""
        try:
            cookie = await turns.take(lambda: door.enter(name, typed.get("password", ""), address))
        except Refused as refused:
            return _not_in(words, came_for, name, refused.wait)
        spoken = "?lang=en" if words.language == "en" and "?" not in came_for else ""
        response = RedirectResponse(_target(request, came_for) + spoken, 303)
        _set_cookie(response, request, cookie, SESSION_SECONDS)
        return response

    @routes.get("/logout")
    async def leaving(request: Request) -> Response:
        words = words_in(request.query_params.get("lang"))
        return HTMLResponse(_account(words, request))

    @routes.post("/logout")
    async def leave(request: Request) -> Response:
        await run_in_threadpool(door.leave, request.cookies.get(COOKIE, ""))
        response = RedirectResponse(_target(request, "/login"), 303)
        _set_cookie(response, request, "", 0)
        return response

    return routes


def _set_cookie(response: Response, request: Request, value: str, seconds: int) -> None:
    response.set_cookie(
        COOKIE,
        value,
        max_age=seconds,
        path=f"{request.scope.get('root_path', '')}/",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def _target(request: Request, path: str) -> str:
    """A path of this server below its prefix; the root for anything that leads elsewhere: //x, /\\x, https://x."""
    here = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return f"{request.scope.get('root_path', '')}{path if here and path.isascii() else '/'}"


def _not_in(words: WebWords, came_for: str, name: str, wait: int) -> Response:
    if not wait:
        return HTMLResponse(_form(words, came_for, name, words.wrong), 401)
    told = words.wait.format(minutes=math.ceil(wait / 60))
    return HTMLResponse(_form(words, came_for, name, told), 429, headers={"Retry-After": str(wait)})


def _form(words: WebWords, came_for: str, name: str = "", wrong: str = "") -> str:
    other = "zh" if words.language == "en" else "en"
    notice = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    inside = (
        f'<form method="post" action="login"><h2>{escape(words.login)}</h2>{notice}'
        f'<label>{escape(words.name)}<input name="name" value="{escape(name)}" autocomplete="username" '
        f'maxlength="{LONGEST_NAME}" required{"" if name else " autofocus"}></label>'
        f'<label>{escape(words.password)}<input name="password" type="password" '
        f'autocomplete="current-password" required{" autofocus" if name else ""}></label>'
        f'<input type="hidden" name="next" value="{escape(came_for)}">'
        f'<input type="hidden" name="lang" value="{words.language}">'
        f'<button>{escape(words.enter)}</button><p class="note">{escape(words.shared)}</p></form>'
    )
    address = f"login?{urlencode({'lang': other, 'next': came_for})}"
    return framed(words, words.login, inside, address, kind="door")


def _account(words: WebWords, request: Request) -> str:
    user = user_of(request)
    back = f'<p class="note"><a href="./">{escape(words.back)}</a></p>'
    if user.name is None:
        inside = f'<div class="box"><p>{escape(words.no_login)}</p>{back}</div>'
    else:
        who = words.logged_in_as.format(name=user.name, role=words.roles[user.role])
        inside = (
            f'<form method="post" action="logout"><h2>{escape(who)}</h2>'
            f"<button>{escape(words.leave)}</button>{back}</form>"
        )
    other = "zh" if words.language == "en" else "en"
    return framed(words, words.logout, inside, f"logout?lang={other}", kind="door")
