"""The numbers that Word prints before paragraphs and does not store in their text: 第一条, （三）, 2.1.

ECMA-376 part 1, 17.9.  Lists that share one definition count on together; a list with a start of its own
begins at its first paragraph.  Left out: bullets drawn as pictures, which come out as •.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from index.reading.docx.number_formats import counted
from index.reading.docx.styles import NumberOf, Styles, W, is_on, number_of, value
from index.reading.xml import Element

LEVELS: Final = 9
"""Levels of a list, as the format has them."""
BULLET: Final = "•"
_PLACE: Final = re.compile(r"%([1-9])")  # 第%1条, %1.%2
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")  # a sign of the Symbol or Wingdings font


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list; ``restart`` is None where every higher level begins it anew."""

    start: int = 0
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num: the definition that it counts with, its levels, and the starts that are its own."""

    definition: str
    levels: tuple[_Level, ...]
    starts: tuple[int | None, ...]


class Numbering:
    """Gives the paragraphs their numbers, asked in the order of the document."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        definitions = (
            {} if root is None else {d.get(f"{W}abstractNumId"): d for d in root.findall(f"{W}abstractNum")}
        )
        nums = {} if root is None else {num.get(f"{W}numId"): num for num in root.findall(f"{W}num")}
        self._lists = {name: self._list(num, definitions, nums) for name, num in nums.items()}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def _list(self, num: Element, definitions: dict[str, Element], nums: dict[str, Element]) -> _List:
        name = value(num.find(f"{W}abstractNumId")) or ""
        definition = definitions.get(name)
        link = None if definition is None else value(definition.find(f"{W}numStyleLink"))
        linked = nums.get(self._styles.list_of(link) or "")
        if linked is not None:
            name = value(linked.find(f"{W}abstractNumId")) or name
            definition = definitions.get(name)
        levels = [_Level() for _ in range(LEVELS)]
        for element in () if definition is None else definition.findall(f"{W}lvl"):
            levels[_place(element)] = _level(element)
        starts: list[int | None] = [None] * LEVELS
        for override in num.findall(f"{W}lvlOverride"):
            place = _place(override)
            own = override.find(f"{W}lvl")
            levels[place] = levels[place] if own is None else _level(own)
            start = value(override.find(f"{W}startOverride"))
            starts[place] = int(start) if start and start.isdecimal() else None
        return _List(name, tuple(levels), tuple(starts))

    def number(self, properties: Element | None) -> str:
        """The number of the next paragraph, which has this w:pPr, with the blank after it; "" without one."""
        name, place = self._named(properties)
        found = self._lists.get(name or "")
        if name is None or found is None:
            return ""
        counts = self._counted(name, found, place)
        level = found.levels[place]
        if level.form == "bullet":
            text = _PRIVATE.sub(BULLET, level.text)
        else:
            text = _PLACE.sub(lambda match: _printed(found, counts, int(match[1]) - 1, level), level.text)
        return text + ("" if level.suffix == "nothing" or not text else " ")

    def _named(self, properties: Element | None) -> tuple[str | None, int]:
        """The list and level of a paragraph: its own, else its style's."""
        own, style = number_of(properties), self._styles.of_paragraph(properties)
        said = list(self._styles.numbers(style))
        by, inherited = next(((by, n) for by, n in said if n.list), (None, NumberOf(None, None)))
        name = own.list or inherited.list
        found = self._lists.get(name or "")
        if found is None or name == "0":
            return None, 0
        linked = [at for at, level in enumerate(found.levels) if level.style and level.style in (style, by)]
        level = own.level
        if level is None and not own.list:
            level = linked[0] if linked else inherited.level
        return name, min(level or 0, LEVELS - 1)

    def _counted(self, name: str, found: _List, place: int) -> list[int | None]:
        counts = self._counts.setdefault(found.definition, [None] * LEVELS)
        begins = found.starts[place] is not None and (name, place) not in self._begun
        self._begun.add((name, place))
        before = counts[place]
        counts[place] = _start(found, place) if begins or before is None else before + 1
        for deeper in range(place + 1, LEVELS):
            restart = found.levels[deeper].restart
            if restart is None or place < restart:
                counts[deeper] = None
        return counts


def _start(found: _List, place: int) -> int:
    own = found.starts[place]
    return found.levels[place].start if own is None else own


def _printed(found: _List, counts: list[int | None], place: int, level: _Level) -> str:
    count = counts[place]
    form = "decimal" if level.legal else found.levels[place].form
    return counted(_start(found, place) if count is None else count, form)


def _place(element: Element) -> int:
    said = element.get(f"{W}ilvl", "0")
    return min(int(said), LEVELS - 1) if said.isdecimal() else 0


def _level(element: Element) -> _Level:
    said = {name: value(element.find(f"{W}{name}")) for name in ("start", "suff", "lvlRestart", "pStyle")}
    # A format of one's own stands in mc:Choice, what older programs print in mc:Fallback.
    forms = [form for found in element.iter(f"{W}numFmt") if (form := value(found)) != "custom"]
    level = _Level(
        form=forms[-1] if forms and forms[-1] else "decimal",
        text=value(element.find(f"{W}lvlText")) or "",
        suffix=said["suff"] or "tab",
        legal=is_on(element, "isLgl"),
        style=said["pStyle"],
    )
    start, restart = said["start"] or "", said["lvlRestart"] or ""
    return replace(
        level,
        start=int(start) if start.isdecimal() else 0,
        restart=int(restart) if restart.isdecimal() else None,
    )
