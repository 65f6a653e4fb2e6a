"""Which clauses are found: regions, files, turns, and what is never a hit."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build.build import build
from index.errors import QuestionError, SourceError
from index.search.index import Index, open_index
from qa import search
from qa.evidence.fitted import silence_in
from qa.question.understand import understand
from qa.search.find import JUDGED, SPEAKS, find, holds_kind

ROOT = Path(__file__).parents[3]
WITHOUT_REGION = "关于推进海绵城市建设的若干说明\n\n海绵城市建设应当系统化全域推进，雨水就地消纳。\n"


def test_only_the_regions_documents(policy_index: Index):
    hits = find(understand("运城市海绵城市", policy_index), policy_index)
    assert hits
    assert {hit.region for hit in hits} == {"运城市"}


def test_a_document_that_names_no_region_stays(tmp_path: Path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "说明.txt").write_text(WITHOUT_REGION, encoding="utf-8")
    for name in ("沁水县*", "成武县*"):
        source = next((ROOT / "documents").glob(name))
        (documents / source.name).write_bytes(source.read_bytes())
    build(documents, tmp_path / "store")
    with open_index(tmp_path / "store") as index:
        hits = find(understand("沁水县海绵城市", index), index, top_k=60)
        assert {hit.region for hit in hits} == {"沁水县", None}
        assert any(hit.file == "说明.txt" for hit in hits)


def test_files_narrow_further(policy_index: Index):
    file = next(info.file for info in policy_index.infos if info.file.startswith("成武县"))
    query = understand("海绵城市", policy_index)
    assert {hit.file for hit in find(query, policy_index, files=[file])} == {file}
    assert find(query, policy_index, regions=["运城市"], files=[file]) == []
    assert find(query, policy_index, files=[]) == []


def test_several_regions_take_turns(policy_index: Index):
    query = understand("宁武、成武和运城的海绵城市", policy_index)
    hits = find(query, policy_index, top_k=9)
    assert [hit.region for hit in hits] == ["宁武县", "成武县", "运城市"] * 3


@pytest.mark.parametrize("question", ["推进县城海绵城市建设", "分类施策抓好县城建设", "重点任务", "发展目标"])
def test_a_heading_alone_is_never_a_hit(policy_index: Index, question: str):
    hits = find(understand(question, policy_index), policy_index, top_k=50)
    assert all(hit.clause.kind != "heading" for hit in hits)


@pytest.mark.parametrize("top_k", [1, 3, 10, 40])
def test_at_most_so_many_best_first_and_each_once(policy_index: Index, top_k: int):
    hits = find(understand("老旧小区改造", policy_index), policy_index, top_k=top_k)
    assert len(hits) == top_k
    assert len({hit.key for hit in hits}) == top_k
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_fewer_hits_are_the_first_of_more(policy_index: Index):
    query = understand("再生水利用率", policy_index)
    few, many = (find(query, policy_index, top_k=k) for k in (3, 10))
    assert [hit.key for hit in few] == [hit.key for hit in many[:3]]


def test_the_clause_itself_comes_first(policy_index: Index):
    hit = find(understand("宁武县毛健茶产业", policy_index), policy_index)[0]
    assert "毛健茶" in hit.clause.text
    assert hit.word_score > 0
    assert 0 < hit.vector_score <= 1


def test_everyday_words_find_the_documents_words(policy_index: Index):
    hits = find(understand("宁武县公墓也就是坟地什么时候建", policy_index), policy_index, top_k=3)
    assert any("公益性公墓" in hit.clause.text for hit in hits)


def test_the_clauses_of_an_agency_come_first(policy_index: Index):
    query = understand("运城市通联办都有哪些活儿", policy_index)
    hits = find(query, policy_index, top_k=5)
    assert all("通联办" in hit.clause.text for hit in hits)


def test_kinds_of_facts(policy_index: Index):
    hit = find(understand("宁武县海绵城市由谁负责", policy_index), policy_index)[0]
    assert holds_kind("agency", hit.facts)
    assert holds_kind("money", hit.facts)
    assert not holds_kind("passage", hit.facts)
    assert not holds_kind("agency", ())


class TestSearch:
    def test_short_names_of_regions(self, policy_index: Index):
        hits = search("海绵城市", regions=["运城"], index=policy_index)
        assert {hit.region for hit in hits} == {"运城市"}

    def test_an_unknown_region_or_document_is_named(self, policy_index: Index):
        with pytest.raises(SourceError, match="太原市"):
            search("海绵城市", regions=["太原市"], index=policy_index)
        with pytest.raises(SourceError, match=r"没有\.txt"):
            search("海绵城市", documents=["没有.txt"], index=policy_index)

    def test_no_hits_cannot_be_asked_for(self, policy_index: Index):
        with pytest.raises(QuestionError, match="top_k"):
            search("海绵城市", top_k=0, index=policy_index)


def test_what_ends_the_reading_early_is_silenced_by_no_offset() -> None:
    fitted = silence_in()
    assert SPEAKS + min(fitted.offsets.values()) >= fitted.value


def test_the_judge_reads_only_where_it_is_asked_for(policy_index: Index) -> None:
    question = "宁武县海绵城市建设由谁负责"
    fast, judged = search(question, index=policy_index), search(question, index=policy_index, judged=True)
    assert all(hit.answer_odds is None for hit in fast)
    assert judged[0].answer_odds is not None
    assert fast[0].key == judged[0].key


def test_no_more_is_read_once_a_clause_leads(policy_index: Index) -> None:
    def read(question: str) -> int:
        hits = search(question, index=policy_index, judged=True, top_k=20)
        return sum(hit.answer_odds is not None for hit in hits)

    assert read("宁武的公交车哪一年全换成新能源的") < JUDGED
    assert read("宁武县核电站的装机容量是多少") == JUDGED
