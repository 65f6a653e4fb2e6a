"""How every command ends: with an exit code, and a line on stderr for whatever went wrong.

Left out: what a command says of its work, and Ctrl-C before it has begun (`interrupts`).
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from index.commands.interrupts import interruptible
from index.commands.streams import give_up_output, plain_streams
from index.commands.telling import say
from index.errors import TiaowenError, short_words
from index.search.today import today

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


def run(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    """Run the command that the arguments name (its ``run`` and ``command``) and return the exit code.

    The one place where every exception of every command ends: as a line on stderr and a code, with its
    traceback only where ``--debug`` asks for it.
    """
    with plain_streams(), interruptible():
        options, before = argparse.Namespace(), None
        try:
            try:
                parser.parse_args(arguments, options)
                today()  # what is set and is no day is told before anything is done
                before = _generation(options)
                return int(options.run(options))
            finally:  # also of --help, which ends by SystemExit
                sys.stdout.flush()
        except BrokenPipeError:  # the reader, as in `| head`, has seen enough
            give_up_output()
            return DONE
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - whatever it is, a user gets a line
            words, code = _ending(error)
            if code == INTERRUPTED and before is not None and before == _generation(options):
                words = f"{words} The index is as it was."
            if getattr(options, "debug", False):
                say(traceback.format_exc().rstrip())
            say(f"{getattr(options, 'command', parser.prog)}: {words}")
            with suppress(OSError):  # what is left of a full disk's output would be tried once more
                sys.stdout.flush()
                return code
            give_up_output()
            return code


def _generation(options: argparse.Namespace) -> bytes | None:
    """What names the current generation of the index that a command writes; None of one that writes none."""
    if not getattr(options, "writes_index", False):
        return None
    from index.storage.generation import current_words  # noqa: PLC0415 - most commands write no index

    return current_words(options.index)


def _ending(error: BaseException) -> tuple[str, int]:
    """What a user is told of an error, and the exit code."""
    match error:
        case KeyboardInterrupt():
            return "stopped.", INTERRUPTED
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
