"""Files through one process after another: asked for ahead, answered in order, each fault laid at its file.

A process that a file ends (a crash, the time, the memory) is replaced and asked again for what is left.  One
that had parsed other files before it crashed or ran out of memory may have been spoilt by those, so that file
is tried once more in a new one.
"""

from __future__ import annotations

import stat
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.errors import ReaderError, SourceError, WriteError, short_words
from index.parsing.checks import fault_of
from index.parsing.limits import MEGABYTE, Limits
from index.parsing.messages import Done, Failed, Refused, Reply, Request
from index.parsing.worker import Ended, Worker
from index.reading.inside import NO_FILE
from index.records import Parsed

LARGEST_KEPT: Final = 512 * MEGABYTE
"""Peak memory of a process that is kept for later files; text needs 0.1 GB, recognising scans 0.8."""
_SAVE_ANEW: Final = "Save it anew with the program that made it, or save its text as UTF-8."


@dataclass(frozen=True, slots=True)
class _Job:
    """A file asked for; ``content`` where its bytes were given, ``refusal`` where no process need see it."""

    request: Request
    content: bytes | None
    refusal: str | None


class Lane:
    """One process at a time and the files it was asked for; not safe between threads, but for `close`."""

    def __init__(self, limits: Limits, program: str) -> None:
        self._limits = limits
        self._program = program
        self._jobs: deque[_Job] = deque()
        self._count = self._peak = 0
        self._is_closed = False
        self._worker = Worker(limits, program)

    @property
    def asked(self) -> int:
        """The number of files not yet answered for."""
        return len(self._jobs)

    @property
    def is_reusable(self) -> bool:
        """True where nothing is left to answer, the process has stayed small and was not closed."""
        return not self._jobs and self._peak <= LARGEST_KEPT and not self._is_closed

    def ask(
        self,
        source: Path | bytes,
        name: str,
        most_seconds: float | None = None,
        member: str | None = None,
        folder: Path | None = None,
    ) -> None:
        """Ask for a file, which must lie in ``folder``, or an archive's member; returns before it is parsed.

        Raises WriteError where bytes cannot be put down.
        """
        if not self._jobs and not self._worker.is_whole:
            self._renew(Ended("closed", ""))
        self._count += 1
        if isinstance(source, bytes):
            path, content, size, refusal = "", source, len(source), None
        else:
            path, content, size, refusal = str(source.absolute()), None, *_looked_at(source)
        if size > self._limits.file:
            refusal = f"has {_megabytes(size)}; {_megabytes(self._limits.file)} is the most. Split it."
        seconds = self._limits.seconds_for(size)
        seconds = seconds if most_seconds is None else min(seconds, most_seconds)
        within = str(folder.absolute()) if folder else None
        job = _Job(Request(self._count, path, name, member, False, seconds, within), content, refusal)
        self._send(job)
        self._jobs.append(job)

    def answer(self) -> Parsed | SourceError:
        """What became of the oldest file asked for.  Raises ReaderError where no process can be started."""
        job = self._jobs[0]
        parsed = job.refusal or self._answer(job.request)
        self._jobs.popleft()
        if isinstance(parsed, str):
            return SourceError(f"{job.request.name}: {parsed}")
        return parsed

    def close(self) -> None:
        """End the process; whoever waits for an answer gets ReaderError."""
        self._is_closed = True
        self._worker.end(Ended("closed", ""))

    def _answer(self, request: Request) -> Parsed | str:
        """The document, or what is wrong with the file."""
        while True:
            is_new = not self._worker.answered
            reply = self._worker.answer(request.number, request.seconds)
            if isinstance(reply, Reply):
                self._peak = reply.peak
                said = _said(reply, request.name)
                if not isinstance(said, Ended):
                    return said
                reply = said
            if self._is_closed or reply.cause in ("start", "closed"):
                raise ReaderError(
                    f"The process that reads documents cannot be started ({reply.words or 'it was ended'}). "
                    f"Try it by hand: {Path(sys.executable).name} -m index clauses FILE"
                )
            is_spoilt = reply.cause in ("crash", "memory") and not is_new
            self._renew(reply, skipped=0 if is_spoilt else 1)
            if not is_spoilt:
                return _told(reply, request, self._limits)

    def _renew(self, why: Ended, skipped: int = 0) -> None:
        self._worker.end(why)
        self._worker, self._peak = Worker(self._limits, self._program), 0
        for job in list(self._jobs)[skipped:]:
            self._send(job)

    def _send(self, job: _Job) -> None:
        if job.refusal is None:
            try:
                self._worker.ask(job.request, job.content)
            except OSError as error:
                raise WriteError(
                    f"{job.request.name} cannot be put down to be read: {error}. Free disk space."
                ) from error


def _looked_at(path: Path) -> tuple[int, str | None]:
    """A file's size in bytes, and why it is not even opened; what is not there is the process's to tell."""
    try:
        seen = path.stat()
    except OSError:
        return 0, None
    if not stat.S_ISREG(seen.st_mode) and not stat.S_ISDIR(seen.st_mode):
        return 0, NO_FILE
    return seen.st_size, None


def _said(reply: Reply, name: str) -> Parsed | str | Ended:
    """What a process said of a file; Ended where it cannot be believed."""
    match reply.outcome:
        case Refused(reason):
            return short_words(reason)
        case Failed(_, words):
            return f"its reader failed ({short_words(words)}). {_SAVE_ANEW}"
        case Done(document, clauses, facts):
            parsed = Parsed(document, clauses, facts)
            fault = fault_of(parsed, name)
            return Ended("garbage", fault) if fault else parsed
        case _:
            return Ended("garbage", "it says that it is ready")


def _told(ended: Ended, request: Request, limits: Limits) -> str:
    """Why a file could not be read by a process that ended over it, and what to do."""
    match ended.cause:
        case "time":
            return f"took longer than the {request.seconds:.3g} s it has to be read. Split it. {_SAVE_ANEW}"
        case "memory":
            most = _megabytes(limits.memory)
            return f"needs more than {most} of memory to be read. Split it. {_SAVE_ANEW}"
        case "crash":
            return f"crashed its reader ({ended.words}). {_SAVE_ANEW}"
        case _:
            return f"made its reader answer what cannot be used ({ended.words}). {_SAVE_ANEW}"


def _megabytes(size: int) -> str:
    """``'0.5 MB'``, ``'2048 MB'``."""
    return f"{round(size / MEGABYTE, 1):g} MB"
