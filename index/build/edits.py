"""What users have put in place of a document's own metadata, kept beside the generations.

``edits.json`` in the index's folder maps the file of a document to its edited fields, null meaning that the
document does not state the field.  It outlives every build; a removed document takes its edits along.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto
from pathlib import Path
from typing import Final, Literal, cast, get_args

from index.errors import EditError, IndexDamaged, read_json
from index.language.folding import ZERO_WIDTH, single_blanks
from index.records import Document, Field, FieldName
from index.storage.disk import replace_file

EDITS: Final = "edits.json"

EditableField = Literal["title", "region", "issuer", "number", "date"]
EDITABLE: Final[tuple[EditableField, ...]] = get_args(EditableField)

LONGEST: Final[Mapping[EditableField, int]] = {
    "title": 200,
    "region": 30,
    "issuer": 200,
    "number": 60,
    "date": 10,
}
"""Characters of a value: well past what documents print, short of a paragraph put in by mistake."""

_ORDER: Final[tuple[FieldName, ...]] = get_args(FieldName)
_UNSEEN = re.compile(rf"[\x00-\x1f\x7f{ZERO_WIDTH}\u2028-\u202e\u2060-\u2069\ufeff]")
"""What no metadata holds: control characters, zero-width and direction marks (U+200B, U+202E)."""


class TakeBack(Enum):
    """`TAKE_BACK` in place of a value: what was read from the file is to stand again."""

    YES = auto()


TAKE_BACK: Final = TakeBack.YES


@dataclass(frozen=True, slots=True)
class Edit:
    """One field as edited; a ``value`` of None says that the document does not state it."""

    name: EditableField
    value: str | None


@dataclass(frozen=True, slots=True)
class Edits:
    """The edited fields of every document that has any, by its file."""

    by_file: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)

    def of(self, file: str) -> tuple[Edit, ...]:
        """The edits of one document, none where it has none."""
        return self.by_file.get(file, ())

    def without(self, files: Iterable[str]) -> Edits:
        """The edits of all other documents."""
        gone = set(files)
        return Edits({file: edits for file, edits in self.by_file.items() if file not in gone})

    def changed(self, file: str, changes: Mapping[EditableField, str | TakeBack | None]) -> Edits:
        """With these changes of one document; raises EditError for a value that cannot be."""
        if not changes:
            raise EditError(f"Nothing is named that is to be edited. Name one of {', '.join(EDITABLE)}.")
        kept = {edit.name: edit for edit in self.of(file)}
        for name, value in changes.items():
            _known(name)
            if value is TAKE_BACK:
                kept.pop(name, None)
            else:
                kept[name] = Edit(name, None if value is None else checked(name, str(value)))
        ordered = tuple(kept[name] for name in EDITABLE if name in kept)
        others = dict(self.without([file]).by_file)
        return Edits({**others, file: ordered} if ordered else others)


def checked(name: EditableField, value: str) -> str:
    """A value as it is kept, blanks made one; raises EditError where it is none of this field."""
    value = single_blanks(value).strip()
    if not value:
        raise EditError(f"The {name} is empty. Give a value, or say that the document states none.")
    unseen = _UNSEEN.search(value)
    if unseen:
        raise EditError(
            f"The {name} holds an invisible character (U+{ord(unseen.group()):04X}); type it anew."
        )
    if len(value) > LONGEST[name]:
        raise EditError(f"The {name} has {len(value)} characters; at most {LONGEST[name]} are kept.")
    if name == "date" and not _is_day(value):
        raise EditError(f"{value!r} is no date; write it as 2025-01-31.")
    return value


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _known(name: str) -> None:
    if name not in EDITABLE:
        raise EditError(f"{name!r} cannot be edited; {', '.join(EDITABLE)} can.")


def apply(fields: tuple[Field, ...], edits: tuple[Edit, ...]) -> tuple[Field, ...]:
    """The fields with those edited in place of those read; an edited one has no offsets."""
    edited = {edit.name for edit in edits}
    kept = [one for one in fields if one.name not in edited]
    kept += [Field(edit.name, edit.value, None, None, True) for edit in edits if edit.value is not None]
    return tuple(sorted(kept, key=lambda one: _ORDER.index(one.name)))


def edited_again(document: Document, edits: Edits) -> Document:
    """A document of the index as its edits now say; what is not edited is read from its text again."""
    from index.metadata.describe import describe  # noqa: PLC0415 - its word lists are not needed to read edits

    read = describe(document.text, document.file).fields
    return replace(document, fields=apply(read, edits.of(document.file)))


def read_edits(out: Path) -> Edits:
    """The edits of the index at ``out``; raises IndexDamaged, naming the file, where it makes no sense."""
    path = out / EDITS
    try:
        said = read_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Edits()
    except (ValueError, OSError) as error:
        raise _damaged(path, str(error)) from error
    try:
        return Edits({str(file): _edits(values) for file, values in said.items()})
    except (AttributeError, TypeError, EditError) as error:
        raise _damaged(path, str(error)) from error


def _edits(values: Mapping[str, str | None]) -> tuple[Edit, ...]:
    for name in values:
        _known(name)
    named = cast("Mapping[EditableField, str | None]", values)
    return tuple(Edit(name, None if value is None else checked(name, value)) for name, value in named.items())


def _damaged(path: Path, reason: str) -> IndexDamaged:
    return IndexDamaged(
        f"{path} cannot be read ({reason}). Mend it, or delete it, which takes every edit of metadata back, "
        "and build the index again."
    )


def write_edits(out: Path, edits: Edits) -> None:
    """Keep the edits, atomically.  Only under the lock; raises OSError where it cannot be written."""
    said = {file: {edit.name: edit.value for edit in one} for file, one in sorted(edits.by_file.items())}
    replace_file(out / EDITS, json.dumps(said, ensure_ascii=False, indent=1))
