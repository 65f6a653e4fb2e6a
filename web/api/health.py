"""``GET /healthz``: whether questions can be answered, for whatever watches the server; without a login."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from starlette.responses import JSONResponse

from index.errors import TiaowenError
from index.search.live import LiveIndex

log = logging.getLogger(__name__)


def health_routes(live: LiveIndex) -> APIRouter:
    """The one route."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/healthz")
    def health() -> JSONResponse:
        try:
            index = live.current()
        except TiaowenError as error:
            log.error("The index cannot be used: %s", error)  # which names folders, and not to everybody
            reason = f"{type(error).__name__}: the index cannot be used; the server's log says why."
            return JSONResponse({"status": "unavailable", "reason": reason}, 503)
        counts = index.manifest.counts
        return JSONResponse(
            {
                "status": "damaged: an older generation answers" if index.warning else "ok",
                "generation": index.manifest.number,
                "documents": counts.documents,
                "clauses": counts.clauses,
            }
        )

    return routes
