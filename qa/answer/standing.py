"""That a cited document no longer holds, or not yet, said below the answer with the words that say so.

Which day counts is `index.search.today`'s.  Left out: whether the answer would be another by what holds.
"""

from __future__ import annotations

from index.search.index import Index
from index.search.standing import Standing
from qa.citations import Citations
from qa.printed import flat
from qa.records import Statement


def told_standing(index: Index, citations: Citations) -> list[Statement]:
    """A statement for each document cited so far that does not hold today, with the words that end it."""
    told = []
    for file in dict.fromkeys(citation.file for citation in citations.all()):
        standing = index.standing(file)
        if standing is None:
            continue
        at = standing.file and citations.cite_words(standing.file, standing.start, standing.end, is_note=True)
        words = f"注意：《{index.info(file).title}》{standing}{_as_printed(index, standing)}。"
        told.append(Statement(words, (at,) if at else ()))
    return told


def _as_printed(index: Index, standing: Standing) -> str:
    """（原文：有效期5年）, where the day on which it ended is told otherwise than it is printed."""
    if standing.state != "expired" or standing.file is None or standing.start is None:
        return ""
    printed = flat(index.document(standing.file).text[standing.start : standing.end])
    return "" if printed in standing.reason or standing.reason in printed else f"（原文：{printed}）"
