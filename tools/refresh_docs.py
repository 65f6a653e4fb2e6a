"""Run every command and Python example of the pages in PAGES again and put what it prints in its place.

    python tools/refresh_docs.py [--check]

A block fenced as ``console`` holds commands after ``$ ``, one as ``pycon`` statements after ``>>> ``; what
follows them is their output.  They run in their order in a folder with the project's documents.
``--check`` changes nothing and exits with 1 where a page is not what it would be (see `lasting`).
Left out: the other pages, whose commands tests/docs/test_docs_commands.py runs.
"""

from __future__ import annotations

import argparse
import code
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = {"docs/api.md": False, "docs/how-it-works.md": True, "docs/programs.md": False}
"""The pages, and whether an index of the five documents is there before their first command."""
sys.path.insert(0, str(ROOT))

_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.M | re.S)
"""A fenced block: ```console, its lines, ```."""
_CHANGING = re.compile(r"\d+\.\d s\b|\d{4}-\d\d-\d\dT\S+|bytes +\d+|backup-[\d-]+\.zip +\d+ bytes")
"""What is another every time: 15.8 s, 2026-01-31T09:30:00+08:00, bytes 1306211, a backup's name and size."""
_BY_PROCESSOR = re.compile(r"\b(?:score|words|cosine) \d+\.\d+|\b\d\.\d{3,}\b")
"""What another processor computes a little differently: score 9.88, cosine 0.888, 0.6747."""


def main() -> int:
    """Refresh or check the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    stale = [page for page in PAGES if not _is_fresh(page, write=not options.check)]
    if options.check:
        for page in stale:
            print(f"{page} is out of date. Run: python tools/refresh_docs.py")
        return 1 if stale else 0
    return 0


def _is_fresh(page: str, *, write: bool) -> bool:
    before = (ROOT / page).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        furnish(Path(folder))
        if PAGES[page]:
            in_shell("python -m index build documents")
        after = refreshed(before)
    if write:
        (ROOT / page).write_text(after, encoding="utf-8")
    return lasting(before) == lasting(after)


def furnish(folder: Path) -> None:
    """What commands find in the folder that they are run in: the documents, and the project's other files."""
    shutil.copytree(ROOT / "documents", folder / "documents")
    for path in (ROOT / "app.py", *ROOT.glob("*/")):
        if not path.name.startswith((".", "store", "documents", "build")):
            (folder / path.name).symlink_to(path)


def lasting(page: str) -> str:
    """The page without what differs from run to run or from one processor to another."""
    return _BY_PROCESSOR.sub("", _CHANGING.sub("", page))


def refreshed(page: str) -> str:
    """The page with the output of every block as it is now."""
    interpreter = code.InteractiveInterpreter()

    def typed(statement: str) -> str:
        return in_python(statement, interpreter)

    def block(found: re.Match[str]) -> str:
        kind, lines = found[1], found[2]
        work, prompt = (in_shell, "$ ") if kind == "console" else (typed, ">>> ")
        return f"```{kind}\n{rerun(lines, prompt, work)}```"

    return _BLOCK.sub(block, page)


def rerun(lines: str, prompt: str, work: Callable[[str], str]) -> str:
    """Every line after the prompt (with those after ``... ``), each followed by what it prints now."""
    typed: list[str] = []
    is_open = False
    for line in lines.splitlines():
        if is_open and line.startswith("..."):
            typed[-1] += f"\n{line}"
        elif line.startswith(prompt):
            typed.append(line)
        is_open = line.startswith((prompt, "..."))
    return "".join(f"{one}\n{work(_bare(one, prompt))}" for one in typed)


def _bare(typed: str, prompt: str) -> str:
    """What was typed, without what the terminal printed before it."""
    first, *more = typed.split("\n")
    return "\n".join((first.removeprefix(prompt), *(line[4:] for line in more)))


def in_shell(command: str) -> str:
    """What a command prints, errors among it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "110"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def in_python(statement: str, interpreter: code.InteractiveInterpreter) -> str:
    """What an interactive statement prints."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        # A compound statement is complete once an empty line follows it.
        interpreter.runsource(f"{statement}\n" if "\n" in statement else statement)
    return said.getvalue()


if __name__ == "__main__":
    sys.exit(main())
