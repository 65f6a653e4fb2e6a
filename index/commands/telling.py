"""What commands say: lines on stderr, JSON on stdout, a progress bar.

Answers go to stdout; progress, reports on the way and errors to stderr.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

from index.commands.streams import escaped, printable, underlying

if TYPE_CHECKING:
    from index.build.build import Progress
    from index.clauses.coverage import Shortfall
    from index.reading.folder import Skipped


def say(words: str) -> None:
    """A line on stderr; where that cannot be written either there is nobody to tell."""
    with suppress(OSError):
        sys.stderr.write(f"{words}\n")


def say_skipped(skipped: Sequence[Skipped]) -> None:
    """A line on stderr for every file that was left out, with the reason."""
    for one in skipped:
        say(f"skipped {one.file}: {one.reason}")


def say_shortfalls(shortfalls: Sequence[Shortfall]) -> None:
    """A line on stderr for every file of which too much is missing."""
    for one in shortfalls:
        say(f"WARNING {one}")


def as_json(value: Any, stream: TextIO, indent: int | None = None) -> str:
    """JSON in the stream's own characters; with ``\\u`` escapes where its encoding is not Unicode,
    and of control characters always."""
    unicode = (stream.encoding or "utf-8").lower().startswith("utf")
    return escaped(json.dumps(value, ensure_ascii=not unicode, indent=indent))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on stderr from the first report on; nothing where stderr is no terminal."""
    bar: Any = None

    def progress(share: float, words: str) -> None:
        nonlocal bar
        if bar is None:
            from tqdm import tqdm  # noqa: PLC0415 - most commands end without a bar

            form = "{l_bar}{bar}| {elapsed}<{remaining}"
            bar = tqdm(total=1.0, disable=None, bar_format=form, file=underlying(sys.stderr))
        bar.set_description(printable(words)[-24:], refresh=False)
        bar.update(max(0.0, share - bar.n))

    try:
        yield progress
    finally:
        if bar is not None:
            bar.close()
