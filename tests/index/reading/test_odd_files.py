"""Files that are damaged, misnamed or odd inside: refused with the reason, or read all the same."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import pytest
from making_ofd import made_ofd
from pdf_made import CHROMIUM, by_chromium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from index.errors import SourceError
from index.reading.pdf import ocr
from index.reading.pdf.damage import refuse_damaged
from index.reading.read import text_of
from tests.support.tables_made import Page, pdf

WORDS = "第一条　高龄津贴由县民政局按月发放，不得拖欠。"


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.xls", "a.pdf"])
def test_a_document_by_name_alone_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match=rf"{name}: is no \w+ file, and no Chinese text either"):
        text_of(b"lorem ipsum 123", Path(name))
    assert text_of(WORDS.encode(), Path("a.doc")).text == WORDS


def test_radicals_are_ideographs_in_plain_text() -> None:
    assert text_of("第⼀条 每⽉发放".encode(), Path("a.txt")).text == "第一条 每月发放"


def test_a_flipped_bit_in_a_packed_page_is_noticed() -> None:
    data = pdf(Page((WORDS * 20,)))
    refuse_damaged(data, "a.pdf")
    begin = data.index(b"stream\n") + 7
    at = begin + 40
    assert data[at : at + 1].isascii()
    damaged = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    with pytest.raises(SourceError, match=r"a\.pdf: is damaged: what stands at byte \d+"):
        refuse_damaged(damaged, "a.pdf")


def test_what_a_flipped_bit_changes_is_nearly_always_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 30 bits all over a file; those that change no word may pass."""
    monkeypatch.setattr(
        ocr, "is_installed", lambda: False
    )  # a page without text is then refused, not looked at
    lines = (
        f"第{n}条　县民政局按月发放，第{n}批标准为每人每月{7 * n}元，不得拖欠、截留和挪用。"
        for n in range(1, 9)
    )
    data = pdf(Page(tuple(lines)))
    whole, chosen = text_of(data, Path("a.pdf")).text, random.Random(15)
    noticed = unseen = 0
    for _ in range(30):
        at, bit = chosen.randrange(len(data)), 1 << chosen.randrange(8)
        try:
            read = text_of(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :], Path("a.pdf")).text
        except SourceError:
            noticed += 1
        else:
            unseen += read != whole
    assert noticed >= 8 and unseen == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"/FlateDecode", b"/FlateDecodf"),
        (b"/Filter", b"/Filtes"),
        (b"\nstream\n", b"\nstreal\n"),
        (b">>\nstream\n", b">>\nstream\x8a"),
        (b" 00000 n", b" 0000\xb0 n"),
        (b"0 obj", b"0 ocj"),
    ],
)
def test_a_file_that_contradicts_itself_is_damaged(before: bytes, after: bytes) -> None:
    data = pdf(Page((WORDS * 20,)))
    assert before in data
    with pytest.raises(SourceError, match="is damaged"):
        refuse_damaged(after.join(data.rsplit(before, 1)), "a.pdf")


@pytest.fixture(scope="module")
def printed() -> bytes:
    """Two pages as Chromium prints them."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}; install it: apt-get install chromium fonts-noto-cjk")
    lines = (
        f"第{n}条　县民政局按月发放，第{n}批标准为每人每月{7 * n}元，不得拖欠、截留。" for n in range(1, 50)
    )
    return by_chromium("\n".join(lines))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b" /g0 /g", b" og0 /g"),
        (b" 0 0 0 ", b" 0 0(0 "),
        (b"/CharProcs <</g0", b"/CharProcs <</g1"),
        (b"/FirstChar 0", b"/FirstChar 1"),
        (b"/Type3", b"/Type2"),
        (b"/ToUnicode", b"/ToUnicoda"),
        (b"/Contents", b"/Contentr"),
        (b"/FontMatrix [.001", b"/FontMatrix [.003"),
        (b"endobj", b"endocj"),
        (b"endstream", b"endstreal"),
        (b" 0 R\n/", b" 0 R\no"),
    ],
)
def test_what_chromium_printed_and_contradicts_itself_is_damaged(
    printed: bytes, before: bytes, after: bytes
) -> None:
    refuse_damaged(printed, "a.pdf")
    assert before in printed
    with pytest.raises(SourceError, match="is damaged"):
        refuse_damaged(printed.replace(before, after, 1), "a.pdf")


def test_a_number_of_a_font_that_leads_to_another_is_damage(printed: bytes) -> None:
    one, other = re.findall(rb"/ToUnicode (\d+ 0 R)", printed)[:2]
    with pytest.raises(SourceError, match="is damaged"):
        refuse_damaged(printed.replace(b"/ToUnicode " + one, b"/ToUnicode " + other), "a.pdf")


def test_bits_flipped_in_what_chromium_printed_are_noticed(printed: bytes) -> None:
    """Of 40 bits all over the file, which holds the time and so is another each time."""
    whole, chosen = text_of(printed, Path("a.pdf")).text, random.Random(16)
    noticed = unseen = 0
    for _ in range(40):
        at, bit = chosen.randrange(len(printed)), 1 << chosen.randrange(8)
        try:
            read = text_of(printed[:at] + bytes([printed[at] ^ bit]) + printed[at + 1 :], Path("a.pdf")).text
        except SourceError:
            noticed += 1
        else:
            unseen += read != whole
    assert noticed >= 28 and unseen <= 1


def test_what_another_program_wrote_is_not_held_to_what_chromium_writes(printed: bytes) -> None:
    odd = printed.replace(b"/FirstChar 0", b"/FirstChar 1", 1)
    refuse_damaged(odd.replace(b"(Skia/PDF", b"(Other/PDF"), "a.pdf")


@pytest.mark.parametrize("half", ["D835", "DC00"])
def test_half_a_character_in_a_fonts_map_is_told_as_such(half: str, pytestconfig: pytest.Config) -> None:
    font = "NotoSerifCJKsc-part"
    pdfmetrics.registerFont(TTFont(font, str(pytestconfig.rootpath / f"tests/data/font/{font}.ttf")))
    held = io.BytesIO()
    canvas = Canvas(held, pageCompression=0)
    canvas.setFont(font, 14)
    canvas.drawString(50, 700, "到2025年，县城建设取得重要进展，短板弱项进一步补齐，服务能力明显提升")
    canvas.save()
    data = held.getvalue().replace(f"<{ord('县'):04X}>".encode(), f"<{half}>".encode())
    assert text_of(data, Path("a.pdf")).text.startswith("到2025年，\ufffd城建设取得重要进展")


def test_a_line_of_no_size_in_an_ofd() -> None:
    text = f"虚构县高龄津贴办法\n{WORDS}\n第二条　本办法自2025年1月1日起施行。\n"
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made_ofd(text))) as made, zipfile.ZipFile(held, "w") as changed:
        for name in made.namelist():
            part = made.read(name)
            changed.writestr(name, re.sub(rb' Size="[\d.]+"', b' Size="0"', part))
    read = text_of(held.getvalue(), Path("a.ofd")).text
    assert "".join(WORDS.split()) in "".join(read.split())
