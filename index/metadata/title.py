"""The title of a document, wherever it stands: on one line or several, before its text or after a notice.

Works on words between blanks, so that a heading split over lines and one that ran into its text (line
breaks lost) are read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from index.language.folding import ZERO_WIDTH
from index.language.years import YEAR
from index.metadata.signature import DATE, HEAD, LABEL, NUMBER, ORGANISATION, Found, squeeze

# Words that close an official title: …的通知, …行动方案(2024—2025年), …办法（试行）
_ENDS = re.compile(
    r"(?:通知书?|公告|通告|公报|通报|意见|方案|办法|规定|条例|决定|措施|指南|细则|规划|计划|纲要|函|批复|令|倡议书|公开信|解读|指引"
    r"|清单|问答|答疑|说明|要点|章程|解释|规则|规程|标准|预案|提示|建议|工作提醒|的信|法)"
    r"(?:[（(〔【][^）)〕】]{1,16}[)）〕】])*”?$"
)
# What goes on a title that could have ended: 政策解读, （试行）, (2023-2025年), （第6号）
_QUALIFIER = re.compile(
    rf"(?:政策|文字|图文)?解读|[（(](?!{YEAR}年\d|[一二三四五六七八九十\d]{{1,2}}[)）])[^）)]{{1,16}}[)）]"
)
# Where a text begins: 新华社北京2月12日电, （记者 邓童童）, 重庆日报讯, 为…, 近日, 一、, 2月14日…
_BODY = re.compile(
    r"新华社|人民日报|[一-鿿]{2,8}(?:日报|晚报|在线|网)?(?:讯|消息)|[（(]?(?:本报)?记者|为[了贯进全深落切积做加有认支确应统]|近日|日前|近期|目前"
    rf"|据|根据|按照|鉴于|经|现将|现就|[一1][、.．]|第[一1][条章节]|\d{{1,2}}月|{YEAR}年|来源|原标题|编者按|当前|自"
    r"|在|一图|尊敬的|广大|各"
)
# A byline is never a title's: 新华社武汉2月12日电（记者, 新华社记者
_BYLINE = re.compile(r"新华社|[（(]?(?:本报|通讯)?记者|[一-鿿]{2,8}(?:日报|晚报|网)讯|原标题|来源")
_ADDRESSEE = re.compile(r"(?<![^。])[^。]{2,}[:：]$|^各[一-鿿（）()、，]+")
_LABELLED = re.compile(
    r"(?:索引号|【发文|【发布|\[发|发布机构|发布日期|发布时间|来源|原标题|时间|字号)[:：】\]]?"
)
LONGEST_TITLE = 110
"""Characters: the longest title of the 599 notices has 87, of the 150 regulations 53."""
LONGEST_PHRASE = 45
"""Characters of a headline's second phrase (战疫情也要稳投资 上海临港“网上连线”签约): 39 at most."""
MOST_PARTS = 7
_HEADLINE_ENDS = ("措施", "建议", "说明", "提示", "标准", "清单")
REPEATED_SHARE = 0.6
"""Share of its character pairs that a heading printed once more has in common with the title; a headline's
second phrase has at most .5 over the 599 notices."""
_RUN_IN_NUMBER = re.compile(r"(?<=通知|意见|公告|方案|措施)[一-鿿]{1,12}[〔\[【（(]\d{4}[〕\]】）)]\d+号$")
# …的函渝府办函〔2021〕52号市教委：, …的意见各区县人民政府：
_RUN_IN = re.compile(
    rf"([^，。；：:\s]{{0,60}}关于[^，。；：:\n]{{4,90}}?(?:通知|意见|公告|通告|方案|措施|函|批复|决定|办法))"
    rf"(?:[一-鿿]{{1,12}}[〔\[【（(]{YEAR}[〕\]】）)]\d+号|各[^，。：:]{{2,40}}[，：:])"
)
# 一、总体要求, 第一章 总则, （一）, 1.成立: an item of a text and no title
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}\s?[、.．]|第\s?[一二三四五六七八九十\d]{1,3}\s?[章节条编]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|\|"
)
# 各省、自治区、直辖市…, 各区政府,各相关单位: whom a notice speaks to
_ADDRESSEES = re.compile(r"各[^。]*[：:]$|各[省市县区旗州][^。关]{0,80}[、，,]")
# Columns of a web site that stand between its name and the title.
# The head of the paper and no title: ××局文件, 文件 (by itself)
_LETTERHEAD = re.compile(rf"(?:{ORGANISATION.pattern}|[一-鿿]{{0,20}})文件")
_COLUMNS = frozenset(("通知公告", "政策法规", "最新文件", "公示公告"))
_WORD = re.compile(rf"[^\s{ZERO_WIDTH}]+")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    opens_line: bool


