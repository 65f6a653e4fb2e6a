"""A notice is answered by the phrases that answer, a plan by its sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.build.build import build
from index.search.index import Index, open_index
from qa import ask

NOTICE = """关于疫情防控期间调整办税服务有关事项的通告

为减少人员聚集，保障纳税人和缴费人的身体健康，现就我市疫情防控期间调整办税服务有关事项通告如下：

一、自2020年2月9日起，我市纳税人申领的发票由市邮政公司免费配送，邮费由税务部门承担。

二、纳税人遇到问题可以拨打咨询电话，号码为12366，工作日9时至17时有人接听。

三、全市共设立发票邮寄服务点，服务点数量为26个，具体地址可以在税务局网站查询。

四、纳税人可以通过电子税务局、手机客户端、微信公众号等渠道办理申报，确需到厅办理的，应当提前预约，并全程佩戴口罩。
"""


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("notices")
    (folder / "documents").mkdir()
    (folder / "documents" / "通告.txt").write_text(NOTICE, encoding="utf-8")
    build(folder / "documents", folder / "store")
    with open_index(folder / "store") as index:
        yield index


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("纳税人的咨询电话号码是多少?", "12366"),
        ("全市设了多少个发票邮寄服务点?", "26个"),
        ("纳税人申领的发票从什么时候开始免费配送?", "2020年2月9日"),
    ],
)
def test_a_notice_is_answered_by_its_phrases(question: str, words: str, notices: Index):
    answer = ask(question, index=notices)
    (citation,) = answer.citations
    assert words in answer.text
    assert len(answer.text) <= len(words) + 30
    assert notices.document(citation.file).text[citation.start : citation.end] == citation.quote
    assert answer.text == f"{citation.quote.rstrip('，')}[1]"


def test_a_list_is_not_cut_to_one_item(notices: Index):
    answer = ask("纳税人可以通过哪些渠道申报?", index=notices)
    assert all(channel in answer.text for channel in ("电子税务局", "手机客户端", "微信公众号"))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("宁武县海绵城市建设什么时候完成?", "到2028年"),
        ("运城项目清单上农村路要新改建多少公里?", "项目名称"),
        ("沁水县城镇化率要到多少?", "到2027年"),
    ],
)
def test_a_plan_is_answered_by_its_sentence(question: str, words: str, policy_index: Index):
    assert words in ask(question, index=policy_index).text
