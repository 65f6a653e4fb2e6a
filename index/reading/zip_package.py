"""A zip package (docx, xlsx, ofd, an archive of documents) opened without believing what it says of itself.

Sizes are checked as declared and again while inflating.  Left out: what the members mean.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from index.errors import SourceError

MOST_MEMBERS: Final = 5000
"""Members of one package.  A workbook of a hundred sheets has about three hundred."""
LARGEST_MEMBER: Final = 100 * 1024 * 1024
"""Bytes of one member, inflated.  The text of a thousand-page docx with its marks has about ten million."""
LARGEST_TOTAL: Final = 400 * 1024 * 1024
"""Bytes of all members together, as declared; scans inside a docx are the reason that it is not less."""
HIGHEST_RATIO: Final = 200
"""Inflated bytes for each packed one.  XML of documents packs at most thirty to one, a bomb a thousand."""
RATIO_FROM: Final = 1024 * 1024
"""Smaller members may be packed as tightly as they like: a megabyte harms nobody."""
_CHUNK: Final = 256 * 1024
ENCRYPTED: Final = 0x1
"""The flag of a member under a password."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class Package:
    """A package's members by name.  Raises SourceError for all that is wrong with it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise SourceError(
                f"{name}: is a damaged zip container ({error}). Download or save it again."
            ) from error
        infos = self._zip.infolist()
        if len(infos) > MOST_MEMBERS:
            raise SourceError(f"{name}: holds {len(infos)} members, more than {MOST_MEMBERS}. Split it.")
        total = sum(info.file_size for info in infos)
        if total > LARGEST_TOTAL:
            raise SourceError(f"{name}: unpacks to {total} bytes, more than {LARGEST_TOTAL}. Split it.")
        self.infos = {info.filename: info for info in infos}

    def __contains__(self, member: str) -> bool:
        return member in self.infos

    def read(self, member: str) -> bytes:
        """A member's bytes; raises SourceError where it is missing, encrypted, damaged or swells."""
        info = self.infos.get(member)
        if info is None:
            raise SourceError(f"{self.name}: lacks its part {member}. Open and save it again.")
        if info.flag_bits & ENCRYPTED:
            raise SourceError(f"{self.name}: {member} is encrypted with a password. Pack it without one.")
        if info.file_size > LARGEST_MEMBER:
            raise SourceError(f"{self.name}: {member} unpacks to {info.file_size} bytes, too many. Split it.")
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as opened:
                while chunk := opened.read(_CHUNK):
                    size += len(chunk)
                    self._refuse_swelling(info, size)
                    parts.append(chunk)
        except (*_DAMAGED, RuntimeError) as error:
            raise SourceError(
                f"{self.name}: {member} is damaged ({error}). Download or save it again."
            ) from error
        return b"".join(parts)

    def _refuse_swelling(self, info: zipfile.ZipInfo, size: int) -> None:
        tight = size > RATIO_FROM and size > HIGHEST_RATIO * max(info.compress_size, 1)
        if tight or size > LARGEST_MEMBER:
            raise SourceError(
                f"{self.name}: {info.filename} swells to over {size} bytes from {info.compress_size}. "
                "A document does not; get it from where it was published."
            )
