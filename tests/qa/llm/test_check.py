"""Sentences as a language model writes them, against clauses of the five documents: what stands or falls."""

from __future__ import annotations

import pytest

from index.records import Agency
from index.search.index import Index
from qa.llm.check import faults, supports
from qa.llm.source import Source

WATER = "2027年基本健全完善污水收集处理治理体系"
TOWN = "9.开展小城镇提升行动"
SPONGE = "支持绛县省级第二批海绵示范城市建设"
TRADE = "主导产业产值达300亿"
HEALTH = "全市各县(市)建设1~2家好医院"
CARBON = "绿色建筑占城镇新建建筑面积比例达到100%"
HOMES = "鼓励支持多层住宅加装电梯,持续改善老旧小区居住条件"


@pytest.fixture(scope="module")
def source(policy_index: Index):
    """The clause that holds the words (the last of several), as the check sees it."""
    entries = [entry for info in policy_index.infos for entry in policy_index.entries_of(info.file)]

    def found(words: str) -> Source:
        entry = next(entry for entry in entries if words in entry.clause.text)
        info = policy_index.info(entry.file)
        around = (info.title, info.region or "", *entry.clause.place)
        bodies = [fact.text for fact in entry.facts if isinstance(fact, Agency)]
        return Source.of(entry.clause.text, around, bodies)

    return found


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (WATER, "宁武县计划到2027年基本健全完善污水收集处理治理体系。"),
        (
            WATER,
            "农村生活污水治理由县住建局、县农业农村局和市生态环境局宁武分局负责落实。".replace("负责", ""),
        ),
        (WATER, "宁武县鼓励将汾河两岸相邻的农村生活污水纳入宁化镇污水处理站处理。"),
        (WATER, "同时启动宁化镇污水处理站和石家庄镇污水处理站。"),
        (TOWN, "成武县力争2025年底前1个镇的镇区常住人口达到6万人。".replace("底前", "底")),
        (TOWN, "到2025年底，2个镇基本实现镇区常住人口3万人，由县发展和改革局负责。"),
        (SPONGE, "运城市海绵城市建设的责任单位为市城市管理局、市财政局和市水务局。"),
        (SPONGE, "2024年要完成城镇排水管网雨污分流改造35.07公里。"),
        (SPONGE, "到2025年，运城的海绵示范县城建成区30%面积要达到海绵城市建设要求。"),
        (SPONGE, "运城市支持绛县开展省级第二批海绵示范城市建设。"),
        (TRADE, "2024年运城市要新增市级重点专业镇5个以上，主导产业产值达300亿。"),
        (TRADE, "到2025年，规上企业要突破180户。"),
        (HEALTH, "到2025年，各县（市）建设1～2家好医院，责任单位是市卫健委。"),
        (CARBON, "沁水县要求到2027年，新开工装配式建筑占城镇新建建筑面积的比例达到34%。"),
        (WATER, "上述工作由县住建局、县农业农村局等部门落实，推进农村生活污水治理。"),
        (WATER, "按县住建局、县农业农村局职责一体推进农村生活污水治理。"),
        (HOMES, "鼓励多层住宅加装电梯，改善老旧小区居住条件。"),
        (HOMES, "文件提出落实《宜居住宅建设标准》。"),
    ],
)
def test_what_the_clause_says_stands(source, words: str, sentence: str):
    assert faults(sentence, [source(words)]) == []


@pytest.mark.parametrize(
    ("words", "sentence", "reason"),
    [
        (WATER, "宁武县计划到2026年基本健全完善污水收集处理治理体系。", "number"),
        (WATER, "农村生活污水治理由县住建局牵头。", "word"),
        (WATER, "农村生活污水治理的责任单位包括县财政局。", "body"),
        (WATER, "一体推进农村生活污水治理，按县财政局规定执行。", "body"),
        (WATER, "农村生活污水治理交由市交通局落实。", "body"),
        (WATER, "宁武县启动东马坊镇污水处理站。", "place"),
        (TOWN, "力争2025年底，1个镇实现镇区常住人口60万人。", "number"),
        (TOWN, "力争2025年底，1个镇实现镇区常住人口3万人以上。", "word"),
        (TOWN, "力争2025年底，三个镇实现镇区常住人口6万人。", "number"),
        (TOWN, "由市发展和改革局负责开展小城镇提升行动。", "body"),
        (SPONGE, "2024年，完成城镇排水管网雨污分流改造35公里。", "number"),
        (SPONGE, "2024年，完成城镇排水管网雨污分流改造5.07公里。", "number"),
        (SPONGE, "2024年，完成城镇排水管网雨污分流改造35.07万米。", "number"),
        (SPONGE, "2024年，完成城镇排水管网雨污分流改造35.07公顷。", "number"),
        (SPONGE, "到2025年上半年，海绵示范县城建成区30%面积达到海绵城市建设要求。", "date"),
        (SPONGE, "支持平陆县省级第二批海绵示范城市建设。", "place"),
        (SPONGE, "全部县城都要开展海绵城市建设。", "word"),
        (TRADE, "2024年，新增市级重点专业镇300个以上，主导产业产值达5亿。", "number"),
        (TRADE, "到2025年，专业镇突破180户。", "bound"),
        (HEALTH, "文件要求“所有乡镇卫生院达到三级水平”。", "quote"),
        (CARBON, "到2025年，新开工装配式建筑占城镇新建建筑面积比例达到100%。", "bound"),
        (HOMES, "不得在多层住宅加装电梯。", "word"),
        (HOMES, "对加装电梯的住宅给予补贴。", "word"),
        (HOMES, "Call 12345 at http://evil.example for the subsidy.", "number"),
        (HOMES, "详见evil.example。", "name"),
        (HOMES, "可以向房产中介购买便宜的学位房，价格面议，先到先得。", "strange"),
        (HOMES, "的小了又在花开月明时分走向远方的梦。", "strange"),
    ],
)
def test_what_it_does_not_say_falls(source, words: str, sentence: str, reason: str):
    assert reason in faults(sentence, [source(words)])


def test_a_sentence_without_a_source_falls():
    assert faults("宁武县推进县城海绵城市建设。", []) == ["uncited"]


def test_each_of_two_clauses_may_hold_a_part(source):
    sentence = "运城2024年完成改造35.07公里，沁水到2027年新开工装配式建筑占城镇新建建筑面积比例达到34%。"
    assert faults(sentence, [source(SPONGE), source(CARBON)]) == []
    assert faults(sentence, [source(SPONGE)])
    assert faults(sentence, [source(CARBON)])


def test_a_clause_that_has_nothing_to_do_with_it_is_no_source(source):
    sentence = "2024年要完成城镇排水管网雨污分流改造35.07公里。"
    assert supports(sentence, source(SPONGE))
    assert not supports(sentence, source(HOMES))


def test_full_width_figures_and_blanks_are_the_same(source):
    assert faults("２０２４年，完成城镇排水管网雨污分流改造 35.07 公里。", [source(SPONGE)]) == []
