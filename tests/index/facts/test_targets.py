"""Targets and money from real sentences: quantity, unit, comparison, subject and year."""

from __future__ import annotations

import pytest

from index.facts.amounts import read_measures
from index.facts.deadlines import find_deadlines
from index.facts.targets import find_quantities
from index.records import Money, Target


def facts(text: str) -> list[Target | Money]:
    return list(find_quantities(text, 0, find_deadlines(text, 0)))


def targets(text: str) -> list[tuple[str, float, str, str, str, int | None]]:
    return [
        (f.text, f.quantity, f.unit, f.comparison, f.subject, f.year)
        for f in facts(text)
        if isinstance(f, Target)
    ]


def test_one_subject_under_three_years() -> None:
    subject = "新开工装配式建筑占城镇新建建筑面积比例"
    assert targets(f"2024年,{subject}达到27%,2025年达到30%,2027年达到34%。") == [
        ("27%", 27, "%", "=", subject, 2024),
        ("30%", 30, "%", "=", subject, 2025),
        ("34%", 34, "%", "=", subject, 2027),
    ]


def test_the_base_is_no_target() -> None:
    assert targets("到2028年,城镇化率由目前的56.5%上升到60%以上。") == [
        ("60%以上", 60, "%", ">=", "城镇化率", 2028)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新增堤防11.4公里", ("11.4公里", 11.4, "公里", "+", "新增堤防", None)),
        (
            "到2025年,市级以上重点实验室数量突破35家",
            ("突破35家", 35, "家", ">", "市级以上重点实验室数量", 2025),
        ),
        ("漏损率控制在9%以内", ("9%以内", 9, "%", "<=", "漏损率", None)),
        ("到2025年，公有产权建筑空置率不超10%。", ("不超10%", 10, "%", "<=", "公有产权建筑空置率", 2025)),
        ("绿色建材应用比例不低于30%", ("不低于30%", 30, "%", ">=", "绿色建材应用比例", None)),
        ("每年实施技改项目30个左右", ("30个左右", 30, "个", "~", "实施技改项目", None)),
        ("全县新能源装机达到40万千瓦", ("40万千瓦", 40, "万千瓦", "=", "全县新能源装机", None)),
        ("到2025年,培育1个产城融合示范区", ("1个", 1, "个", "=", "产城融合示范区", 2025)),
        ("推动县城新建600座5G基站", ("600座", 600, "座", "=", "5G基站", None)),
        ("争取建设1~2家好医院", ("1~2家", 1, "家", ">=", "好医院", None)),
        ("年城镇新增就业4700以上", ("4700以上", 4700, "", ">=", "年城镇新增就业", None)),
        ("完成120万亩荒漠化草原治理", ("120万亩", 120, "万亩", "=", "荒漠化草原治理", None)),
        ("各县至少办好一所公办高中", ("一所", 1, "所", ">=", "公办高中", None)),
        (
            "按照停车位供给总量为机动车保有量1.1-1.5倍的要求,补齐",
            ("1.1-1.5倍", 1.1, "倍", ">=", "停车位供给总量为机动车保有量", None),
        ),
        ("2024年,主导产业产值达300亿。", ("300亿", 300, "亿元", "=", "主导产业产值", 2024)),
        (
            "到2025年，全省软件业务收入达到14000亿元。",
            ("14000亿元", 14000, "亿元", "=", "全省软件业务收入", 2025),
        ),
        ("运行电能利用效率降到1.3以下", ("1.3以下", 1.3, "", "<=", "运行电能利用效率", None)),
        ("力争将总体流程时间压缩至3周以内", ("3周以内", 3, "周", "<=", "将总体流程时间压缩", None)),
        ("改造户数3161户", ("3161户", 3161, "户", "=", "改造户数", None)),
    ],
)
def test_a_target(text: str, expected: tuple[object, ...]) -> None:
    assert targets(text) == [expected]


def test_a_target_in_its_base_unit() -> None:
    text = "完成120万亩治理，装机达到40万千瓦，产值达300亿元"
    found = [(f.amount, f.base) for f in facts(text) if isinstance(f, Target)]
    assert found == [(1_200_000, "亩"), (400_000, "千瓦"), (30_000_000_000, "元")]


