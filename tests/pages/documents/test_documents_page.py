"""The documents page in a real browser: documents come in, are asked about, edited, replaced and removed."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from index.build.build import remove
from index.build.edits import EDITS
from index.build.removals import REMOVED
from index.build.uploads import LARGEST, MOST, NOTES, REPLACED
from index.search.index import open_index
from index.storage.lock import writing
from tests.support.browsing import ask, settled
from tests.support.documents_desk import ELDERLY, NOTICE, Library, row, send, take_out, told

ROOT = Path(__file__).parents[3]
CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
IMAGE = "<img src=x onerror=\"window.hit='image'\">"
HOSTILE = f"""虚构县人民政府关于印发{IMAGE}护林方案的通知

一、总体要求<script>window.hit='title'</script>

（一）护林防火。到2026年建成瞭望塔12座，<img src="http://attacker.example/p.png" onerror="window.hit=3">
![图](http://attacker.example/p.png) [点我](javascript:window.hit=4)
**全县** `林区` ${{window.hit=5}} {{{{value}}}}
"""


def test_the_list_says_what_each_document_is(desk) -> None:
    expect(desk.locator(".tw-doc")).to_have_count(5)
    ningwu = desk.locator(".tw-doc").first
    expect(ningwu).to_contain_text("宁政办发〔2024〕63号")
    expect(ningwu).to_contain_text("129 条")
    expect(ningwu).to_contain_text("读出单位、时限、指标 301 处")
    expect(ningwu).to_contain_text(re.compile(r"\d{4}-\d\d-\d\d 收入"))
    desk.locator("#doc-search input, #doc-search textarea").fill("解读 沁水")
    expect(desk.locator(".tw-doc")).to_have_count(1)
    desk.locator("#doc-search input, #doc-search textarea").fill("没有这样的文件")
    expect(desk.locator("#doc-list")).to_contain_text("没有符合的文件")
    desk.locator("#doc-search input, #doc-search textarea").fill("")
    expect(desk.locator(".tw-doc")).to_have_count(5)
    assert desk.locator(".tw-doc .tw-read").first.get_attribute("href").startswith("../?document=")
    desk.locator(".tw-doc .tw-read").first.click()
    expect(desk.locator("dialog[open] h2")).to_contain_text("宁武县")


def test_a_document_comes_in_and_is_cited_until_it_is_removed(desk, library: Library) -> None:
    send(desk, (ELDERLY, NOTICE))
    card = desk.locator(".tw-wait")
    for words in ("新文件", "虚政办发〔2025〕7号", "虚构县", "2025-03-01", "6 条", "文字全部读入"):
        expect(card).to_contain_text(words)
    card.locator(".tw-cut summary").click()
    expect(card.locator(".tw-cut")).to_contain_text("银龄食堂建设由县民政局牵头")
    assert not (library.documents / ELDERLY).exists()
    card.locator("[data-do=take]").click()
    told(desk, "已收入 1 份文件：《虚构县人民政府办公室关于加强养老服务的通知》。文件库现有 6 份文件")
    expect(desk.locator(".tw-wait")).to_have_count(0)
    expect(row(desk, ELDERLY)).to_contain_text("虚构县")
    assert (library.documents / ELDERLY).read_text(encoding="utf-8") == NOTICE

    desk.goto(library.url)
    ask(desk, "虚构县银龄食堂由谁牵头？")
    expect(desk.locator(".tw-answer")).to_contain_text("县民政局")
    expect(desk.locator("#card-1")).to_contain_text("虚政办发〔2025〕7号")

    desk.goto(f"{library.url}/documents/")
    expect(desk.locator(".tw-doc")).to_have_count(6)
    send(desk, (ELDERLY, NOTICE.replace("48处", "52处")))
    expect(card).to_contain_text("将替换文件库中的同名文件《虚构县人民政府办公室关于加强养老服务的通知》")
    card.locator("[data-do=take]").click()
    told(desk, "文件库现有 6 份文件")
    with open_index(library.index) as index:
        assert "52处" in index.document(ELDERLY).text

    row(desk, ELDERLY).locator("[data-do=remove]").click()
    expect(row(desk, ELDERLY).locator("[role=alertdialog]")).to_contain_text("原件也会移走")
    row(desk, ELDERLY).locator("[data-do=confirm]").click()
    told(desk, "误删可在本页下方“最近移除”里恢复")
    expect(desk.locator(".tw-doc")).to_have_count(5)
    assert not (library.documents / ELDERLY).exists()
    desk.goto(library.url)
    ask(desk, "虚构县银龄食堂由谁牵头？")
    expect(desk.locator("#cards")).not_to_contain_text("虚政办发〔2025〕7号")
    expect(desk.locator(".tw-answer")).not_to_contain_text("银龄食堂建设由县民政局牵头")


def test_details_are_edited_and_stay_so_until_taken_back(desk, library: Library) -> None:
    send(desk, (ELDERLY, NOTICE))
    desk.locator(".tw-wait [data-do=take]").click()
    row(desk, ELDERLY).locator("[data-do=amend]").click()
    form = row(desk, ELDERLY).locator("form")
    expect(form.locator("[name=title]")).to_be_focused()
    form.locator("[name=region]").fill("假想县")
    form.locator("[name=number]").fill("")
    form.locator("[name=region]").press("Enter")
    told(desk, "已保存")
    expect(row(desk, ELDERLY)).to_contain_text("假想县已修改")
    expect(row(desk, ELDERLY).locator(".tw-doc-says")).not_to_contain_text("虚政办发")
    desk.locator("[data-do=rebuild]").click()
    desk.locator("#doc-upkeep [data-do=confirm]").click()
    told(desk, "重建完成：6 份文件")
    expect(row(desk, ELDERLY)).to_contain_text("假想县已修改")

    row(desk, ELDERLY).locator("[data-do=amend]").click()
    expect(form.locator("label", has=desk.locator("[name=region]"))).to_contain_text("文件原文：虚构县")
    form.locator("[name=region]").fill("虚构县")
    form.locator("[name=number]").fill("虚政办发〔2025〕7号")
    form.locator("[type=submit]").click()
    told(desk, "已保存")
    expect(row(desk, ELDERLY)).not_to_contain_text("已修改")
    assert (library.index / EDITS).read_text() == "{}"
    take_out(desk, ELDERLY)


def test_what_was_read_is_corrected_first_and_a_removal_is_undone(desk, library: Library) -> None:
    send(desk, ("通知.docx", NOTICE), ("通知.dat", NOTICE), ("名单.pdf", b"%PDF-1.7 cut"))
    renamed = desk.locator(".tw-wait", has_text="通知.docx")
    expect(renamed).to_contain_text("文件名是“通知.docx”，内容却是纯文本")
    expect(desk.locator(".tw-wait", has_text="通知.dat.txt")).to_contain_text("后缀不能识别")
    expect(desk.locator(".tw-refused")).to_contain_text("没有下载完")
    every = desk.locator(".tw-waiting > footer [data-do=take]")
    expect(every).to_have_text("这 2 份都按内容改名收入")  # neither goes in by itself
    renamed.locator("[data-do=correct]").click()
    form = renamed.locator("form")
    form.locator("[name=date]").fill("2025-02-30")
    form.locator("[type=submit]").click()
    told(desk, "填写的内容不能保存")
    form.locator("[name=date]").fill("")
    form.locator("[name=title]").fill("虚构县养老通知（更正）")
    form.locator("[type=submit]").click()
    expect(form).to_have_count(0)
    expect(renamed.locator("h4")).to_have_text("虚构县养老通知（更正）")
    expect(renamed.locator("dl")).to_contain_text("未写明已修改")
    renamed.locator("[data-called=fitting]").click()
    told(desk, "已收入 1 份文件：《虚构县养老通知（更正）》")
    assert (library.documents / "通知.txt").is_file()
    with open_index(library.index) as index:
        info = index.info("通知.txt")
        assert (info.title, info.value("date"), info.region) == ("虚构县养老通知（更正）", None, "虚构县")
    desk.locator(".tw-waiting > footer [data-do=dismiss]").click()

    take_out(desk, "通知.txt")
    gone = desk.locator(".tw-doc-gone", has_text="通知.txt")
    desk.locator(".tw-gone summary").click()
    row(desk, CHENGWU).locator("[data-do=amend]").click()
    row(desk, CHENGWU).locator("[data-do=cancel]").click()
    expect(row(desk, CHENGWU).locator("[data-do=amend]")).to_be_visible()
    expect(gone).to_be_visible()  # it stays unfolded while the page is made anew
    gone.locator("[data-do=putback]").click()
    told(desk, "已恢复《虚构县养老通知（更正）》")
    expect(row(desk, "通知.txt").locator("h3")).to_have_text("虚构县养老通知（更正）")
    held = set((library.documents / REMOVED).iterdir())  # of the tests before this one
    take_out(desk, "通知.txt")
    gone.locator("[data-do=forget]").click()
    told(desk, "已彻底删除")
    expect(gone).to_have_count(0)
    assert set((library.documents / REMOVED).iterdir()) == held

    files = [(f"第{number}批.txt", NOTICE.replace("48", str(number))) for number in range(1, 13)]
    send(desk, *files)
    expect(desk.locator(".tw-wait .tw-cut")).to_have_count(0)  # so many are folded
    desk.locator(".tw-wait [data-do=look]").nth(4).click()
    expect(desk.locator(".tw-wait .tw-cut")).to_have_count(1)
    desk.locator(".tw-waiting > footer [data-do=dismiss]").click()
    expect(desk.locator(".tw-waiting")).to_have_count(0)


def test_one_bad_file_stops_no_other(desk, library: Library, tmp_path: Path) -> None:
    big = tmp_path / "很大.txt"
    with big.open("wb") as file:
        file.truncate(LARGEST + 1)
    send(
        desk,
        ("演示.pptx", b"PK"),
        ("装成文本.txt", b"PK\x03\x04docx"),
        ("空.txt", b""),
        ("压缩.zip", b"PK\x03\x04"),
        ("二进制.md", b"\x00\x01\x02"),
        ("CON.txt", NOTICE),
        (f"../../{ELDERLY}", NOTICE),
    )
    desk.locator(".tw-choose input").set_input_files(big)
    refused = desk.locator(".tw-refused")
    expect(refused).to_have_count(7)
    for words in ("不能读取这种文件", "文件已损坏", "文件是空的", "超过 64 MB 的上限", "文件名不能使用"):
        expect(refused.filter(has_text=words).first).to_be_visible()
    reasons = [re.sub(r"可读 .*?。|.*?\.\w+", "", one) for one in refused.locator("p").all_inner_texts()]
    assert not [one for one in reasons if re.search("[a-z]{4}", one)]
    desk.locator(".tw-waiting > footer [data-do=take]").click()
    told(desk, "已收入 1 份文件")
    assert (library.documents / ELDERLY).exists()
    assert not list(library.documents.parent.glob("*.txt"))
    desk.locator(".tw-waiting > footer [data-do=dismiss]").click()
    expect(desk.locator(".tw-waiting")).to_have_count(0)
    take_out(desk, ELDERLY)
    assert sorted(path.name for path in library.documents.iterdir() if path.suffix == ".txt") == sorted(
        path.name for path in (ROOT / "documents").iterdir()
    )


def test_an_archive_comes_as_its_documents(desk, library: Library) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(f"第一批/{ELDERLY}", NOTICE)
        archive.writestr("图.png", b"\x89PNG")
        archive.writestr("内.zip", b"PK")
    send(desk, ("汇编.zip", held.getvalue()))
    expect(desk.locator(".tw-wait")).to_have_count(3)
    expect(desk.locator(".tw-refused").filter(has_text="内.zip")).to_contain_text("压缩包里还有压缩包")
    desk.locator(".tw-waiting > footer [data-do=take]").click()
    told(desk, "已收入 1 份文件")
    assert (library.documents / ELDERLY).exists()
    desk.locator(".tw-waiting > footer [data-do=dismiss]").click()
    expect(desk.locator(".tw-waiting")).to_have_count(0)
    take_out(desk, ELDERLY)


def test_ten_thousand_files_are_refused_before_any_is_sent(desk) -> None:
    desk.evaluate(
        """() => {
          const input = document.querySelector('.tw-choose input'), files = new DataTransfer();
          for (let number = 0; number < 10000; number += 1) files.items.add(new File(['x'], `${number}.txt`));
          input.files = files.files;
          input.dispatchEvent(new Event('change', { bubbles: true }));
        }"""
    )
    expect(desk.locator(".tw-sending")).to_contain_text(f"一次选了 10000 份，最多 {MOST} 份")
    settled(desk)
    assert desk.locator(".tw-wait").count() == 0


def test_a_shipped_document_is_replaced_with_a_copy_kept_and_stays_when_removed(
    desk, library: Library
) -> None:
    original = (library.documents / CHENGWU).read_bytes()
    send(desk, (CHENGWU, original + "\n（新增一行）\n".encode()))
    expect(desk.locator(".tw-wait")).to_contain_text("将替换文件库中的同名文件")
    desk.locator(".tw-wait [data-do=take]").click()
    told(desk, "文件库现有 5 份文件")
    assert (library.documents / REPLACED / CHENGWU).read_bytes() == original
    shutil.move(library.documents / REPLACED / CHENGWU, library.documents / CHENGWU)
    (library.documents / NOTES).unlink()
    row(desk, CHENGWU).locator("[data-do=remove]").click()
    expect(row(desk, CHENGWU)).to_contain_text("原件留在文件夹中")
    desk.keyboard.press("Escape")
    expect(row(desk, CHENGWU).locator("[data-do=remove]")).to_be_visible()
    take_out(desk, CHENGWU)
    assert (library.documents / CHENGWU).exists()
    desk.locator("[data-do=rebuild]").click()
    desk.locator("#doc-upkeep [data-do=confirm]").click()
    told(desk, "重建完成：5 份文件")
    desk.locator("[data-do=verify]").click()
    told(desk, "核对通过：5 份文件、500 条")
    notes = desk.locator("#doc-told .tw-noted")
    expect(notes).to_contain_text("3 份文件的原文有值得留意之处")
    notes.locator("summary", has_text="沁水").click()
    expect(notes).to_contain_text("缺编号 16")
    expect(notes).to_contain_text("同一段印了 3 遍")
    notes.locator("summary", has_text="运城").click()
    expect(notes).to_contain_text("可能前后不一：规上企业（突破180户 / 突破300户）")
    expect(notes).to_contain_text("整理时去掉广告 4 处")


def test_a_busy_index_and_a_bad_date_are_told(desk, library: Library) -> None:
    row(desk, CHENGWU).locator("[data-do=amend]").click()
    form = row(desk, CHENGWU).locator("form")
    form.locator("[name=date]").fill("2025-02-30")
    form.locator("[type=submit]").click()
    told(desk, "填写的内容不能保存")
    expect(form.locator("[name=date]")).to_have_value("2025-02-30")
    form.locator("[name=date]").fill("2025-02-28")
    with writing(library.index, "build"):
        form.locator("[type=submit]").click()
        told(desk, "正在被另一项操作修改")
    form.locator("[data-do=cancel]").click()
    expect(row(desk, CHENGWU)).to_contain_text("2024-07-04")


def test_a_reader_can_change_nothing(desk, library: Library) -> None:
    send(desk, (ELDERLY, NOTICE))
    desk.locator(".tw-wait").wait_for()
    desk.context.add_cookies([{"name": "reader", "value": "1", "url": library.url}])
    try:
        desk.locator(".tw-wait [data-do=take]").click()
        told(desk, "您只能查看文件")
        desk.goto(f"{library.url}/documents/")
        expect(desk.locator("#doc-heading")).to_contain_text("由有权限的同事操作")
        expect(desk.locator(".tw-doc")).to_have_count(5)
        for place in (".tw-drop", "[data-do=amend]", "[data-do=remove]", "[data-do=rebuild]"):
            expect(desk.locator(place)).to_have_count(0)
    finally:
        desk.context.clear_cookies()
    assert not (library.documents / ELDERLY).exists()


def test_names_and_contents_are_only_text(desk, library: Library) -> None:
    send(desk, (f"护林{IMAGE}&\"'.txt", HOSTILE), ("<script>window.hit=9</script>.exe", "x"))
    unharmed(desk)
    desk.locator(".tw-cut summary").click()
    expect(desk.locator(".tw-cut")).to_contain_text("http://attacker.example/p.png")
    desk.locator(".tw-wait [data-do=take]").click()
    told(desk, "已收入 1 份文件")
    unharmed(desk)
    hostile = row(desk, "护林_img")
    hostile.locator("[data-do=amend]").click()
    hostile.locator("[name=region]").fill(f'"><svg onload="window.hit=7">{IMAGE}'[:30])
    hostile.locator("[type=submit]").click()
    told(desk, "已保存")
    unharmed(desk)
    hostile.locator(".tw-read").click()
    expect(desk.locator("dialog[open] .tw-text")).to_contain_text("attacker.example")
    unharmed(desk)
    desk.keyboard.press("Escape")
    desk.locator("#doc-search input, #doc-search textarea").fill(IMAGE)
    expect(desk.locator(".tw-doc")).to_have_count(1)
    unharmed(desk)
    desk.locator("#doc-search input, #doc-search textarea").fill("")
    expect(desk.locator(".tw-doc")).to_have_count(6)
    with open_index(library.index) as index:
        (file,) = (info.file for info in index.infos if info.file.startswith("护林"))
    assert Path(file).name == file
    take_out(desk, "护林_img")


def unharmed(page) -> None:
    settled(page)
    assert page.evaluate("window.hit") is None
    for place in ("#doc-waiting", "#doc-told", "#doc-list", "#doc-upkeep", "#masthead", "dialog"):
        assert page.locator(place).locator("img, script, svg, style, iframe").count() == 0
    assert page.locator("a[href^='javascript'], a[href*='attacker']").count() == 0


def test_a_rebuild_says_what_it_would_lose(desk, library: Library) -> None:
    path = library.documents / CHENGWU
    kept = path.rename(path.with_suffix(".kept"))
    try:
        desk.locator("[data-do=rebuild]").click()
        expect(desk.locator("#doc-upkeep [role=alertdialog]")).to_contain_text(
            f"下列 1 份文件不在该文件夹中，重建后不再包含：{CHENGWU}"
        )
        desk.locator("#doc-upkeep [data-do=cancel]").click()
        expect(desk.locator("[data-do=rebuild]")).to_be_visible()
    finally:
        kept.rename(path)


def test_the_other_language_and_a_telephone(desk) -> None:
    send(desk, (ELDERLY, NOTICE))
    desk.locator(".tw-language").click()
    expect(desk.locator(".tw-doc-h")).to_have_text("Documents")
    expect(desk.locator(".tw-nav [aria-current]")).to_have_text("Documents")
    expect(desk.locator(".tw-wait")).to_contain_text("Take it in")
    expect(desk.locator("html")).to_have_attribute("lang", "en")
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.locator("[data-do=amend]").first.click()
    desk.locator(".tw-doc-form").wait_for()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_document_removed_elsewhere_meanwhile_is_told(desk, library: Library) -> None:
    send(desk, (ELDERLY, NOTICE))
    desk.locator(".tw-wait [data-do=take]").click()
    told(desk, "已收入 1 份文件")
    row(desk, ELDERLY).locator("[data-do=remove]").click()
    remove([ELDERLY], library.index)
    row(desk, ELDERLY).locator("[data-do=confirm]").click()
    told(desk, "已不在文件库中")
    (library.documents / ELDERLY).unlink()
