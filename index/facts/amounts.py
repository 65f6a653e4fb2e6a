"""A number with its unit and comparison, as printed: 30%以上, 不低于50%, 1.1-1.5倍, 5.6亿元, 两座.

Only reads; whether the quantity is a target is ``quantities.py``'s business.  Left out: times, ages,
ordinals, and numbers that belong to a name (5G, K3+850, 241国道, 第一条, 35547—2017).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.numerals import CHINESE, FORMAL, MULTIPLES, read_amount, read_number
from index.records import Comparison

# 12, 1,858, 1 200, 35.07
_ARABIC = r"(?:\d{1,3}(?:[ \u2009\xa0]\d{3})+(?!\d)|\d+(?:,\d{3})*(?:\.\d+)?)"
# 三十, 三万五千, 一亿二千万, 六十点五, 壹仟
_HAN = rf"[{CHINESE}{FORMAL}]+(?:[万亿][{CHINESE}{FORMAL}]*)*(?:点[{CHINESE}]+)?"
# 三分之二, 千分之三; 七成, 8成, 七成五
_SHARE = r"[二三四五六七八九十百千]{1,3}分之[一二三四五六七八九十]{1,3}"
_TENTHS = r"[一二三四五六七八九1-9]成[一二三四五六七八九]?(?=以上|以内|左右|[，。；、,;\s]|$)"
# 万, 亿; 百 and 千 only where a unit follows: 5百万元, 3千户
_MULTIPLE = r"(?:万亿|百万|千万|[万亿]|[百千](?=[万亿元户人米亩吨]))"
# Units, the longest first: 公里/平方公里, 吨/日, 平方米, 个百分点, 人次.
_UNIT = (
    r"(?:个百分点|个工作日|[%％‰]|(?:公里|千米)/平方公里|平方公里|平方千米|平方米|立方米|公里|千米|公顷|延米|海里|米(?![其远])|亩"
    r"|(?:吨|立方米|方)/(?:日|天|年|小时)|公斤|千克|吨|千瓦时|千瓦|兆瓦|MW|kW|GW|人次|户次|个|座|处|所|家|条|项|套|户|人|名|辆|台"
    r"|张|间|栋|幢|床|倍|艘|株|棵|头|只|期|支|对|场|批次|次|件|根|孔|眼|盏|块|路|村|镇|名|种|例|周(?!边|年|岁|围|密|期|转|知|口|全|折|刊)|[EPTG]FLOPS|[EPTG]B(?![A-Za-z])|[GM]bps)"
)
_BEFORE = (
    r"不[得应]?(?:低|少|小|高|大|多|超)于|不得?超过|不突破|不超|低于|少于|小于|超过|突破|高于|大于|至少|至多|最多|最高|最低"
    r"|约为|约|大约|接近|近|超"
)
_AFTER = r"(?:及|或者?|\(含\)|（含）)?(?:以上|以内|以下)|之内|左右|上下"
_QUANTITY = re.compile(
    rf"(?=[不低少小超突高大至最约接近\s\d{CHINESE}{FORMAL}])(?P<before>{_BEFORE})?\s?(?P<percent>百分之)?(?:(?P<share>{_SHARE})|(?P<tenths>{_TENTHS})|(?P<number>{_ARABIC}|{_HAN}))[余多]?\s?(?P<times>{_MULTIPLE})?[余多]?"
    rf"(?:(?<=[亿万])(?P<more>\d{{1,4}})(?P<more_times>[万千])(?!瓦|米|克))?"
    rf"(?:{_UNIT}?\s?[-—–~～至到]\s?(?P<number2>{_ARABIC})\s?(?P<times2>{_MULTIPLE})?)?"
    rf"(?:(?P<yuan>元)(?!素|旦|月|宝)|(?P<unit>{_UNIT}))?(?P<after>{_AFTER})?"
)
_COMPARISON_OF: dict[str, Comparison] = {
    "至少": ">=", "最低": ">=", "以上": ">=", "不低于": ">=", "不少于": ">=", "不小于": ">=",
    "超过": ">", "突破": ">", "高于": ">", "大于": ">", "超": ">",
    "至多": "<=", "最多": "<=", "最高": "<=", "以内": "<=", "之内": "<=", "以下": "<=",
    "不突破": "<=", "不超": "<=",
    "不超过": "<=", "不高于": "<=", "不大于": "<=", "不多于": "<=", "不超于": "<=",
    "低于": "<", "少于": "<", "小于": "<",
    "约": "~", "约为": "~", "大约": "~", "接近": "~", "近": "~", "左右": "~", "上下": "~",
}  # fmt: skip
# 达到|65, 降至|1.3
_REACHED = re.compile(r"(?:达到?|[提升增降][高升加低长]?[到至])$")
_BEGINS_A_WORD = frozenset("“进统同唯专万双后後")
"""Before a Chinese numeral that is part of a word: 进一步, 统一, 唯一."""
# Before a number that is part of a name: 第, K3+, 5G-, “一张图, X608, 12345.
_NAME_BEFORE = re.compile(r"[A-Za-z第+./:：#〔\d周之其某-]$")
# After a number that counts time or words, or begins another word: 个月, 项措施, 人民, 名录, 家庭, 米其林.
_NOT_A_UNIT = re.compile(
    r"个(?:月|基点|小时|方面|环节|层[次面]|阶段|步骤|自然日|交易日|维护|维度|意识|必须|确保|坚持|统一|时段|周|季度|学期|人[账信所住]|体)"
    r"|条(?:[一-鿿]{0,4}(?:规定|措施|政策|举措)|意见|原则|第|之|款|件|例|龙)|项(?:[一-鿿]{0,4}(?:规定|措施|政策|举措)|制度|行动|工作|任务|重点|内容|意见|原则|要求|第)|名(?:录|单|称|义|额(?!度)|镇|村|城|牌|师|优|校|科)"
    r"|人(?:民|才|均|口|为|员|类|工|居|机|文|证|士)|户(?:籍|口|外|均)|家(?:庭|属|长|门|政|园|电|具|居)|期(?:间|限|满|货|待)|路(?:线|径|网|边|灯)"
    r"|台(?:阶|账|风)|次(?:日|要|性|贷|供|污|生)|件(?:事)|张(?:图|网|蓝图|卡)|对(?:一|于|外|接|照|口|应)|只(?:有|要|能)|头(?:雁|部)|块(?:链)|场(?:所|景|地|馆)"
    r"|间(?:接|隔)|位(?:置)|所(?:有|在|需|列|得|属|称|谓|以(?!上|下|内))|处(?:理|置|罚|分|于|以(?!上|下|内)|级|长|室)|条(?:件)|项目|套(?:餐)|支(?:持|付|撑|部|队伍?管)|株(?:连)"
    r"|[%％](?:的?浓度|酒精|乙醇)|村(?:庄|民|委|镇|级|卫|改|落)|镇(?:区|级|村|街|政)|床(?:单)|倍(?:增)|亩(?:均)|度|种(?:植|子|类|业|养|苗|群|粮|质)|例(?:如|会|外|行|子)"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One quantity: ``value`` in ``unit``, 万 and 亿 multiplied out.

    ``unit`` is "元" for money and "" where none is said; ``chinese``: 两座 and not 2座; ``scaled``: 3万;
    ``times`` the 万 or 亿 that was multiplied out.
    """

    start: int
    end: int
    value: float
    unit: str
    comparison: Comparison
    chinese: bool
    scaled: bool
    times: str = ""

    @property
    def printed(self) -> float:
        """The number before 万 or 亿 as it is printed."""
        return round(self.value / MULTIPLES.get(self.times, 1), 6)


