"""The wording of questions: what is asked, and which words of a question only ask.

Reads the form of a question, never its subject.  Works on text that is already normalised (NFKC,
simplified characters).  Whether a subject stands in the documents is decided elsewhere.
"""

from __future__ import annotations

import re

from index.records import FieldName
from qa.records import Asked, Superlative

# Who answers for something: 哪个部门, 哪几家, 归谁管, 找谁, 涉及哪些局.
_WHO = re.compile(
    r"谁|归哪|(?:哪|那|几|什么|啥)(?:一|几|些|个|两|三|四|五|六|七|八|九|十)?(?:个|家|级)?"
    r"(?:部门|单位|机构|机关|局|委|办|厅|科室|公司|企业|人来|家在|家负责|家来|家承担|家单位|家管)"
    r"|(?:由|是|归|给|到|交|分|靠)(?:了)?(?:哪|几)(?:几)?(?:家|个部门|个局)"
    r"|责任(?:单位|部门|主体)|主管(?:部门|单位)|牵头(?:单位|部门)|who|which (?:department|agency|bureau)",
    re.I,
)
_BODY = re.compile(r"部门|单位|机构|局|负责|牵头|管|责任")
_LEAD = re.compile(r"牵头|打头|带头|领头|挑头|主抓|主导部门|lead", re.I)
# By when: 什么时候, 啥时候, 哪年, 到几几年, 期限.
_WHEN = re.compile(
    r"(?:什么|啥|哪个?|何|几)时(?:候|间)?|(?<![这近前后来])(?:哪|那|几)一?年|几几年|哪个?月|几月|哪一?天|何年|多会儿?|多久|多长时间|多少年"
    r"|期限|时限|截止|时间(?:节点|要求|表)|when|by what (?:year|date)|deadline|what year",
    re.I,
)
_MONEY = re.compile(
    r"多少(?:资金|钱|投资|经费|预算|元|万元|亿元|补[助贴])|(?:投资|资金|花|砸|补[助贴]|经费|预算|造价|费用|奖励)(?:了|额|标准|规模|总额)?(?:要|需要?|是|有|得|一共|共|总共|计划)*"
    r"(?:多少|几[百千万亿])|几个?[百千万亿]+(?:元|块)?(?![\u4e00-\u9fff])|多少[万亿]|几个亿|how much (?:money|will it cost|investment|funding)|budget",
    re.I,
)
# How many or how much: 多少, 几个, 多长, 多大比例, 占比.
_UNITS = "个条座处所家户套公里项种类批次人名辆台张间栋片块支类个百千万亿成%％"
_HOW_MANY = re.compile(
    rf"多少|几[{_UNITS}]|多(?:大|高|长|宽|远|深|重|快)|(?:比例|比率|占比|覆盖率|普及率|利用率|达标率|率|面积|数量|规模|目标值|指标)(?:要|是|能|应|将|得|会)*"
    r"(?:达到|做到|到|提高到|定到|定为)?(?:多少|几|什么水平|啥水平)?[?？]*$|几成|百分之(?:几|多少)|how (?:many|much|long|large|far|high)|what (?:share|percentage|proportion)",
    re.I,
)
_WHICH = re.compile(
    r"哪[些几]|(?:哪|那)[两三四五六七八九十]|有哪|(?:什么|啥)(?=[\u4e00-\u9fff])|分别(?:是|为|指)|包括(?:什么|啥|哪)|列了|列举|名单|都有(?:谁|什么|啥)|\bwhich\b|\bwhat are\b|^list\b",
    re.I,
)
_TASKS = re.compile(
    r"(?:干|做|办|抓|管|负责|承担|落实|参与|参加|牵头|分到|领到|涉及|配合)(?:了|着|的)?(?:是|有|些)?(?:哪[些几]?|什么|啥|几)(?:项|个|件|些)?(?:活|事|任务|工作|职责|内容|方面|项目)?"
    r"|(?:负责|承担|参与|牵头|配合)的?(?:事情|事|任务|工作|活|项目)?(?:都)?(?:有|是|包括)(?:哪|什么|啥)"
    r"|(?:哪[些几]|几|什么|啥|所有|全部)(?:项|个)?(?:的)?(?:任务|职责|分工|工作|活)|职责|分工|任务(?:清单|没有|吗)",
)
_AGENCY_TAIL = "局|委员会|委|办公室|办|支队|大队|厅|部|中心|集团|公司|银行|法院|检察院|联社|供销社|人民政府|政府|残联|妇联|工会|团委|管委会|领导小组"
# An agency that is asked about: 宁武县行政审批局要干哪些活, 运城消防救援支队参与哪些任务.
_AGENCY = re.compile(
    rf"(?:(?:市场监管|[\u4e00-\u9fff]){{1,14}}?(?:{_AGENCY_TAIL})|残联|妇联|工会|团委|供销社)(?!门|分|长|事|理|公|法|件|署)"
)
_NOT_AGENCY = re.compile(r"哪|什么|啥|几|谁|个局|各部|该|本|这|那|某|有关|相关")

