"""What is quoted is what answers: no question of the document's own, no sentences around a list's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build.build import build
from index.search.index import Index, open_index
from qa import ask

NOTICE = """青川县人民政府关于防控期间减轻企业负担的通知

各乡镇人民政府、县直有关部门：

一、减免租金。对承租国有资产类经营用房的中小微企业，免收2个月房租。对存在资金困难的其他企业，鼓励业主减租。

二、加强宣传。县融媒体中心于上周召开了宣传工作会议。宣传的对象包括个体工商户、外来务工人员和社区居民。会议由县委宣传部主持，各乡镇派员参加。

三、咨询答复。企业租用厂房能不能缓缴水费？企业可以向县供水公司申请缓缴水费，最长不超过6个月。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("lean")
    (folder / "documents").mkdir()
    (folder / "documents" / "青川县减轻企业负担的通知.txt").write_text(NOTICE, "utf-8")
    build(folder / "documents", folder / "store")
    with open_index(folder / "store") as opened:
        yield opened


def test_a_question_in_the_document_is_no_answer(index: Index) -> None:
    answer = ask("青川县企业能不能缓缴水费", index=index)
    assert "最长不超过6个月" in answer.text
    assert "？" not in answer.text


def test_a_list_in_a_paragraph_is_quoted_without_the_sentences_around_it(index: Index) -> None:
    answer = ask("青川县宣传的对象有哪些", index=index)
    assert answer.text.startswith("宣传的对象包括个体工商户、外来务工人员和社区居民。")
    assert "主持" not in answer.text
