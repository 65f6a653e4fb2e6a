"""Places that may contradict each other, and numbers that differ for a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.check.contradictions import Contradiction, contradictions
from index.check.spots import Layout
from index.parsing.parse import Parsed, parse_file, parse_source
from index.reading.read import Source

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "documents"
SHARED = ROOT.parent / "shared"


def of(parsed: Parsed) -> tuple[Contradiction, ...]:
    return contradictions(Layout(parsed.document, parsed.clauses), parsed.facts)


def of_text(text: str) -> list[tuple[str, tuple[str, str]]]:
    parsed = parse_source(Source(text, "0" * 64), "a.txt")
    return [(one.subject, one.values) for one in of(parsed)]


def plan(body: str, appendix: str) -> str:
    return f"一、工作目标\n{body}\n二、保障措施\n各部门要抓好落实。\n附件1\n重点任务\n{appendix}\n"


class TestTheFiveDocuments:
    def test_the_plan_whose_appendix_says_otherwise(self):
        (path,) = DOCUMENTS.glob("运城市*")
        parsed = parse_file(path, DOCUMENTS)
        found = {(one.disputed, one.subject, frozenset(one.values)): one for one in of(parsed)}
        assert set(found) == {
            ("quantity", "规上企业", frozenset({"突破180户", "突破300户"})),
            ("kind", "垣曲县", frozenset({"文旅赋能型县城", "重点生态功能区县城"})),
            ("kind", "平陆县", frozenset({"农产品主产区县城", "重点生态功能区县城"})),
        }
        for one in found.values():
            assert all(parsed.document.text[spot.start : spot.end] == spot.text for spot in one.spots)
            if one.disputed == "quantity":
                assert all(value in spot.text for value, spot in zip(one.values, one.spots, strict=True))

    @pytest.mark.parametrize("name", ["宁武县", "沁水县", "成武县", "杭锦旗"])
    def test_the_others_do_not_contradict_themselves(self, name):
        (path,) = DOCUMENTS.glob(f"{name}*")
        assert of(parse_file(path, DOCUMENTS)) == ()


class TestQuantities:
    def test_one_year_two_quantities(self):
        text = plan("到2025年，全县常住人口城镇化率达到60%。", "到2025年，常住人口城镇化率达到65%。")
        assert of_text(text) == [("常住人口城镇化率", ("60%", "65%"))]

    def test_two_years(self):
        assert (
            of_text(plan("到2025年，常住人口城镇化率达到60%。", "到2027年，常住人口城镇化率达到65%。")) == []
        )

    def test_a_quantity_without_a_year_is_that_of_one_of_the_years(self):
        body = "到2025年，常住人口城镇化率达到60%。到2027年，常住人口城镇化率达到65%。"
        assert of_text(plan(body, "常住人口城镇化率达到65%以上。").replace("65%以上", "65%")) == []

    def test_the_same_quantity(self):
        assert (
            of_text(plan("到2025年，常住人口城镇化率达到60%。", "到2025年，常住人口城镇化率达到60%。")) == []
        )

    def test_an_addition_is_not_the_whole(self):
        assert of_text(plan("到2025年，规上企业达到180户。", "到2025年，新增规上企业20户。")) == []

    def test_conditions_of_two_articles(self):
        text = "第一条 到2025年，公共供水普及率达到90%。\n第二条 到2025年，公共供水普及率达到95%。"
        assert of_text(text) == []


class TestKinds:
    LISTS = "甲类县城：东山县、西山县\n乙类县城：南山县、北山县\n"

    def test_a_place_that_another_list_sorts_otherwise(self):
        other = "甲类县城：东山县\n乙类县城：南山县、北山县、西山县\n"
        found = of_text(f"附件1\n分类名单\n{self.LISTS}附件2\n分类名单\n{other}")
        assert {subject for subject, _ in found} == {"西山县"}

    def test_the_same_list_again(self):
        assert of_text(f"附件1\n分类名单\n{self.LISTS}附件2\n分类名单\n{self.LISTS}") == []

    def test_a_list_of_something_else(self):
        other = "一季度检查：东山县\n二季度检查：南山县、西山县\n"
        assert of_text(f"附件1\n分类名单\n{self.LISTS}附件2\n检查安排\n{other}") == []


@pytest.mark.skipif(not SHARED.exists(), reason="no shared data beside the repository")
def test_no_notice_is_said_to_contradict_itself():
    """None of 599 does: their 18 pairs of numbers under the same words are of two measures each."""
    for path in sorted((SHARED / "eval" / "gov_notices" / "documents").iterdir()):
        assert of(parse_file(path, path.parent)) == (), path.name