def read_measures(text: str) -> Iterator[Measure]:
    """Every quantity of ``text`` in order, offsets in ``text``; a range gives its lower end with ``>=``."""
    for found in _QUANTITY.finditer(text):
        told = (
            found["share"]
            or found["tenths"]
            or found["unit"]
            or found["yuan"]
            or found["percent"]
            or found["after"]
            or found["times"]
        )
        if not told and not _is_level(text, found):
            continue
        measure = _measure(text, found)
        if measure is not None:
            yield measure


def _is_level(text: str, found: re.Match[str]) -> bool:
    """Whether a bare number is a level to reach, an index or the like: 总体水平达到65."""
    reached = _REACHED.search(text, max(0, found.start() - 4), found.start())
    return bool(reached) and text[found.end() : found.end() + 1] in (
        "，",
        "。",
        "；",
        "、",
        ",",
        ";",
        "\n",
        "",
    )


def _measure(text: str, found: re.Match[str]) -> Measure | None:
    if found["share"] or found["tenths"]:
        return _share(found)
    number_at = found.start("percent") if found["percent"] else found.start("number")
    if _NAME_BEFORE.search(text, max(0, number_at - 1), number_at) and not found["before"]:
        return None
    chinese = not found["number"][0].isdigit()
    if chinese and text[number_at - 1 : number_at] in _BEGINS_A_WORD:
        return None
    if found["unit"] and _NOT_A_UNIT.match(text, found.start("unit")):
        return None
    value = read_amount(found["number"]) if chinese else read_number(re.sub(r"\s", "", found["number"]))
    if value is None or (chinese and found["number"][0] in "万亿"):
        return None
    times = found["times"] or found["times2"] or ""
    unit = "%" if found["percent"] else "元" if found["yuan"] else (found["unit"] or "").replace("％", "%")
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    value *= MULTIPLES.get(times, 1)
    if found["more"]:
        value += float(found["more"]) * MULTIPLES[found["more_times"]]
    scaled = bool(times) or (chinese and re.search("[万亿]", found["number"]) is not None)
    return Measure(start, found.end(), value, unit, _comparison(found), chinese, scaled, times)


def _share(found: re.Match[str]) -> Measure | None:
    """三分之二 → 66.6667 %, 七成 → 70 %, 七成五 → 75 %."""
    if found["tenths"]:
        tens, _, ones = found["tenths"].partition("成")
        value = (read_number(tens) or 0) * 10 + ((read_number(ones) or 0) if ones else 0)
    else:
        below, _, above = found["share"].partition("分之")
        parts = read_number(below) or 1
        value = round((read_number(above) or 0) / parts * 100, 4)
    return Measure(found.start(), found.end(), value, "%", _comparison(found), chinese=True, scaled=False)


def _comparison(found: re.Match[str]) -> Comparison:
    after = (found["after"] or "")[-2:]
    if after in _COMPARISON_OF:
        return _COMPARISON_OF[after]
    if found["before"]:
        return _COMPARISON_OF.get(found["before"].replace("得", "").replace("应", ""), "=")
    return ">=" if found["number2"] else "="
