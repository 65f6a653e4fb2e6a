"""Numbers that lists lack, in documents that lack them and in those that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.check.numbering_gaps import NumberingNote, numbering_notes
from index.check.spots import Layout
from index.parsing.parse import parse_file, parse_source
from index.reading.read import Source

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "documents"
SHARED = ROOT.parent / "shared"


def notes(text: str) -> tuple[NumberingNote, ...]:
    parsed = parse_source(Source(text, "0" * 64), "a.txt")
    return numbering_notes(Layout(parsed.document, parsed.clauses))


def said(text: str) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(note.fault, note.scheme, note.numbers) for note in notes(text)]


def of_file(path: Path) -> tuple[NumberingNote, ...]:
    parsed = parse_file(path, path.parent)
    return numbering_notes(Layout(parsed.document, parsed.clauses))


def lines(*items: str) -> str:
    return "\n".join(f"{item}有关单位要按照职责分工抓好落实，确保按期完成。" for item in items)


class TestTheFiveDocuments:
    def test_the_explanation_that_lost_three_numbers(self):
        (path,) = DOCUMENTS.glob("沁水县*")
        found = of_file(path)
        assert [(note.fault, note.numbers) for note in found] == [
            ("missing", (16,)),
            ("missing", (18,)),
            ("missing", (20,)),
        ]
        assert found[0].before and found[0].before.text == "15 塑造城乡特色风貌"
        assert found[0].after.text == "17 推进生产生活低碳化"
        assert found[2].after.text.split() == ["21", "推进城乡基础设施互联互通"]

    @pytest.mark.parametrize("name", ["宁武县", "运城市", "成武县", "杭锦旗"])
    def test_the_others_count_on(self, name):
        (path,) = DOCUMENTS.glob(f"{name}*")
        assert of_file(path) == ()


class TestLists:
    def test_a_number_is_missing(self):
        assert said(lines("一、", "二、", "四、", "五、")) == [("missing", "一、", (3,))]

    def test_two_numbers_are_missing(self):
        assert said(lines("（一）", "（二）", "（五）", "（六）")) == [("missing", "（一）", (3, 4))]

    def test_the_first_number_is_missing(self):
        assert said("第二章 规划\n" + lines("第一条 ") + "\n第三章 管理\n" + lines("第二条 ")) == [
            ("missing", "章", (1,))
        ]

    def test_a_number_is_printed_twice(self):
        assert said(lines("1.", "2.", "3.", "3.", "4.")) == [("repeated", "1.", (3,))]

    def test_a_number_comes_too_late(self):
        assert said(lines("1.", "2.", "4.", "3.", "5.")) == [("out of order", "1.", (3,))]

    def test_tasks_run_on_across_chapters(self):
        text = (
            "一、总体\n"
            + lines("1.", "2.")
            + "\n二、任务\n"
            + lines("3.", "4.")
            + "\n三、保障\n"
            + lines("5.")
        )
        assert said(text) == []

    def test_lists_begin_anew_under_each_heading(self):
        text = "一、总体\n" + lines("1.", "2.", "3.") + "\n二、任务\n" + lines("1.", "2.")
        assert said(text) == []

    def test_a_list_inside_another_does_not_break_it(self):
        assert said(lines("1.", "2.", "1.", "2.", "3.", "3.", "4.")) == []

    def test_an_article_added_later_is_no_gap_and_no_repetition(self):
        assert said(lines("第一条 ", "第二条 ", "第二条之一 ", "第二条之二 ", "第三条 ")) == []

    def test_the_lists_of_two_articles_are_two(self):
        text = (
            lines("第一条 ")
            + "\n"
            + lines("（一）", "（二）")
            + "\n"
            + lines("第二条 ")
            + "\n"
            + lines("（一）")
        )
        assert said(text) == []

    def test_what_stands_there_in_another_print_is_not_missing(self):
        assert said(lines("第一条 ", "第二 条", "第三条 ")) == []
        assert said(lines("⒈", "2.", "3.")) == []

    def test_a_cross_reference_is_no_number_of_the_list(self):
        assert (
            said(lines("第一条 ", "第二条 ") + "\n依照第四条的规定处理。\n" + lines("第三条 ", "第四条 "))
            == []
        )


class TestTables:
    TABLE = (
        "| 序号 | 项目 | 单位 |\n|---|---|---|\n| 1 | 供水 | 县水利局 |\n"
        "| 2 | 供热 | 县住建局 |\n{row}| 4 | 道路 | 县交通局 |\n"
    )

    def test_a_row_is_missing(self):
        (note,) = notes(self.TABLE.format(row=""))
        assert (note.scheme, note.numbers) == ("序号", (3,))
        assert note.before and "供热" in note.before.text
        assert "道路" in note.after.text

    def test_no_row_is_missing(self):
        assert said(self.TABLE.format(row="| 3 | 燃气 | 县住建局 |\n")) == []

    def test_a_column_of_amounts_counts_nothing(self):
        assert said(self.TABLE.format(row="").replace("序号", "公里")) == []


@pytest.mark.skipif(not SHARED.exists(), reason="no shared data beside the repository")
class TestManyDocuments:
    def test_laws_do_not_lack_numbers(self):
        """Each of these 150 has all its chapters and articles, as a look at each candidate showed."""
        for path in sorted((SHARED / "eval" / "regulations").glob("*.md")):
            assert of_file(path) == (), path.name

    def test_a_law_that_lost_its_first_chapter_heading(self):
        (path,) = (SHARED / "train" / "regulations").glob("周口市文明行为促进条例*")
        assert [(note.scheme, note.numbers) for note in of_file(path)] == [("章", (1,))]
