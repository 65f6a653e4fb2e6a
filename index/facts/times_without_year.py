"""Times that name no year: 年底前, 6月底前, 年内; recurring: 每年, 按月; within: 三年内, 5个工作日内.

The year of 年底前 is that which the words before it name, else a heading above, else the title.
Left out: 定期, 及时 and 适时, which set no time; what was (近三年内, 三年内无违法记录); 去年底.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.language.years import YEAR
from index.records import Bound, Deadline

_COUNT = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3})"
# 年底前, 今年年底, 6月底前, 9月30日前, 年内, 今年; 0403年底前, where a year was garbled
_OF_YEAR = re.compile(
    r"(?=[今本当到于至年\d])(?:(?P<end>(?<![\d去上前每历往当近末整全半逐成〇零○])(?:今年|本年|当年|到|于)?年[底末](?:以?前)?|(?<!\d)\d{4}年[底末](?:以?前)?)"
    r"|(?<![年\d至到—\-~～])(?:到|于|至)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[0-3]?\d)日|份)?(?:(?P<last>[底末]|[上中下]旬)(?:以?前)?|(?:以)?前)(?![一-鿿]{0,2}(?:期|述|款))"
    r"|(?P<within>(?<![\d一二两三四五六七八九十每历往半一-鿿])年内|(?<=[，。；,;：:、\s])年内|今年内?(?!来|以来|已|[一-鿿]{0,4}(?:已|累计))))"
)
# 每年, 每年3月份, 每半年, 每季度, 按月
_EVERY = re.compile(
    r"每(?:[半一两二三四五\d]{0,2}(?:个)?(?:年|季度?|月|周|旬)度?)(?:(?P<month>1[0-2]|[1-9])月份?)?(?:底前?|前)?(?![人均])|按(?:月|季度?|年度?|周)(?![一-鿿]{0,2}(?:均|计))"
)
# 三年内, 5个工作日内, 利用3年时间, 三到五年时间内, 印发之日起30日内, 次年起三年内
_WITHIN = re.compile(
    rf"(?P<use>利用|用)?(?<![\d一二两三四五六七八九十]){_COUNT}(?:\s?[-—~～至到]\s?{_COUNT})?\s?(?:个)?(?:工作日|自然日|日|天|年|月|周)"
    r"(?:左右)?(?P<span>的?时间)?(?P<inside>[之以]?内)?"
)
# 目录更新后|30天内, 自印发之日起|30日内, 次年起|三年内: from when it counts
_FROM = re.compile(
    r"(?:自|从)?[^，。；、,;\s自从]{0,14}(?:之日|次年|当年|次月|当日)起$|(?<=[于在])[^，。；、,;\s]{2,10}后$"
)
_PAST = re.compile(r"(?:近|过去|最近|连续|前|满|截至|已|曾|上|有效期|期限|为期|缴纳|存续|注册|成立)$")
_CONDITION = re.compile(r"[无未没曾有已累不均获享]|新增|出现|发生|计算")
_IN_QUOTES = re.compile(r"《[^《》]{0,120}》|“[^“”]{0,40}”")


def find_without_year(
    text: str, offset: int, taken: Sequence[tuple[int, int]], year: int | None
) -> Iterator[Deadline]:
    """The times without a year of ``text`` outside the ``taken`` stretches (offsets in ``text``).

    ``year`` is what 年底前 inherits where the words before it name none.  Not in order.
    """
    quoted = [*taken, *(found.span() for found in _IN_QUOTES.finditer(text))]

    def free(found: re.Match[str]) -> bool:
        return not any(start < found.end() and found.start() < end for start, end in quoted)

    if "年" in text or "月" in text:
        yield from (_of_year(text, offset, one, year) for one in _OF_YEAR.finditer(text) if free(one))
    seen: set[str] = set()
    for found in _EVERY.finditer(text) if "每" in text or "按" in text else ():
        if free(found) and found[0] not in seen:
            seen.add(found[0])
            month = int(found["month"]) if found["month"] else None
            start, end = offset + found.start(), offset + found.end()
            yield Deadline(start, end, found[0], None, None, month, "every")
    if "内" in text or "时间" in text:
        yield from (
            _term(text, offset, one) for one in _WITHIN.finditer(text) if free(one) and _binds(text, one)
        )


def _of_year(text: str, offset: int, found: re.Match[str], year: int | None) -> Deadline:
    told = re.findall(rf"(?<!\d)({YEAR})年", text[max(0, found.start() - 120) : found.start()])
    inherited = int(told[-1]) if told else year
    month = 12 if found["end"] else int(found["month"]) if found["month"] else None
    bound: Bound = "end" if found["end"] else "month" if found["month"] else "during"
    return Deadline(
        offset + found.start(), offset + found.end(), found[0], None, None, month, bound, inherited
    )


def _term(text: str, offset: int, found: re.Match[str]) -> Deadline:
    counted = _FROM.search(text, max(0, found.start() - 20), found.start())
    start = counted.start() if counted else found.start()
    return Deadline(
        offset + start, offset + found.end(), text[start : found.end()], None, None, None, "within"
    )


def _binds(text: str, found: re.Match[str]) -> bool:
    """Whether a stretch of time is one to keep: 内 closes it, or 利用 opens it; no condition."""
    if not found["inside"] and not (found["use"] and found["span"]):
        return False
    if text[found.start() - 1 : found.start()].isdecimal() or _PAST.search(
        text[max(0, found.start() - 4) : found.start()]
    ):
        return False
    return not _CONDITION.match(text, found.end())
