"""Twenty tasks of somebody who has never seen the pages, each walked through with its clicks counted.

Every task begins on the chat page, logged in as an administrator, on a screen of 1440 pixels.  A click, an
Enter and a file chosen count one each, a choice from a list of the browser's own two (open, choose); typing
counts nothing.  The documents, users and conversations that the tasks need are there before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from index.build.backup import backups
from index.build.removals import take_out
from index.search.index import open_index
from pages.chat.history import Asked, history_of
from qa.api.feedback import feedback_of
from tests.support.browsing import listening
from tests.support.office import QUESTION, Office, logged_in
from web.access.accounts import Accounts

MOST = 4
"""Clicks that a task may take."""
ME = "王主任"
NINGWU = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"
CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
TAKEN_OUT = "杭锦旗推进以县城为重要载体的城镇化建设方案文字解读.txt"
NOTICE = """虚构县人民政府办公室关于加强养老服务的通知

虚政办发〔2025〕7号

一、责任分工

银龄食堂建设由县民政局牵头，县财政局、县市场监管局配合，2026年底前建成银龄食堂48处。

虚构县人民政府办公室
2025年3月1日
"""
YESTERDAYS, RENAMED, DELETED = (
    "成武县老旧小区改造多少户？",
    "运城市再生水利用率要达到多少？",
    "今天天气怎么样？",
)


class Walk:
    """A page, and the clicks that were made on it."""

    def __init__(self, page, office: Office, folder: Path) -> None:
        self.page = page
        self.office = office
        self.folder = folder
        self.clicks = 0

    def click(self, place: str, words: str = ""):
        """Click the first place that has the words."""
        self.clicks += 1
        found = self.page.locator(place, has_text=words) if words else self.page.locator(place)
        found.first.click()

    def type(self, place: str, text: str) -> None:
        self.page.locator(place).first.fill(text)

    def enter(self, place: str, text: str) -> None:
        """Type and press Enter."""
        self.type(place, text)
        self.clicks += 1
        self.page.locator(place).first.press("Enter")

    def select(self, place: str, value: str) -> None:
        self.clicks += 2
        self.page.locator(place).select_option(value)

    def choose(self, name: str, text: str) -> None:
        """Choose a file of this machine."""
        self.clicks += 1
        file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        self.page.locator(".tw-choose input").set_input_files([file])

    def fetch(self, place: str, words: str = "") -> Path:
        """Click, and the file that comes."""
        with self.page.expect_download() as coming:
            self.click(place, words)
        path = self.folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def ask(self, question: str) -> None:
        """Type a question and press Enter."""
        self.enter("#box textarea", question)
        self.page.locator("#chat .tw-after").first.wait_for()
        listening(self.page)

    def go(self, page: str) -> None:
        """To another page."""
        self.click(".tw-nav a", page)

    def sees(self, place: str, words: str) -> None:
        expect(self.page.locator(place).first).to_contain_text(words)


@dataclass(frozen=True, slots=True)
class Task:
    """What a newcomer wants, how it is done, and the clicks that this takes."""

    wants: str
    done: Callable[[Walk], None]
    clicks: int


def who_leads(walk: Walk) -> None:
    walk.ask("宁武县海绵城市由谁负责？")
    walk.sees("#chat .tw-answer", "县住建局")


def where_it_says_so(walk: Walk) -> None:
    walk.ask("宁武县海绵城市由谁负责？")
    walk.click("#card-1 .tw-read")
    walk.sees("dialog[open] .tw-cited mark", "县住建局")


def of_one_county(walk: Walk) -> None:
    walk.click("#narrow button")
    walk.click("#narrow input")
    walk.click("#narrow [role=option]", "沁水县")
    walk.ask("再生水利用率要达到多少？")
    expect(walk.page.locator("#cards .tw-region").first).to_have_text("沁水县")
    assert set(walk.page.locator("#cards .tw-region").all_inner_texts()) == {"沁水县"}


def compare(walk: Walk) -> None:
    walk.go("地区对比")
    walk.enter("#compare-topic", "海绵城市")
    for region in ("宁武县", "运城市"):
        walk.sees(f".tw-regions tbody tr:has(th:has-text('{region}'))", "海绵城市")


def export(walk: Walk) -> None:
    walk.go("任务台账")
    walk.click(".tw-chips label", "成武县")
    walk.sees(".tw-bar h2", "共 28 项任务")
    assert walk.fetch(".tw-export", "Excel").suffix == ".xlsx"


def due_by(walk: Walk) -> None:
    walk.go("任务台账")
    walk.page.locator(".tw-task").first.wait_for()
    walk.select("[name=last]", "2024")
    expect(walk.page.locator(".tw-task td.tw-of-due").first).to_contain_text("2024")


def word_in_document(walk: Walk) -> None:
    walk.click(".tw-documents summary")
    walk.click(".tw-documents .tw-read", "宁武县")
    walk.type("dialog[open] .tw-find input", "海绵城市")
    expect(walk.page.locator("dialog[open] .tw-find output")).to_have_text("1/3")


def original(walk: Walk) -> None:
    walk.click(".tw-documents summary")
    walk.click(".tw-documents .tw-read", "宁武县")
    path = walk.fetch("dialog[open] .tw-original")
    assert path.read_bytes() == (walk.office.documents / NINGWU).read_bytes()


def print_it(walk: Walk) -> None:
    walk.page.evaluate("window.print = () => { window.printed = true; }")
    walk.click(".tw-documents summary")
    walk.click(".tw-documents .tw-read", "宁武县")
    walk.click("dialog[open] .tw-print")
    assert walk.page.evaluate("window.printed")


def yesterdays(walk: Walk) -> None:
    under = walk.page.locator("#history-list h3:has-text('昨天') + ul")
    expect(under.locator("li > a")).to_contain_text([YESTERDAYS])
    walk.click("#history-list li > a", YESTERDAYS)
    walk.sees("#chat .tw-answer", "老旧小区")


def rename(walk: Walk) -> None:
    walk.click(f"#history-list li:has-text('{RENAMED}') .tw-side-more")
    walk.click("#history-list li [data-do=rename]:visible")
    walk.enter(".tw-side-name", "再生水（运城）")
    walk.sees("#history-list li > a:has-text('（运城）')", "再生水（运城）")


def delete(walk: Walk) -> None:
    walk.click(f"#history-list li:has-text('{DELETED}') .tw-side-more")
    for _ in range(2):  # and again, as the button then asks
        walk.click("#history-list li [data-do=remove]:visible")
    expect(walk.page.locator("#history-list li > a", has_text=DELETED)).to_have_count(0)


def in_word(walk: Walk) -> None:
    walk.ask("宁武县海绵城市由谁负责？")
    assert walk.fetch("#word").suffix == ".docx"


def wrong_citation(walk: Walk) -> None:
    walk.ask("运城市海绵城市由谁负责？")
    walk.click("#chat .tw-verdict a", "引用错误")
    walk.enter("#comment textarea, #comment input", "应引第三条")
    expect(walk.page.locator("#comment textarea, #comment input").first).to_have_value("")
    said = feedback_of(walk.office.index).lines(9)
    assert ("运城市海绵城市由谁负责？", "应引第三条") in [
        (one.said.question, one.said.comment) for one in said
    ]


def wrong_title(walk: Walk) -> None:
    walk.go("文件")
    walk.page.locator(".tw-choose input").wait_for(state="attached")
    walk.choose("养老.txt", NOTICE)
    walk.click(".tw-wait [data-do=correct]")
    walk.type(".tw-wait [name=title]", "虚构县养老服务通知")
    walk.click(".tw-wait [type=submit]", "保存并收入")
    walk.sees("#doc-told .tw-told:not(.tw-progress)", "已收入 1 份文件：《虚构县养老服务通知》")
    with open_index(walk.office.index) as index:
        assert index.info("养老.txt").title == "虚构县养老服务通知"


def take_a_document_out(walk: Walk) -> None:
    walk.go("文件")
    walk.click(f".tw-doc[data-file='{CHENGWU}'] [data-do=remove]")
    walk.click(f".tw-doc[data-file='{CHENGWU}'] [data-do=confirm]")
    expect(walk.page.locator(f".tw-doc[data-file='{CHENGWU}']")).to_have_count(0)


def undo(walk: Walk) -> None:
    walk.go("文件")
    walk.click(".tw-gone summary")
    walk.click(f".tw-gone [data-file='{TAKEN_OUT}'][data-do=putback]")
    walk.sees("#doc-told .tw-told:not(.tw-progress)", "已恢复")
    expect(walk.page.locator(f".tw-doc[data-file='{TAKEN_OUT}']")).to_be_visible()


def new_user(walk: Walk) -> None:
    walk.go("管理")
    walk.click("[data-section=users]")
    walk.type("form[data-do=adduser] [name=name]", "新同事")
    walk.type("form[data-do=adduser] [name=password]", "新同事的密码-2026")
    walk.type("form[data-do=adduser] [name=again]", "新同事的密码-2026")
    walk.click("form[data-do=adduser] [type=submit]")
    walk.sees("#admin-told", "已新增用户“新同事”")
    assert Accounts(walk.office.users).check("新同事", "新同事的密码-2026")


def answer_feedback(walk: Walk) -> None:
    walk.go("管理")
    walk.click("[data-section=feedback]")
    one = f".tw-admin-item:has-text('{QUESTION}')"
    walk.sees(one, "引用的不是海绵城市那一条")
    walk.type(f"{one} [name=reply]", "已核对，条文无误。")
    walk.click(f"{one} [type=submit]")
    walk.sees("#admin-told", "已保存答复")
    assert "已核对，条文无误。" in [line.reply for line in feedback_of(walk.office.index).lines(9)]


def back_up(walk: Walk) -> None:
    walk.go("管理")
    walk.click("[data-section=backups]")
    walk.click("[data-do=backup]")
    walk.sees("#admin-told .tw-told:not(.tw-progress)", "已备份")
    assert backups(walk.office.index)


TASKS = (
    Task("find who leads something", who_leads, 1),
    Task("see in the document where it says so", where_it_says_so, 2),
    Task("ask one county alone", of_one_county, 4),
    Task("compare counties on one thing", compare, 2),
    Task("export a county's tasks", export, 3),
    Task("list what was due by 2024", due_by, 3),
    Task("find a word in a document", word_in_document, 2),
    Task("get the original file", original, 3),
    Task("print a document", print_it, 3),
    Task("find yesterday's question", yesterdays, 1),
    Task("give a conversation a name", rename, 3),
    Task("delete a conversation", delete, 3),
    Task("take an answer along in Word", in_word, 2),
    Task("say that a citation is wrong, and why", wrong_citation, 3),
    Task("correct a wrong title before a document goes in", wrong_title, 4),
    Task("take a document out", take_a_document_out, 3),
    Task("undo a removal", undo, 3),
    Task("add a user", new_user, 3),
    Task("read feedback and answer it", answer_feedback, 3),
    Task("make a backup", back_up, 3),
)


@pytest.fixture(scope="module")
def room(browser, office: Office) -> Iterator:
    """The page, with what the tasks are about: conversations of today and yesterday, a document taken out."""
    talks = history_of(office.index)
    for number, question in enumerate((YESTERDAYS, RENAMED, DELETED)):
        talks.put(f"user:{ME}", f"talk-{number}", 0, [Asked(question)])
    yesterday = (datetime.now().astimezone() - timedelta(days=1)).isoformat(timespec="milliseconds")
    with sqlite3.connect(talks.path) as base:
        base.execute("UPDATE conversations SET used = ? WHERE id = 'talk-0'", (yesterday,))
    take_out(TAKEN_OUT, office.documents, office.index)
    page = logged_in(browser, office, ME)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size({"width": 1440, "height": 900})
    yield page
    page.close()
    browser.clear_cookies()
    assert not wrong


@pytest.mark.parametrize("task", TASKS, ids=[task.wants for task in TASKS])
def test_a_newcomer_does_it_in_four_clicks(task: Task, room, office: Office, tmp_path: Path) -> None:
    room.goto(office.url)
    listening(room)
    walk = Walk(room, office, tmp_path)
    task.done(walk)
    assert walk.clicks == task.clicks <= MOST


def test_there_are_twenty() -> None:
    assert len({task.wants for task in TASKS}) == len({task.done for task in TASKS}) == 20