_MOST = re.compile(
    r"(?:哪[边个里家儿]|谁|哪个?(?:县|市|地方|区|旗)).{0,12}?(?:更?(?:多|高|大|长|快|早)|最(?:多|高|大|长|早)|领先)|(?:最|更)(?:多|高|大|长)"
)
_LEAST = re.compile(
    r"(?:哪[边个里家儿]|谁|哪个?(?:县|市|地方|区|旗)).{0,12}?(?:更?(?:少|低|小|短|慢|晚)|最(?:少|低|小|短|晚))|(?:最|更)(?:少|低|小|短)"
)
_EVERY_REGION = re.compile(
    r"各(?:地|县|市|个县|个地方|区县|县市|旗)(?!\S{0,2}(?:人社|税务|级))|哪[个些](?:县|市|区|旗|地方|地区)|(?:几|这些|五)个?(?:地方|县|市|地区)|不同地区|分别(?:归|由)"
)

# About the document itself.  Each pattern names the fields that answer it.
_ABOUT: tuple[tuple[re.Pattern[str], tuple[FieldName, ...]], ...] = (
    (re.compile(r"文号|发文字号|字号|文件(?:的)?(?:编)?号|document number", re.I), ("number",)),
    (re.compile(r"(?:谁|哪个?(?:部门|单位|机关|级)?|什么(?:单位|机关|部门)).{0,6}(?:发布?|印发|出台|制定|下发|签发|发文)|发文(?:机关|单位)|(?:发布|印发|发文|制定)(?:单位|机关|机构)|由谁(?:发|印)|issued by|who issued", re.I), ("issuer",)),
    (re.compile(r"(?:哪|几|什么|啥|何)(?:一?天|时候?|时间|日|年|月|号).{0,6}(?:发布?(?:的|出)?|印发|落款|出台|成文|下发|签发|公布)|(?:发布?|印发|落款|出台|成文|下发|公布|签发)(?:的)?(?:日期|时间)?.{0,4}(?:哪|几|什么|啥|何)(?:一?天|时候?|时间|日|年|月|号)|(?:成文|发布|印发|落款)(?:日期|时间)|when was .{0,40}(?:issued|published)", re.I), ("date",)),
    (re.compile(r"(?:解读|读).{0,8}(?:单位|部门|谁|哪个)|(?:谁|哪个?(?:部门|单位)?).{0,8}(?:写|解读|起草)"), ("interpreter", "issuer")),
    (re.compile(r"(?:贯彻|落实|依据|根据|按照|上位|执行).{0,16}(?:哪|什么|啥).{0,8}(?:文件|方案|通知|意见|规划|政策)|(?:哪|什么|啥).{0,8}(?:文件|方案|通知|意见).{0,6}(?:依据|制定的|来的)|(?:制定|编制|政策)依据"), ("implements",)),
    (re.compile(r"(?:解读|说明)的?(?:是|对象).{0,6}(?:哪|什么|啥)"), ("interprets",)),
    (re.compile(r"(?:有效|失效|废止|效力|还在执行|作废)"), ("status",)),
    (re.compile(r"(?:全称|全名|标题|题目|叫什么|什么名字|正式名称)"), ("title",)),
)  # fmt: skip
# Words that name a document and no subject: 这个通知, 运城的方案, 那篇政策解读.
_DOCUMENT_WORDS = re.compile(
    r"(?:这|那|该|本|此)?(?:个|份|篇|项|部)?(?:政策)?(?:文件|方案|通知|解读|意见|规定|办法|条例|公告|文本|材料|政策|行动|提升|文字|城镇化|县城|建设|document|plan|notice)"
)