def test_the_year_that_opens_a_paragraph_holds_for_it() -> None:
    found = targets("到2030年，打造策源地。培育8—10家领军企业，建成5个基地。")
    assert [(f[1], f[5]) for f in found] == [(8, 2030), (5, 2030)]


def test_a_list_of_things() -> None:
    found = targets("到2025年,每县(市)至少建成1个综合公园、1个郊野公园,跌水堰22座,交通桥两座、飞虹桥一座")
    assert [(f[1], f[4]) for f in found] == [
        (1, "综合公园"),
        (1, "郊野公园"),
        (22, "跌水堰"),
        (2, "交通桥"),
        (1, "飞虹桥"),
    ]


def test_a_subject_shared_by_two_numbers() -> None:
    found = targets("到2025年,街道、乡镇养老服务中心覆盖率分别达到100%、60%以上")
    assert [(f[0], f[4]) for f in found] == [
        ("100%", "街道、乡镇养老服务中心覆盖率"),
        ("60%以上", "街道、乡镇养老服务中心覆盖率"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "第一条管网是雨污管网,一是朔黄铁路改造",
        "推进“三区一村”改造,聚焦七大类冷链物流品类服务",
        "围绕提升产业平台等7个方面内容提出举措",
        "实现5G网络全覆盖,宁岢铁路线K3+850道口改造",
        "推动NB-IoT网络深度覆盖,按照(GB/T 35547—2017)建设",
        "结合241国道改扩线工程建设农房",
        "用3至5年的时间更新改造,三年内建成",
        "城镇人口规模在10万人以上的县(市)完成安全普查",
        "对污水实际处理能力超设计能力85%的污水厂进行扩容升级",
        "在2023年全市13个零工市场已建成运行的基础上,推进就业服务",
        "打通服务群众的“最后一公里”,统筹实施八项行动",
        "推动3岁以下婴幼儿照护服务、80岁以上老年人救助",
        "截至2月15日，全市复工企业达到3362家。",
        "每个项目按不超过实际投入的20%予以资助",
        "技术论证时专家不应少于5人",
        "应用高度禁止超过100米",
    ],
)
def test_numbers_that_are_no_targets(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年底完成,总投资5.6亿元,治理", ("5.6亿元", "总投资", 560_000_000, "=", 2025)),
        ("项目约投资5500万元,改造后", ("5500万元", "项目约投资", 55_000_000, "=", None)),
        ("培育收入过200亿元的软件产业集群", ("200亿元", "培育收入过", 20_000_000_000, "=", None)),
        ("2024年,生均财政拨款力争达到8000元。", ("8000元", "生均财政拨款", 8000, "=", 2024)),
        ("每年实施投资500万元以上技改项目", ("500万元以上", "实施投资", 5_000_000, ">=", None)),
    ],
)
def test_money(text: str, expected: tuple[object, ...]) -> None:
    assert [
        (f.text, f.subject, f.yuan, f.comparison, f.year) for f in facts(text) if isinstance(f, Money)
    ] == [expected]


def test_a_fine_in_chinese_numerals() -> None:
    found = [f for f in facts("拒不改正的，处十万元以上五十万元以下罚款；") if isinstance(f, Money)]
    assert [(f.yuan, f.comparison, f.subject) for f in found] == [
        (100_000, ">=", "罚款"),
        (500_000, "<=", "罚款"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("一亿二千万元", 120_000_000, "元"),
        ("1亿2000万元", 120_000_000, "元"),
        ("三万五千亩", 35_000, "亩"),
        ("3万5千元", 35_000, "元"),
        ("壹仟万元", 10_000_000, "元"),
        ("120余万元", 1_200_000, "元"),
        ("1 200亩", 1200, "亩"),
        ("百分之六十点五", 60.5, "%"),
        ("七成以上", 70, "%"),
        ("三分之二", 66.6667, "%"),
        ("千分之三", 0.3, "%"),
    ],
)
def test_numbers_as_officials_write_them(text: str, value: float, unit: str) -> None:
    assert [(m.value, m.unit) for m in read_measures(text)] == [(value, unit)]
