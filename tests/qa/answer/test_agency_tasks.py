"""What a body has to do: in which document, in which year, led or also taken part in, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.build.build import build
from index.encoders.encoder import Encoder
from index.search.index import Index, open_index
from qa import ask

WATER = """\
阳川县人民政府办公室关于印发阳川县节水行动2026年实施方案的通知
各乡镇人民政府：
一、主要任务
（一）推进农业节水。改造灌区渠道20公里。（县水利局牵头，县财政局配合）
（二）推进工业节水。开展企业水平衡测试。（县工业和信息化局、县财政局负责）
（三）推进城镇节水。更换老旧管网。（县财政局、县水利局负责）
阳川县人民政府办公室
2026年1月5日
"""
FORESTS = """\
阳川县人民政府办公室关于印发阳川县森林防火工作方案的通知
各乡镇人民政府：
一、主要任务
（一）加强巡护。护林员每日巡山。（县林业局牵头，县财政局配合）
（二）储备物资。购置灭火机具。（县财政局牵头）
阳川县人民政府办公室
2025年3月1日
"""
RULES = """\
云浦新区管理办法
一、职责
第一条 新区管委会履行以下职责：
（一）组织实施发展规划；
（二）统筹开发建设。
二、入驻程序
第二条 企业入驻，由新区管委会初审。初审合格的，报市政府审定。审定后签订协议。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("tasks")
    (folder / "documents").mkdir()
    (folder / "documents" / "water.txt").write_text(WATER, encoding="utf-8")
    (folder / "documents" / "forests.txt").write_text(FORESTS, encoding="utf-8")
    (folder / "documents" / "rules.txt").write_text(RULES, encoding="utf-8")
    build(folder / "documents", folder / "store", encoder=encoder)
    with open_index(folder / "store", encoder) as opened:
        yield opened


def _files(index: Index, question: str) -> list[str]:
    return [citation.file for citation in ask(question, index=index).citations]


def test_the_document_named_is_the_only_one_told(index: Index) -> None:
    assert _files(index, "阳川县节水行动实施方案里县财政局负责哪些任务") == ["water.txt"] * 3
    assert _files(index, "阳川县森林防火方案里县财政局负责哪些任务") == ["forests.txt"] * 2


def test_a_year_in_a_title_names_the_document(index: Index) -> None:
    assert _files(index, "阳川县2026年方案里县财政局负责哪些任务") == ["water.txt"] * 3


def test_what_it_takes_part_in_stands_beside_what_it_leads_where_both_are_asked_for(index: Index) -> None:
    assert len(_files(index, "阳川县森林防火方案里县财政局牵头哪些任务")) == 1
    assert len(_files(index, "阳川县森林防火方案里县财政局牵头和参与哪些任务")) == 2


def test_a_task_is_told_with_its_number(index: Index) -> None:
    assert "（二）储备物资（牵头）" in ask("阳川县县财政局牵头哪些任务", index=index).text


def test_the_bodies_of_a_clause_are_told_with_its_number(index: Index) -> None:
    told = ask("阳川县农业节水由谁牵头", index=index).text
    assert told.startswith("（一）推进农业节水：")


def test_items_that_a_task_announces_are_told_with_it(index: Index) -> None:
    told = ask("新区管委会负责哪些任务", index=index).text
    assert "履行以下职责：（一）组织实施发展规划； （二）统筹开发建设。" in told


def test_of_a_procedure_every_step_is_told(index: Index) -> None:
    told = ask("企业入驻云浦新区的流程是什么", index=index).text
    assert "初审合格的，报市政府审定。审定后签订协议。" in told
