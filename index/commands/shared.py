"""What the command lines of ``index`` and ``qa`` share: exit codes, errors, ``--index``, progress, JSON.

Answers go to stdout; progress, reports on the way and errors to stderr.  Left out: the commands themselves.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from index.commands.interrupts import interruptible
from index.commands.streams import escaped, give_up_output, plain_streams, printable, underlying
from index.errors import TiaowenError, short_words
from index.search.today import add_today, today
from index.settings import DEFAULT_INDEX

if TYPE_CHECKING:
    from index.build.build import Progress
    from index.clauses.coverage import Shortfall
    from index.reading.folder import Skipped

DONE: Final = 0
FAULTS: Final = 1
"""Exit code of a check that found something wrong."""
MISTAKE: Final = 2
"""Exit code for a mistake of the caller or an index that cannot be used."""
FAILED: Final = 3
"""Exit code for an error that nobody foresaw: the program's own fault."""
INTERRUPTED: Final = 130
"""Exit code after Ctrl-C, as shells give it."""
_MORE: Final = "--debug shows where."


class _Parser(argparse.ArgumentParser):
    """Its commands, which argparse makes of the same class, have the option too."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.add_argument(
            "--debug",
            action="store_true",
            default=argparse.SUPPRESS,  # else a command's own default would undo what was said before it
            help="show where in the program an error came from",
        )

    def _print_message(self, message: str, file: Any = None) -> None:
        """As argparse does, which also keeps quiet where a help text cannot be written."""
        stream = file or sys.stderr
        stream.write(message)
        stream.flush()


def command_parser(**options: Any) -> argparse.ArgumentParser:
    """A parser, of these options of argparse's, whose every command takes ``--debug``."""
    return _Parser(**options)


def run(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    """Run the command that the arguments name (its ``run`` and ``command``) and return the exit code.

    The one place where every exception of every command ends: as a line on stderr and a code, with its
    traceback only where ``--debug`` asks for it.
    """
    with plain_streams(), interruptible():
        options = argparse.Namespace()
        try:
            try:
                parser.parse_args(arguments, options)
                today()  # what is set and is no day is told before anything is done
                return int(options.run(options))
            finally:  # also of --help, which ends by SystemExit
                sys.stdout.flush()
        except BrokenPipeError:  # the reader, as in `| head`, has seen enough
            give_up_output()
            return DONE
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - whatever it is, a user gets a line
            words, code = _ending(error)
            if getattr(options, "debug", False):
                say(traceback.format_exc().rstrip())
            say(f"{getattr(options, 'command', parser.prog)}: {words}")
            with suppress(OSError):  # what is left of a full disk's output would be tried once more
                sys.stdout.flush()
                return code
            give_up_output()
            return code


def _ending(error: BaseException) -> tuple[str, int]:
    """What a user is told of an error, and the exit code."""
    match error:
        case KeyboardInterrupt():
            return "stopped. Nothing was changed.", INTERRUPTED
        case TiaowenError():
            return str(error), MISTAKE
        case OSError():
            return _of_the_system(error), MISTAKE
        case MemoryError():
            return "The memory is at its end. Give it more, or less at once.", MISTAKE
        case _:
            words = short_words(f"{type(error).__name__}: {error}").rstrip(".")
            return f"failed by an error of the program ({words}). {_MORE}", FAILED


def _of_the_system(error: OSError) -> str:
    """No space left on device: store/lock. …"""
    where = f": {error.filename}" if error.filename is not None else ""
    words = short_words(f"{error.strerror or error}{where}").rstrip(".")
    return f"{words}. Make room or give permission there, or name another place. {_MORE}"


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
