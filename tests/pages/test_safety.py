"""Nothing in a question, a document or its name runs or is loaded; nothing outside is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from index.build.build import add, remove
from tests.support.browsing import App, ask, listening, settled

IMAGE = "<img src=x onerror=\"window.hit='image'\">"
ATTACKS = (
    IMAGE,
    "<script>window.hit='script'</script>海绵城市",
    '"><svg onload="window.hit=1"> 海绵城市',
    "![海绵城市](http://attacker.example/pixel.png) [点我](javascript:window.hit=1)",
    "</div></dialog><style>*{display:none}</style>${window.hit=2}{{value}} 海绵 $$\\href{javascript:x}{x}$$",
)
HOSTILE = f"""虚构县人民政府关于印发{IMAGE}虚构县护林方案的通知

虚构政发〔2025〕9号

一、总体要求<script>window.hit='title'</script>

（一）护林防火。到2026年建成瞭望塔12座，<img src="http://attacker.example/pixel.png" onerror="window.hit=3">
![图](http://attacker.example/p.png) **全县** `林区` $$x$$ 巡护率达到95%以上。（县林业局{IMAGE}、县应急局）

虚构县人民政府

2025年3月1日
"""


@pytest.fixture
def hostile(app: App, tmp_path: Path):
    """A document full of attacks, its name too, in the running app's index."""
    path = tmp_path / "护林<img src=x onerror=window.hit='name'>&\"方案.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    add([path], app.index)
    yield path.name
    remove([path.name], app.index)


def unharmed(page) -> None:
    settled(page)
    assert page.evaluate("window.hit") is None
    for place in (".message-content", "#cards", "#masthead", "dialog"):
        assert page.locator(place).locator("img, script, svg, style, iframe").count() == 0
    assert page.locator("#chat a[href^='javascript'], #chat a[href^='http']").count() == 0


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_question_is_only_text(page, attack: str) -> None:
    ask(page, attack)
    expect(page.locator(".tw-question")).to_have_text(attack)
    expect(page.locator("#cards .tw-for")).to_contain_text(attack)
    unharmed(page)


def test_a_document_is_only_text_and_is_found_without_a_restart(page, hostile: str) -> None:
    ask(page, "虚构县到2026年要建成多少座瞭望塔？")
    expect(page.locator(".tw-answer")).to_contain_text("12座")
    expect(page.locator("#card-1 mark").first).to_contain_text("瞭望塔12座")
    unharmed(page)
    page.locator("#card-1 .tw-read").click()
    expect(page.locator("dialog[open] .tw-text")).to_contain_text("attacker.example/pixel.png")
    unharmed(page)
    page.keyboard.press("Escape")
    page.locator("#clear").click()
    page.locator("#chat .example").first.wait_for()  # the head comes anew with it, its list folded up
    listening(page)
    settled(page)
    page.locator(".tw-documents summary").click()
    listed = page.locator(f".tw-list a[data-file={_css(hostile)}]")
    expect(listed).to_be_visible()
    listed.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    unharmed(page)


def test_the_server_asks_for_nothing_outside(page, app: App) -> None:
    ask(page, "哪个部门牵头海绵城市建设？")
    assert app.outside.read_text() == ""


def _css(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
