"""How much of a file its reader brought into the text: the file's characters against the text's.

Characters are compared as a multiset, so that words that only moved count as there and words that are
missing do not.  What the file says is found by other means than the reader's (`index.reading.seen`,
PDFium's own text), so that a reader that loses words cannot also hide it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from index.language.folding import INVISIBLE, unified
from index.reading.extracted import Extracted, Left
from index.records import FileCount, LeftOut

SAMPLE: Final = 60
"""Characters of a sample: enough to find the place in the file."""
MOST_PIECES: Final = 100
"""Pieces that are kept one by one; the rest of a reason is one more, so that a page of a thousand links
does not fill the index."""
# The bars that readers set between cells, and characters that nobody sees.
_UNCOUNTED: Final = re.compile(rf"[|｜{INVISIBLE}\x00-\x1f\x7f\ufffe]+")


def counted(found: Extracted) -> FileCount:
    """What a reader made of a file, in numbers."""
    if found.whole is None:
        return FileCount(sum(map(len, found.text.split())))
    whole, kept = _characters(found.whole), _kept(found)
    lost = whole - kept
    return FileCount(
        characters=whole.total(),
        lost=lost.total(),
        lost_sample=_sample_of(found) if lost else "",
        left_out=tuple(_pieces(found.left)),
    )


def surplus(found: Extracted) -> int:
    """Characters of the text that neither the file holds nor the reader says to have added: such could
    stand in for ones that are missing, so a reader is to have none."""
    return 0 if found.whole is None else (_kept(found) - _characters(found.whole)).total()


def _kept(found: Extracted) -> Counter[str]:
    """The file's characters that stand in the text or were left out for a reason."""
    kept = _characters(found.text)
    kept.subtract(_characters(found.added))
    kept.update(_characters("".join(one.text for one in found.left)))
    return kept


def _characters(text: str) -> Counter[str]:
    """The characters that count, however the file writes them."""
    found = Counter[str]()
    for character, times in Counter(text).items():
        if bare := _bare(character):
            found[bare] += times
    return found


def _bare(text: str) -> str:
    return _UNCOUNTED.sub("", unified("".join(text.split())).replace("：", ":"))


def _pieces(left: Iterable[Left]) -> Iterator[LeftOut]:
    """The pieces one by one, neighbours of one reason and place joined, the last ones by reason alone."""
    joined: list[tuple[Left, list[str]]] = []
    for one in left:
        words = " ".join(one.text.split())
        if not _bare(words):
            continue
        if joined and (joined[-1][0].reason, joined[-1][0].place) == (one.reason, one.place):
            joined[-1][1].append(words)
        else:
            joined.append((one, [words]))
    pieces = [_piece(one, words) for one, words in joined]
    yield from pieces[:MOST_PIECES]
    rest: dict[str, list[LeftOut]] = {}
    for piece in pieces[MOST_PIECES:]:
        rest.setdefault(piece.reason, []).append(piece)
    for alike in rest.values():
        yield replace(alike[0], characters=sum(piece.characters for piece in alike), place="")


def _piece(one: Left, words: Sequence[str]) -> LeftOut:
    return LeftOut(one.reason, len(_bare("".join(words))), _short(" ".join(words)), one.place)


def _short(words: str) -> str:
    return words if len(words) <= SAMPLE else f"{words[:SAMPLE]}…"


def _sample_of(found: Extracted) -> str:
    """The first piece of the file that stands neither in the text nor among what was left out."""
    there = _bare("".join((found.text, *(one.text for one in found.left))))
    missing = (
        line for line in (found.whole or "").split("\n") if (bare := _bare(line)) and bare not in there
    )
    return _short(" ".join(next(missing, "").split()))
