"""What a document says about itself: title, region, issuer, number, dates, what it carries out.

Read from the metadata table of its page, its heading, its signature and its first sentence, in the order
in which each can be trusted.  What it does not say stays out: a number that it cites is not its own, and
the operator of the web site (主办, 承办) is not the issuer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.language import divisions
from index.language.gazetteer import PROVINCES
from index.language.regions import RegionMention, regions_in
from index.language.years import YEAR
from index.metadata.cited import carried_out, interpreted
from index.metadata.signature import (
    HEAD,
    NUMBER,
    Found,
    Signature,
    find_signature,
    iso_date,
    order_of,
    table_of,
)
from index.metadata.speaks_for import speaks_for
from index.metadata.title import find_title
from index.metadata.validity import validity
from index.records import Described, Document, DocumentKind, Field, FieldName

# The title of a law or regulation: 戒毒条例, …若干问题的解释（一）, 考核办法（试行）.
_LAW_TITLE = re.compile(
    r"(?:法|条例|规定|办法|解释|细则|规则|章程|决定|意见|法典|批复)(?:[（(][^）)]{1,8}[)）])?$"
)
_ARTICLE = re.compile(r"(?:^|(?<=\s))第[一二三四五六七八九十百零]{1,6}条(?=\s)", re.MULTILINE)
FEWEST_ARTICLES = 3
"""A document in articles has so many 第X条 after a line end or a blank: plans that quote one have none."""
_READING = re.compile(r"解读")
# Bodies of the whole country, whose documents speak for no region: 国务院, 国家税务总局, 财政部.
_NATIONAL = re.compile(
    r"^(?:中共中央|国务院|国家|中华人民共和国|全国|最高人民|中国|[一-鿿]{2,10}部(?:办公厅)?(?:[、\s]|关于|等|$)|海关总署"
    r"|税务总局|人民银行|银保监会|证监会)"
)
# 2014年8月31日 … 修正, 2011年6月26日 中华人民共和国国务院令第597号公布; not: 1994年1月1日 施行
_HISTORY = re.compile(rf"({YEAR})年(\d{{1,2}})月(\d{{1,2}})日(?!起?\s*施行)")
# A line of a law's history, which stands between its title and its text.
_HISTORY_LINE = re.compile(
    rf"(?m)^{YEAR}年\d{{1,2}}月\d{{1,2}}日\s+[^\n，。]{{2,60}}(?:通过|公布|发布|批准|修[正订])\s*$"
)
_DECREE = re.compile(r"[一-鿿、]{2,30}令第?\s*\d+\s*号|法释〔\d{4}〕\d+号")
_GIVEN_BY = re.compile(r"([一-鿿、]{2,30})令第?\s*\d+\s*号")
_PUBLISHED_BY = re.compile(r"日\s+([一-鿿、]{2,30}?)(?:公告)?(?:发布|公布)")
_TITLED_BY = re.compile(
    r"^\s*((?:中华人民共和国)?(?:最高人民法院|最高人民检察院|国务院)[、一-鿿]{0,16}?)关于"
)
_ADOPTED_BY = re.compile(
    r"(全国人民代表大会常务委员会|全国人民代表大会|国务院、中央军委|国务院|最高人民法院|最高人民检察院|中央军事委员会)"
)
_FILE_DATE = re.compile(rf"({YEAR})-(\d\d)-(\d\d)")
_INTERPRETER = re.compile(r"解读(?:单位|机关|部门|机构)\s*[:：]\s*(\S{2,40})")


# What a document is for, by the last of these words in its title before 的通知, or in what it calls itself.
_PURPOSE_OF = {
    **dict.fromkeys(["方案", "计划", "规划", "纲要", "要点", "预案"], "plan"),
    **dict.fromkeys(["办法", "细则", "规定", "规则", "条例"], "measures"),
    **dict.fromkeys(["措施", "政策", "规章", "标准", "规范"], "measures"),
    "意见": "opinion",
    **dict.fromkeys(["公告", "通告"], "announcement"),
    **dict.fromkeys(["通知", "通报", "决定"], "notice"),
}
_PURPOSE_WORD = re.compile("|".join(_PURPOSE_OF))
# 制定本行动方案, 现提出以下意见, 本细则
_CALLS_ITSELF = re.compile(
    rf"本[一-鿿]{{0,6}}?({_PURPOSE_WORD.pattern})|(?:以下|如下|若干)[一-鿿]{{0,4}}?({_PURPOSE_WORD.pattern})"
)
# A short notice of numbers and the like is a notice, whatever 标准 it sets: …标准的通知
_FORM = re.compile(r"(?:[》的]?)(?:通知|函)$")


@dataclass(frozen=True, slots=True)
class Description:
    """What a document is and what it says about itself, in the order of FieldName."""

    kind: DocumentKind
    fields: tuple[Field, ...]


def describe(text: str, file: str) -> Description:
    """Describe a document from its clean text and the path of its file.

    Each field's ``start`` and ``end`` are offsets in ``text`` of the words it was read from; None only
    where they were read from the file's name.
    """
    table = table_of(text)
    title = find_title(text, table)
    kind = _kind(text, title)
    signature = _of_law(text) if kind == "法规" else find_signature(text, table, title)
    interpreter = _interpreter(text)
    found: list[tuple[FieldName, Found | None]] = [
        ("title", title),
        ("region", _region((title, signature.issuer, interpreter, _before(text, title)), text, file)),
        ("issuer", signature.issuer),
        ("number", signature.number),
        ("date", _dated_by_name(signature.date, file, kind)),
        *(("implements", one) for one in carried_out(text)),
        *(("interprets", one) for one in (interpreted(text, title) if kind == "解读" else [])),
        ("interpreter", interpreter),
        ("status", table.get("status")),
        *validity(text, table, signature.date),
    ]
    fields = tuple(Field(name, one.value, one.start, one.end) for name, one in found if one and one.value)
    return Description(kind, fields)


def purpose(document: Document) -> str:
    """What a document is for: plan, measures, opinion, announcement, notice or other."""
    title = re.sub(r"[（(][^）)]*[)）]", "", document.value("title") or "")
    words = list(_PURPOSE_WORD.finditer(_FORM.sub("", title)))
    if words := words or list(_PURPOSE_WORD.finditer(title)):
        return _PURPOSE_OF[words[-1].group()]
    itself = _CALLS_ITSELF.search(document.text, 0, 2 * HEAD)
    return _PURPOSE_OF[itself.group(1) or itself.group(2)] if itself else "other"


def region_path(document: Described) -> tuple[str, ...]:
    """The region a document speaks for after those that it lies in, outermost first; empty where unknown."""
    if document.region is None:
        return ()
    told = (document.value("title") or "", document.value("issuer") or "", document.file)
    near = [mention.name for words in told for mention in regions_in(words)]
    return divisions.region_path(document.region, near)


def year_of_title(document: Described) -> int | None:
    """The one year that a title names (2022年工作要点); None where it names none or a span."""
    years = set(re.findall(rf"(?<!\d){YEAR}", document.value("title") or ""))
    return int(years.pop()) if len(years) == 1 else None


def year_of_issue(document: Described) -> int | None:
    """The year of a document's date; None where it has none."""
    date = document.value("date")
    return int(date[:4]) if date else None


