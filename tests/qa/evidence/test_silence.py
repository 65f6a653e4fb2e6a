"""The three silences: no such region, no such subject there, the subject there and the fact not."""

from __future__ import annotations

import pytest

from index.search.index import Index
from qa import ask
from qa.citations import Citations
from qa.evidence.findings import Inquiry, weigh
from qa.evidence.fitted import silence_in
from qa.evidence.silence import UNREAD, odds_of, parts_of, speaks
from qa.evidence.subject import Subject
from qa.question.understand import understand
from qa.records import Answer
from qa.search.find import find


def _asked(index: Index, question: str) -> Answer:
    return ask(question, index=index)


def _weighed(index: Index, question: str):
    query = understand(question, index)
    inquiry = Inquiry(query, index, Subject(query, index), Citations(index))
    return inquiry, weigh(inquiry, find(query, index))


class TestRegionNotInTheIndex:
    @pytest.mark.parametrize(
        ("question", "place"),
        [
            ("静乐县的旅游公路哪年修完？", "静乐县"),
            ("曹县农村生活污水治理率要达到多少？", "曹县"),
            ("北京市朝阳区有什么城镇化政策", "北京市"),
            ("太原市海绵城市谁负责", "太原市"),
        ],
    )
    def test_is_said_by_its_name(self, policy_index: Index, question: str, place: str):
        answer = _asked(policy_index, question)
        assert answer.abstained
        assert place in answer.text
        assert "文件库中没有" in answer.text

    def test_a_place_that_a_document_speaks_of_is_answered(self, policy_index: Index):
        answer = _asked(policy_index, "新绛县的试点方向是什么")
        assert not answer.abstained
        assert "历史文化保护传承" in answer.text
        assert answer.citations[0].region == "运城市"

    def test_a_place_only_named_in_passing_is_not(self, policy_index: Index):
        # 静乐县 stands in the clause as a neighbour to which roads lead.
        inquiry, findings = _weighed(policy_index, "静乐县的旅游公路哪年修完？")
        assert any("静乐县" in finding.hit.clause.text for finding in findings)
        assert not speaks(inquiry, findings)


class TestSubjectNotInTheDocuments:
    @pytest.mark.parametrize(
        "question",
        [
            "杭锦旗海绵城市怎么建",
            "沁水县5G基站建多少",
            "杭锦旗房价多少",
            "运城机场扩建什么时候完成",
            "个人所得税起征点是多少",
            "农民工欠薪怎么处理",
            "今天天气怎么样",
            "宁武县的地铁什么时候开通",
            "沁水有什么好吃的饭店推荐一下",
            "asdfgh qwerty",
        ],
    )
    def test_is_said(self, policy_index: Index, question: str):
        answer = _asked(policy_index, question)
        assert answer.abstained
        assert "没有" in answer.text

    def test_names_the_subject_as_it_was_typed(self, policy_index: Index):
        assert "“海绵城市" in _asked(policy_index, "杭锦旗海绵城市由谁负责").text

    def test_shows_the_nearest_clause(self, policy_index: Index):
        answer = _asked(policy_index, "杭锦旗海绵城市由谁负责")
        assert "最接近的条款" in answer.text
        assert answer.citations[0].region == "杭锦旗"

    @pytest.mark.parametrize("question", ["你好", "那个", "是什么"])
    def test_a_question_without_a_subject_finds_nothing(self, policy_index: Index, question: str):
        answer = _asked(policy_index, question)
        assert answer.abstained
        assert "“”" not in answer.text
        assert answer.citations == ()


class TestAThingThatNoDocumentKnows:
    @pytest.mark.parametrize("question", ["宁武县的共享单车由哪个部门管理？", "宁武的高铁站什么时候开通？"])
    def test_is_not_answered_by_what_is_done_with_other_things(self, policy_index: Index, question: str):
        assert _asked(policy_index, question).abstained

    def test_a_known_thing_with_the_same_verb_is(self, policy_index: Index):
        answer = _asked(policy_index, "宁武县的供水由哪个部门管理？")
        assert not answer.abstained
        assert "水" in answer.citations[0].quote


