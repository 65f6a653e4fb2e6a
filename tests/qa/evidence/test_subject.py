"""How much of a subject a text holds."""

from __future__ import annotations

from index.search.index import Index
from qa.evidence.subject import Subject
from qa.question.subject_words import INHERITED_WEIGHT
from qa.question.understand import understand


def _subject(question: str, index: Index, *history: str) -> Subject:
    return Subject(understand(question, index, history), index)


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
    subject = _subject("那出租车的呢", policy_index, "宁武县公交车新能源化哪年完成")
    weights = {word.forms: word.weight for word in subject.words}
    taxi = next(weight for forms, weight in weights.items() if "出租车" in forms)
    bus = next(weight for forms, weight in weights.items() if "公交车" in forms)
    assert bus / taxi < 2 * INHERITED_WEIGHT
