"""The encoder's training data: what is asked stands in the passage, and what is measured with is left out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from encoder_data import Corpus, read_corpus
from reader_data import CMRC, DRCD

OLD = """# 某市养犬管理条例

<!-- INFO END -->

## 第一章 总则

第一条 为了规范养犬行为，保障公民人身安全，维护市容环境和社会公共秩序，结合本市实际，制定本条例。

## 第二章 养犬登记

第二条 公安机关负责养犬登记、年检和违法养犬行为的查处工作。

养犬人应当自取得犬只之日起三十日内，到派出所办理登记。

第三条 未办理养犬登记的，由公安机关责令限期改正，并处五百元以上二千元以下罚款。
"""
NEW = OLD.replace("三十日内", "十五日内")
ARTICLE = "捷運淡水線長二十三點五公里，沿途設有二十二個車站，於1997年3月28日通車。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    laws = tmp_path / "regulations"
    laws.mkdir()
    (laws / "某市养犬管理条例(2010-01-01).md").write_text(OLD, "utf-8")
    (laws / "某市养犬管理条例(2020-01-01).md").write_text(NEW, "utf-8")
    for name in (*CMRC, *DRCD):
        paragraphs = []
        if name == DRCD[0]:
            asked = {
                "question": "捷運淡水線設有幾個車站?",
                "answers": [{"text": "二十二個", "answer_start": ARTICLE.index("二十二個")}],
            }
            paragraphs = [{"context": ARTICLE, "qas": [asked]}]
        article = {"title": "淡水線", "paragraphs": paragraphs}
        (tmp_path / name).write_text(json.dumps({"data": [article]}), "utf-8")
    return tmp_path


def asked(corpus: Corpus) -> dict[str, str]:
    return {pair.question: corpus.passages[pair.passage].text for pair in corpus.pairs}


def test_every_answer_stands_in_its_passage(folder: Path):
    corpus = read_corpus(folder, None, 1)
    assert {pair.kind for pair in corpus.pairs} == {"law", "heading", "encyclopedia"}
    for pair in corpus.pairs:
        assert pair.answer in corpus.passages[pair.passage].text


def test_traditional_characters_become_simplified_under_their_title(folder: Path):
    found = asked(read_corpus(folder, None, 1))
    assert found["捷运淡水线设有几个车站?"].startswith("淡水线\n捷运淡水线长")


def test_a_law_is_asked_of_in_its_last_version_only(folder: Path):
    texts = "".join(passage.text for passage in read_corpus(folder, None, 1).passages)
    assert "十五日内" in texts
    assert "三十日内" not in texts


def test_a_law_that_is_measured_with_is_left_out_in_every_version(folder: Path, tmp_path: Path):
    measured = tmp_path / "measured"
    measured.mkdir()
    (measured / "某市养犬管理条例(2024-05-01).md").touch()
    assert {pair.kind for pair in read_corpus(folder, measured, 1).pairs} == {"encyclopedia"}


def test_the_same_seed_gives_the_same_pairs(folder: Path):
    assert read_corpus(folder, None, 7) == read_corpus(folder, None, 7)
