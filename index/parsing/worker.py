"""One process that parses: started, asked, waited for so long and no longer, ended with all that it started.

A thread of its own starts it, takes in what it writes and sees it end.  The thread lives as long as the
process, since on Linux a process that is to die with its parent dies with the very thread that started it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, BinaryIO, Final, Literal, cast

from index.errors import short_words
from index.parsing.limits import MEGABYTE, Limits
from index.parsing.messages import (
    Failed,
    Ready,
    Reply,
    Request,
    WireError,
    packed,
    read_frame,
    unpacked,
    write_frame,
)

CHILD: Final = "from index.parsing.process import main; main(sys.argv[1:])"
"""What Python runs in the process, its arguments the limits and the parent's process id."""
START_SECONDS: Final = 60.0
"""Until the process is ready: half a second of imports, 20 on a cold disk with a virus scanner."""
EXIT_SECONDS: Final = 2.0
"""From the end of what it writes to its own end, which tells why: a crash takes milliseconds."""
_GLANCE: Final = 0.5
"""Seconds of one wait: on Windows, Ctrl-C is only seen between two."""
_KEPT_VARIABLES: Final = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
    "WINDIR",
    "PATHEXT",
)
"""What a reader and LibreOffice need of the environment; no token, no proxy."""

Cause = Literal["start", "time", "memory", "crash", "garbage", "closed"]


@dataclass(frozen=True, slots=True)
class Ended:
    """The process is no more, and why; ``words`` is what was seen, as ``signal 11, SIGSEGV``."""

    cause: Cause
    words: str


class Worker:
    """A process that parses one file at a time; not safe between threads."""

    def __init__(self, limits: Limits, program: str = CHILD) -> None:
        """Begin to start it; whether that went well is known from the first answer."""
        self.answered = 0
        self._limits = limits
        self._program = program
        self._cause: Ended | None = None
        self._heard: SimpleQueue[Reply | Ended] = SimpleQueue()
        self._process: Future[subprocess.Popen[bytes]] = Future()
        self._folder = tempfile.TemporaryDirectory(prefix="tiaowen-parse-", ignore_cleanup_errors=True)
        self._is_ready = False
        self._thread = Thread(target=self._live, name="parser", daemon=True)
        self._thread.start()

    @property
    def is_whole(self) -> bool:
        """True while it lives and has its folder, which a cleaner of temporary files may take from it."""
        return self._thread.is_alive() and Path(self._folder.name).is_dir()

    def ask(self, request: Request, content: bytes | None = None) -> None:
        """Send a request, and its file's ``content`` where the request names no file.

        Never waits for the process; where it is no more, the answer says so.  Raises OSError where the
        content cannot be written.
        """
        if content is not None:
            path = Path(self._folder.name, f"sent-{request.number}")
            with suppress(FileNotFoundError):  # its folder went with it; it finds nothing there and says so
                path.write_bytes(content)
            request = Request(request.number, str(path), request.name, None, True, request.seconds)
        with suppress(OSError):  # it is no more; the thread has seen why
            write_frame(cast("BinaryIO", self._process.result().stdin), packed(Request, request))

    def answer(self, number: int, seconds: float) -> Reply | Ended:
        """The reply to the oldest request not yet answered, or how the process ended instead of one."""
        if not self._is_ready:
            first = self._next(0, START_SECONDS)
            if isinstance(first, Ended):
                return Ended(
                    "start",
                    f"not ready within {START_SECONDS:.0f} s" if first.cause == "time" else first.words,
                )
            self._is_ready = True
        reply = self._next(number, seconds)
        if isinstance(reply, Reply) and isinstance(reply.outcome, Failed) and reply.outcome.cause == "memory":
            return self.end(Ended("memory", reply.outcome.words))
        self.answered += 1
        return reply

    def end(self, why: Ended) -> Ended:
        """Kill the process with all that it started, and clear up after it."""
        self._cause = self._cause or why
        with suppress(OSError):
            _kill(self._process.result())
        self._thread.join()
        return self._cause

    def _next(self, number: int, seconds: float) -> Reply | Ended:
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            try:
                heard = self._heard.get(timeout=max(0.0, min(left, _GLANCE)))
            except Empty:
                if left <= 0:
                    return self.end(Ended("time", f"{seconds:.0f} s"))
                continue
            if isinstance(heard, Ended):
                return heard
            if heard.number != number or isinstance(heard.outcome, Ready) != (number == 0):
                return self.end(Ended("garbage", f"an answer to request {heard.number}, not {number}"))
            return heard

    def _live(self) -> None:
        """The thread: start the process, hand on what it says, say how it ended."""
        with self._folder as folder, tempfile.TemporaryFile() as said:
            try:
                process = self._started(folder, said)
            except OSError as error:
                self._process.set_exception(error)
                self._heard.put(Ended("start", str(error)))
                return
            self._process.set_result(process)
            garbage = self._listen(cast("BinaryIO", process.stdout))
            with suppress(subprocess.TimeoutExpired):
                process.wait(0 if garbage else EXIT_SECONDS)
            _kill(process)
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what was not sent is not wanted any longer
                    cast("BinaryIO", pipe).close()
            code = process.wait()
            self._heard.put(self._cause or garbage or _ended(code, _last_words(said)))

    def _listen(self, replies: BinaryIO) -> Ended | None:
        """Hand on replies until the process ends; what was wrong where it said what is none."""
        try:
            while (body := read_frame(replies, self._limits.reply + MEGABYTE)) is not None:
                self._heard.put(unpacked(Reply, body))
        except (WireError, OSError) as error:
            return Ended("garbage", str(error))
        return None

    def _started(self, folder: str, said: IO[bytes]) -> subprocess.Popen[bytes]:
        bytecode = ["-B"] if sys.dont_write_bytecode else []
        code = f"import sys; sys.path[:] = {_module_path()}; {self._program}"
        arguments = [packed(Limits, self._limits).decode(), str(os.getpid())]
        return subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", *bytecode, "-c", code, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,  # Ctrl-C is the parent's to hear, and a kill reaches all that it started
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