def _kind(text: str, title: Found | None) -> DocumentKind:
    name = title.value if title else ""
    articles = len(_ARTICLE.findall(text))
    if _LAW_TITLE.search(name) and (articles >= FEWEST_ARTICLES or _HISTORY_LINE.search(text, 0, HEAD)):
        return "法规"
    return "解读" if _READING.search(name) else "正文"


def _before(text: str, title: Found | None) -> Found | None:
    """What stands before the title: the name of the site or of the notice's addressees."""
    if title is None or not title.start:
        return None
    return Found(text[: title.start], 0, title.start, text[: title.start])


def _region(places: tuple[Found | None, ...], text: str, file: str) -> Found | None:
    """The region a document speaks for: title's, else issuer's, interpreter's, file name's, text's."""
    title, issuer = places[:2]
    national = any(one and _NATIONAL.match(one.value) for one in (title, issuer))
    for one in (issuer, title) if national else places:
        if one is None or one.start is None:
            continue
        words = one.value.partition("关于")[0] if national else one.value
        mention = _speaks_for(regions_in(words))
        if mention:
            return _in_words(one, words[mention.start : mention.end], mention.name)
    name = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    named = None if national else _speaks_for(regions_in(name))
    if named:
        return Found(named.name, None, None)
    return None if national else speaks_for(text)


def _speaks_for(mentions: list[RegionMention]) -> RegionMention | None:
    """The first region named, and of a chain (泰州市海陵区) its last link."""
    chosen: RegionMention | None = None
    for mention in mentions:
        # 浙江重庆两地 names two provinces, and no place in one.
        if chosen and (mention.start != chosen.end or mention.name in PROVINCES.values()):
            break
        chosen = mention
    return chosen


def _in_words(one: Found, printed: str, name: str) -> Found:
    """The span of ``printed`` inside the words that a field was read from, blanks between allowed."""
    spaced = re.search(r"\s*".join(map(re.escape, printed)), one.words)
    if spaced is None or one.start is None:
        return Found(name, one.start, one.end)
    return Found(name, one.start + spaced.start(), one.start + spaced.end(), spaced.group())


def _interpreter(text: str) -> Found | None:
    match = _INTERPRETER.search(text)
    return Found.group(match, 1) if match else None


def _of_law(text: str) -> Signature:
    """A law's history, before its first article: who adopted it, by which decree, when last."""
    first = _ARTICLE.search(text)
    head = text[: first.start() if first else HEAD]
    dates = list(_HISTORY.finditer(head))
    latest = max(dates, key=lambda match: tuple(map(int, match.groups())), default=None)
    date = Found(iso_date(latest.group()) or "", latest.start(), latest.end(3) + 1) if latest else None
    decree = max(_DECREE.finditer(head), key=lambda match: match.start(), default=None)
    order = order_of(text)
    number = Found.group(decree) if decree else _own_number(head) or (order.number if order else None)
    return Signature(_lawgiver(head) or (order.issuer if order else None), number, date)


def _lawgiver(head: str) -> Found | None:
    """Who gave the law: whose decree it is, who published it, who heads its title, who adopted it."""
    for pattern in (_GIVEN_BY, _PUBLISHED_BY, _TITLED_BY, _ADOPTED_BY):
        match = max(pattern.finditer(head), key=lambda match: match.start(), default=None)
        if match:
            words = match.group(1)
            return Found(words.replace("中华人民共和国", ""), match.start(1), match.end(1), words)
    return None


def _own_number(head: str) -> Found | None:
    match = re.search(rf"(?m)^\s*({NUMBER.pattern})\s*$", head)
    return Found.group(match, 1) if match else None


def _dated_by_name(date: Found | None, file: str, kind: DocumentKind) -> Found | None:
    """The date in a file's name where the text has none, or where it is a later version of a law.

    Collections print an old history above an amended text: 戒毒条例(2018-09-18) begins with 2011年6月26日.
    """
    match = _FILE_DATE.search(file.rsplit("/", 1)[-1])
    if match and (date is None or (kind == "法规" and match.group() > date.value)):
        return Found(match.group(), None, None)
    return date
