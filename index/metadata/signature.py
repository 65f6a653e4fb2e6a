"""A document's issuer, number and date: from its page's metadata table, else from heading and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.agency_endings import SIGNING
from index.language.folding import ZERO_WIDTH
from index.language.numerals import chinese_numeral, read_number, read_year
from index.language.regions import regions_in
from index.language.years import YEAR


@dataclass(frozen=True, slots=True)
class Found:
    """Words found: the normalised value, their offsets (None: not from the text) and the words as printed."""

    value: str
    start: int | None
    end: int | None
    words: str = ""

    @classmethod
    def group(cls, match: re.Match[str], group: int = 0) -> Found:
        """A group of a match, its value without blanks."""
        words = match.group(group)
        return cls(squeeze(words), match.start(group), match.end(group), words)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who issued a document, under which number, when; None where it does not say."""

    issuer: Found | None
    number: Found | None
    date: Found | None


HEAD = 1500
"""Characters within which table, heading and number stand: 成武县's, with two tables, end at 640."""
TAIL = 400
"""Characters before the end within which a signature stands: 8 in 10 dated notices sign in the last 60."""

# 宁政办发〔2024〕63号, 京政办发[2020]5号, 津卫医政【2020】100号, 财政部 税务总局公告2020年第9号
NUMBER = re.compile(
    rf"[一-鿿]{{1,14}}\s?[〔\[【（(﹝]\s?{YEAR}\s?[〕\]】）)﹞]\s?第?\s?\d{{1,5}}\s?号"
    r"|(?<![一-鿿])(?:[一-鿿]{2,14}[ \u3000])*[一-鿿]{2,20}(?:公告|通告|令)\s?"
    rf"(?:{YEAR}年)?第\s?\d{{1,4}}\s?号"
)
# 2024年12月30日, 2024 年 07 月 04 日, 2020-01-29, 二〇二四年九月十四日
_DATE = (
    rf"(?:{YEAR}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|{YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}"
    r"|[一二][九〇○零ＯO0][一二三四五六七八九〇○零ＯO0]{2}\s?年"
    r"\s?[一二三四五六七八九十]{1,2}\s?月\s?[一二三四五六七八九十]{1,3}\s?日)"
)
DATE = re.compile(_DATE)
# A date that stands for itself, as a signature's does: between blanks or line ends, before （此件公开发布）.
_ALONE = re.compile(
    rf"(?=[12一二])(?:^|(?<=\s)|(?<=[局室厅委会府部院])|(?<=sp;))({_DATE})(?=\s|$|[（(【\[]|&[en][mnb]?sp;)",
    re.MULTILINE,
)
# 山东省人民政府办公厅2019年3月15日印发: the date of printing, at the foot
_PRINTED = re.compile(rf"({_DATE})\s*印发\s*$")
# （2021年1月4日） by itself on the line under a title
_UNDER_TITLE = re.compile(rf"^\s*[（(]\s*({_DATE})\s*[)）]\s*$", re.MULTILINE)
# 市长 甲某某: who signs an order
_OFFICIAL = re.compile(
    r"(?:总理|省长|市长|州长|县长|区长|旗长|盟长|主席|主任|部长|局长|署长|行长|会长|院长)\s+[一-鿿·]{1,4}(?:\s*[一-鿿])?\s*$"
)
# 更新时间: 2026-01-26: the page's date and not the document's
_OF_PAGE = re.compile(r"(?:更新|发布|浏览|打印|采集|下载)(?:时间|日期)\**\s*[:：]\s*$")
# 印发给你们，请认真贯彻执行。 before the date of a notice that no body signs
_HANDED_OUT = re.compile(r"(?:执行|落实|实施|办理|遵照|贯彻|如下)[。：:]\s*$")

# A body's name: 宁武县人民政府办公室, 国家税务总局, 新冠肺炎疫情防控工作领导小组(指挥部)
ORGANISATION = re.compile(rf"[一-鿿（）()、“”]{{0,50}}(?:{SIGNING})(?:[（(][一-鿿]{{2,12}}[)）])?")

