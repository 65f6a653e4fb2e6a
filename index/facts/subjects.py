"""What a quantity measures, as printed: 城镇化率 in 城镇化率…上升到60%以上.

The words before the number in its sentence part; where they are only a verb, the thing after it
(培育1个|产城融合示范区); where there is neither, the subject of the number before.
"""

from __future__ import annotations

import re

# Words before the subject that are no part of it: ,其中:力争, 预计.
_LEAD_IN = re.compile(
    r"^(?:[\s、)）和及与即]|其中|力争|争取|确保|预计|计划|拟|并|且|则|也|使|及|以及|实现|全面|用|每年|分别|按照|推动|到时|完成(?=.{2,}))+"
)
# No branch may be put together of others (再开工): the ways to read a run of them double with each.
# Words between the subject and its number: 达到, 提高到, 控制在, 由目前的, 不低于.
_LEAD_OUT = re.compile(
    r"(?:\s|力争|争取|基本|全部|已|要|应|须|均|分别|约|总体|逐步|由|从|至|到|在|为|是|达|提[高升](?=[到至])|上升|增[加长](?=[到至])|降低?(?=[到至])|下降(?=[到至])"
    r"|减少(?=[到至])|控制|保持|稳定|不得|至少|累计|共计?|了|由原|目前的?|现有的?|每年|将|可|最高|给予|不低于|同|总数(?=达)|扩大(?=到))+$"
)
# Verbs and places that alone are no subject: the thing stands after the number (全市新建|600座5G基站).
_ONLY_A_VERB = re.compile(
    r"^(?:力争|积极|全力|大力|高标准|[每各](?:个)?县(?:[(（]市[)）])?|每年|每日|各|至少|较为|稳定|计划|全[市县省区旗]|逐步|再|、|和|及|重点|推动|推进|纵深|支持|开展|举办|配合|组织|首批|共|拟|同"
    r"|培育|打造|创建|建设|建成|建立|新建|改建|扩建|实施|完成|新增|培训|选派|遴选|选定|招聘|引进|组建|配备|改造|治理|开工|认定|评选|签订|发放|筹集|推广|合作|累计|开通"
    r"|启动|引导|设立|形成|建|对|由|要|按|给予|承担|增设|提供|购置|建好办强|办好)*$"
)
# The thing after the number: 1个|产城融合示范区, 600座|5G基站.
_THING = re.compile(
    r"\s?(?P<thing>(?:\d+[A-Za-z]+)?(?:“[^“”]{1,20}”|[^，,。；;：:、！？!?\n()（）“”《》\s\d]){1,24})"
)
_CLAUSE_VERB = re.compile(r"(?:实现|达到|完成|进行|签订|建成|开展|纳入|基本|全部|达|推行).*$")
# 对小南河等|5条, 永济市各建成|一所: the thing stands after the number although words stand before it.
_ENDS_OPEN = re.compile(
    r"(?:等|[内中的]|建成|建设|新建|改建|扩建|完成|开工|选定|改造|建|举办|培育|打造|创建|新增|组建|启用|办好|选派|签订)$"
)
# 对|供热一网14.4公里…进行更新改造.
_ON_WHAT = re.compile(r"^对")
# 处5万元以上20万元以下|的罚款.
_FINE = re.compile(r"[\d万千百十一二三四五六七八九元以上下,]*的?(?P<fine>罚款)")
LONGEST_SUBJECT = 40  # the longest in the five documents has 34 characters


def subject_of(before: str, after: str, carried: str, *, counted: bool, listed: bool) -> str:
    """The subject from the words before a quantity in its sentence part, else after it, else ``carried``.

    ``counted`` says that the unit counts things (个, 座), so that a thing may follow the number;
    ``listed`` that another quantity stands before it in the same part (1个综合公园、1个郊野公园).
    """
    if listed:
        before = before.rpartition("、")[2]
    words = _LEAD_OUT.sub("", _LEAD_IN.sub("", before)).strip(" 、")
    fine = _FINE.match(after)
    if fine and len(words) <= 4:
        return fine["fine"]
    follows = not words or _ONLY_A_VERB.match(words) or _ENDS_OPEN.search(words)
    thing = _THING.match(after) if counted and follows else None
    if thing and (name := _CLAUSE_VERB.sub("", thing["thing"])):
        return name
    if words and not _ONLY_A_VERB.match(words):
        return _ON_WHAT.sub("", words)[-LONGEST_SUBJECT:]
    return carried or words
