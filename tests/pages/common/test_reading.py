"""A document's page in the reader: what there is to know of it, finding in it, its links and its file."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from index.build.build import build
from index.search.index import Index, open_index
from pages.common.questions import answered_questions
from pages.common.reader import place_from, reader
from pages.common.words import EN, ZH
from qa.answer.glance import glance
from qa.api.ask import ask as answer_to
from tests.support.axe import severe
from tests.support.browsing import App, listening

ROOT = Path(__file__).parents[3]
FILE = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"


def test_a_document_at_a_glance(policy_index: Index) -> None:
    seen = glance(policy_index, FILE)
    assert (seen.tasks, seen.years[0], seen.years[-1]) == (71, 2024, 2028)
    assert seen.aim is not None
    assert seen.aim.clause.path[-1].endswith("目标任务")
    text = reader(policy_index, place_from(FILE), ZH)
    for told in ("文件库中没有废止或失效的记载。", "宁政办发〔2024〕63号", "一、总体要求", "共 71 项任务"):
        assert told in text


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_every_question_that_is_offered_has_an_answer(policy_index: Index, words) -> None:
    offered = answered_questions(policy_index, "成武县新型城镇化建设行动提升方案.txt", words)
    assert len(offered) > 1
    assert "成武县" in offered[0]
    assert not answer_to(offered[-1], index=policy_index).abstained


RULES = """某市人民政府办公室关于印发某市临时救助办法的通知

某府办规〔2019〕13号

第一条 本办法所称救助，是指一次性补贴。

第二条 每人每年补贴500元。

（一）申请人提出申请；

（二）街道审核。

第三条 街道每季度公示一次。

某市人民政府办公室
2019年6月1日
"""
DECISION = """某市人民政府办公室关于修改某市临时救助办法的决定

某府办规〔2022〕8号

一、将《某市临时救助办法》第二条修改为：“第二条 每人每年补贴800元，第一条废止。”

二、删去第三条。

某市人民政府办公室
2022年9月1日
"""


def test_articles_that_another_document_changed_are_marked(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, text in (("办法.txt", RULES), ("决定.txt", DECISION)):
        (documents / name).write_text(text, encoding="utf-8")
    build(documents, tmp_path / "store")
    with open_index(tmp_path / "store") as index:
        text = reader(index, place_from("办法.txt"), ZH)
        own = reader(index, place_from("决定.txt"), ZH)
        ordinals = {
            clause.label: clause.ordinal
            for clause in (entry.clause for entry in index.entries_of("办法.txt"))
        }
    marked = dict(re.findall(r'id="clause-(\d+)" class="tw-clause tw-\w+ tw-changed tw-(\w+)"', text))
    assert marked == {str(ordinals["第二条"]): "amended", str(ordinals["第三条"]): "deleted"}
    amended, deleted = re.findall(r'role="note">(本条已被..，见) <a class="tw-read" href="\?([^"]*)"', text)
    assert (amended[0], deleted[0]) == ("本条已被修改，见", "本条已被删去，见")
    first, last = map(int, parse_qs(unescape(amended[1]))["at"][0].split("-"))
    assert DECISION[first:last].endswith("第二条修改为")
    assert "tw-changed" not in own


def test_the_reader_finds_links_and_hands_out_the_file(page, app: App, tmp_path: Path) -> None:
    page.goto(f"{app.url}/?document={FILE}")
    listening(page)
    dialog = page.locator("dialog[open]")
    expect(dialog.locator(".tw-overview")).to_contain_text("文件信息")
    expect(dialog.locator(".tw-text")).not_to_be_visible()
    assert severe(page) == []
    field, count = dialog.locator(".tw-find input"), dialog.locator(".tw-find output")
    field.fill("海绵城市")
    expect(count).to_have_text("1/3")
    expect(dialog.locator(".tw-picked")).to_contain_text("推进县城海绵城市建设")
    expect(dialog.locator(".tw-picked")).to_be_in_viewport()
    field.press("Enter")
    dialog.locator(".tw-next").click()
    expect(count).to_have_text("3/3")
    field.press("Shift+Enter")
    expect(count).to_have_text("2/3")
    field.fill("没有这样的字")
    expect(count).to_have_text("没有")
    field.press("Escape")
    expect(dialog).to_be_visible()
    assert severe(page) == []
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog.locator(".tw-link").click()
    expect(dialog.locator(".tw-link")).to_have_text("已复制链接")
    copied = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as downloading:
        dialog.locator(".tw-original").click()
    downloading.value.save_as(tmp_path / "original.txt")
    assert (tmp_path / "original.txt").read_bytes() == (ROOT / "documents" / FILE).read_bytes()
    page.emulate_media(media="print")
    assert page.locator("#columns").is_hidden()
    expect(dialog.locator(".tw-text")).to_be_visible()
    page.emulate_media(media="screen")
    assert parse_qs(urlsplit(copied).query)["document"] == [FILE]
    page.goto(copied)
    listening(page)
    expect(page.locator("dialog[open] .tw-cited mark").first).to_be_in_viewport()
    page.locator("dialog[open] .tw-view[data-view=overview]").click()
    question = page.locator(".tw-ask").first
    text = question.inner_text()
    question.click()
    expect(page.locator("#chat .tw-question")).to_have_text([text])
    expect(page.locator("#chat .tw-silent")).to_have_count(0)


def test_from_another_page_a_question_waits_in_the_box(tab, app: App) -> None:
    tab.goto(f"{app.url}/ledger/?document={FILE}")
    tab.locator("dialog[open] .tw-ask").first.wait_for()
    text = tab.locator(".tw-ask").first.inner_text()
    tab.locator(".tw-ask").first.click()
    listening(tab)
    expect(tab.locator("#box textarea")).to_have_value(text)
    expect(tab).to_have_url(f"{app.url}/")
    expect(tab.locator("#chat .tw-question")).to_have_count(0)
