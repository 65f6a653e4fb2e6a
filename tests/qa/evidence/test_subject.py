"""How much of a subject a text holds, and which sentence holds what is asked."""

from __future__ import annotations

import pytest

from index.entries import Entry
from index.search.index import Index
from qa.evidence.subject import Subject, answers_kind
from qa.question.subject_words import INHERITED_WEIGHT
from qa.question.understand import understand


def _subject(question: str, index: Index, *history: str) -> Subject:
    return Subject(understand(question, index, history), index)


def _clause(index: Index, words: str) -> Entry:
    """The first clause that holds these words."""
    entries = (entry for info in index.infos for entry in index.entries_of(info.file))
    return next(entry for entry in entries if words in entry.clause.text)


def test_a_text_that_holds_every_word_is_covered(policy_index: Index):
    subject = _subject("宁武县海绵城市", policy_index)
    assert subject.coverage("系统化全域推进海绵城市建设") == 1.0
    assert subject.coverage("健全城市防洪体系") < 1.0
    assert subject.coverage("完善冷链物流设施") == 0.0


def test_a_synonym_holds_a_word(policy_index: Index):
    assert _subject("停车位", policy_index).coverage("科学合理设置泊位") > 0


def test_blanks_inside_a_word_do_not_hide_it(policy_index: Index):
    assert _subject("海绵城市", policy_index).coverage("海 绵\n城 市") == 1.0


def test_a_word_that_no_document_holds_is_unknown(policy_index: Index):
    assert _subject("地铁", policy_index).unknown_share == 1.0
    assert _subject("海绵城市", policy_index).unknown_share == 0.0
    assert _subject("那个", policy_index).unknown_share == 0.0


def test_the_words_that_one_region_lacks(policy_index: Index):
    subject = _subject("海绵城市", policy_index)
    lacking = [info.file for info in policy_index.infos if info.file.startswith("杭锦旗")]
    holding = [info.file for info in policy_index.infos if info.file.startswith("宁武县")]
    assert subject.missing_share(policy_index, lacking) > 0.3
    assert subject.missing_share(policy_index, holding) == 0.0


def test_an_inherited_word_weighs_less(policy_index: Index):
    subject = _subject("出租车呢", policy_index, "宁武县公交车新能源化哪年完成")
    weights = {word.forms: word.weight for word in subject.words}
    taxi = next(weight for forms, weight in weights.items() if "出租车" in forms)
    bus = next(weight for forms, weight in weights.items() if "公交车" in forms)
    assert bus / taxi < 2 * INHERITED_WEIGHT


def test_the_sentence_with_the_fact_comes_first(policy_index: Index):
    subject = _subject("宁武县海绵城市到哪年达到", policy_index)
    entry = _clause(policy_index, "推进县城海绵城市建设。加强水利措施、城市管网及其它措施")
    best = subject.passages(entry)[0]
    start = entry.clause.start
    assert "2028年" in entry.clause.text[best.start - start : best.end - start]
    assert best.answers


def test_the_clauses_own_heading_answers_nothing(policy_index: Index):
    subject = _subject("成武县保障性租赁住房建多少套", policy_index)
    entry = _clause(policy_index, "18.提供更高水平住房保障")
    heading = next(p for p in subject.passages(entry) if p.start == entry.clause.start)
    assert heading.heading
    assert not heading.answers


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("成武县老旧小区改造多少户", "改造户数3161户。", True),
        ("成武县保障性租赁住房建多少套", "改造户数3161户。", False),
        ("宁武县特岗教师招多少名", "技能持证率达到90%以上", False),
        ("运城市县医院院长培训多少人", "开展1100人县医院院长培训", True),
        ("成武县托位数是多少", "到2025年,逐步规范发展。", False),
        ("宁武县铁路改造哪年完成", "项目总投资13.1亿元", False),
        ("宁武县铁路改造投资多少", "项目总投资13.1亿元", True),
        ("杭锦旗城镇化率是多少", "围绕3个方面内容提出具体举措", False),
        ("杭锦旗污水处理率是多少", "到2025年县城污水处理率达到95%以上", True),
    ],
)
def test_the_kind_asked_for_must_stand_there(policy_index: Index, question: str, text: str, answers: bool):
    assert answers_kind(understand(question, policy_index), text, ()) is answers


def test_passages_stand_where_their_offsets_say(policy_index: Index):
    subject = _subject("再生水利用率", policy_index)
    for info in policy_index.infos:
        text = policy_index.document(info.file).text
        for entry in policy_index.entries_of(info.file):
            for passage in subject.passages(entry):
                assert entry.clause.start <= passage.start < passage.end <= entry.clause.end
                assert text[passage.start : passage.end].strip()
