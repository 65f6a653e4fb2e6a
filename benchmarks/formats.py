"""Whether a document comes out the same from every format: the share of its clauses that agree.

    python benchmarks/formats.py [FOLDER]

Makes each text of the folder (documents/ without one) into every other format that is read, reads them back
and compares clauses with those of the text.  Tables of the text are real tables in docx, html and xlsx and
lines in OFD.  A doc is made of typed numbers: LibreOffice writes lists that begin anew wrongly into it.  What
LibreOffice makes is left out where it is not installed.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from making import made_docx, made_html, made_xlsx  # noqa: E402
from making_ofd import made_ofd  # noqa: E402

from index.errors import SourceError  # noqa: E402
from index.parsing.parse import Parsed, parse_file, parse_source  # noqa: E402
from index.reading.read import read_text, text_of  # noqa: E402

_BLANKS_AND_BARS = re.compile(r"[\s|]+")
"""Where lines break and how a table is drawn is the format's: a⏎ b |."""
OFFICE_SECONDS = 180
"""For one conversion by LibreOffice."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many clauses the same document has in both formats; a clause that stands twice counts twice."""

    same: int
    reference: int
    other: int

    @property
    def f1(self) -> float:
        """The harmonic mean of the shares of both sides, 0 to 1; 1 where neither has a clause."""
        total = self.reference + self.other
        return 2 * self.same / total if total else 1.0


def agreement(reference: Parsed, other: Parsed) -> Agreement:
    """Compare the clauses of two readings of one document: label and words, blanks and table bars dropped."""
    ours, theirs = _counted(reference), _counted(other)
    return Agreement((ours & theirs).total(), ours.total(), theirs.total())


def _counted(parsed: Parsed) -> Counter[tuple[str, str]]:
    return Counter((_bare(clause.label or ""), _bare(clause.text)) for clause in parsed.clauses)


def _bare(text: str) -> str:
    return _BLANKS_AND_BARS.sub("", text)


def by_office(data: bytes, given: str, wanted: str) -> bytes:
    """What LibreOffice makes of a file of ending ``given``: one of ending ``wanted``."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"a.{given}").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", wanted, "--outdir", f"{folder}/out"]
        subprocess.run(
            [*command, f"{folder}/a.{given}"], check=True, capture_output=True, timeout=OFFICE_SECONDS
        )
        return Path(folder, "out", f"a.{wanted.partition(':')[0]}").read_bytes()


def zipped(data: bytes, name: str) -> bytes:
    """An archive with one file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


MAKERS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "docx, numbers typed": (".docx", made_docx),
    "docx, numbers automatic": (".docx", lambda text: made_docx(text, automatic=True)),
    "html": (".html", made_html),
    "xlsx": (".xlsx", made_xlsx),
    "ofd": (".ofd", made_ofd),
    "zip of docx": (".zip", lambda text: zipped(made_docx(text), "第一批/文件.docx")),
}
OFFICE_MAKERS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "docx → LibreOffice → docx": (".docx", lambda t: by_office(made_docx(t, automatic=True), "docx", "docx")),
    "docx → LibreOffice → doc": (".doc", lambda t: by_office(made_docx(t), "docx", "doc")),
    "docx → LibreOffice → rtf": (".rtf", lambda t: by_office(made_docx(t), "docx", "rtf")),
    "xlsx → LibreOffice → xls": (".xls", lambda t: by_office(made_xlsx(t), "xlsx", "xls")),
}


def read_back(data: bytes, ending: str, stem: str) -> Parsed:
    """A made file parsed under the text's own name."""
    if ending != ".zip":
        return parse_source(text_of(data, Path(f"{stem}{ending}")), f"{stem}.txt")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{stem}.zip")
        path.write_bytes(data)
        return parse_file(path, path.parent, "第一批/文件.docx")


def main() -> None:
    """Print the agreement of every format and document, and of all documents together."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "documents"
    makers = MAKERS | (OFFICE_MAKERS if shutil.which("soffice") else {})
    texts = {path.stem: path for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md")}
    print("format                        " + "  ".join(f"{stem[:4]:>6}" for stem in texts) + "     all")
    for name, (ending, maker) in makers.items():
        found = []
        for stem, path in texts.items():
            made = maker(read_text(path).text)
            try:
                found.append(agreement(parse_file(path, folder), read_back(made, ending, stem)))
            except SourceError as error:
                print(f"{name}: {error}")
        together = Agreement(*(sum(getattr(a, k) for a in found) for k in ("same", "reference", "other")))
        cells = "  ".join(f"{one.f1:8.4f}" for one in found)
        print(f"{name:28}  {cells}  {together.f1:.4f}", flush=True)


if __name__ == "__main__":
    main()
