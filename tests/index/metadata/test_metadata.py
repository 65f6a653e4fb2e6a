"""What documents say about themselves, against expectations written after reading them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.commands.describe import described
from index.metadata.describe import Description, describe
from index.metadata.signature import iso_date
from index.parsing.parse import parse_file
from index.reading.clean import clean
from index.reading.read import read_text
from index.records import Described, FieldName

DOCUMENTS = Path(__file__).parents[3] / "documents"
EVAL = Path(__file__).parents[4] / "shared" / "eval"

FIVE: dict[str, dict[str, str | list[str]]] = {
    "宁武县": {
        "title": "宁武县人民政府办公室关于印发宁武县推进以县城为重要载体的城镇化建设行动方案的通知",
        "region": "宁武县",
        "issuer": "宁武县人民政府办公室",
        "number": "宁政办发〔2024〕63号",
        "date": "2024-12-30",
        "implements": [
            "关于推进以县城为重要载体的城镇化建设的意见",
            "关于印发推进以县城为重要载体的城镇化建设行动方案的通知",
        ],
    },
    "运城市": {
        "title": "运城市推进以县城为重要载体的城镇化建设行动方案",
        "region": "运城市",
        "issuer": "运城市人民政府办公室",
        "date": "2024-09-14",
        "implements": ["山西省人民政府办公厅关于推进以县城为重要载体的城镇化建设行动方案的通知"],
    },
    "沁水县": {
        "title": "推进以县城为重要载体的城镇化建设行动方案政策解读",
        "region": "沁水县",
        "interprets": ["推进以县城为重要载体的城镇化建设行动方案"],
        "interpreter": "沁水县住房和城乡建设管理局",
    },
    "杭锦旗": {
        "title": "【文字解读】杭锦旗推进以县城为重要载体的城镇化建设方案(2023-2025年)",
        "region": "杭锦旗",
        "implements": [
            "中共中央办公厅、国务院办公厅印发的〈关于推进以县城为重要载体的城镇化建设的意见>",
            "内蒙古自治区党委办公厅内蒙古自治区人民政府办公厅印发<关于推进以县城为重要载体的城镇化建设总体方案"
            "(2023-2025年)的通知>(内党办发〔2023〕7号)",
            "内蒙古自治区发展和改革委员会〈关于编制县城“一县一策”建设方案的通知",
        ],
        "interprets": [
            "杭锦旗人民政府关于印发《杭锦旗推进以县城为重要载体的城镇化建设总体方案(2023~2025年)》的通知"
        ],
    },
    "成武县": {
        "title": "成武县人民政府关于印发成武县新型城镇化建设行动提升方案(2024—2025年)的通知",
        "region": "成武县",
        "issuer": "成武县人民政府办公室",
        "number": "成政发〔2024〕3号",
        "date": "2024-07-04",
        "implements": [
            "山东省新型城镇化建设行动方案(2024—2025年)",
            "菏泽市新型城镇化建设行动提升方案(2024—2025年)",
        ],
        "status": "有效",
    },
}
KINDS = {"宁武县": "正文", "运城市": "正文", "沁水县": "解读", "杭锦旗": "解读", "成武县": "正文"}


def load(path: Path) -> tuple[str, Description]:
    text = clean(read_text(path).text).text
    return text, describe(text, path.name)


def value(description: Description, name: FieldName) -> str | None:
    return next((field.value for field in description.fields if field.name == name), None)


@pytest.mark.parametrize("name", FIVE)
def test_the_five_documents(name: str) -> None:
    (path,) = DOCUMENTS.glob(f"{name}*")
    text, description = load(path)
    found: dict[str, str | list[str]] = {}
    for field in description.fields:
        if field.name in ("implements", "interprets"):
            several = found.setdefault(field.name, [])
            assert isinstance(several, list)
            several.append(field.value)
        else:
            assert field.name not in found
            found[field.name] = field.value
        assert field.start is not None
        assert field.end is not None
        printed = "".join(text[field.start : field.end].split())
        assert printed == field.value or iso_date(printed) == field.value
    assert found == FIVE[name]
    assert description.kind == KINDS[name]


@dataclass(frozen=True)
class Notice:
    file: str
    title: str
    region: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: str | None = None


NOTICES = [
    Notice("f3bdcc", "多地多举措保障生活必需品供应 严打哄抬物价、造假行为"),
    Notice("c2694", "解燃“煤”之急 山西煤炭企业加快复工复产", "山西省"),
    Notice(
        "de7aa7",
        "关于疫情防控期间暂停海陵区政务服务中心线下窗口服务的通告",
        "海陵区",
        "泰州市海陵区行政审批局",
        date="2020-02-02",
    ),
    Notice("4d58da", "商务部发布“文化贸易公共信息服务平台”"),
    Notice("4a89ee", "山西省9家口罩生产企业在产在建 保生产 保运行 保质量", "山西省"),
    Notice("4af482", "浙江温州设立2亿元稳岗专项资金", "温州市"),
    Notice(
        "25e53c",
        "广西壮族自治区新型冠状病毒感染的肺炎疫情",
        "广西壮族自治区",
        "广西壮族自治区新型冠状病毒感染的肺炎疫情防控工作领导小组指挥部",
        date="2020-02-08",
    ),
    Notice("23005a", "铜川市人民政府", "铜川市", "铜川市交通运输局", date="2020-01-27"),
    Notice(
        "106e7e",
        "财政部 税务总局关于支持新型冠状病毒感染的肺炎疫情防控有关税收政策的公告",
        None,
        "税务总局、财政部",
        "财政部税务总局公告2020年第8号",
        "2020-02-06",
    ),
    Notice("a8f248", "内蒙古：对政府组织的农民工返岗包车免收高速公路通行费", "内蒙古自治区"),
    Notice(
        "e66bc2",
        "四川省应对新型冠状病毒肺炎疫情应急指挥部关于做好外出务工人员健康申报证明服务的通知",
        "四川省",
        "四川省应对新型冠状病毒肺炎疫情应急指挥部",
        "川疫指发〔2020〕17号",
        "2020-02-13",
    ),
    Notice("1a2ae6", "重庆省际包车全面恢复正常运转", "重庆市"),
    Notice("659772", "一半以上居住者在隔离观察的“微型城”怎么管？嘉定外冈镇创新方式解难题", "嘉定区"),
    Notice(
        "bec300",
        "关于进一步做好新型冠状病毒感染肺炎疫情防控经费保障工作的通知",
        None,
        "财政部",
        "财办〔2020〕7号",
        "2020-01-31",
    ),
    Notice(
        "e3e7fb",
        "人力资源社会保障部 财政部 税务总局关于阶段性减免企业社会保险费的通知",
        None,
        "人力资源社会保障部、财政部、税务总局",
        "人社部发〔2020〕11号",
        "2020-02-20",
    ),
    Notice("c433d1", "患难见真情，浦东国企“组团式”帮扶中小企业，预计租金减免将达10亿元以上", "浦东新区"),
    Notice(
        "acb9fc",
        "北京市人民政府办公厅关于进一步支持打好新型冠状病毒感染的肺炎疫情防控阻击战若干措施",
        "北京市",
        "北京市人民政府办公厅",
        "京政办发〔2020〕5号",
        "2020-02-03",
    ),
    Notice(
        "7bf612", "一图读懂含金量十足的泰达“暖企十六条”", "天津市", "天津经济技术开发区", None, "2020-02-10"
    ),
    Notice("f44512", "湖北将再建一所应急后备医院", "湖北省"),
    Notice("04fb7e", "福建省推出“八闽健康码”", "福建省"),
    Notice(
        "a13ed0",
        "北京市水务局关于新型冠状病毒感染肺炎疫情期间停征部分中小微企业污水处理费的通知",
        "北京市",
        "北京市水务局",
        None,
        "2020-02-07",
    ),
    Notice(
        "3a2695",
        "关于进一步完善全市中小学延期开学期间线上教育教学工作的通知",
        "绍兴市",
        "绍兴市教育局新型冠状病毒感染的肺炎疫情防控工作领导小组",
        "绍市教防控〔2020〕4号",
        "2020-02-16",
    ),
    Notice(
        "8ecb0f",
        "国务院扶贫办 财政部关于积极应对新冠肺炎疫情影响加强财政专项扶贫资金项目管理工作"
        "确保全面如期完成脱贫攻坚目标任务的通知",
        None,
        "国务院扶贫办、财政部",
        "国开办发〔2020〕5号",
        "2020-02-17",
    ),
    Notice(
        "da35c1",
        "国家税务总局重庆市税务局关于支持打赢新型冠状病毒感染的肺炎疫情防控阻击战优化税收服务的通知",
        "重庆市",
        "国家税务总局重庆市税务局",
        "渝税发〔2020〕4号",
        "2020-02-06",
    ),
    Notice("41c600", "通告", "莆田市", "莆田市应对新型冠状病毒感染肺炎疫情工作指挥部", None, "2020-02-09"),
    Notice("0d91ba", "浙江重庆两地医学专家视频连线 共同探讨分享新冠肺炎医疗救治经验", "浙江省"),
    Notice("5173cd", "即卸即处理！天津优先焚烧定点医院等处垃圾", "天津市"),
    Notice(
        "3ab5ce", "紧急公告", "西宁市", "西宁市新型冠状病毒感染的肺炎疫情处置工作指挥部", None, "2020-01-26"
    ),
    Notice(
        "7fe7bb",
        "广东省人民政府办公厅转发省卫生健康委、人力资源社会保障厅、财政厅关于做好一线医务人员及其家属保障工作"
        "若干措施的通知",
        "广东省",
        "广东省人民政府办公厅",
        "粤府办〔2020〕4号",
        "2020-02-18",
    ),
]


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.file)
def test_notices(notice: Notice) -> None:
    if not EVAL.is_dir():
        pytest.skip("needs the notices in ../shared/eval")
    (path,) = EVAL.glob(f"gov_notices/documents/{notice.file}*")
    _, found = load(path)
    names: tuple[FieldName, ...] = ("title", "region", "issuer", "number", "date")
    assert Notice(notice.file, *(value(found, name) or None for name in names)) == notice  # type: ignore[arg-type]


@dataclass(frozen=True)
class Law:
    file: str
    issuer: str | None
    number: str | None
    date: str
    implements: tuple[str, ...] = ()


COURT, CONGRESS = "最高人民法院", "全国人民代表大会常务委员会"
LAWS = [
    Law(
        "戒毒条例(2018-09-18)",
        "国务院",
        "中华人民共和国国务院令第597号",
        "2018-09-18",
        ("中华人民共和国禁毒法",),
    ),
    Law("国务院关于鼓励投资开发海南岛的规定(1988-05-03)", "国务院", None, "1988-05-04"),
    Law("注册会计师法(2014-08-31)", CONGRESS, None, "2014-08-31"),
    Law("反垄断法(2007-08-30)", CONGRESS, None, "2007-08-30"),
    Law("民办教育促进法(2018-12-29)", CONGRESS, None, "2018-12-29"),
    Law(
        "外资企业法实施细则(2014-02-19)", "对外经济贸易部", None, "2014-02-19", ("中华人民共和国外资企业法",)
    ),
    Law("总会计师条例(2011-01-08)", "国务院", "中华人民共和国国务院令第72号", "2011-01-08"),
    Law("幼儿园管理条例(1989-09-11)", "国家教育委员会", "中华人民共和国国家教育委员会令第4号", "1989-09-11"),
    Law(
        "海关总署关于外国驻中国使馆和使馆人员进出境物品的规定(2011-01-08)",
        "海关总署",
        None,
        "2011-01-08",
        ("中华人民共和国外交特权与豁免条例",),
    ),
    Law(
        "军队参加抢险救灾条例(2005-06-07)",
        "国务院、中央军事委员会",
        "中华人民共和国国务院、中华人民共和国中央军事委员会令第436号",
        "2005-06-07",
    ),
    Law(
        "食品安全法实施条例(2019-10-11)",
        "国务院",
        "中华人民共和国国务院令第721号",
        "2019-10-11",
        ("中华人民共和国食品安全法",),
    ),
    Law("规划环境影响评价条例(2009-08-17)", "国务院", "中华人民共和国国务院令第559号", "2009-08-17",
        ("中华人民共和国环境影响评价法",)),
    Law("最高人民法院关于适用《行政诉讼法》若干问题的解释(2015-04-22)", COURT, None, "2015-04-22"),
    Law(
        "最高人民法院关于审理融资租赁合同纠纷案件适用法律问题的解释(2020-12-29)",
        COURT,
        None,
        "2020-12-29",
        ("中华人民共和国民法典", "中华人民共和国民事诉讼法"),
    ),
    Law(
        "最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释(2025-03-13)",
        COURT,
        "法释〔2025〕4号",
        "2025-03-13",
        ("中华人民共和国民法典", "中华人民共和国消费者权益保护法", "中华人民共和国民事诉讼法"),
    ),
    Law("非银行支付机构监督管理条例(2023-12-09)", None, None, "2023-12-09",
        ("中华人民共和国中国人民银行法", "中华人民共和国电子商务法")),
]  # fmt: skip


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.file)
def test_laws(law: Law) -> None:
    path = EVAL / "regulations" / f"{law.file}.md"
    if not path.exists():
        pytest.skip("needs the regulations in ../shared/eval")
    text, found = load(path)
    assert found.kind == "法规"
    assert value(found, "title") == text.strip().split("\n")[0]
    assert value(found, "region") is None
    implements = tuple(field.value for field in found.fields if field.name == "implements")
    assert (
        Law(law.file, value(found, "issuer"), value(found, "number"), value(found, "date") or "", implements)
        == law
    )


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2024年12月30日", "2024-12-30"),
        ("2024 年 07 月 04 日", "2024-07-04"),
        ("2020-1-29", "2020-01-29"),
        ("二〇二四年九月十四日", "2024-09-14"),
        ("二○二○年十二月三十一日", "2020-12-31"),
        ("二〇一九年十月十日", "2019-10-10"),
        ("2024年13月1日", None),
        ("202474", None),
    ],
)
def test_dates(printed: str, iso: str | None) -> None:
    assert iso_date(printed) == iso


def test_signature_in_chinese_digits() -> None:
    text = (
        "关于做好春耕生产的通知\n\n各乡镇人民政府：\n请认真做好春耕。\n\n"
        "阳城县人民政府办公室\n二〇二四年三月五日\n"
    )
    found = describe(text, "通知.txt")
    assert [(field.name, field.value) for field in found.fields] == [
        ("title", "关于做好春耕生产的通知"),
        ("region", "阳城县"),
        ("issuer", "阳城县人民政府办公室"),
        ("date", "2024-03-05"),
    ]


def test_a_number_that_is_cited_is_not_its_own() -> None:
    text = (
        "关于印发工作方案的通知\n各局：\n"
        "根据《省政府关于春耕的通知》(晋政办发〔2023〕80号)要求,制定本方案。\n"
    )
    found = describe(text, "通知.txt")
    assert value(found, "number") is None
    assert value(found, "implements") == "省政府关于春耕的通知"


def test_table_before_a_notice_without_a_heading() -> None:
    text = (
        "索 引 号:014/2024-001\n发文机关:绛县人民政府办公室\n标\xa0\xa0题:绛县行动方案\n"
        "发文字号:绛政办发〔2024〕20号\n成文日期:2024年9月14日\n\n各乡镇人民政府:\n《绛县行动方案》已经县人民政府同意,现印发给你们。\n"
    )
    assert [(field.name, field.value) for field in describe(text, "方案.html").fields] == [
        ("title", "绛县行动方案"),
        ("region", "绛县"),
        ("issuer", "绛县人民政府办公室"),
        ("number", "绛政办发〔2024〕20号"),
        ("date", "2024-09-14"),
    ]


def test_region_from_the_file_name() -> None:
    found = describe("城镇化建设行动方案\n一、总体要求\n全面推进。\n", "资料/新绛县行动方案.txt")
    field = next(field for field in found.fields if field.name == "region")
    assert (field.value, field.start, field.end) == ("新绛县", None, None)


@given(
    st.text()
    | st.text(alphabet="《》〈〉（）()〔〕年月日号第条0123456789 \n县市区局关于通知根据，。：解读标题文号")
)
def test_whatever_the_text(text: str) -> None:
    for field in describe(text, "甲.txt").fields:
        assert field.value
        assert field.start is None or text[field.start : field.end].strip()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("为贯彻落实上级部署，加快推进建设，制定本行动方案。\n一、总体要求\n加快建设。", None),
        ("一、总体要求\n（一）指导思想\n坚持以人民为中心。", None),
        ("各省、自治区、直辖市人民政府，国务院各部委：\n现提出以下意见。\n一、总体要求", None),
        (
            "发展改革委办公厅  文件\n税务总局办公厅\n发改办财金规〔2019〕860号\n"
            "关于加强信用建设的通知\n各省：\n为贯彻",
            "关于加强信用建设的通知",
        ),
        (
            "【法宝引证码】 CLI.12.0000000\n原文链接：https://www.example.com/0.html\n某市人民政府关于促进发展的意见\n",
            "某市人民政府关于促进发展的意见",
        ),
        (
            "某市人民政府关于加快发展的意见某府发〔2024〕17号各区县人民政府，有关单位：近年来，发展迅速。",
            "某市人民政府关于加快发展的意见",
        ),
        (
            "加快产业发展意见\n中共某县委 某县人民政府\n关于支持产业加快发展的实施意见\n"
            "(2023年2月8日)\n为抢抓机遇，",
            "中共某县委 某县人民政府关于支持产业加快发展的实施意见",
        ),
    ],
)
def test_titles_and_what_is_none(text: str, title: str | None) -> None:
    found = {field.name: field.value for field in describe(text, "a.txt").fields}
    assert found.get("title") == title


def test_validity_in_its_own_words() -> None:
    text = (
        "某市临时救助办法\n第一条 本办法所称救助，是指补贴。评定结果有效期三年。\n"
        "第二条 依据自2020年1月1日起施行的《某法》执行。\n"
        "第三条 本办法自2022年9月13日起施行，有效期5年。《某市旧办法》（某府办规〔2019〕13号）同时废止。\n"
    )
    fields = describe(text, "a.txt").fields
    found = {field.name: field.value for field in fields}
    assert found["in_force_from"] == "2022-09-13"
    assert found["valid_until"] == "2027-09-12"
    assert found["repeals"] == "某府办规〔2019〕13号"
    words = {field.name: text[field.start : field.end] for field in fields if field.start is not None}
    assert words["valid_until"] == "有效期5年"
    document = Described("a.txt", "正文", fields, "")
    days = (date(2022, 9, 12), date(2022, 9, 13), date(2027, 9, 12), date(2027, 9, 13))
    assert [document.in_force(day) for day in days] == [False, True, True, False]
    assert Described("a.txt", "正文", (), "").in_force(date(2022, 1, 1)) is None


def test_a_start_counted_from_the_day_of_issue() -> None:
    text = "某市意见\n本意见自发布之日起30日后施行。\n某市人民政府\n2021年9月30日\n"
    found = {field.name: field.value for field in describe(text, "a.txt").fields}
    assert found["in_force_from"] == "2021-10-30"


GOLD_FLOORS = {"title": 0.95, "issuer": 0.95, "number": 0.98, "date": 0.95, "region": 0.92, "repeals": 0.93}


def test_the_gold_of_the_plans() -> None:
    gold = EVAL / "plans"
    if not gold.exists():
        pytest.skip("needs the plans in ../shared/eval")
    scorer = SourceFileLoader("plans_score", str(gold / "score.py")).load_module()
    wanted = scorer.load(gold / "metadata.jsonl")
    told = {
        one["file"]: described(parse_file(gold / "documents" / one["file"], gold / "documents"))
        for one in wanted
    }
    figures = scorer.metadata(wanted, told, scorer.load(gold / "alternatives.jsonl"))
    low = {
        name: figures[name]["right"] for name, floor in GOLD_FLOORS.items() if figures[name]["right"] < floor
    }
    assert not low
    assert sum(figures[name]["invented"] for name in GOLD_FLOORS) <= 2
