"""Which articles of a document another one changes or takes away, in that one's words.

将《…办法》第九条修改为：“…”, 对《…办法》作如下修改：一、第三条修改为：“…”；二、删去第五条、第六条.  What it
says in quotation marks is the new text and tells nothing.  Left out: articles that only change their number
(第六条改为第五条), what is added between two, and changes of documents without articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from index.language.numerals import read_number

ChangeKind = Literal["amended", "deleted"]
LONGEST: Final = 20_000
"""Characters after a document's name that may speak of its articles; a decision that amends twenty fits."""

_DIGITS = r"[一二三四五六七八九十百零〇两\d]{1,7}"
# 第九条, 第八条之一
_ARTICLE: Final = re.compile(rf"第({_DIGITS})条(?:之([一二三四五六七八九十]))?")
_ONE = rf"第{_DIGITS}条(?:之[一二三四五六七八九十])?"
# 第五条、第六条和第八条, 第五条至第七条
_LIST = rf"{_ONE}(?:(?:、|和|及|与|至|到){_ONE}){{0,20}}"
# 第二款, 第（三）项, 第一款第二项
_PART = rf"(?:第[（(]?{_DIGITS}[）)]?[款项目])"
# 第九条修改为, 第九条第二款中的“…”修改为, 第九条增加一款; not 第六条改为第五条
_AMENDED: Final = re.compile(
    rf"({_LIST}){_PART}{{0,3}}(?:中)?(?:的)?[\s“”]{{0,99}}(?:修改为|修订为|改为(?!第)|作如下修改|增加|删去|删除)"
)
# 删去第五条、第六条; not 删去第五条第二款, 删去第五条中的“…”
_DELETES: Final = re.compile(rf"(?:删去|删除|废止)原?({_LIST})(?!{_PART}|中|的)")
# 第五条删去, 第五条同时废止; not 第五条第二款删去
_DELETED: Final = re.compile(
    rf"({_LIST})(?:同时|予以|即行|相应)*(?:废止|停止执行|(?:删去|删除)(?![\s“”一-鿿]))"
)
_RANGE: Final = re.compile(r"[至到]")
# Where the words about the next document begin: 将《…》, 对《…》
_NEXT: Final = re.compile(r"[将对](?=《)")
MOST_IN_A_RANGE: Final = 50
"""Articles from one to another (第五条至第七条); more is a slip of the reader."""


@dataclass(frozen=True, slots=True)
class Change:
    """``article`` (9, or 8-1 for 第八条之一) is amended or deleted by text[start:end]."""

    article: str
    kind: ChangeKind
    start: int
    end: int


def articles_changed(text: str, named_at: int) -> list[Change]:
    """What ``text`` says of the articles of the document whose name ends at ``named_at``, each once."""
    end = min(len(text), named_at + LONGEST)
    told = _without_quotes(text[named_at:end])
    if later := _NEXT.search(told):
        told = told[: later.start()]
    found: dict[str, Change] = {}
    patterns: tuple[tuple[re.Pattern[str], ChangeKind], ...] = (
        (_DELETES, "deleted"),
        (_DELETED, "deleted"),
        (_AMENDED, "amended"),
    )
    for pattern, kind in patterns:
        for words in pattern.finditer(told):
            for article in _articles(words[1]):
                at = named_at + words.start(), named_at + words.end()
                found.setdefault(article, Change(article, kind, *at))
    return sorted(found.values(), key=lambda change: change.start)


def article_of(label: str | None) -> str | None:
    """The article that a clause's label or heading names, as `Change` has it: 第九条 → 9; None for others."""
    found = _ARTICLE.match("".join((label or "").split()))
    return next(_articles(found[0]), None) if found else None


def _without_quotes(text: str) -> str:
    """With blanks for what stands in quotation marks, so that offsets stay."""
    parts, at = [], 0
    while (opens := text.find("“", at)) >= 0 and (closes := text.find("”", opens)) >= 0:
        parts += [text[at : opens + 1], " " * (closes - opens - 1)]
        at = closes
    return "".join((*parts, text[at:]))


def _articles(listed: str) -> Iterator[str]:
    before: int | None = None
    last = 0
    for one in _ARTICLE.finditer(listed):
        number = int(read_number(one[1]) or 0)
        ranges = before is not None and bool(_RANGE.search(listed, last, one.start()))
        if before is not None and ranges and number - before <= MOST_IN_A_RANGE:
            yield from map(str, range(before + 1, number))
        yield f"{number}-{int(read_number(one[2]) or 0)}" if one[2] else str(number)
        before, last = number, one.end()
