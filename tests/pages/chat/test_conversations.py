"""Conversations in the browser: their side bar, their addresses, two tabs, and nobody else's."""

from __future__ import annotations

import stat

import pytest
from playwright.sync_api import expect

from pages.chat.history import history_of
from qa.api.feedback import feedback_of
from tests.support.axe import severe
from tests.support.browsing import App, ask, listening

WHO, HOW_MANY = "宁武县海绵城市由谁负责？", "成武县老旧小区改造多少户"


@pytest.fixture
def mine(page, app: App):
    """The page in a browser that was never here, on a screen with room for the side bar."""
    page.context.clear_cookies()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(app.url)
    listening(page)
    return page


def asked(page) -> list[str]:
    return page.locator("#chat .tw-question").all_inner_texts()


def names(page) -> list[str]:
    return page.locator(".tw-history li > a").all_inner_texts()


def test_a_conversation_has_an_address_and_is_alive_after_anything(mine, app: App) -> None:
    page = mine
    ask(page, WHO)
    ask(page, "那运城呢？")
    first = page.url
    assert first.startswith(f"{app.url}/c/")
    page.reload()
    listening(page)
    expect(page.locator("#chat .tw-after")).to_have_count(2)
    assert (page.url, asked(page)) == (first, [WHO, "那运城呢？"])
    page.locator(".tw-nav a", has_text="任务台账").click()
    page.locator(".tw-nav a[data-led]").click()  # the way back leads to it
    listening(page)
    expect(page.locator("#chat .tw-after")).to_have_count(2)
    page.locator(".tw-new").click()
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page).to_have_url(f"{app.url}/")
    ask(page, HOW_MANY)
    page.go_back()
    expect(page.locator("#chat .tw-after")).to_have_count(2)
    expect(page).to_have_url(first)
    page.locator(".tw-history li > a", has_text=HOW_MANY).click()
    expect(page.locator("#chat .tw-question")).to_have_text([HOW_MANY])
    assert stat.S_IMODE(history_of(app.index).path.stat().st_mode) == 0o600
    assert WHO not in page.evaluate("Object.values(localStorage).join()")


def test_edit_and_retry_replace_and_the_list_shows_one(mine) -> None:
    page = mine
    ask(page, WHO)
    ask(page, "那运城呢？")
    page.locator("[href='#retry-0']").click()
    listening(page)
    assert asked(page) == [WHO, "那运城呢？"]
    page.locator("[href='#edit-1']").click()
    expect(page.locator("#box textarea")).to_have_value("那运城呢？")
    page.locator("#box textarea").fill("")
    ask(page, "那成武呢？")
    assert asked(page) == [WHO, "那成武呢？"]
    page.reload()
    listening(page)
    expect(page.locator("#chat .tw-question")).to_have_text([WHO, "那成武呢？"])
    assert names(page) == [WHO]


def test_finding_naming_handing_out_and_deleting(mine, tmp_path) -> None:
    page = mine
    ask(page, WHO)
    page.locator("#clear").click()
    listening(page)
    ask(page, HOW_MANY)
    expect(page.locator(".tw-history li")).to_have_count(2)
    page.locator(".tw-seek").fill("海绵")
    expect(page.locator(".tw-history li > a")).to_have_text([WHO])
    page.locator(".tw-side-more").click()
    with page.expect_download() as downloading:
        page.locator("[data-do=markdown]").click()
    downloading.value.save_as(tmp_path / "talk.md")
    assert f"## {WHO}" in (tmp_path / "talk.md").read_text(encoding="utf-8")
    page.locator("[data-do=rename]").click()
    page.locator(".tw-side-name").fill("<img src=x onerror=hit=1>海绵")
    page.locator(".tw-side-name").press("Enter")
    expect(page.locator(".tw-history li > a")).to_have_text(["<img src=x onerror=hit=1>海绵"])
    page.locator(".tw-side-more").click()
    page.locator("[data-do=remove]").click()
    expect(page.locator("[data-do=remove]")).to_have_text("确认删除？")
    page.locator("[data-do=remove]").click()
    expect(page.locator(".tw-history-none")).to_be_visible()
    page.locator(".tw-seek").fill("")
    expect(page.locator(".tw-history li > a")).to_have_text([HOW_MANY])
    page.locator(".tw-remove-all").click()
    page.locator(".tw-remove-all").click()
    expect(page.locator(".tw-history li")).to_have_count(0)
    expect(page.locator("#chat .example").first).to_be_visible()  # the one shown was deleted


