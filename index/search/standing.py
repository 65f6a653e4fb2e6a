"""Whether a document still holds on a day, and by whose words it does not.

By its own (有效期五年, 自…起施行, 效力状态：废止) and by those of the others of the library (…同时废止),
which count from the day on which the other holds.  Left out: who amended it, since it then still holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from index.records import Described, Field
from index.search.links import Link

State = Literal["repealed", "revised", "expired", "not yet"]
MARKS: Final[Mapping[State, str]] = {
    "repealed": "已废止",
    "revised": "已有新版",
    "expired": "已失效",
    "not yet": "尚未施行",
}
"""The states as they are printed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Why a document does not hold: ``reason`` in words (有效期至2022年9月12日).

    ``since`` is the day (ISO 8601) that it names: from which the other holds, the last on which this did, the
    first on which it will; None where it is not told.  The words that say so stand in ``file`` at start:end;
    ``start`` and ``end`` are None where the value was edited in, ``file`` too where that document is not
    among those asked.
    """

    state: State
    reason: str
    since: str | None
    file: str | None
    start: int | None
    end: int | None

    @property
    def mark(self) -> str:
        """已废止, 已有新版, 已失效 or 尚未施行."""
        return MARKS[self.state]

    def __str__(self) -> str:
        return f"{self.mark}：{self.reason}"


def standing_of(
    document: Described, day: date, repealing: Sequence[Link], documents: Mapping[str, Described]
) -> Standing | None:
    """Why the document does not hold on the day; None where it does or nothing tells.

    ``repealing`` are the links of documents that repeal it, ``documents`` those by their files.
    """
    for link in repealing:
        if link.since is None or link.since <= day.isoformat():
            by = documents[link.file]
            return _revised(link, by) if _is_a_version(link, by) else _repealed(link, by)
    said = document.against(day)
    return _by_itself(document.file, said) if said else None


def _repealed(link: Link, by: Described) -> Standing:
    number = by.value("number")
    name = f"《{by.title}》{f'（{number}）' if number else ''}"
    since = f"自{printed_day(link.since)}起" if link.since else ""
    return Standing("repealed", f"{since}被{name}废止", link.since, link.file, link.start, link.end)


def _is_a_version(link: Link, by: Described) -> bool:
    """Whether the other is a later version of the same law, and does not say itself that it ends this one."""
    said = ((one.start, one.end) for one in by.fields if one.name == "repeals")
    return link.kind == "replaces" and (link.start, link.end) not in said


def _revised(link: Link, by: Described) -> Standing:
    dated = printed_day(by.value("date") or link.since or "")
    since = f"，自{printed_day(link.since)}起施行" if link.since and link.since != by.value("date") else ""
    return Standing("revised", f"库中有{dated}的版本{since}", link.since, link.file, link.start, link.end)


def _by_itself(file: str, said: Field) -> Standing:
    """Why a document does not hold by the field that says so (`Described.against`)."""
    since: str | None = said.value
    if said.name == "status":
        state: State = "repealed" if "废止" in said.value else "expired"
        reason, since = f"注明“{said.value}”", None
    elif said.name == "in_force_from":
        state, reason = "not yet", f"自{printed_day(said.value)}起施行"
    else:
        state, reason = "expired", f"有效期至{printed_day(said.value)}"
    return Standing(state, reason, since, file, said.start, said.end)


def printed_day(iso: str) -> str:
    """2022-09-12 → 2022年9月12日."""
    year, month, day = iso.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"
