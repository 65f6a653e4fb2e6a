"""Whether words, alone, are the name of a body: by what they end in, never by a list of documents.

Left out: telling a body that exists from one that does not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.language.agency_endings import LIKELY, SURE
from index.language.agency_names import known_body
from index.language.folding import compatible, plain, without_blanks

# Endings that only a body has: 局, 厅, 发展改革委, 人民政府, 消防救援支队.
_STRONG = re.compile(rf"(?:{SURE})$")
# Endings that other nouns share: 服务中心, 公司, 医院, 公路段, 乡镇.
_WEAK = re.compile(rf"(?:{LIKELY})$")
# Words of a sentence and not of a name: 以下任务均需各县人民政府, 报市教育局, 其他有关部门的.
_SENTENCE = re.compile(
    r"以下|上述|所列|均需|应当|不得|必须|可以|根据|按照|依照|包括|例如|其中|属于|简称|任务|以及|或者|进行|积极|全力|充分|融入|加强|推动"
    r"|支持|鼓励|落实|通过|严格|负责|牵头|配合|认真|组织(?!部)|协调(?!局)|提供(?!部门$)|要求|具体|是|了|着|^[向到报与在从请见按含对把将被让给]"
    r"|^指(?!挥)|^经(?![信济开发贸])|^如(?![皋东])|^即(?!墨)|^为|^该|^本(?!溪)|^其|^原|^由|^以(?!色)|^并|^且|^也|^都|^需|^要|^可"
)
# What a name never holds: 。 ： “ 《 and digits of a sentence.  5家单位 is a count.
_NOT_IN_NAME = re.compile(r"[。！？：:;；，,“”\"‘’《》<>=/%…|\n]")
# A class that names no one: 有关部门, 相关单位, 责任部门, 其他部门, 8家单位, 等部门.
_NO_ONE = re.compile(
    r"^(?:等)?(?:其他|其它|各|所有|全部|本|同级|当地|本级|国家|政府|下列|所在|用人)*(?:的)?(?:有关|相关|责任|主管|牵头|成员|上级|职能|责任主体|\d+[个家]|[一二三四五六七八九十多几]+[个家])*(?:部门|单位|机构|机关|企业)(?:和单位)?$"
)
# A class that a document gives a duty: 各部门, 相关部门, 各有关单位, 有关企业.
_CLASS = re.compile(
    r"^(?=.*(?:各|有关|相关|其他|其它|成员))(?:其他|其它|各级|各地|各|市|省|县|区|所有)*(?:有关|相关|成员|职能|责任|主管|行业)*"
    r"(?:部门|单位|机构|机关|企业|地区|地方|区县?|市县?|县区?|省份|城市)(?:和单位)?$"
)
# Inside a name in brackets: 区县（自治县，以下简称区县）政府, 镇（街道）
_INSIDE = re.compile(r"[(（\[〔【][^()（）\[\]〔〕【】]{1,24}[)）\]〕】]")
# What a name is written with where its place says it is one: 崂山实验室, 省“十强产业”协调推进机制牵头部门
_WRITTEN = re.compile(r"[一-鿿A-Za-z0-9“”‘’·\-]{2,40}")
# Words of a sentence, where the shape of a name tells nothing: 以下任务, 老旧小区等, 积极推动, 完成时限
_SAYS = re.compile(
    r"[的是了着]|以下|上述|应当|不得|必须|根据|按照|其中|简称|任务|或者|时限|期限|备注|同意"
    r"|^(?:积极|全力|充分|加强|推动|推进|支持|鼓励|落实|通过|认真|组织(?!部)|提供|要求|由|以|并|向|与|请|对|将|把|被|让|为|该|其|按|持续|完成|负责|配合)"
)
# 17个市级帮扶集团牵头单位 is a name, 5家 and 第一批 are none
_NAME_BEGINS = re.compile(r"(?!第[一二三\d])(?:\d+[个家][一-鿿]{4}|(?!\d).*[一-鿿]{2})")
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


def names_class(text: str) -> bool:
    """Whether the words are a class that a document may give a duty: 各部门, 相关部门; not 部门, 8家单位."""
    return bool(_CLASS.match(plain(text)))


def may_be_body(text: str) -> bool:
    """Whether words can be a name where their place says so (责任单位：…): no sentence, no figure alone."""
    name = _INSIDE.sub("", text).strip()
    if not _WRITTEN.fullmatch(name) or _SAYS.search(name):
        return False
    return bool(_NAME_BEGINS.match(name)) and name[-1] not in "等下同时"


def names_no_one(text: str) -> bool:
    """Whether the words are a class without members of its own: 有关单位, 各责任部门, 8家单位."""
    return bool(_NO_ONE.match(plain(text)))
