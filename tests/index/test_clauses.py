# ruff: noqa: SIM905
"""Clauses tile their document, whatever the text; and what real documents are cut into, counted by hand."""

from __future__ import annotations

import re
import time
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.clauses import LONGEST, cut
from index.metadata import describe
from index.parse import Parsed, parse_file
from index.records import Clause

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "documents"
SHARED = ROOT.parent / "shared" / "eval"
NINGWU = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"
YUNCHENG = "运城市推进以县城为重要载体的城镇化建设行动方案.txt"
QINSHUI = "沁水县推进以县城为重要载体的城镇化建设行动方案政策解读.txt"
HANGJIN = "杭锦旗推进以县城为重要载体的城镇化建设方案文字解读.txt"
CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
FIVE = (NINGWU, YUNCHENG, QINSHUI, HANGJIN, CHENGWU)


def cut_text(text: str) -> tuple[Clause, ...]:
    return cut(text, describe(text, "试.txt"))


def check_tiles(text: str, clauses: tuple[Clause, ...]) -> None:
    for clause in clauses:
        assert text[clause.start : clause.end] == clause.text
        assert clause.text == clause.text.strip() != ""
        for cell in clause.cells:
            assert clause.start <= cell.start < cell.end <= clause.end
    assert [clause.ordinal for clause in clauses] == list(range(len(clauses)))
    assert all(a.end <= b.start for a, b in pairwise(clauses))
    gaps = [0, *(edge for clause in clauses for edge in (clause.start, clause.end)), len(text)]
    assert not "".join(text[a:b] for a, b in zip(gaps[::2], gaps[1::2], strict=True)).strip()


# --- whatever the text -----------------------------------------------------------------------------------

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
    """Ten times the text may take 40 times as long (a square would take 100), small times aside."""
    times = []
    for length in (8_000, 80_000):
        text = "甲乙" + (fragment * length)[:length] + "丙。"
        description = describe("甲。", "试.txt")  # the cutter alone
        begin = time.perf_counter()
        check = cut(text, description)
        times.append(time.perf_counter() - begin)
        check_tiles(text, check)
    assert times[1] < max(40 * times[0], 0.5)


# --- the five documents ----------------------------------------------------------------------------------


@cache
def parsed(file: str) -> Parsed:
    return parse_file(DOCUMENTS / file, DOCUMENTS)


def clauses(file: str) -> tuple[Clause, ...]:
    return parsed(file).clauses


def tasks(file: str) -> dict[str, int]:
    """The numbered tasks (1. 2. …) with the number of clauses that hold their text."""
    found: dict[str, int] = {}
    for clause in clauses(file):
        number = re.fullmatch(r"(\d+)\.", clause.label or "")
        if number and clause.kind == "heading":
            found[number.group(1)] = 0
        elif clause.path and (inner := re.match(r"(\d+)\.", clause.path[-1])) and clause.kind == "body":
            found[inner.group(1)] += 1
    return found


def at(file: str, opening: str) -> Clause:
    return next(clause for clause in clauses(file) if clause.text.startswith(opening))


@pytest.mark.parametrize("file", FIVE)
def test_the_five_documents_are_tiled(file: str) -> None:
    check_tiles(parsed(file).document.text, clauses(file))


def test_clause_length_over_the_five_documents() -> None:
    lengths = [len(clause.text) for file in FIVE for clause in clauses(file)]
    assert 60 <= median(lengths) <= 300
    assert max(lengths) <= LONGEST
    bodies = [len(c.text) for file in FIVE for c in clauses(file) if c.kind == "body"]
    assert 120 <= median(bodies) <= 200  # headings that stand alone are 172 of the 500 clauses


def test_ningwu_tasks_and_their_paragraphs() -> None:
    """Counted in the file: 34 tasks; task 3 has seven paragraphs, each with a bracket of its own."""
    assert list(tasks(NINGWU)) == [str(n) for n in range(1, 35)]
    assert list(tasks(NINGWU).values()) == [
        4, 2, 7, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 5, 2, 2, 3, 2, 1, 3, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1, 1, 2, 1,
    ]  # fmt: skip


def test_ningwu_paths_restart_with_the_chapter() -> None:
    sponge = at(NINGWU, "推进县城海绵城市建设")
    assert sponge.path == (
        "二、工作内容",
        "(一)坚持安全为先,推动城乡基础设施提档升级",
        "2.加强县城内涝治理",
    )
    assert sponge.heading == "推进县城海绵城市建设"
    assert sponge.text.endswith("(县住建局、县财政局)")
    assert at(NINGWU, "高标高质进行策划").path == ("三、强化组织保障", "(二)坚持策划先行,突出规划引领")


def test_ningwu_front_and_signature() -> None:
    first, last = clauses(NINGWU)[0], clauses(NINGWU)[-1]
    assert first.kind == last.kind == "front"
    assert first.text.startswith("宁政办发〔2024〕63号\n") and first.text.endswith("县直各有关单位:")
    assert last.text.split() == ["宁武县人民政府办公室", "2024年12月30日"]


