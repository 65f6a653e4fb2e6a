"""No silence is claimed of a document whose nearest clause speaks of the subject; no subject, no answer."""

from __future__ import annotations

import pytest

from index.search.index import Index
from qa import ask
from qa.citations import Citations
from qa.evidence.findings import Inquiry, weigh
from qa.evidence.nearest import holding, not_found
from qa.evidence.subject import Subject
from qa.question.understand import understand
from qa.records import Table
from qa.search.find import find


def rows(question: str, index: Index) -> dict[str, str]:
    tables = [block for block in ask(question, index=index).blocks if isinstance(block, Table)]
    return {row[0]: row[1] for row in tables[0].rows}


def test_the_regions_counted_are_no_subject(policy_index: Index):
    assert understand("五个地区的城镇化率目标分别是多少", policy_index).terms == ("城镇化率",)


def test_what_the_documents_say_is_not_denied(policy_index: Index):
    cells = rows("五个地区的城镇化率目标分别是多少", policy_index)
    assert "53%左右" in cells["成武县"]
    assert "60%左右" in cells["沁水县"]
    silent = [region for region, cell in cells.items() if "未作规定" in cell]
    for region in silent:
        files = [info.file for info in policy_index.infos if info.region == region]
        assert not any("城镇化率" in policy_index.document(file).text for file in files)


def test_the_clause_that_holds_the_subject_is_quoted(policy_index: Index):
    query = understand("沁水县自来水普及率", policy_index)
    inquiry = Inquiry(query, policy_index, Subject(query, policy_index), Citations(policy_index))
    findings = weigh(inquiry, find(query, policy_index))
    assert holding(inquiry, findings)
    said = "\n".join(map(str, not_found(inquiry, findings)))
    assert said.startswith("沁水县文件中没有找到能确定回答这个问题的条款。最接近的原文：")
    assert "自来水普及率达到98%" in said
    assert "没有关于" not in said


@pytest.mark.parametrize("word", ["海绵城市", "再生水利用率"])
def test_silence_is_said_only_where_a_word_stands_nowhere(policy_index: Index, word: str):
    cells = rows(f"各地{word}分别是怎么规定的", policy_index)
    silent = [region for region, cell in cells.items() if cell == "本文件未作规定"]
    assert silent
    for region in silent:
        files = [info.file for info in policy_index.infos if info.region == region]
        assert not any(word in policy_index.document(file).text for file in files)


@pytest.mark.parametrize("question", ["宁武县的目标是什么", "宁武县"])
def test_a_region_without_a_subject_is_told_by_its_document(policy_index: Index, question: str):
    answer = ask(question, index=policy_index)
    assert not answer.abstained
    assert "城镇化率由目前的56.5%上升到60%以上" in answer.text
    assert "二、工作内容：(一)坚持安全为先" in answer.text


def test_its_nearest_clauses_are_shown(policy_index: Index):
    answer = ask("宁武县的城镇化目标是什么", index=policy_index)
    assert any("60%以上" in citation.quote for citation in answer.citations)


def test_metadata_that_is_asked_for_is_given(policy_index: Index):
    answer = ask("宁武县方案的文号是什么", index=policy_index)
    assert "宁政办发〔2024〕63号" in answer.text


def test_a_lesser_noun_that_is_missing_proves_no_silence(policy_index: Index):
    """沁水's document speaks of 充电 (a verb to the dictionary) and never of 地方."""
    answer = ask("沁水呢", history=["运城要修多少充电的地方"], index=policy_index)
    assert answer.query.regions == ("沁水县",)
    assert "没有关于" not in answer.text
