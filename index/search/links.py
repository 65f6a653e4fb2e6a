"""Which document of a library repeals, replaces, amends or interprets which other.

A document says so of others by their number or title (`Field` repeals, amends, interprets, with its words);
here those names are matched to the documents that are there.  A number must be the same but for its
brackets, a title the same but for blanks and brackets, whole or as what a notice issues
(关于印发《…》的通知).  A title means no document of another region, and a name that fits documents of
several numbers fits none.  Of several versions of one law, each dated, the newest replaces the others.
Left out: documents that the library does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Literal, cast

from typing_extensions import TypedDict

from index.language.folding import plain
from index.records import Described, Field, FieldName

LinkKind = Literal["repeals", "replaces", "amends", "interprets"]
"""replaces: repeals an earlier one of its title, years and （试行） aside, or is a later version of a law."""

_SAID_AS: Final[tuple[FieldName, ...]] = ("repeals", "amends", "interprets")
_BRACKETS: Final = str.maketrans("[]【】()﹝﹞{}《》〈〉<>", "〔〕〔〕〔〕〔〕〔〕《》《》《》")
# 某市人民政府办公室关于印发《某市…办法》的通知, …关于发布…规定的公告
_ISSUED: Final = re.compile(
    r"(?>.*?关于(?:修订)?(?:印发|发布|公布|颁布|下发|转发))(.+?)的(?:通知|公告|通告|决定|函)$"
)
# What a new version of a title changes: （试行）, （2024年修订）, 2021-2025年
_VERSION: Final = re.compile(r"〔[^〔〕]*〕|\d{4}年?(?:[-—–至]+\d{4}年?)?|修订|试行|暂行")
_VERSION_BEHIND: Final = re.compile(r"〔[^〔〕]{0,40}〕$")
_STATE: Final = "中华人民共和国"
# What documents are called. At its end it tells a title from a headline: 殡葬管理条例, and no 医用物资够不够.
CALLED: Final = re.compile(
    r"(?:法典|法|条例|规定|办法|细则|规则|规程|解释|决定|章程|意见|方案|规划|计划|纲要|措施)"
)
_CALLED: Final = re.compile(rf"{CALLED.pattern}$")
SHORTEST_TITLE: Final = 3
"""Characters: 专利法, 民法典."""
_YEAR_IN_BRACKETS: Final = re.compile(r"〔\d{4}〕")


@dataclass(frozen=True, slots=True)
class Link:
    """``file`` says of the document ``other`` what ``kind`` names, in its text[start:end].

    ``start`` and ``end`` are None where the words were edited in.  ``since`` is the day (ISO 8601) from
    which it does so: that from which ``file`` holds, else its date, None where it tells neither.
    """

    kind: LinkKind
    file: str
    other: str
    start: int | None
    end: int | None
    since: str | None

    @property
    def repeals(self) -> bool:
        """Whether ``other`` no longer holds from ``since`` on."""
        return self.kind in ("repeals", "replaces")


class LinkObject(TypedDict):
    """``file`` says of the document ``other`` what ``kind`` names, in its text from start to end.

    kind: repeals, replaces (repeals an earlier version), amends or interprets; ``since`` the day from which.
    """

    kind: LinkKind
    file: str
    other: str
    start: int | None
    end: int | None
    since: str | None


def link_object(link: Link) -> LinkObject:
    """A link as a JSON object."""
    return cast("LinkObject", asdict(link))


def links_between(documents: Sequence[Described]) -> tuple[Link, ...]:
    """What these documents say of one another, in their order, none twice."""
    saying = [(one, field) for one in documents for field in one.fields if field.name in _SAID_AS]
    names = _Names(documents) if saying else _Names(())
    found: dict[tuple[LinkKind, str, str], Link] = {}
    for document, field in saying:
        for other in names.meant(document, field):
            link = _link(document, field, other)
            found.setdefault((link.kind, link.file, link.other), link)
    for link in _versions(documents):
        found.setdefault((link.kind, link.file, link.other), link)
    return tuple(found.values())


def links_by_file(links: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """By each document the links that it makes and those that others make to it, in their order."""
    found: dict[str, tuple[Link, ...]] = {}
    for link in links:
        for file in (link.file, link.other):
            found[file] = (*found.get(file, ()), link)
    return found


def folded_name(name: str) -> str:
    """A number or title as it is compared: 国发[2019] 5号 → 国发〔2019〕5号."""
    return plain(name).translate(_BRACKETS)


def folded_titles(title: str) -> tuple[str, ...]:
    """A title as it is compared, and what it issues: …关于印发某市办法的通知, 某市办法."""
    whole = folded_name(title).removeprefix("《").removesuffix("》")
    issued = _ISSUED.match(whole)
    return (whole, issued[1].removeprefix("《").removesuffix("》")) if issued else (whole,)


def typed_titles(documents: Iterable[Described]) -> dict[str, frozenset[str]]:
    """The titles that a question may spell, as it is read (`plain`): whole or as what a notice issues, with
    no version behind it, with and without the state or the region before it (中华人民共和国专利法, 专利法);
    with each the regions of its documents.
    """
    found: dict[str, set[str]] = {}
    for one in documents:
        for title in folded_titles(one.title) if one.value("title") else ():
            unversioned = _VERSION_BEHIND.sub("", title)
            for typed in {unversioned.removeprefix(before) for before in ("", _STATE, one.region or "")}:
                if len(typed) >= SHORTEST_TITLE and _CALLED.search(typed):
                    found.setdefault(typed, set()).update([one.region] if one.region else [])
    return {title: frozenset(regions) for title, regions in found.items()}


def _link(document: Described, field: Field, other: Described) -> Link:
    since = document.value("in_force_from") or document.value("date")
    kind: LinkKind = "interprets" if field.name == "interprets" else "amends"
    if field.name == "repeals":
        kind = "replaces" if _newest_name(document) == _newest_name(other) else "repeals"
    return Link(kind, document.file, other.file, field.start, field.end, since)


def _versions(documents: Iterable[Described]) -> Iterator[Link]:
    """Each version of a law replaces its earlier ones, from the day on which it holds; the newest first."""
    titled: dict[tuple[str, str | None], list[Described]] = {}
    for one in documents:
        if one.kind == "法规" and one.value("title") and one.value("date"):
            titled.setdefault((_newest_name(one), one.region), []).append(one)
    for versions in titled.values():
        versions.sort(key=_day, reverse=True)
        for at, later in enumerate(versions):
            said = later.field("date")
            # In force from 2006 is the law, of which this is the version of 2018.
            since = max(_day(later), later.value("in_force_from") or "")
            for one in versions[at + 1 :]:
                issuers = {one.value("issuer"), later.value("issuer")} - {None}
                if said and len(issuers) < 2 and _day(one) < _day(later):
                    yield Link("replaces", later.file, one.file, said.start, said.end, since)


def _day(document: Described) -> str:
    return document.value("date") or ""


def _newest_name(document: Described) -> str:
    """The title without what tells its versions apart: 某市救助办法（试行） → 某市救助办法."""
    return _VERSION.sub("", folded_titles(document.title)[-1])


class _Names:
    """The documents by their numbers and titles."""

    def __init__(self, documents: Iterable[Described]) -> None:
        self._numbered: dict[str, list[Described]] = {}
        self._titled: dict[str, list[Described]] = {}
        for one in documents:
            number = folded_name(one.value("number") or "")
            if _YEAR_IN_BRACKETS.search(number):  # 第16号 is the number of many
                self._numbered.setdefault(number, []).append(one)
            for title in folded_titles(one.title) if one.value("title") else ():
                self._titled.setdefault(title, []).append(one)

    def meant(self, document: Described, field: Field) -> Iterator[Described]:
        """The documents that a field of ``document`` names: all files of one document, else none."""
        numbered = self._numbered.get(folded_name(field.value), [])
        named = [one for one in numbered if _may_mean(document, field, one)]
        for title in () if numbered else folded_titles(field.value):
            titled = (one for one in self._titled.get(title, []) if _same_region(document, one))
            named = named or [one for one in titled if _may_mean(document, field, one)]
        if len({folded_name(one.value("number") or one.file) for one in named}) == 1:
            yield from named


def _may_mean(document: Described, field: Field, other: Described) -> bool:
    """No document means itself, a reading of another, or, to end or change it, one that is younger."""
    if other.file == document.file or (other.kind == "解读" and document.kind != "解读"):
        return False
    own, others = document.value("date"), other.value("date")
    return field.name == "interprets" or not (own and others and others > own)


def _same_region(one: Described, other: Described) -> bool:
    """Whether two may be of one region, 菏泽市成武县 and 成武县; a title alone means none of another."""
    if not one.region or not other.region:
        return True
    return one.region.endswith(other.region) or other.region.endswith(one.region)
