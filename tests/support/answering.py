"""One of several answering processes: the routes of an index, read-only, with users; prints its address."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn

from index.search.live import LiveIndex
from web.access.connections import protocol
from web.access.door import Door
from web.application import guarded, site_for
from web.settings import Settings


def main(index: str, users: str) -> None:
    settings = Settings(auth_file=Path(users), read_only=True)
    door, live = Door(settings), LiveIndex(Path(index))
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    app = guarded(site_for(live, settings, door), settings, door)
    uvicorn.Server(uvicorn.Config(app, log_config=None, **protocol())).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
