"""The defaults that more than one command shares.

Left out: anything read from the environment; a command's options say everything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

DEFAULT_INDEX: Final = Path("store")
"""Where the index lies unless ``--index`` says otherwise: below the folder a command is run in."""


def beside(index: Path, what: str) -> Path:
    """What belongs to an index and outlives it, in the same folder: ``store`` → ``store-feedback.sqlite``."""
    named = index if index.name else index.absolute()  # ``.`` has no name
    return named.with_name(f"{named.name}-{what}")


DEFAULT_DOCUMENTS: Final = Path("documents")
"""The documents that ship with the project."""
