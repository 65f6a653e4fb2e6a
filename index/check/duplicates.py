"""Text that stands twice or more in a document: whole blocks, and a sentence that is printed twice in a row.

A block is a heading with its paragraphs, or a long paragraph alone, that stands elsewhere word for word,
under whatever number.  Blanks do not count.  Left out: what is only similar; formulas that laws and forms
repeat within their paragraphs; the title, which many pages print above the document once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from index.check.spots import Layout, Spot
from index.clauses.coverage import not_blank
from index.clauses.plain_headings import looks_like_heading
from index.clauses.segments import segment

SHORTEST_HEADED: Final = 40
"""Characters of a heading with its paragraphs: the two that one of the five documents prints again have 54
and 66.  Below stand headings of forms with a line each (享受主体: 疫情防控重点保障物资生产企业。, 27)."""
SHORTEST_PARAGRAPH: Final = 100
"""Characters of a paragraph without a heading.  Laws repeat shorter ones on purpose (犯前款罪，对首要分子…,
79): of 1,146 laws' paragraphs 34 of 40 and more stand twice, 8 of 60, and 2 of 100."""
SHORTEST_STUTTER: Final = 8
"""Characters of a sentence printed twice in a row; 禁止出境展览。 and the like, which end one sentence and
open the next, have up to 12 and are told apart by where they begin."""
LONGEST_STUTTER: Final = 200  # a sentence is no longer; a bound for the search

# 提升公共空间环境品质。|提升公共空间环境品质,塑造…: a whole sentence that opens the next one.
_STUTTER = re.compile(
    rf"(?:^|(?<=[\n。！？；]))(?P<said>[^\s。！？；]{{{SHORTEST_STUTTER},{LONGEST_STUTTER}}}[。！？])\s*"
    r"(?=(?P<again>[^\s。！？；]+))"
)
_BLANKS = re.compile(r"[\s|]+")
_ENDS_SENTENCE = ("。", "！", "？")

Printed = Literal["block", "sentence"]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Words that stand at every one of ``spots`` (two or more, in order); ``characters`` without blanks.

    sentence: printed twice in a row, the second time perhaps as the opening of a longer one.
    """

    printed: Printed
    characters: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch that may stand elsewhere: ``words`` without blanks and without its number."""

    words: str
    start: int
    end: int


def duplicates(layout: Layout) -> tuple[Duplicate, ...]:
    """What a document prints more than once, in the order of the text."""
    paragraphs = _paragraphs(layout)
    headed = list(_groups(layout, _headed(paragraphs)))
    told = [(spot.start, spot.end) for one in headed for spot in one.spots]
    alone = [
        block
        for block in paragraphs
        if len(block.words) >= SHORTEST_PARAGRAPH
        and not any(start <= block.start < end for start, end in told)
    ]
    found = [*headed, *_groups(layout, alone), *_stutters(layout)]
    return tuple(sorted(found, key=lambda one: one.spots[0].start))


def _paragraphs(layout: Layout) -> list[_Block]:
    """Every line and table row of the body, without its number."""
    text, blocks = layout.document.text, list[_Block]()
    for piece in segment(text):
        clause = layout.clause_at(piece.end - 1)
        if (piece.row and piece.row.kind != "row") or (clause and clause.kind == "front"):
            continue
        start = piece.marker.end if piece.marker else piece.start
        if words := _BLANKS.sub("", text[start : piece.end]):
            blocks.append(_Block(words, piece.start, piece.end))
    return blocks


def _headed(paragraphs: Sequence[_Block]) -> list[_Block]:
    """Each heading with the paragraphs up to the next heading."""
    headings = [at for at, block in enumerate(paragraphs) if looks_like_heading(block.words)]
    blocks = []
    for at, following in pairwise([*headings, len(paragraphs)]):
        words = "\n".join(block.words for block in paragraphs[at:following])
        if following > at + 1 and len(words) >= SHORTEST_HEADED and words.endswith(_ENDS_SENTENCE):
            blocks.append(_Block(words, paragraphs[at].start, paragraphs[following - 1].end))
    return blocks


def _groups(layout: Layout, blocks: Sequence[_Block]) -> Iterator[Duplicate]:
    """Blocks of the same words; those that follow one another at every place are one."""
    alike: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        alike.setdefault(block.words, []).append(at)
    runs: list[list[list[int]]] = []
    for places in alike.values():
        if len(places) > 1:
            follows = bool(runs) and [at + 1 for at in runs[-1][-1]] == places
            runs[-1].append(places) if follows else runs.append([places])
    for run in runs:
        characters = sum(not_blank(blocks[places[0]].words) for places in run)
        ends = zip(run[0], run[-1], strict=True)
        spots = tuple(layout.spot(blocks[first].start, blocks[last].end) for first, last in ends)
        yield Duplicate("block", characters, spots)


def _stutters(layout: Layout) -> Iterator[Duplicate]:
    """Sentences that are printed twice in a row."""
    for match in _STUTTER.finditer(layout.document.text):
        said, again = match["said"][:-1], match["again"]
        clause = layout.clause_at(match.start())
        if again.startswith(said) and not (clause and clause.kind == "front"):
            begin = match.start("again")
            spots = (
                layout.spot(match.start("said"), match.end("said") - 1),
                layout.spot(begin, begin + len(said)),
            )
            yield Duplicate("sentence", len(said), spots)
