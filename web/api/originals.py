"""The file that a document was read from, handed out as it was supplied.

Only what the index names, from the folders that it is built from, and only where the file is still the one
that was read.  Left out: members of archives, which lie in no file of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from index.errors import SourceError
from index.reading.inside import bytes_inside
from index.search.live import LiveIndex
from web.replies import refusal

GONE = "The file that this document was read from is not in its folder any more, or has changed."


def original_routes(live: LiveIndex, folders: Sequence[Path]) -> APIRouter:
    """``/original?document=FILE``; ``folders`` are those that hold the index's documents."""
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/original", methods=["GET", "HEAD"])
    async def original(request: Request, document: str = "") -> Response:
        found = await run_in_threadpool(_bytes_of, live, folders, document)
        if found is None:
            return refusal(404, GONE)
        name = PurePosixPath(document).name
        # Never shown by the browser, so that nothing in it runs here.
        disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
        return Response(
            b"" if request.method == "HEAD" else found,
            headers=disposition,
            media_type="application/octet-stream",
        )

    return routes


def _bytes_of(live: LiveIndex, folders: Sequence[Path], document: str) -> bytes | None:
    """The file's bytes; None where the index has no such document or the file is not the one it read."""
    try:
        info = live.current().info(document)
    except SourceError:
        return None
    for folder in folders:
        try:
            found = bytes_inside(folder / info.file, folder)
        except (OSError, SourceError):  # in another folder, in an archive, or gone: said by None
            continue
        if hashlib.sha256(found).hexdigest() == info.source_hash:
            return found
    return None
