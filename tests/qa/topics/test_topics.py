"""One topic over regions: quotes that stand in the documents, facts in their clause, silence said."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from index.errors import QuestionError, SourceError
from index.search.index import Index
from qa.answer.regions import SILENT
from qa.ledger.targets_by_topic import measures_on
from qa.ledger.tasks import tasks_set
from qa.topics.compare import TopicRow, compare_topic, units_quoted
from qa.topics.files import COLUMNS, comparison_csv, comparison_xlsx, rest_of
from qa.topics.shared import shared_topics, varied


def rows(index: Index, topic: str, *regions: str) -> dict[str, TopicRow]:
    return {row.region: row for row in compare_topic(index, topic, regions).rows}


def test_regions_speak_or_are_silent(policy_index: Index):
    found = rows(policy_index, "海绵城市")
    assert list(found) == ["宁武县", "成武县", "杭锦旗", "沁水县", "运城市"]
    assert [region for region, row in found.items() if row.silent] == ["杭锦旗"]
    assert found["宁武县"].quotes[0].quote.startswith("系统化全域推进海绵城市建设")
    assert found["沁水县"].general is not None and not found["沁水县"].agencies
    assert [a.text for a in found["运城市"].agencies] == ["市城市管理局", "市财政局", "市水务局"]
    assert all(row.silent for row in rows(policy_index, "月球基地").values())


@pytest.mark.parametrize(
    "topic", ["海绵城市", "养老服务", "城镇化率", "再生水利用", "光伏", "学前教育", "散煤清零"]
)
def test_quotes_stand_in_their_documents_and_facts_in_their_clause(policy_index: Index, topic: str):
    for row in compare_topic(policy_index, topic).rows:
        for quote in row.quotes:
            assert policy_index.document(quote.file).text[quote.start : quote.end] == quote.quote
            assert policy_index.info(quote.file).region == row.region
        for fact in (*row.agencies, *row.deadlines, *row.figures):
            text = policy_index.document(row.quotes[0].file).text
            assert text[fact.start : fact.end] == fact.text


def test_very_words_are_never_passed_off_as_silence(policy_index: Index):
    for region, row in rows(policy_index, "光伏").items():
        texts = (
            policy_index.document(info.file).text for info in policy_index.infos if info.region == region
        )
        assert row.silent == all("光伏" not in text for text in texts)


def test_what_stands_beside_the_quote_is_told_apart(policy_index: Index):
    row = rows(policy_index, "海绵城市", "宁武")["宁武县"]
    assert [fact.text for fact in row.targets if row.quoted(fact)] == ["30%以上"]
    assert "供水管网：38.6公里（2026年）" in rest_of(row)
    assert [group.unit for group in units_quoted(compare_topic(policy_index, "海绵城市"))] == ["%"]


def test_regions_may_be_named_in_the_topic(policy_index: Index):
    assert list(rows(policy_index, "宁武县和运城市的海绵城市")) == ["宁武县", "运城市"]
    assert list(rows(policy_index, "海绵城市", "沁水", "沁水县")) == ["沁水县"]
    assert compare_topic(policy_index, "海棉城市").respelled == (("海棉", "海绵"),)


def test_what_is_no_topic_is_refused(policy_index: Index):
    for topic in ("", "  ", "？", "宁武县"):
        with pytest.raises(QuestionError):
            compare_topic(policy_index, topic)
    with pytest.raises(SourceError):
        compare_topic(policy_index, "海绵城市", ["海口市"])


def test_files_hold_a_row_a_region(policy_index: Index):
    comparison = compare_topic(policy_index, "再生水利用")
    told = list(csv.reader(io.StringIO(comparison_csv(comparison).decode("utf-8-sig"))))
    assert told[0] == [*COLUMNS, "主题"] and len(told) == 6
    assert {line.pop() for line in told[1:]} == {"再生水利用"} and told[0].pop() == "主题"
    assert told[2][:3] == ["成武县", SILENT, ""]
    book = load_workbook(io.BytesIO(comparison_xlsx(comparison)))
    assert [
        [str(cell or "") for cell in line] for line in book.worksheets[0].iter_rows(values_only=True)
    ] == told
    assert ("主题", "再生水利用") in list(book.worksheets[1].iter_rows(values_only=True))


def test_shared_topics_stand_in_headings_of_each_region(policy_index: Index):
    topics = shared_topics(policy_index)
    assert [len(topic.regions) for topic in topics] == sorted((len(t.regions) for t in topics), reverse=True)
    assert any("职业技能培训" in topic.words and len(topic.regions) == 3 for topic in topics)
    shown = [topic.words for topic in varied(topics, 14)]
    assert len(shown) == 14
    assert not any(one in other for one in shown for other in shown if one != other)
    for topic in topics:
        assert len(topic.regions) > 1
        for region in topic.regions:
            files = [info.file for info in policy_index.infos if info.region == region]
            clauses = [entry.clause for file in files for entry in policy_index.entries_of(file)]
            assert any(topic.words in f"{' '.join(c.path)} {c.heading or ''}" for c in clauses)


def test_measures_are_on_the_topic_and_never_mix_units(policy_index: Index):
    groups = measures_on(policy_index, tasks_set(policy_index), "再生水利用率")
    assert [group.unit for group in groups] == ["%"]
    told = {(m.region, m.target.text, m.target.year) for m in groups[0].measures}
    assert {("宁武县", "30%以上", 2027), ("沁水县", "40%", 2027), ("运城市", "40%以上", 2027)} <= told
    assert all("再生水" in measure.target.subject for measure in groups[0].measures)
    for group in measures_on(policy_index, tasks_set(policy_index), "污水处理"):
        assert {measure.target.base for measure in group.measures} == {group.unit}
