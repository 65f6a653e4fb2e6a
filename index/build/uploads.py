"""Documents that come in through a browser: a safe name, into the index, and kept where a rebuild finds them.

A document is taken into the index first and its file then moved into the documents folder, so that only what
was taken in is kept there and a rebuild has it.  ``.uploads.json`` in that folder notes the name and SHA-256
of every file that came so, who sent it and when: taking a document out moves its file away only where it is
noted there unchanged, and leaves files that someone put into the folder by hand.  A file by hand that an
upload replaces is kept in ``.replaced/``, one that was taken out in ``.removed/`` for a while (`removals`).
All are hidden and so no documents, and none may be a link: nothing outside the documents folder is ever
written or deleted.  An archive is unpacked, each document in it an upload of its own.  Left out: sending
files (the page) and looking at them first (`preview`).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.build.build import Changes, add, build
from index.build.change import BuildReport, Progress
from index.errors import SourceError, WriteError, read_json
from index.reading.archive import parts
from index.reading.folder import Found, Skipped, list_named
from index.reading.inside import leads_to
from index.reading.read import ENDINGS
from index.storage.disk import replace_file, sha256_of
from index.storage.journal import now

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder

NOTES: Final = ".uploads.json"
REPLACED: Final = ".replaced"
_INCOMING: Final = ".incoming-"

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of one file.  A scan has 5 to 50 MB.  The server needs five times as many while such a file comes in:
two of 63 MB one after the other took 640 MB."""
MOST: Final = 100
"""Files sent at once: what a person can look through before taking them in.  A whole library is built from
its folder."""
LONGEST_NAME: Final = 240
"""Bytes of a name in UTF-8; file systems take 255."""

_FORBIDDEN = re.compile(r'[<>:"|?*]')
"""What Windows has no name for: ``a<b>.txt``, and a stream of its own: ``a.txt:b``."""
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$")
"""Names that Windows keeps for devices, whatever the ending: ``CON``, ``com1``."""
_HIDDEN = (".", "~$")


