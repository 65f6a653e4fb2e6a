"""What the command lines of ``index`` and ``qa`` share: exit codes, errors, ``--index``, progress, JSON.

Answers go to stdout; progress, reports on the way and errors to stderr.  Left out: the commands themselves.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from index.errors import TiaowenError
from index.search.today import add_today, today
from index.settings import DEFAULT_INDEX

if TYPE_CHECKING:
    from index.build.build import Progress
    from index.clauses.coverage import Shortfall
    from index.reading.folder import Skipped

FAULTS: Final = 1
"""Exit code of a check that found something wrong."""
MISTAKE: Final = 2
"""Exit code for a mistake of the caller or an index that cannot be used."""
INTERRUPTED: Final = 130
"""Exit code after Ctrl-C, as shells give it."""


def run(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    """Run the command that the arguments name (its ``run`` and ``command``) and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a character that the terminal lacks is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    options = parser.parse_args(arguments)
    try:
        today()  # what is set and is no day is told before anything is done
        return int(options.run(options))
    except TiaowenError as error:
        say(f"{options.command}: {error}")
        return MISTAKE
    except KeyboardInterrupt:
        say(f"{options.command}: stopped. Nothing was changed.")
        return INTERRUPTED
    except BrokenPipeError:  # the reader, as in `| head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def index_option(*names: str) -> argparse.ArgumentParser:
    """A parent parser with ``--index FOLDER``, also under the other names given, and ``--today DAY``."""
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument(
        "--index",
        *names,
        type=named_path,
        default=DEFAULT_INDEX,
        metavar="FOLDER",
        help="where the index lies (default: %(default)s)",
    )
    add_today(parent)
    return parent


def named(typed: str) -> str:
    """An option's value that must name something, for argparse: a file, a folder, a model, a server.

    An empty one comes of a script's variable that was never set; as a path it is the current folder.
    """
    if not typed.strip():
        raise argparse.ArgumentTypeError("its value is empty; name what is meant, or leave it out")
    return typed


def named_path(typed: str) -> Path:
    """A path that must name something, for argparse."""
    return Path(named(typed))


def say(words: str) -> None:
    """A line on stderr."""
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
    """JSON in the stream's own characters; with ``\\u`` escapes where its encoding is not Unicode."""
    unicode = (stream.encoding or "utf-8").lower().startswith("utf")
    return json.dumps(value, ensure_ascii=not unicode, indent=indent)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on stderr from the first report on; nothing where stderr is no terminal."""
    bar: Any = None

    def progress(share: float, words: str) -> None:
        nonlocal bar
        if bar is None:
            from tqdm import tqdm  # noqa: PLC0415 - most commands end without a bar

            form = "{l_bar}{bar}| {elapsed}<{remaining}"
            bar = tqdm(total=1.0, disable=None, bar_format=form, file=sys.stderr)
        bar.set_description(words[-24:], refresh=False)
        bar.update(max(0.0, share - bar.n))

    try:
        yield progress
    finally:
        if bar is not None:
            bar.close()
