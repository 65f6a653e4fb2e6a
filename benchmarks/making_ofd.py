"""A text laid out as an OFD of A4 pages: indented paragraphs, full lines, a page number, a slanted watermark.

Left out: tables with rules; their cells come as lines.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from making import blocks

SIZE, LEADING = 5.0, 9.0
"""Millimetres of a character and of a line: about 14 points, as official texts are set."""
LEFT, TOP, WIDTH, LINES = 28.0, 37.0, 155.0, 24
"""The type area of an official document (GB/T 9704) in millimetres, and the lines on a page."""
HEAD_LINES, SHORT = 6, 24
"""The first lines of a document are set in the middle where they have at most so many characters."""
_MAY_NOT_BEGIN = "，。、；：！？）》」』〉】〕”’,.;:!?)]%"
_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@dataclass(frozen=True, slots=True)
class _Placed:
    words: str
    left: float


def made_ofd(text: str, documents: int = 1) -> bytes:
    """An OFD container that holds the text as one document, or as several with the same text."""
    lines = list(_laid(text))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        roots = ""
        for number in range(documents):
            _add(package, f"Doc_{number}", lines)
            roots += f"<ofd:DocBody><ofd:DocRoot>Doc_{number}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        package.writestr("OFD.xml", f'<ofd:OFD {_NAMESPACE} Version="1.1" DocType="OFD">{roots}</ofd:OFD>')
    return held.getvalue()


def _add(package: zipfile.ZipFile, folder: str, lines: list[_Placed]) -> None:
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    listed = "".join(
        f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    package.writestr(
        f"{folder}/Document.xml",
        f'<ofd:Document {_NAMESPACE}><ofd:CommonData><ofd:TemplatePage ID="2" BaseLoc="Tpls/Content.xml"/>'
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    )
    package.writestr(f"{folder}/Tpls/Content.xml", _page(_object("模板里的字", LEFT, 10)))
    for number, page in enumerate(pages):
        objects = "".join(
            _object(line.words, line.left, TOP + at * LEADING) for at, line in enumerate(page) if line.words
        )
        objects += _object(f"- {number + 1} -", 100, 280)
        objects += _object("内部资料", 60, 150, 'CTM="0.7 -0.7 0.7 0.7 0 0"')
        package.writestr(f"{folder}/Pages/Page_{number}/Content.xml", _page(objects))


def _page(objects: str) -> str:
    return (
        f'<ofd:Page {_NAMESPACE}><ofd:Template TemplateID="2"/><ofd:Content><ofd:Layer ID="5" Type="Body">'
        f"{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def _object(words: str, left: float, top: float, more: str = "") -> str:
    steps = " ".join(f"{_wide(character):g}" for character in words[:-1])
    box = f"{left:g} {top:g} {len(words) * SIZE:g} {SIZE:g}"
    return (
        f'<ofd:TextObject ID="9" Boundary="{box}" Size="{SIZE:g}" {more}>'
        f'<ofd:TextCode X="0" Y="{SIZE:g}" DeltaX="{steps}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def _wide(character: str) -> float:
    return SIZE / 2 if character < "\u0100" else SIZE


def _laid(text: str) -> Iterator[_Placed]:
    """Every printed line; a line of words with nothing in it stands for an empty one."""
    for number, block in enumerate(blocks(text)):
        if isinstance(block, str):
            yield from _paragraph(
                " ".join(block.split()), centred=number < HEAD_LINES and len(block) <= SHORT
            )
            continue
        for row in block:
            for cell in row:
                yield from _paragraph(f"{' '.join(cell.split())} |".strip(), centred=False)


def _paragraph(words: str, *, centred: bool) -> Iterator[_Placed]:
    if centred:
        yield _Placed(words, LEFT + (WIDTH - sum(map(_wide, words))) / 2)
        return
    left, line, used = LEFT + 2 * SIZE, "", 2 * SIZE
    for character in words:
        if used + _wide(character) > WIDTH + 0.01 and character not in _MAY_NOT_BEGIN:
            yield _Placed(line, left)
            left, line, used = LEFT, "", 0.0
        line, used = line + character, used + _wide(character)
    yield _Placed(line, left)
