"""Run every command and Python example of docs/api.md and programs.md again and put what it prints there.

    python tools/refresh_docs.py [--check]

A block fenced as ``console`` holds commands after ``$ ``, one as ``pycon`` statements after ``>>> ``; what
follows them is their output.  They run in their order, each page in an empty folder with the project's
documents.  ``--check`` changes nothing and exits with 1 where a page is not what it would be (times and sizes
apart).
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
PAGES = (ROOT / "docs" / "api.md", ROOT / "docs" / "programs.md")
sys.path.insert(0, str(ROOT))

_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.M | re.S)
"""A fenced block: ```console, its lines, ```."""
_CHANGING = re.compile(r"\d+\.\d s\b|\d{4}-\d\d-\d\dT\S+|bytes +\d+")
"""What is another every time: 15.8 s, 2026-01-31T09:30:00+08:00, bytes 1306211."""


def main() -> int:
    """Refresh or check the pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    return max([visit(page, check=options.check) for page in PAGES])


def visit(page: Path, *, check: bool) -> int:
    """Refresh one page, or tell whether it is what it would be; the exit code."""
    before = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        shutil.copytree(ROOT / "documents", "documents")
        for name in ("tests", "examples"):
            (Path(folder) / name).symlink_to(ROOT / name)
        after = refreshed(before)
    if check:
        same = _CHANGING.sub("", before) == _CHANGING.sub("", after)
        out = f"docs/{page.name} is out of date. Run: python tools/refresh_docs.py"
        print(f"docs/{page.name} is as it would be" if same else out)
        return 0 if same else 1
    page.write_text(after, encoding="utf-8")
    return 0


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
    """Every line after the prompt, each followed by what it prints now."""
    typed = [line.removeprefix(prompt) for line in lines.splitlines() if line.startswith(prompt)]
    return "".join(f"{prompt}{line}\n{work(line)}" for line in typed)


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
        interpreter.runsource(statement)
    return said.getvalue()


if __name__ == "__main__":
    sys.exit(main())
