"""What is read from a question: regions, what is asked, the subject, years, and what a follow-up inherits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.errors import QuestionError
from index.search.index import Index
from qa.question.bodies import body_described
from qa.question.reader import shipped_question_reader
from qa.question.understand import LONGEST_QUESTION, normalised, understand
from qa.records import Asked

FIVE = {"宁武县", "成武县", "杭锦旗", "沁水县", "运城市"}


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("宁武县海绵城市由谁负责？", ("宁武县",)),
        ("宁武海绵城市由谁负责？", ("宁武县",)),
        ("杭锦的污水处理率", ("杭锦旗",)),
        ("沁水和运城的城镇化率", ("沁水县", "运城市")),
        ("运城跟成武比，5G基站谁多", ("运城市", "成武县")),
        ("老旧小区改造归谁管", ()),
    ],
)
def test_regions_are_named_in_full_or_short_in_the_order_named(policy_index: Index, question, regions):
    assert understand(question, policy_index).regions == regions


@pytest.mark.parametrize("question", ["各地海绵城市归谁管", "哪些地方提到充电桩", "各县的城镇化率目标"])
def test_every_region_is_asked(policy_index: Index, question: str):
    query = understand(question, policy_index)
    assert query.every_region
    assert set(query.regions) == FIVE


@pytest.mark.parametrize("question", ["各县市人社局的职责", "全县有几个开发区"])
def test_words_that_only_look_like_every_region(policy_index: Index, question: str):
    assert not understand(question, policy_index).every_region


def test_a_region_that_no_document_speaks_for_is_elsewhere(policy_index: Index):
    query = understand("静乐县的旅游公路哪年修完", policy_index)
    assert query.regions == ()
    assert query.elsewhere == ("静乐县",)


def test_another_place_beside_a_region_of_the_index_is_a_part_of_the_subject(policy_index: Index):
    query = understand("运城市芮城县垃圾焚烧项目", policy_index)
    assert query.regions == ("运城市",)
    assert query.elsewhere == ()
    assert "芮城县" in query.terms


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("哪个部门牵头海绵城市建设", "lead"),
        ("海绵城市谁打头", "lead"),
        ("宁武县城乡供水由哪些单位负责", "agency"),
        ("宁武修路归谁管啊", "agency"),
        ("运城医保这块找哪个局", "agency"),
        ("宁武县公交车哪年全部换成新能源", "deadline"),
        ("沁水的垃圾焚烧啥时候能达标", "deadline"),
        ("成武的旧小区到几几年改完", "deadline"),
        ("成武县5G基站建多少个", "quantity"),
        ("沁水人均公园绿地多大", "quantity"),
        ("宁武县恢河治理投资多少钱", "money"),
        ("芦芽山旅游要砸几个亿", "money"),
        ("宁武县棚户区改造涉及哪些片区", "list"),
        ("运城试点县有什么任务要求", "list"),
        ("宁武县行政审批局要干哪些活", "tasks"),
        ("运城消防救援支队参与哪些任务", "tasks"),
        ("宁武县残联干啥", "tasks"),
        ("成武的方案文号是多少", "document"),
        ("宁武县的通知是哪天印发的", "document"),
        ("沁水那篇政策解读是谁写的", "document"),
        ("各县常住人口城镇化率目标", "quantity"),
        ("运城市再生水利用率2027年目标", "quantity"),
        ("成武县海绵城市由县水务局负责吗", "agency"),
        ("宁武县水利局的任务", "tasks"),
        ("租房能落户吗", "passage"),
        ("海绵城市", "passage"),
    ],
)
def test_what_is_asked(policy_index: Index, question: str, asked: Asked):
    assert understand(question, policy_index).asked == asked


def test_a_body_is_known_by_a_short_name(policy_index: Index):
    assert understand("成武县综合执法局负责哪些", policy_index).agency == "综合行政执法局"


def test_the_agency_asked_about_is_known_by_its_normalised_name(policy_index: Index):
    one = understand("运城市消防救援支队参与哪些任务", policy_index).agency
    other = understand("宁武县消防救援大队要干哪些活", policy_index).agency
    assert one
    assert one == other


def test_several_fields_of_a_document_are_asked_at_once(policy_index: Index):
    query = understand("宁武县文件的成文日期、发文机关和文号", policy_index)
    assert query.asked == "document"
    assert set(query.fields) == {"number", "issuer", "date"}


@pytest.mark.xfail(strict=True, reason="the reader takes it for a question about the document")
def test_a_document_with_a_subject_of_its_own_is_no_question_about_the_document(policy_index: Index):
    query = understand("杭锦旗户籍制度改革要修订的是哪份文件", policy_index)
    assert query.fields == ()


def test_traditional_characters_and_full_width_are_folded(policy_index: Index):
    one = understand("哪個部門牽頭海綿城市建設？", policy_index)
    other = understand("哪个部门牵头海绵城市建设?", policy_index)
    assert (one.text, one.asked, one.terms) == (other.text, other.asked, other.terms)
    assert normalised("５Ｇ　基站") == "5G 基站"


@pytest.mark.parametrize("polite", ["请问一下，", "您好，我想了解一下", "麻烦问下", "帮我查一下"])
def test_politeness_is_no_part_of_the_subject(policy_index: Index, polite: str):
    plain = understand("宁武县老旧小区改造由谁负责", policy_index)
    asked = understand(f"{polite}宁武县老旧小区改造由谁负责", policy_index)
    assert (asked.terms, asked.asked, asked.regions) == (plain.terms, plain.asked, plain.regions)


def test_years_are_read_and_other_numbers_are_not(policy_index: Index):
    assert understand("运城2025年和2027年再生水利用率", policy_index).years == (2025, 2027)
    assert understand("宁武县2026年到2028年的管网改造", policy_index).years == (2026, 2028)
    assert understand("国道241改线多长", policy_index).years == ()


class TestFollowUp:
    def test_another_region_keeps_subject_and_what_is_asked(self, policy_index: Index):
        query = understand("那运城呢", policy_index, ["宁武县海绵城市由谁负责"])
        assert query.regions == ("运城市",)
        assert query.asked == "agency"
        assert {"海绵", "城市"} <= set(query.terms)
        assert set(query.inherited) == {"topic", "asked"}

    def test_another_thing_asked_keeps_region_and_subject(self, policy_index: Index):
        query = understand("什么时候完成", policy_index, ["宁武县海绵城市由谁负责"])
        assert query.regions == ("宁武县",)
        assert query.asked == "deadline"
        assert "海绵" in query.terms
        assert "region" in query.inherited

    def test_three_in_a_row(self, policy_index: Index):
        history = ["运城市5G基站建多少", "谁负责"]
        query = understand("成武县呢", policy_index, history)
        assert (query.regions, query.asked) == (("成武县",), "agency")
        assert "基站" in query.terms

    def test_a_question_that_is_whole_inherits_nothing(self, policy_index: Index):
        query = understand("运城市残疾人补贴由哪些单位发放管理", policy_index, ["宁武县海绵城市由谁负责"])
        assert query.inherited == ()
        assert "海绵" not in query.terms

    def test_an_agency_follows_to_another_region(self, policy_index: Index):
        query = understand("那运城的呢", policy_index, ["宁武县残联要做哪些工作"])
        assert (query.asked, query.agency, query.regions) == ("tasks", "残联", ("运城市",))

    def test_an_earlier_question_that_cannot_be_asked_is_passed_over(self, policy_index: Index):
        query = understand("宁武县海绵城市由谁负责", policy_index, ["", "？"])
        assert query.inherited == ()


class TestRefused:
    @pytest.mark.parametrize("question", ["", "   ", "？！。", "\n"])
    def test_empty(self, policy_index: Index, question: str):
        with pytest.raises(QuestionError, match="empty"):
            understand(question, policy_index)

    def test_too_long_says_how_long(self, policy_index: Index):
        with pytest.raises(QuestionError, match=str(LONGEST_QUESTION + 1)):
            understand("问" * (LONGEST_QUESTION + 1), policy_index)

    def test_the_longest_is_still_read(self, policy_index: Index):
        assert understand("海绵" * (LONGEST_QUESTION // 2), policy_index).terms

    def test_half_a_character(self, policy_index: Index):
        with pytest.raises(QuestionError, match="surrogate"):
            understand("海绵城市\ud83d", policy_index)


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("运城市管学校的局要做哪些事", "教育局"),
        ("宁武县财政口要做哪些事", "财政局"),
        ("成武县管户口的那个局要干哪些活", "公安局"),
    ],
)
def test_a_body_is_known_by_what_it_does_and_that_is_said(policy_index: Index, question: str, body: str):
    query = understand(question, policy_index)
    assert (query.asked, query.agency) == ("tasks", body)
    assert query.respelled[0][1] == body
    assert query.respelled[0][0] in question


def test_two_bodies_as_near_are_none(policy_index: Index):
    words = "管太空的局要干哪些活"
    reading = shipped_question_reader().read(words)
    assert body_described(reading, words, ("宁武县",), policy_index) is None


def test_a_noun_that_ends_like_a_field_is_no_body(policy_index: Index):
    for words in ("县城人口的任务", "出口的任务"):
        assert body_described(shipped_question_reader().read(words), words, (), policy_index) is None


def test_what_documents_speak_of_describes_no_body(policy_index: Index):
    words = "海绵城市的任务"
    reading = shipped_question_reader().read(words)
    described = replace(reading, tags="BBBBOOO")
    assert body_described(described, words, (), policy_index) is None


def test_a_sign_ends_the_description_of_a_body(policy_index: Index):
    query = understand("宁武县管树的局，住房建设要干哪些活", policy_index)
    assert all("，" not in typed and "," not in typed for typed, _ in query.respelled)


def test_another_way_to_write_a_name_is_the_body(policy_index: Index):
    """成武县 prints 县住房城乡建设局."""
    query = understand("成武县住房和城乡建设局要干哪些活", policy_index)
    assert (query.asked, query.agency) == ("tasks", "住房城乡建设局")
