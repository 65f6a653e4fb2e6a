"""How much of time, memory and room one file may take, and how a process holds itself to it.

Time is the parent's to keep (`worker`), with an alarm in the process as its second.  Memory, files written
and the network are bounded by the process itself, before it imports a reader: on Linux all of them; on macOS
only the files, since its kernel ignores the limit on memory; on Windows nothing but time and file size is.
"""

from __future__ import annotations

import ctypes
import math
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds of wall clock, bytes of everything else.

    seconds, seconds_a_megabyte, most_seconds: text takes 2 s a megabyte on the 2-core machine.  A scan takes
    2 s a page to recognise there, 9 where others compute, and a page has 50 kB and more: 120 s a megabyte,
    an hour at most.  The first 60 s are for a small file on a busy machine.
    memory: of the process and of each program that it starts.  Recognising an A4 scan takes 0.8 GB, and fails
    at 0.7; an office PC has 8.
    file: a scan of 500 pages has 50 MB, an atlas 200.
    reply: the document and its clauses in JSON; of the Civil Code, the longest law in force, 1.2 MB.
    written: temporary files, as LibreOffice's on the way from .doc to text.
    """

    seconds: float = 60.0
    seconds_a_megabyte: float = 120.0
    most_seconds: float = 3600.0
    memory: int = 2048 * MEGABYTE
    file: int = 256 * MEGABYTE
    reply: int = 64 * MEGABYTE
    written: int = 256 * MEGABYTE

    def seconds_for(self, size: int) -> float:
        """The seconds that a file of so many bytes may take."""
        return min(self.seconds + self.seconds_a_megabyte * size / MEGABYTE, self.most_seconds)


_PR_SET_PDEATHSIG: Final = 1
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def confine(limits: Limits, parent: int) -> None:
    """Hold this process to the limits from now on, and let it die with the process ``parent``.

    What the system does not offer is left out.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - exists on Unix only

    # RLIMIT_DATA and not RLIMIT_AS: numpy and onnxruntime map 1.5 GB for 0.7 GB that they use.
    for name, most in (("CORE", 0), ("DATA", limits.memory), ("FSIZE", limits.written)):
        kind = getattr(resource, f"RLIMIT_{name}")
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if sys.platform == "linux":
        _without_network()
        _die_with(parent)


def begin_time(seconds: float) -> None:
    """Let the kernel end this process after so many seconds, whatever it does then; 0 takes that back.

    A second to the parent, which may have been killed.  Programs that a reader starts inherit the limit on
    processor time: the same seconds on every core.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - exists on Unix only

    signal.setitimer(signal.ITIMER_REAL, seconds)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    worked = time.process_time() + seconds * (os.cpu_count() or 1)
    if seconds and hard == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(worked), hard))


def peak_memory() -> int:
    """The most memory that this process has had so far, in bytes; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    if sys.platform == "linux":  # where ru_maxrss begins with what the parent had
        status = Path("/proc/self/status").read_text("ascii", "replace")
        most = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
        return int(most.split()[1]) * 1024
    import resource  # noqa: PLC0415 - exists on Unix only

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _without_network() -> None:
    """Leave the network, where the kernel lets an ordinary user do so (most do; some containers do not)."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) == 0:  # root may at once
        return
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        own = Path("/proc/self")
        with suppress(OSError):  # without a name of its own it is nobody, and its own files are still its own
            (own / "setgroups").write_text("deny")
            (own / "uid_map").write_text(f"{user} {user} 1")
            (own / "gid_map").write_text(f"{group} {group} 1")


def _die_with(parent: int) -> None:
    """Let the kernel kill this process when the thread that started it ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:  # it ended before the line above
        sys.exit(0)
