"""What a later question takes over, what it does not, and turns that ask nothing of the documents."""

from __future__ import annotations

import io

import docx
import pytest

from index.search.index import Index
from qa import ask
from qa.api.objects import answer_object
from qa.commands.terminal import shown_answer
from qa.files.transcript import as_docx, as_markdown
from qa.question.understand import understand

ROAD = "宁武恢河总投资"


@pytest.mark.parametrize(
    "question",
    ["哪个部门牵头海绵城市建设？", "老旧小区改造由谁负责？", "5G基站建多少个？", "再生水利用率要达到多少？"],
)
def test_a_whole_question_takes_nothing_over(policy_index: Index, question: str):
    after = ask(question, history=[ROAD], index=policy_index)
    assert after.query.inherited == ()
    assert after.text == ask(question, index=policy_index).text


def test_the_same_subject_said_again_takes_nothing_over(policy_index: Index):
    query = understand("哪个部门牵头海绵城市建设？", policy_index, ["宁武县海绵城市由谁负责？"])
    assert (query.inherited, query.regions) == ((), ())


def test_a_subject_that_says_what_is_meant_is_searched_alone(policy_index: Index):
    """治理河道 says what is meant, though it stands in one clause with the river asked about before."""
    answer = ask("治理河道多少公里", index=policy_index, history=[ROAD])
    assert answer.query.regions == ("宁武县",)
    assert answer.query.terms == ("治理", "河道")
    assert "10.8公里" in answer.text


def test_a_subject_that_is_left_out_is_taken_over(policy_index: Index):
    query = understand("治理了多少公里", policy_index, [ROAD])
    assert query.regions == ("宁武县",)
    assert "恢河" in query.terms


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("谢谢", "不客气"),
        ("你是谁", "政策文件查询工具"),
        ("你好", "您好。文件库有5份文件"),
        ("哈哈哈", "这里只查找已载入的政策文件"),
        ("你能做什么", "例如可以问"),
    ],
)
def test_a_turn_that_asks_nothing_says_what_can_be_asked(policy_index: Index, turn: str, said: str):
    for history in ([], [ROAD], [ROAD, "谢谢"]):
        answer = ask(turn, history=history, index=policy_index)
        assert answer.query.asks_nothing
        assert answer.citations == answer.hits == ()
        assert said in answer.text
        assert "5.6亿元" not in answer.text


def test_such_a_turn_says_nothing_about_documents(policy_index: Index):
    answer = ask("谢谢", history=[ROAD], index=policy_index)
    assert answer.abstained and not answer.documents_silent
    assert "没有找到确切规定" not in as_markdown([answer], "")


def test_the_conversation_goes_on_behind_such_turns(policy_index: Index):
    answer = ask("哪年完工", history=[ROAD, "谢谢", "哈哈哈"], index=policy_index)
    assert "2025年底" in answer.text
    assert not {"谢谢", "哈哈哈"} & set(answer.query.terms)


@pytest.mark.parametrize("question", ["谁负责？", "什么时候完成", "投资多少？", "到什么时候？", "到哪一年"])
def test_a_fact_asked_for_is_a_question(policy_index: Index, question: str):
    assert not understand(question, policy_index, [ROAD]).asks_nothing


def test_words_that_no_document_knows_are_not_handed_on(policy_index: Index):
    history = ["宁武县海绵城市绝绝子由谁负责", "那运城呢", "到哪年达到多少"]
    assert "绝绝" not in "".join(understand("投资多少", policy_index, history).terms)


def test_subjects_do_not_pile_up(policy_index: Index):
    history = ["宁武县海绵城市由谁负责", "那老旧小区改造呢"]
    terms = understand("那养老服务呢", policy_index, history).terms
    assert "养老" in terms
    assert "海绵" not in terms


def test_what_is_taken_over_stands_in_every_form_of_the_answer(policy_index: Index):
    answer = ask("那运城呢", history=["宁武县海绵城市由谁负责"], index=policy_index)
    said = "（沿用上文：海绵、城市）"
    assert answer.text.endswith(said)
    assert said in answer_object(answer)["answer"]
    assert said in shown_answer(answer)
    assert said in as_markdown([answer], "")
    document = docx.Document(io.BytesIO(as_docx([answer], "")))
    assert said in [paragraph.text for paragraph in document.paragraphs]
