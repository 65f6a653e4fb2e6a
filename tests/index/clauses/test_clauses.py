# ruff: noqa: SIM905
"""Clauses tile their document, whatever the text; the shapes that the five documents do not have."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.clauses.cut import LONGEST, cut
from index.metadata.describe import describe
from index.records import Clause
from tests.support.tiling import check_tiles


def cut_text(text: str) -> tuple[Clause, ...]:
    return cut(text, describe(text, "试.txt"))


MARKERS = tuple(
    "一、 二、 （一） (二) 1. 2． 3、 １． (1) 2） ① ② 第一章 第二章 第一条 第十条 第八条之一".split()
)
WORDS = (
    *(
        "第1十条",
        "附件",
        "附件1",
        "附件：",
        "目录",
        "一是",
        "二是",
        "第二部分",
        "方面，",
        "在保障方面,",
        "县住建局",
    ),
    *(
        "完善防洪设施",
        "关于印发方案的通知",
        "各县区：",
        "2024年12月30日",
        "宁武县人民政府",
        "特此通知。",
        "到2025年",
    ),
)
SIGNS = tuple(
    "。 ； ： ， 、 ？ （ ） 【依据】 ■ 01 10 # ** - | || ||| |---|---| |甲|乙| 序号| 1| ①|".split()
)
BLANKS = (" ", "  ", "\n", "\n\n", "\u3000\u3000", "\xa0", "\t", "\u2028", " |\n", "|\n", "第一条 ", "10 ")
FRAGMENTS = st.sampled_from(MARKERS + WORDS + SIGNS + BLANKS)
TEXTS = st.one_of(st.text(max_size=300), st.lists(FRAGMENTS, max_size=60).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("")
@example("第1十条 甲\n第一条规定\n一、二、三产业")
@example("\x1c|\x1d|\n|\u2028|\n" * 5)
def test_clauses_tile_any_text(text: str) -> None:
    check_tiles(text, cut_text(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=6).map("".join), st.integers(1000, 2500))
def test_repeated_fragments_tile(fragment: str, times: int) -> None:
    text = (fragment * times)[:20_000]
    check_tiles(text, cut_text(text))


NASTY = (
    "|",
    "。",
    " ",
    "。 ",
    "1. ",
    "一、",
    "（一） ",
    "第一条 ",
    "附件 ",
    "方面，",
    "a ",
    "甲",
    "？\n",
    "【】",
    "一是，",
    "|\n",
    "* ",
    "(",
)


@pytest.mark.parametrize("fragment", NASTY)
def test_time_grows_with_length_not_its_square(fragment: str) -> None:
    """Ten times the text may take 40 times as long (a square would take 100), small times aside.

    A busy machine may make one of the two times wrong, and so the least of three ratios counts.
    """
    assert any(times[1] < max(40 * times[0], 0.5) for times in (times_of(fragment) for _ in range(3)))


def times_of(fragment: str) -> list[float]:
    """Seconds of this thread to cut a short and a long text, both checked."""
    times = []
    for length in (8_000, 80_000):
        text = "甲乙" + (fragment * length)[:length] + "丙。"
        description = describe("甲。", "试.txt")  # the cutter alone
        begin = time.thread_time()
        clauses = cut(text, description)
        times.append(time.thread_time() - begin)
        check_tiles(text, clauses)
    return times


def outline_of(text: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    """Each clause's opening, path and label."""
    return [(c.text[:8], c.path, c.label) for c in cut_text(text)]


@pytest.mark.parametrize(
    "line",
    [
        "根据第三条第一款的规定，处以罚款。",
        "第三条、第五条规定的情形除外。",
        "第三条第一款所称单位，包括企业。",
        "第二条管网是县城供水的主干。",
        "一、二、三产业融合发展不断加快。",
        "1.1-1.5倍的补偿标准由县政府确定。",
        "2024年底前完成管网改造。",
        "12家企业获得支持。",
    ],
)
def test_what_must_not_open_a_numbered_clause(line: str) -> None:
    text = (
        f"关于做好供水工作的通知\n各乡镇：\n为做好供水工作，现通知如下。请各单位认真执行，确保落实。\n{line}"
    )
    assert [c.label for c in cut_text(text)] == [None] * len(cut_text(text))


def test_inverted_numbering_is_nested_as_it_is_used() -> None:
    text = "\n".join(
        f"{n}. {name}\n一、任务甲\n按时完成{name}的甲项任务。\n二、任务乙\n按时完成{name}的乙项任务。"
        for n, name in ((1, "道路建设"), (2, "供水建设"), (3, "供热建设"))
    )
    paths = [c.path for c in cut_text(text) if c.kind == "body"]
    assert paths[0] == ("1.道路建设", "一、任务甲")
    assert paths[3] == ("2.供水建设", "二、任务乙")


