"""What paper leaves in a text without pages: sentences broken by a page's end, tables of contents.

Both are found from the text alone and given as stretches to take out: the line break inside a sentence, so
that the sentence reads on, and a 目录 with page numbers, each line of which stands again as a heading.  Left
out: breaks between two whole sentences of one paragraph, which nothing tells from the end of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

SHORTEST_BROKEN: Final = 30
"""Characters of a line from which it may break off without any mark; below are headings, names and cells.
Over 110 plans, 599 notices and 150 regulations 20 breaks are found, five of them where a scanned text lost
the 。 between two sentences."""
FEWEST_CONTENTS: Final = 3
"""Lines with page numbers after 目录 that make a table of contents."""

_LINE: Final = re.compile(r"[^\n]+")
_BLANKS: Final = " \t\u3000\xa0\r"
# A line that reads on: its last character is a word's, a comma's or an opening mark's.
_OPEN_END: Final = re.compile(r"[一-鿿A-Za-z，,、（(“《〈—]")
LONGEST_TAIL: Final = 15
"""Words after a line's last 。 that may be a heading at its end (2.通用规范标准): no comma, and no longer."""
_TAIL: Final = re.compile(r"[^。；;：:！？!?]*$")
# What opens a line of its own: numbers, bullets, a date, an attachment, an addressee, a cell.
_OPENS: Final = re.compile(
    r"[（(]?[一二三四五六七八九十百零〇\d]{1,4}[)）、.．﹒]"
    r"|第[一二三四五六七八九十百零〇\d ]{1,7}[编章节条部]"
    r"|[①-⑳●■◆▲★·•*#|\-—－]|附\s?[件表录]|\d{4}年\d{1,2}月\d{1,2}日"
    r"|[二一][〇○OО零一二三四五六七八九]{3}年|[（(](?:此件|信息公开|联系)|专栏|抄送|【|\d+\s*$"
    r"|[一二三四五六七八九十][是要]"
)
_CONTENTS: Final = re.compile(r"(?m)^[ \t\u3000#*]*目[ \t\u3000]*[录次][ \t\u3000*]*$")
# 一、总体要求……3, 第一章 总则    1
_PAGED: Final = re.compile(
    r"(?P<words>\S.*?)"
    r"(?:(?<![.．…·‥⋯_—-])[.．…·‥⋯_—-]{2,}|(?<![ \t\u3000])[ \t\u3000]{2,}|\t)"
    r"[ \t\u3000.…·]*[（(]?\d{1,3}[)）]?\s*"
)


def broken_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The line breaks inside sentences, with the blanks around them, in order.

    A bracket that is open at a line's end is closed in the next line; or a line of running text ends
    without a mark, and the next one opens nothing and ends with one.
    """
    for line, below in pairwise(_LINE.finditer(text)):
        words, after = line.group().rstrip(_BLANKS), below.group()
        if len(words) < SHORTEST_BROKEN or not _OPEN_END.match(words[-1]):
            continue
        stripped = after.strip(_BLANKS)
        if not stripped or _OPENS.match(stripped):
            continue
        if _closes(words, stripped) or (_is_running(words) and _goes_on(after, stripped)):
            start = line.start() + len(words)
            yield start, below.start() + len(after) - len(after.lstrip(_BLANKS))


def _closes(words: str, after: str) -> bool:
    """True where a bracket is open at the line's end, and the line below closes it before opening another."""
    opened = max(words.rfind("（"), words.rfind("("))
    if opened <= max(words.rfind("）"), words.rfind(")")):
        return False
    closed = min((at for mark in "）)" if (at := after.find(mark)) >= 0), default=-1)
    opens = min((at for mark in "（(" if (at := after.find(mark)) >= 0), default=len(after))
    return 0 <= closed < opens


def _is_running(words: str) -> bool:
    """True for a line of running text whose last sentence is not at its end, and no heading stands there."""
    tail = _TAIL.search(words)
    rest = tail.group() if tail else ""
    return bool(re.search("[，,、]", rest)) or (len(rest) > LONGEST_TAIL and len(rest) < len(words))


def _goes_on(after: str, stripped: str) -> bool:
    """True for a line that holds the end of a sentence and is not set in as a paragraph is."""
    indented = after.startswith(("\u3000", "  ", "\t", "\xa0\xa0"))
    return not indented and bool(re.search(r"[。；;]|[）)]$", stripped))


def contents(text: str) -> Iterator[tuple[int, int]]:
    """Tables of contents with page numbers, from 目录 to the last of their lines."""
    for opening in _CONTENTS.finditer(text):
        found: list[re.Match[str]] = []
        for line in _LINE.finditer(text, opening.end()):
            paged = _PAGED.fullmatch(line.group().strip(_BLANKS))
            if paged is None:
                break
            found.append(line)
        if len(found) >= FEWEST_CONTENTS:
            yield opening.start(), min(found[-1].end() + 1, len(text))
