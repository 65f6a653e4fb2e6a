"""Questions about a document itself: its number, date, issuer, what it implements, who reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.entries import DocumentInfo
from index.language.folding import without_blanks
from index.language.sentences import sentences
from index.records import Document, Field, FieldName
from qa.answer.meant import documents_meant, documents_numbered, headed
from qa.answer.overview import parts_in_words
from qa.evidence.findings import Inquiry
from qa.printed import flat
from qa.question.kinds import SOURCE_FIELDS
from qa.records import Block, Hit, Statement

_NAMES: dict[FieldName, str] = {
    "title": "标题",
    "region": "地区",
    "issuer": "发文机关",
    "number": "发文字号",
    "date": "成文日期",
    "implements": "贯彻落实的文件",
    "interprets": "解读的文件",
    "interpreter": "解读单位",
    "status": "效力状态",
}
MOST_DOCUMENTS = 5
MOST_NUMBERS = 3
"""Numbers in the text that are told where the document's own was not read: its own stands among the first."""
# 京建发〔2020〕46号; one in brackets is that of the title before it
_NUMBER = re.compile(
    r"(?<![（(\u4e00-\u9fff])[\u4e00-\u9fff]{2,8}[〔\[【（(]\s*(?:19|20)\d\d\s*[〕\]】）)]\s*第?\s*\d+\s*号"
)


@dataclass(frozen=True, slots=True)
class _Closing:
    """What a document prints about itself at its end: the word for it, what it is called, the field that
    holds it, and the sentence where no field does."""

    word: str
    name: str
    field: FieldName | None
    printed: re.Pattern[str]


_CLOSINGS = (
    _Closing(  # 自公布之日起施行
        "施行",
        "施行日期",
        "in_force_from",
        re.compile("自.{1,24}?起.{0,4}?(?:施行|实施|执行|生效)"),
    ),
    _Closing("有效期", "有效期", "valid_until", re.compile("有效期")),
    _Closing("废止", "废止的文件", None, re.compile("废止|停止执行")),
    _Closing("解释", "解释单位", None, re.compile("负责解释")),
)
_UNDAMAGED_DAY = re.compile(
    r"[\d年月日./〇○零一二三四五六七八九十-]+"
)  # 2024年07月04日, 2024-07-04, 二〇二四年七月四日


def about_documents(inquiry: Inquiry, hits: Sequence[Hit]) -> tuple[list[Block], bool]:
    """What the documents of the regions asked for say about themselves, else those found first; and whether
    none prints what is asked for."""
    infos = _infos(inquiry, hits)
    blocks: list[Block] = [_about(inquiry, info) for info in infos]
    abstained = not inquiry.at_least("field_printed", len(inquiry.citations.all()), 1)
    return blocks or [Statement("文件库中没有找到所问的文件。")], abstained


def _infos(inquiry: Inquiry, hits: Sequence[Hit]) -> list[DocumentInfo]:
    index, query = inquiry.index, inquiry.query
    meant = documents_meant(inquiry, hits) if query.titles or documents_numbered(inquiry) else []
    if 0 < len(meant) <= MOST_DOCUMENTS:
        return meant
    ranked = list(dict.fromkeys(hit.file for hit in hits))
    if query.regions:
        found = [info.file for info in index.infos if info.region in query.regions]
        named = headed(inquiry, found).files
        files = sorted(named, key=lambda file: ranked.index(file) if file in ranked else len(ranked))
        most = 1 if query.fields == SOURCE_FIELDS and query.terms else MOST_DOCUMENTS
        return [index.info(file) for file in files[:most]]
    if not query.terms and len(index.infos) <= MOST_DOCUMENTS:
        return list(index.infos)
    return [index.info(file) for file in headed(inquiry, ranked).files[:1]]


