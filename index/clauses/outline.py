"""Segments → outline: which headings stand above each segment, and which open something.

One walk with the stack of open headings: a marker closes its own level and what nests deeper (``nesting``
orders the families for each document), a line without a number opens a heading where ``plain`` says so.
A heading stands alone, or runs into its text and still heads what follows.  Signatures close everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from index.clauses.front import cuts_of, front_of
from index.clauses.nesting import Level, ranks
from index.clauses.numbering import Marker
from index.clauses.plain_headings import bullet, heads, looks_like_heading, opening_phrase, shown
from index.clauses.segments import Segment, segment
from index.metadata.describe import Description
from index.records import Grid

_ARTICLE_OUTER: frozenset[Level] = frozenset({"附件", "部分", "编", "章", "节", "条"})
_ALWAYS_HEADINGS: frozenset[Level] = frozenset({"部分", "编", "章", "节"})

LONGEST_HEADING = 60
"""Headings that stand alone have at most 26 characters in the five policy documents; articles of a list that
are one sentence are longer."""
LONGEST_RUN_IN = 40
"""A heading that ends in 。 or ： is no longer: 免征增值税及附加。 has 26, the longest in the notices 40."""
LONGEST_OPENING = 32
"""Characters of an item's text that stand for it in the paths of what follows it."""
SHORTEST_TITLE = 4
"""A shorter line is no part of the title: 总则 stands in many."""

_SENTENCE_END = re.compile(r"[。！？!?；;]")
# 促进产业集聚发展。深入开展…, 收费标准：…, 申请受理 北京市企业…
_RUN_IN = re.compile(r"\s*([^。！？；;：:\n]{2,40}?)(?:[。：:]|[ \u3000]{1,}(?=\S))")
# 及其辅助性业务的特别规定: the second line of a chapter's heading
_GOES_ON = re.compile(r"[及和与或、的][^。；：，]{1,30}")
_CONTENTS = ("目录", "目次")
# 以上任务均需各乡镇人民政府落实; 本通知自印发之日起施行; 特此通知: speaks of the whole document.
WHOLE_DOCUMENT = re.compile(
    r"[（(]?(?:(?:以上|上述)(?:各项|所有)?(?:任务|工作|措施|政策)|特此(?:通知|公告|通告|函告)"
    r"|本(?:通知|公告|通告|意见|方案|办法|措施|规定|政策|细则)[^，。]{0,12}自[^。]{1,24}(?:施行|实施|执行|生效))"
)


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
    sign: str | None = None


def outline(text: str, description: Description, grids: Iterable[Grid] = ()) -> list[Place]:
    """Give every segment of the text its place; ``grids`` are the tables that its file holds."""
    segments = _join_titles(text, segment(text, cuts_of(text, description), grids))
    title = next((field.value for field in description.fields if field.name == "title"), "")
    return _Outliner(text, segments, front_of(text, segments, description), shown(title)).run()


def _join_titles(text: str, segments: list[Segment]) -> list[Segment]:
    """A number alone on its line takes the short line after it as its title; a broken heading its rest."""
    joined: list[Segment] = []
    for piece in segments:
        before = joined[-1] if joined else None
        if before and _is_title_of(text, before, piece):
            joined[-1] = replace(before, end=piece.end)
        else:
            joined.append(piece)
    return joined


def _is_title_of(text: str, before: Segment, piece: Segment) -> bool:
    marker = before.marker
    if marker is None or piece.marker or piece.row or piece.end - piece.start > LONGEST_RUN_IN:
        return False
    if marker.family in _ALWAYS_HEADINGS and (
        _GOES_ON.fullmatch(text, piece.start, piece.end) or text[before.end - 1] == "、"
    ):
        return True
    return marker.end == before.end and marker.family != "附件"