_POLITE = re.compile(
    r"^(?:您好|你好|请问(?:一下)?|麻烦(?:问(?:一下)?|您?)?|打扰(?:一下)?|想(?:请)?问(?:一下)?|问(?:一下|下)|我?想(?:知道|了解|咨询|查)(?:一下)?|帮我?(?:查|找|看|问)(?:一?下)?|"
    r"能不能(?:告诉我|说说)|可以告诉我|告诉我|说说|讲讲|介绍一下|咨询(?:一下)?)[,，:：、\s]*"
)
# Words that only ask.  Longest first, so that 哪些部门 goes before 哪些.
_ASKING = re.compile(
    r"(?:分别|各自|各)?(?:是|归|由|给|让|该|要|应该?)?(?:找)?(?:哪|那|几|什么|啥)(?:一|几|些|个|两|三|四|五|六|七|八|九|十)?(?:个|家|级)?(?:部门|单位|机构|机关|局|委|厅|公司)(?:来|在|去)?(?:负责|牵头|管|主管|承担|落实|抓|打头|做)?"
    r"|(?:分别)?(?:是|归|由|该|给|让|找|靠|和|跟)*谁(?:来|在|去|的)*(?:负责|牵头|管|打头|保障|承担|落实|抓|主管|做)?(?:的)?"
    r"|(?:什么|啥|何|哪个?)时(?:候|间)?|(?:哪|那|几)(?:一)?年(?:前|底)?|几几年|哪个?月|哪一?天|何年|多会儿?|多久|多长时间|多少年"
    r"|多少(?:个|条|座|处|所|家|户|套|公里|项|人|名|辆|台|钱|资金|元|米|平方米)?|几(?:个|条|座|处|所|家|户|套|项|种|类|批|人|名|辆|成|块|支|份|家)|多(?:大|高|长|宽|远)(?:的|比例|面积)?"
    r"|(?:是|有|列了|包括|分别)?哪(?:些|几|两|三|四|五|六|七|八|九|十)?(?:个|条|家|种|类|项|样|块|点|方面|地方|里|儿|边|份|篇|一)?|(?:是|有)?(?:什么|啥)(?:样|规定|要求|说法|办法|情况)?|怎么(?:样|办|做|说)?|如何|怎样|咋"
    r"|有没有|是不是|能不能|可不可以|是否|吗|呢|吧|呀|啊|嘛|么|[?？!！。]"
)


def polite_free(text: str) -> str:
    """The question without the politeness around it: 请问一下… → …."""
    while True:
        shorter = _POLITE.sub("", text.strip())
        if shorter == text:
            return text
        text = shorter


def what_is_asked(text: str, agency: str | None) -> Asked:
    """The kind of answer that the question wants; ``agency`` is the body it names, if any."""
    if agency and _TASKS.search(text):
        return "tasks"
    if _WHO.search(text) and not (superlative(text) and not _BODY.search(text)):
        return "lead" if _LEAD.search(text) else "agency"
    if _MONEY.search(text):
        return "money"
    if _WHEN.search(text):
        return "deadline"
    if _WHICH.search(text) and not re.search(r"多少|(?<!哪)几[个条座处所家户套]", text):
        return "list"
    if _HOW_MANY.search(text):
        return "quantity"
    return "lead" if re.search(r"牵头", text) and re.search(r"[?？]|吗|呢", text) else "passage"


def about_document(text: str, topic_terms: int) -> tuple[FieldName, ...]:
    """The fields that a question about the document itself asks for; empty for any other question.

    ``topic_terms`` counts the words left beside region, asking words and words for documents: a question
    with a subject of its own (要修订的是哪份文件) is not about the document.
    """
    if topic_terms > MOST_DOCUMENT_TERMS:
        return ()
    found = [field for pattern, fields in _ABOUT if pattern.search(text) for field in fields]
    return tuple(dict.fromkeys(found))


MOST_DOCUMENT_TERMS = 1
"""A question about a document may hold one more word (落款, 省里); with two it is about a subject."""