def test_missing_numbers_are_forgiven_at_line_starts() -> None:
    text = "一、总则\n先做规划，再做建设。\n二、目标\n建成三座水厂，通水。\n四、保障\n落实资金，加强监督。"
    assert [c.path for c in cut_text(text) if c.kind == "body"] == [
        ("一、总则",),
        ("二、目标",),
        ("四、保障",),
    ]


def test_full_width_digits_count() -> None:
    item = "按时报送材料，不得迟报漏报，由专人负责核对数据，逾期不报的予以通报批评，并计入年度考核"
    text = f"一、要求\n１．{item}。\n２．{item}。"
    assert [c.label for c in cut_text(text)] == ["一、", "１．", "２．"]


def test_short_items_go_with_the_sentence_that_leads_to_them() -> None:
    text = "二、材料\n申请人应当提交下列材料：\n（一）身份证；\n（二）户口簿；\n（三）申请表。"
    body = [c for c in cut_text(text) if c.kind == "body"]
    assert [c.text for c in body] == [text.partition("\n")[2]]
    assert body[0].path == ("二、材料",)


def test_long_items_have_the_heading_above_in_their_path() -> None:
    item = "对受疫情影响较大的中小企业，减免三个月的房租，并延期缴纳社会保险费，最长不超过六个月"
    text = f"三、支持措施\n各单位要落实以下措施：\n（一）{item}；\n（二）{item}。"
    items = [c for c in cut_text(text) if c.label in ("（一）", "（二）")]
    assert [c.path for c in items] == [("三、支持措施",)] * 2


def test_questions_are_headings_of_their_answers() -> None:
    text = "办税问答\n如何申请延期申报？\n登录后，填写申请表后提交。\n如何领用发票？\n登录后，按提示领用。"
    bodies = [c for c in cut_text(text) if c.kind == "body"]
    assert [c.path for c in bodies] == [("如何申请延期申报？",), ("如何领用发票？",)]


def test_heading_with_a_trailing_colon_and_what_is_none() -> None:
    text = "复工情况\n近日各地复工。\n准东开发区：\n企业安排人员，稳定生产。\n库尔勒开发区：\n企业相继复工。"
    assert [c.path for c in cut_text(text) if c.kind == "body"][1:] == [("准东开发区",), ("库尔勒开发区",)]
    lead_in = "通知\n具体内容如下：\n开发区合理安排人员，稳定生产总量，做好防护。"
    assert not [c for c in cut_text(lead_in) if c.path]


def test_title_printed_again_is_not_in_the_paths() -> None:
    text = (
        "供水管理办法\n为加强供水管理，制定本办法。\n供水管理办法\n一、总则\n供水应当安全，由县水务局负责。"
    )
    assert all("供水管理办法" not in c.path for c in cut_text(text))


def test_table_of_contents_heads_nothing() -> None:
    contents = "第一章 总则\n第二章 管理"
    body = "第一章 总则\n第一条 为了加强管理，制定本条例。\n第二章 管理\n第二条 县人民政府负责管理工作。"
    found = cut_text(f"供水条例\n目录\n{contents}\n{body}")
    assert [c.path for c in found if c.label and "条" in c.label] == [("第一章总则",), ("第二章管理",)]


def test_markdown_table_rows_have_columns() -> None:
    text = "任务分工\n\n| 任务 | 单位 |\n|---|---|\n| 海绵城市 | 住建局 |\n| 供水 | 水务局 |\n"
    rows = [c for c in cut_text(text) if c.kind == "row"]
    assert [c.heading for c in rows] == ["海绵城市", "供水"]
    assert [[cell.column for cell in c.cells] for c in rows] == [["任务", "单位"]] * 2


def test_what_follows_a_signature_is_not_under_the_last_item() -> None:
    text = (
        "关于做好供水工作的通知\n各乡镇人民政府：\n为做好供水工作，现通知如下：\n一、加强巡查\n"
        "每日巡查管网，发现问题及时处理。\n本通知自印发之日起施行。\n宁武县人民政府\n2024年12月30日\n（此件公开发布）\n"
        "附件1 管网名单\n东街管网、西街管网由供水公司负责。"
    )
    found = {c.text[:6]: c for c in cut_text(text)}
    assert found["本通知自印发"].path == ()
    assert found["宁武县人民政"].kind == "front"
    assert found["宁武县人民政"].text.endswith("（此件公开发布）")
    assert found["东街管网、西"].path[0].startswith("附件1")


def test_long_paragraph_without_sentences_is_cut_below_the_limit() -> None:
    text = "甲乙丙丁" * 600
    found = cut_text("说明\n" + text)
    assert max(len(c.text) for c in found) <= LONGEST
    assert "".join(c.text for c in found if c.kind == "body").endswith(text[-LONGEST // 4 :])
