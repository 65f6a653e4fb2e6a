"""No word that a person typed is lost: not while an answer arrives, not by Stop, not by another tab."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browsing import Held, ask, listening

HOW_MANY = "成武县老旧小区改造多少户"
WHO = "宁武县海绵城市由谁负责？"
LONG = "海绵城市" * 400


def begin(page, question: str) -> None:
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")


def asked(page) -> list[str]:
    return page.locator("#chat .tw-question").all_inner_texts()


def test_what_is_typed_while_an_answer_arrives_stays(page) -> None:
    held, box = Held(page), page.locator("#box textarea")
    begin(page, WHO)
    held.wait()
    box.press_sequentially(HOW_MANY[:3])
    held.let_go()
    box.press_sequentially(HOW_MANY[3:])
    listening(page)
    expect(page.locator("#chat .tw-after")).to_have_count(1)
    expect(box).to_have_value(HOW_MANY)
    box.press("Enter")
    expect(page.locator("#chat .tw-after")).to_have_count(2)
    assert asked(page) == [WHO, HOW_MANY]


def test_questions_sent_quickly_are_answered_in_their_order(page) -> None:
    held = Held(page)
    for question in (WHO, HOW_MANY, "那运城呢？"):
        begin(page, question)
    expect(page.locator(".tw-queued li")).to_have_text([WHO, HOW_MANY, "那运城呢？"])
    held.let_go()
    expect(page.locator("#chat .tw-after")).to_have_count(3)
    assert asked(page) == [WHO, HOW_MANY, "那运城呢？"]
    expect(page.locator(".tw-queued li")).to_have_count(0)


def test_stop_is_quiet_and_gives_the_question_back(page) -> None:
    ask(page, WHO)
    held, box = Held(page), page.locator("#box textarea")
    begin(page, HOW_MANY)
    held.wait()
    begin(page, "那运城呢？")
    box.fill("还有")
    page.locator("#stop").click()
    held.let_go()
    listening(page)
    expect(box).to_have_value(f"{HOW_MANY}\n那运城呢？\n还有")
    assert asked(page) == [WHO]
    expect(page.locator(".error, .toast-body")).to_have_count(0)
    ask(page, HOW_MANY)
    assert asked(page) == [WHO, HOW_MANY]


def test_there_is_a_stop_only_while_there_is_something_to_stop(page) -> None:
    held = Held(page)
    expect(page.locator("#stop")).not_to_be_visible()
    begin(page, WHO)
    expect(page.locator("#stop")).to_be_visible()
    held.let_go()
    listening(page)
    expect(page.locator("#stop")).not_to_be_visible()


def test_what_the_server_does_not_take_comes_back(page) -> None:
    page.route("**/gradio_api/queue/join*", lambda route: route.fulfill(status=503, body="{}"))
    begin(page, WHO)
    listening(page)
    expect(page.locator("#box textarea")).to_have_value(WHO)
    page.unroute("**/gradio_api/queue/join*")
    ask(page, WHO)


def test_other_words_in_the_box_stay_beside_those_that_come_back(page) -> None:
    held = Held(page)
    begin(page, LONG)
    held.wait()
    page.locator("#box textarea").press_sequentially("还有")
    held.let_go()
    listening(page)
    expect(page.locator("#box textarea")).to_have_value(f"{LONG}\n还有")
    page.locator("#clear").click()
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator("#box textarea")).to_have_value(f"{LONG}\n还有")
    ask(page, WHO)
    page.locator("#box textarea").fill("还有")
    page.locator("[href='#edit-0']").click()
    expect(page.locator("#box textarea")).to_have_value(f"{WHO}\n还有")


def test_a_page_loaded_anew_finds_its_words_again(page) -> None:
    held = Held(page)
    begin(page, WHO)
    held.wait()
    page.locator("#box textarea").fill(HOW_MANY)
    page.reload()
    listening(page)
    expect(page.locator("#box textarea")).to_have_value(f"{WHO}\n{HOW_MANY}")
    page.locator("#box textarea").fill("")
    page.reload()
    listening(page)
    expect(page.locator("#box textarea")).to_have_value("")


def test_clearing_while_an_answer_arrives_leaves_an_empty_conversation(page) -> None:
    held = Held(page)
    begin(page, WHO)
    held.wait()
    page.locator("#clear").click()
    held.let_go()
    listening(page)
    assert asked(page) == []
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator("#box textarea")).to_have_value(WHO)


def test_enter_of_an_input_method_asks_nothing(page) -> None:
    box = page.locator("#box textarea")
    box.fill("海绵城市")
    box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
    expect(box).to_have_value("海绵城市")
    expect(page.locator("body")).to_have_attribute("data-chat", "ready")


def test_thanks_and_nothing_to_export_reach_the_page(page) -> None:
    page.locator("#word").click()
    expect(page.locator(".toast-body")).to_contain_text("还没有可以导出的问答。")
    page.locator(".toast-close").click()
    expect(page.locator(".toast-body")).to_have_count(0)
    ask(page, WHO)
    page.locator("[href='#wrong-0']").click()
    comment = page.locator("#comment textarea, #comment input")
    comment.fill("应当引用第二条")
    comment.press("Enter")
    expect(page.locator(".toast-body")).to_contain_text("已记录，谢谢。")
