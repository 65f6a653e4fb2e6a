"""What changes an index: built from a folder, added to, taken out of, edited, kept like its folder.

>>> from pathlib import Path
>>> from index.build import add, build
>>> build(Path("documents"), Path("store")).documents
5
>>> add([Path("养老.txt")], Path("store")).added
('养老.txt',)

In come paths of files and of an index; every change writes a whole new generation and gives a `BuildReport`.
May import every package of ``index`` but ``check`` and ``commands``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.public_names import hand_out

if TYPE_CHECKING:
    from index.build.build import BuildReport, Progress, add, build, edit, remove
    from index.build.edits import TAKE_BACK
    from index.build.preview import preview
    from index.build.update import update
    from index.build.watch import watch

__all__ = [
    "TAKE_BACK",
    "BuildReport",
    "Progress",
    "add",
    "backup",
    "build",
    "change",
    "edit",
    "edits",
    "encode_on_ray",
    "milvus_push",
    "part_draft",
    "preview",
    "removals",
    "remove",
    "update",
    "uploads",
    "watch",
]

_HOME = {
    "BuildReport": "index.build.change",
    "Progress": "index.build.change",
    "TAKE_BACK": "index.build.edits",
    "add": "index.build.build",
    "build": "index.build.build",
    "edit": "index.build.build",
    "preview": "index.build.preview",
    "remove": "index.build.build",
    "update": "index.build.update",
    "watch": "index.build.watch",
}
"""Where each public name lives."""

__getattr__ = hand_out(__name__, _HOME)
