"""What a person does on the page, in a real browser."""

from __future__ import annotations

import csv
import io

from openpyxl import load_workbook
from playwright.sync_api import expect

from index.search.index import open_index
from qa.api.feedback import feedback_of
from tests.support.browsing import App, ask, listening

WHO = "哪个部门牵头海绵城市建设？"


def test_a_question_is_answered_with_cards_and_what_was_understood(page) -> None:
    ask(page, WHO)
    answer = page.locator(".tw-answer").last
    expect(answer).to_contain_text("县住建局")
    expect(answer).to_contain_text("市城市管理局")
    expect(answer.locator(".tw-understood")).to_contain_text("牵头单位")
    cards = page.locator("#cards .tw-card")
    assert cards.count() == len(set(answer.locator(".tw-cite").all_inner_texts()))
    first = cards.first
    expect(first.locator(".tw-meta")).to_contain_text("宁政办发〔2024〕63号")
    expect(first.locator(".tw-path")).to_contain_text("加强县城内涝治理")
    assert first.locator("mark").inner_text() in first.locator("blockquote").inner_text()
    expect(page.locator("#box textarea")).to_have_value("")


def test_a_citation_opens_the_document_at_its_words(page, app: App) -> None:
    ask(page, WHO)
    row = page.locator(".tw-answer tr", has_text="运城市")
    number = row.locator(".tw-cite").first.inner_text()
    row.locator(".tw-cite").first.click()
    card = page.locator(f"#card-{number}.tw-chosen")
    expect(card).to_be_visible()
    quote = card.locator("mark").inner_text()
    card.locator(".tw-read").click()
    reader = page.locator("dialog[open]")
    expect(reader.locator("h2")).to_contain_text("运城市")
    mark = reader.locator(".tw-cited mark")
    expect(mark).to_have_text(quote)
    expect(mark).to_be_in_viewport()
    with open_index(app.index) as index:
        info = next(info for info in index.infos if info.region == "运城市")
        assert reader.locator(".tw-text .tw-clause").count() == info.clauses
    expect(reader.locator(".tw-removed")).to_contain_text("广告")
    expect(reader.locator(".tw-removed")).to_contain_text("100.00% 的文字")
    page.keyboard.press("Escape")
    expect(reader).to_have_count(0)
    card.locator(".tw-read").click()
    expect(reader).to_be_visible()


def test_the_keyboard_alone_is_enough(page) -> None:
    ask(page, WHO)
    page.locator(".tw-cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card-1.tw-chosen")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#card-1 .tw-read")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open] .tw-cited mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#card-1 .tw-read")).to_be_focused()


def test_a_follow_up_takes_over_what_it_leaves_out_and_says_so(page) -> None:
    ask(page, WHO)
    ask(page, "那运城呢？")
    understood = page.locator(".tw-understood").last
    expect(understood).to_contain_text("运城市")
    expect(understood.locator(".tw-inherited").first).to_contain_text("沿用上文")
    expect(page.locator(".tw-answer").last).to_contain_text("市城市管理局")
    expect(page.locator("#cards .tw-for")).to_contain_text("那运城呢")
    page.locator("[href='#cite-0-1']").click()
    expect(page.locator("#cards .tw-for")).to_contain_text("哪个部门牵头")
    expect(page.locator("#card-1.tw-chosen")).to_be_visible()


def test_what_was_taken_over_can_be_taken_back(page) -> None:
    ask(page, "运城市海绵城市由谁负责？")
    ask(page, "到什么时候？")
    expect(page.locator(".tw-understood").last.locator(".tw-inherited").first).to_contain_text("沿用上文")
    page.locator(".tw-afresh").click()
    page.locator("#chat .tw-after").nth(2).wait_for()
    understood = page.locator(".tw-understood").last
    expect(understood.locator("summary").first).to_contain_text("全部地区")
    expect(understood.locator(".tw-inherited")).to_have_count(0)
    ask(page, "那谁负责？")  # goes on from the question asked afresh, and not from 运城市
    expect(page.locator(".tw-understood").last.locator("summary").first).to_contain_text("全部地区")


