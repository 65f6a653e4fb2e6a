"""Which words name a region, and which only look like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.regions import regions_in, short_forms


@pytest.mark.parametrize(
    ("region", "forms"),
    [
        ("宁武县", ("宁武",)),
        ("杭锦旗", ("杭锦",)),
        ("运城市", ("运城",)),
        ("内蒙古自治区", ("内蒙古",)),
        ("宁夏回族自治区", ("宁夏",)),
        ("新疆维吾尔自治区", ("新疆",)),
        ("恩施土家族苗族自治州", ("恩施州", "恩施")),
        ("香港特别行政区", ("香港",)),
        ("锡林郭勒盟", ("锡林郭勒",)),
        ("夏县", ()),
        ("浦东新区", ("浦东",)),
    ],
)
def test_short_forms(region: str, forms: tuple[str, ...]) -> None:
    found = short_forms(region)
    assert set(forms) <= set(found)
    assert all(len(form) >= 2 for form in found)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("忻州海绵城市谁负责", ["忻州市"]),
        ("宁武县和运城市的目标有什么不同", ["宁武县", "运城市"]),
        ("杭锦旗有没有海绵城市", ["杭锦旗"]),
        ("杭锦的目标", ["杭锦旗"]),
        ("沁水县城人口多少", ["沁水县"]),
        ("成武方案的文号", ["成武县"]),
        ("夏县、绛县和临猗县呢", ["夏县", "绛县", "临猗县"]),
        ("璧山区怎么防疫", ["璧山区"]),
        ("泰州市海陵区政策", ["泰州市", "海陵区"]),
        ("重庆市大渡口区市场监督管理局", ["重庆市", "大渡口区"]),
        ("内蒙古自治区党委办公厅", ["内蒙古自治区"]),
        ("恩施州的目标", ["恩施土家族苗族自治州"]),
        ("山西和山东比较", ["山西省", "山东省"]),
        ("北京市东城区、西城区", ["北京市", "东城区", "西城区"]),
        ("杭州市西湖区", ["杭州市", "西湖区"]),
        ("重庆省际包车", ["重庆市"]),
        ("浦东国企", ["浦东新区"]),
        ("广西省的政策", ["广西壮族自治区"]),
        ("吉林市的政策", ["吉林市"]),
        ("瀍河回族区市场监管局", ["瀍河回族区"]),
        ("2027年沁水的装配式建筑", ["沁水县"]),
    ],
)
def test_named(question: str, names: list[str]) -> None:
    assert [mention.name for mention in regions_in(question)] == names


@pytest.mark.parametrize(
    "question",
    [
        "市住建局牵头哪些任务",
        "县城、城市、全市、我县、各县(市)、市区、社区、园区、开发区、小区、街区、地区",
        "县城建设的目标是什么",
        "农产品主产区县城和重点生态功能区县城",
        "城市融合型县城有哪些",
        "国家级贫困县、百强县、试点县、产粮大县",
        "老旧小区、老旧街区、棚户区、采煤沉陷区怎么改造",
        "确保定期公布,实现长治久安,求大同存小异",
        "和平发展、公安部门、兴国之路、富民产业、友谊商店",
        "太行山区、沿海地区、自由贸易区、经济技术开发区、主城区",
        "升国旗、五星红旗、锦旗",
        "南京路步行街、北京大学、北京路",
        "股市、楼市、超市、夜市、农贸市场",
        "推进以县城为重要载体的城镇化建设",
        "到2025年,建成区30%以上的面积达到海绵城市要求",
        "创新和完善县域治理,融合南北资源",
        "市政府、省发展改革委、区市场监管局、旗人民政府",
        "为贯彻落实市委、按照省委要求，记者昨天从市医保局了解到",
        "外省市、海岛县、省军区(卫戍区、警备区)和县、自治县",
    ],
)
def test_not_named(question: str) -> None:
    assert regions_in(question) == []


@given(st.text(alphabet="山西北京市县区旗宁武运城自治州的和在，。 海绵"))
def test_mentions_are_in_order_and_apart(text: str) -> None:
    mentions = regions_in(text)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