def test_two_tabs_show_the_same_and_another_browser_nothing(mine, tab, app: App) -> None:
    page = mine
    ask(page, WHO)
    tab.goto(page.url)
    listening(tab)
    expect(tab.locator("#chat .tw-question")).to_have_text([WHO])
    ask(tab, HOW_MANY)
    expect(page.locator("#chat .tw-question")).to_have_text([WHO, HOW_MANY])
    listening(page)
    ask(page, "那运城呢？")
    expect(tab.locator("#chat .tw-question")).to_have_text([WHO, HOW_MANY, "那运城呢？"])
    assert names(tab) == [WHO]
    address = page.url
    page.context.clear_cookies()
    page.goto(address)
    listening(page)
    expect(page.locator(".tw-notice")).to_contain_text("没有这个对话")
    expect(page.locator(".tw-history li")).to_have_count(0)
    expect(page).to_have_url(f"{app.url}/")
    assert WHO not in page.content()


def test_a_reply_to_what_was_said_comes_to_whoever_said_it(mine, app: App) -> None:
    page, feedback = mine, feedback_of(app.index)
    ask(page, WHO)
    page.locator("#chat .tw-verdict a", has_text="引用错误").click()
    expect(page.locator("#chat .tw-said")).to_have_text("引用错误")
    listening(page)
    (said,) = [one.said.id for one in feedback.lines(99) if one.said.question == WHO and not one.reply][:1]
    expect(page.locator("#chat .tw-reply")).to_have_count(0)
    feedback.answer(said, "已核对：<b>条文无误</b>。")
    page.locator(".tw-new").click()
    welcome = page.locator("#chat a", has_text="有了管理员的答复（1 个对话）")
    expect(welcome).to_be_visible()
    expect(page.locator(".tw-history .tw-replied")).to_have_text("有答复")
    page.goto(app.url)
    welcome.click()
    expect(page.locator("#chat .tw-reply")).to_have_text("管理员答复已核对：<b>条文无误</b>。")
    listening(page)
    expect(page.locator(".tw-replied")).to_have_count(0)  # seen by now
    page.reload()
    expect(page.locator("#chat .tw-reply")).to_contain_text("条文无误")
    page.locator(".tw-new").click()
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(welcome).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_severe_for_who_cannot_see_or_point(mine, theme: str) -> None:
    page = mine
    page.evaluate("dark => document.body.classList.toggle('dark', dark)", theme == "dark")
    assert severe(page) == []
    page.keyboard.press("Tab")
    ask(page, "哪个部门牵头海绵城市建设？")
    page.locator(".tw-side-more").first.click()
    page.locator(".tw-change summary").first.click()
    assert severe(page) == []
    cite = page.locator("#chat .tw-cite").first
    assert "宁武县" in (cite.get_attribute("aria-label") or "")
    expect(page.locator(".tw-unseen[role=status]")).to_contain_text("已回答")
    expect(page.locator("#chat [role=log]")).to_have_attribute("aria-label", "问答")
    page.set_viewport_size({"width": 390, "height": 844})
    page.keyboard.press("Escape")
    page.locator("#chat .tw-cite").first.click()
    assert severe(page) == []
    page.keyboard.press("Escape")
    page.locator(".tw-side-open").click()
    expect(page.locator(".tw-new")).to_be_focused()
    assert severe(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".tw-side-open")).to_be_focused()