class TestACountAskedFor:
    def test_is_not_answered_by_a_number_that_counts_nothing(self, policy_index: Index):
        # The nearest clause tells 2至3岁 and no number of kindergartens.
        answer = _asked(policy_index, "杭锦旗2025年新建几所幼儿园？")
        assert answer.abstained

    @pytest.mark.parametrize(
        ("question", "told"), [("运城市县医院院长培训多少人", "1100人"), ("成武的洒水车要配几辆？", "1辆")]
    )
    def test_is_answered_by_the_count(self, policy_index: Index, question: str, told: str):
        answer = _asked(policy_index, question)
        assert not answer.abstained
        assert told in answer.text.replace(" ", "")


class TestFactNotStated:
    @pytest.mark.parametrize(
        ("question", "missing"),
        [
            ("沁水县再生水利用率谁负责", "没有读到责任单位"),
            ("杭锦旗养老服务由哪个部门负责", "没有读到责任单位"),
            ("沁水县老旧小区改造多少个", "没有读到数量"),
            # Their clauses tell figures, of another thing and of other years.
            ("成武县保障性租赁住房建多少套", "没有找到能确定回答这个问题的条款"),
            ("运城市2026年装配式建筑占比是多少", "没有找到能确定回答这个问题的条款"),
        ],
    )
    def test_says_what_is_missing_and_quotes_the_clause(self, policy_index: Index, question, missing):
        answer = _asked(policy_index, question)
        assert answer.abstained
        assert missing in answer.text
        assert answer.citations

    def test_what_the_document_says_for_all_its_tasks_is_added(self, policy_index: Index):
        answer = _asked(policy_index, "沁水县再生水利用率谁负责")
        assert "以上任务均需各乡镇人民政府落实" in answer.text
        assert any("依职责分工负责" in citation.quote for citation in answer.citations)

    @pytest.mark.parametrize(
        "question",
        [
            pytest.param(
                "宁武县县长是谁",
                marks=pytest.mark.xfail(strict=True, reason="the reader reads no body, the judge is unsure"),
            ),
            "宁武县住建局的办公电话是多少",
        ],
    )
    def test_a_person_or_number_that_no_clause_holds(self, policy_index: Index, question: str):
        assert _asked(policy_index, question).abstained


def test_another_years_goal_is_only_quoted(policy_index: Index):
    answer = _asked(policy_index, "运城市2026年装配式建筑占比是多少")
    assert answer.abstained
    assert "装配式建筑" in answer.citations[0].quote
    assert "2026" not in answer.citations[0].quote


def test_the_best_finding_speaks_where_it_comes_up_to_the_threshold(policy_index: Index):
    inquiry, findings = _weighed(policy_index, "宁武县海绵城市由谁负责")
    assert speaks(inquiry, findings)
    assert "海绵城市" in findings[0].hit.clause.text
    noted = inquiry.notes.judgement(inquiry.subject.words).checks
    (check,) = [check for check in noted if check.name == "answers"]
    assert check.threshold == silence_in().value
    assert check.value == sum(number for _, number in parts_of(inquiry, findings)) >= check.threshold


def test_a_clause_below_the_threshold_does_not_speak(policy_index: Index):
    inquiry, findings = _weighed(policy_index, "宁武县的地铁什么时候开通")
    assert findings
    assert sum(number for _, number in parts_of(inquiry, findings)) < silence_in().value
    assert not speaks(inquiry, findings)


def test_nothing_found_does_not_speak(policy_index: Index):
    inquiry, _ = _weighed(policy_index, "宁武县海绵城市由谁负责")
    assert not speaks(inquiry, [])
    assert odds_of([]) == UNREAD


def test_a_rate_is_no_share_of_something_else(policy_index: Index) -> None:
    """宁武县 sets 30 % of the built-up area for sponge cities and nothing for greenery; 沁水县 sets 42 %."""
    silent = ask("宁武县建成区绿化率要达到多少", index=policy_index)
    assert silent.abstained
    before, said, _ = silent.text.partition("最接近的条款")
    assert said and "30%" not in before  # shown as the nearest words and as no answer
    assert "42%以上" in ask("沁水绿化率要达到多少", index=policy_index).text


def test_a_figure_of_something_else_in_the_sentence_is_no_answer(policy_index: Index) -> None:
    """宁武县's sentence with 人口集聚能力 gives a 城镇化率 of 60 %; 沁水县 does give 县城人口8万人."""
    silent = ask("宁武县人口有多少", index=policy_index)
    assert silent.abstained
    assert "没有找到能确定回答这个问题的条款" in silent.text
    assert "县城人口8万人" in ask("沁水县城人口多少", index=policy_index).text
