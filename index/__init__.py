"""Documents to a searchable index.

>>> from pathlib import Path
>>> from index import open_index
>>> from index.build import build
>>> report = build(Path("documents"), Path("store"))
>>> with open_index(Path("store")) as index:
...     found = index.search_words("海绵城市", 5)

The names below are imported at first use, so ``import index`` alone loads nothing heavy.  ``build``, ``add``,
``remove`` and the other changes are handed out by `index.build`, ``verify`` by its module of the same name.
All that it does at once is to switch off the telemetry of other packages, which would be too late once one of
them is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.public_names import hand_out
from index.telemetry import switch_off_telemetry

if TYPE_CHECKING:
    from index.entries import DocumentInfo, Entry, Scored
    from index.search.index import Index, open_index
    from index.search.live import LiveIndex

switch_off_telemetry()

__all__ = ["DocumentInfo", "Entry", "Index", "LiveIndex", "Scored", "open_index"]

_HOME = {
    "DocumentInfo": "index.entries",
    "Entry": "index.entries",
    "Index": "index.search.index",
    "LiveIndex": "index.search.live",
    "Scored": "index.entries",
    "open_index": "index.search.index",
}
"""Where each public name lives."""

__getattr__ = hand_out(__name__, _HOME)