def test_yuncheng_has_35_tasks() -> None:
    assert list(tasks(YUNCHENG)) == [str(n) for n in range(1, 36)]
    assert tasks(YUNCHENG)["3"] == 6
    assert at(YUNCHENG, "坚持留改拆并举").path[-1] == "22.有序实施县城更新"


def test_yuncheng_front_is_the_notice_up_to_the_title() -> None:
    front = clauses(YUNCHENG)[0]
    assert front.kind == "front"
    assert front.text.startswith("各县(市)人民政府") and front.text.endswith("城镇化建设行动方案")
    assert clauses(YUNCHENG)[1].text.startswith("为贯彻落实《山西省人民政府办公厅")


def test_yuncheng_third_appendix_has_34_rows_in_seven_sections() -> None:
    rows = [clause for clause in clauses(YUNCHENG) if clause.path[:1] == ("附件3",) and clause.kind == "row"]
    assert [row.label for row in rows] == [str(n) for n in range(1, 35)]
    text = parsed(YUNCHENG).document.text
    columns = {tuple(cell.column for cell in row.cells) for row in rows}
    assert columns == {("序号", "项目名称", "项目内容", "单位")}
    assert {row.path[1] for row in rows} == {"基础骨干项目清单"}
    sections = list(dict.fromkeys(row.path[2] for row in rows))
    assert [section[:2] for section in sections] == [f"{n}、" for n in "一二三四五六七"]
    per_section = [sum(row.path[2] == section for row in rows) for section in sections]
    assert per_section == [9, 6, 2, 9, 3, 3, 2]
    last = rows[-1]
    assert last.heading == "5G基站建设项目"
    assert [text[c.start : c.end] for c in last.cells] == [
        "34",
        "5G基站建设项目",
        "新建600座5G基站",
        "市通联办",
    ]


def test_yuncheng_first_two_appendices() -> None:
    names = at(YUNCHENG, "城市融合型县城:临猗县")
    assert names.path == ("附件1", "全市县(市)分类名单")
    pilot = next(c for c in clauses(YUNCHENG) if c.kind == "row" and c.path[0] == "附件2")
    assert [cell.column for cell in pilot.cells] == ["试点县", "试点方向"]
    assert pilot.heading == "新绛县"


def test_chengwu_tasks_run_into_their_text() -> None:
    numbered = [c for c in clauses(CHENGWU) if re.fullmatch(r"\d+\.", c.label or "")]
    assert [c.label for c in numbered] == [f"{n}." for n in range(1, 28)]
    assert all(c.kind == "body" and len(c.path) == 1 for c in numbered)
    assert numbered[0].heading == "促进产业集聚发展"
    assert numbered[4].heading is None  # 5.强化科技人才支撑在生物医药…: no 。 after the heading
    assert numbered[26].text.endswith("县委社会工作部按职责分工负责")
    assert clauses(CHENGWU)[0].text.endswith("成武县新型城镇化建设行动提升方案(2024—2025年)")


def test_hangjin_aspects_are_clauses() -> None:
    """Read in the file: 7, 7, 5, 4, 3 and 3 aspects, as the document itself announces (…7个方面内容…)."""
    fourth = [c for c in clauses(HANGJIN) if c.path[:1] == ("四、重要举措",) and len(c.path) == 2]
    counts = [sum(c.path[1].startswith(f"({n})") for c in fourth) for n in "一二三四五六"]
    assert counts == [7, 7, 5, 4, 3, 3]
    assert all(c.heading and c.text.startswith(c.heading + "方面") for c in fourth)
    assert clauses(HANGJIN)[-1].kind == "front"


def test_qinshui_badges_and_lost_numbers() -> None:
    third = [
        c
        for c in clauses(QINSHUI)
        if c.kind == "heading" and len(c.path) == 2 and c.path[0] == "三、重点任务"
    ]
    labels = [c.label for c in third]
    assert labels == [
        "1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9.",
        "10", None, "11", None, "12", "13", None, "14",
        "15", None, "17", None, "19", None, "21", "22", "23",
        None, None, None, None, None,
    ]  # fmt: skip
    lost = at(QINSHUI, "到2025年，公有产权建筑空置率")
    assert lost.path == ("三、重点任务", "(四)实施县城人居环境提升工程", "加强历史文化保护传承")
    assert at(QINSHUI, "以上任务均需各乡镇").path == ()
    assert clauses(QINSHUI)[-1].text == "解读单位：沁水县住房和城乡建设管理局"


# --- shapes that the five documents do not have ----------------------------------------------------------


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


# --- documents of ../shared ------------------------------------------------------------------------------


def shared(folder: str, file: str) -> tuple[Clause, ...]:
    path = SHARED / folder / file
    if not path.is_file():
        pytest.skip(f"{path.parent.name} is not here: ../shared is no part of the project")
    result = parse_file(path, SHARED)
    check_tiles(result.document.text, result.clauses)
    return result.clauses


def notice(stem: str) -> tuple[Clause, ...]:
    return shared("gov_notices/documents", f"{stem}.txt")


def labels(found: tuple[Clause, ...]) -> list[str]:
    return [c.label for c in found if c.label]


