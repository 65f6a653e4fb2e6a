"""What a question takes for granted: the answer says so where the clause says otherwise."""

from __future__ import annotations

import pytest

from index.records import Agency, Role
from index.search.index import Index
from qa import ask
from qa.evidence.premises import Premise, supposed_body
from qa.question.english import in_chinese
from qa.question.understand import understand


def told(question: str, index: Index) -> str:
    answer = ask(question, index=index)
    assert not answer.abstained
    return answer.text


def test_a_body_that_the_clause_does_not_name(policy_index: Index):
    text = told("宁武县海绵城市建设是由县水利局负责吗?", policy_index)
    assert text.startswith("不是，问题所说的“县水利局”不在该条款所列单位之中。")
    assert "县住建局、县财政局" in text


def test_a_body_that_is_listed_first_and_not_said_to_lead(policy_index: Index):
    text = told("宁武县海绵城市建设是不是县住建局牵头?", policy_index)
    assert text.startswith("文件未写明，“县住建局”是该条款排在首位的责任单位，原文没有写明由它牵头。")
    assert told("宁武县海绵城市归县财政局管吗", policy_index).startswith(
        "是，“县财政局”是该条款责任单位之一。"
    )


def test_a_body_that_leads(policy_index: Index):
    text = told("成武县加强城镇化项目支撑,协调办理施工许可,是县发展和改革局牵头吗?", policy_index)
    assert text.startswith("是，原文写明由“县发展和改革局”牵头。")


@pytest.mark.parametrize(("role", "place"), [("supervise", "指导单位"), ("assess", "考核单位")])
def test_a_body_that_guides_or_assesses(policy_index: Index, role: Role, place: str):
    query = understand("宁武县海绵城市建设是由县住建局负责吗?", policy_index)
    charged = Agency(0, 4, "县住建局", "住房城乡建设局", role)
    assert supposed_body(query, [charged]) == Premise(False, f"“县住建局”是该条款{place}")


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("海绵城市由县水利局负责吗", "县水利局"),
        ("是不是归住建局管?", "住建局"),
        ("海绵城市是不是县住建局牵头?", "县住建局"),
        ("海绵城市由谁负责?", None),
        ("海绵城市由哪个局牵头", None),
        ("县商务局负责哪些任务", None),
    ],
)
def test_the_body_that_a_question_supposes(policy_index: Index, question, body):
    assert understand(question, policy_index).supposed == body


def test_another_year(policy_index: Index):
    text = told("沁水县2030年再生水利用率要达到多少", policy_index)
    assert text.startswith("问题中的2030年与原文不同，原文写的是2027年。")
    assert "不同" not in told("沁水县2027年再生水利用率要达到多少", policy_index)
    assert "不同" not in told("运城市的托育服务到2025年要达到什么水平", policy_index)


def test_another_number(policy_index: Index):
    text = told("沁水县2027年城镇化率目标是70%吗?", policy_index)
    assert text.startswith("不是，问题中的70%与原文不同，原文写的是60%左右。")
    assert "不同" not in told("沁水县2027年城镇化率目标是60%吗?", policy_index)


def test_another_region(policy_index: Index):
    answer = ask("杭锦旗海绵城市由谁负责?", index=policy_index)
    assert answer.abstained
    assert "其他地区的文件有相关条款：宁武县、成武县、沁水县、运城市" in answer.text
    assert {c.region for c in answer.citations} == {"杭锦旗", "宁武县", "成武县", "沁水县", "运城市"}


def test_a_list_that_the_appendix_writes_otherwise(policy_index: Index):
    text = told("运城市哪些县是农产品主产区县城?", policy_index)
    assert "万荣县、稷山县、绛县、平陆县、芮城县" in text
    assert "写法不同" in text
    assert "万荣县、稷山县、绛县、芮城县" in text


def test_a_sum_that_the_source_does_not_draw(policy_index: Index):
    text = told("宁武县四条管网一共投资多少?", policy_index)
    assert all(amount in text for amount in ("3.6亿元", "1.4亿元", "1.57亿元", "5000万元"))
    assert "没有写合计数" in text
    assert "没有写合计数" not in told("宁武县恢河防洪项目总投资多少?", policy_index)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Who leads sponge city construction", "Who leads 海绵城市 建设"),
        ("sewage treatment plants", "污水处理厂"),
        ("5G base stations", "5G基站"),
        ("REITs 是什么", "REITs 是什么"),
    ],
)
def test_english_phrases(english, chinese):
    assert in_chinese(english) == chinese


def test_a_question_in_english(policy_index: Index):
    answer = ask("Who is responsible for sponge city construction in Ningwu county?", index=policy_index)
    assert "县住建局、县财政局" in answer.text
    answer = ask("When will the flood control project be finished in Ningwu?", index=policy_index)
    assert "2025年底" in answer.text


def test_a_field_of_work_narrows_a_bodys_tasks(policy_index: Index):
    every = ask("宁武县住建局负责哪些任务?", index=policy_index)
    some = ask("宁武县住建局在老旧小区改造中负责什么?", index=policy_index)
    assert len(some.citations) < len(every.citations)
    assert all("老旧小区" in c.text for c in some.citations)
    due = ask("宁武县住建局2025年前要完成什么任务?", index=policy_index)
    assert "（全部32项）" in due.text
    none = ask("宁武县住建局在量子通信方面负责什么?", index=policy_index)
    assert none.text.startswith("没有一项写明“量子、通信")
    assert "以下是全部任务" in none.text
    assert len(none.citations) == len(every.citations)


def test_which_document_said_so(policy_index: Index):
    history = ["宁武县海绵城市由谁负责?", "那运城呢?"]
    answer = ask("这是哪个文件说的?", history=history, index=policy_index)
    assert "《运城市推进以县城为重要载体的城镇化建设行动方案》" in answer.text
    assert "2024年9月14日" in answer.text


def test_when_a_document_was_not_issued(policy_index: Index):
    text = told("成武县的方案是不是2023年发布的?", policy_index)
    assert "成文日期：2024年07月04日" in text
    assert "沁水县住房和城乡建设管理局" in told("沁水县方案是哪个单位解读的?", policy_index)


def test_a_side_of_a_subject_is_not_sought_elsewhere(policy_index: Index):
    history = ["成武县老旧小区改造多少个?", "多少户?"]
    answer = ask("投资呢?", history=history, index=policy_index)
    assert answer.abstained
    assert "没有读到金额" in answer.text
    assert "老旧小区改造" in answer.text
    found = ask("投资呢?", history=["宁武县恢河防洪项目何时完工?"], index=policy_index)
    assert "5.6亿元" in found.text


def test_which_region_in_english(policy_index: Index):
    """宁武县 prints 城镇化率, two others 常住人口城镇化率: 60%以上 and 60%左右 are of different things."""
    text = told("Which county has the highest urbanization rate target?", policy_index)
    assert text.startswith("没有判断高低：各地数值所指的指标不完全相同（宁武县：城镇化率60%以上（2028年）；")
