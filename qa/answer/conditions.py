"""What else decides a case of the asker's own: the other conditions of the list, and who is left out by the
document.

The program cannot know whether a person meets a condition: it says which are left to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.language.sentences import sentences
from qa.evidence.announced import announcement_of, items_of
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.passages import Passage
from qa.printed import flat
from qa.records import Statement

MOST_EXCLUSIONS: Final = 2
LONGEST: Final = 80
"""Characters of a sentence that leaves someone out, as far as it is quoted beside the answer."""
# 应当同时符合下列条件：; and not 有下列情形之一的，…：, of which one is enough
_ALL = re.compile(r"条件|同时|均[应须]|全部")
_ONE = re.compile(r"之一|任一|任何一")
# 公务员不适用本办法, 已享受…的不再享受, …除外
_LEAVES_OUT = re.compile(
    r"不适用于?[本该]|不得(?:再次)?(?:申请|申报|享受|参加)|不再?享受|不予(?:受理|资助|支持|补贴)|除外"
)
_HANGS = re.compile(r"\s*(?:前款|前项|本款|[（(])")
"""Sentences that cannot be read without the one before."""


def to_check(inquiry: Inquiry, finding: Finding, chosen: Sequence[Passage]) -> list[Statement]:
    """The conditions that stand beside the one quoted, and the document's exclusions; empty for no own case.

    A question for yes or no that a condition answers is taken for one.
    """
    above = announcement_of(finding, chosen[0]) if chosen and inquiry.query.yes_no else None
    if above is None or not _ALL.search(finding.words(above)) or _ONE.search(finding.words(above)):
        return []
    quoted = {passage.start for passage in chosen}
    others = [one for one in items_of(finding, above) if one.start not in quoted]
    told = [Statement("其余条件须自行核对：" + _listed(finding, others), _cited(inquiry, finding, others))]
    return [*(told if others else []), *_exclusions(inquiry, finding)]


def _listed(finding: Finding, items: Sequence[Passage]) -> str:
    return "".join(flat(finding.words(item)) for item in items)


def _cited(inquiry: Inquiry, finding: Finding, items: Sequence[Passage]) -> tuple[int, ...]:
    return tuple(inquiry.citations.cite(finding.entry, item.start, item.end) for item in items)


def _exclusions(inquiry: Inquiry, finding: Finding) -> Iterator[Statement]:
    """The sentences of the document that leave someone out, in other clauses than the finding's."""
    found = 0
    for entry in inquiry.index.entries_of(finding.hit.file):
        clause = entry.clause
        for span in sentences(clause.text):
            words = clause.text[span.start : span.end]
            if found == MOST_EXCLUSIONS or entry.key == finding.hit.key or len(words) > LONGEST:
                continue
            if _LEAVES_OUT.search(words) and not _HANGS.match(words):
                found += 1
                number = inquiry.citations.cite(entry, clause.start + span.start, clause.start + span.end)
                yield Statement(f"同一文件另写明：{flat(words)}", (number,))
