"""What a generation says about itself, as values and as the text of its ``manifest.json``.

The text carries its own checksum, so that a changed byte is seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from index.encoders.model import Model
from index.errors import read_json
from index.storage.disk import FileSum

FORMAT: Final = 4
"""Version of the layout on disk; an index of another version is refused."""


class OtherFormat(ValueError):  # noqa: N818 - what it is, and no index is damaged by it
    """A manifest of another version of the layout; says which."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a generation holds."""

    documents: int
    clauses: int
    facts: int
    windows: int


@dataclass(frozen=True, slots=True)
class Part:
    """A folder of a generation that holds some of its documents, and how much of what."""

    name: str
    documents: int
    clauses: int
    facts: int
    windows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says about itself.

    ``next_key`` is the first clause key never handed out; ``root`` the folder that documents are named from;
    ``parts`` hold ascending clause keys in this order; ``files`` the sums of its own files, ``sources`` the
    SHA-256 of every source document, both by name; ``added`` when each document was taken in as it is
    (ISO 8601), ``rules`` the version of the rules that parsed each (`index.parsing.rules`; an index made
    before they were noted has none), ``outside`` the documents that were added from elsewhere than ``root``.
    """

    format: int
    number: int
    made: str
    model: Model
    counts: Counts
    next_key: int
    root: str
    parts: tuple[Part, ...]
    files: dict[str, FileSum]
    sources: dict[str, str]
    added: dict[str, str] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    outside: tuple[str, ...] = ()


def counts_of(parts: Sequence[Part]) -> Counts:
    """What parts hold together."""
    return Counts(
        documents=sum(part.documents for part in parts),
        clauses=sum(part.clauses for part in parts),
        facts=sum(part.facts for part in parts),
        windows=sum(part.windows for part in parts),
    )


def text_of(manifest: Manifest) -> str:
    """The manifest as it is written, with the checksum of all the rest as ``sum``."""
    said = json.loads(json.dumps(asdict(manifest)))
    return json.dumps({**said, "sum": _sum_of(said)}, ensure_ascii=False, indent=1)


def manifest_of(text: str) -> Manifest:
    """The manifest that was written as this text.

    Raises OtherFormat, and ValueError, KeyError, TypeError or AttributeError where it is none or has changed.
    """
    said = read_json(text)
    if said["format"] != FORMAT:
        raise OtherFormat(said["format"])
    if said.pop("sum") != _sum_of(said):
        raise ValueError("it has changed since it was written")
    files = {name: FileSum(**sums) for name, sums in said.pop("files").items()}
    model, counts = Model(**said.pop("model")), Counts(**said.pop("counts"))
    parts = tuple(Part(**part) for part in said.pop("parts"))
    outside = tuple(said.pop("outside"))
    return Manifest(**said, outside=outside, files=files, model=model, counts=counts, parts=parts)


def _sum_of(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
