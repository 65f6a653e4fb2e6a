"""Pages and sheets from the reader to the citation, through cleaning and the store."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.parsing.parse import parse_source
from index.reading.clean import clean, in_clean, restore
from index.reading.extracted import Furniture
from index.reading.read import Source
from index.records import PageStart
from index.storage.clause_store import Store

FIRST, SECOND = "关于供水的通知\n一、总体要求\n到2025年，", "普及率达到92%。\n"
NUMBER = "\n- 1 -\n"
TEXT = f"首页 > 政务公开 > 正文\n{FIRST}{NUMBER}{SECOND}扫一扫在手机打开当前页\n- 2 -\n"
AT = TEXT.index(NUMBER)
SOURCE = Source(
    TEXT,
    "0" * 64,
    (PageStart(0, "page", "1"), PageStart(AT + len(NUMBER), "page", "2")),
    (Furniture(AT, AT + len(NUMBER), "page number"), Furniture(TEXT.index("- 2"), len(TEXT), "page number")),
)


def test_a_page_number_goes_and_the_paragraph_runs_on() -> None:
    document = parse_source(SOURCE, "a.pdf").document
    assert FIRST + SECOND in document.text
    reasons = [removal.reason for removal in document.removals]
    assert sorted(reasons) == ["footer", "navigation", "page number", "page number"]
    at = document.text.index(SECOND)
    assert [(page.at, page.name) for page in document.pages] == [(0, "1"), (at, "2")]
    names = [page.name for page in map(document.page_at, (0, at - 1, at, at + 3)) if page]
    assert names == ["1", "1", "2", "2"]


def test_a_document_without_pages_has_none() -> None:
    document = parse_source(Source(TEXT, "0" * 64), "a.txt").document
    assert document.pages == ()
    assert document.page_at(3) is None


def test_pages_are_stored(tmp_path: Path) -> None:
    parsed = parse_source(SOURCE, "a.pdf")
    store = Store.create(tmp_path / "s.sqlite")
    store.put(parsed.document, parsed.clauses, parsed.facts, 1)
    assert store.document("a.pdf") == parsed.document


@given(st.text("一二\n\u200b -3", min_size=1, max_size=60), st.data())
def test_furniture_is_put_back(text: str, data: st.DataObject) -> None:
    marks = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    furniture = [Furniture(start, end, "page number") for start, end in pairs]
    cleaned = clean(text, furniture)
    assert restore(cleaned) == text
    places = [in_clean(at, cleaned.removals) for at in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == len(cleaned.text)
