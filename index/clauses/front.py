"""What stands before the body and after it: title, notice, addressees, metadata table, signature.

Works on segments and on the places at which the document's fields were read.  A covering notice goes with
the front up to the title of what it carries; an article that prints its title once more does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.clauses.numbering import marker_at
from index.clauses.plain_headings import shown, stands_by_itself
from index.clauses.segments import LONG_LINE, Segment
from index.language.years import YEAR
from index.metadata.describe import Description
from index.records import Field

LONGEST_FRONT_LINE = 80
LONGEST_NOTICE = 400
"""Characters of sentences before the title's last printing: covering notices have at most 160 in the 599
notices; the two articles that print their headline again within the text have 700 and more."""
SHORTEST_TITLE = 8
"""Shorter lines stand in a title by chance."""
SHORTEST_LAST_LINE = 4
LONGEST_TITLE_LINE = 200

_SENTENCE = re.compile(r"[。！？!?；;]")
_CARRIED = re.compile(r"《([^《》]+)》")  # 关于印发《若干措施》的通知: its name opens what it carries
# 各县(市)人民政府,市直各有关单位: but not 现将有关事项通知如下：
_ADDRESSEE = re.compile(r"[^。]{2,160}(?<!如下)(?<!以下)[:：]")
# A name of an institution before the colon: 区中医院：, 各乡镇人民政府，县直各单位：
_ADDRESSED = re.compile(
    r"[^。；;]{0,156}(?:政府|单位|部门|机构|委|局|厅|办|处|院|校|所|公司|企业|集团|银行|中心|学会|协会)(?:[（(][^（）()]{1,20}[)）])?[:：]"
)
_TEXT_OPENS = re.compile(r"为|根据|按照|鉴于|近日|日前")
# 1985年10月24日 国务院、中央军委发布, 1988年5月20日 施行, （2013年1月21日…通过）, 法释〔2023〕5号
# After a signature: （此件公开发布）, （信息公开形式：主动公开）, 抄送：…, 天津市商务局2020年2月15日印发
_STAMP = re.compile(
    r"[（(](?:此件|信息公开|公开|联系)[^）)]{0,60}[）)]|(?:抄送|抄报|主题词)[:：].{0,200}|.{2,40}印发"
)
_HISTORY = re.compile(rf"[（(]?{YEAR}年\d{{1,2}}月|.{{0,30}}(?:施行|通过|公布|发布|修[正订])[）)]?$|法释")


def cuts_of(text: str, description: Description) -> set[int]:
    """Where a title begins and ends, wherever it is printed, and a signature: the line goes on there."""
    found = {f.name: (f.start, f.end) for f in reversed(description.fields) if f.start is not None and f.end}
    title = found.get("title", (0, 0))
    first = marker_at(text, text.rfind("\n", 0, title[0]) + 1, title[1] or 0)
    if first and first.end <= (title[0] or 0):
        title = (0, 0)  # the heading of a first item, no title of a document
    issuer, date = found.get("issuer"), found.get("date")
    cuts = {*title}
    if issuer and date and text[issuer[1] : date[0]].isspace():
        cuts |= {issuer[0], date[1]}
    if date:
        cuts |= _signed_inside(text, description, date)
    if number := found.get("number"):
        cuts |= _glued(text, number)
    printed = text[title[0] or 0 : title[1]].strip()
    for name in (printed, *_CARRIED.findall(printed)):
        at = text.find(name, title[1] or 0) if len(name) >= SHORTEST_TITLE else -1
        while at >= 0:
            if text[at - 1].isspace() and text[at + len(name) : at + len(name) + 1].isspace():
                cuts.update((at, at + len(name)))
            at = text.find(name, at + len(name))
    return {at for at in cuts if at}


def _signed_inside(text: str, description: Description, date: tuple[int | None, int]) -> set[int]:
    """Where a signature begins and its date ends that run on from the last sentence.

    …工作机制。某市人民政府2024年6月28日
    """
    before = text[: date[0] or 0].rstrip()
    for field in description.fields:
        if field.name == "issuer" and before.endswith(field.value):
            start = len(before) - len(field.value)
            if text[start - 1 : start] in "。）)":
                return {start, date[1]}
    return set()


def _glued(text: str, number: tuple[int | None, int]) -> set[int]:
    """Where the number begins and ends, and the addressees after it, in a line that has lost its breaks."""
    start, end = number[0] or 0, number[1]
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if line_end - text.rfind("\n", 0, start) <= LONG_LINE:
        return set()
    addressed = _ADDRESSED.match(text, end, line_end)
    return {start, end} | ({addressed.end()} if addressed else set())


def front_of(text: str, segments: Sequence[Segment], description: Description) -> set[int]:
    """The indices of the segments that are front: before the body, and the signature after it."""
    located = [f for f in description.fields if f.start is not None and f.end is not None]
    first_marker = next((i for i, s in enumerate(segments) if s.marker or s.row), len(segments))
    last_title = _last_title(text, segments[:first_marker], located)
    front = set(range(last_title + 1))
    said = False  # whether a sentence stands before
    for i, piece in enumerate(segments):
        line = text[piece.start : piece.end]
        opens = last_title < i < first_marker
        said = said or (opens and "。" in line)
        if (
            (not piece.marker and _holds_field(piece, located) and _is_line(line, piece))
            or (i == last_title + 1 and opens and _is_addressee(line))
            or (opens and not said and (stands_by_itself(line) or _ADDRESSED.fullmatch(line)))
            or (description.kind == "法规" and opens and _HISTORY.match(line) and "。" not in line)
            or (i - 1 in front and i > first_marker and _STAMP.fullmatch(line))
        ):
            front.add(i)
    return front


def _last_title(text: str, head: Sequence[Segment], located: Sequence[Field]) -> int:
    """The index of the last segment before the body that prints the title, or a part of it; -1 without."""
    title_at = [(f.start, f.end) for f in located if f.name == "title"]
    title = shown(next((text[a:b] for a, b in title_at), ""))
    last, sentences = -1, 0
    for i, piece in enumerate(head):
        line = text[piece.start : piece.end]
        if any((a or 0) < piece.end and (b or 0) > piece.start for a, b in title_at) or (
            sentences <= LONGEST_NOTICE and _prints(line, title)
        ):
            last = i
        elif "。" in line:
            sentences += len(line)
    return last


def _prints(line: str, title: str) -> bool:
    if not title or len(line) > LONGEST_TITLE_LINE:
        return False
    flat = shown(line)
    if len(flat) < SHORTEST_TITLE:
        return len(flat) >= SHORTEST_LAST_LINE and title.endswith(flat)
    return flat in title or (title in flat and len(flat) < 2 * len(title))


def _holds_field(piece: Segment, located: Sequence[Field]) -> bool:
    return any(
        (f.start or 0) < piece.end and (f.end or 0) > piece.start and f.name != "implements" for f in located
    )


def _is_line(line: str, piece: Segment) -> bool:
    return len(shown(line)) <= LONGEST_FRONT_LINE and not piece.row and not _SENTENCE.search(line)


def _is_addressee(line: str) -> bool:
    return bool(_ADDRESSEE.fullmatch(line)) and not _TEXT_OPENS.match(line)
