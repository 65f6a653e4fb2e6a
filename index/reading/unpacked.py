"""An uploaded file as the documents in it: a zip archive's members under names of their own, else itself.

Left out: what is done with them (`uploads`), and archives on disk, which stay as they are (`walk`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.errors import SourceError
from index.reading.archive import member_of, members
from index.reading.kinds import ARCHIVE_ENDING, kind_of


@dataclass(frozen=True, slots=True)
class Part:
    """A document by the name it was given, and its bytes; ``problem`` says why it is none, or is None."""

    name: str
    data: bytes
    problem: str | None = None


def parts(data: bytes, name: str, most: int, largest: int) -> Iterator[Part]:
    """The documents in an uploaded file: at most ``most`` of ``largest`` bytes each.

    Members go by the last part of their names, as files sent one by one do.  Raises SourceError, which begins
    with ``name``, for an archive that cannot be opened or holds more.
    """
    if not name.lower().endswith(ARCHIVE_ENDING) or kind_of(data, name) != "zip":
        yield Part(name, data)
        return
    listed = members(data, name)
    if len(listed) > most:
        raise SourceError(f"{name}: holds {len(listed)} files, more than {most}. Send it in parts.")
    seen: set[str] = set()
    for member in listed:
        own = PurePosixPath(member.name).name
        if own in seen:
            yield Part(member.name, b"", f"another file in {name} is called {own}; rename one")
            continue
        seen.add(own)
        try:
            held = b"" if member.problem else member_of(data, member.name, name)
        except SourceError as error:
            yield Part(own, b"", str(error))
            continue
        too_large = f"has {len(held)} bytes, more than {largest}" if len(held) > largest else None
        yield Part(own, b"" if too_large else held, member.problem or too_large)
