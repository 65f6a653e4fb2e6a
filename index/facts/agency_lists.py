"""A list of bodies, as printed, into its members and the role that each is given.

(县发展和改革局牵头,县财政局、县水务局按职责分工负责), 牵头单位：市财政局；责任单位：市工信局, a table cell.
Where a list stands and whether it is one is ``agencies.py``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.language.agency_endings import LAST_CHARACTERS, SEATED
from index.language.agency_shapes import may_be_body, names_body, names_class, names_no_one, surely_body
from index.language.divisions import is_region

Duty = Literal["lead", "support", "plain", "supervise", "assess"]
"""lead: 牵头; support: 配合, 参与, 协助; supervise: 指导, 监督; assess: 考核; plain: 责任 or nothing."""


SUPPORTING = frozenset({"配合", "协同", "协办", "协助", "参与", "参加"})
"""What documents call the part of a body that supports."""


@dataclass(frozen=True, slots=True)
class Member:
    """One body of a list; offsets are those of the text it was read from."""

    start: int
    end: int
    duty: Duty


# 牵头单位：, 责任部门:, 配合单位： before a list.
LABEL = re.compile(
    r"(?:主要|主)?(?P<duty>(?:牵头)?考核|牵头|责任|主责|负责|主管|实施|落实|承办|配合|协同|协办|协助|参与|参加|指导|监督|督导)(?:责任)?"
    r"(?:单位|部门|主体|机构)(?:及部门)?\s*[：:]\s*"
)
# 牵头, 按职责分工负责, 共同牵头, 配合, 负责落实 at the end of a list.
ROLE_END = re.compile(
    r"(?:共同|联合|分别|各自|具体|统一|主要)*(?:按照?(?:各自)?(?:职责|职能)(?:分工)?|依(?:据|照)?(?:各自)?职责(?:分工)?|(?:各自)?分工)?"
    r"(?:共同|分别|具体)?(?P<duty>牵头|负责|配合|参与|参加|协助|协同|指导|督导|监督|组织实施|具体实施|抓好落实|落实|实施|承办|协办)(?:负责|组织|落实|实施|抓总|做好|执行)*$"
)
# 由, 并由, 和 before the first body of a chunk.
_OPENING = re.compile(r"(?:并由|由|请|以及|及|和|与|会同)(?=[一-鿿]{2})")
# 等市直有关部门, 等部门, 等8家单位, 等 at the end of a chunk; what follows 等 may name a class.
_AND_SO_ON = re.compile(r"等(?P<rest>[一-鿿\d]{0,10}(?:部门|单位|机构|企业|委办局))?$")
# 市生态环境局及相关市直单位, 省发改委会同省财政厅, 全国工商联等部门和各省级人民政府: what joins two.
_JOINER = re.compile(
    r"等(?P<class>(?:各?(?:有关|相关))?(?:部门|单位))(?:和|及|以及|会同)|会同|(?<=[局厅委部])会(?=[省市县区]|相关|有关)|以及|及|和|与|\s+"
)
# 县级以上人民政府及其有关部门: the tail names no other body.
_AND_ITS = re.compile(r"及其(?:他)?[一-鿿]{0,8}(?:部门|单位|机构|工作人员)$")
# 市文旅局[市文物局]: a body printed in brackets after another.
_INNER = re.compile(r"[(（\[〔【](?P<inner>[^()（）\[\]〔〕【】]{2,20})[)）\]〕】]$")
# 河津市, 各市, 各县(市), 自治州: a place that needs the next member's 人民政府.
_PLACE = re.compile(
    r"(?:各|[一-鿿]{1,7})?(?:自治[州县区旗]|新区|[省市县区旗州盟乡镇])(?:[(（\[〔][一-鿿、]{1,6}[)）\]〕])?$"
)
_SEATED = re.compile(rf"(?:{SEATED})$")
# 局, 委, 队 … of one body directly before 县, 市 … of the next: 县综合行政执法局|县交通运输局.
_LOST_SEPARATOR = re.compile(rf"(?<=[{LAST_CHARACTERS}])(?=[省市县区旗州][一-鿿]{{2,}}|各[县市乡区])")
# 局|县分局 and 委|市直: places where nothing was lost.
_NOTHING_LOST = re.compile(r"[省市县区旗州](?:分局|支局|分行|支行|分公司|直|委$)")
# What only joins: …集团有限公司及|各地区, …和|有关区县政府
_OF_ALL = re.compile(r"各|有关|相关")
# 各市、州、|县住建局: levels that share the function of the last
_LEVELS = re.compile(r"各[市州县区旗省](?:[、和][市州县区旗省])*$")
# 工业园区管委会（以下简称…）
_SHORT_FORM = re.compile(r"[（(](?:以下|下称|简称).*$")
_SEPARATORS = "、，,；;\n"
_OPEN, _CLOSE = "(（[〔【", ")）]〕】"


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between separators outside brackets, and before each label, without blanks around them."""
    depth, at = 0, start
    labels = {found.start() for found in LABEL.finditer(text, start, end)}
    for position in range(start, end + 1):
        if position in labels and position > at:
            yield _trimmed(text, at, position)
            at, depth = position, 0
        character = text[position] if position < end else "、"
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in _SEPARATORS and (depth == 0 or position == end):
            yield _trimmed(text, at, position)
            at = position + 1
            depth = 0


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "。.．|"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "。.．|"):
        end -= 1
    return start, end


def _duty(word: str) -> Duty:
    if word == "牵头":
        return "lead"
    if word in {"指导", "监督", "督导"}:
        return "supervise"
    if word.endswith("考核"):
        return "assess"
    return "support" if word in SUPPORTING else "plain"