_BODIES_OVER_TITLE = re.compile(
    r"^[ \t\u3000]*([一-鿿、]{2,40}(?:[ \t\u3000\n]+[一-鿿、]{2,40}){0,6})[ \t\u3000]*\n\s*关于", re.MULTILINE
)
# 某市人民政府令 / （第16号）, 中华人民共和国国务院令 第530号
_ORDER = re.compile(
    r"^[ \t\u3000]*([一-鿿]{4,24})令\s*[（(]?第\s?(\d{1,4})\s?号[)）]?[ \t\u3000]*$", re.MULTILINE
)
# （皖政办秘〔2021〕82号） by itself on a line
_BRACKETED = re.compile(rf"^\s*[（(]\s*((?:{NUMBER.pattern}))\s*[)）]\s*$", re.MULTILINE)

_GAP = r"(?:\s|&[en][mnb]?sp;)"
# The last word before a signature's date, letters set apart included: 财  政  部
_LAST_WORD = re.compile(
    r"(?:(?<=[\s。；）);])|^)([一-鿿](?:[ \xa0\u3000]{1,3}[一-鿿]){1,4}|[^\s。；;：:，,&]{2,60})"
    rf"{_GAP}*$"
)
_LAST_PHRASE = re.compile(r"(?:(?<=[\s。；：:）)])|^)([一-鿿]{4,30})\s+$")

# A label of a page's metadata table, blanks inside allowed: 索 引 号:, 【发布文号】, - **发布机构**：
_LABELS = {
    "title": "标题|名称|文件名称|公文名称|法规标题",
    "issuer": "发布机构|发文机关|发文单位|制发单位|制发机关|发布单位|发文部门",
    "number": "文号|发文字号|发布文号|文件编号|文件编码",
    "date": "成文日期|发文日期|印发日期|生成日期|成文时间|发文时间|签署日期",
    "published": "发布日期|发布时间|公开日期",
    "status": "效力状态|有效性|是否有效|文件状态|时效性",
    "from": "实施日期|生效日期|施行日期",
    "until": "失效日期|废止日期|截止日期",
    "other": "索引号|信息索引|法宝引证码|原文链接|文档类型|检索关键词|更新时间|来源"
    "|分类|主题分类|体裁分类|服务对象|主题词|内容概述|附加码|时效|信息来源|公开方式"
    "|公开形式|公开范围|关键词",
}
_OF_LABEL = {label: name for name, labels in _LABELS.items() for label in labels.split("|")}
_BLANK = "[ \\t\\xa0\\u3000]*"
LABEL = re.compile(
    rf"(?:(?<=[\s：:])|^)(?:[•·【\[]|(?:-[ \t]*)?\*\*)?{_BLANK}("
    + "|".join(_BLANK.join(label) for label in sorted(_OF_LABEL, key=len, reverse=True))
    + rf"){_BLANK}(?:\*\*)?(?:[:：]|[】\]]){_BLANK}",
    re.MULTILINE,
)
_DATED = frozenset(("date", "published", "from", "until"))
FEWEST_LABELS = 2
"""One label may be a line of the text (名称：…); a table has more."""
LONGEST_VALUE = 120


def squeeze(words: str) -> str:
    """Words without blanks and invisible characters."""
    return re.sub(rf"[\s{ZERO_WIDTH}\ufeff]+", "", words)


