"""What passes between the parent and the process that parses: frames on two pipes, each one JSON value.

A frame is its length, 8 bytes big-endian, and so many bytes of UTF-8.  Never pickle: what comes back was
written beside a file that may be hostile.  Left out: when to send and how long to wait (`worker`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal, TypeVar

from index.parsing.typed import from_json, to_json
from index.records import Parsed

T = TypeVar("T")

_LENGTH: Final = 8
"""Bytes of a frame's length."""


class WireError(ValueError):
    """What came over the pipe is no message: cut off, too long, or no value of the type."""


@dataclass(frozen=True, slots=True)
class Request:
    """One file to parse: where its bytes lie, what the document is to be called, the seconds it may take.

    ``member`` is the file within an archive at ``path``, ``folder`` the one that ``path`` must not lead out
    of, None where it was named by hand.  ``sent`` says that the bytes were handed over (the file only holds
    them) and ``name`` alone says what they are.
    """

    number: int
    path: str
    name: str
    member: str | None
    sent: bool
    seconds: float
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has started and can parse."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read, and why; the file is not named in it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The reader itself failed at the file: for want of memory, or by an error that it did not foresee."""

    cause: Literal["memory", "error"]
    words: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of the request of that number; 0 is the process's word that it is ready.

    ``peak`` is the most memory that the process has had so far, in bytes; 0 where the system does not tell.
    """

    number: int
    peak: int
    outcome: Ready | Parsed | Refused | Failed


def packed(kind: type[T], value: T) -> bytes:
    """A value as one frame's bytes, its length left out.  Raises UnicodeEncodeError for half a character."""
    return json.dumps(to_json(kind, value), ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(kind: type[T], body: bytes) -> T:
    """The value that a frame holds.  Raises WireError where it holds none of the type."""
    try:
        return from_json(kind, json.loads(body))
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, nested too deeply, another type
        raise WireError(f"no {kind.__name__}: {str(error)[:200]}") from error


def write_frame(stream: BinaryIO, body: bytes) -> None:
    """Write one frame and flush.  Raises OSError where nobody reads any longer."""
    stream.write(len(body).to_bytes(_LENGTH, "big"))
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO, most: int) -> bytes | None:
    """The next frame's bytes, None at the end.  Raises WireError where it is cut off or has over ``most``."""
    length = stream.read(_LENGTH)
    if not length:
        return None
    size = int.from_bytes(length, "big")
    if len(length) < _LENGTH or size > most:
        raise WireError(f"a frame of {size} bytes; at most {most} are taken")
    body = stream.read(size)
    if len(body) < size:
        raise WireError(f"a frame of {size} bytes ends after {len(body)}")
    return body
