"""Old Office files (doc, wps, rtf, xls, et) made into docx or xlsx by LibreOffice, or into text by antiword.

Neither is a part of this project: without them such a file is refused with what to do.  LibreOffice keeps
automatic numbers and tables and is asked first; antiword reads only doc and loses both in part.  Each file
has a profile of its own, in which macros, links and active content are switched off.  Left out: reading what
they made.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from index.errors import SourceError

SECONDS: Final = 120
"""For one file.  A start with a fresh profile takes about 3 s, a document of 300 pages about 10 s more."""
COMPUTED, COMPUTED_A_MEGABYTE = 40, 40
"""Seconds of the processor: ten times what a start with a document takes."""
_OUT_OF_TIME: Final = (-signal.SIGXCPU, 128 + signal.SIGXCPU) if sys.platform != "win32" else ()
"""How a program ends then, and a script that started it."""
_OLE: Final = b"\xd0\xcf\x11\xe0"
_INSTALL: Final = "Install LibreOffice (on Debian: apt-get install libreoffice-writer libreoffice-calc)"
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM: Final = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>\n"
)
_SWITCHED_OFF: Final = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "2"),
)
"""Path, name and value of what LibreOffice is told in its profile: run nothing, fetch nothing."""


def convert(data: bytes, name: str) -> bytes:
    """A docx, an xlsx or UTF-8 text made of the file.

    Raises SourceError where the program is not installed, fails, or takes longer than SECONDS.
    """
    target = _target(data, name)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    antiword = shutil.which("antiword")
    with tempfile.TemporaryDirectory(prefix="tiaowen-office-", ignore_cleanup_errors=True) as folder:
        if program:
            return _by_libreoffice(data, name, target, Path(folder), program)
        if antiword and target == "docx" and data.startswith(_OLE):
            return _by_antiword(data, name, Path(folder), antiword)
    also = ", or antiword for doc" if target == "docx" else ""
    raise SourceError(
        f"{name}: reading it needs LibreOffice. {_INSTALL}{also}, or save the file as {target}."
    )


def _target(data: bytes, name: str) -> Literal["docx", "xlsx"]:
    """What becomes of it, by the streams that an OLE container names; rtf and XML of 2003 by their words."""
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise SourceError(f"{name}: is a presentation, which is not read. Save it as PDF.")
    streams = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
    is_word = "WordDocument".encode("utf-16-le") in data
    if not is_word and (any(stream in data for stream in streams) or b'"Excel.Sheet"' in data[:2000]):
        return "xlsx"
    return "docx"


def _by_libreoffice(
    data: bytes, name: str, target: Literal["docx", "xlsx"], folder: Path, program: str
) -> bytes:
    given = folder / ("given.doc" if target == "docx" else "given.xls")
    given.write_bytes(data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _SWITCHED_OFF)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), "utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
    ]
    said = _run(
        [*command, "--convert-to", target, "--outdir", str(folder / "made"), str(given)], folder, name
    )
    made = folder / "made" / f"given.{target}"
    if not made.is_file():
        why = said.decode("utf-8", "replace").strip()[-200:] or "it gave no reason"
        raise SourceError(f"{name}: LibreOffice cannot read it ({why}). Save it as {target}.")
    return made.read_bytes()


def _by_antiword(data: bytes, name: str, folder: Path, program: str) -> bytes:
    given = folder / "given.doc"
    given.write_bytes(data)
    text = _run([program, "-m", "UTF-8.txt", "-w", "0", str(given)], folder, name)
    if not text.strip():
        raise SourceError(f"{name}: antiword finds no text in it. {_INSTALL}, or save it as docx.")
    return text


def _run(command: list[str], folder: Path, name: str) -> bytes:
    """What the program printed; it and what it started are ended once SECONDS are over."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"}
    computed = COMPUTED + COMPUTED_A_MEGABYTE * Path(command[-1]).stat().st_size // (1024 * 1024)
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if "--headless" in command else subprocess.DEVNULL,
        process_group=0,
    ) as process:
        with suppress(ProcessLookupError):  # it has ended
            _bound(process.pid, computed)
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise _too_long(command, name, SECONDS) from None
    if process.returncode in _OUT_OF_TIME:
        raise _too_long(command, name, computed)
    return said


def _bound(process: int, seconds: int) -> None:
    """Let the kernel end a program that computes for too long, and whatever it starts: 65 bytes may ask for
    hours."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - exists on Unix only

        hard = resource.prlimit(process, resource.RLIMIT_CPU)[1]
        least = seconds if hard == resource.RLIM_INFINITY else min(seconds, hard)
        resource.prlimit(process, resource.RLIMIT_CPU, (least, hard))


def _too_long(command: list[str], name: str, seconds: int) -> SourceError:
    program = Path(command[0]).name
    return SourceError(f"{name}: {program} took over {seconds} s. Save the file as docx or xlsx.")
