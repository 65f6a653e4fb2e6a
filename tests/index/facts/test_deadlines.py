"""The times a clause sets, each with year, month and bound; and the years that set nothing."""

from __future__ import annotations

import pytest

from index.facts.deadlines import find_deadlines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年,培育", ("到2025年", 2025, 2025, None, "by")),
        ("到2025年底完成改造", ("到2025年底", 2025, 2025, 12, "end")),
        ("2025年底前完成", ("2025年底前", 2025, 2025, 12, "end")),
        ("2025年6月底前报送", ("2025年6月底前", 2025, 2025, 6, "month")),
        ("于2025年6月前报送", ("于2025年6月前", 2025, 2025, 6, "before")),
        ("2024年,新建", ("2024年", 2024, 2024, None, "during")),
        ("2024—2027年,继续", ("2024—2027年", 2027, 2024, None, "span")),
        ("2024年—2027年,覆盖", ("2024年—2027年", 2027, 2024, None, "span")),
        ("二期2026年至2028年,投资", ("2026年至2028年", 2028, 2026, None, "span")),
        ("从2025年3月开始,更新", ("从2025年3月开始", 2025, 2025, 3, "start")),
        ("一期从2025年开工", ("从2025年", 2025, 2025, None, "start")),
        ("力争2024年底全容量并网发电", ("力争2024年底", 2024, 2024, 12, "end")),
        ("推进培训。 2026年初步建立信息平台", ("2026年", 2026, 2026, None, "during")),
        ("本条例自2009年10月1日起施行。", ("自2009年10月1日起", 2009, 2009, 10, "start")),
        ("二〇二五年底前完成", ("二〇二五年底前", 2025, 2025, 12, "end")),
        ("应于2020年5月15日前报送", ("于2020年5月15日前", 2020, 2020, 5, "before")),
    ],
)
def test_times_that_are_set(text: str, expected: tuple[object, ...]) -> None:
    found = find_deadlines(text, 10)
    assert [(d.text, d.year, d.first_year, d.month, d.bound) for d in found] == [expected]
    assert text[found[0].start - 10 : found[0].end - 10] == found[0].text


@pytest.mark.parametrize(
    "text",
    [
        "《菏泽市新型城镇化建设行动提升方案(2024—2025年)》",
        "新型城镇化建设行动提升方案(2024—2025年)",
        "(晋政办发〔2023〕80号)要求",
        "近三年内无重大违法记录",
        "三年内未受处罚的",
        "为做好2022年考评,按照市政府2022年第4次常务会议要求",
        "完成“十四五”规划的改造工作",
        "在2022年清洁取暖已基本实现全覆盖的基础上,持续",
        "在2024年完成雨污分流改造2.1公里的基础上,分期",
        "报销额度在2020年基础上提高50%",
        "2023年以前排查发现的隐患",
        "消除2023及以前排查发现的重大事故隐患",
        "结合2022年经营性自建房鉴定结果",
        "2019年以来,全县",
        "不低于2019年同期余额",
        "国家标准(GB/T 35547—2017)",
        "2024年12月30日",
        "成文日期: 2024 年 07 月 04 日",
        "1996年出生的",
    ],
)
def test_years_that_set_nothing(text: str) -> None:
    assert find_deadlines(text, 0) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年底前，全部网站迁移至统一平台。", ("年底前", 12, "end", 2022)),
        ("（6月底完成，牵头考核单位：市公安局）", ("6月底", 6, "month", 2022)),
        ("9月30日前报送", ("9月30日前", 9, "month", 2022)),
        ("年内培育50家企业", ("年内", None, "during", 2022)),
        ("2024年实施改造，年底前完工", ("年底前", 12, "end", 2024)),
        ("每年举办活动不少于3场，每年评估", ("每年", None, "every", None)),
        ("应当于每年3月份申请", ("每年3月份", 3, "every", None)),
        ("由定点机构按月申报结算", ("按月", None, "every", None)),
        ("应在5个工作日内完成初核", ("5个工作日内", None, "within", None)),
        ("三年内,争取新建一所", ("三年内", None, "within", None)),
        ("利用3年时间，打造基地", ("利用3年时间", None, "within", None)),
    ],
)
def test_times_without_a_year(text: str, expected: tuple[object, ...]) -> None:
    found = [d for d in find_deadlines(text, 0, year=2022) if d.year is None]
    assert [(d.text, d.month, d.bound, d.inherited) for d in found] == [expected]
    assert found[0].due_year == expected[3]


def test_what_was_is_no_deadline() -> None:
    text = "2020年，产业增加值比重达到7.8%。到2025年，比重达到10%。甲某某2001年9月参加工作。"
    assert [d.year for d in find_deadlines(text, 0, issued=2021)] == [2025]


def test_several_times_in_one_sentence() -> None:
    found = find_deadlines("比例达到27%,2025年达到30%,2027年达到34%。", 0)
    assert [d.year for d in found] == [2025, 2027]