def _split_bodies(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The bodies of one chunk: separators lost or replaced by a blank, 及, 和, 会同; an inner bracket."""
    start, end = _trimmed(text, start, end)
    if found := _AND_ITS.search(text, start, end):
        end = found.start()
    for found in _JOINER.finditer(text, start, end):
        right = text[found.end() : end]
        left = text[start : found.start()]
        known = surely_body(left) or (_OF_ALL.match(right) and may_be_body(left))
        if known and (names_body(right) or names_no_one(right) or _OF_ALL.match(right)):
            yield start, found.start()
            if found["class"] and names_class(found["class"]):
                yield found.span("class")
            yield from _split_bodies(text, found.end(), end)
            return
    for found in _LOST_SEPARATOR.finditer(text, start, end):
        left, right = text[start : found.start()], text[found.start() : end]
        if surely_body(left) and names_body(right) and not _NOTHING_LOST.match(right):
            yield start, found.start()
            yield from _split_bodies(text, found.start(), end)
            return
    inner = _INNER.search(text, start, end)
    if inner and surely_body(inner["inner"]) and names_body(text[start : inner.start()]):
        yield start, inner.start()
        yield inner.span("inner")
    elif start < end:
        yield start, end


@dataclass(slots=True)
class _Reading:
    """A list half read: members, the run still without a role, a place that waits for 人民政府."""

    members: list[Member]
    run: list[tuple[int, int]]
    label: Duty | None
    places: list[tuple[int, int]]
    unknown: list[tuple[int, int]]
    known: int = 0
    roles: int = 0


def _close_run(reading: _Reading, duty: Duty) -> None:
    reading.members.extend(Member(start, end, duty) for start, end in reading.run)
    reading.run.clear()


def _read_body(text: str, start: int, end: int, reading: _Reading) -> None:
    words = text[start:end]
    levels = reading.places and _LEVELS.match(text[reading.places[0][0] : reading.places[-1][1]])
    seat = _SEATED.search(words)
    if reading.places and seat and all(map(is_region, _names(text, reading.places, words[: seat.start()]))):
        # 河津市、永济市人民政府: each has a government of its own
        reading.run += [*reading.places, (start, end)]
        reading.known += len(reading.places) + 1
        reading.places.clear()
    elif reading.places and (
        (seat and names_body(words)) or (levels and words[0] in "市州县区旗" and not _PLACE.match(words))
    ):
        reading.run.append((reading.places[0][0], end))
        reading.places.clear()
    elif _PLACE.match(words):
        reading.places.append((start, end))
    else:
        _close_places(text, reading)
        _take(text, start, end, reading)


def _names(text: str, places: list[tuple[int, int]], last: str) -> list[str]:
    return [*(text[start:end] for start, end in places), last.removesuffix("人民")]


def _close_places(text: str, reading: _Reading) -> None:
    """Places that no 人民政府 followed: bodies of their own (各县(市), 县经济开发区) or none."""
    for start, end in reading.places:
        _take(text, start, end, reading)
    reading.places.clear()


def _take(text: str, start: int, end: int, reading: _Reading) -> None:
    words = _SHORT_FORM.sub("", text[start:end])
    if names_class(words):
        reading.run.append((start, end))
    elif names_no_one(words):
        return
    elif names_body(words):
        reading.run.append((start, end))
        reading.known += 1
    else:
        reading.unknown.append((start, end))
        if may_be_body(words):
            reading.run.append((start, end))


def _read_chunk(text: str, start: int, end: int, reading: _Reading) -> None:
    if label := LABEL.match(text, start, end):
        _close_run(reading, reading.label or "plain")
        reading.label = _duty(label["duty"])
        start = label.end()
    if opening := _OPENING.match(text, start, end):
        start = opening.end()
    role = ROLE_END.search(text, start, end)
    stop = role.start() if role else end
    rest = _AND_SO_ON.search(text, start, stop)
    for body_start, body_end in _split_bodies(text, start, rest.start() if rest else stop):
        _read_body(text, body_start, body_end, reading)
    if (
        rest
        and rest["rest"]
        and (names_class(rest["rest"]) or (names_body(rest["rest"]) and not names_no_one(rest["rest"])))
    ):
        reading.run.append(rest.span("rest"))
    if role:
        reading.roles += 1
        _close_places(text, reading)
        _close_run(reading, _duty(role["duty"]))


def read_list(text: str, start: int, end: int, *, strict: bool) -> tuple[Member, ...]:
    """The members of the list ``text[start:end]`` in order; empty where it names no one.

    ``strict`` gives nothing at all where one chunk is not a body, as (老旧小区、县住建局) is no list;
    without it a chunk is left out that cannot be a name.
    """
    reading = _read(text, start, end, strict=strict)
    if strict and reading.unknown:
        return ()
    unknown = {*reading.unknown}
    return tuple(member for member in reading.members if (member.start, member.end) not in unknown)


def read_whole_list(text: str, start: int, end: int) -> tuple[tuple[Member, ...], bool]:
    """The members of a list that its place says is one, of any shape, and whether most are known."""
    reading = _read(text, start, end)
    fewest = len(reading.unknown) if reading.roles else 2 * len(reading.unknown)
    return tuple(reading.members), reading.known >= max(1, fewest)


def _read(text: str, start: int, end: int, *, strict: bool = False) -> _Reading:
    """``strict`` reads no further than the first chunk that is no body."""
    reading = _Reading([], [], None, [], [])
    for chunk_start, chunk_end in _chunks(text, start, end):
        if chunk_start < chunk_end:
            _read_chunk(text, chunk_start, chunk_end, reading)
            if strict and reading.unknown:
                return reading
    _close_places(text, reading)
    _close_run(reading, reading.label or "plain")
    return reading