class _Outliner:
    """Walks the segments once with the stack of open headings."""

    def __init__(self, text: str, segments: list[Segment], front: set[int], title: str) -> None:
        self.text = text
        self.segments = segments
        self.front = front
        self.title = title
        self.stack: list[_Open] = []
        self._among_sentences = False  # whether the item before this one of its list was a sentence
        self.rank = ranks(segments)

    def run(self) -> list[Place]:
        places = []
        for i, piece in enumerate(self.segments):
            if i in self.front:
                self.stack.clear()  # what follows a signature is no part of the last article
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
        cells = [shown(self.text[c.start : c.end]) for c in piece.row.cells]
        if piece.row.kind == "row":
            # A cell over several rows names none of them.
            own = [w for w, c in zip(cells, piece.row.cells, strict=True) if c.high == 1]
            name = next((w for w in (*own, *cells) if w and not w.isdecimal()), None)
            return Place(piece, "row", self._path(), name)
        if piece.row.kind == "section":
            self._leave("section")
            path, named = self._path(), [cell for cell in cells if cell]
            apart = len(named) > 1  # 二、 | 部门考核 | 60 |
            name = "".join(named[: 2 if apart else 1])
            self.stack.append(_Open("section", name))
            return Place(piece, "row", path, name) if apart else Place(piece, "heading", path)
        if piece.row.kind == "remark":
            self._leave("section")
            return Place(piece, "body", self._path())
        return Place(piece, "heading", self._path())

    def _numbered(self, piece: Segment, marker: Marker, after: Segment | None) -> Place:
        if self._inside_article(piece, marker, after):
            return Place(piece, "body", self._path(), joins=True)
        self._close_for(marker)
        path = self._path()
        rest = self.text[marker.end : piece.end].lstrip(" \u3000\t*")
        if self._stands_alone(rest, marker, after):
            self.stack.append(_Open(marker.family, shown(self.text[piece.start : piece.end]).rstrip("。：:")))
            return Place(piece, "heading", path)
        run_in = _RUN_IN.match(rest) if marker.family != "条" else None
        heading = shown(run_in.group(1)) if run_in and run_in.end() < len(rest) else None
        opening = (
            heading
            or shown(re.split(r"[。；;，,：:]", rest[:LONGEST_HEADING], maxsplit=1)[0])[:LONGEST_OPENING]
        )
        if marker.family == "条":
            opening = ""
            if self.stack:
                self.stack[-1].has_body = True
        self.stack.append(_Open(marker.family, shown(marker.label) + opening, has_body=True, alone=False))
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
        if self.stack and self.stack[0].words in _CONTENTS:
            self.stack.clear()
        levels = [entry.level for entry in self.stack]
        self._among_sentences = False
        if marker.family in levels:
            place = levels.index(marker.family)
            self._among_sentences = not self.stack[place].alone
            if marker.number > 1 or "plain" not in levels[place:]:
                del self.stack[place:]
                return
            last_plain = max(depth for depth, level in enumerate(levels) if level == "plain")
            del self.stack[place:last_plain]  # a list begins anew under a heading
        while self.stack and self._deeper(self.stack[-1], marker):
            self.stack.pop()
        if marker.number == 1:  # and so under an unnumbered heading, which stands in no narrower list
            self.stack = [e for e in self.stack if e.level == "plain" or not self._deeper(e, marker)]

    def _deeper(self, entry: _Open, marker: Marker) -> bool:
        if entry.level == "plain":  # a list that goes on has left it; articles count on through chapters
            return marker.number != 1 and marker.family != "条"
        if marker.family == "条" and entry.alone and not entry.has_body:
            return False  # （一）动产质押 above the articles of a judicial interpretation
        return self.rank[entry.level] > self.rank[marker.family]

    def _stands_alone(self, rest: str, marker: Marker, after: Segment | None) -> bool:
        """True for a heading without text of its own: short, one phrase, and followed by what it heads."""
        if after is None or len(rest) > LONGEST_HEADING or marker.family == "条":
            return False
        if marker.family in _ALWAYS_HEADINGS:
            return True
        if marker.family == "附件":
            return not rest.strip(" \u3000:：")
        closed = rest.endswith(("。", ":", "：")) and (
            len(rest) > LONGEST_RUN_IN or self._is_sentence(rest, marker)
        )
        if closed or _SENTENCE_END.search(rest.rstrip("。？?")):
            return False
        follower = after.marker
        open_levels = [marker.family, *(entry.level for entry in self.stack)]
        return follower is None or after.row is not None or follower.family not in open_levels

    def _is_sentence(self, rest: str, marker: Marker) -> bool:
        """True for a list's item: its sibling was a sentence, or ended in ；."""
        listed = self.text[max(marker.start - 20, 0) : marker.start].rstrip().endswith(("；", ";"))
        return listed or (self._among_sentences and ("，" in rest or "," in rest))

    def _plain(self, piece: Segment, after: Segment | None) -> Place:
        line = self.text[piece.start : piece.end]
        before_article = after is not None and after.marker is not None and after.marker.family == "条"
        if any(entry.level == "条" for entry in self.stack):
            if not (before_article and looks_like_heading(line)):
                return Place(piece, "body", self._path(), joins=True)
            self._leave("条")
        if WHOLE_DOCUMENT.match(line):
            self.stack.clear()
        elif self._prints_title(line):
            return Place(piece, "heading", ())
        elif looks_like_heading(line) and (before_article or heads(line, after, self.text)):
            self._open_plain(line, before_article=before_article)
            return Place(piece, "heading", self._path()[:-1])
        if self.stack:
            self.stack[-1].has_body = True
        return Place(piece, "body", self._path(), opening_phrase(line))

    def _prints_title(self, line: str) -> bool:
        """True where the title is printed once more above the body: no heading of what follows."""
        if self.stack or not looks_like_heading(line) or len(line) < SHORTEST_TITLE:
            return False
        return shown(line) in self.title

    def _open_plain(self, line: str, *, before_article: bool) -> None:
        sign = bullet(line)
        same = [depth for depth, entry in enumerate(self.stack) if sign and entry.sign == sign]
        if same:
            del self.stack[same[0] :]
        elif before_article:  # a chapter that lost its number, after the articles of the one before
            while self.stack and self.stack[-1].level in ("章", "节", "plain") and self.stack[-1].has_body:
                self.stack.pop()
        top = self.stack[-1] if self.stack else None
        if top and top.level == "1." and top.has_body and top.alone:
            self.stack.pop()  # an item that lost its number, between numbered ones
        elif top and not same and (top.has_body or (top.level == "plain" and not sign)):
            self._close_plain()
        self.stack.append(_Open("plain", shown(line).rstrip("：:"), sign=sign))

    def _close_plain(self) -> None:
        """Close the unnumbered heading that is open, with what is signed or listed below it."""
        depth = len(self.stack)
        while depth and self.stack[depth - 1].level != "plain" and not self.stack[depth - 1].alone:
            depth -= 1
        while depth and self.stack[depth - 1].level == "plain":
            depth -= 1
            outermost = self.stack[depth].sign is None
            del self.stack[depth:]
            if outermost:
                return