def test_a_long_answer_is_folded_and_exported(page, tmp_path) -> None:
    ask(page, "宁武县住建局负责哪些任务？")
    answer = page.locator(".tw-answer").last
    folded = answer.locator("details.tw-more")
    expect(folded.locator("li").first).not_to_be_visible()
    folded.locator("summary").click()
    expect(folded.locator("li").last).to_be_visible()
    with page.expect_download() as downloading:
        answer.locator("[href='#export-0']").click()
    downloading.value.save_as(tmp_path / "ledger.xlsx")
    rows = list(load_workbook(tmp_path / "ledger.xlsx").worksheets[0].iter_rows(values_only=True))
    assert len(rows) - 1 == answer.locator("li").count()
    assert all("住建局" in f"{row[4]}{row[5]}{row[6]}{row[7]}" for row in rows[1:])


def test_what_no_document_says_is_marked(page) -> None:
    ask(page, "苏州市海绵城市由谁负责？")
    expect(page.locator(".tw-silent")).to_have_text("没有找到确切规定")
    ask(page, "沁水县海绵城市是哪个部门在抓？")
    expect(page.locator(".tw-silent").nth(1)).to_be_visible()
    expect(page.locator("#cards h2")).to_contain_text("最接近的条文")


def test_a_question_that_cannot_be_asked_is_explained_and_kept(page) -> None:
    page.locator("#send").click()
    expect(page.locator(".tw-notice")).to_contain_text("还没有写问题")
    long = "海绵城市" * 400
    page.locator("#box textarea").fill(long)
    page.locator("#send").click()
    expect(page.locator(".tw-notice").last).to_contain_text("1600")
    expect(page.locator("#box textarea")).to_have_value(long)
    ask(page, WHO)
    expect(page.locator(".tw-answer")).to_contain_text("县住建局")


def test_the_interface_speaks_english_and_the_conversation_stays(page) -> None:
    ask(page, WHO)
    page.locator(".tw-language").click()
    expect(page.locator(".tw-name")).to_contain_text("word for word")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".tw-understood")).to_contain_text("leading agency")
    expect(page.locator("#cards")).to_contain_text("Open document")
    expect(page.locator("#send")).to_have_text("Ask")
    expect(page.locator(".tw-answer")).to_contain_text("县住建局")
    page.locator(".tw-language").click()
    expect(page.locator("#send")).to_have_text("提问")


def test_a_telephone_is_wide_enough(page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#chat .example").first.click()
    page.locator(".tw-after").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".tw-question")).to_be_in_viewport()  # the answer is read from its first line
    page.locator(".tw-cite").first.click()
    expect(page.locator("#card-1")).to_be_in_viewport()
    page.locator("#card-1 .tw-read").click()
    expect(page.locator("dialog[open] .tw-cited mark")).to_be_in_viewport()
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= 390


def test_an_address_opens_a_document_at_a_place(page, app: App) -> None:
    ask(page, WHO)
    link = page.locator("#card-1 .tw-read").get_attribute("href")
    quote = page.locator("#card-1 mark").inner_text()
    page.goto(f"{app.url}/{link}")
    expect(page.locator("dialog[open] .tw-cited mark")).to_have_text(quote)
    page.goto(f"{app.url}/?document=../../etc/passwd&at=x-y")
    expect(page.locator("dialog[open]")).to_contain_text("no place")


def test_clearing_begins_anew(page) -> None:
    ask(page, WHO)
    page.locator("#clear").click()
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator(".tw-shelf .tw-read")).to_have_count(5)
    ask(page, "那运城呢？")
    expect(page.locator(".tw-inherited")).to_have_count(0)


def test_light_and_dark_are_remembered(page, app: App) -> None:
    page.locator(".tw-theme").click()
    expect(page.locator("body.dark")).to_have_count(1)
    page.goto(app.url)
    expect(page.locator("body.dark")).to_have_count(1)
    page.locator(".tw-theme").click()
    expect(page.locator("body.dark")).to_have_count(0)


def test_a_suggestion_asks_itself(page) -> None:
    ask(page, "宁武县海绵城市由谁负责？")
    suggested = page.locator(".tw-suggested a").first.inner_text()
    page.locator(".tw-suggested a").first.click()
    page.locator("#chat .tw-after").nth(1).wait_for()
    expect(page.locator(".tw-question").last).to_have_text(suggested)


