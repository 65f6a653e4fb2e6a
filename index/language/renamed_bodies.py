"""Old names of bodies that a reform renamed: 环保局 is 生态环境局 since 2018.

Which names mean one body is decided in `agency_names`; here it is told why.  Left out: bodies that one place
merged in its own way, and the day on which a county followed the national reform.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_suffix(".txt")
# What follows the name of a function: 环保局, 卫计委, 扶贫办, 国土部门
_ENDING: Final = r"(?:局|厅|委员会|委|办公室|办|部门)"


@dataclass(frozen=True, slots=True)
class Renamed:
    """A name as it was asked for (环保局) and the one that took its place (生态环境局).

    ``source`` is the reform's document, ``day`` when it was passed (ISO 8601), ``said`` by whom.
    """

    old: str
    new: str
    source: str
    day: str
    said: str

    def __str__(self) -> str:
        year, month, day = map(int, self.day.split("-"))
        return f"“{self.old}”现为“{self.new}”（《{self.source}》，{year}年{month}月{day}日{self.said}）"


def renamed_in(text: str) -> tuple[Renamed, ...]:
    """The old names of bodies that stand in a text, in its order, also inside a longer one (文化旅游局):
    which is meant tells the body that a clause charges."""
    pattern, reforms = _reforms()
    found = [
        Renamed(match[0], _with_ending(new, match["ending"]), source, day, said)
        for match in pattern.finditer(text)
        for new, source, day, said in [reforms[match["name"]]]
    ]
    return tuple({one.old: one for one in found}.values())


def renamed_bodies() -> Iterator[tuple[str, str]]:
    """Each old name with the new one, without their endings: 环保, 生态环境."""
    return ((old, new) for old, (new, *_) in _reforms()[1].items())


def _with_ending(new: str, ending: str) -> str:
    return f"{new}{'局' if ending in ('办', '办公室') else ending}"


@cache
def _reforms() -> tuple[re.Pattern[str], dict[str, tuple[str, str, str, str]]]:
    """The pattern of all old names, and by each what it is now, with source, day and by whom."""
    reforms: dict[str, tuple[str, str, str, str]] = {}
    source = day = said = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            source, day, said = line.strip("[]").split("|")
        elif line and not line.startswith("#"):
            new, *olds = line.split()
            reforms |= dict.fromkeys(olds, (new, source, day, said))
    names = "|".join(sorted(reforms, key=len, reverse=True))
    return re.compile(rf"(?P<name>{names})(?P<ending>{_ENDING})"), reforms
