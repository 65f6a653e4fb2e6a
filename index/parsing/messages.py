"""What passes between the parent and the process that parses: frames on two pipes, each one JSON value.

A frame is its length, 8 bytes big-endian, and so many bytes of UTF-8.  Never pickle: what comes back was
written beside a file that may be hostile, so pydantic checks it against the types, strictly and field by
field.  Where several dataclasses may stand, the key ``kind`` says which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import GenericAlias
from typing import Annotated, Any, BinaryIO, Final, Literal, TypeVar, cast

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    SerializerFunctionWrapHandler,
    Tag,
    TypeAdapter,
    ValidationError,
    WrapSerializer,
)

from index.errors import read_json
from index.records import Agency, Clause, Deadline, Document, Money, Target

T = TypeVar("T")

_LENGTH: Final = 8
"""Bytes of a frame's length."""
_STRICT: Final = ConfigDict(strict=True, extra="forbid", ser_json_inf_nan="constants")
_WIDEST: Final = 2**63
"""Whole numbers beyond ±2⁶³ fit into no column of the index."""
_LONG_NUMBER: Final = re.compile(rb"[0-9]{19}")
"""Without so many digits in a row (9223372036854775808) no number is too wide; a text may hold them too."""


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

    kind: Literal["ready"] = "ready"


def _kind_of(value: Any) -> Any:
    """Which fact it is: of an object that json read its ``kind``, of a value its class's name."""
    return value.get("kind") if isinstance(value, dict) else type(value).__name__


def _without_kind(said: Any) -> Any:
    return {name: one for name, one in said.items() if name != "kind"} if isinstance(said, dict) else said


def _with_kind(value: Any, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
    return {"kind": type(value).__name__, **write(value)}


_READ, _WRITTEN = BeforeValidator(_without_kind), WrapSerializer(_with_kind)

SentFact = Annotated[
    Annotated[Agency, _READ, _WRITTEN, Tag("Agency")]
    | Annotated[Deadline, _READ, _WRITTEN, Tag("Deadline")]
    | Annotated[Target, _READ, _WRITTEN, Tag("Target")]
    | Annotated[Money, _READ, _WRITTEN, Tag("Money")],
    Discriminator(_kind_of),
]
"""A fact of `index.records` as it is sent: with its ``kind``."""


@dataclass(frozen=True, slots=True)
class Done:
    """The file's document, clauses and facts, as `index.records.Parsed` has them."""

    document: Document
    clauses: tuple[Clause, ...]
    facts: tuple[tuple[SentFact, ...], ...]
    kind: Literal["done"] = "done"


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read, and why; the file is not named in it."""

    reason: str
    kind: Literal["refused"] = "refused"


@dataclass(frozen=True, slots=True)
class Failed:
    """The reader itself failed at the file: for want of memory, or by an error that it did not foresee."""

    cause: Literal["memory", "error"]
    words: str
    kind: Literal["failed"] = "failed"


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of the request of that number; 0 is the process's word that it is ready.

    ``peak`` is the most memory that the process has had so far, in bytes; 0 where the system does not tell.
    """

    number: int
    peak: int
    outcome: Annotated[Ready | Done | Refused | Failed, Discriminator("kind")]


@cache
def _adapter(kind: Any) -> TypeAdapter[tuple[Any]]:
    """What checks and writes a message: in a tuple of one, whose strictness reaches all that is in it."""
    of_one = cast("type[tuple[Any]]", GenericAlias(tuple, (kind,)))
    return TypeAdapter(of_one, config=_STRICT)


def packed(kind: type[T], value: T) -> bytes:
    """A value as one frame's bytes, its length left out.  Raises ValueError for half a character."""
    return _adapter(cast("Any", kind)).dump_json((value,))


def unpacked(kind: type[T], body: bytes) -> T:
    """The value that a frame holds.  Raises WireError where it holds none of the type."""
    try:
        if _LONG_NUMBER.search(body):
            read_json(body, parse_int=_narrow)
        (value,) = _adapter(cast("Any", kind)).validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"][1:]))
        raise WireError(f"no {kind.__name__}: {place} {first['msg']:.200}") from error
    except ValueError as error:  # no UTF-8, a number too wide, nested too deeply
        raise WireError(f"no {kind.__name__}: {str(error)[:200]}") from error
    return value  # type: ignore[no-any-return] # the adapter of that kind


def _narrow(digits: str) -> int:
    number = int(digits)
    if not -_WIDEST <= number < _WIDEST:
        raise ValueError(f"a whole number of {len(digits)} digits")
    return number


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
