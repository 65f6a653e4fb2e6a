"""A sentence that announces items (有下列情形之一的：) and its items: neither is quoted without the other.

Items stand in the clause of the sentence, or are the clauses below it.  Left out: which items answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from index.entries import Entry
from index.language.numerals import ORDINALS, read_ordinal
from index.search.index import Index
from qa.evidence.findings import Finding
from qa.evidence.passages import ITEM_MARK, Passage, in_order

LONGEST_LISTED = 420
"""Characters of an announcement with its items."""
ITEM = re.compile(rf"\s*(?:[-*•]\s*)?(?:{ITEM_MARK}|[一二三四五六七八九十]+、)")
# 前款第二项情形，…
_REFERS = re.compile(rf"(?:前款|本条|本款)第(?P<item>[{ORDINALS}\d]+)项")
# 依照前款规定处罚, 前款所列材料; not: 前款第二项, 前款规定以外
_OF_PARAGRAPH = re.compile(rf"前款(?!第[{ORDINALS}\d]+项)")
LONGEST_PARAGRAPH = 400
"""Characters of the paragraph before that is told with one that goes by it."""
_ANNOUNCES = ("：", ":")
# 代办的，还需提供委托书: beside what the sentence before asks for.  治理机制还需完善 adds nothing.
_ADDS = re.compile(r"[还另](?:应当?|须|必须|需要?|要)(?:提供|提交|出具|携带|具备|符合|满足|缴纳|遵守|履行)")


def announces(words: str) -> bool:
    """True where the words end with what announces items."""
    return words.rstrip().endswith(_ANNOUNCES)


def with_items(finding: Finding, chosen: Sequence[Passage]) -> list[Passage]:
    """The passages in order; one that announces items (下列情形：) takes those that follow with it, as far as
    they are short enough, so that no answer ends where the items begin."""
    ordered = in_order(finding.passages)
    found: list[Passage] = []
    for passage in in_order(chosen):
        end = passage.end
        if announces(finding.words(passage)):
            for later in ordered:
                follows = later.start >= end and ITEM.match(finding.words(later))
                if follows and later.end - passage.start <= LONGEST_LISTED:
                    end = later.end
        if not found or passage.start >= found[-1].end:
            found.append(replace(passage, end=end))
    return found


def together(finding: Finding, chosen: Sequence[Passage]) -> list[Passage]:
    """The passages, several items of one announcement as the announcement, which then takes all of them."""
    above = {passage.start: announcement_of(finding, passage) for passage in chosen}
    starts = [one.start for one in above.values() if one]
    found: dict[int, Passage] = {}
    for passage in chosen:
        one = above[passage.start]
        kept = one if one and starts.count(one.start) > 1 else passage
        found.setdefault(kept.start, kept)
    return list(found.values())


def announcement_of(finding: Finding, passage: Passage) -> Passage | None:
    """The sentence of the clause that announces the item; None where the passage is no item of one."""
    if finding.hit.clause.cells or not ITEM.match(finding.words(passage)):
        return None
    before = [one for one in in_order(finding.passages) if one.end <= passage.start]
    for one in reversed(before):
        if announces(finding.words(one)):
            return one
        if not ITEM.match(finding.words(one)):
            return None
    return None


def items_of(finding: Finding, announcement: Passage) -> list[Passage]:
    """The items of the clause that a sentence announces, in order."""
    after = (one for one in in_order(finding.passages) if one.start >= announcement.end)
    return list(takewhile(lambda one: ITEM.match(finding.words(one)), after))


def whole_announcement(finding: Finding, passage: Passage) -> list[Passage]:
    """What announces the items among which the passage stands, and these items, each of as many sentences as
    it has; empty where nothing does."""
    if finding.hit.clause.cells:
        return []
    ordered = in_order(finding.passages)
    places = [
        at
        for at, one in enumerate(ordered[:-1])
        if one.start <= passage.start
        and announces(finding.words(one))
        and ITEM.match(finding.words(ordered[at + 1]))
    ]
    if not places:
        return []
    lead = ordered[places[-1]]
    items = [at for at in range(places[-1] + 1, len(ordered)) if ITEM.match(finding.words(ordered[at]))]
    several = any(b - a > 1 for a, b in pairwise(items))
    last = len(ordered) - 1 if several else items[-1]
    if passage.start >= ordered[last].end:
        return []
    ends = [*(at - 1 for at in items[1:]), last]
    return [lead, *(replace(ordered[a], end=ordered[b].end) for a, b in zip(items, ends, strict=True))]


def item_referred_to(finding: Finding, passage: Passage) -> Passage | None:
    """The item that the passage speaks of: 前款第二项情形 → （二）转租、转借的; None where it names none."""
    match = _REFERS.search(finding.words(passage))
    earlier = [one for one in in_order(finding.passages) if one.end <= passage.start]
    announcements = [one for one in earlier if announces(finding.words(one))]
    if match is None or not announcements:
        return None
    items = items_of(finding, announcements[-1])
    at = read_ordinal(match["item"]) - 1
    return items[at] if at < len(items) else None


def said_with(finding: Finding, passage: Passage) -> list[Passage]:
    """The sentences without which the passage says too little: before it the one that it departs from
    (…按二十年计算。 before 但六十周岁以上的，…) or adds to, the paragraph that it goes by (依照前款规定处罚);
    behind it one that adds (代办的，还需提供…)."""
    told = [one for one in in_order(finding.passages) if not one.heading]
    before = [one for one in told if one.end <= passage.start][-1:]
    behind = [one for one in told if one.start >= passage.end][:1]
    words = finding.words(passage)
    return [
        *(paragraph_before(finding, passage) if _OF_PARAGRAPH.search(words) else ()),
        *(before if departs(words) or _ADDS.search(words) else ()),
        *(one for one in behind if _ADDS.search(finding.words(one))),
    ]


def paragraph_before(finding: Finding, passage: Passage) -> list[Passage]:
    """The sentences of the paragraph before the passage's own, with its items (前款); empty where the clause
    has none, or it is too long."""
    clause = finding.hit.clause
    lines = [match.span() for match in re.finditer(r"[^\n]+", clause.text)]
    at = next((at for at, (_, end) in enumerate(lines) if end > passage.start - clause.start), 0)
    last = at - 1
    first = last
    while first > 0 and ITEM.match(clause.text[slice(*lines[first])].lstrip()):
        first -= 1
    if last < 0 or lines[last][1] - lines[first][0] > LONGEST_PARAGRAPH:
        return []
    start, end = clause.start + lines[first][0], clause.start + lines[last][1]
    return [one for one in in_order(finding.passages) if start <= one.start < end and not one.heading]


def departs(words: str) -> bool:
    """Whether a sentence departs from the one before it, without which it says too little."""
    return words.lstrip().startswith("但")


def clauses_below(index: Index, entry: Entry) -> list[Entry]:
    """The clauses that the entry's clause announces, where it ends with its announcement."""
    if not announces(entry.clause.text):
        return []
    after = (one for one in index.entries_of(entry.file) if one.clause.start >= entry.clause.end)
    depth = len(entry.clause.path)
    return list(takewhile(lambda one: len(one.clause.path) > depth or _is_item(one, depth), after))


def _is_item(entry: Entry, depth: int) -> bool:
    return len(entry.clause.path) == depth and bool(re.match(r"\s*[（(]", entry.clause.text))
