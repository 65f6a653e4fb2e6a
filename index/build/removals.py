"""Documents taken out of an index, and put back again as long as that can be.

Taking an uploaded document out moves its file into ``.removed/`` of the folder it lay in; a file that was put
there by hand stays where it is.  ``.removed.json`` notes both with what had been edited, so that one that is
put back is as it was.  What was taken out longer ago than `KEPT_DAYS`, or is forgotten by hand, is deleted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from index.build.build import Changes, add, remove, resolve
from index.build.change import BuildReport, Progress
from index.build.edits import EDITABLE, read_edits
from index.build.uploads import Upload, note_sent, own, sent, take_in, was_uploaded
from index.errors import SourceError, WriteError, read_json
from index.reading.inside import is_inside
from index.storage import generation
from index.storage.disk import replace_file
from index.storage.journal import now

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder

NOTES: Final = ".removed.json"
REMOVED: Final = ".removed"
KEPT_DAYS: Final = 30
"""Days for which a removal can be undone: a mistake is noticed by the next month's work."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A document taken out: its file's name, its title, when and by whom.

    ``held`` is the name under which its file lies in ``.removed``, empty for one that stayed in its folder;
    ``sender`` sent it.  ``edits`` are the fields that had been edited.
    """

    file: str
    title: str
    at: str
    by: str = ""
    held: str = ""
    sender: str = ""
    edits: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What a removal did; ``moved`` says whether the file was moved out of the documents folder too."""

    report: BuildReport
    moved: bool


def take_out(
    name: str, documents: Path, out: Path, progress: Progress | None = None, *, title: str = "", by: str = ""
) -> TakenOut:
    """Take a document out of the index, and its file out of the folder where it was uploaded into it.

    Raises what `index.build.build.remove` raises, and WriteError where the file cannot be moved.
    """
    manifest = generation.read_manifest(out, generation.current_number(out))
    file = resolve(name, manifest.sources)
    uploaded, edits = was_uploaded(file, documents), read_edits(out).of(file)
    before = removed(documents)
    report = remove([file], out, progress)
    held = f"{uuid4().hex}{Path(file).suffix}" if uploaded else ""
    notes = sent(documents)
    sender = notes[file].by if uploaded else ""
    kept = Removed(file, title or file, now(), by, held, sender, {edit.name: edit.value for edit in edits})
    try:
        documents.mkdir(parents=True, exist_ok=True)
        if uploaded:
            folder = own(documents, REMOVED)
            folder.mkdir(exist_ok=True)
            os.replace(documents / file, folder / held)  # noqa: PTH105 - the name says what matters
            note_sent(documents, {other: note for other, note in notes.items() if other != file})
        _write(documents, [*before, kept])
    except OSError as error:
        raise WriteError(
            f"{file} is out of the index, but its file in {documents} cannot be moved: {error}. Delete it "
            "by hand, or a rebuild takes it in again."
        ) from error
    return TakenOut(report, uploaded)


def put_back(
    file: str,
    documents: Path,
    out: Path,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> BuildReport:
    """Take a document in again that was taken out last under that name, with its edits.

    Raises SourceError where it was not, or its file is gone; what `index.build.uploads.take_in` raises.
    """
    known = removed(documents)
    one = next((one for one in reversed(known) if one.file == file), None)
    if one is None:
        raise SourceError(f"No document {file!r} was taken out in the last {KEPT_DAYS} days.")
    edits: Changes = {name: one.edits[name] for name in EDITABLE if name in one.edits}
    changes = {file: edits} if edits else None
    if one.held:
        upload = Upload(file, own(documents, REMOVED) / one.held)
        report = take_in([upload], documents, out, progress, encoder, by=one.sender, changes=changes)
    else:
        root = Path(generation.read_manifest(out, generation.current_number(out)).root)
        if not (root / file).is_file() or not is_inside(root / file, root):
            raise SourceError(f"{file} is no longer in {root}. Send it again.")
        report = add([root / file], out, progress, encoder, changes)
    _forget(documents, [other for other in known if other is not one], known)
    return report


def forget(file: str, documents: Path) -> None:
    """Delete what is kept of a document that was taken out; raises WriteError."""
    known = removed(documents)
    _forget(documents, [one for one in known if one.file != file], known)


def removed(documents: Path) -> list[Removed]:
    """What was taken out and can be put back, oldest first; raises WriteError where that makes no sense."""
    path = own(documents, NOTES)
    try:
        said: list[dict[str, Any]] = read_json(path.read_text(encoding="utf-8"))
        known = [Removed(**one) for one in said]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        raise WriteError(f"{path} cannot be read ({error}). Delete it; removals are then final.") from error
    # A note that leads elsewhere is none of ours.
    return [one for one in known if Path(one.held).name == one.held and ".." not in Path(one.file).parts]


def _write(documents: Path, known: list[Removed]) -> None:
    """Note what can still be put back, the last of each name, and delete what is too old."""
    since = (datetime.now().astimezone() - timedelta(days=KEPT_DAYS)).isoformat(timespec="seconds")
    latest = {one.file: one for one in known}
    kept = [one for one in known if latest[one.file] is one and one.at > since]
    _forget(documents, kept, known)


def _forget(documents: Path, kept: list[Removed], known: list[Removed]) -> None:
    try:
        replace_file(
            documents / NOTES, json.dumps([asdict(one) for one in kept], ensure_ascii=False, indent=1)
        )
        for one in known:
            if one.held and one not in kept:
                (own(documents, REMOVED) / one.held).unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(
            f"What was taken out of {documents} cannot be noted: {error}. Free space."
        ) from error
