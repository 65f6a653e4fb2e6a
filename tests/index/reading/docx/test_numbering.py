"""Word's automatic numbers come out as Word prints them."""

from __future__ import annotations

import pytest

from index.reading.docx.number_formats import counted
from tests.support.packing import in_list, level, lines, p

NOTHING = '<w:suff w:val="nothing"/>'


def definition(number: int, levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'


def num(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def begun(at: int, place: int = 0) -> str:
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


OFFICIAL = definition(
    0,
    level(0, "chineseCountingThousand", "%1、", NOTHING)
    + level(1, "chineseCountingThousand", "（%2）", NOTHING)
    + level(2, "decimal", "%3.", NOTHING)
    + level(3, "decimalEnclosedCircle", "%4", NOTHING),
)


def test_the_levels_of_an_official_document() -> None:
    body = "".join(
        in_list(text, 1, place)
        for text, place in [
            *(("总体要求", 0), ("指导思想", 1), ("基本原则", 1), ("重点任务", 0), ("产业", 1)),
            *(("园区", 2), ("企业", 2), ("技改", 3), ("人才", 3), ("住房", 1), ("危房", 2)),
        ]
    )
    assert lines(body, numbering=OFFICIAL + num(1, 0)) == [
        *("一、总体要求", "（一）指导思想", "（二）基本原则", "二、重点任务", "（一）产业"),
        *("1.园区", "2.企业", "①技改", "②人才", "（二）住房", "1.危房"),
    ]


def test_articles_count_on_across_chapters() -> None:
    law = definition(
        0,
        level(0, "chineseCounting", "第%1章", '<w:suff w:val="space"/>')
        + level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'),
    )
    body = in_list("总则") + in_list("甲", 1, 1) + in_list("乙", 1, 1) + in_list("附则") + in_list("丙", 1, 1)
    assert lines(body, numbering=law + num(1, 0)) == [
        *("第一章 总则", "第一条 甲", "第二条 乙", "第二章 附则", "第三条 丙"),
    ]


def test_lists_of_one_definition_count_on_unless_begun_anew() -> None:
    numbering = (
        definition(0, level(0, "decimal", "%1.", NOTHING)) + num(1, 0) + num(2, 0) + num(3, 0, begun(1))
    )
    body = in_list("甲", 1) + in_list("乙", 2) + in_list("丙", 3) + in_list("丁", 3) + in_list("戊", 1)
    assert lines(body, numbering=numbering) == ["1.甲", "2.乙", "1.丙", "2.丁", "3.戊"]


def test_numbers_of_several_levels_and_in_arabic_digits() -> None:
    levels = level(0, "chineseCounting", "第%1章", NOTHING) + level(
        1, "decimal", "%1.%2", "<w:isLgl/>" + NOTHING
    )
    body = in_list("甲") + in_list("乙", 1, 1) + in_list("丙", 1, 1)
    assert lines(body, numbering=definition(0, levels) + num(1, 0)) == ["第一章甲", "1.1乙", "1.2丙"]


def test_a_style_numbers_and_a_paragraph_switches_it_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="head"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="sub"><w:basedOn w:val="base"/></w:style>'
    )
    levels = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="head"/>' + NOTHING) + level(
        1, "chineseCounting", "（%2）", '<w:pStyle w:val="sub"/>' + NOTHING
    )
    body = (
        p("甲", '<w:pStyle w:val="head"/>')
        + p("乙", '<w:pStyle w:val="sub"/>')
        + p("丙", '<w:pStyle w:val="head"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("丁", '<w:pStyle w:val="head"/>')
    )
    assert lines(body, styles=styles, numbering=definition(0, levels) + num(1, 0)) == [
        *("一、甲", "（一）乙", "丙", "二、丁"),
    ]


def test_a_list_style_leads_to_its_definition() -> None:
    leads = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="numbering" w:styleId="L">{leads}</w:style>'
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
    numbering = definition(0, level(0, "upperRoman", "%1.", NOTHING)) + linked + num(1, 0) + num(2, 5)
    assert lines(in_list("甲", 2) + in_list("乙", 2), styles=styles, numbering=numbering) == ["I.甲", "II.乙"]


def test_a_level_of_ones_own_and_a_start() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "(%1)", NOTHING, start=3)}</w:lvlOverride>'
    numbering = definition(0, level(0, "decimal", "%1.", NOTHING)) + num(1, 0, own)
    assert lines(in_list("甲") + in_list("乙"), numbering=numbering) == ["(3)甲", "(4)乙"]


def test_signs_before_items() -> None:
    levels = level(0, "bullet", "\uf0b7", NOTHING) + level(1, "bullet", "●", NOTHING)
    numbering = definition(0, levels) + num(1, 0)
    assert lines(in_list("甲") + in_list("乙", 1, 1), numbering=numbering) == ["•甲", "●乙"]


def test_an_empty_paragraph_counts_and_prints_nothing() -> None:
    numbering = definition(0, level(0, "decimal", "%1.", NOTHING)) + num(1, 0)
    assert lines(in_list("甲") + in_list("") + in_list("乙"), numbering=numbering) == ["1.甲", "3.乙"]


@pytest.mark.parametrize(
    ("form", "number", "words"),
    [
        *(("decimalEnclosedCircle", 12, "⑫"), ("decimalEnclosedCircle", 21, "㉑"), ("decimalZero", 7, "07")),
        *(("ideographTraditional", 3, "丙"), ("ideographZodiac", 12, "亥"), ("lowerRoman", 14, "xiv")),
        *(
            ("upperLetter", 28, "BB"),
            ("chineseLegalSimplified", 12, "拾贰"),
            ("decimalFullWidth", 10, "１０"),
        ),
        *(("ideographEnclosedCircle", 10, "㊉"), ("japaneseDigitalTenThousand", 20, "二〇"), ("none", 4, "")),
        *(("decimalEnclosedParen", 3, "⑶"), ("decimalEnclosedCircle", 51, "51"), ("arabicAlpha", 2, "2")),
    ],
)
def test_forms_of_numbers(form: str, number: int, words: str) -> None:
    assert counted(number, form) == words
