"""Which silence it is where no clause holds the whole subject, and what is said of it.

Not in the library; not in this region's documents; only in part; all of it somewhere, but in no one clause.
That the subject is there and the fact is not, is `nearest`'s.  Only nouns can be said to stand nowhere: a
verb or a word of the question's own proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from index.search.index import Index
from index.search.links import CALLED
from qa.evidence.findings import Inquiry
from qa.question.subject_words import Word
from qa.question.terms import part_of_speech
from qa.search.find import files_for

Silence = Literal["library", "region", "part", "unsure"]
"""library: no document has it; region: those of this region do not; part: some of it only; unsure: none of
these can be told."""
NOUNS = ("n", "vn")
MOST_OF_SUBJECT = 0.5
"""Share of the weight of a subject's nouns; more than half is no lesser part.  Nothing fitted."""
LONGEST_UNSAID = 12
"""Characters of a subject of which it is said that nothing is; of a longer one its words that stand nowhere
are named."""
_A_DOCUMENT = re.compile(rf"文件|通知|公告|{CALLED.pattern}")
"""Words that every document holds of itself: that it mentions them is no news."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The silence with the words of the subject that do and do not stand in the documents asked, as typed."""

    silence: Silence
    held: tuple[str, ...]
    lacking: tuple[str, ...]


def missing(inquiry: Inquiry) -> Missing:
    """Which silence it is, told by the words that the documents hold."""
    query, index = inquiry.query, inquiry.index
    files = files_for(query.regions, index) if query.regions else None
    typed = zip(query.terms, inquiry.subject.words, strict=True)
    words = [(term, word) for term, word in typed if not _A_DOCUMENT.fullmatch(term)]
    held = tuple(term for term, word in words if _stands(word, index, files))
    nouns = [(term, word) for term, word in words if part_of_speech(term).startswith(NOUNS)]
    lacking = tuple(term for term, _ in nouns if term not in held)
    absent = [word for term, word in nouns if term in lacking]
    return Missing(_silence(absent, inquiry.subject.total, index), held, lacking)


def _silence(absent: Sequence[Word], total: float, index: Index) -> Silence:
    if not absent:
        return "unsure"
    share = sum(word.weight for word in absent) / (total or 1.0)
    if share <= MOST_OF_SUBJECT:
        return "part"  # the lesser part of the subject is missing
    return "region" if any(_stands(word, index, None) for word in absent) else "library"


def _stands(word: Word, index: Index, files: Collection[str] | None) -> bool:
    return any(index.holds(form, files) for form in word.forms)


def told(found: Missing, subject: str, where: str, documents: int) -> str:
    """The silence in words; ``subject`` as it was typed, "" where none was read."""
    if found.silence == "library":
        return f"文件库的{documents}份文件都没有提到“{'、'.join(found.lacking)}”。"
    if found.silence == "region" and subject.isalnum() and len(subject) <= LONGEST_UNSAID:
        return f"{where}文件中没有关于“{subject}”的规定。"
    if found.silence == "region":
        return f"{where}文件没有提到“{'、'.join(found.lacking)}”，不能确定答案。"
    if found.silence == "part":
        said, lacking = "、".join(found.held), "、".join(found.lacking)
        only = f"只提到“{said}”，" if said else ""
        return f"{where}文件{only}没有提到“{lacking}”。"
    if found.held:  # its words stand there: that nothing is said of it was not checked
        return f"{where}文件中没有找到能确定回答这个问题的条款。"
    return f"{where}文件中没有找到{f'关于“{subject}”' if subject else '与这个问题相关'}的规定。"
