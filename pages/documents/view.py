"""What a visitor of the documents page is at: kept on the server, everything shown is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from index.build.edits import EditableField
from index.build.preview import Preview
from pages.common.words import Language

Doing = Literal["edit", "remove", "rebuild", "correct", "look"]
"""A form or question that is open: of a document in the list, of the index, of a file that waits."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was sent and waits: its preview and where its bytes lie, or why it cannot go in.

    ``fitting`` is the name it would have by its content, ``given`` the one it was sent under, each empty
    where it is ``name``.  ``changes`` were corrected by the visitor, None meaning that it states none.
    """

    number: str
    name: str
    path: Path | None = None
    preview: Preview | None = None
    problem: str = ""
    detail: str = ""
    fitting: str = ""
    given: str = ""
    changes: Mapping[EditableField, str | None] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """True where the visitor has to choose first: the name's ending and the content do not agree."""
        return bool(self.fitting or self.given)

    def value(self, name: EditableField) -> str | None:
        """A field as it would stand in the index: corrected, or as it was read."""
        if name in self.changes:
            return self.changes[name]
        return self.preview.parsed.document.value(name) if self.preview else None


@dataclass(frozen=True, slots=True)
class View:
    """One visitor's page: the files that wait, and the document whose form or question is open.

    ``file`` is that document's, or the number of a file that waits.
    ``received`` counts the files that were sent, so that the browser knows when to send the next.
    """

    language: Language = "zh"
    staged: tuple[Staged, ...] = ()
    received: int = 0
    doing: Doing | None = None
    file: str = ""
