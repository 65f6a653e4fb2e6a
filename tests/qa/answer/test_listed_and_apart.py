"""Clauses that charge sentence by sentence, and announced items: each with what is its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build.build import build
from index.search.index import Index, open_index
from qa import ask

PLAN = """青川省促进边境贸易发展实施方案

为促进边境贸易发展，制定本方案。

一、重点任务
1.用好展会平台。支持企业参加国际进口博览会，加强商务推介和招商引资。组织企业抱团赴境外参展，提升区域品牌影响力。（省商务厅牵头，省经济和信息化厅配合）举办边境地方政府合作论坛。（省外办负责）
2.改善金融服务。引导金融机构创新面向边贸企业的贷款产品。（人民银行青川省分行负责）扩大出口信用保险覆盖面，降低保险费率。（出口信用保险公司青川分公司负责）
3.建设边境仓库。在口岸新建保税仓库12座。（省商务厅、省自然资源厅负责）

二、考核办法
第五条 考核按以下程序和步骤实施： \
——自我评价。各县政府对边境贸易工作进行总结，形成自查报告。 \
——初步评定。联席会议对自查报告进行审核，形成初评报告。 \
——结果反馈。考核结果由联席会议向各县政府反馈。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("apart")
    (folder / "documents").mkdir()
    (folder / "documents" / "青川省促进边境贸易发展实施方案.txt").write_text(PLAN, "utf-8")
    build(folder / "documents", folder / "store")
    with open_index(folder / "store") as opened:
        yield opened


def test_one_measure_has_the_bodies_of_its_own_bracket(index: Index) -> None:
    answer = ask("青川省举办边境地方政府合作论坛由哪个部门负责", index=index)
    assert answer.text.startswith("举办边境地方政府合作论坛。（省外办负责）")
    assert "商务厅" not in answer.text
    assert answer.citations[0].quote == "举办边境地方政府合作论坛。（省外办负责）"


def test_the_whole_clause_has_each_bracket_with_its_measure(index: Index) -> None:
    text = ask("青川省改善金融服务的责任单位", index=index).text
    assert "贷款产品。（人民银行青川省分行负责）" in text
    assert "降低保险费率。（出口信用保险公司青川分公司负责）" in text
    assert "首列" not in text


def test_bodies_in_one_bracket_stay_one_list(index: Index) -> None:
    text = ask("青川省建设边境仓库由哪些部门负责", index=index).text
    assert "省商务厅、省自然资源厅" in text


@pytest.mark.parametrize(("body", "opening"), [("省外办", "是"), ("省商务厅", "不是"), ("省财政厅", "不是")])
def test_a_body_of_another_bracket_is_not_confirmed(index: Index, body: str, opening: str) -> None:
    answer = ask(f"青川省举办边境地方政府合作论坛是{body}负责吗", index=index)
    assert not answer.text.startswith("是，") if opening == "不是" else answer.text.startswith("是，")


def test_all_steps_stand_each_by_itself(index: Index) -> None:
    answer = ask("青川省边境贸易考核按什么程序和步骤实施", index=index)
    assert [step in answer.text for step in ("自我评价", "初步评定", "结果反馈")] == [True] * 3
    assert answer.text.index("自我评价") < answer.text.index("初步评定") < answer.text.index("结果反馈")
    for line in answer.text.splitlines():
        assert line.count("——") <= 1
