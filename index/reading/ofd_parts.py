"""What every step of reading an OFD container needs: numbers in attributes, names of parts, a page's size."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from index.reading.xml import Element, local

A4: Final = (210.0, 297.0)
"""Millimetres of a page that states no size."""
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


def numbers(said: str) -> list[float]:
    """12.5 30 → [12.5, 30.0]; what is no number is left out."""
    return [float(found) for found in _NUMBER.findall(said)]


def joined(folder: str, place: str) -> str:
    """A part's name in the container from the place that another part in ``folder`` states."""
    return posixpath.normpath(posixpath.join("/", folder, place)).lstrip("/")


def page_size(page: Element, document: Element) -> tuple[float, float]:
    """Width and height of a page in millimetres."""
    for root in (page, document):
        for node in root.iter():
            if local(node) == "PhysicalBox":
                box = numbers(node.text or "")
                if len(box) == 4 and box[2] > 0 and box[3] > 0:
                    return box[2], box[3]
    return A4
