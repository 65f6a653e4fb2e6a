"""The administration in a real browser: users, feedback, backups, the log; and who may not."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from index.build.backup import backups, backups_of
from index.build.build import remove
from index.search.index import open_index
from qa.api.feedback import feedback_of
from qa.quality.evaluate import evaluate
from qa.quality.own_questions import questions_of
from tests.support.office import PASSWORDS, QUESTION, Office, logged_in, running_office
from web.access.accounts import Accounts

CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
EVIDENCE = "推进县城海绵城市建设"
PATIENCE = 90_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, policy_store: Path) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office"), policy_store) as office:
        yield office
    log = office.log.read_text()
    assert not [
        password
        for password in (*PASSWORDS.values(), "新人的新密码-2026", "换过的新密码-2026")
        if password in log
    ]


def desk_of(browser, office: Office, name: str):
    """The page of the administration as that user sees it."""
    return logged_in(browser, office, name, "/administration/")


@pytest.fixture
def desk(browser, office: Office):
    page = desk_of(browser, office, "王主任")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.locator(".tw-admin-tabs").wait_for()
    yield page
    page.close()
    browser.clear_cookies()
    assert not wrong


def told(page, words: str) -> None:
    expect(page.locator("#admin-told .tw-told:not(.tw-progress)")).to_contain_text(words, timeout=PATIENCE)


def section(page, name: str):
    page.locator(f"[data-section={name}]").click()
    expect(page.locator(f"[data-section={name}]")).to_have_attribute("aria-current", "true")
    return page.locator("#admin-body")


def row(page, words: str):
    return page.locator(".tw-admin-table tbody tr", has_text=words)


def test_users_are_added_changed_and_removed(desk, office: Office) -> None:
    body = desk.locator("#admin-body")
    expect(body).to_contain_text("文件5")
    expect(body).to_contain_text("第 1 版")
    expect(desk.locator(".tw-nav .tw-for-administrators")).to_be_visible()
    body = section(desk, "users")
    new = body.locator("form[data-do=adduser]")
    new.locator("[name=name]").fill("新人")
    new.locator("[name=password]").fill("新人的新密码-2026")
    new.locator("[name=again]").fill("新人的新密码-2099")
    new.locator("[type=submit]").click()
    told(desk, "两次输入的密码不同")
    new.locator("[name=again]").fill("新人的新密码-2026")
    new.locator("[type=submit]").click()
    told(desk, "已新增用户“新人”")
    expect(new.locator("[name=password]")).to_have_value("")
    accounts = Accounts(office.users)
    user = accounts.check("新人", "新人的新密码-2026")
    assert user and user.role == "reader"
    row(desk, "新人").first.locator("select").select_option("editor")
    told(desk, "“新人”的角色已改为编辑")
    row(desk, "新人").first.locator("[data-asks=password]").click()
    form = row(desk, "新人").first.locator("form")
    form.locator("[name=password]").fill("换过的新密码-2026")
    form.locator("[name=again]").fill("换过的新密码-2026")
    form.locator("[type=submit]").click()
    told(desk, "已更改“新人”的密码")
    assert accounts.check("新人", "换过的新密码-2026") and not accounts.check("新人", "新人的新密码-2026")
    row(desk, "新人").first.locator("[data-asks=remove]").click()
    desk.locator("[data-do=removeuser]").click()
    told(desk, "已删除用户“新人”")
    assert accounts.account("新人") is None
    row(desk, "王主任").first.locator("select").select_option("reader")
    told(desk, "唯一的管理员")
    assert accounts.held().users["王主任"].role == "administrator"
    log = section(desk, "changes")
    for words in ("新增用户", "改角色", "改密码", "删除用户"):
        expect(log).to_contain_text(words)
    expect(row(desk, "删除用户")).to_contain_text("王主任")
    assert not [password for password in PASSWORDS.values() if password in desk.content()]


def test_others_see_nothing_and_their_sessions_end(browser, office: Office) -> None:
    page = desk_of(browser, office, "李编辑")
    expect(page.locator("#intro")).to_contain_text("本页只供管理员使用")
    assert page.locator("#admin-body button, .tw-admin-tabs").count() == 0
    expect(page.locator(".tw-nav .tw-for-administrators")).not_to_be_visible()
    page.close()
    with httpx.Client(base_url=office.url) as other:
        other.post("/login", data={"name": "李编辑", "password": PASSWORDS["李编辑"]})
        assert other.get("/api/v1/backups/backup-20260101-000000.zip").status_code == 403
        assert other.get("/api/v1/me").json() == {"name": "李编辑", "role": "editor"}
        desk = desk_of(browser, office, "王主任")
        section(desk, "users")
        row(desk, "李编辑").first.locator("[data-do=endsessions]").click()
        told(desk, "“李编辑”的登录已全部退出")
        desk.close()
        assert other.get("/api/v1/me").status_code == 401


def test_feedback_is_answered_and_becomes_a_test_question(desk, office: Office) -> None:
    section(desk, "feedback")
    first = desk.locator(".tw-admin-item", has_text=QUESTION)
    expect(first).to_contain_text("引用的不是海绵城市那一条")
    assert desk.evaluate("window.hit") is None
    first.locator("[name=reply]").fill("已核对，条文无误。")
    first.locator("form [type=submit]").click()
    told(desk, "已保存答复")
    assert {one.said.id: one.reply for one in feedback_of(office.index).lines(9)}[
        "a1"
    ] == "已核对，条文无误。"
    first.locator("[data-asks=question]").click()
    expect(first.locator("[name=question]")).to_have_value(QUESTION)
    first.locator("[name=evidence]").fill("文件里没有的话")
    first.locator("[name=answer]").fill("县住建局\n县财政局")
    first.locator("form [type=submit]").click()
    told(desk, "文件里找不到这句原文")
    first.locator("[name=evidence]").fill(EVIDENCE)
    first.locator("form [type=submit]").click()
    told(desk, "已保存自测题")
    expect(first).to_contain_text("已成自测题")
    first.locator("[data-do=markdone]").click()
    told(desk, "已标记")
    expect(desk.locator(".tw-admin-item").last).to_contain_text(QUESTION)  # what is done goes to the end
    assert feedback_of(office.index).counts() == (1, 2)
    with open_index(office.index) as index:
        found = evaluate(questions_of(office.index), index)
    assert (found.faults, found.confusions) == ((), ())


def test_a_backup_is_made_fetched_and_brought_back(desk, office: Office) -> None:
    section(desk, "backups")
    desk.locator("[data-do=backup]").click()
    told(desk, "已备份：backup-")
    (made,) = backups(office.index)
    with zipfile.ZipFile(backups_of(office.index) / made.name) as archive:
        names = archive.namelist()
    assert f"documents/{CHENGWU}" in names and "beside/feedback.sqlite" in names
    assert not [name for name in names if "users" in name]
    with desk.expect_download() as fetched:
        desk.locator(".tw-admin-actions a").click()
    assert fetched.value.suggested_filename == made.name
    remove([CHENGWU], office.index)
    (office.documents / CHENGWU).unlink()
    (office.documents / "多余.txt").write_text("不在备份里", encoding="utf-8")
    row(desk, made.name).locator("[data-do=ask]").click()
    desk.locator("[data-do=comeback]").click()
    told(desk, "已恢复：5 份文件")
    assert (office.documents / CHENGWU).is_file() and not (office.documents / "多余.txt").exists()
    expect(row(desk, "backup-")).to_have_count(2)  # what was there is backed up first
    section(desk, "state")
    desk.locator("[data-do=ask]").click()
    desk.locator("[data-do=goback]").click()
    told(desk, "已退回第")
    log = section(desk, "changes")
    for words in ("备份", "从备份恢复", "下载备份", "重建文件库", "退回前一版"):
        expect(log).to_contain_text(words)
    desk.set_viewport_size({"width": 390, "height": 844})
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