def _about(inquiry: Inquiry, info: DocumentInfo) -> Statement:
    document = inquiry.index.document(info.file)
    parts: list[str] = []
    numbers: list[int] = []
    for name in _printed_of(info, inquiry.query.fields):
        fields = [field for field in info.fields if field.name == name]
        if name == "status" and not fields:
            fields = [field for field in info.fields if field.name in ("in_force_from", "valid_until")]
        if not fields:
            said, cites = _unread(inquiry, document, info.file, name)
            parts.append(f"{_NAMES[name]}：{said}")
            numbers += cites
            continue
        parts.append(f"{_NAMES[name]}：{'；'.join(_printed(document, field) for field in fields)}")
        cited = (inquiry.citations.cite_words(info.file, field.start, field.end) for field in fields)
        numbers += [number for number in cited if number is not None]
    for closing in (one for one in _CLOSINGS if _is_asked(inquiry, info, one)):
        told, cites = _closing(inquiry, info, closing)
        parts += told
        numbers += cites
    if inquiry.query.fields == SOURCE_FIELDS and (made_of := parts_in_words(inquiry, info)):
        parts.append(made_of)
    return Statement(f"《{document.title}》{'，'.join(parts)}", tuple(dict.fromkeys(numbers)))


def _is_asked(inquiry: Inquiry, info: DocumentInfo, closing: _Closing) -> bool:
    """Where the question says its word; from when it holds also where its date is asked for or, of a law,
    told."""
    dated = "date" in inquiry.query.fields or (
        info.kind == "法规" and "date" in _printed_of(info, inquiry.query.fields)
    )
    holds_from = closing.field == "in_force_from" and info.field("in_force_from") is not None
    return closing.word in inquiry.query.text or (dated and holds_from)


def _unread(inquiry: Inquiry, document: Document, file: str, name: FieldName) -> tuple[str, list[int]]:
    """That the field is not printed; of a number, where numbers stand in the text that none was read from,
    these: which of them is the document's own is not known."""
    found = {match.group(): match for match in _NUMBER.finditer(document.text)} if name == "number" else {}
    told = list(found.values())[:MOST_NUMBERS]
    if not told:
        return "文件未写明", []
    cited = (inquiry.citations.cite_words(file, *match.span()) for match in told)
    words = "、".join(match.group() for match in told)
    return f"没有读出，文中写到的文号有{words}", [number for number in cited if number is not None]


def _closing(inquiry: Inquiry, info: DocumentInfo, closing: _Closing) -> tuple[list[str], list[int]]:
    """施行日期：2021年11月25日, or the last sentence that tells it; and the numbers of the citations."""
    document, index = inquiry.index.document(info.file), inquiry.index
    fields = [field for field in info.fields if closing.field and field.name == closing.field]
    if fields:
        cited = (inquiry.citations.cite_words(info.file, field.start, field.end) for field in fields)
        words = "；".join(_printed(document, field) for field in fields)
        return [f"{closing.name}：{words}"], [number for number in cited if number is not None]
    told = [
        (entry, span)
        for entry in index.entries_of(info.file)
        for span in sentences(entry.clause.text)
        if closing.printed.search(entry.clause.text[span.start : span.end])
    ]
    if not told:
        return [], []
    entry, span = told[-1]
    start = entry.clause.start
    number = inquiry.citations.cite(entry, start + span.start, start + span.end)
    words = flat(entry.clause.text[span.start : span.end]).rstrip("。；;")
    return [f"{closing.name}：{words}"], [number]


def _printed_of(info: DocumentInfo, asked: Sequence[FieldName]) -> list[FieldName]:
    """The fields asked for; who wrote a document is who interprets, where it prints one, else who issues; a
    number stands with its date, as texts are cited."""
    writers: tuple[FieldName, ...] = ("interpreter", "issuer")
    printed = {field.name for field in info.fields}
    writer: FieldName = next((name for name in writers if name in printed), "issuer")
    dated: tuple[FieldName, ...] = ("date",) if "number" in asked and {"number", "date"} <= printed else ()
    return list(dict.fromkeys(writer if name in writers else name for name in (*asked, *dated)))


def _printed(document: Document, field: Field) -> str:
    """The words as they stand in the document; a date without the blanks in it, as a date where its print is
    damaged."""
    if field.start is None or field.end is None:
        return field.value
    words = flat(document.text[field.start : field.end])
    if field.name == "valid_until" and (day := _day_of(field.value)) and day not in words:
        return f"{words}（至{day}）"
    if field.name == "date":
        day = without_blanks(words)
        return day if _UNDAMAGED_DAY.fullmatch(day) else _day_of(field.value) or words
    return words


def _day_of(value: str) -> str:
    """2028-06-30 → 2028年6月30日; empty for what is no day."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    return f"{day.year}年{day.month}月{day.day}日"