def named_agency(text: str) -> str | None:
    """The first body that the text names by its shape; None where it names none or asks for it."""
    for match in _AGENCY.finditer(text):
        name = re.split(r"[的在]|请问|关于|问下", match.group())[-1]
        if len(name) >= 2 and not _NOT_AGENCY.search(name):
            return name
    return None


# The unit that a quantity is asked in: 多少户, 几公里; 个 and the like fit anything that is counted.
_UNIT = re.compile(
    r"(?:多少|几)(?:个)?(平方公里|平方米|公里|亩|户|人次|人|名|套|吨|辆|床|张|千瓦|兆瓦|立方米|万亩|学位|托位)|(百分之)(?:几|多少)"
)
_SAME_UNIT = (frozenset({"人", "名", "人次"}), frozenset({"亩", "万亩"}), frozenset({"张", "床"}))
_NOW = re.compile(r"现在|目前|眼下|当前|如今|现有|已经")


def asked_units(text: str) -> frozenset[str]:
    """The units in which an answer can stand: 多少名 → 名, 人, 人次; empty where any will do."""
    match = _UNIT.search(text)
    if not match:
        return frozenset()
    unit = match.group(1) or "%"
    return next((units for units in _SAME_UNIT if unit in units), frozenset({unit}))


def asks_about_now(text: str) -> bool:
    """True where the question wants the present state: 现在…是多少了."""
    return bool(_NOW.search(text))


# What a policy seldom states and nothing else can stand for: the question names it, the answer must hold it.
_PARTICULARS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"电话|联系方式|手机|号码|传真|热线|phone"), re.compile(r"\d{3,4}[-－]?\d{7,8}|1\d{10}|\b\d{5,8}\b|12345")),
    (re.compile(r"网址|网站|邮箱|公众号|website|e-?mail", re.I), re.compile(r"https?:|www\.|@|网站|公众号|APP|平台", re.I)),
    (re.compile(r"地址|在哪(?:里|儿)?办|什么地方办"), re.compile(r"地址|[路街道]\d+号|大厅|窗口|中心")),
    (re.compile(r"哪(?:一)?位|(?:县长|市长|局长|书记|主任|负责人).{0,4}(?:是谁|叫什么|姓名)|姓名|叫什么名字"), re.compile(r"姓名|名单|同志|联系人")),
    (re.compile(r"中标|承建(?:单位|方)|施工(?:单位|方)|开发商|供应商"), re.compile(r"中标|承建|施工单位|开发商|供应商")),
)  # fmt: skip


def lacks_particular(question: str, text: str) -> bool:
    """True where the question names a particular (a phone number, a person) that the text does not hold."""
    return any(asks.search(question) and not holds.search(text) for asks, holds in _PARTICULARS)


# The number of items that a question names: 哪三个主题, 哪五块地方, 四条管.
_COUNT = re.compile(
    r"(?:哪|那|这)?([两二三四五六七八九十]|\d{1,2})(?:大|个|条|种|类|块|项|方面|点|家|处|座|步)"
)
_NUMERALS = "零一二三四五六七八九十"


def counted_items(text: str) -> str | None:
    """A pattern for the same number of items in a document (三大主题, 五类, 3个); None without a number."""
    match = _COUNT.search(text)
    if not match:
        return None
    word = "二" if match.group(1) == "两" else match.group(1)
    number = int(word) if word.isdigit() else _NUMERALS.index(word)
    forms = {str(number), *([_NUMERALS[number]] if number <= 10 else []), *(["两"] if number == 2 else [])}
    return rf"(?<![\d第十百])(?:{'|'.join(sorted(forms))})(?:大|个|条|种|类|块|项|方面|点|家|处|座|步)"


def superlative(text: str) -> Superlative | None:
    """Whether the question asks which of several is the most or the least."""
    return "least" if _LEAST.search(text) else "most" if _MOST.search(text) else None


def asks_every_region(text: str) -> bool:
    """True for 各地, 哪个县, 哪些地方."""
    return bool(_EVERY_REGION.search(text))


def without_asking(text: str) -> str:
    """The question without the words that only ask: what is left is its subject."""
    return re.sub(r"\s+", " ", _ASKING.sub(" ", polite_free(text))).strip(" ,，、。:：;；")


def without_document_words(text: str) -> str:
    """The text without words for documents in general (这个通知, 方案, 政策解读)."""
    return _DOCUMENT_WORDS.sub(" ", text)
