"""Whether a document comes out the same from a PDF as from its text, and how long a page takes.

    python benchmarks/formats_pdf.py [--scans] [FOLDER]

Makes each text of the folder (documents/ without one) into PDF files by reportlab in one column and in two,
by LibreOffice and by Chromium where they are installed, and with --scans into pages of 200 dpi; reads them
back, takes the furniture out and compares clauses with those of the text.

``same`` counts clauses whose label and words agree, blanks and table bars dropped, as the harmonic mean of
both sides' shares.  For scans two more: ``signs`` the same with full-width signs as half-width ones, which
print alike; ``alike`` also pairs clauses of one label whose words agree to .98.
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from shutil import which

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pdf_made import CHROMIUM, by_chromium, by_libreoffice, by_reportlab, scan_of  # noqa: E402

from index.parsing.parse import Parsed, parse_source  # noqa: E402
from index.reading.extracted import Extracted  # noqa: E402
from index.reading.pdf.document import read_pdf  # noqa: E402
from index.reading.read import Source, read_text  # noqa: E402

ALIKE = 0.98
_BLANKS_AND_BARS = re.compile(r"[\s|]+")


@dataclass(frozen=True, slots=True)
class Words:
    """A clause as it is compared."""

    label: str
    text: str


def cleaned(extracted: Extracted) -> str:
    """The text without what is the paper's."""
    parts, done = [], 0
    for furniture in extracted.furniture:
        parts.append(extracted.text[done : furniture.start])
        done = furniture.end
    return "".join(parts) + extracted.text[done:]


def words_of(parsed: Parsed, signs: bool = False) -> Counter[Words]:
    """The clauses, counted; with ``signs`` full-width signs become half-width ones."""

    def bare(text: str) -> str:
        return _BLANKS_AND_BARS.sub("", unicodedata.normalize("NFKC", text) if signs else text)

    return Counter(Words(bare(clause.label or ""), bare(clause.text)) for clause in parsed.clauses)


def same(reference: Counter[Words], other: Counter[Words]) -> float:
    """The harmonic mean of the shares that agree, 0 to 1."""
    return 2 * (reference & other).total() / (reference.total() + other.total())


def alike(reference: Counter[Words], other: Counter[Words]) -> float:
    """The same with clauses of one label paired where their words agree to ALIKE."""
    paired = (reference & other).total()
    left = list((other - reference).elements())
    for clause in (reference - other).elements():
        near = [o for o in left if o.label == clause.label and _ratio(clause.text, o.text) >= ALIKE]
        if near:
            left.remove(near[0])
            paired += 1
    return 2 * paired / (reference.total() + other.total())


def _ratio(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def parse_pdf(data: bytes, name: str) -> Parsed:
    """The clauses of a PDF file, parsed under the text's own name."""
    return parse_source(Source(cleaned(read_pdf(data, name)), ""), name)


def makers(scans: bool) -> dict[str, Callable[[str], bytes]]:
    """The ways in which PDF files are made here."""
    made: dict[str, Callable[[str], bytes]] = {
        "reportlab": by_reportlab,
        "reportlab, two columns": lambda text: by_reportlab(text, 2),
    }
    if Path(CHROMIUM).exists():
        made["Chromium"] = by_chromium
    if which("soffice"):
        made["LibreOffice"] = by_libreoffice
        if scans:
            made["LibreOffice, scanned at 200 dpi"] = lambda text: scan_of(by_libreoffice(text))
    return made


def main() -> None:
    """Print the agreement and the time of every document and maker."""
    folders = [argument for argument in sys.argv[1:] if argument != "--scans"]
    texts = sorted((Path(folders[0]) if folders else ROOT / "documents").glob("*.txt"))
    for label, make in makers("--scans" in sys.argv).items():
        print(label)
        for path in texts:
            source = read_text(path)
            reference = parse_source(source, path.name)
            data = make(source.text)
            begin = time.process_time()
            extracted = read_pdf(data, path.name)
            spent = (time.process_time() - begin) / max(len(extracted.pages), 1)
            other = parse_source(Source(cleaned(extracted), ""), path.name)
            figures = f"same {same(words_of(reference), words_of(other)):.3f}"
            if "scanned" in label:
                ours, theirs = words_of(reference, signs=True), words_of(other, signs=True)
                figures += f"  signs {same(ours, theirs):.3f}  alike {alike(ours, theirs):.3f}"
            print(
                f"  {path.stem[:12]:14}  {figures}  {len(extracted.pages):3} pages  {spent:.3f} CPU s a page"
            )


if __name__ == "__main__":
    main()
