"""Small files that ask for much: the work is bounded by what the file holds, not by the numbers in it."""

from __future__ import annotations

import io
import re
import time
import zipfile

import pytest
from openpyxl import Workbook

from index.errors import SourceError
from index.reading.html import read_html
from index.reading.pdf.document import _UNCLOSED
from index.reading.table_lines import MOST_SPOTS, Placed, grid
from index.reading.xlsx import MOST_CELLS, read_xlsx

WORDS = "由县住建局牵头，到2027年完成改造300户。"
SECONDS = 5
"""Of the processor, on a busy machine; what is bounded takes hundredths, what is not takes minutes."""


def workbook(ref: str, times: int = 1) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["项目", "任务"])
    sheet.append(["改造", WORDS])
    sheet.append(["", "由县水务局牵头。"])
    sheet.merge_cells("A2:A3")
    saved = io.BytesIO()
    book.save(saved)
    made = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            merges = "".join(f'<mergeCell ref="{ref}"/>' for _ in range(times))
            new.writestr(name, re.sub(rb'<mergeCell ref="A2:A3" ?/>', merges.encode(), old.read(name)))
    assert ref.encode() in zipfile.ZipFile(made).read("xl/worksheets/sheet1.xml")
    return made.getvalue()


def test_a_merge_over_all_rows_is_one_over_those_that_there_are():
    began = time.process_time()
    assert read_xlsx(workbook("A2:A1048576"), "a.xlsx").text == read_xlsx(workbook("A2:A3"), "a.xlsx").text
    assert "改造" in read_xlsx(workbook("A2:XFD1048576"), "a.xlsx").text  # the rest lies under it
    assert time.process_time() - began < SECONDS


def test_merges_that_are_many_are_refused():
    with pytest.raises(SourceError, match=f"more than {MOST_CELLS} cells"):
        read_xlsx(workbook("A1:B3", MOST_CELLS // 6 + 1), "a.xlsx")


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("<table><tr><td>甲</td><td>", "</td></tr><tr><td>乙</td><td>丙</td></tr></table>"),
        (f"<table><tr><td>{WORDS}</td><td>", f"</td></tr><tr><td>乙</td><td>{WORDS * 2}</td></tr></table>"),
        ("<ol><li>甲", "</li></ol>"),
        ("<div hidden><p>甲</p>", "</div>"),
        ("<div><p>甲</p>", "<p>关闭窗口</p></div>"),
    ],
    ids=["tables that lay out", "tables of data", "lists", "hidden", "footers"],
)
def test_twice_the_elements_in_one_another_take_twice_the_time(opens: str, closes: str) -> None:
    """The square would take four times as long; libxml2 reads no more than 2,048 of them."""

    def seconds(times: int) -> float:
        began = time.process_time()
        text = read_html(f"<p>{WORDS}</p>{opens * times}底{closes * times}").text
        assert WORDS in text
        return time.process_time() - began

    seconds(10)  # what is loaded at the first page
    assert min(seconds(480) for _ in range(2)) < 3 * min(seconds(240) for _ in range(2)) + 0.1


@pytest.mark.parametrize("span", ["rowspan", "colspan"])
def test_a_span_of_65534(span):
    rows = "".join(f"<tr><td {span}=65534>{n}</td><td>{WORDS}</td></tr>" for n in range(200))
    began = time.process_time()
    assert WORDS in read_html(f"<table>{rows}</table>").text
    assert time.process_time() - began < SECONDS


def test_a_table_of_too_many_places_is_refused():
    side = int(MOST_SPOTS**0.5) + 2
    with pytest.raises(SourceError, match="Split it"):
        grid(Placed(at, at, "x") for at in range(side))
    with pytest.raises(SourceError, match="Split it"):
        grid([Placed(0, 0, "x" * 30_000, rows=5000)])


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + f"<p>{WORDS}</p>",
        "<table><tr><td>" * 400 + WORDS,
        f"<script>{'x = 1; ' * 1_600_000}</script><p>{WORDS}</p>",
        f"<nav>{WORDS}</nav>",
    ],
    ids=["divs", "tables", "script", "menu"],
)
def test_text_is_found_wherever_it_stands(page):
    assert WORDS in read_html(f"<html><body>{page}</body></html>").text


def test_twice_the_paragraphs_take_twice_the_time():
    def seconds(paragraphs: int) -> float:
        page = "".join(f"<li>第{n}段 {WORDS}</li>" for n in range(paragraphs))
        began = time.process_time()
        read_html(f"<html><body><ol>{page}</ol></body></html>")
        return time.process_time() - began

    seconds(10)
    assert seconds(2000) < 3 * seconds(1000) + 0.1


@pytest.mark.parametrize("filler", [b"1", b"1 ", b"1 0 ", b" ", b"1\n"])
def test_twice_the_digits_of_a_pdf_take_twice_the_time(filler: bytes):
    def seconds(size: int) -> float:
        data = filler * (size // len(filler))
        began = time.process_time()
        assert not _UNCLOSED.search(data)
        return time.process_time() - began

    assert seconds(1_000_000) < 3 * seconds(500_000) + 0.05
    assert _UNCLOSED.search(b"\n12 0 obj\n")
