"""The process that parses: what `worker` starts, and nobody else.

It holds itself to its limits before it imports a reader, then answers requests one after another until its
input ends.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from index.errors import SourceError, short_words
from index.parsing.limits import MEGABYTE, Limits, begin_time, confine, peak_memory
from index.parsing.messages import (
    Done,
    Failed,
    Ready,
    Refused,
    Reply,
    Request,
    packed,
    read_frame,
    unpacked,
    write_frame,
)
from index.records import Parsed

Parse = Callable[[Request], Parsed]

LONGEST_REQUEST: Final = 64 * 1024
"""Bytes: a path and a name, each of 4096 bytes at most, in JSON."""
GRACE: Final = 5.0
"""Seconds that the parent has to end this process itself, and to say why, before the alarm does."""
_FIRST: Final = "关于加强养老服务的通知\n一、由县民政局牵头，到2027年建成3处养老服务中心。\n"
"""Parsed before anybody asks: what is made ready at first use takes 0.3 s, all else of these lines 1 ms."""
_NO_MEMORY: Final = ("bad_alloc", "out of memory", "cannot allocate memory", "failed to allocate")
"""How readers in C++ say in an error of their own that memory is at its end, in lower case."""


def main(arguments: Sequence[str], parse: Parse | None = None) -> None:
    """Serve until the input ends.

    ``arguments`` are the limits, in JSON, and the parent's process id; ``parse`` takes the place of the
    project's own reading and cutting.
    """
    limits = unpacked(Limits, arguments[0].encode())
    confine(limits, int(arguments[1]))
    requests, replies = _own_streams()
    parse = parse or _reader()
    write_frame(replies, packed(Reply, Reply(0, 0, Ready())))
    while (body := read_frame(requests, LONGEST_REQUEST)) is not None:
        request = unpacked(Request, body)
        begin_time(request.seconds + GRACE)
        reply = _replied(parse, request, limits)
        begin_time(0)
        _tidy()
        write_frame(replies, reply)


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes under numbers of their own, so that what a reader prints or starts cannot touch them."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return requests, replies


def _reader() -> Parse:
    from index.parsing.parse import parse_source  # noqa: PLC0415 - only once the limits hold
    from index.reading.read import read_text, text_of  # noqa: PLC0415

    def parse(request: Request) -> Parsed:
        path = Path(request.path)
        if request.sent:
            source = text_of(path.read_bytes(), Path(request.name))
        else:
            source = read_text(path, request.member, Path(request.folder) if request.folder else None)
        return parse_source(source, request.name)

    parse_source(text_of(_FIRST.encode(), Path("first.txt")), "first.txt")
    return parse


def _replied(parse: Parse, request: Request, limits: Limits) -> bytes:
    try:
        parsed = parse(request)
        done = Done(parsed.document, parsed.clauses, parsed.facts)
        body = packed(Reply, Reply(request.number, peak_memory(), done))
    except SourceError as error:
        place = f"{request.path}/{request.member}" if request.member else request.path
        reason = str(error).removeprefix(f"{place}: ").removeprefix(f"{request.name}: ")
        return packed(Reply, Reply(request.number, peak_memory(), Refused(short_words(reason))))
    except MemoryError:
        return packed(Reply, Reply(request.number, peak_memory(), Failed("memory", "")))
    except Exception as error:  # noqa: BLE001 - whatever a reader raises is one file's matter, and is told
        words = short_words(f"{type(error).__name__}: {error}")
        is_memory = any(sign in words.lower() for sign in _NO_MEMORY)
        failed = Failed("memory" if is_memory else "error", words)
        return packed(Reply, Reply(request.number, peak_memory(), failed))
    if len(body) > limits.reply:
        reason = f"comes to more than {limits.reply / MEGABYTE:g} MB of text and clauses. Split it."
        return packed(Reply, Reply(request.number, peak_memory(), Refused(reason)))
    return body


def _tidy() -> None:
    """Empty this process's own folder, where readers leave temporary files, and what it wrote to stderr."""
    for left in Path.cwd().iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
    sys.stderr.flush()
    os.ftruncate(2, 0)
    os.lseek(2, 0, os.SEEK_SET)
