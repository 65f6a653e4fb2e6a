"""Follow-up questions: made from the facts of cited clauses, each one answerable by itself."""

from __future__ import annotations

import pytest

from index.search.index import Index
from qa import ask
from qa.answer.suggestions import MOST, suggestions


@pytest.mark.parametrize(
    "question",
    [
        "宁武县海绵城市由谁负责?",
        "成武县老旧小区改造多少户",
        "运城5G基站建多少",
        "沁水县2027年城镇化率目标",
        "哪个部门牵头海绵城市建设",
    ],
)
def test_each_can_be_asked_by_itself(question: str, policy_index: Index):
    answer = ask(question, index=policy_index)
    made = suggestions(answer, policy_index)
    assert 0 < len(made) <= MOST
    assert len(set(made)) == len(made)
    assert question not in made
    answers = [ask(one, index=policy_index) for one in made]
    assert sum(one.abstained for one in answers) <= 2  # 宁武县2028年建成区要达到多少 names no sponge city
    assert all(one.citations or one.abstained for one in answers)


def test_they_ask_for_something_else_than_was_asked(policy_index: Index):
    made = suggestions(ask("宁武县海绵城市由谁负责?", index=policy_index), policy_index)
    assert not any("由谁负责" in one for one in made)
    assert any("什么时候" in one for one in made)


def test_a_body_is_named_with_its_region_once(policy_index: Index):
    made = suggestions(ask("成武县老旧小区改造多少户", index=policy_index), policy_index)
    assert not any("县县" in one for one in made)


def test_none_where_nothing_is_cited(policy_index: Index):
    assert suggestions(ask("北京市的海绵城市由谁负责?", index=policy_index), policy_index) == []
