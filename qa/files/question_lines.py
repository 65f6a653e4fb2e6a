"""Files of questions: one JSON object a line, each line read or refused with its number.

A refused line never hides the others.  Left out: what is asked of the objects beyond an id and a question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import SourceError, read_json


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a file: its line number from 1, and the whole object for what else it holds.

    ``wording`` counts from 0 where the line has several, each a question of its own; else it is None.
    """

    number: int
    id: str
    question: str
    history: tuple[str, ...]
    said: dict[str, Any]
    wording: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be used, and why."""

    number: int
    why: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.why}"


def read_lines(path: Path, *, variants: bool = False) -> list[Line | Fault]:
    """Every line of the file but blank ones, in order; UTF-8, with or without a byte order mark.

    With ``variants`` a line may hold that list of wordings instead of a question, and gives as many, with
    the ids ``ID#0``, ``ID#1``, …  Raises SourceError where the file cannot be read or holds no line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}). Name a file of questions.") from error
    lines = list(_lines(data.removeprefix(b"\xef\xbb\xbf"), variants))
    if not lines:
        raise SourceError(f'{path} holds no question. Write {{"id": "1", "question": "…"}}, one a line.')
    return lines


def _lines(data: bytes, variants: bool) -> Iterator[Line | Fault]:
    first: dict[str, int] = {}
    for number, raw in enumerate(data.split(b"\n"), 1):  # not splitlines: U+2028 may stand in a string
        if not raw.strip():
            continue
        try:
            said = read_json(raw.decode("utf-8"))
            has_wordings = variants and isinstance(said, dict) and "variants" in said
            found = _wordings(number, said) if has_wordings else [_line(number, said)]
        except UnicodeDecodeError:
            yield Fault(number, "it is not UTF-8")
        except json.JSONDecodeError as error:
            yield Fault(number, f"it is not JSON ({error})")
        except ValueError as error:
            yield Fault(number, str(error))
        else:
            again = next((line.id for line in found if line.id in first), None)
            if again is not None:
                yield Fault(number, f"the id {again!r} stands in line {first[again]} already")
                continue
            first |= {line.id: number for line in found}
            yield from found


def _wordings(number: int, said: dict[str, Any]) -> list[Line]:
    """A question a wording; raises ValueError with what is missing."""
    texts = said["variants"]
    if not isinstance(texts, list) or not texts:
        raise ValueError('"variants" is no list of wordings')
    if not isinstance(said.get("id"), str) or not said["id"].strip():
        raise ValueError('"id" is missing, empty or no string')
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError('"variants" holds a wording that is empty or no string')
    return [
        _line(number, {**said, "id": f"{said['id']}#{k}", "question": text}, k)
        for k, text in enumerate(texts)
    ]


def _line(number: int, said: Any, wording: int | None = None) -> Line:
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
    return Line(number, said["id"], said["question"], tuple(history), said, wording)


def is_text(words: str) -> bool:
    """False where the words hold half a character: a lone surrogate, as bytes that are not UTF-8 leave."""
    return not any("\ud800" <= character <= "\udfff" for character in words)
