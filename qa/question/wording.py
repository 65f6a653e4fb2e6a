"""The wording of questions: what is asked, and which words of a question only ask.

Reads the form of a question, never its subject.  Works on text that is already normalised (NFKC,
simplified characters).  Whether a subject stands in the documents is decided elsewhere.
"""

from __future__ import annotations

import re

from index.language.agency_endings import NAMED, WITHOUT_ENDING
from index.language.years import YEAR
from index.records import FieldName
from qa.question.kinds import ANYTHING
from qa.records import Asked, Superlative


def _any(*alternatives: str) -> re.Pattern[str]:
    """One pattern of many alternatives, tried in order; case does not matter."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


_WHICH_ONE = r"(?:哪|那|几|什么|啥)(?:[一两三四五六七八九十几些个])?(?:个|家|级)?"  # 哪些, 哪几家, 什么
_BODIES = r"(?:部门|单位|机构|机关|局|委|办|厅|科室|公司)"

_WHO = _any(
    r"谁|归哪",  # 谁管, 归哪儿管
    rf"{_WHICH_ONE}{_BODIES}",  # 哪个部门, 哪几个局
    rf"{_WHICH_ONE}(?:人来|家(?:在|来|负责|承担|单位|管))",  # 哪几家在负责
    r"(?:由|是|归|给|到|交|分|靠)了?(?:哪|几)几?(?:家|个部门|个局)",  # 由哪两家, 分给了几家
    r"责任(?:单位|部门|主体)|(?:主管|牵头)(?:部门|单位)",
    r"who|which (?:department|agency|bureau)",
)
_BODY = _any("部门", "单位", "机构", "局", "负责", "牵头", "管", "责任")
_LEAD = _any("牵头", "打头", "带头", "领头", "挑头", "主抓", "主导部门", "lead")
_TIME = r"(?:什么|啥|哪个?|何|几)时(?:候|间)?"  # 什么时候, 几时
_WHEN = _any(
    _TIME,
    r"(?<![这近前后来])(?:哪|那|几)一?年|几几年|何年|多少年",  # 哪年; not 这几年
    r"哪个?月|几月|哪一?天|多会儿?|多久|多长时间",
    r"期限|时限|截止|时间(?:节点|要求|表)",
    r"when|by what (?:year|date)|deadline|what year",
)
_SUMS = r"(?:投资|资金|花|砸|补[助贴]|经费|预算|造价|费用|奖励)"
_MONEY = _any(
    r"多少(?:资金|钱|投资|经费|预算|万?元|亿元?|万|补[助贴])",
    # 投资一共要多少, 补贴标准是几万
    rf"{_SUMS}(?:了|额|标准|规模|总额)?(?:要|需要?|是|有|得|一共|总?共|计划)*(?:多少|几[百千万亿])",
    r"几个?[百千万亿]+(?:元|块)?(?![\u4e00-\u9fff])",  # 几个亿, 几千块
    rf"^(?:那么?|它的)?总?{_SUMS}(?:额|情况)?(?:呢|咧)?[?？]*$",  # 投资呢
    r"how much (?:money|will it cost|investment|funding)|budget",
)
_RATES = r"(?:比例|比率|占比|[\u4e00-\u9fff]{2}率|率|面积|数量|规模|目标值|指标)"
_HOW_MANY = _any(
    r"多少|几[个条座处所家户套公里项种类批次人名辆台张间栋片块支百千万亿成]",  # 多少户, 几条
    r"多(?:大|高|长|宽|远|深|重|快)|几成|百分之(?:几|多少)|(?:达到|提高到|做到)(?:什么|啥)(?:水平|程度|标准)",
    rf"{_RATES}(?:要|是|能|应|将|得|会)*(?:达到|做到|到|提高到|定到|定为)?(?:多少|几|什么水平|啥水平)?[?？]*$",
    r"how (?:many|much|long|large|far|high)|what (?:share|percentage|proportion)",
)
_COUNTS = _any(r"多少", r"(?<!哪)几[个条座处所家户套]")
_WHICH = _any(
    r"哪[些几]|(?:哪|那)[两三四五六七八九十]|有哪",  # 哪些, 哪三个
    r"(?:什么|啥)(?=[\u4e00-\u9fff])(?!水平|程度)|都有(?:谁|什么|啥)",  # 什么方式
    r"(?:哪|那)(?:一)?(?:类|种|级|档|批)",  # 属于哪一类
    r"分别(?:是|为|指)|包括(?:什么|啥|哪)|列了|列举|名单",
    r"\bwhich\b|\bwhat are\b|^list\b",
)
# 由县水务局负责吗, 是不是县住建局牵头: whether it is this body.
_IS_IT_THEM = re.compile(
    r"(?:[由归]|(?:是不是|是否|难道|是)(?:由|归)?)(?P<body>.{2,14}?)(?:来|在)?(?:负责|牵头|主管|管|承担)(?:的)?"
    r"(?:吗|么|吧|对不对|对吗|是吗|[?？]|$)"
)
# 城镇化率目标, 再生水利用率2027年目标, 哪个县的漏损率最低, 培训人数对比: a number is wanted.
_HOW_HIGH = re.compile(
    r"(?:率|占比|比例|[^点]数量?|面积|规模)(?:的|各地|各县|\d{4}年|要求)*(?:目标|指标|比较|对比|最高|最低|更[高低严])"
)
_DUTY = r"(?:干|做|办|抓|管|负责|承担|落实|参与|参加|牵头|分到|领到|涉及|配合)"
_THINGS = r"(?:活|事情|事|任务|工作|职责|内容|方面|项目)"
_TASKS = _any(
    rf"{_DUTY}[了着的]?(?:是|有|些)?(?:哪[些几]?|什么|啥|几)[项个件些]?{_THINGS}?",  # 要干哪些活, 都管些什么
    rf"{_DUTY}的?{_THINGS}?都?(?:有|是|包括)(?:哪|什么|啥)",  # 负责的事情有哪些
    rf"(?:哪[些几]|几|什么|啥|所有|全部)[项个]?的?{_THINGS}",  # 有什么任务
    r"职责|分工|任务(?:清单|没有|吗)",
)
# An agency that is asked about: 宁武县行政审批局要干哪些活, 运城消防救援支队参与哪些任务.
_AGENCY = re.compile(
    rf"(?:(?:市场监管|[\u4e00-\u9fff]){{1,14}}?(?:{NAMED}|{WITHOUT_ENDING})|{WITHOUT_ENDING})(?!门|分|长|事|理|公|法|件|署)"
)
_NOT_AGENCY = _any(
    "哪", "什么", "啥", "几", "谁", "个局", "各部", "该", "本", "这", "那", "某", "有关", "相关"
)

_ONE_OF_THEM = r"(?:哪[边个里家儿]|谁|哪个?(?:县|市|地方|区|旗)).{0,12}?"
_MOST = _any(
    rf"{_ONE_OF_THEM}(?:更?(?:多|高|大|长|快|早)|最(?:多|高|大|长|早)|领先)",  # 哪边多
    r"(?:最|更)(?:多|高|大|长)|\b(?:highest|most|largest|longest)\b",
)
_LEAST = _any(
    rf"{_ONE_OF_THEM}(?:更?(?:少|低|小|短|慢|晚)|最(?:少|低|小|短|晚))",
    r"(?:最|更)(?:少|低|小|短)|\b(?:lowest|least|smallest|shortest)\b",
)
_EVERY_REGION = _any(
    r"各(?:地|县|市|个县|个地方|区县|县市|旗)(?!\S{0,2}(?:人社|税务|级))",  # 各地; not 各地人社部门
    r"哪[个些](?:县|市|区|旗|地方|地区)|(?:几|这些|五)个?(?:地方|县|市|地区)|不同地区|分别(?:归|由)"
    r"|\b(?:which|each|every) (?:county|city|region|place)\b|\ball (?:counties|cities|regions)\b",
)

SOURCE_FIELDS: tuple[FieldName, ...] = ("title", "number", "issuer", "date")
"""What tells which document said something (这是哪个文件说的)."""

# About the document itself.  Each pattern names the fields that answer it.
_ISSUED = r"(?:发布?(?:的|出)?|印发|落款|出台|成文|下发|签发|公布)"
_WHICH_DAY = r"(?:哪|几|什么|啥|何)(?:一?天|时候?|时间|日|年|月|号)"
_PAPERS = r"(?:文件|方案|通知|意见|规划|政策)"
_ABOUT: tuple[tuple[re.Pattern[str], tuple[FieldName, ...]], ...] = (
    (_any(r"文号|发文字号|字号|文件(?:的)?编?号", r"document number"), ("number",)),
    (
        _any(
            r"(?:谁|哪个?(?:部门|单位|机关|级)?|什么(?:单位|机关|部门)).{0,6}"
            r"(?:发布?|印发|出台|制定|下发|签发|发文)",
            r"(?:发布|印发|发文|制定)(?:单位|机关|机构)|由谁(?:发|印)",
            r"issued by|who issued",
        ),
        ("issuer",),
    ),
    (
        _any(
            rf"{_WHICH_DAY}.{{0,6}}{_ISSUED}|{_ISSUED}的?(?:日期|时间)?.{{0,4}}{_WHICH_DAY}",  # 哪天落款的
            r"(?:成文|发布|印发|落款)(?:日期|时间)",
            rf"{YEAR}年{_ISSUED}的?(?:吗|么|[?？]|$)",  # 是不是2023年发布的
            r"when was .{0,40}(?:issued|published)",
        ),
        ("date",),
    ),
    (
        _any(
            r"(?:由|是).{2,12}(?:解读|起草)的?(?:吗|么|[?？]|$)",  # 由县发改局解读的吗
            r"(?:解读|读).{0,8}(?:单位|部门|谁|哪个)|(?:谁|哪个?(?:部门|单位)?).{0,8}(?:写|解读|起草)",
        ),
        ("interpreter", "issuer"),
    ),
    (
        _any(
            rf"(?:贯彻|落实|依据|根据|按照|上位|执行).{{0,16}}(?:哪|什么|啥).{{0,8}}{_PAPERS}",
            rf"(?:哪|什么|啥).{{0,8}}{_PAPERS}.{{0,6}}(?:依据|制定的|来的)|(?:制定|编制|政策)依据",
        ),
        ("implements",),
    ),
    (
        _any(  # 这是哪个文件说的, 出自哪里
            r"哪[个份篇部]?(?:文件|方案|通知|政策|文|规定)(?:里|中|上)?(?:面)?(?:说|写|规定|提|讲|要求)",
            r"出处|出自|来源(?:是|于)|依据(?:是|在)哪|which document",
        ),
        SOURCE_FIELDS,
    ),
    (_any(r"(?:解读|说明)的?(?:是|对象).{0,6}(?:哪|什么|啥)"), ("interprets",)),
    (_any(r"有效|失效|废止|效力|还在执行|作废"), ("status",)),
    (_any(r"全称|全名|标题|题目|叫什么|什么名字|正式名称"), ("title",)),
)
# Words that name a document and no subject: 这个通知, 运城的方案, 那篇政策解读, 行动方案, 文字解读.
_DOCUMENT_WORDS = _any(
    r"[这那该本此]?[个份篇项部]?(?:政策|行动|工作|实施|总体|专项|文字|图文)?(?:文件|方案|通知|解读|意见|规定|办法|条例|公告|文本|材料|政策)",
    r"document|plan|notice",
)

_THANKS = re.compile(
    r"[,，。!！~～\s]*(?:啊|哈|呀)?[,，\s]*(?:谢谢(?:您|你|了|啦)?|多谢|感谢|辛苦了|麻烦了|拜托了?|急|在线等)[.。!！~～\s]*$"
)
_POLITE = re.compile(
    r"^(?:您好|你好|请问(?:一下)?|麻烦(?:问(?:一下)?|您?)?|打扰(?:一下)?|想请?问(?:一下)?|问(?:一下|下)"
    r"|我?想(?:知道|了解|咨询|查)(?:一下)?|帮我?[查找看问]一?下?|能不能(?:告诉我|说说)|可以告诉我|告诉我"
    r"|请?用[中英][文语](?:回答|告诉我|说)(?:一下)?|说说|讲讲|介绍一下|咨询(?:一下)?)[,，:：、\s]*"
)
_DO = r"(?:负责|牵头|管|主管|保障|承担|落实|抓|打头|做)?"
_MEASURE = r"(?:个|条|座|处|所|家|户|套|公里|项|种|类|批|人|名|辆|台|成|块|支|份|钱|资金|元|米|平方米)"
# Words that only ask.  Longer ones first, so that 哪些部门 goes before 哪些.
_ASKING = _any(
    rf"(?:分别|各自|各)?(?:是|归|由|给|让|该|要|应该?)?找?{_WHICH_ONE}{_BODIES}[来在去]?{_DO}",
    rf"(?:分别)?(?:是|归|由|该|给|让|找|靠|和|跟)*谁[来在去的]*{_DO}的?",
    rf"{_TIME}|(?:哪|那|几)一?年(?:前|底)?|几几年|哪个?月|哪一?天|何年|多会儿?|多久|多长时间|多少年",
    rf"多少{_MEASURE}?|几{_MEASURE}|多(?:大|高|长|宽|远)(?:的|比例|面积)?",
    r"(?:是|有|列了|包括|分别)?哪(?:些|几|[两三四五六七八九十])?"
    r"(?:个|条|家|种|类|项|样|块|点|方面|地方|里|儿|边|份|篇|一)?",
    r"[是有]?(?:什么|啥)(?:样|规定|要求|说法|办法|情况)?|怎么(?:样|办|做|说)?|如何|怎样|咋",
    r"哪[些个几]个?(?:县|市|区|旗|地方|地区)(?:有|在|要)?",
    r"(?:都|还|有)?(?:提到|提及|涉及|写到|说到|讲到|规定)(?:了|过)?",
    r"有没有|是不是|能不能|可不可以|是否|吗|呢|吧|呀|啊|嘛|么|[?？!！。]",
)


def polite_free(text: str) -> str:
    """The question without the politeness around it: 请问一下… → …."""
    while True:
        shorter = _THANKS.sub("", _POLITE.sub("", text.strip()))
        if shorter == text:
            return text
        text = shorter


def what_is_asked(text: str, agency: str | None) -> Asked:
    """The kind of answer that the question wants; ``agency`` is the body it names, if any."""
    if agency and _TASKS.search(text):
        return "tasks"
    if _WHO.search(text) and not (superlative(text) and not _BODY.search(text)):
        return "lead" if _LEAD.search(text) else "agency"
    kinds: tuple[tuple[Asked, re.Pattern[str]], ...] = (("money", _MONEY), ("deadline", _WHEN))
    found = next((kind for kind, pattern in kinds if pattern.search(text)), None)
    if found is None and _WHICH.search(text) and not (_COUNTS.search(text) or superlative(text)):
        return "list"
    if found is None and (_HOW_MANY.search(text) or superlative(text)):
        return "quantity"
    return found or _asked_in_passing(text)


def _asked_in_passing(text: str) -> Asked:
    """The kind of a question without an asking word: 由县水务局负责吗, 城镇化率目标."""
    if _IS_IT_THEM.search(text):
        return "lead" if asks_who_leads(text) else "agency"
    return "quantity" if _HOW_HIGH.search(text) else ANYTHING


MOST_DOCUMENT_TERMS = 1
"""A question about a document may hold one more word (落款, 省里); with two it is about a subject."""


def body_supposed(text: str) -> str | None:
    """The body that the question supposes to be responsible (由县水务局负责吗); None without one."""
    match = _IS_IT_THEM.search(text)
    return named_agency(match["body"]) if match else None


def asks_who_leads(text: str) -> bool:
    """True where the question is about leading: 牵头, 打头."""
    return bool(_LEAD.search(text))


def about_document(text: str, topic_terms: int) -> tuple[FieldName, ...]:
    """The fields that a question about the document itself asks for; empty for any other question.

    ``topic_terms`` counts the words left beside region, asking words and words for documents: a question
    with a subject of its own (要修订的是哪份文件) is not about the document.
    """
    if topic_terms > MOST_DOCUMENT_TERMS:
        return ()
    found = [field for pattern, fields in _ABOUT if pattern.search(text) for field in fields]
    return tuple(dict.fromkeys(found))


def named_agency(text: str) -> str | None:
    """The first body that the text names by its shape; None where it names none or asks for it."""
    for match in _AGENCY.finditer(text):
        name = re.split(r"[的在]|请问|关于|问下", match.group())[-1]
        if len(name) >= 2 and not _NOT_AGENCY.search(name):
            return name
    return None


def superlative(text: str) -> Superlative | None:
    """Whether the question asks which of several is the most or the least."""
    return "least" if _LEAST.search(text) else "most" if _MOST.search(text) else None


def asks_every_region(text: str) -> bool:
    """True for 各地, 哪个县, 哪些地方."""
    return bool(_EVERY_REGION.search(text))


def without_every_region(text: str) -> str:
    """The text without the words that were read as every region: 五个地区 names places and no subject."""
    return _EVERY_REGION.sub(" ", text)


def without_asking(text: str) -> str:
    """The question without the words that only ask: what is left is its subject."""
    return re.sub(r"\s+", " ", _ASKING.sub(" ", polite_free(text))).strip(" ,，、。:：;；")


def without_words_for_tasks(text: str) -> str:
    """The text without words for tasks in general (任务, 工作, 事项)."""
    return re.sub(_THINGS, " ", text)


def without_document_words(text: str) -> str:
    """The text without words for documents in general (这个通知, 方案, 政策解读)."""
    return _DOCUMENT_WORDS.sub(" ", text)
