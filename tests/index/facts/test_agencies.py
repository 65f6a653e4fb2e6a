"""Bodies and their roles: real excerpts with what a person reads in them, and what must not be read."""

from __future__ import annotations

import pytest

from index.facts.agencies import find_agencies
from index.language.agency_names import normalise_agency, same_body
from index.language.agency_shapes import names_body, names_no_one
from index.records import Cell


def roles(text: str) -> list[str]:
    return [f"{agency.text}/{agency.role}" for agency in find_agencies(text, 0)]


def in_cell(text: str, column: str = "单位") -> list[str]:
    cells = (Cell(column, 7, 7 + len(text)),)
    return [f"{agency.text}/{agency.role}" for agency in find_agencies(text, 7, cells)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达到海绵城市建设要求。(县住建局、县财政局)", ["县住建局/first", "县财政局/responsible"]),
        (
            "深入开展整治。(县住建局、市生态环境局宁武分局)。",
            ["县住建局/first", "市生态环境局宁武分局/responsible"],
        ),
        (
            "(县发展和改革局牵头,县财政局、县水务局按职责分工负责)",
            ["县发展和改革局/lead", "县财政局/responsible", "县水务局/responsible"],
        ),
        (
            "打好基础。县发展和改革局、县统计局牵头,县公安局、县委组织部按职责分工负责",
            ["县发展和改革局/lead", "县统计局/lead", "县公安局/responsible", "县委组织部/responsible"],
        ),
        ("由县住建局会同县发改局共同牵头负责专班日常工作。", ["县住建局/lead", "县发改局/lead"]),
        ("提升旅游公路标准,文旅部门牵头打造“大芦芽山”文旅项目", ["文旅部门/lead"]),
        (
            "(县综合行政执法局县交通运输局、县商务局按职责分工负责)",
            ["县综合行政执法局/first", "县交通运输局/responsible", "县商务局/responsible"],
        ),
        ("(县工业和信息化局县大数据局按职责分工负责)", ["县工业和信息化局/first", "县大数据局/responsible"]),
        ("应入尽入项目库。(市财政局、市发展改革委、)", ["市财政局/first", "市发展改革委/responsible"]),
        (
            "水平全面提升。(市文旅局[市文物局]、市交通局)",
            ["市文旅局/first", "市文物局/responsible", "市交通局/responsible"],
        ),
        (
            "配套衔接。(市能源局、市城市管理局等有关单位)",
            ["市能源局/first", "市城市管理局/responsible", "有关单位/responsible"],
        ),
        (
            "指导责任。(市住建局、市应急局等市直有关部门)",
            ["市住建局/first", "市应急局/responsible", "市直有关部门/responsible"],
        ),
        (
            "(县自然资源和规划局,县房产服务中心,成武住房公积金管理中心按职责分工负责)",
            ["县自然资源和规划局/first", "县房产服务中心/responsible", "成武住房公积金管理中心/responsible"],
        ),
        (
            "扩容。（牵头单位：市财政局；责任单位：市工信局、市科技局；配合单位：市商务局）",
            ["市财政局/lead", "市工信局/responsible", "市科技局/responsible", "市商务局/support"],
        ),
        (
            "处理。（省发展改革委牵头，省直有关部门，各市、县〔区〕人民政府配合） 15.对确因",
            ["省发展改革委/lead", "省直有关部门/support", "各市、县〔区〕人民政府/support"],
        ),
        (
            "（牵头单位：县住建局 配合单位：县财政局、各县（市、区）人民政府；完成时限：2025年6月底前）",
            ["县住建局/lead", "县财政局/support", "各县（市、区）人民政府/support"],
        ),
        (
            "（发展改革委、教育部、银保监会等部门和各省级人民政府负责）",
            ["发展改革委/first", "教育部/responsible", "银保监会/responsible", "各省级人民政府/responsible"],
        ),
        ("（县住建局负责，完成时限：2025年6月底前）", ["县住建局/first"]),
        ("（责任单位：各镇街、县经济开发区）", ["各镇街/first", "县经济开发区/responsible"]),
        ("由区发展改革委会同其他各相关部门负责解释。", ["区发展改革委/lead", "其他各相关部门/support"]),
        ("予以延长。 　　责任单位：省药监局  　　（四）加强用工保障。", ["省药监局/first"]),
        ("市督办督查局要牵头组织相关市级行业主管部门", ["市督办督查局/lead"]),
        (
            "市督办督查局要牵头组织相关市级行业主管部门，加强督查。",
            ["市督办督查局/lead", "相关市级行业主管部门/support"],
        ),
        ("第四条 国务院民政部门负责全国行政区划的具体管理工作。", ["国务院民政部门/first"]),
        (
            "县级以上地方各级人民政府教育行政部门主管本行政区域内的民办教育工作。",
            ["县级以上地方各级人民政府教育行政部门/first"],
        ),
        (
            "国务院商务主管部门、海关总署等有关部门依照本条例的规定和各自的职责负责消耗臭氧层物质的工作。",
            ["国务院商务主管部门/first", "海关总署/responsible", "有关部门/responsible"],
        ),
        (
            "提供服务。（省交通运输厅、某省铁路集团有限公司、崂山实验室及各地区按职责分工负责）",
            [
                "省交通运输厅/first",
                "某省铁路集团有限公司/responsible",
                "崂山实验室/responsible",
                "各地区/responsible",
            ],
        ),
        ("扩大覆盖。（农业农村部、市场监管总局指导）", ["农业农村部/supervise", "市场监管总局/supervise"]),
        (
            "（商务部指导，供销合作总社参与）建立平台。",
            ["商务部/supervise", "供销合作总社/support"],
        ),
        (
            "（5月底取得明显成效，牵头考核单位：市审批服务局）",
            ["市审批服务局/assess"],
        ),
        (
            "（税务总局、财政部负责，排在第一位的部门为牵头部门，下同）",
            ["税务总局/lead", "财政部/responsible"],
        ),
        ("（责任单位：市农业农村委、市科协）", ["市农业农村委/first", "市科协/responsible"]),
        (
            "提升保障。〔市商务委、17个市级帮扶集团牵头单位和有关区县政府具体负责〕",
            ["市商务委/first", "17个市级帮扶集团牵头单位/responsible", "有关区县政府/responsible"],
        ),
        (
            "建立省发展改革委、省卫生健康委牵头，各有关部门参加的联席会议制度。",
            ["省发展改革委/lead", "省卫生健康委/lead", "各有关部门/support"],
        ),
        (
            "生态环境部会同有关部门组织开展评估。各试点城市要结合实际制定方案。",
            ["生态环境部/lead", "有关部门/support", "各试点城市/first"],
        ),
        (
            "市民政部门每年委托评定，会同有关部门公布结果。",
            ["市民政部门/lead", "有关部门/support"],
        ),
        # Who helps is not said; the department does the work and is helped.
        ("到2027年，配合省卫健委每年举办培训会。", []),
        (
            "工业和信息化、网信、科技等部门要加强协调。",
            ["工业和信息化、网信、科技等部门/first"],
        ),
        (
            "到2019年底，市场监管部门完成整合。各区县、乡镇（街道）按照职责实行管理。",
            ["市场监管部门/first", "各区县/first", "乡镇（街道）/responsible"],
        ),
        (
            "1.县交通运输局：加强指导，会同县公安局交警大队开展治超。",
            ["县交通运输局/lead", "县公安局交警大队/support"],
        ),
        (
            "镇人民政府、街道办事处应在5个工作日内完成初核。（责任单位：县民政局）",
            ["镇人民政府/responsible", "街道办事处/responsible", "县民政局/first"],
        ),
        (
            "街道办事处应当完成初核并提交区养老服务指导单位核实，专款专用，并接受财政、审计部门的监督检查。",
            ["街道办事处/first", "区养老服务指导单位/responsible", "财政、审计部门/supervise"],
        ),
        (
            "充分发挥市农村工作领导小组牵头抓总、统筹协调作用。县委书记应当把主要精力放在“三农”工作上。",
            ["市农村工作领导小组/lead", "县委书记/first"],
        ),
        (
            "建立市场监管部门牵头的联席会议制度。区管委会应及时牵头协调，组织有关部门采取措施。",
            ["市场监管部门/lead", "区管委会/lead", "有关部门/support"],
        ),
        (
            "3.与县水利局、县水文站共同推进备用水源或应急水源建设（15分）；",
            ["县水利局/support", "县水文站/support"],
        ),
        (
            "当地政府和贸促会应积极帮助企业申请办理事实性证明。各地教育部门和学校要做好组织部署工作。",
            ["当地政府/first", "贸促会/responsible", "各地教育部门/first", "学校/responsible"],
        ),
        (
            "由专区监管部门进行评估确认，经数据提供部门审核同意后依托市大数据平台实施共享。",
            ["专区监管部门/first", "数据提供部门/responsible"],
        ),
        (
            "省工业和信息化厅统筹推进，会同有关部门共同支持智能制造发展。（责任单位：省工业和信息化厅）",
            ["省工业和信息化厅/lead", "有关部门/support"],
        ),
    ],
)
def test_bodies_and_their_roles(text: str, expected: list[str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "将“三区一村”(老旧小区、老旧厂区、老旧街区、城中村)改造范围纳入县级城市更新区域。",
        "改建线路5.74公里(双线),其中:新建隧道2.9公里",
        "推动有条件的县(市)、乡(镇)先行",
        "(以下任务均需各县[市]人民政府落实,不再单独列出;所列各市直部门依据职责分工负责)",
        "(此件依申请公开)",
        "县城综合商贸服务中心覆盖率达100%,乡镇商贸综合体(服务中心)覆盖率达100%",
        "旗级医共体积极融入市级蒙医中医医院牵头组建的城市医疗集团",
        "对直接负责的主管人员和其他直接责任人员依法给予处分。",
        "经市发展改革委（市粮食局）同意后实施",
        "以工会牵头实现工作精神传达",
        "市教育局（以下简称主管部门）",
        "由有关部门负责解释。",
        "县级以上地方人民政府负责管理地震工作的部门或者机构",
        "不需报市财政局审批，经民政部门认定的低保家庭可以申请。",
        "增强社区统筹资源调配自主权，推动重心下移。督查指导乡镇开展治理工作。",
        "鼓励企业参加展会，支持高校、科研院所开展研究。",
        "建设单位应当按照规定报批。定点护理机构应当提供服务。",
        "2月7日，财政部、税务总局联合发布公告。",
        "某市机关协同工作方案",
        "（三）列入专业档案馆收集范围的档案，自项目验收之日起三个月内移交；",
        "对由下级人民政府食品安全监督管理部门负责日常监督管理的食品生产经营者",
    ],
)
def test_what_is_no_list_of_bodies(text: str) -> None:
    assert roles(text) == []


