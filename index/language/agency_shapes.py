"""Whether words, alone, are the name of a body: by what they end in, never by a list of documents.

Left out: telling a body that exists from one that does not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.language.agency_names import known_body
from index.language.folding import compatible, plain, without_blanks

# Endings that only a body has: 局, 厅, 发展改革委, 人民政府, 消防救援支队.
_STRONG = re.compile(
    r"(?:^各[^,]*[市县区旗州)]|^各乡镇|(?<![布格大全结邮时当战开])局|(?<![客餐大展舞歌音门])厅|(?<![常编政纪居村支人推])委|政府|管委会|委员会|(?<!业)委会"
    r"|办公室|办事处|支队|总队|大队|指挥部|总署|政法委|编委|纪委|监委|党工?委|政委|组织部|宣传部|统战部|社会工作部|社工部"
    r"|(?:[省市县区旗]|委|网信|编|通联|外)办|检察院|法院|(?:银保|证|银|保)监会|人民银行|^人行|分行|支行|中支|营业管理部|外汇管理部|海关|团委|残联|妇联|工商联|总工会|供销社"
    r"|[市县区旗直关]部门|(?:政府|国务院)[一-鿿]{2,14}部门|主管部门|行政部门|市直单位|县直单位|省直单位|区直单位)$"
)
# Endings that other nouns share: 服务中心, 公司, 医院, 公路段, 乡镇.
_WEAK = re.compile(
    r"(?:中心|公司|集团|银行|医院|学院|大学|学校|中学|单位|部门|机构|企业|机关|办|署|总站|公路段|工务段|管理所|派出所|管理处|事业处"
    r"|研究[院所]|协会|学会|商会|联合会|联盟|执法队|巡察队|工作组|领导小组|专班|合作社|联社|电视台|乡镇|街道|街办|社区|[^全内东西南北中局干]部"
    r"|乡\(镇\)|乡镇\(街道\)|^各.{1,10}[街镇乡村校院区]|开发区|高新区|经开区|示范区|园区|新区|工委|红十字会|工会)$"
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
    r"^(?:等)?(?:其他|其它|各|所有|全部|本|同级|当地|本级|国家|政府|下列|所在|用人|本)*(?:的)?(?:有关|相关|责任|主管|牵头|成员|上级|职能|责任主体|\d+[个家]|[一二三四五六七八九十多几]+[个家])*(?:部门|单位|机构|机关|企业)(?:和单位)?$"
)
_LONGEST_NAME = 32  # the longest of the 599 notices' and five documents' bodies has 27 characters


@lru_cache(maxsize=65536)
def names_body(text: str) -> bool:
    """Whether the words, alone, name a body or a class of bodies: 县住建局, 各县(市)人民政府; not 城中村."""
    name = compatible(text).strip().translate(str.maketrans("[]〔〕【】", "()()()"))
    if not 2 <= len(name) <= _LONGEST_NAME or _NOT_IN_NAME.search(name) or _SENTENCE.search(name):
        return False
    return bool(_STRONG.search(name) or _WEAK.search(name) or known_body(without_blanks(name)))


@lru_cache(maxsize=65536)
def surely_body(text: str) -> bool:
    """Whether the ending is one that only bodies have: 县住建局 but not 服务中心 or 某某公司."""
    name = compatible(text).strip()
    return names_body(text) and bool(_STRONG.search(name) or known_body(name))


def names_no_one(text: str) -> bool:
    """Whether the words are a class without members of its own: 有关单位, 各责任部门."""
    return bool(_NO_ONE.match(plain(text)))
