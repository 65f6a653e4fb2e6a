"""What bodies are called: whether words name a body, and which names are the same body.

Two names are the same body when ``normalise_agency`` gives the same string.  What counts as the same:

- The level and the region are dropped (县住建局, 运城市住建局, 省住房和城乡建设厅 -> 住房城乡建设局): which
  region speaks is the document's business.  局, 厅 and 委 of one function are the same, and so are
  支队, 大队 and 总队, because these words only say the level.
- Short and full names of one function are the same (发改局, 发展改革委, 发展和改革局).  Merged bodies
  (教体局, 工科局) are not the same as the bodies of one half (教育局, 工信局).
- Governments, companies and branch offices keep their place, which is all that tells them apart
  (凤凰镇人民政府, 国网宁武供电公司, 生态环境局宁武分局).

Left out: bodies that only a gazetteer could tell from a place (成武 in 成武住房公积金管理中心 is dropped
because what follows is a known body, 清扫夫环卫公司 stays as it is).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# One body a line: the stem used here first, then other stems seen; 和, 与 and 及 are dropped beforehand,
# and 局, 厅, 委, 委员会, 部门 … are not written.  From the names that county, city and province
# governments carried after the reforms of 2018 and 2023.
_STEMS = """
发展改革 发改 发展与改革 发展改革经济信息化
住房城乡建设 住建 住房建设 城乡建设 住房城乡建设管理 住房城乡规划建设 建设
自然资源 自然资源规划 规划自然资源 自然资源规划管理 国土资源 自规 资规 自资
人力资源社会保障 人社 人力社保 劳动保障 劳动社会保障
卫生健康 卫健 卫计 卫生计生 卫生 卫生计划生育 卫生健康体育
文化旅游 文旅 文广旅 文化广电旅游 文广旅体 文化旅游体育 文旅广体 文化体育旅游 文化广电新闻出版 文体旅 文旅体 文化体育广电旅游
工业信息化 工信 经济信息化 经信 工业经济信息化
工业科技 工科 工业信息化科技 工信科技 科技工业信息化 科工信 科工 工业科学技术 科学技术工业信息化
教育体育 教体 教育科技体育 教科体
教育
体育
科学技术 科技
市场监督管理 市场监管 市监 市场 工商质监 工商行政管理
医疗保障 医保
交通运输 交通
应急管理 应急 安全生产监督管理 安监
农业农村 农业 农牧 农业农村水利 农牧业
水务 水利 水利水务 水行政
生态环境 环境保护 环保 生环
城市管理 城管 城市综合管理 城市管理服务 城市管理综合服务
综合行政执法 综合执法 城市管理综合行政执法 城管执法 城市管理行政执法 城市管理执法
行政审批 审批服务管理 行政审批服务管理 行政审批服务 审批 审批服务 行政服务管理
政务服务数据管理 政务服务大数据管理 政务服务大数据
数据 大数据 大数据管理 大数据发展 大数据发展管理 大数据服务管理
退役军人事务 退役军人
民政
司法
财政
审计
统计
公安
商务 商务粮食
税务 国税 地税
气象
水文
能源
林业 林草 林业草原 林业园林 园林
信访
文物
广播电视 广电
国有资产监督管理 国资 国资监管 国有资产管理 国有资产运营管理
金融工作 金融 地方金融监管 地方金融监督管理 金融监管 金融发展 金融服务
乡村振兴 扶贫 扶贫开发
粮食物资储备 粮食 粮食储备 粮储
人民防空 人防 国防动员
机关事务管理 机关事务
邮政管理 邮政
烟草专卖 烟草
药品监督管理 药监 药品监管 食品药品监督管理 食药监
知识产权
民族宗教 民宗 民族宗教事务 民族事务
外事 外事侨务
投资促进 招商 招商引资 招商投资促进
畜牧 畜牧兽医
通信管理 通管
体育旅游
"""

# Whole names (after the region) that do not end in 局: the name used here first.
_NAMES = """
编办 机构编制委员会办公室 编委办 委编办
网信办 网络安全信息化委员会办公室 网信部门
组织部
宣传部
统战部 统一战线工作部
社会工作部 社工部
政法委 政法委员会
农办 农村工作领导小组办公室
纪委监委 纪委 监委 纪检委 监察委员会 纪律检查委员会
直属机关工委 直属机关工作委员会
残联 残疾人联合会
妇联 妇女联合会
团委 共青团
工商联 工商业联合会
科协 科学技术协会
文联 文学艺术界联合会
总工会 工会
红十字会
供销社 供销合作社 供销联社 供销合作联社 供销合作社联合社
公积金管理中心 住房公积金管理中心 住房公积金中心 公积金中心
融媒体中心 融媒中心 融媒体
不动产登记中心
疾控中心 疾病预防控制中心 疾控局 疾病预防控制局
法院 人民法院
检察院 人民检察院
消防救援队 消防救援支队 消防救援大队 消防救援总队 消防救援局 消防支队 消防大队 消防队 消防总队 消防
交警队 交警支队 交警大队 交警总队 交通警察支队 交通警察大队 公安局交警大队 公安局交警支队 公安交警大队 公安交警支队
移动公司 中国移动 移动分公司 中国移动公司
联通公司 中国联通 联通分公司 中国联通公司
电信公司 中国电信 电信分公司 中国电信公司
"""

# 和, 与, 及 and 、 between the halves of a function: 住房和城乡建设, 规划与自然资源.
_JOINT = re.compile(r"[和与及、]")
# What a department is called at one level or another: 局, 厅, 发改委, 卫生行政部门.
_DEPARTMENT = re.compile(r"(?:行政主管部门|主管部门|行政部门|部门|委员会|[局厅委])$")
# 中共运城市委组织部, 县委编办, 市委网信办: the party committee before its office.
_PARTY = re.compile(
    r"^(?:中共)?[一-鿿]{0,6}?[省市县区旗州]委(?=组织部|宣传部|统战部|社会工作部|社工部|政法|编办|机构编制|网信|网络安全|农办|直属|统一战线)"
)
# 市, 县, 某某市, 某某县, 某某自治州 before a body.
_REGION = re.compile(r"^[一-鿿]{0,8}?(?:自治区|自治州|自治县|自治旗|地区|新区|[省市县区旗州盟])")
# A body's branch in a place: 生态环境局 + 宁武 (+ 县) + 分局; 金融监管总局 + 运城 + 监管分局.
_BRANCH = re.compile(r"^(?P<body>.+?局)(?P<place>[一-鿿]{2,4}?)[市县区旗]?(?P<kind>(?:监管)?(?:分局|支局))$")
# 中国人民银行运城市分行, 人行运城市分行, 人行九江中心支行.
_CENTRAL_BANK = re.compile(
    r"^(?:中国)?(?:人民银行|人行)(?P<place>[一-鿿]{0,6}?)[省市县区]?(?P<kind>中心支行|分行|支行|中支|营业管理部)?$"
)
# 国家金融监督管理总局运城监管分局, 运城金融监管分局, 遂宁银保监分局.
_BANK_WATCH = re.compile(
    r"^(?:国家)?(?:金融监督管理总局|金融监管总局)(?P<a>[一-鿿]{2,4}?)市?县?(?:金融)?(?:监管)?[分支]局$"
    r"|^(?P<b>[一-鿿]{2,3}?)市?县?(?:银保监|金融监管|金融监督管理)[分支]局$"
)
# 国网宁武县供电公司, 国网宁武供电公司.
_POWER = re.compile(r"^(?:国网|国家电网)(?P<place>[一-鿿]{2,4}?)[市县]?供电(?:分?公司|局)$")
# Level characters that end or begin another word: 城市管理局, 开发区管委会; 市场监管局, 县城建设中心.
_NO_REGION = re.compile(r"^(?:[城都]市|.*(?:社|园|开发|示范|景|灌|保护|产业|集聚|功能)区)$")
_NOT_AFTER_REGION = re.compile(r"^(?:[场政容民]|城(?!市)|域|级)")
_KEEPS_ITS_PLACE = re.compile(r"(?:政府|管委会|管理委员会|办事处|党工委|街道办?|乡镇|单位)$")

# A level-less place before a known body (成武住房公积金管理中心) is dropped only where the body's
# name is at least this long: shorter ones are too often the second half of another (水利建设局).
_SURE_BODY = 6


def _table(lines: str) -> dict[str, str]:
    rows = (line.split() for line in lines.split("\n") if line)
    return {alias: row[0] for row in rows for alias in row}


_STEM_OF = _table(_STEMS)
_NAME_OF = _table(_NAMES)


def _known(core: str) -> str | None:
    """The one name of a body without its region, or None: 住建局 -> 住房城乡建设局."""
    if core in _NAME_OF:
        return _NAME_OF[core]
    found = _DEPARTMENT.search(core)
    stem = _STEM_OF.get(_JOINT.sub("", core[: found.start()])) if found else None
    return f"{stem}局" if stem else None


def _without_region(name: str) -> str:
    """The name without 县, 市, 运城市, 宁武县 …: the known body where one is left, else one region."""
    for at in range(1, min(len(name) - 2, 9)):
        if name[at - 1] in "省市县区旗州盟" and (known := _known(name[at:])):
            return known
    for at in range(2, min(len(name) - _SURE_BODY + 1, 5)):
        if known := _known(name[at:]):
            return known
    region = _REGION.match(name)
    if region and not _NO_REGION.match(region[0]) and len(name) - region.end() >= 3:
        rest = name[region.end() :]
        return name if _NOT_AFTER_REGION.match(rest) else rest
    return name


def _special(name: str) -> str | None:
    """Banks, power companies and branch offices, whose place stays: 人民银行运城分行."""
    if found := _BANK_WATCH.match(name):
        return f"金融监管总局{found['a'] or found['b']}分局"
    if found := _CENTRAL_BANK.match(name):
        kind = {"中支": "中心支行", None: ""}.get(found["kind"], found["kind"])
        return f"人民银行{found['place']}{kind}"
    if found := _POWER.match(name):
        return f"国网{found['place']}供电公司"
    if found := _BRANCH.match(name):
        return f"{normalise_agency(found['body'])}{found['place']}{found['kind'].removeprefix('监管')}"
    return None


@lru_cache(maxsize=65536)
def normalise_agency(text: str) -> str:
    """The name under which a body is matched, from documents and questions alike.

    县住建局, 宁武县住房和城乡建设局 -> 住房城乡建设局; 市生态环境局宁武分局 -> 生态环境局宁武分局; a name the
    table does not know loses only its blanks and its region.  Never raises; blank text gives "".
    """
    name = "".join(unicodedata.normalize("NFKC", text).split())
    name = name.translate(str.maketrans("[]〔〕【】", "()()()"))
    name = re.sub(r"(?<!人民)政府(?=$|办)", "人民政府", name)
    name = re.sub(r"[市县区旗](?=分公司$)", "", name)
    if known := _known(name) or _special(name):
        return known
    bare = _PARTY.sub("", name)
    if known := _known(bare):
        return known
    if _KEEPS_ITS_PLACE.search(bare) or name.startswith(("各", "中国", "国")):
        return bare
    return _without_region(bare)


# Endings that only a body has: 局, 厅, 发展改革委, 人民政府, 消防救援支队.
_STRONG = re.compile(
    r"(?:^各[^,]*[市县区旗州)]|^各乡镇|(?<![布格大全结邮时当战开])局|(?<![客餐大展舞歌音门])厅|(?<![常编政纪居村支人推])委|政府|管委会|委员会|(?<!业)委会"
    r"|办公室|办事处|支队|总队|大队|指挥部|总署|政法委|编委|纪委|监委|党工?委|政委|组织部|宣传部|统战部|社会工作部|社工部"
    r"|(?:[省市县区旗]|委|网信|编|通联|外)办|检察院|法院|分行|支行|中支|营业管理部|外汇管理部|海关|团委|残联|妇联|工商联|总工会|供销社"
    r"|[市县区旗直关]部门|(?:政府|国务院)[一-鿿]{2,14}部门|主管部门|行政部门|市直单位|县直单位|省直单位|区直单位)$"
)
# Endings that other nouns share: 服务中心, 公司, 医院, 公路段, 乡镇.
_WEAK = re.compile(
    r"(?:中心|公司|集团|银行|医院|学院|大学|学校|中学|单位|部门|机构|企业|机关|办|署|总站|公路段|工务段|管理所|派出所|管理处|事业处"
    r"|研究[院所]|协会|学会|商会|联合会|联盟|执法队|巡察队|工作组|领导小组|专班|合作社|联社|电视台|乡镇|街道|街办|社区|[^全内东西南北中局干]部"
    r"|乡\(镇\)|乡镇\(街道\)|工委|红十字会|工会)$"
)
# Words of a sentence and not of a name: 以下任务均需各县人民政府, 报市教育局, 其他有关部门的.
_SENTENCE = re.compile(
    r"以下|上述|所列|均需|应当|不得|必须|可以|根据|按照|依照|包括|例如|其中|属于|简称|任务|以及|或者|进行|积极|全力|充分|融入|加强|推动"
    r"|支持|鼓励|落实|通过|严格|负责|牵头|配合|认真|组织(?!部)|协调(?!局)|提供|要求|具体|是|了|着|^[向到报与在从请见按含对把将被让给]"
    r"|^指(?!挥)|^经(?![信济开发贸])|^如(?![皋东])|^即(?!墨)|^为|^该|^本(?!溪)|^其|^原|^由|^以(?!色)|^并|^且|^也|^都|^需|^要|^可"
)
# What a name never holds: 。 ： “ 《 and digits of a sentence.  5家单位 is a count.
_NOT_IN_NAME = re.compile(r"[。！？：:;；，,“”\"‘’《》<>=/%…|\n]")
# A class that names no one: 有关部门, 相关单位, 责任部门, 其他部门, 8家单位, 等部门.
_NO_ONE = re.compile(
    r"^(?:等)?(?:其他|其它|各|所有|全部|本)?(?:的)?(?:有关|相关|责任|主管|牵头|成员|上级|职能|责任主体|\d+[个家]|[一二三四五六七八九十多几]+[个家])*(?:部门|单位|机构|机关|企业)(?:和单位)?$"
)
_LONGEST_NAME = 32  # the longest of the 599 notices' and five documents' bodies has 27 characters


def names_body(text: str) -> bool:
    """Whether the words, alone, name a body or a class of bodies: 县住建局, 各县(市)人民政府; not 城中村."""
    name = unicodedata.normalize("NFKC", text).strip().translate(str.maketrans("[]〔〕【】", "()()()"))
    if not 2 <= len(name) <= _LONGEST_NAME or _NOT_IN_NAME.search(name) or _SENTENCE.search(name):
        return False
    return bool(_STRONG.search(name) or _WEAK.search(name) or _known("".join(name.split())))


def surely_body(text: str) -> bool:
    """Whether the ending is one that only bodies have: 县住建局 but not 服务中心 or 某某公司."""
    name = unicodedata.normalize("NFKC", text).strip()
    return names_body(text) and bool(_STRONG.search(name) or _known(name))


def names_no_one(text: str) -> bool:
    """Whether the words are a class without members of its own: 有关单位, 各责任部门."""
    return bool(_NO_ONE.match("".join(unicodedata.normalize("NFKC", text).split())))
