"""The server put together: its own routes, and round them and all pages what every request passes.

Pages are mounted on the site by whoever makes them (`pages.site`).
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.responses import Response
from starlette.types import ASGIApp

from index.search.live import LiveIndex
from web.access.body_limits import Bodies
from web.access.browsers import Browsers
from web.access.door import Door
from web.access.guard import Guard
from web.access.headers import SecurityHeaders
from web.access.logs import RequestLog
from web.access.origin import OwnName, SameOrigin
from web.access.own_streams import OwnStreams
from web.access.paths import Paths
from web.api.description import description_routes
from web.api.health import health_routes
from web.api.problems import explain
from web.api.routes import PREFIX, api_routes
from web.plain_pages.login import login_routes
from web.replies import refusal
from web.settings import TITLE, Settings

VERSION = "1"
"""That of the routes, as their path says it."""


def site_for(live: LiveIndex, settings: Settings, door: Door) -> FastAPI:
    """The server's own routes, without the pages and without what guards them."""
    site = FastAPI(
        title=TITLE,
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        servers=[{"url": settings.root_path or "/"}],
        root_path_in_servers=False,
    )
    explain(site)
    site.include_router(health_routes(live))
    site.include_router(login_routes(door))
    site.include_router(api_routes(live, settings))
    site.include_router(description_routes(site))

    @site.api_route("/api/{rest:path}", methods=["GET", "POST"], include_in_schema=False)
    async def nothing(rest: str) -> Response:
        return refusal(404, f"There is no route /api/{rest}. All are described at {PREFIX}/docs.")

    return site


def guarded(site: ASGIApp, settings: Settings, door: Door) -> ASGIApp:
    """The site with the log outermost, then headers, path, origin, user and size of each request."""
    inner = Bodies(OwnStreams(site) if door.accounts else site)
    checked: ASGIApp = SameOrigin(Guard(inner, door))
    if not door.accounts:
        checked = OwnName(Browsers(checked), settings.hosts)
    return RequestLog(SecurityHeaders(Paths(checked, settings.root_path)))
