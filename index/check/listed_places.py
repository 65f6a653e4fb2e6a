"""Places that a document sorts into kinds, and sorts otherwise elsewhere.

垣曲县 stands under 文旅赋能型县城 in a list and under 重点生态功能区县城 in the text.

A list is two lines or more of 种类:甲县、乙县; sections are headed by the same kinds and name their places in
their first sentence.  Left out: lists of anything but places, and kinds that are worded differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from index.check.spots import Layout, Spot
from index.language.sentences import sentences

FEWEST_KINDS: Final = 2
"""Kinds that two places of a document must share before they are two sortings of the same things."""

PLACE = re.compile(r"[\u4e00-\u9fff]{1,5}?[县市区旗镇乡]")
"""临猗县, 夏县, 东寨镇."""
# 文旅赋能型县城:新绛县、垣曲县: a line of its own.
_LISTING = re.compile(
    r"(?m:^)[ \t\u3000]*(?P<kind>[^\s:：、，,。；;]{2,20})[:：]\s?"
    r"(?P<names>[\u4e00-\u9fff]{1,6}[县市区旗镇乡](?:、[\u4e00-\u9fff]{1,6}[县市区旗镇乡])*)"
    r"[。；;]?[ \t]*(?m:$)"
)
_LABEL = re.compile(r"^(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]\s*)+")  # (三)文旅赋能型县城


@dataclass(frozen=True, slots=True)
class Assignment:
    """A place that one spot sorts under ``kind`` and another spot not there but under ``other_kind``."""

    name: str
    kind: str
    spot: Spot
    other_kind: str
    other_spot: Spot


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What one line or section says: these places are of this kind."""

    kind: str
    names: tuple[str, ...]
    spot: Spot


def assigned_otherwise(layout: Layout) -> Iterator[Assignment]:
    """Each place that two sortings of a document put under different kinds."""
    listings = _listings(layout)
    names = sorted({name for one in listings for row in one for name in row.names}, key=len, reverse=True)
    kinds = {row.kind for one in listings for row in one}
    sortings = [*listings, *([sections] if (sections := _sections(layout, kinds, names)) else [])]
    for one, other in combinations(sortings, 2):
        if len({row.kind for row in one} & {row.kind for row in other}) >= FEWEST_KINDS:
            yield from _differing(one, other)


def _listings(layout: Layout) -> list[list[_Sorted]]:
    """Runs of neighbouring lines that list places by kind."""
    text, runs = layout.document.text, list[list[_Sorted]]()
    for match in _LISTING.finditer(text):
        row = _Sorted(
            match["kind"], tuple(match["names"].split("、")), layout.spot(match.start("kind"), match.end())
        )
        if runs and not text[runs[-1][-1].spot.end : match.start()].strip():
            runs[-1].append(row)
        else:
            runs.append([row])
    return [run for run in runs if len(run) >= FEWEST_KINDS]


def _sections(layout: Layout, kinds: set[str], names: Sequence[str]) -> list[_Sorted]:
    """The places in the first sentence under each heading that is one of the kinds."""
    if not names:
        return []
    known = re.compile("|".join(map(re.escape, names)))
    rows: list[_Sorted] = []
    for clause in layout.clauses:
        kind = _LABEL.sub("", clause.path[-1]) if clause.path and clause.kind == "body" else ""
        if kind not in kinds or any(row.kind == kind for row in rows):
            continue
        first = sentences(clause.text)[0]
        found = tuple(dict.fromkeys(known.findall(clause.text, first.start, first.end)))
        rows.append(_Sorted(kind, found, layout.spot(clause.start + first.start, clause.start + first.end)))
    return rows


def _differing(one: Sequence[_Sorted], other: Sequence[_Sorted]) -> Iterator[Assignment]:
    here, there = _by_name(one), _by_name(other)
    for name in here.keys() & there.keys():
        own, others = here[name], there[name]
        for rows, against in ((own, others), (others, own)):
            yield from (
                Assignment(name, row.kind, row.spot, against[0].kind, against[0].spot)
                for row in rows
                if row.kind not in {each.kind for each in against}
            )


def _by_name(rows: Sequence[_Sorted]) -> Mapping[str, list[_Sorted]]:
    found: dict[str, list[_Sorted]] = {}
    for row in rows:
        for name in row.names:
            found.setdefault(name, []).append(row)
    return found
