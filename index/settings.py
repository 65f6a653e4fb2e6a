"""The defaults that more than one command shares.

Left out: anything read from the environment; a command's options say everything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

DEFAULT_INDEX: Final = Path("store")
"""Where the index lies unless ``--index`` says otherwise: below the folder a command is run in."""

DEFAULT_DOCUMENTS: Final = Path("documents")
"""The documents that ship with the project."""
