"""Ctrl-C while a program is only being imported, and while it ends: no traceback, as of any other program.

Left out: what a command says when it is stopped at its work (`shared`).
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


def end_quietly() -> None:
    """Let Ctrl-C end this process at once and without a word; where it was to be ignored it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def interruptible() -> Iterator[None]:
    """Meanwhile Ctrl-C raises KeyboardInterrupt again where `end_quietly` had taken that away."""
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