def _environment(folder: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), folder)
    return {**kept, **homes, "HF_HUB_OFFLINE": "1"}


def _module_path() -> list[str]:
    """Where this very program finds its modules, the folder of this package first."""
    own = str(Path(__file__).resolve().parents[2])
    return list(dict.fromkeys([own, *(str(Path(one).absolute()) for one in sys.path)]))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and all of its session, which may hold what it started even where it has ended."""
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for other in _in_session(process.pid):  # in groups of their own, as programs under a time limit are
        with suppress(ProcessLookupError):
            os.kill(other, signal.SIGKILL)


def _in_session(session: int) -> Iterator[int]:
    """The processes of a session, as Linux lists them; none elsewhere.

    ``/proc/4711/stat`` reads ``4711 (soffice.bin) S 1 4711 4700 …``: state, parent, group, session.
    """
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended meanwhile
            if int(stat.read_text(errors="replace").rpartition(")")[2].split()[3]) == session:
                yield int(stat.parent.name)


def _ended(code: int, last_words: str) -> Ended:
    """Why a process ended that nobody ended: ``code`` is -11 after signal 11."""
    if code >= 0:
        return Ended("crash", f"exit code {code}{': ' if last_words else ''}{last_words}")
    name = signal.Signals(-code).name if -code in set(signal.Signals) else "unknown"
    if name in ("SIGALRM", "SIGXCPU"):
        return Ended("time", f"signal {-code}, {name}")
    if name == "SIGKILL" or "bad_alloc" in last_words or "MemoryError" in last_words:
        return Ended("memory", f"signal {-code}, {name}")
    return Ended("crash", f"signal {-code}, {name}")


def _last_words(said: IO[bytes]) -> str:
    """The last line that the process wrote to stderr."""
    said.seek(0)
    lines = said.read(MEGABYTE).decode(errors="replace").strip().splitlines()
    return short_words(lines[-1]) if lines else ""
