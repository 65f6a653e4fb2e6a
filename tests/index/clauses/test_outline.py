"""Outline: which headings stand above a segment, in the nestings that documents use."""

from __future__ import annotations

import pytest

from index.clauses.outline import WHOLE_DOCUMENT, Place, outline
from index.clauses.plain_headings import shown
from index.metadata.describe import describe

NOTICE = "关于做好供水工作的通知\n各乡镇：\n为做好供水工作，现通知如下。\n"


def places(text: str) -> list[Place]:
    return outline(text, describe(text, "试.txt"))


def paths(text: str) -> dict[str, tuple[str, ...]]:
    """The path of each segment, by its first line."""
    return {text[p.segment.start : p.segment.end].partition("\n")[0]: p.path for p in places(text)}


def test_usual_nesting() -> None:
    found = paths(
        NOTICE + "一、总体要求\n（一）指导思想\n坚持安全第一，预防为主。\n（二）原则\n1.统筹\n"
        "兼顾城乡，合理布局。\n二、保障\n落实资金，加强监督。"
    )
    assert found["坚持安全第一，预防为主。"] == ("一、总体要求", "（一）指导思想")
    assert found["兼顾城乡，合理布局。"] == ("一、总体要求", "（二）原则", "1.统筹")
    assert found["落实资金，加强监督。"] == ("二、保障",)


def test_articles_join_their_paragraphs_and_items() -> None:
    text = (
        "供水条例\n第一章 总则\n第一条 为了供水，制定本条例。\n第二条 单位应当：\n（一）巡查；\n"
        "（二）报告。\n未报告的，责令改正。\n第三条 本条例自公布之日起施行。"
    )
    joins = [p.joins for p in places(text)]
    assert joins == [False, False, False, False, True, True, True, False]
    assert all(p.path == ("第一章总则",) for p in places(text)[2:] if not p.joins)


def test_second_line_of_a_chapter_heading() -> None:
    text = (
        "条例\n第一章 外商投资经营国际海运\n及其辅助性业务的特别规定\n第一条 外商可以投资。\n"
        "第二条 应当申请。"
    )
    assert paths(text)["第一条 外商可以投资。"] == ("第一章外商投资经营国际海运及其辅助性业务的特别规定",)


def test_chapter_that_lost_its_number_is_no_part_of_the_one_before() -> None:
    text = (
        "保护条例\n第一章 总则\n第一条 为了保护，制定本条例。\n栖息地管理\n第二条 禁止捕猎。\n"
        "第三条 禁止投喂。"
    )
    assert paths(text)["第二条 禁止捕猎。"] == ("栖息地管理",)


def test_headings_of_one_sign_are_of_one_level() -> None:
    text = (
        NOTICE + "一、税费优惠\n（一）免征增值税\n【享受主体】\n运输企业，包括个人。\n"
        "【享受条件】\n1.登记备案，手续齐全。\n2.按期申报，如实填写。\n【政策依据】\n"
        "有关公告，现行有效。"
    )
    found = paths(text)
    assert found["有关公告，现行有效。"] == ("一、税费优惠", "（一）免征增值税", "【政策依据】")
    assert found["1.登记备案，手续齐全。"] == ("一、税费优惠", "（一）免征增值税", "【享受条件】")


def test_questions_nest_in_the_heading_above() -> None:
    text = (
        "防疫问答\n外地亲友\n问：需要什么证明？\n答：亲属关系证明。\n问：孩子能进吗？\n"
        "答：可以进入。\n就业居住\n问：没有工作能进吗？\n答：可以，凭居住证。"
    )
    found = paths(text)
    assert found["答：可以进入。"] == ("外地亲友", "问：孩子能进吗？")
    assert found["答：可以，凭居住证。"] == ("就业居住", "问：没有工作能进吗？")


def test_a_list_begins_anew_under_an_unnumbered_heading() -> None:
    text = (
        NOTICE + "1.按时报送，不得遗漏。\n2.如实填写，不得瞒报。\n物资清单\n一、口罩\n"
        "1.医用口罩，符合国家标准。\n2.普通口罩，符合行业标准。"
    )
    assert paths(text)["1.医用口罩，符合国家标准。"] == ("物资清单", "一、口罩")


def test_last_item_of_a_list_of_sentences_heads_nothing() -> None:
    text = (
        NOTICE + "一、要求\n1.做好登记，不得遗漏；\n2.做好消毒，包括门把手。\n"
        "联系人由各乡镇自行确定，名单报县水务局备案。"
    )
    kinds = {p.segment.marker.label: p.kind for p in places(text) if p.segment.marker}
    assert kinds == {"一、": "heading", "1.": "body", "2.": "body"}


@pytest.mark.parametrize(
    "line",
    [
        "以上任务均需各乡镇人民政府落实，不再单独列出。",
        "(以上任务由各部门负责)",
        "本通知自印发之日起施行。",
        "本公告自2020年1月1日起施行，截止日期另行公告。",
        "特此通知。",
    ],
)
def test_what_speaks_of_the_whole_document(line: str) -> None:
    assert WHOLE_DOCUMENT.match(line)
    assert paths(NOTICE + f"一、加强巡查\n每日巡查，及时处理。\n{line}")[line] == ()


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("第一章 总 则", "第一章总则"),
        ("## **一、总体要求**", "一、总体要求"),
        ("推进 5G Base Station 建设\n工程", "推进5G Base Station建设工程"),
    ],
)
def test_headings_as_shown(printed: str, expected: str) -> None:
    assert shown(printed) == expected


def test_articles_under_bracketed_headings() -> None:
    text = (
        "若干问题的解释\n一、质押\n（一）动产质押\n第一条 应当交付。\n第二条 应当通知。\n"
        "（二）权利质押\n第三条 应当登记。"
    )
    found = paths(text)
    assert found["第二条 应当通知。"] == ("一、质押", "（一）动产质押")
    assert found["第三条 应当登记。"] == ("一、质押", "（二）权利质押")
