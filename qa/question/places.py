"""The regions of an index, and those that a question names.

A region of the index is named in full or by its short form (运城市, 运城).  A region that the index does not
hold is found by the gazetteer, so that the answer can say so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from index.errors import SourceError
from index.language.divisions import region_path
from index.language.regions import regions_in, short_forms
from index.search.index import Index
from qa.question.sounds import in_latin

_KIND_IN_LATIN = r"(?:\s*(?:county|city|district|banner|xian|shi|qi|qu))?"
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{4}")
# A county of one character at the start that the gazetteer may lack: 曹县农村…, not 全县, 县城.
_COUNTY = re.compile(r"\s*([^\W全各本我该这那两每外哪几多老小大某分跨县市]县)(?![城域级里直乡长委政])")


MOST_COMPARED = 12
"""Regions are set side by side only where the index speaks for at most so many."""
MOST_NAMED = 34
"""Regions that one question may name, each of which is searched by itself: as many as there are provinces."""


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """What a question names: regions of the index in the order named, and the text without them.

    ``elsewhere`` are other places, looked for only where no region of the index is named; they stay in
    ``rest``, which has a blank for every character of a region.  Where one of them lies in a region of the
    index, ``regions`` are those that they lie in.
    """

    regions: tuple[str, ...]
    elsewhere: tuple[str, ...]
    rest: str


def named_places(text: str, known: tuple[str, ...]) -> NamedPlaces:
    """The places that a question names, of the ``known`` regions and, where it names none, of all.

    Names inside an agency's name (忻州市住建局) count as well.
    """
    forms = _forms(known)
    found: dict[int, tuple[str, int]] = {}
    rest = text
    for form in forms:
        at = rest.find(form)
        while at >= 0:
            found.setdefault(at, (forms[form], at + len(form)))
            rest = rest[:at] + "\0" * len(form) + rest[at + len(form) :]
            at = rest.find(form)
    # 北京市丰台区: of names that follow on one another the last is meant.
    meant = [region for at, (region, end) in sorted(found.items()) if end not in found]
    regions = tuple(dict.fromkeys(meant))
    # The gazetteer takes a quarter of a second to read: only where no region of the index is named.
    mentions = [] if regions else regions_in(rest)
    elsewhere = tuple(dict.fromkeys(mention.name for mention in mentions))
    if not regions and not elsewhere and (county := _COUNTY.match(rest)):
        elsewhere = (county.group(1),)
    return NamedPlaces(regions or _around(elsewhere, known), elsewhere, rest.replace("\0", " "))


def _around(places: Sequence[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """The nearest of the known regions that each place lies in: 合肥市 → 安徽省."""
    paths = (region_path(place, places)[-2::-1] for place in places)
    return tuple(dict.fromkeys(found for path in paths if (found := _first(path, known))))


def _first(path: Sequence[str], known: tuple[str, ...]) -> str | None:
    return next((region for region in path if region in known), None)


@lru_cache(maxsize=8)
def _forms(known: tuple[str, ...]) -> dict[str, str]:
    """Every way to name a region with the region, the longest first."""
    forms = {form: region for region in known for form in spoken_forms(region)}
    return {form: forms[form] for form in sorted(forms, key=len, reverse=True)}


def in_characters(text: str, regions: Sequence[str]) -> str:
    """The text with regions that stand in Latin letters in characters: Ningwu County → 宁武县."""
    if not _LATIN_WORD.search(text) or any(form in text for r in regions for form in spoken_forms(r)):
        return text
    spellings, listed = _spellings()
    text = listed.sub(lambda found: spellings[found[0].lower()], text)
    for region in regions:
        stem = spoken_forms(region)[-1].removesuffix(region[-1])
        named = rf"(?<![A-Za-z]){in_latin(stem)}{_KIND_IN_LATIN}(?![A-Za-z])"
        text = re.sub(named, region, text, flags=re.IGNORECASE)
    return text


@lru_cache(maxsize=1)
def _spellings() -> tuple[dict[str, str], re.Pattern[str]]:
    """Latin spellings that are no pinyin with their region, and what finds them, the longest first."""
    lines = (
        resources.files("qa.question")
        .joinpath("words/region_spellings.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    found: dict[str, str] = {}
    for line in lines:
        if "=" in line and not line.startswith("#"):
            spelt, region = line.split("=")
            found |= {name.strip().lower(): region.strip() for name in spelt.split(",")}
    longest_first = sorted(found, key=len, reverse=True)
    return found, re.compile(
        rf"(?<![A-Za-z])({'|'.join(map(re.escape, longest_first))})(?![A-Za-z])", re.IGNORECASE
    )


def all_regions(index: Index) -> tuple[str, ...]:
    """The regions that the index's documents speak for, in the order of the documents."""
    return index.regions


def spoken_forms(region: str) -> tuple[str, ...]:
    """The ways to name a region: 运城市, 运城."""
    return (region, *short_forms(region))


def named_instead(text: str, places: Sequence[str], regions: Sequence[str]) -> str:
    """The text with the regions in the place of the first of the places that it names; as it was where it
    names none."""
    named = (form for place in places for form in spoken_forms(place) if form in text)
    form = next(named, None)
    return text.replace(form, "、".join(regions)) if form else text


def region_named(name: str, index: Index) -> str:
    """The index's region of that full or short name; raises SourceError where there is none."""
    regions = all_regions(index)
    for region in regions:
        if name in spoken_forms(region):
            return region
    known = "、".join(regions) or "none"
    raise SourceError(f"No document of the index speaks for {name!r}. Its regions: {known}.")
