"""What real documents are cut into, read and counted by hand."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from index.clauses.cut import LONGEST
from index.parsing.parse import Parsed, parse_file
from index.records import Clause
from tests.support.tiling import check_tiles

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "documents"
SHARED = ROOT.parent / "shared" / "eval"
NINGWU = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"
YUNCHENG = "运城市推进以县城为重要载体的城镇化建设行动方案.txt"
QINSHUI = "沁水县推进以县城为重要载体的城镇化建设行动方案政策解读.txt"
HANGJIN = "杭锦旗推进以县城为重要载体的城镇化建设方案文字解读.txt"
CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
FIVE = (NINGWU, YUNCHENG, QINSHUI, HANGJIN, CHENGWU)


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
    assert 120 <= median(bodies) <= 200  # headings that stand alone are 180 of the 500 clauses


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


# --- notices and laws of ../shared


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
