"""Files of questions: one JSON object a line, each line read or refused with its number.

A refused line never hides the others.  Left out: what is asked of the objects beyond an id and a question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import SourceError


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a file: its line number from 1, and the whole object for what else it holds."""

    number: int
    id: str
    question: str
    history: tuple[str, ...]
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be used, and why."""

    number: int
    why: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.why}"


def read_lines(path: Path) -> list[Line | Fault]:
    """Every line of the file but blank ones, in order; UTF-8, with or without a byte order mark.

    Raises SourceError where the file cannot be read or holds no line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}). Name a file of questions.") from error
    lines = list(_lines(data.removeprefix(b"\xef\xbb\xbf")))
    if not lines:
        raise SourceError(f'{path} holds no question. Write {{"id": "1", "question": "…"}}, one a line.')
    return lines


def _lines(data: bytes) -> Iterator[Line | Fault]:
    first: dict[str, int] = {}
    for number, raw in enumerate(data.split(b"\n"), 1):  # not splitlines: U+2028 may stand in a string
        if not raw.strip():
            continue
        try:
            line = _line(number, json.loads(raw.decode("utf-8")))
        except UnicodeDecodeError:
            yield Fault(number, "it is not UTF-8")
        except (json.JSONDecodeError, RecursionError) as error:
            yield Fault(number, f"it is not JSON ({error})")
        except ValueError as error:
            yield Fault(number, str(error))
        else:
            if line.id in first:
                yield Fault(number, f"the id {line.id!r} stands in line {first[line.id]} already")
                continue
            first[line.id] = number
            yield line


def _line(number: int, said: Any) -> Line:
    """The line's object; raises ValueError with what is missing."""
    if not isinstance(said, dict):
        raise ValueError('it is no JSON object; write {"id": "1", "question": "…"}')
    for name in ("id", "question"):
        if not isinstance(said.get(name), str):
            raise ValueError(f'"{name}" is missing or no string')
        if not said[name].strip():
            raise ValueError(f'"{name}" is empty')
    history = said.get("history") or []
    if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
        raise ValueError('"history" is no list of strings (earlier questions, oldest first)')
    if not is_text("".join((said["id"], said["question"], *history))):
        raise ValueError("it holds half a character (a lone surrogate such as \\ud83d)")
    return Line(number, said["id"], said["question"], tuple(history), said)


def is_text(words: str) -> bool:
    """False where the words hold half a character: a lone surrogate, as bytes that are not UTF-8 leave."""
    return not any("\ud800" <= character <= "\udfff" for character in words)