NOTICE_LABELS = [
    ("26c254c7dc6330148157ca73c5c6587b", "一、 二、"),
    ("988019f56f0c3f93a1c69a47f385b259", "一、 二、 三、 四、 五、 六、 七、 八、 九、 十、"),
    ("18d32952c489362298100e155f3f7c5c", "一、 二、 三、"),
    ("f5807e6964b03674912e5368a7a5ab57", "一、 二、 三、"),
    ("675d4c34d41b36db909f76d395c92120", "一、 二、 三、 四、"),
    ("e3e7fb938ea43b0d9b580d7988535c80", "一、 二、 三、 四、 五、 六、 七、"),
    ("ee7f30f4fc1d379ea87f69261a1d2ec5", "一、 二、 三、 四、"),
    ("2b10d0fc193c3fcdaef20947087ffc6c", "一、 二、 三、 1. 2. 3."),
    (
        "633b577c3efc31ec8509f6f77883f6eb",
        "一、 （一） （二） （三） 二、 （一） （二） 三、 （一） （二） 四、"
        " （一） （二） （三） （四） （五）",
    ),
    (
        "83f1b5b7c84b3dd6a60cd11c2fa468df",
        "一、 1. 2. 3. 4. 二、 5. 6. 7. 三、 8. 9. 10. 四、 11. 12. 13. 14. 15. 16. 17.",
    ),
]


@pytest.mark.parametrize(("stem", "expected"), NOTICE_LABELS)
def test_notices_whose_line_breaks_were_lost(stem: str, expected: str) -> None:
    """Read in the notices: every number, in order, and none that stands inside a sentence."""
    assert labels(notice(stem)) == expected.split()


def test_notice_items_have_run_in_headings() -> None:
    found = notice("675d4c34d41b36db909f76d395c92120")
    assert found[0].kind == "front" and found[0].text.endswith("局内各单位：")
    assert next(c.heading for c in found if c.label) == "严格落实疫情防控工作的各项要求"
    assert found[-1].kind == "front" and found[-1].text == "国家税务总局"


def test_notice_carries_a_plan_after_its_signature() -> None:
    found = notice("83f1b5b7c84b3dd6a60cd11c2fa468df")
    assert found[0].kind == "front" and found[0].text.endswith("若干政策措施")
    assert found[1].text.endswith("现提出如下政策措施:")
    eleventh = next(c for c in found if c.label == "11.")
    assert (eleventh.path, eleventh.heading) == (("四、强化市场主体政策扶持",), "建立补偿机制")


def test_notice_without_numbers_has_paragraphs() -> None:
    found = notice("7b5f4e800f9f3bac98e23cb535dfb2d5")
    assert [c.kind for c in found] == ["front"] + ["body"] * 8
    assert labels(found) == []


def test_notice_of_questions() -> None:
    found = notice("84ebefb2a82f331c8abb605b401fd298")
    questions = [c.text for c in found if c.kind == "heading"]
    assert questions == [
        "现场招聘活动是否还要开展？",
        "个人如何求职？",
        "如何查询企业复工时间信息？",
        "就业扶持政策、创业担保贷款如何申请？",
    ]


ARTICLES = [
    ("外资企业法实施细则(2014-02-19).md", 82, "第十三章附则"),
    ("土地管理法实施条例(2021-07-02).md", 67, "第七章附则"),
    ("征兵工作条例(2001-09-05).md", 55, "第十章附则"),
    ("禁止向企业摊派暂行条例(1988-04-27).md", 27, "第五章附则"),
    ("人民防空法(2009-08-27).md", 53, "第九章附则"),
    ("道路交通安全违法行为处理程序规定(2020-04-30).md", 83, "第八章附则"),
    ("行政区划管理条例(2018-10-10).md", 27, None),
    ("总会计师条例(2011-01-08).md", 23, "第五章附则"),
    ("最高人民法院关于审理食品安全民事纠纷案件适用法律若干问题的解释（一）(2020-12-08).md", 14, None),
    ("国务院关于高级专家离休退休若干问题的暂行规定(1983-09-12).md", 8, None),
]


@pytest.mark.parametrize(("file", "count", "last_chapter"), ARTICLES)
def test_each_article_is_one_clause(file: str, count: int, last_chapter: str | None) -> None:
    """The last article's number was read in each law."""
    found = shared("regulations", file)
    articles = [c for c in found if c.label and re.fullmatch(r"第.+条", c.label)]
    assert len(articles) == count
    assert articles[-1].path == ((last_chapter,) if last_chapter else ())
    assert found[0].kind == "front"
    assert not any(c.kind == "front" for c in found[found.index(articles[0]) :])


def test_article_keeps_its_paragraphs_and_items() -> None:
    found = shared("regulations", "外资企业法实施细则(2014-02-19).md")
    fifth = next(c for c in found if c.label == "第五条")
    assert fifth.path == ("第一章总则",)
    assert fifth.text.startswith("第五条 申请设立外资企业") and fifth.text.endswith("可能造成环境污染的。")
    assert fifth.text.count("\n\n(") == 5
