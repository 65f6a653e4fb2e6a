"""Talking to the MCP server with the SDK's own client, over a process's stdin and stdout or over HTTP."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.server import Server

ROOT = Path(__file__).parents[2]
Talk = Callable[[Client], Awaitable[Any]]


def command(store: Path, *options: str) -> list[str]:
    return ["-m", "web.mcp", "--index", str(store), *options]


def over_stdio(store: Path, talk: Talk, mode: str = "auto", folder: Path = ROOT) -> Any:
    """What ``talk`` returns of a conversation with a process of its own, run in a folder."""
    server = StdioServerParameters(
        command=sys.executable, args=command(store), cwd=folder, env={"PYTHONPATH": str(ROOT)}
    )

    async def conversation() -> Any:
        async with Client(stdio_client(server), mode=mode, read_timeout_seconds=60) as client:
            return await talk(client)

    return _in_a_loop(conversation)


def in_process(server: Server[Any], talk: Talk, mode: str = "auto") -> Any:
    """What ``talk`` returns of a conversation with a server of this process."""

    async def conversation() -> Any:
        async with Client(server, mode=mode) as client:
            return await talk(client)

    return _in_a_loop(conversation)


def over_http(url: str, talk: Talk, *, mode: str = "auto", headers: dict[str, str] | None = None) -> Any:
    """What ``talk`` returns of a conversation over HTTP."""

    async def conversation() -> Any:
        async with httpx2.AsyncClient(headers=headers, timeout=60) as sender:
            transport = streamable_http_client(url, http_client=sender)
            async with Client(transport, mode=mode, read_timeout_seconds=60) as client:
                return await talk(client)

    return _in_a_loop(conversation)


def _in_a_loop(conversation: Callable[[], Awaitable[Any]]) -> Any:
    with ThreadPoolExecutor(1) as pool:  # a loop of its own, where a browser's may run already
        return pool.submit(asyncio.run, conversation()).result(120)


@contextmanager
def http_server(store: Path, *options: str, **environment: str) -> Iterator[str]:
    """The address of ``python -m web.mcp --http …`` as a process; its log may not name questions."""
    process = subprocess.Popen(
        [sys.executable, *command(store, *options)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    address = re.search(r"http://\S+", process.stderr.readline())
    try:
        assert address
        yield address.group()
    finally:
        process.terminate()
        _, said = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGTERM)  # uvicorn raises it again once it has stopped
    assert "Traceback" not in said
