"""The parts of a clause that can be quoted, and which of them the judge points at."""

from __future__ import annotations

import pytest

from index.entries import Entry
from index.search.index import Index
from qa.evidence.passages import LONGEST_SENTENCE, Passage, in_order, passages_of, phrases_of, point_of
from qa.question.understand import understand
from qa.search.find import judged
from qa.search.judged import OUTSIDE


def _clause(index: Index, words: str) -> Entry:
    """The first clause that holds these words."""
    entries = (entry for info in index.infos for entry in index.entries_of(info.file))
    return next(entry for entry in entries if words in entry.clause.text)


def _read(index: Index, question: str, entry: Entry) -> list[Passage]:
    return passages_of(entry, judged(understand(question, index), index, [entry])[entry.key])


def _words(entry: Entry, passage: Passage) -> str:
    return entry.clause.text[passage.start - entry.clause.start : passage.end - entry.clause.start]


@pytest.mark.parametrize(
    ("question", "clause", "told"),
    [
        ("宁武县海绵城市到哪年达到", "推进县城海绵城市建设。加强水利措施、城市管网及其它措施", "2028年"),
        ("运城市县医院院长培训多少人", "1100人", "1100人"),
    ],
)
def test_the_sentence_with_the_fact_comes_first(policy_index: Index, question: str, clause: str, told: str):
    entry = _clause(policy_index, clause)
    passages = _read(policy_index, question, entry)
    assert len(passages) > 1
    assert told in _words(entry, passages[0])
    assert passages[0].score > max(passage.score for passage in passages[1:])


def test_the_clauses_own_heading_comes_last(policy_index: Index):
    entry = _clause(policy_index, "18.提供更高水平住房保障")
    passages = _read(policy_index, "成武县保障性租赁住房建多少套", entry)
    assert [passage.heading for passage in passages] == [False] * (len(passages) - 1) + [True]
    assert passages[-1].start == entry.clause.start


def test_a_clause_that_was_not_read_keeps_the_order_of_its_text(policy_index: Index):
    entry = _clause(policy_index, "18.提供更高水平住房保障")
    told = [passage for passage in passages_of(entry, None) if not passage.heading]
    assert len(told) > 1
    assert told == in_order(told)
    assert {passage.score for passage in told} == {float(OUTSIDE)}


def test_an_empty_part_is_not_pointed_at(policy_index: Index):
    query = understand("宁武县海绵城市到哪年达到", policy_index)
    entry = _clause(policy_index, "推进县城海绵城市建设。加强水利措施、城市管网及其它措施")
    said = judged(query, policy_index, [entry])[entry.key]
    assert point_of(said, 3, 3) == OUTSIDE
    assert point_of(said, 0, len(entry.clause.text)) > OUTSIDE


def test_passages_stand_where_their_offsets_say(policy_index: Index):
    for info in policy_index.infos:
        text = policy_index.document(info.file).text
        for entry in policy_index.entries_of(info.file):
            for passage in passages_of(entry, None):
                assert entry.clause.start <= passage.start < passage.end <= entry.clause.end
                assert text[passage.start : passage.end].strip()
                phrases = phrases_of(entry, passage)
                assert (
                    "".join(text[p.start : p.end] for p in phrases).strip()
                    in text[passage.start : passage.end]
                )
                assert phrases


def test_only_a_stretch_without_a_comma_stays_longer_than_a_sentence_may_be(policy_index: Index):
    entries = [entry for info in policy_index.infos for entry in policy_index.entries_of(info.file)]
    told = [_words(entry, p) for entry in entries if not entry.clause.cells for p in passages_of(entry, None)]
    assert told
    assert [words for words in told if len(words) > LONGEST_SENTENCE and "，" in words.rstrip("，。")] == []