def safe_name(given: str) -> str:
    """The name that an uploaded file is given in the documents folder, which it never leads out of.

    ``'../../x.txt'`` → ``'x.txt'``; characters that Windows has no name for become ``_``.  Raises SourceError
    for a name that none can be made of (NUL, hidden, reserved, too long, an ending that cannot be read).
    """
    name = unicodedata.normalize("NFC", given)
    seen = next((c for c in name if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn")), None)
    if seen is not None:
        raise SourceError(
            f"{_shown(given)}: its name holds an invisible character (U+{ord(seen):04X}). Rename the file."
        )
    name = re.split(r"[/\\]", name)[-1].rstrip(". ").lstrip()
    name = _FORBIDDEN.sub("_", name)
    stem, ending = name.partition(".")[0], Path(name).suffix.lower()
    if not name or name.startswith(_HIDDEN) or _RESERVED.match(stem.strip()):
        raise SourceError(f"{_shown(given)}: no file can have this name. Rename the file.")
    if ending not in ENDINGS:
        known = ", ".join(sorted(ENDINGS))
        raise SourceError(
            f"{_shown(given)}: cannot read files ending in {ending!r}. Save it as one of {known}."
        )
    if len(name.encode()) > LONGEST_NAME:
        raise SourceError(f"{_shown(given)}: its name has {len(name)} characters. Give it a shorter one.")
    return name


def _shown(name: str) -> str:
    """A name as an error can print it: short, and without what a terminal would obey."""
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    return plain if len(plain) <= LONGEST_NAME // 3 else f"{plain[: LONGEST_NAME // 3]}…"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: the safe name it is to have, and where its bytes lie."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Sent:
    """What is noted of an uploaded file; ``by`` and ``at`` are empty where they were not noted."""

    sha256: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Folders:
    """What an index is built from, and where what is sent is kept; often the same folder."""

    documents: Path
    uploads: Path

    @property
    def all(self) -> tuple[Path, ...]:
        """Both where they differ and something may have been sent, else the first alone."""
        apart = self.uploads.is_dir() and leads_to(self.uploads) != leads_to(self.documents)
        return (self.documents, self.uploads) if apart else (self.documents,)


def take_in(
    uploads: Sequence[Upload],
    documents: Path,
    out: Path,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
    *,
    by: str = "",
    changes: Mapping[str, Changes] | None = None,
) -> BuildReport:
    """Add what was sent to the index, then keep the files in the documents folder; of one name, the last.

    ``by`` is the user who sent them, ``changes`` what was corrected of a document before, by its name.
    Raises what `index.build.build.add` raises, WriteError where the folder cannot be written, and SourceError
    where it is none; whatever is raised before the index has changed leaves the folder as it was.
    """
    if documents.exists() and not documents.is_dir():
        raise SourceError(f"{documents} is no folder. Start the app with --documents FOLDER.")
    try:
        documents.mkdir(parents=True, exist_ok=True)
        sent(documents)
        own(documents, REPLACED)
        with tempfile.TemporaryDirectory(prefix=_INCOMING, dir=documents) as folder:
            files, left_out = _arrived(uploads, Path(folder))
            report = _added(files, out, progress, encoder, changes)
            report = replace(report, skipped=(*left_out, *report.skipped))
            taken = [file for file in files if file.name in report.added]
            for file in taken:
                _keep(file, documents, by)
    except OSError as error:
        raise WriteError(
            f"The files cannot be kept in {documents}: {error}. Free space or mend it."
        ) from error
    return report


def rebuild(
    folders: Folders,
    out: Path,
    model: str | None = None,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> BuildReport:
    """Build the index anew from the documents, then add what was uploaded into a folder of its own.

    Raises what `index.build.build.build` and `index.build.build.add` raise.
    """
    report = build(folders.documents, out, model, progress, encoder)
    if not uploaded(folders):
        return report
    added = add([folders.uploads], out, progress, encoder)
    return replace(
        added,
        added=tuple(dict.fromkeys((*report.added, *added.added))),
        skipped=(*report.skipped, *added.skipped),
        seconds=report.seconds + added.seconds,
    )


def uploaded(folders: Folders) -> tuple[Found, ...]:
    """The documents that were uploaded into a folder of their own."""
    own = folders.all[1:]
    return list_named(own, None).files if own else ()


def _arrived(uploads: Sequence[Upload], folder: Path) -> tuple[list[Path], list[Skipped]]:
    """The documents sent, in ``folder`` under their safe names, and those of archives that are left out."""
    files: dict[str, Path] = {}
    left_out: list[Skipped] = []
    for one in uploads:
        for part in parts(one.path.read_bytes(), safe_name(one.name), MOST, LARGEST):
            try:
                name = safe_name(part.name)
            except SourceError as error:
                left_out.append(Skipped(part.name, str(error)))
                continue
            if part.problem:
                left_out.append(Skipped(name, part.problem))
                continue
            files[name] = folder / name
            files[name].write_bytes(part.data)
    if not files:
        told = "; ".join(f"{one.file}: {one.reason}" for one in left_out)
        raise SourceError(f"No document was sent. {told}")
    return list(files.values()), left_out


def _added(
    files: Sequence[Path],
    out: Path,
    progress: Progress | None,
    encoder: Encoder | None,
    changes: Mapping[str, Changes] | None,
) -> BuildReport:
    """Added from a folder that lies below no root, so that each goes by its own name."""
    with tempfile.TemporaryDirectory() as folder:
        copies = [shutil.copyfile(f, Path(folder, f.name)) for f in files]
        return add(copies, out, progress, encoder, changes)


def _keep(file: Path, documents: Path, by: str) -> None:
    """Move a file to its place; one put there by hand goes to the replaced, the note is written."""
    target, notes = documents / file.name, sent(documents)
    if target.is_file() and (file.name not in notes or notes[file.name].sha256 != sha256_of(target)):
        replaced = own(documents, REPLACED)
        replaced.mkdir(exist_ok=True)
        os.replace(target, replaced / file.name)  # noqa: PTH105
    noted = Sent(sha256_of(file), by, now())
    os.replace(file, target)  # noqa: PTH105 - the name says what matters: it replaces
    note_sent(documents, {**notes, file.name: noted})


def was_uploaded(file: str, documents: Path) -> bool:
    """True where the documents folder holds this very file because it was uploaded, unchanged since."""
    noted = sent(documents).get(file)
    path = documents / file
    if noted is None or Path(file).name != file or not path.is_file() or path.is_symlink():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == noted.sha256


def sent(documents: Path) -> dict[str, Sent]:
    """What is noted of every uploaded file by its name; raises WriteError where the notes make no sense."""
    path = own(documents, NOTES)
    try:
        said = read_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise WriteError(
            f"{path} cannot be read ({error}). Delete it; uploads are then kept for good."
        ) from error
    if not isinstance(said, dict):
        raise WriteError(f"{path} is not an object. Delete it; files uploaded so far are then kept for good.")
    return {str(name): _read_sent(one) for name, one in said.items()}


def _read_sent(said: object) -> Sent:
    """A note; before it was noted who sent a file, the SHA-256 stood alone."""
    if not isinstance(said, dict):
        return Sent(str(said))
    return Sent(*(str(said.get(name, "")) for name in ("sha256", "by", "at")))


def own(documents: Path, name: str) -> Path:
    """What is kept beside the documents under a hidden name; raises WriteError where it is a link."""
    path = documents / name
    if os.path.lexists(path) and leads_to(path) != leads_to(documents) / name:
        raise WriteError(f"{path} is a link and could lead anywhere. Delete it, then send the files again.")
    return path


def note_sent(documents: Path, notes: Mapping[str, Sent]) -> None:
    """Write the notes; raises OSError."""
    said = {name: asdict(one) for name, one in notes.items()}
    replace_file(documents / NOTES, json.dumps(said, ensure_ascii=False, indent=1))
