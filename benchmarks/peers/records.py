"""What passes between the parent and the measured processes, and what is kept: frozen records as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece found: the name of its file, and its words as the system gives them."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Built:
    """A build: ``ready`` on the machine's monotonic clock (seconds), pieces indexed, peak memory (MB)."""

    ready: float
    pieces: int
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions to a persisted index: ``ready`` is when the first was answered; the warm ones' times."""

    ready: float
    milliseconds: list[float]
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Result:
    """One system over one set: seconds, milliseconds, MB, the scorer's figures, and the circumstances.

    ``start_seconds`` has one value a start; ``load`` is the machine's load average before and after.
    """

    pieces: int
    build_seconds: float
    build_peak_mb: float
    start_seconds: list[float]
    milliseconds: list[float]
    ask_peak_mb: float
    quality: dict[str, float | None]
    load: list[float]
    versions: dict[str, str]


def write(record: DataclassInstance, path: Path) -> None:
    """Writes a record; the file appears whole or not at all."""
    half = path.with_suffix(".part")
    half.write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1), encoding="utf-8")
    half.replace(path)


def read(kind: type[Record], path: Path) -> Record:
    """Reads a record that ``write`` wrote."""
    return kind(**json.loads(path.read_text("utf-8")))
