"""Segments → outline: which headings stand above each segment, and which open something.

The nesting of the numbering families is found for each document: a family nests in the one that was
open when it first appeared, unless the usual order (编 章 节 条 附件 一、 （一） 1. （1） ①) and the
restarts of its numbers say otherwise.  Text before the numbering and signatures after it are the front.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.metadata import Description

from index.numbering import ASPECT, Family, Marker
from index.segments import Segment, segment

Level = Family | Literal["plain", "section"]

_USUAL: tuple[Level, ...] = (
    "附件", "编", "章", "节", "一、", "条", "section", "（一）", "1.", "（1）", "①", "一是", "方面", "plain",
)  # fmt: skip
_ARTICLE_OUTER: frozenset[Level] = frozenset({"附件", "编", "章", "节", "条"})

LONGEST_HEADING = 60
"""Headings that stand alone have at most 47 characters in the five policy documents."""
LONGEST_RUN_IN = 40
LONGEST_PLAIN_HEADING = 30
LONGEST_OPENING = 32
LONGEST_FRONT_LINE = 80

_SENTENCE_END = re.compile(r"[。！？!?；;]")
_RUN_IN = re.compile(r"\s*([^。！？；;：:\n]{2,40}?)(?:[。：:]|[ \u3000]{1,}(?=\S))")
_OPENING_PHRASE = re.compile(r"([^。！？；;，,：:\n]{4,32})。(?=\s*\S)")
_NO_HEADING = re.compile(r"[。；;，,：:！？!?|]|^[\d•·-]|^第?[\d—-]+页?$")
_BLANKS = re.compile(r"\s+")
_MARKS = re.compile(r"^[#*\s\u200b]+|[*\s]+$")
# 附件 with words after it is a list of attachments; alone, it opens one.
# 以上任务均需各乡镇人民政府落实: speaks of the whole document, not of the last heading.
WHOLE_DOCUMENT = re.compile(r"[（(]?(?:以上|上述)(?:各项|所有)?(?:任务|工作|措施|政策)")
_ADDRESSEE = re.compile(r"^[^。]{2,120}[:：]$")


@dataclass(frozen=True, slots=True)
class Place:
    """A segment with its place: headings above, what it is, and its own heading.

    ``joins`` is true where it goes on the clause before it (a 款 or 项 of an article).
    """

    segment: Segment
    kind: Literal["heading", "body", "row", "front"]
    path: tuple[str, ...]
    heading: str | None = None
    joins: bool = False


@dataclass(slots=True)
class _Open:
    """A heading on the stack."""

    level: Level
    words: str
    has_body: bool = False
    alone: bool = True


def outline(text: str, description: Description) -> list[Place]:
    """Give every segment of the text its place."""
    title = next((f for f in description.fields if f.name == "title" and f.start is not None), None)
    cuts = [o for o in (title.start, title.end) if o is not None] if title else []
    segments = _join_badges(text, segment(text, cuts))
    front = _front(text, segments, description)
    return _Outliner(text, segments, front).run()


def words(text: str) -> str:
    """A heading as it is shown: no line breaks, no Markdown marks, blanks kept only between Latin words."""
    flat = _BLANKS.sub(" ", _MARKS.sub("", text))
    return re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", flat)


def _join_badges(text: str, segments: list[Segment]) -> list[Segment]:
    """A number alone on its line takes the short line after it as its title."""
    joined: list[Segment] = []
    skip = False
    for segment_, after in zip(segments, [*segments[1:], None], strict=True):
        if skip:
            skip = False
            continue
        marker = segment_.marker
        alone = marker is not None and marker.end == segment_.end and marker.family != "附件"
        if (
            alone
            and after
            and not after.marker
            and not after.row
            and after.end - after.start <= LONGEST_RUN_IN
        ):
            joined.append(replace(segment_, end=after.end))
            skip = True
        else:
            joined.append(segment_)
    return joined


def _front(text: str, segments: Sequence[Segment], description: Description) -> set[int]:
    """Indices of the segments before the body and of the signature after it."""
    fields = [
        (f.name, f.start, f.end) for f in description.fields if f.start is not None and f.end is not None
    ]
    title = words(next((text[a:b] for name, a, b in fields if name == "title"), ""))
    first_marker = next((i for i, s in enumerate(segments) if s.marker or s.row), len(segments))
    last_title = -1
    for i, piece in enumerate(segments[:first_marker]):
        line = words(text[piece.start : piece.end])
        overlaps = any(n == "title" and a < piece.end and b > piece.start for n, a, b in fields)
        if overlaps or (
            len(line) >= 8 and title and (line in title or (title in line and len(line) < 2 * len(title)))
        ):
            last_title = i
    front = set(range(last_title + 1))
    for i, piece in enumerate(segments):
        length = piece.end - piece.start
        line = text[piece.start : piece.end]
        named = any(a < piece.end and b > piece.start and n != "implements" for n, a, b in fields)
        if (named and length <= LONGEST_FRONT_LINE and not piece.row and not _SENTENCE_END.search(line)) or (
            i == last_title + 1 and i < first_marker and _ADDRESSEE.match(line)
        ):
            front.add(i)
    return front


class _Outliner:
    """Walks the segments once with the stack of open headings."""

    def __init__(self, text: str, segments: list[Segment], front: set[int]) -> None:
        self.text = text
        self.segments = segments
        self.front = front
        self.stack: list[_Open] = []
        self.rank = _ranks(segments)

    def run(self) -> list[Place]:
        places = []
        for i, piece in enumerate(self.segments):
            if i in self.front:
                places.append(Place(piece, "front", ()))
                continue
            after = self.segments[i + 1] if i + 1 < len(self.segments) and i + 1 not in self.front else None
            if piece.row is None:
                self._leave("section")
            places.append(self._place(piece, after))
        return places

    def _place(self, piece: Segment, after: Segment | None) -> Place:
        if piece.row is not None:
            return self._row(piece)
        if piece.marker is not None:
            return self._numbered(piece, piece.marker, after)
        return self._plain(piece, after)

    def _path(self) -> tuple[str, ...]:
        return tuple(entry.words for entry in self.stack)

    def _leave(self, level: Level) -> None:
        """Close ``level`` and all below it, if it is open."""
        for depth, entry in enumerate(self.stack):
            if entry.level == level:
                del self.stack[depth:]
                return

    def _row(self, piece: Segment) -> Place:
        assert piece.row is not None
        words_ = [words(self.text[c.start : c.end]) for c in piece.row.cells]
        if piece.row.kind == "row":
            name = next((w for w in words_ if w and not w.isdigit()), None)
            return Place(piece, "row", self._path(), name)
        if piece.row.kind == "section":
            self._leave("section")
            place = Place(piece, "heading", self._path())
            self.stack.append(_Open("section", words_[0]))
            return place
        return Place(piece, "heading", self._path())

    def _numbered(self, piece: Segment, marker: Marker, after: Segment | None) -> Place:
        if self._inside_article(piece, marker, after):
            return Place(piece, "body", self._path(), joins=True)
        self._close_for(marker)
        path = self._path()
        rest = self.text[marker.end : piece.end].lstrip(" \u3000\t*")
        if self._stands_alone(rest, marker, after):
            self.stack.append(_Open(marker.family, words(self.text[piece.start : piece.end]).rstrip("。：:")))
            return Place(piece, "heading", path)
        run_in = _RUN_IN.match(rest) if marker.family != "条" else None
        heading = words(run_in.group(1)) if run_in and run_in.end() < len(rest) else None
        opening = heading or words(re.split(r"[。；;，,：:]", rest, maxsplit=1)[0])[:LONGEST_OPENING]
        if marker.family == "条":
            opening = ""
        self.stack.append(_Open(marker.family, words(marker.label) + opening, has_body=True, alone=False))
        return Place(piece, "body", path, heading)

    def _inside_article(self, piece: Segment, marker: Marker, after: Segment | None) -> bool:
        levels = [entry.level for entry in self.stack]
        if "条" not in levels or marker.family in _ARTICLE_OUTER:
            return False
        if marker.family in levels[: levels.index("条")]:
            return False
        opens_articles = after is not None and after.marker is not None and after.marker.family == "条"
        line = self.text[marker.end : piece.end]
        return not (opens_articles and len(line) <= LONGEST_HEADING and not _SENTENCE_END.search(line))

    def _close_for(self, marker: Marker) -> None:
        """Close what the marker ends: its own level, or what usually nests deeper."""
        levels = [entry.level for entry in self.stack]
        if marker.family in levels:
            del self.stack[levels.index(marker.family) :]
            return
        while self.stack and self._deeper(self.stack[-1], marker):
            self.stack.pop()

    def _deeper(self, entry: _Open, marker: Marker) -> bool:
        if entry.level == "plain":
            return marker.number != 1
        return self.rank(entry.level) > self.rank(marker.family)

    def _stands_alone(self, rest: str, marker: Marker, after: Segment | None) -> bool:
        """True for a heading without text of its own: short, one phrase, and followed by what it heads."""
        if after is None or len(rest) > LONGEST_HEADING or marker.family == "条":
            return False
        if marker.family in ("编", "章", "节"):
            return True
        if marker.family == "附件":
            return not re.sub(r"[\s:：]", "", rest)
        if _SENTENCE_END.search(rest.rstrip("。？?")) or (
            rest.endswith(("。", ":", "：", "？", "?")) and len(rest) > LONGEST_RUN_IN
        ):
            return False
        follower = after.marker
        if follower is None or after.row is not None:
            return True
        open_levels = [entry.level for entry in self.stack]
        return follower.family != marker.family and follower.family not in open_levels

    def _plain(self, piece: Segment, after: Segment | None) -> Place:
        line = self.text[piece.start : piece.end]
        before_article = after is not None and after.marker is not None and after.marker.family == "条"
        if any(entry.level == "条" for entry in self.stack):
            if not (before_article and self._looks_like_heading(line)):
                return Place(piece, "body", self._path(), joins=True)
            self._leave("条")
        if WHOLE_DOCUMENT.match(line):
            self.stack.clear()
        elif self._looks_like_heading(line) and (before_article or self._heads(line, after)):
            self._open_plain(line)
            return Place(piece, "heading", self._path()[:-1])
        if self.stack:
            self.stack[-1].has_body = True
        aspect = ASPECT.match(line)
        opening = _OPENING_PHRASE.match(line)
        heading = aspect.group(1) if aspect else opening.group(1) if opening else None
        return Place(piece, "body", self._path(), words(heading) if heading else None)

    def _looks_like_heading(self, line: str) -> bool:
        return len(line) <= LONGEST_PLAIN_HEADING and not _NO_HEADING.search(_MARKS.sub("", line))

    def _heads(self, line: str, after: Segment | None) -> bool:
        """True where the next segment is what this short line heads: a longer, punctuated one, or a table."""
        if after is None or (after.marker and after.marker.number != 1):
            return False
        if line.lstrip().startswith("#") or after.row is not None or after.marker:
            return True
        following = self.text[after.start : after.end]
        return len(following) > len(line) and bool(re.search(r"[。；;，,：:]", following))

    def _open_plain(self, line: str) -> None:
        top = self.stack[-1] if self.stack else None
        if top and top.level == "1." and top.has_body and top.alone:
            self.stack.pop()  # an item that lost its number, between numbered ones
        elif top and (top.level == "plain" or top.has_body):
            inner = [depth for depth, entry in enumerate(self.stack) if entry.level == "plain"]
            del self.stack[inner[-1] if inner else len(self.stack) :]
        self.stack.append(_Open("plain", words(line)))


class _ranks:  # noqa: N801 - a function with a memory
    """The order of the levels in one document: the usual one, unless an inner family never restarts."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        firsts: dict[Level, int] = {}
        restarts: dict[Level, int] = {}
        for position, piece in enumerate(segments):
            if piece.marker:
                firsts.setdefault(piece.marker.family, position)
                restarts[piece.marker.family] = restarts.get(piece.marker.family, 0) + (
                    piece.marker.number == 1
                )
        order = list(_USUAL)
        for outer, inner in (("一、", "1."), ("（一）", "1."), ("一、", "（一）")):
            inverted = (
                inner in firsts
                and outer in firsts
                and firsts[inner] < firsts[outer]  # type: ignore[index]
                and restarts[outer] > 1  # type: ignore[index]
                and restarts[inner] == 1  # type: ignore[index]
            )
            if inverted:
                order.remove(outer)  # type: ignore[arg-type]
                order.insert(order.index(inner) + 1, outer)  # type: ignore[arg-type]
        self._order = {level: rank for rank, level in enumerate(order)}

    def __call__(self, level: Level) -> int:
        return self._order[level]
