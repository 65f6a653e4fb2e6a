"""A figure counts only where it measures the very thing asked: winners, premises, and what is quoted."""

from __future__ import annotations

import pytest

from index.search.index import Index
from qa import ask
from qa.records import Table


def rows(question: str, index: Index) -> dict[str, str]:
    tables = [block for block in ask(question, index=index).blocks if isinstance(block, Table)]
    return {row[0]: row[1] for row in tables[0].rows}


class TestWinner:
    @pytest.mark.parametrize(
        ("question", "said"),
        [
            (
                "哪个县污水处理率目标最高",
                "沁水县更高（沁水县：污水处理率100%（2027年）；杭锦旗：县城污水处理率95%以上（2025年））",
            ),
            (
                "哪个县2025年的农村规模化供水工程覆盖比例更高",
                "运城市更高（运城市：全市农村规模化供水工程覆盖农村人口比例53%（2025年）；沁水县：",
            ),
            ("哪个县的常住人口城镇化率目标最高？", "沁水县更高（"),
        ],
    )
    def test_stands_on_the_thing_asked(self, policy_index: Index, question: str, said: str):
        assert ask(question, index=policy_index).text.startswith(said)

    @pytest.mark.parametrize(
        "question", ["哪个县污水处理率目标最高", "哪个县2025年的农村规模化供水工程覆盖比例更高"]
    )
    def test_regions_without_the_figure_show_none(self, policy_index: Index, question: str):
        cells = rows(question, policy_index)
        named = [
            region
            for region, cell in cells.items()
            if not cell.startswith("没有读到同一指标的数值；最接近的原文：")
        ]
        assert len(named) == 2
        assert "没有读到同一指标" in cells["成武县"]

    @pytest.mark.parametrize(
        ("question", "why"),
        [
            ("哪个县城镇化率最低", "各地数值所指的指标不完全相同（宁武县：城镇化率60%以上（2028年）；"),
            (
                "再生水利用率哪个地方定得最高",
                "运城市的再生水利用率写有几个数值（30%以上（2025年）、40%以上（2027年））",
            ),
        ],
    )
    def test_none_is_named_and_it_is_said_why(self, policy_index: Index, question: str, why: str):
        assert ask(question, index=policy_index).text.startswith(f"没有判断高低：{why}")

    @pytest.mark.parametrize(
        ("library", "question", "said"),
        [
            ("winner", "哪个县群众满意度目标更高？", "西岭县更高（西岭县：92%"),
            ("num", "农村公路投资最多的是哪个县", "白河县更高（白河县：1.1亿元"),
        ],
    )
    def test_money_and_rates_are_not_lengths(self, case_index, library: str, question: str, said: str):
        assert ask(question, index=case_index(library)).text.startswith(said)


class TestPremise:
    @pytest.mark.parametrize(
        "question",
        [
            "宁武县的城镇化率目标是60%以上吗",
            "沁水县污水处理率目标是100%吗",
            "沁水县2027年城镇化率目标是60%吗?",
        ],
    )
    def test_a_right_number_is_not_contradicted(self, policy_index: Index, question: str):
        answer = ask(question, index=policy_index)
        assert "不同" not in answer.text
        assert not answer.abstained

    def test_the_very_thing_is_quoted(self, policy_index: Index):
        text = ask("沁水县污水处理率目标是100%吗", index=policy_index).text
        assert "污水处理率100%" in text
        assert "25%" not in text

    @pytest.mark.parametrize(
        "question",
        [
            "北岭县护理型床位占比要达到65%以上吗？",
            "北岭县每千名老人床位数目标是40张吗",
            "普惠性幼儿园覆盖率目标是92%对吗",
            "北岭县2025年专项资金是1.2亿元吗？",
        ],
    )
    def test_the_value_a_goal_starts_from_contradicts_nothing(self, case_index, question: str):
        assert "不同" not in ask(question, index=case_index("premise")).text

    def test_the_start_taken_for_the_goal_is_told_apart(self, case_index):
        text = ask("普惠性幼儿园覆盖率目标是85%吗", index=case_index("premise")).text
        assert text.startswith("不是，问题中的85%是原文所写的原有数值，原文写的目标是92%。")

    def test_a_wrong_number_is(self, case_index):
        text = ask("青石县的卫生厕所普及率是80%对吗", index=case_index("num")).text
        assert text.startswith("不是，问题中的80%与原文不同，原文写的是百分之六十。")

    @pytest.mark.parametrize("question", ["云政办发〔2021〕20号废止了吗", "2020年的停车收费标准还执行吗"])
    def test_the_year_of_a_document_is_no_premise(self, case_index, question: str):
        assert "不同" not in ask(question, index=case_index("super")).text
