"""No condition without what follows, no exception without its rule, nothing against a printed time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build.build import build
from index.search.index import Index, open_index
from qa import ask

RULES = """红柳市奖励和赔偿若干规定

第一条 死亡赔偿金按照本市上一年度城镇居民人均可支配收入标准，按二十年计算。\
但六十周岁以上的，年龄每增加一岁减少一年；七十五周岁以上的，按五年计算。

第二条 企业升规奖励补助。对新增并纳入统计范围的规模以上工业企业，一次性给予5万元奖励；\
年上缴税金地方经济贡献额达到30万元以上，一次性给予10万元奖励；\
年上缴税金地方经济贡献额达到50万元以上，一次性给予20万元奖励。

第三条 单位食堂应当每日留存样品，并安排专人做好登记。

第五条 损坏红柳林的，由市林业局责令补种，并处以罚款：
（一）损坏一级红柳林的，处每亩一千元的罚款；
（二）损坏二级红柳林的，处每亩五百元的罚款。
在红柳林中放牧，造成红柳死亡的，依照前款规定处罚。

第六条 报名程序（5分）。报名人向社区提交书面申请。社区收到申请后三日内核对，并报街道。\
街道核对无误的，发给参观证。

第四条 领取高龄补贴，凭本人身份证到社区办理。由他人代为领取的，还需提供委托书原件。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("whole")
    (folder / "documents").mkdir()
    (folder / "documents" / "红柳市若干规定.txt").write_text(RULES, "utf-8")
    build(folder / "documents", folder / "store")
    with open_index(folder / "store") as opened:
        yield opened


@pytest.mark.parametrize("question", ["新增规模以上工业企业奖励多少", "工厂上了规模进了统计名单能领几万"])
def test_what_follows_from_a_condition_stands_with_it(index: Index, question: str) -> None:
    text = ask(question, index=index).text
    assert "5万元" in text
    assert "30万元以上" not in text or "10万元" in text
    assert "50万元以上" not in text or "20万元" in text


@pytest.mark.parametrize("question", ["代领高龄补贴要带什么", "替我妈去拿老人补贴 得带上啥"])
def test_what_is_asked_for_besides_stands_with_what_is_asked_for_first(index: Index, question: str) -> None:
    text = ask(question, index=index).text
    assert "委托书原件" in text
    assert "凭本人身份证" in text


@pytest.mark.parametrize("question", ["死亡赔偿金七十五周岁以上按几年算", "我父亲50岁，死亡赔偿金赔几年"])
def test_an_exception_stands_with_its_rule(index: Index, question: str) -> None:
    text = ask(question, index=index).text
    assert "按二十年计算" in text
    assert "不包含50岁" not in text
    assert "没有读到" not in text


def test_the_paragraph_that_a_sentence_goes_by_stands_before_it(index: Index) -> None:
    text = ask("在红柳林里放羊把红柳弄死了怎么罚", index=index).text
    assert "依照前款规定处罚" in text
    assert text.index("处每亩一千元的罚款") < text.index("依照前款规定处罚")


def test_sentences_that_answer_together_are_told_in_one_stretch(index: Index) -> None:
    text = ask("参观红柳林怎么报名", index=index).text
    assert "报名人向社区提交书面申请。社区收到申请后三日内核对，并报街道。" in text
    assert "发给参观证" in text


def test_a_place_is_told_with_the_heading_of_its_article(index: Index) -> None:
    assert ask("报名要提交书面申请写在第几条", index=index).text.startswith("第六条 报名程序（5分）：")
