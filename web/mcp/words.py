"""What the MCP server tells a language model: how to use it, each tool, and what stands with results."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from web.plain_pages.words import Texts

WORDS: Final = Texts(tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8")))
"""Chinese and English in each; ``{…}`` are filled in where they are used."""
