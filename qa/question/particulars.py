"""What an answer must hold because the question names it: a unit, the present state, a person, a number.

A clause on the right subject without it does not answer: 惠及多少户 wants 户, and 现在是多少 no goal.
"""

from __future__ import annotations

import re

from index.language.numerals import chinese_numeral, read_number
from index.language.years import YEAR

# The unit that a quantity is asked in: 多少户, 几公里, 几所.
_UNIT = re.compile(
    r"(?:多少|几)(?:个)?"
    r"(平方公里|平方米|立方米|公里|万亩|亩|户|人次|人|名|套|吨|辆|床|张|千瓦|兆瓦|学位|托位)"
    r"|(百分之)(?:几|多少)|(?:多少|几)([个所座处家条辆栋台块支项类种片])(?!小时|月|星期|工作日|百分点|[百千万亿])"
)
_COUNTING = frozenset("个所座处家条辆栋台块支项类种片")
"""What things are counted by; one stands for another (几所学校: 3个), and 2至3岁 counts no schools."""
_SAME_UNIT = (frozenset({"人", "名", "人次"}), frozenset({"亩", "万亩"}), frozenset({"张", "床"}), _COUNTING)
_NOW = re.compile(r"现在|目前|眼下|当前|如今|现有|已经")
# The present state is told by such words and never by a goal: 目前的56.5%, 现有, 截至.
_PRESENT = re.compile(r"目前|现有|现状|当前|已|截至|截止")


def asked_units(question: str) -> frozenset[str]:
    """The units in which an answer can stand: 多少名 → 名, 人, 人次; empty where any will do."""
    match = _UNIT.search(question)
    if not match:
        return frozenset()
    unit = match.group(1) or match.group(3) or "%"
    return next((units for units in _SAME_UNIT if unit in units), frozenset({unit}))


def asks_about_now(question: str) -> bool:
    """True where the question wants the present state: 现在…是多少了."""
    return bool(_NOW.search(question))


# 2月10日, 上半年, 24时前; and for 多久: 3个月, 14天.
_DATE = re.compile(
    rf"{YEAR}\s*年?|\d{{1,2}}月(?:\d{{1,2}}日|底|初|中旬|上旬|下旬)|[上下]半年|\d{{1,2}}[时点]"
)
_DURATION = re.compile(
    r"[\d一二两三四五六七八九十半]+(?:个)?(?:年|月|周|天|日|小时|分钟|工作日)|为止|期满|解除"
)
_HOW_LONG = re.compile(r"多久|多长时间|期限|多少[年天]|几[天年个]|为止|截止")


def tells_a_time(question: str, text: str) -> bool:
    """True where the text tells a date, or, for a question for how long, a length of time."""
    return bool(_DATE.search(text)) or (bool(_HOW_LONG.search(question)) and bool(_DURATION.search(text)))


def tells_the_present(text: str) -> bool:
    """True where the text tells what is and not only what is to be."""
    return bool(_PRESENT.search(text))


# What a policy seldom states and nothing else can stand for: what asks for it, and what holds it.
_PARTICULARS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"电话(?:号|是|多少|几)|(?:办公|联系|咨询|投诉|热线|服务)电话|联系方式|怎么联系|phone number"
        ),
        re.compile(r"\d{3,4}[-－]?\d{7,8}|1\d{10}|(?<!\d)\d{5,8}(?!\d)"),
    ),
    (
        re.compile(r"网址|网站|邮箱|公众号|website|e-?mail", re.I),
        re.compile(r"https?:|www\.|@|网站|公众号|APP|平台", re.I),
    ),
    (
        re.compile(r"地址|在哪(?:里|儿)?办|什么地方办"),
        re.compile(r"地址|[路街道]\d+号|大厅|窗口|中心"),
    ),
    (
        re.compile(
            r"哪(?:一)?位|(?:县长|市长|局长|书记|主任|负责人).{0,4}(?:是谁|叫什么|姓名)|姓名|叫什么名字"
        ),
        re.compile(r"姓名|名单|同志|联系人"),
    ),
    (
        re.compile(r"中标|承建(?:单位|方)|施工(?:单位|方)|开发商|供应商"),
        re.compile(r"中标|承建|施工单位|开发商|供应商"),
    ),
)


def lacks_particular(question: str, text: str) -> bool:
    """True where the question names a particular (a phone number, a person) that the text does not hold."""
    return any(asks.search(question) and not holds.search(text) for asks, holds in _PARTICULARS)


_COUNTED = "(?:大|个|条|种|类|块|项|方面|点|家|处|座|步)"
# The number of items that a question names: 哪三个主题, 哪五块地方, 四条管.
_COUNT = re.compile(rf"(?:哪|那|这)?([两二三四五六七八九十]|\d{{1,2}}){_COUNTED}")


def counted_items(question: str) -> str | None:
    """A pattern for the same number of items in a document (三大主题, 五类, 3个); None without a number."""
    matches = list(_COUNT.finditer(question))
    if not matches:
        return None
    match = next((m for m in matches if m.group().startswith("哪")), matches[-1])  # 12个县市分成哪五类
    word = "二" if match.group(1) == "两" else match.group(1)
    number = int(read_number(word) or 0)
    forms = {
        str(number),
        *([chinese_numeral(number)] if number <= 10 else []),
        *(["两"] if number == 2 else []),
    }
    return rf"(?<![\d第十百])(?:{'|'.join(sorted(forms))}){_COUNTED}"