def iso_date(words: str) -> str | None:
    """2024年12月30日 → 2024-12-30; None where the words are no date."""
    squeezed = squeeze(words)
    if re.match(r"[一二]", squeezed):
        parts = re.match(r"(.{4})年(.+)月(.+)日", squeezed)
        if not parts:
            return None
        year = read_year(parts.group(1))
        month, day = _small(parts.group(2)), _small(parts.group(3))
    else:
        numbers = re.match(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", squeezed)
        if not numbers:
            return None
        year, month, day = numbers.group(1), int(numbers.group(2)), int(numbers.group(3))
    return f"{year}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _small(words: str) -> int:
    """十四 → 14, 二十 → 20, 九 → 9; 0 for what no date is printed with (一二, 十十)."""
    number = int(read_number(words) or 0)
    return number if chinese_numeral(number) in (words, words.removeprefix("一")) else 0


def table_of(text: str) -> dict[str, Found]:
    """The page's metadata table: title, issuer, number, date, published, status; empty where it has none."""
    labels = list(LABEL.finditer(text, 0, HEAD))
    if len(labels) < FEWEST_LABELS:
        return {}
    table: dict[str, Found] = {}
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        name = _OF_LABEL[squeeze(label.group(1))]
        if name == "issuer" and "**" in label.group():
            continue  # the head that a crawler wrote in Markdown names the web site and not who issued
        words = _value_of(text, name, label.end(), following.start() if following else len(text))
        if words and words.value:
            table.setdefault(name, words)
    return table


def _value_of(text: str, name: str, start: int, end: int) -> Found | None:
    line = text.find("\n", start, end)
    end = min(end if line < 0 else line, start + LONGEST_VALUE)
    pattern = {
        "date": _DATE,
        "published": _DATE,
        "from": _DATE,
        "until": _DATE,
        "number": NUMBER.pattern,
        # Where line breaks were lost, the last value ends at the first blank.
        "title": r"\S(?:.*\S)?(?=\s*$)|\S+",
    }.get(name, r"\S+")
    match = re.compile(pattern).match(text, start, end)
    if not match:
        return None
    value = iso_date(match.group()) if name in _DATED else squeeze(match.group())
    return Found(value or "", match.start(), match.end(), match.group())


def find_signature(text: str, table: dict[str, Found], title: Found | None) -> Signature:
    """Issuer, number and date of a notice or plan.  The table is believed before the text."""
    named = _in_title(title)
    signing = _signing(text, named)
    under = None if signing else _UNDER_TITLE.search(text, 0, HEAD)
    printed = _PRINTED.search(text, max(0, len(text) - TAIL))
    date = table.get("date") or _date_of(signing or under) or table.get("published") or _date_of(printed)
    order = order_of(text)
    issuer = table.get("issuer") or _signer(text, signing) or named or _over_title(text)
    if order and not issuer:
        issuer = order.issuer
    number = table.get("number") or _number(text) or (order.number if order else None)
    return Signature(issuer, number, date)


def _date_of(signing: re.Match[str] | None) -> Found | None:
    if signing is None:
        return None
    start, end = signing.span(1)
    return Found(iso_date(signing.group(1)) or "", start, end, signing.group(1))


def _signing(text: str, named: Found | None) -> re.Match[str] | None:
    """The date that signs.

    One after the body that heads the title first (what is forwarded has a signature of its own), then one
    after any body's name, else the last that stands alone at the end.
    """
    dates = [
        match
        for match in _ALONE.finditer(text)
        if iso_date(match.group(1)) and not _OF_PAGE.search(text, max(0, match.start() - 20), match.start())
    ]
    signers = [(match, next(_bodies_before(text, match.start()), None)) for match in dates]
    own = [match for match, body in signers if body and named and body.value in named.value]
    signed = own or [match for match, body in signers if body]
    if signed:
        return signed[-1] if signed[-1].end() > len(text) - TAIL else signed[0]
    by_official = [m for m in dates if _OFFICIAL.search(text, max(0, m.start() - 24), m.start())]
    if by_official:
        return by_official[0]
    last = next((m for m in reversed(dates) if m.end() > len(text) - TAIL or _closes(text, m)), None)
    handed_out = (m for m in dates if _HANDED_OUT.search(text, max(0, m.start() - 12), m.start()))
    return last or next(handed_out, None)


def _over_title(text: str) -> Found | None:
    """Bodies on the lines over 关于…的意见 at the head: 中共柳河县委 柳河县人民政府."""
    head = _BODIES_OVER_TITLE.search(text, 0, HEAD)
    if head is None or not all(ORGANISATION.fullmatch(one) for one in head.group(1).split()):
        return None
    return Found("、".join(head.group(1).split()), head.start(1), head.end(1), head.group(1))


def order_of(text: str) -> Signature | None:
    """The issuer and number of an order (令): 某市人民政府令 and （第16号） on the next line."""
    found = _ORDER.search(text, 0, HEAD)
    if found is None:
        return None
    words = text[found.start() : found.end()]
    number = f"{found.group(1)}令第{squeeze(found.group(2))}号"
    return Signature(
        Found(squeeze(found.group(1)).removeprefix("中华人民共和国"), *found.span(1), found.group(1)),
        Found(squeeze(number), found.start(), found.end(), words),
        None,
    )


def _closes(text: str, date: re.Match[str]) -> bool:
    """Whether （此件主动公开） or the like follows: the notice ends here, though its annex goes on."""
    return bool(re.match(r"\s*[（(](?:此件|信息公开|公开)", text[date.end() :]))


def _signer(text: str, signing: re.Match[str] | None) -> Found | None:
    """The bodies named right before the date that signs, or at the very end of the text."""
    ends = [signing.start()] if signing else []
    ends.append(len(text.rstrip()))
    for end in ends:
        bodies = list(_bodies_before(text, end))
        if bodies:
            start, stop = bodies[-1].start or 0, bodies[0].end
            value = "、".join(body.value for body in reversed(bodies))
            return Found(value, start, stop, text[start:stop])
    return None


def _bodies_before(text: str, end: int) -> Iterator[Found]:
    """Bodies' names that stand alone before ``end``, last first: 财政部 税务总局 2020年2月6日."""
    at = end
    while match := _LAST_WORD.search(text, max(0, at - 120), at):
        start, stop = match.span(1)
        words = squeeze(match.group(1))
        if not ORGANISATION.fullmatch(words):
            return
        if not _is_whole(words):
            # A long name may be broken: 四川省应对新型冠状病毒 / 肺炎疫情应急指挥部.
            before = _LAST_PHRASE.search(text, max(0, start - 60), start)
            if before and regions_in(before.group(1)) and not ORGANISATION.fullmatch(before.group(1)):
                start = before.start(1)
        yield Found(squeeze(text[start:stop]), start, stop, text[start:stop])
        at = start


def _is_whole(words: str) -> bool:
    """Whether a body's name begins with its region or is national."""
    return bool(re.match(r"国家|国务院|中国|中华|中共|全国|[^防疫肺]{2,6}部", words)) or any(
        mention.start == 0 for mention in regions_in(words)
    )


def _in_title(title: Found | None) -> Found | None:
    """The body that heads a title: 陕西省人民政府办公厅关于印发…的通知."""
    if not title or title.start is None:
        return None
    match = re.match(r"([^，。：:“”]{2,60}?)\s*(?=(?:转发|印发)?关于|(?:转发|印发)[一-鿿《])", title.words)
    if not match or not all(ORGANISATION.fullmatch(part) for part in re.split(r"[\s、]+", match.group(1))):
        return None
    value = "、".join(match.group(1).split())
    return Found(value, title.start, title.start + match.end(1), match.group(1))


def _number(text: str) -> Found | None:
    """A number of its own: before the first sentence ends, outside 《》 and brackets, between blanks."""
    sentence = text.find("。", 0, HEAD)
    head = text[: sentence if sentence >= 0 else HEAD]
    for match in NUMBER.finditer(head):
        before, words = text[: match.start()], match.group()
        # …的通知人社部发〔2020〕11号: the number begins after the title.
        cut = re.match(r".*(?:通知|意见|公告(?=.*〔)|函(?=..))(?=[一-鿿])", words)
        start = match.start() + (cut.end() if cut else 0)
        opens = not before or before[-1].isspace() or bool(cut) or match.start() == 0
        quoted = before.count("《") > before.count("》") or re.search(r"[（(《<〈]\s*$", before)
        cited = re.match(r"\s*[》）)]|文件|精神|要求|规定", text[match.end() :])
        if opens and not quoted and not cited:
            return Found(squeeze(text[start : match.end()]), start, match.end(), text[start : match.end()])
    alone = _BRACKETED.search(text, 0, len(head))
    return Found.group(alone, 1) if alone else None
