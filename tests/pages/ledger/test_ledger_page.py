"""The ledger in a real browser, held against the ledger of `qa`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from index.build.build import add, remove
from index.search.index import Index, open_index
from qa.ledger.tasks import tasks_set
from tests.support.browsing import App, settled

HOSTILE = """虚构县人民政府关于印发<img src=x onerror="window.hit=1">虚构县护林方案的通知

虚构政发〔2025〕9号

一、护林<script>window.hit=2</script>防火

（一）瞭望塔建设。到2026年建成<b>瞭望塔</b>12座，<img src=x onerror="window.hit=3">
巡护率达到95%以上。（县林业局、县应急局）
"""


@pytest.fixture
def index(site: App) -> Iterator[Index]:
    with open_index(site.index) as index:
        yield index


@pytest.fixture
def ledger(tab, site: App):
    tab.goto(f"{site.url}/ledger/")
    tab.locator(".tw-task").first.wait_for()
    return tab


def count(page, number: int) -> None:
    expect(page.locator(".tw-bar h2")).to_have_text(f"共 {number} 项任务")


def tick(page, value: str) -> None:
    page.locator(f'#ledger-filters input[value="{value}"]').check(force=True)


def test_all_tasks_are_counted_by_region_and_role(ledger, index: Index) -> None:
    tasks = tasks_set(index)
    count(ledger, len(tasks))
    for region, number in Counter(task.region for task in tasks).items():
        chip = ledger.locator(".tw-chips label", has=ledger.locator(f'input[value="{region}"]'))
        expect(chip).to_have_text(f"{region}{number}")
    first = sum(1 for task in tasks if task.bodies("first"))
    chip = ledger.locator(".tw-chips label", has=ledger.locator('input[value="first"]'))
    expect(chip).to_have_text(f"首列{first}")
    assert ledger.locator(".tw-task").count() == 50


def test_filters_narrow_as_the_ledger_of_qa_does(ledger, index: Index) -> None:
    tick(ledger, "成武县")
    count(ledger, len(tasks_set(index, regions=["成武县"])))
    tick(ledger, "宁武县")
    count(ledger, len(tasks_set(index, regions=["成武县", "宁武县"])))
    ledger.locator('[name="agency"]').fill("住房城乡建设局")
    found = tasks_set(index, regions=["成武县", "宁武县"], agency="住房城乡建设局")
    count(ledger, len(found))
    ledger.locator('[name="last"]').select_option("2025")
    found = tasks_set(index, regions=["成武县", "宁武县"], agency="住房城乡建设局", due="-2025")
    count(ledger, len(found))
    ledger.locator('[name="text"]').fill("管网 改造")
    count(ledger, sum(1 for task in found if "管网" in task.quote and "改造" in task.quote))
    ledger.locator(".tw-clear").click()
    count(ledger, len(tasks_set(index)))


def test_topic_document_and_role_are_filters_too(ledger, index: Index) -> None:
    ledger.locator('[name="topic"]').fill("海绵城市")
    count(ledger, len(tasks_set(index, topic="海绵城市")))
    ledger.locator('[name="topic"]').fill("")
    tick(ledger, "lead")
    count(ledger, len(tasks_set(index, roles=["lead"])))
    file = next(info.file for info in index.infos if info.region == "运城市")
    ledger.locator('[name="file"]').select_option(file)
    count(ledger, len(tasks_set(index, roles=["lead"], documents=[file])))


def test_what_fits_nothing_or_cannot_be_is_explained(ledger, site: App) -> None:
    ledger.locator('[name="text"]').fill("月球基地")
    expect(ledger.locator(".tw-nothing").first).to_contain_text("没有符合条件的任务")
    expect(ledger.locator(".tw-export").first).to_be_disabled()
    ledger.goto(f"{site.url}/ledger/?first=2027&last=2024")
    expect(ledger.locator(".tw-notice")).to_contain_text("2027-2024")
    ledger.goto(f"{site.url}/ledger/?region=海口市&nth=x&sort=y")
    expect(ledger.locator(".tw-notice")).to_contain_text("海口市")


def test_columns_sort_and_pages_turn(ledger, index: Index) -> None:
    by_due = [task for task in tasks_set(index) if task.years]
    ledger.locator('.tw-sort[data-column="due"]').click()
    expect(ledger.locator("th.tw-of-due")).to_have_attribute("aria-sort", "ascending")
    earliest = min(task.years for task in by_due)[0]
    expect(ledger.locator("td.tw-of-due").first).to_contain_text(str(earliest))
    expect(ledger.locator('.tw-sort[data-column="due"]')).to_be_focused()
    ledger.keyboard.press("Enter")
    expect(ledger.locator("th.tw-of-due")).to_have_attribute("aria-sort", "descending")
    expect(ledger.locator("td.tw-of-due").first).to_contain_text(str(max(t.years[-1] for t in by_due)))
    ledger.locator(".tw-page").last.click()
    expect(ledger.locator(".tw-pager span")).to_have_text("第 2 / 6 页")
    expect(ledger.locator(".tw-open").first).to_have_text("51")


def test_a_row_opens_to_its_clause_and_the_clause_to_its_document(ledger, index: Index, site: App) -> None:
    ledger.locator('[name="topic"]').fill("再生水利用")
    task = next(t for t in tasks_set(index, topic="再生水利用") if t.region == "宁武县")
    row = ledger.locator(".tw-task", has_text=task.task).first
    count(ledger, len(tasks_set(index, topic="再生水利用")))
    clause = ledger.locator(".tw-whole-clause").first
    expect(clause).not_to_be_visible()
    row.locator(".tw-open").focus()
    ledger.keyboard.press("Enter")
    expect(clause.locator("blockquote")).to_have_text(task.quote.strip())
    expect(clause.locator("blockquote mark.tw-agency")).to_have_text([a.text for a in task.agencies])
    expect(clause.locator("blockquote mark.tw-due")).to_have_text([d.text for d in task.deadlines])
    expect(clause.locator("blockquote mark.tw-figure")).to_have_text([t.text for t in task.targets])
    link = clause.locator("footer .tw-read")
    assert link.get_attribute("href") == (f"../?document={quote(task.file)}&at={task.start}-{task.end}")
    link.click()
    expect(ledger.locator("dialog[open] .tw-cited mark").first).to_be_in_viewport()
    ledger.keyboard.press("Escape")
    ledger.goto(f"{site.url}/ledger/{link.get_attribute('href')}")
    expect(ledger.locator("dialog[open] .tw-cited mark").first).to_be_in_viewport()


def test_what_is_filtered_is_exported(ledger, index: Index, tmp_path: Path) -> None:
    tick(ledger, "成武县")
    tasks = tasks_set(index, regions=["成武县"])
    count(ledger, len(tasks))
    with ledger.expect_download() as downloading:
        ledger.locator('.tw-export[data-kind="xlsx"]').click()
    assert downloading.value.suggested_filename == "任务台账.xlsx"
    downloading.value.save_as(tmp_path / "ledger.xlsx")
    book = load_workbook(tmp_path / "ledger.xlsx")
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[-1] for row in rows[1:]] == [task.quote.strip() for task in tasks]
    assert ("地区", "成武县") in list(book.worksheets[1].iter_rows(values_only=True))
    with ledger.expect_download() as downloading:
        ledger.locator('.tw-export[data-kind="csv"]').click()
    downloading.value.save_as(tmp_path / "ledger.csv")
    with (tmp_path / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["任务"] for row in csv.DictReader(file)] == [task.task for task in tasks]


def test_an_address_keeps_the_filters(ledger, index: Index) -> None:
    tick(ledger, "沁水县")
    number = len(tasks_set(index, regions=["沁水县"]))
    count(ledger, number)
    ledger.reload()
    count(ledger, number)
    expect(ledger.locator('input[value="沁水县"]')).to_be_checked()


def test_charts_are_drawn_of_what_is_filtered(ledger, index: Index, site: App) -> None:
    ledger.locator('[data-view="pictures"]').click()
    charts = ledger.locator("#ledger-pictures .tw-picture")
    expect(charts).to_have_count(2)
    tasks = tasks_set(index)
    due = Counter((year, task.region) for task in tasks for year in task.years)
    expect(charts.nth(0).locator("td b")).to_have_count(len(due))
    dots = charts.nth(0).locator("td b")
    assert sorted(map(int, dots.all_text_contents())) == sorted(due.values())
    across = {int(dot.text_content()): dot.bounding_box()["width"] for dot in dots.all()}
    assert [across[number] for number in sorted(across)] == sorted(across.values())
    bars = charts.nth(1).locator("li:has(.tw-bar-drawn)")
    expect(bars).to_have_count(20)
    expect(bars.first).to_contain_text("住房城乡建设局")
    wide = [part.bounding_box()["width"] for part in bars.first.locator(".tw-bar-parts i").all()]
    assert sum(wide) > charts.nth(1).bounding_box()["width"] / 2  # the longest bar fills its row
    ledger.locator('[name="topic"]').fill("再生水利用率")
    expect(charts).to_have_count(3)
    expect(charts.nth(2).locator("li b").first).to_have_text("30%以上")
    assert site.outside.read_text() == ""


def test_the_page_speaks_english_and_keeps_its_filters(ledger, index: Index) -> None:
    tick(ledger, "杭锦旗")
    number = len(tasks_set(index, regions=["杭锦旗"]))
    count(ledger, number)
    ledger.locator(".tw-language").click()
    expect(ledger.locator(".tw-bar h2")).to_have_text(f"{number} tasks")
    expect(ledger.locator("html")).to_have_attribute("lang", "en")
    expect(ledger.locator('.tw-nav [aria-current="page"]')).to_have_text("Ledger")
    expect(ledger.locator('input[value="杭锦旗"]')).to_be_checked()


def test_the_language_goes_along_to_the_other_pages(ledger) -> None:
    ledger.locator(".tw-language").click()
    ledger.locator(".tw-nav a", has_text="Compare").click()
    expect(ledger.locator(".tw-intro h2")).to_have_text("Compare regions")


def test_a_telephone_is_wide_enough(tab, site: App) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{site.url}/ledger/?topic=海绵城市")
    tab.locator(".tw-task").first.wait_for()
    expect(tab.locator('[name="topic"]')).not_to_be_visible()
    tab.locator(".tw-filters summary").click()
    expect(tab.locator('[name="topic"]')).to_have_value("海绵城市")
    tab.locator(".tw-task").first.click()
    expect(tab.locator(".tw-whole-clause").first).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.locator('[data-view="pictures"]').click()
    tab.locator(".tw-picture").nth(1).wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_document_is_only_text(tab, site: App, tmp_path: Path) -> None:
    path = tmp_path / "护林<img src=x onerror=window.hit='name'>&\"方案.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    add([path], site.index)
    try:
        tab.goto(f"{site.url}/ledger/?text=瞭望塔")
        tab.locator(".tw-open").first.click()
        expect(tab.locator(".tw-whole-clause blockquote").first).to_contain_text("<img src=x")
        tab.locator('[data-view="pictures"]').click()
        tab.locator(".tw-picture").first.wait_for()
        settled(tab)
        assert tab.evaluate("window.hit") is None
        assert tab.locator("#ledger-results :is(img, script), #ledger-filters :is(img, script)").count() == 0
        assert tab.locator(".tw-picture img").count() == 0
    finally:
        remove([path.name], site.index)
