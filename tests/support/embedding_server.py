"""A real embeddings endpoint on this machine: HTTP, OpenAI's protocol, the shipped encoder's vectors.

It can be told to fail as servers do.  What it was sent is kept for the tests to look at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np

Vectors = Any


@dataclass
class Said:
    """One answer: status, body (JSON, or bytes as they are)."""

    status: int
    body: Any


@dataclass
class EmbeddingServer:
    """What the server answers with and what it was asked.

    ``encode`` turns the texts into vectors; ``fault`` gets the number of the request, from 0, and its texts,
    and gives an answer in place of the vectors or None.
    """

    encode: Callable[[list[str]], Vectors]
    models: tuple[str, ...]
    key: str | None = None
    fault: Callable[[int, list[str]], Said | None] = lambda number, texts: None
    url: str = ""
    headers: list[dict[str, str]] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)

    def answer(self, path: str, headers: dict[str, str], asked: dict[str, Any]) -> Said:
        """What the server says to one request."""
        number = len(self.texts)
        self.headers.append(headers)
        self.texts.append(asked["input"])
        if path != "/v1/embeddings":
            return Said(404, {"error": {"message": f"no such path: {path}"}})
        if self.key and headers.get("authorization") != f"Bearer {self.key}":
            given = headers.get("authorization")
            return Said(401, {"error": {"message": f"Incorrect API key provided: {given}"}})
        if asked["model"] not in self.models:
            return Said(404, {"error": {"message": f"model {asked['model']!r} not found"}})
        return self.fault(number, asked["input"]) or Said(200, reply(self.encode(asked["input"])))


def reply(vectors: Vectors) -> dict[str, Any]:
    """The body of a good answer; the last vector first, since order is told by the index."""
    rows = [
        {"object": "embedding", "index": row, "embedding": [float(value) for value in vector]}
        for row, vector in enumerate(vectors)
    ]
    return {"object": "list", "data": rows[::-1], "model": "as asked", "usage": {"prompt_tokens": 1}}


def shipped_vectors() -> Callable[[list[str]], Vectors]:
    """The shipped encoder without its prompts, which the client puts before the texts."""
    from index.encoders.packed import OnnxEncoder

    encoder = OnnxEncoder()
    return lambda texts: np.array([encoder._encode(text) for text in texts])


@contextmanager
def serving(server: EmbeddingServer) -> Iterator[EmbeddingServer]:
    """The server on a free port of this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = server.answer(self.path, {k.lower(): v for k, v in self.headers.items()}, asked)
            body = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
            self.send_response(said.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the tests look at what was asked."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{listening.server_address[1]}/v1"
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(10)