def test_the_unit_column_of_a_row() -> None:
    assert in_cell("市城市管理局,河津市、永济市人民政府") == [
        "市城市管理局/first",
        "河津市/responsible",
        "永济市人民政府/responsible",
    ]
    assert in_cell("各市、县人民政府") == ["各市、县人民政府/first"]
    assert in_cell("市生态环境局及相关市直单位,相关县(市)人民政府") == [
        "市生态环境局/first",
        "相关市直单位/responsible",
        "相关县(市)人民政府/responsible",
    ]
    assert in_cell("市住建局", "牵头单位") == ["市住建局/lead"]
    assert in_cell("市住建局", "配合单位") == ["市住建局/support"]
    assert in_cell("万平方米") == []
    assert in_cell("县农粮局", "") == ["县农粮局/first"]
    assert in_cell("县农粮局加强监管", "") == []


def test_offsets_are_those_of_the_document() -> None:
    found = find_agencies("要求。(县住建局、县财政局)", 1000)
    assert [(a.start, a.end) for a in found] == [(1004, 1008), (1009, 1013)]


@pytest.mark.parametrize(
    "names",
    [
        "住建局 县住建局 住房和城乡建设局 宁武县住房城乡建设局 沁水县住房和城乡建设管理局 省住房和城乡建设厅",
        "发改局 市发展改革委 县发展和改革局 发改委",
        "县人社局 人力资源社会保障局 市人力资源和社会保障局",
        "卫健委 县卫健局 市卫生健康委 卫生健康局",
        "县文旅局 县文化和旅游局 文旅部门",
        "市工信局 县工业和信息化局",
        "自然资源局 市规划和自然资源局 县自然资源和规划局",
        "市场局 市市场监管局 市场监督管理局",
        "交通局 县交通运输局",
        "应急局 市应急管理局",
        "行政审批局 宁武县行政审批局 市审批服务管理局",
        "消防救援支队 市消防救援支队 县消防救援大队",
        "运城市科技局 市科技局 科学技术局",
        "市数据局 县大数据局",
        "县委编办 编办 市委机构编制委员会办公室",
        "县残联 市残联 残疾人联合会",
        "市生态环境局宁武分局 运城市生态环境局宁武县分局",
        "国网宁武供电公司 国网宁武县供电公司",
        "人行运城市分行 中国人民银行运城市分行",
        "各县(市)人民政府 各县[市]人民政府 各县（市）政府",
        "市公积金管理中心 成武住房公积金管理中心",
        "城市管理局 市城市管理局 运城市城市管理局",
    ],
)
def test_names_of_one_body(names: str) -> None:
    assert len({normalise_agency(name) for name in names.split()}) == 1


def test_names_of_different_bodies() -> None:
    names = ["教育局", "教体局", "工信局", "工科局", "城市管理局", "综合行政执法局", "市生态环境局"]
    names += ["市生态环境局宁武分局", "凤凰镇人民政府", "东寨镇人民政府"]
    assert len({normalise_agency(name) for name in names}) == len(names)


def test_a_merged_body_meets_its_halves() -> None:
    merged = normalise_agency("县教体局")
    assert same_body(merged, normalise_agency("县教育局"))
    assert not same_body(normalise_agency("县教育局"), normalise_agency("县体育局"))


def test_what_names_a_body() -> None:
    assert all(
        names_body(name)
        for name in ["长途线务局", "太原铁路分局", "国能朔黄铁路扩能工程建设指挥部", "县公路段"]
    )
    assert all(names_body(name) for name in ["县档案馆", "市科协", "贸促会", "县水文站", "数据提供部门"])
    others = ["加油站", "工业展览馆", "提供服务", "城中村", "老旧小区", "双线", "布局", "大局", "报市教育局"]
    assert not any(names_body(name) for name in others)
    assert names_no_one("有关单位")
    assert not names_no_one("市直有关部门")