def find_title(text: str, table: dict[str, Found]) -> Found | None:
    """The title as it stands in the text, its value without the blanks that only break lines."""
    words = _words(text)
    first = _first(words, text)
    listed = table.get("title")
    if first is not None and not (table and LABEL.match(text, words[first].start)):
        title = _printed_at(text, words, first)
        if title is None or (listed and _ENDS.search(listed.value) and not _ENDS.search(title.value)):
            return listed
        return title
    return listed or _after_table(text, words, table)


def _printed_at(text: str, words: list[_Word], first: int) -> Found | None:
    """The title that begins with a word; None where a sentence, an addressee or an item begins there."""
    if run_in := _run_in(text, words[first].start):
        return run_in
    parts = _parts(words, first)
    if not _official(parts) and (under := _under_its_body(words, first + len(parts))) is not None:
        parts = _parts(words, under)
    title = _joined(text, parts)
    return title if _is_title(text, title) else None


def _run_in(text: str, start: int) -> Found | None:
    """A title that ran into its number or addressees: …的意见渝府发〔2019〕17号各区县人民政府…."""
    line = text[start : text.find("\n", start) if "\n" in text[start:] else len(text)]
    end = _RUN_IN.match(line)
    if end is None:
        return None
    return Found(squeeze(end.group(1)), start, start + end.end(1), end.group(1))


def _under_its_body(words: list[_Word], first: int) -> int | None:
    """Where the official title begins, a body and 关于… over lines, that follows a web page's name for it."""
    place = first
    while place < min(first + MOST_PARTS, len(words)) and ORGANISATION.fullmatch(words[place].text):
        place += 1
    heads = first < place < len(words) and words[first].opens_line
    return first if heads and words[place].text.startswith("关于") else None


def _is_title(text: str, title: Found) -> bool:
    """Whether words at a document's head can be its title, by how they begin and end."""
    start, end = title.start or 0, title.end or 0
    if _ITEM.match(title.words) or _ADDRESSEES.match(title.value) or not title.value:
        return False
    if _ENDS.search(title.value) and "。" not in title.value:
        return True
    follows = re.match(r"\s*[|。；]", text[end:]) or (
        len(title.value) >= LONGEST_TITLE and "，" in title.value
    )
    return not (follows or re.search(r"[。；]|[，、：:]$", title.value) or text[start - 1 : start] == "|")


def _words(text: str) -> list[_Word]:
    head = text[: 2 * HEAD]
    found: list[_Word] = []
    done = -1
    for word in _WORD.finditer(head):
        before = head[max(done, 0) : word.start()]
        opens = (done < 0 or "\n" in before) and not before[before.rfind("\n") + 1 :].strip()
        found.append(_Word(word.start(), word.end(), word.group(), opens))
        done = word.end()
    return found


def _first(words: list[_Word], text: str) -> int | None:
    """Where the title begins; after the notice where a notice without a heading comes first."""
    place = 0
    while place < len(words) and _is_mark(words[place].text):
        place += 1
    if place == len(words):
        return 0 if words else None
    if _ADDRESSEE.search(words[place].text) and place == 0:
        return _after_notice(words) or place
    return _under_letterhead(words, place)


def _under_letterhead(words: list[_Word], first: int) -> int:
    """The word after a red letterhead and its number, else ``first``: 发展改革委办公厅 文件."""
    place = first
    letterhead = False
    while place < min(first + MOST_PARTS, len(words)) and (
        found := _LETTERHEAD.fullmatch(words[place].text) or ORGANISATION.fullmatch(words[place].text)
    ):
        letterhead = letterhead or found.re is _LETTERHEAD
        place += 1
    while letterhead and place < len(words) and _is_mark(words[place].text):
        place += 1
    return place if letterhead and place < len(words) else first


def _is_mark(word: str) -> bool:
    """A number, a date or a stamp before the title: 宁政办发〔2024〕63号, （此件公开发布）, 附件1."""
    return bool(
        NUMBER.fullmatch(word)
        or DATE.fullmatch(word)
        or re.fullmatch(
            r"[（(](?:此件|信息公开).*[)）]|CLI\.[\w.]+|(?:原文链接[:：])?https?://.*|基本信息|附件\d*[:：]?|[【\[].{2,6}[】\]]|[-—－\d.、]+|[•·]",
            word,
        )
    )


def _after_notice(words: list[_Word]) -> int | None:
    """The first word after the notice's signature that can open a title."""
    for place, word in enumerate(words):
        if DATE.fullmatch(word.text):
            return next((p for p in range(place + 1, len(words)) if not _is_mark(words[p].text)), None)
    return None


def _after_table(text: str, words: list[_Word], table: dict[str, Found]) -> Found | None:
    last = max((one.end or 0 for one in table.values()), default=0)
    place = next((p for p, word in enumerate(words) if word.start >= last and not _is_mark(word.text)), None)
    return _joined(text, _parts(words, place)) if place is not None else None


