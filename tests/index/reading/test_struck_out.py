"""Struck-out words are left out of every format, and told; radicals and invisible characters are folded."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from making_ofd import LEADING, LEFT, SIZE, TOP, made_ofd
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from index.parsing.parse import parse_source
from index.reading.read import text_of
from tests.support.packing import docx, p
from tests.support.tables_made import FONT

BEFORE, GONE, AFTER = "第一条　高龄津贴每人每月", "五十元", "一百元，由县民政局发放。"


def word() -> bytes:
    runs = f"<w:r><w:t>{BEFORE}</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>{GONE}</w:t></w:r>"
    return docx(f"<w:p>{runs}<w:r><w:t>{AFTER}</w:t></w:r></w:p>")


def excel() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = CellRichText(BEFORE, TextBlock(InlineFont(strike=True), GONE), AFTER)
    sheet["A2"], sheet["A3"], sheet["A3"].font = "第二条　自发布之日起施行。", 120, Font(strike=True)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def paper() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("words", fontName=FONT, fontSize=12, leading=18, wordWrap="CJK")
    held = io.BytesIO()
    words = f"{BEFORE}<strike>{GONE}</strike><u>{AFTER}</u>"
    SimpleDocTemplate(held).build([Paragraph(words, style)])
    return held.getvalue()


def fixed_layout() -> bytes:
    left = LEFT + (2 + len(BEFORE) - 0.5) * SIZE  # two of indent; the blank is half a character
    height, wide = TOP + LEADING + 0.65 * SIZE, len(GONE) * SIZE
    box = f'Boundary="{left:g} {height:g} {wide:g} 0.5"'
    line = f'<ofd:PathObject ID="8" {box}><ofd:AbbreviatedData>M 0 0 L {wide:g} 0'
    held = io.BytesIO()
    drawn = f"{line}</ofd:AbbreviatedData></ofd:PathObject></ofd:Layer>".encode()
    written = io.BytesIO(made_ofd(f"办法\n{BEFORE}{GONE}{AFTER}\n"))
    with zipfile.ZipFile(written) as made, zipfile.ZipFile(held, "w") as changed:
        for name in made.namelist():
            part = made.read(name)
            changed.writestr(name, part.replace(b"</ofd:Layer>", drawn) if "Pages" in name else part)
    return held.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    "docx": word,
    "xlsx": excel,
    "pdf": paper,
    "ofd": fixed_layout,
    "html": f"<html><meta charset='utf-8'><p>{BEFORE}<s>{GONE}</s>{AFTER}</p></html>".encode,
    "md": f"# 办法\n\n{BEFORE}~~{GONE}~~{AFTER}\n".encode,
}


@pytest.mark.parametrize("ending", MADE)
def test_struck_out_words_are_left_out_and_told(ending: str) -> None:
    document = parse_source(text_of(MADE[ending](), Path(f"a.{ending}")), f"a.{ending}").document
    assert re.sub(r"\s", "", f"{BEFORE}{AFTER}") in re.sub(r"\s", "", document.text)
    assert document.count is not None and document.count.lost == 0
    told = [one.sample for one in document.count.left_out if one.reason == "struck out"]
    told += [one.text.strip("~") for one in document.removals if one.reason == "struck out"]
    assert told and told[0].startswith(GONE)


@pytest.mark.parametrize("ending", ["html", "docx", "md", "ofd"])
def test_radicals_and_invisible_characters_in_every_format(ending: str) -> None:
    words = "第⼀条　养犬登记由县公\u00ad安局负\u200b责，每⽉公布⼀次。"
    made = {
        "docx": lambda: docx(p(words)),
        "html": f"<html><meta charset='utf-8'><p>{words}</p></html>".encode,
        "md": words.encode,
        "ofd": lambda: made_ofd(f"办法\n{words}\n"),
    }
    document = parse_source(text_of(made[ending](), Path(f"a.{ending}")), f"a.{ending}").document
    assert "第一条养犬登记由县公安局负责，每月公布一次。" in re.sub(r"\s", "", document.text)
