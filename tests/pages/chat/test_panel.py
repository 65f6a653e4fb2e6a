"""A citation shows its card beside the box, on every screen, and moves nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browsing import ask

SCREENS = ((1920, 1080), (1440, 900), (1366, 768), (1024, 768))
FIVE, MANY = "哪个部门牵头海绵城市建设？", "宁武县住建局负责哪些任务？"

SEEN = """number => {
  const seen = (what, holder) => {
    const part = document.querySelector(what)?.getBoundingClientRect();
    const frame = document.querySelector(holder)?.getBoundingClientRect()
      ?? { top: 0, left: 0, bottom: innerHeight, right: innerWidth };
    return part && part.height > 0 && part.top >= frame.top - 1 && part.left >= frame.left - 1
      && part.right <= frame.right + 1 && part.top < frame.bottom - 40
      && (part.bottom <= frame.bottom + 1 || part.height > frame.height - 60);
  };
  return seen(`#card-${number}.tw-chosen`, '#cards') && seen('#cards') && seen('#box textarea')
    && seen('#send') && seen('#masthead') && seen('#chat');
}"""
"""Whether a card is in sight in its panel, as far as the panel can hold it, and so is all round it."""
MOVED = """() => [...document.querySelectorAll('*')].filter((one) => one.scrollTop || one.scrollLeft)
  .filter((one) => !one.matches('#cards, #chat *')).map((one) => one.id || one.className)"""
"""What has scrolled, but for the panel and the conversation."""


@pytest.mark.parametrize(("question", "least"), [(FIVE, 5), (MANY, 30)])
def test_a_citation_shows_its_card_and_the_box_stays(page, question: str, least: int) -> None:
    ask(page, question)
    count = page.locator("#cards .tw-card").count()
    assert count >= least
    if page.locator("details.tw-more").count():
        page.locator("details.tw-more summary").click()
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        for number in (count, 1, least, count // 2 + 1):
            cite = page.locator(f"#chat .tw-cite[href='#cite-0-{number}']").first
            cite.click()
            page.wait_for_function(SEEN, arg=number)
            expect(cite).to_be_in_viewport()
            assert page.evaluate(MOVED) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_panel_scrolls_by_hand_and_begins_at_the_first_card_of_another_answer(page) -> None:
    ask(page, MANY)
    last = page.locator("#cards .tw-card").last
    expect(last).not_to_be_in_viewport()
    page.locator("#cards .tw-card").first.hover()
    page.mouse.wheel(0, 100_000)
    expect(last).to_be_in_viewport()
    last.locator("summary").click()
    last.locator(".tw-read").click()
    expect(page.locator("dialog[open] .tw-cited mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(last).to_be_in_viewport()
    assert page.evaluate(MOVED) == []
    ask(page, FIVE)
    expect(page.locator("#card-1")).to_be_in_viewport()
    assert page.evaluate(MOVED) == []


def test_a_citation_of_an_earlier_answer_brings_its_cards(page) -> None:
    ask(page, MANY)
    ask(page, FIVE)
    cite = page.locator("#chat .tw-cite[href='#cite-0-6']")
    cite.scroll_into_view_if_needed()
    cite.click()
    expect(page.locator("#cards .tw-for")).to_contain_text(MANY)
    page.wait_for_function(SEEN, arg=6)
    assert page.evaluate(MOVED) == []


def test_many_sources_are_folded_by_document_and_chips_move_nothing(page) -> None:
    ask(page, MANY)
    expect(page.locator("#cards .tw-group")).to_have_count(1)
    expect(page.locator("#card-32 blockquote")).not_to_be_visible()
    page.locator("#card-32 summary").click()
    expect(page.locator("#card-32 mark").first).to_be_visible()
    chip, below = page.locator(".tw-change summary").first, page.locator(".tw-answer > p").first
    before = below.bounding_box(), page.locator(".tw-chip").nth(1).bounding_box()
    chip.click()
    expect(page.locator(".tw-others").first).to_be_visible()
    assert (below.bounding_box(), page.locator(".tw-chip").nth(1).bounding_box()) == before
    page.keyboard.press("Escape")
    expect(page.locator(".tw-others").first).not_to_be_visible()
    expect(chip).to_be_focused()
    expect(page.locator("#card-32")).to_be_visible()


@pytest.mark.parametrize("size", [(390, 844), (768, 1024)])
def test_on_a_telephone_the_sources_are_a_sheet_with_a_way_back(page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    ask(page, MANY)
    expect(page.locator(".tw-question")).to_be_in_viewport()
    expect(page.locator("#card-1")).not_to_be_visible()
    cite = page.locator("#chat .tw-cite").nth(3)
    cite.click()
    expect(page.locator("#sources.tw-open")).to_have_attribute("role", "dialog")
    expect(page.locator("#card-4.tw-chosen mark").first).to_be_in_viewport()
    page.locator(".tw-back").click()
    expect(page.locator("#sources.tw-open")).to_have_count(0)
    expect(cite).to_be_focused()
    expect(cite).to_be_in_viewport()
    page.locator("#cards .tw-unfold").click()
    expect(page.locator("#sources.tw-open")).to_have_count(1)
    page.go_back()
    expect(page.locator("#sources.tw-open")).to_have_count(0)
    expect(page.locator("#chat .tw-answer")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
