"""Whether each 第X条 of a law is one clause with that label.

    python benchmarks/regulations.py [FOLDER]

Counts the 第X条 that begin a line of the clean text and the clauses that carry them as their label, and
prints the share, every article that was missed and every clause labelled 第X条 that begins no line: lines
that a page ran together are right there, cross-references would be wrong.  Without a folder it reads
../shared/eval/regulations and says so where that is absent.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.parsing.parse import Parsed, parse_file  # noqa: E402
from index.reading.folder import list_documents  # noqa: E402

FOLDER = ROOT.parent / "shared" / "eval" / "regulations"
FLOOR = 0.99
CONTEXT = 30
# 第十二条, 第八条之一 at the beginning of a line, Markdown marks before it allowed
_ARTICLE = re.compile(
    r"^[#*\s]*(第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?)", re.MULTILINE
)
_LABEL = re.compile(r"第.+条(?:之.+)?")


@dataclass(frozen=True, slots=True)
class Count:
    """Offsets of the articles of one law: at line beginnings, and as labels of clauses."""

    file: str
    text: str
    expected: dict[int, str]
    found: dict[int, str]

    @property
    def right(self) -> int:
        """The articles that are clauses with their label."""
        return sum(self.found.get(at) == label for at, label in self.expected.items())

    def misses(self) -> Iterator[str]:
        """Each article that begins a line and is no clause, with what stands around it."""
        for at, label in self.expected.items():
            if self.found.get(at) != label:
                yield f"{self.file}: {around(self.text, at)!r}"

    def inside(self) -> Iterator[str]:
        """Each clause whose label begins no line, with what stands around it."""
        for at in self.found.keys() - self.expected.keys():
            yield f"{self.file}: {around(self.text, at)!r}"


def around(text: str, at: int) -> str:
    """What stands before and after an offset."""
    return text[max(at - CONTEXT, 0) : at] + "→" + text[at : at + CONTEXT]


def count(parsed: Parsed) -> Count:
    """Count the articles of one law."""
    text = parsed.document.text
    expected = {match.start(1): match.group(1) for match in _ARTICLE.finditer(text)}
    found = {
        text.index(clause.label, clause.start): clause.label
        for clause in parsed.clauses
        if clause.label and _LABEL.fullmatch(clause.label)
    }
    return Count(parsed.document.file, text, expected, found)


def main() -> int:
    """Print the counts; 1 where the floor is missed."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not folder.is_dir():
        print(f"No folder at {folder}. Name one: python benchmarks/regulations.py FOLDER")
        return 0
    counts = [count(parse_file(found.path, found.root)) for found in list_documents(folder).files]
    expected, right = sum(len(c.expected) for c in counts), sum(c.right for c in counts)
    misses = [line for c in counts for line in c.misses()]
    inside = [line for c in counts for line in c.inside()]
    print(
        f"laws                        {len(counts)}, {sum(not c.expected for c in counts)} without articles"
    )
    print(f"第X条 that begin a line     {expected}")
    print(f"clauses with that label     {right}")
    print(f"share                       {right / max(expected, 1):.2%} (floor {FLOOR:.0%})")
    print(f"labelled inside a line      {len(inside)}")
    for title, lines in (("missed", misses), ("inside a line", inside)):
        print(f"\n{title}:" if lines else f"\n{title}: none", *lines, sep="\n  ")
    return int(right < FLOOR * expected)


if __name__ == "__main__":
    sys.exit(main())