def test_a_chip_changes_the_region_and_what_is_asked(page) -> None:
    ask(page, "宁武县海绵城市由谁负责？")
    page.locator(".tw-change summary").first.click()
    page.locator(".tw-others a", has_text="运城市").first.click()
    page.locator("#chat .tw-after").nth(1).wait_for()
    expect(page.locator(".tw-question").last).to_have_text("运城市海绵城市由谁负责？")
    expect(page.locator(".tw-answer").last).to_contain_text("市城市管理局")
    page.locator(".tw-understood").last.locator("summary").nth(1).click()
    page.locator(".tw-understood").last.locator(".tw-others a", has_text="时间要求").click()
    page.locator("#chat .tw-after").nth(2).wait_for()
    expect(page.locator(".tw-understood").last).to_contain_text("时间要求")


def test_only_some_regions_are_asked(page) -> None:
    page.locator("#narrow button").first.click()
    page.locator("#narrow input").first.click()
    page.locator("#narrow [role=option]", has_text="沁水县").click()
    page.keyboard.press("Escape")
    ask(page, WHO)
    expect(page.locator("#cards .tw-region").first).to_have_text("沁水县")
    expect(page.locator(".tw-answer").last).not_to_contain_text("市城市管理局")


def test_editing_and_asking_again(page) -> None:
    ask(page, "宁武县海绵城市由谁负责？")
    ask(page, "那运城呢？")
    page.locator("[href='#retry-1']").click()
    listening(page)
    expect(page.locator("#chat .tw-after")).to_have_count(2)
    page.locator("[href='#edit-1']").click()
    expect(page.locator("#box textarea")).to_have_value("那运城呢？")
    expect(page.locator("#chat .tw-answer")).to_have_count(1)


def said_of_answers(app: App) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(feedback_of(app.index).as_csv().decode("utf-8-sig"))))


def test_what_is_said_of_an_answer_is_kept_once(page, app: App) -> None:
    before = {row["id"] for row in said_of_answers(app)}
    ask(page, "宁武县海绵城市由谁负责？")
    expect(page.locator("#comment")).not_to_be_visible()
    for _ in range(2):
        page.locator("[href='#useless-0']").click()
        listening(page)
        expect(page.locator(".tw-said")).to_have_text("无用")
    page.locator("[href='#wrong-0']").click()
    expect(page.locator(".tw-said")).to_have_text("引用错误")
    page.locator("#comment textarea, #comment input").fill("<b>应当引用第二条</b>")
    page.locator("#comment textarea, #comment input").press("Enter")
    expect(page.locator("#comment textarea, #comment input")).to_have_value("")
    (row,) = [row for row in said_of_answers(app) if row["id"] not in before]
    told = (row["question"], row["verdict"], row["comment"])
    assert told == ("宁武县海绵城市由谁负责？", "wrong", "<b>应当引用第二条</b>")


def test_the_conversation_is_exported(page, tmp_path) -> None:
    ask(page, WHO)
    for button, name in (("#word", "talk.docx"), ("#markdown", "talk.md")):
        with page.expect_download() as downloading:
            page.locator(button).click()
        downloading.value.save_as(tmp_path / name)
    assert (tmp_path / "talk.docx").read_bytes()[:2] == b"PK"
    text = (tmp_path / "talk.md").read_text(encoding="utf-8")
    assert f"## {WHO}" in text
    assert "宁政办发〔2024〕63号" in text


def test_marks_in_the_reader_are_switched(page) -> None:
    ask(page, "宁武县海绵城市由谁负责？")
    page.locator("#card-1 .tw-read").click()
    cited = page.locator("dialog[open] .tw-cited")
    expect(cited.locator(".tw-agency").first).to_have_text("县住建局")
    expect(cited.locator(".tw-figure").last).to_contain_text("30%")
    switch = page.locator("dialog[open] [data-mark=agency]")
    switch.click()
    expect(page.locator("dialog[open] .tw-document.tw-no-agency")).to_be_visible()
    switch.click()
    expect(page.locator("dialog[open] .tw-document.tw-no-agency")).to_have_count(0)
