"""Nothing critical or serious for who cannot see or point, on every page in both themes; needs axe-core."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.support.axe import severe
from tests.support.browsing import ask, listening
from tests.support.office import Office, logged_in

DARK = "dark => document.body.classList.toggle('dark', dark)"
NOTICE = "虚构县人民政府关于加强养老服务的通知\n\n一、银龄食堂建设由县民政局牵头，2026年底前建成48处。\n"
BARE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def page(browser, office: Office) -> Iterator:
    page = logged_in(browser, office, "王主任")
    yield page
    page.close()
    browser.clear_cookies()


def conversation(page) -> None:
    """An answer, its menus, and the conversations beside it."""
    listening(page)
    ask(page, "哪个部门牵头海绵城市建设？")
    page.locator(".tw-side-more").first.click()
    page.locator(".tw-change summary").first.click()


def chat(page) -> None:
    listening(page)
    page.locator("#chat .example").first.wait_for()


def overview(page) -> None:
    """A document's page, and its list of documents."""
    page.locator("dialog[open] .tw-overview").wait_for()


def text(page) -> None:
    """A document's text, as it is found in."""
    page.locator("dialog[open] .tw-text").wait_for()
    page.locator("dialog[open] .tw-find input").fill("海绵城市")
    expect(page.locator("dialog[open] .tw-find output")).to_have_text("1/3")


def ledger(page) -> None:
    page.locator(".tw-open").first.click()
    page.locator(".tw-whole-clause").first.wait_for()


def charts(page) -> None:
    page.locator(".tw-bars li").first.wait_for()


def compare(page) -> None:
    page.locator(".tw-regions tbody tr").first.wait_for()


def documents(page) -> None:
    """With a file that waits and a form."""
    page.locator(".tw-choose input").set_input_files(
        [{"name": "养老.txt", "mimeType": "text/plain", "buffer": NOTICE.encode()}]
    )
    page.locator(".tw-wait").wait_for()
    page.locator(".tw-doc [data-do=amend]").first.click()
    page.locator(".tw-doc-form").wait_for()


def section(page) -> None:
    page.locator("#admin-body h3").first.wait_for()


NINGWU = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"
PAGES: dict[str, tuple[str, Callable]] = {
    "chat": ("/", chat),
    "conversation": ("/", conversation),
    "document": (f"/?document={NINGWU}", overview),
    "text": (f"/?document={NINGWU}&at=0-9", text),
    "ledger": ("/ledger/", ledger),
    "charts": ("/ledger/?view=pictures", charts),
    "compare": ("/compare/?topic=海绵城市", compare),
    "documents": ("/documents/", documents),
    **{
        f"administration {name}": (f"/administration/?section={name}", section)
        for name in ("state", "users", "feedback", "changes", "backups")
    },
}
"""Each page, and what is waited for and opened on it."""


@pytest.mark.parametrize("name", PAGES)
def test_nothing_severe_on_any_page_in_either_theme(name: str, page, office: Office) -> None:
    path, shown = PAGES[name]
    page.set_viewport_size(BARE)
    page.goto(f"{office.url}{path}")
    shown(page)
    found = {}
    for theme in ("light", "dark"):
        page.evaluate(DARK, theme == "dark")
        found[theme] = severe(page)
    page.set_viewport_size(NARROW)
    found["narrow"] = severe(page)
    assert not any(found.values()), found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_severe_where_one_logs_in(scheme: str, browser, office: Office) -> None:
    page = browser.new_page()
    page.emulate_media(color_scheme=scheme)
    for path in ("/login", "/logout?lang=zh"):
        page.goto(f"{office.url}{path}")
        assert severe(page) == []
    page.close()
