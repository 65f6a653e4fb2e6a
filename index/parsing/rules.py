"""The version of the rules by which files are parsed: a checksum of the source that does it.

Nobody has to remember to raise it: whatever is changed in what reads, cleans, describes, cuts and finds gives
another version.  Comments, docstrings, blank lines and line ends count for nothing, so that the version is
one on every machine and a better comment parses no document again.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

FOLDERS: Final = ("language", "reading", "metadata", "clauses", "facts")
FILES: Final = ("parsing/parse.py", "records.py")
"""What of `index` makes a file's clauses and facts; the process around it does not change them."""

_DIGITS: Final = 16
"""Hexadecimal digits of a version; 64 bits tell any two apart."""

_PIECE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''  # """A docstring."""
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''  # "a # in a string"
    r"|#[^\n]*|[(\[{]|[)\]}]",  # # a comment
    re.DOTALL,
)
"""What tells a comment from a # in a string, and a docstring from a string that is a value."""


def rules_version() -> str:
    """The version of the rules that this program parses by, in 16 hexadecimal digits; computed once."""
    return version_of(Path(__file__).resolve().parents[1])


@cache
def version_of(package: Path) -> str:
    """The version of the rules in a folder such as ``index``; raises OSError where it cannot be read."""
    digest = hashlib.sha256()
    for name, file in sorted((one.relative_to(package).as_posix(), one) for one in _files(package)):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        if file.suffix == ".py":
            content = code_of(content.decode()).encode()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:_DIGITS]


def _files(package: Path) -> list[Path]:
    """The modules and their data, without what Python, editors and file managers leave beside them."""
    found = [one for folder in FOLDERS for one in (package / folder).rglob("*") if one.is_file()]
    kept = [one for one in found if not one.name.startswith(".") and "__pycache__" not in one.parts]
    return [*kept, *(package / file for file in FILES)]


def code_of(source: str) -> str:
    """A module's source without comments, docstrings and blank lines."""
    kept, done, depth = [], 0, 0
    for piece in _PIECE.finditer(source):
        first = piece[0][0]
        if first in "([{":
            depth += 1
        elif first in ")]}":
            depth -= 1
        elif first == "#" or (depth == 0 and _is_statement(source, piece.start(), piece.end())):
            kept.append(source[done : piece.start()])
            done = piece.end()
    rest = "".join([*kept, source[done:]])
    return "\n".join(line for one in rest.split("\n") if (line := one.rstrip()))


def _is_statement(source: str, start: int, end: int) -> bool:
    """Whether a string outside brackets is all that its lines hold, and does not go on after a backslash."""
    before = source[source.rfind("\n", 0, start) + 1 : start]
    after = source[end : end + 1]
    return (
        not before.strip() and after in ("", "\n") and source[: start - len(before)].rstrip("\n")[-1:] != "\\"
    )