def _parts(words: list[_Word], first: int) -> list[_Word]:
    """The words that make up the title from ``first`` on."""
    parts = [words[first]]
    for place in range(first + 1, min(first + MOST_PARTS, len(words))):
        word = words[place]
        if _is_complete(parts):
            if not (_QUALIFIER.fullmatch(word.text) or _second_phrase(parts, word)):
                break
        elif parts[-1].text in _COLUMNS or (word.text == parts[-1].text and _official(parts)):
            # A column of the web site, or the issuer printed twice: the title begins after it.
            parts = [word]
            continue
        elif _begins_text(word.text) or not _goes_on(parts, word):
            break
        parts.append(word)
    return parts


def _is_complete(parts: list[_Word]) -> bool:
    return bool(_ENDS.search(parts[-1].text)) and parts[-1].text not in _COLUMNS


def _second_phrase(parts: list[_Word], word: _Word) -> bool:
    """Whether a short phrase goes on a headline that only seems complete: …落实防控措施 安全有序复工."""
    headline = parts[-1].text.endswith(_HEADLINE_ENDS) and not _official(parts) and not word.opens_line
    phrase = re.fullmatch(r"[一-鿿]{6,20}", word.text) and not _BODY.match(word.text)
    return bool(headline and phrase) and not _repeats("".join(part.text for part in parts), word.text)


def _begins_text(word: str) -> bool:
    """Whether a word is no longer the title's: an addressee, a number, a date, a sentence, a byline."""
    return bool(
        _ADDRESSEE.search(word)
        or NUMBER.fullmatch(word)
        or DATE.match(word)
        or _LABELLED.match(word)
        or _BYLINE.match(word)
        or re.search(r"[。；]|^[■●◆★※]", word)
    )


def _goes_on(parts: list[_Word], word: _Word) -> bool:
    """Whether a word after an unfinished title still belongs to it."""
    so_far = "".join(part.text for part in parts)
    if len(so_far) + len(word.text) > LONGEST_TITLE or _repeats(so_far, word.text):
        return False
    if _ENDS.search(word.text) and (_official(parts) or "关于" in word.text):
        return True
    if _official(parts):
        signed = "关于" in so_far and ORGANISATION.fullmatch(word.text)
        return not signed and not re.match(r"为|一、", word.text)
    body = _BODY.match(word.text) or re.search(r"[，,：:]$", word.text)
    return not body and len(word.text) <= LONGEST_PHRASE and len(so_far) <= 2 * LONGEST_PHRASE


def _repeats(title: str, words: str) -> bool:
    """Whether words print the title once more, if in other words: 福建省推出“健康码” 我省推出“健康码”."""
    if words[:6] in title:
        return True
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    return len(pairs) > 0 and sum(pair in title for pair in pairs) > REPEATED_SHARE * len(pairs)


def _official(parts: list[_Word]) -> bool:
    """Whether the words so far open an official title: a body's name, or 关于 without its end."""
    joined = "".join(part.text for part in parts)
    return "关于" in joined or all(ORGANISATION.fullmatch(part.text) for part in parts)


def _joined(text: str, parts: list[_Word]) -> Found:
    last = parts[-1]
    if number := _RUN_IN_NUMBER.search(last.text):  # …的通知人社部发〔2020〕11号
        parts = [
            *parts[:-1],
            replace(last, end=last.start + number.start(), text=last.text[: number.start()]),
        ]
    start, end = parts[0].start, parts[-1].end
    if len(parts) == 1:
        end = start + _sentence_length(text[start:end])
    words = text[start:end]
    return Found(_spaced(text, parts) if len(parts) > 1 else squeeze(words), start, end, words)


def _sentence_length(words: str) -> int:
    """Where a heading ran into its text without a blank, it ends with the first sentence."""
    if len(words) <= LONGEST_TITLE:
        return len(words)
    stop = re.search(r"[。！？]|新华社", words)
    return min(stop.start() if stop else LONGEST_TITLE, LONGEST_TITLE) or LONGEST_TITLE


def _spaced(text: str, parts: list[_Word]) -> str:
    """The parts joined; a blank stays between bodies and between a headline's phrases."""
    value = squeeze(parts[0].text)
    official = _official(parts)
    for before, part in pairwise(parts):
        bodies = (
            ORGANISATION.fullmatch(before.text)
            and ORGANISATION.match(part.text)
            and "关于" not in before.text
        )
        letters = len(before.text) == 1 and len(part.text) == 1  # 通 告
        blank = (
            not letters
            and not part.opens_line
            and not _QUALIFIER.fullmatch(part.text)
            and (bodies or not official)
        )
        value += (" " if bodies or (blank and not _ENDS.search(part.text)) else "") + squeeze(part.text)
    return value
