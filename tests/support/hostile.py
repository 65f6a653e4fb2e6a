"""What a file that broke its reader could do in the process that parses, by the file's name.

Run by `test_child` in place of the project's own reader, in a real process with the real limits.
"""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from index.errors import SourceError
from index.parsing import process as child_main
from index.parsing.messages import Request
from index.parsing.parse import parse_source
from index.reading.read import text_of
from index.records import Parsed


def main(arguments: Sequence[str]) -> None:
    parse_source(
        text_of("一、由县民政局牵头。".encode(), Path("first.txt")), "first.txt"
    )  # the next is quick
    child_main.main(arguments, parse)


def parse(request: Request) -> Parsed:
    path, name = Path(request.path), request.name.removesuffix(".txt")
    if name in _DEEDS:
        _DEEDS[name](path)
    parsed = parse_source(text_of(path.read_bytes(), Path(request.name)), request.name)
    if name == "another document":
        return replace(parsed, document=replace(parsed.document, file="other.txt"))
    if name == "misquotes":
        return replace(parsed, clauses=(replace(parsed.clauses[0], text="从未写过"), *parsed.clauses[1:]))
    return parsed


def crash(_: Path) -> None:
    ctypes.string_at(0)


def loop(path: Path) -> None:
    Path(f"{path}.pid").write_text(str(os.getpid()))
    while True:
        pass


def starts_a_program(path: Path) -> None:
    program = subprocess.Popen(["sleep", "600"], process_group=0)
    Path(f"{path}.pid").write_text(f"{os.getpid()} {program.pid}")
    program.wait()


def eats(_: Path) -> None:
    hoard = [bytearray(50_000_000) for _ in range(1000)]
    raise AssertionError(f"{len(hoard)} blocks could be had")


def exits(_: Path) -> None:
    os._exit(3)


def bug(_: Path) -> None:
    raise IndexError("list index out of \x1b[31mrange")


def babbles(_: Path) -> None:
    print("this goes to nobody")
    _write_everywhere(b"\0\0\0\0\0\0\0\5hello")


def boasts(_: Path) -> None:
    _write_everywhere(b"\xff" * 8)


def tells_early(_: Path) -> None:
    _write_everywhere(len(_SECOND).to_bytes(8, "big") + _SECOND)


_SECOND = b'[{"number":99,"peak":0,"outcome":{"kind":"refused","reason":"no"}}]'


def _write_everywhere(said: bytes) -> None:
    for descriptor in range(3, 20):
        with suppress(OSError):
            os.write(descriptor, said)


def asks_outside(path: Path) -> None:
    port = int(path.read_text())
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError as error:
        raise SourceError(f"{path}: no way out ({error.strerror})") from error
    raise SourceError(f"{path}: connected")


def tells_all(path: Path) -> None:
    raise SourceError(f"{path}: {' '.join(os.environ)} in {Path.cwd()}, {list(Path().iterdir())}")


def litters(_: Path) -> None:
    Path("left").mkdir()
    Path("left", "over").touch()


_DEEDS = {
    "crash": crash,
    "loop": loop,
    "starts a program": starts_a_program,
    "eats": eats,
    "exits": exits,
    "bug": bug,
    "babbles": babbles,
    "boasts": boasts,
    "tells early": tells_early,
    "asks outside": asks_outside,
    "tells all": tells_all,
    "litters": litters,
}
