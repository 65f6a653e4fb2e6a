"""Follow a folder of documents: whatever changes in it is in the index a few seconds later.

The operating system tells of changes (watchdog); since network drives may tell of none, the folder is also
compared every few minutes.  A change that cannot be made now is said and tried again.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.build.build import build
from index.build.update import update
from index.errors import IndexBusy, SourceError, WriteError
from index.storage import generation

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

    from index.build.change import BuildReport
    from index.encoders.encoder import Encoder

QUIET: Final = 2.0
"""Seconds without a change before an update: a file being copied is not taken in by halves."""

COMPARED_EVERY: Final = 300.0
"""Seconds between comparisons that no change asked for."""

AGAIN: Final = 10.0
"""Seconds until a change that could not be made is tried again."""

STEP: Final = 0.5
"""Seconds between looks at whether it is time to stop, or the folder another one."""

_CHANGES: Final = frozenset({"created", "modified", "moved", "deleted", "closed"})
"""Events that change what a folder holds; opening and reading a file does not."""


def watch(
    documents: Path,
    out: Path,
    told: Callable[[BuildReport], None],
    failed: Callable[[str], None],
    *,
    stop: threading.Event,
    encoder: Encoder | None = None,
    quiet: float = QUIET,
) -> None:
    """Update the index now and after every change in the folder, until ``stop`` is set.

    ``told`` hears of every update that changed something, or left files out that it had not left out before;
    ``failed`` why one was not made.  Raises what `update` raises the first time; later, only IndexMissing and
    IndexDamaged.
    """
    folder = _Folder(documents)
    try:
        report = update(documents, out, encoder=encoder)
        told(report)
        seen, wait, last = _left_out(report), COMPARED_EVERY, ""
        while folder.wait(stop, wait, quiet):
            try:
                report = update(documents, out, encoder=encoder)
            except (SourceError, IndexBusy, WriteError) as error:
                if str(error) != last:
                    failed(str(error))
                wait, last = AGAIN, str(error)
                continue
            wait, last = COMPARED_EVERY, ""
            if report.changed or _left_out(report) != seen:
                told(report)
            seen = _left_out(report)
    finally:
        folder.close()


def follow(
    documents: Path, out: Path, told: Callable[[BuildReport], None], failed: Callable[[str], None]
) -> None:
    """Watch until Ctrl-C or a request to end; builds the index first where there is none.

    Raises as `watch` and `index.build.build.build` do.
    """
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        if not generation.numbers(out):
            told(build(documents, out))
        watch(documents, out, told, failed, stop=stop)
    except KeyboardInterrupt:
        failed("watch: stopped.")


def _left_out(report: BuildReport) -> frozenset[str]:
    return frozenset(f"{one.file}: {one.reason}" for one in report.skipped)


class _Folder:
    """A folder whose changes are waited for, also where it is itself replaced by another of its name."""

    def __init__(self, documents: Path) -> None:
        if not documents.is_dir():
            raise SourceError(f"No folder at {documents}. Name the folder that holds the documents.")
        self._documents = documents
        self._changed = threading.Event()
        self._observed = _identity(documents)
        self._observer = _observe(documents, self._changed)

    def wait(self, stop: threading.Event, seconds: float, quiet: float) -> bool:
        """Wait for a change and until none follows, or for so long; false where it is time to stop."""
        waited = 0.0
        while not stop.is_set() and waited < seconds and not self._changed.wait(STEP):
            waited += STEP
            if _identity(self._documents) != self._observed:
                self._observe_again()
        while self._changed.is_set() and not stop.is_set():
            self._changed.clear()
            self._changed.wait(quiet)
        return not stop.is_set()

    def close(self) -> None:
        """Watch no longer."""
        self._observer.stop()
        self._observer.join()

    def _observe_again(self) -> None:
        self._observed = _identity(self._documents)
        self._changed.set()
        if self._observed:
            self.close()
            self._observer = _observe(self._documents, self._changed)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another of its name; None where there is none."""
    try:
        found = folder.stat()
    except OSError:  # a drive that is not mounted now may be later
        return None
    return found.st_dev, found.st_ino


def _observe(documents: Path, changed: threading.Event) -> BaseObserver:
    from watchdog.events import FileSystemEventHandler  # noqa: PLC0415 - only where a folder is watched
    from watchdog.observers import Observer  # noqa: PLC0415

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type in _CHANGES:
                changed.set()

    observer: BaseObserver = Observer()
    observer.schedule(Handler(), str(documents), recursive=True)
    observer.start()
    return observer
