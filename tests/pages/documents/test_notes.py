"""The notes on documents as the documents page tells them."""

from __future__ import annotations

from pathlib import Path

from index.build.build import build
from index.search.index import Index, open_index
from pages.documents.notes import noted

HOSTILE = (
    "<img src=x onerror=alert(1)>各乡镇人民政府要落实责任，"
    + "细化工作措施，明确完成时限，" * 8
    + "确保取得实效。"
)


def test_the_five_documents(policy_index: Index):
    told: list[float] = []
    page = noted(policy_index, "zh", lambda share, _: told.append(share))
    assert page.count("<details") == 3
    assert "缺编号 16" in page
    assert "可能归类不一：平陆县（农产品主产区县城 / 重点生态功能区县城）" in page
    assert told == [0.2, 0.4, 0.6, 0.8, 1.0]


def test_in_english(policy_index: Index):
    page = noted(policy_index, "en", lambda *_: None)
    assert "Number missing: 20" in page
    assert "Removed as advertising: 4 times, 28 characters" in page


def test_words_of_documents_are_only_text_and_long_ones_are_shortened(tmp_path: Path):
    folder, store = tmp_path / "documents", tmp_path / "store"
    folder.mkdir()
    (folder / "<b>a.txt").write_text(
        f"一、任务\n{HOSTILE}\n二、保障\n{HOSTILE}\n三、<i>附则\n施行。\n", encoding="utf-8"
    )
    build(folder, store)
    with open_index(store) as index:
        page = noted(index, "zh", lambda *_: None)
    assert "同一段印了 2 遍" in page
    assert "&lt;img src=x" in page
    assert not any(tag in page for tag in ("<img", "<b>", "<i>"))
    assert HOSTILE[-40:] not in page


def test_documents_without_notes(tmp_path: Path):
    folder, store = tmp_path / "documents", tmp_path / "store"
    folder.mkdir()
    (folder / "a.txt").write_text("一、加强领导。\n各单位要落实责任。\n二、加强检查。\n", encoding="utf-8")
    build(folder, store)
    with open_index(store) as index:
        assert "没有发现" in noted(index, "zh", lambda *_: None)


def test_a_table_that_lost_its_grid_is_warned_of(tmp_path: Path):
    folder, store = tmp_path / "documents", tmp_path / "store"
    folder.mkdir()
    cells = "序号 |\n项目 |\n单位 |\n" + "".join(
        f"{n} |\n<b>项目{name} |\n县住建局 |\n" for n, name in enumerate("甲乙丙丁", 1)
    )
    (folder / "a.txt").write_text(f"阳川县项目表\n{cells}", encoding="utf-8")
    build(folder, store)
    with open_index(store) as index:
        page, english = (noted(index, language, lambda *_: None) for language in ("zh", "en"))
    assert "4 行的 3 列是推定的" in page
    assert "the 3 columns of 4 rows were guessed" in english
    assert "<b>" not in page
