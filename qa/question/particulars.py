"""What an answer must hold because the question names it: a unit, the present state, a person, a number.

A clause on the right subject without it does not answer: 惠及多少户 wants 户, and 现在是多少 no goal.  That a
question wants it is told by the question reader (`qa.records.Wants`); here is what documents print of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.language.numerals import chinese_numeral, read_number
from index.language.years import YEAR
from qa.records import Particular

_COUNTING = frozenset("个所座处家条辆栋台块支项类种片")
"""What things are counted by; one stands for another (几所学校: 3个), and 2至3岁 counts no schools."""
_SAME_UNIT = (frozenset({"人", "名", "人次"}), frozenset({"亩", "万亩"}), frozenset({"张", "床"}), _COUNTING)
# The present state is told by such words and never by a goal: 目前的56.5%, 现有, 截至.
_PRESENT = re.compile(r"目前|现有|现状|当前|已|截至|截止")


def units_like(unit: str) -> frozenset[str]:
    """The units in which an answer can stand where a question asks in this one: 名 → 名, 人, 人次."""
    unit = "%" if unit == "百分之" else unit
    return next((units for units in _SAME_UNIT if unit in units), frozenset({unit}))


# 2月10日, 上半年, 24时前; and for 多久: 3个月, 14天.
_DATE = re.compile(
    rf"{YEAR}\s*年?|\d{{1,2}}月(?:\d{{1,2}}日|底|初|中旬|上旬|下旬)|[上下]半年|\d{{1,2}}[时点]"
)
_DURATION = re.compile(
    r"[\d一二两三四五六七八九十半]+(?:个)?(?:年|月|周|天|日|小时|分钟|工作日)|为止|期满|解除"
)


def tells_a_time(text: str, *, how_long: bool) -> bool:
    """True where the text tells a date, or, for a question for how long, a length of time."""
    return bool(_DATE.search(text)) or (how_long and bool(_DURATION.search(text)))


def tells_the_present(text: str) -> bool:
    """True where the text tells what is and not only what is to be."""
    return bool(_PRESENT.search(text))


# What a policy seldom states and nothing else can stand for, and what holds it.
_HELD_BY: dict[Particular, re.Pattern[str]] = {
    "phone": re.compile(r"\d{3,4}[-－]?\d{7,8}|1\d{10}|(?<!\d)\d{5,8}(?!\d)"),
    "web": re.compile(r"https?:|www\.|@|网站|公众号|APP|平台", re.I),
    "address": re.compile(r"地址|[路街道]\d+号|大厅|窗口|中心"),
    "person": re.compile(r"姓名|名单|同志|联系人"),
    "firm": re.compile(r"中标|承建|施工单位|开发商|供应商"),
}


def lacks_particular(wanted: Iterable[Particular], text: str) -> bool:
    """True where a particular is wanted (a phone number, a person) that the text does not hold."""
    return any(not _HELD_BY[one].search(text) for one in wanted)


_COUNTED = "(?:大|个|条|种|类|块|项|方面|点|家|处|座|步)"
# The number of items that a question names: 三个主题, 五块地方, 四条管.
_COUNT = re.compile(rf"([两二三四五六七八九十]|\d{{1,2}}){_COUNTED}")


def counted_items(question: str) -> str | None:
    """A pattern for the same number of items in a document (三大主题, 五类, 3个); None without a number."""
    matches = list(_COUNT.finditer(question))
    if not matches:
        return None
    match = matches[-1]  # 12个县市分成哪五类
    word = "二" if match.group(1) == "两" else match.group(1)
    number = int(read_number(word) or 0)
    forms = {
        str(number),
        *([chinese_numeral(number)] if number <= 10 else []),
        *(["两"] if number == 2 else []),
    }
    return rf"(?<![\d第十百])(?:{'|'.join(sorted(forms))}){_COUNTED}"
