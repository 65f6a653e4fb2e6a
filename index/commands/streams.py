"""The streams of a command: there even where a caller closed them, and what is written is only text.

Names of files and words of documents may hold anything: control characters, which could drive a terminal,
are taken out of every line wherever it comes from.
"""

from __future__ import annotations

import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TextIO, cast

_UNPRINTED: Final = ("Cc", "Cf", "Cs")
"""Unicode's categories of control (escape, \\x9b), format (marks of direction) and half characters."""
# What json.dumps leaves as it is and a terminal may act on: \x7f-\x9f, and all beyond ASCII that may be one.
_UNESCAPED: Final = re.compile(r"[\x7f-\x9f\xad]|[^\x00-\xff\u3000-\u9fff\uff00-\uffef]")


def printable(text: str) -> str:
    """The text without control characters but line breaks and tabs, which could drive a terminal."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _UNPRINTED)


def escaped(said: str) -> str:
    """A JSON text with control characters in their escapes (\\u009b), which say the same."""
    return _UNESCAPED.sub(
        lambda found: (
            json_escape(found.group()) if unicodedata.category(found.group()) in _UNPRINTED else found.group()
        ),
        said,
    )


def json_escape(character: str) -> str:
    """One character as JSON escapes it, in two halves beyond U+FFFF."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


class PlainStream:
    """A text stream that takes control characters out; all but writing is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write what can be printed; the characters that were given."""
        self.stream.write(printable(text))
        return len(text)

    def writelines(self, lines: Iterator[str]) -> None:
        """Write lines, each as `write` does."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        """Whatever else a stream has."""
        return getattr(self.stream, name)


@contextmanager
def plain_streams() -> Iterator[None]:
    """Have stdin, stdout and stderr, and write only text to them; a character that a terminal lacks is
    escaped."""
    _open_closed()
    held = sys.stdout, sys.stderr
    for stream in held:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.stdout, sys.stderr = (cast("TextIO", PlainStream(stream)) for stream in held)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = held


def underlying(stream: TextIO) -> TextIO:
    """The stream that writes what it is given, for what moves the cursor itself."""
    return stream.stream if isinstance(stream, PlainStream) else stream


def give_up_output() -> None:
    """Let what could not be written to stdout go nowhere, so that its end does not try again."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


def _open_closed() -> None:
    """A stream that the caller closed (``<&-``) is None in Python: it reads and writes nothing instead.

    Lowest first, so that each takes its own number and no file that is opened later gets it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as it runs
