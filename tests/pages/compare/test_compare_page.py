"""The comparison in a real browser, held against the documents."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from index.search.index import Index, open_index
from qa.topics.shared import shared_topics
from tests.support.browsing import App

TOPIC = "再生水利用"


@pytest.fixture
def index(site: App) -> Iterator[Index]:
    with open_index(site.index) as index:
        yield index


@pytest.fixture
def compared(tab, site: App):
    tab.goto(f"{site.url}/compare/")
    tab.locator("#compare-topic").fill(TOPIC)
    tab.keyboard.press("Enter")
    tab.locator(".tw-regions tbody tr").first.wait_for()
    return tab


def row(page, region: str):
    return page.locator(".tw-regions tbody tr", has=page.locator("th", has_text=region))


def test_a_row_for_each_region_with_its_own_words(compared, index: Index) -> None:
    expect(compared.locator(".tw-regions tbody tr")).to_have_count(5)
    for region in ("宁武县", "沁水县", "运城市"):
        link = row(compared, region).locator(".tw-read")
        text = index.document(link.get_attribute("data-file")).text
        for quote in row(compared, region).locator("blockquote").all_inner_texts():
            assert quote in text
    told = row(compared, "宁武县")
    expect(told.locator("blockquote mark.tw-figure")).to_have_text("30%以上")
    expect(told.locator("td").nth(1)).to_contain_text("县住建局 首列")
    expect(told.locator("td").nth(2)).to_have_text("到2027年")
    expect(told.locator("td").nth(3)).to_contain_text("再生水利用率：30%以上（2027年）")


def test_silence_and_what_is_not_stated_are_said(compared) -> None:
    for region in ("成武县", "杭锦旗"):
        expect(row(compared, region).locator("td")).to_have_text("本文件未作规定")
    agencies = row(compared, "沁水县").locator("td").nth(1)
    expect(agencies).to_contain_text("未写明")
    expect(agencies).to_contain_text("以上任务均需各乡镇人民政府落实")
    expect(compared.locator(".tw-counts")).to_contain_text("3 个地区有规定")


def test_regions_and_topics_are_chosen(compared, index: Index) -> None:
    compared.locator('input[value="沁水县"]').check(force=True)
    expect(compared.locator(".tw-regions tbody tr")).to_have_count(1)
    compared.locator('input[value="杭锦旗"]').check(force=True)
    expect(compared.locator(".tw-regions tbody tr")).to_have_count(2)
    topic = shared_topics(index)[0]
    first = compared.locator(".tw-suggestion").first
    expect(first).to_have_text(f"{topic.words}{len(topic.regions)}")
    first.click()
    expect(compared.locator(".tw-bar h2")).to_contain_text(topic.words)
    expect(compared.locator(".tw-silent")).to_have_count(0)
    compared.reload()
    expect(compared.locator("#compare-topic")).to_have_value(topic.words)
    expect(compared.locator(".tw-regions tbody tr")).to_have_count(2)


def test_what_is_no_topic_is_explained(compared) -> None:
    compared.locator("#compare-topic").fill("？？")
    compared.locator(".tw-topic button").click()
    expect(compared.locator(".tw-notice")).to_be_visible()
    attack = '<img src=x onerror="window.hit=1">海绵城市'
    compared.locator("#compare-topic").fill(attack)
    compared.locator(".tw-topic button").click()
    expect(compared.locator(".tw-bar h2")).to_contain_text("<img src=x")
    assert compared.evaluate("window.hit") is None


def test_the_source_opens_at_the_quote(compared) -> None:
    quote = row(compared, "沁水县").locator("blockquote").first.inner_text()
    row(compared, "沁水县").locator(".tw-read").click()
    mark = compared.locator("dialog[open] .tw-cited mark").first
    expect(mark).to_have_text(quote)
    expect(mark).to_be_in_viewport()


def test_the_comparison_is_exported(compared, tmp_path: Path) -> None:
    with compared.expect_download() as downloading:
        compared.locator('.tw-export[data-kind="xlsx"]').click()
    assert downloading.value.suggested_filename == "地区对比.xlsx"
    downloading.value.save_as(tmp_path / "compare.xlsx")
    rows = list(load_workbook(tmp_path / "compare.xlsx").worksheets[0].iter_rows(values_only=True))
    assert [line[0] for line in rows] == ["地区", "宁武县", "成武县", "杭锦旗", "沁水县", "运城市"]
    assert [line[1] for line in rows if line[0] in ("成武县", "杭锦旗")] == ["本文件未作规定"] * 2
    assert rows[1][3] == "县住建局" and rows[1][2] == "未写明"
    with compared.expect_download() as downloading:
        compared.locator('.tw-export[data-kind="csv"]').click()
    downloading.value.save_as(tmp_path / "compare.csv")
    with (tmp_path / "compare.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [line["地区"] for line in csv.DictReader(file)] == [line[0] for line in rows[1:]]


def test_the_figures_are_drawn_and_nothing_outside_is_asked(compared, site: App) -> None:
    chart = compared.locator("#compare-pictures .tw-picture")
    expect(chart.locator("li b")).to_have_text(["30%以上", "40%", "30%以上", "40%以上"])
    assert site.outside.read_text() == ""


def test_the_page_speaks_english(compared) -> None:
    compared.locator(".tw-language").click()
    expect(compared.locator(".tw-intro h2")).to_have_text("Compare regions")
    expect(row(compared, "成武县").locator("td")).to_contain_text("does not say")
    expect(compared.locator("#compare-topic")).to_have_value(TOPIC)


def test_a_telephone_is_wide_enough(tab, site: App) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{site.url}/compare/?topic={TOPIC}")
    tab.locator("#compare-pictures .tw-picture").wait_for()
    expect(tab.locator(".tw-topic button")).to_be_in_viewport()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
