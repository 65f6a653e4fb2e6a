"""A Word document's styles, as far as reading needs them: what numbers a style gives, and whether it hides
or strikes out.

Left out: how anything looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.reading.xml import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF: Final = ("0", "false", "off")


def value(element: Element | None) -> str | None:
    """An element's w:val; None without the element or the attribute."""
    return None if element is None else element.get(f"{W}val")


def is_on(parent: Element | None, name: str) -> bool:
    """True where a switch such as w:vanish stands in the properties and is not switched off."""
    found = None if parent is None else parent.find(f"{W}{name}")
    return found is not None and value(found) not in _OFF


@dataclass(frozen=True, slots=True)
class NumberOf:
    """What w:numPr says: the list (None where it does not) and the level in it."""

    list: str | None
    level: int | None


def number_of(properties: Element | None) -> NumberOf:
    """The w:numPr of a w:pPr."""
    found = None if properties is None else properties.find(f"{W}numPr")
    if found is None:
        return NumberOf(None, None)
    level = value(found.find(f"{W}ilvl"))
    number = int(level) if level and level.isdecimal() else None
    return NumberOf(value(found.find(f"{W}numId")), number)


class Styles:
    """The styles of word/styles.xml; none where the document has no such part."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else root.findall(f"{W}style")
        self._by_id = {style.get(f"{W}styleId"): style for style in styles}
        self._default = next(
            (
                style.get(f"{W}styleId")
                for style in styles
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") not in (None, *_OFF)
            ),
            None,
        )

    def of_paragraph(self, properties: Element | None) -> str | None:
        """The style of a paragraph with this w:pPr: its own, else the default."""
        own = None if properties is None else value(properties.find(f"{W}pStyle"))
        return own or self._default

    def numbers(self, style: str | None) -> Iterator[tuple[str, NumberOf]]:
        """What the style and those that it is based on say of numbering, itself first."""
        for name, element in self._chain(style):
            yield name, number_of(element.find(f"{W}pPr"))

    def sets(self, style: str | None, name: str) -> bool:
        """True for a style that switches on such as w:vanish (hidden) or w:strike for its characters."""
        return any(is_on(element.find(f"{W}rPr"), name) for _, element in self._chain(style))

    def list_of(self, style: str | None) -> str | None:
        """The list that a list style (w:numStyleLink) leads to."""
        return next((number.list for _, number in self.numbers(style) if number.list), None)

    def _chain(self, style: str | None) -> Iterator[tuple[str, Element]]:
        seen: set[str] = set()
        while style and style not in seen and style in self._by_id:
            seen.add(style)
            yield style, self._by_id[style]
            style = value(self._by_id[style].find(f"{W}basedOn"))
