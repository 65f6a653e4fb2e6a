"""Lines without a number: whether one is a heading, and the phrase that opens a paragraph.

A heading is short, holds no sentence and stands before what it heads.  A question before its answer, a name
with a colon before what is said of it, and a line in 【】 are headings too.  `shown` is any heading as it
stands in a path: on one line, without Markdown marks.
"""

from __future__ import annotations

import re

from index.clauses.numbering import ASPECT
from index.clauses.segments import Segment
from index.language.folding import single_blanks

LONGEST_PLAIN_HEADING = 30
"""Unnumbered headings have at most 15 characters in the five policy documents, 29 in the notices."""
LONGEST_QUESTION = 60
"""Half of the notices' questions have at most 20 characters, the longest taken 60; beyond are sentences."""
LONGEST_COLON_HEADING = 16
"""Names and labels that end in ： have at most 12 characters in the notices."""

_NO_HEADING = re.compile(r"[。；;，,：:！？!?|]|^[\d•·-]|^第?[\d—-]+页?$")
_QUESTION = re.compile(r"[^“”。！；;|]{4,60}[？?]")  # 个人如何求职？, 问：老公有居住证，老婆没有，能进吗？
# 黄汝焜：, 准东经济技术开发区：; not 具体内容如下：, 他表示：, 各有关单位：
_COLON_HEADING = re.compile(
    r"(?!各|尊敬|亲爱|广大|[联邮地电传]|.*(?:以下|下列|如下))[^\s。；;，,、：:！？!?|“”（）()<>\d]{2,16}"
    r"(?<!包括)(?<!其中)(?<!表示)(?<!指出)(?<!强调)(?<!介绍)(?<!要求)(?<!附件)(?<!说)(?<!道)[：:]"
)
# A number of a document, a date and a remark on publication stand by themselves: 国发〔2019〕5号,
# 二○○八年九月十八日, （此件公开发布）, （2019年3月5日某省人民政府第3次常务会议通过）
_STANDS_BY_ITSELF = re.compile(
    r"[（(]?[^。，]{0,20}[〔\[（(【]\d{4}[〕\]）)】]\s*(?:第\s*)?\d+\s*号[）)]?|[（(]第\s*\d+\s*号[）)]"
    r"|[〇○OＯО零一二三四五六七八九\d]{4}\s?年[\d\s〇○零一二三四五六七八九十]{1,5}月[\d\s一二三四五六七八九十]{0,5}日?"
    r"|[（(](?:此件|信息公开|公开|联系|本文|有删减|略|\d{4}年)[^（）()]{0,80}[）)]"
)
# Somebody's name with the post: 丁某某 省投资集团董事长, 组长：甲某某 副省长
_PERSON = re.compile(
    r"(?:[一-鿿]{1,5}[ \u3000]*[:：][ \u3000]*)?[一-鿿]{1,4}(?:[ \u3000·][一-鿿]{1,2})?"
    r"[ \u3000\t]+[^。；;：:]{2,40}"
    r"(?:长|任|书记|主席|经理|委员|成员|员|教授|负责人|专员|秘书|理事|检察官|法官|政委|总工|工程师|师|校尉|代表)"
    r"(?:[、（(][^。]{0,24})?"
)
_BRACKETED = re.compile(r"【[^【】\n]{1,30}】")  # 【享受主体】
_BULLETS = "■●◆◇□★▲▶►【"
_OPENING_PHRASE = re.compile(r"([^。！？；;，,：:\n]{4,32})。(?=\s*\S)")  # 健全城市防洪体系。在国土…
_SENTENCE = re.compile(r"[。；;，,：:]")
_LEAD = re.compile(r"^[#*\s\u200b]+")  # ## **一、总体要求
_INNER = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")
_TRAIL = "* \t\r\n\u3000\xa0"


def looks_like_heading(line: str) -> bool:
    """True where a line is short and holds neither a sentence nor a part of one."""
    if len(line) > LONGEST_QUESTION or stands_by_itself(line) or _PERSON.fullmatch(line):
        return False
    if _QUESTION.fullmatch(line):
        return True
    if _COLON_HEADING.fullmatch(line):
        return len(line) <= LONGEST_COLON_HEADING
    return len(line) <= LONGEST_PLAIN_HEADING and not _NO_HEADING.search(line.strip("#* \t\u200b\u3000"))


def stands_by_itself(line: str) -> bool:
    """True for a document's number, a date, a remark on publication: part of the front, and no heading."""
    return _STANDS_BY_ITSELF.fullmatch(line) is not None


def heads(line: str, after: Segment | None, text: str) -> bool:
    """True where the next segment is what this line heads: a longer, punctuated one, a list, or a table."""
    if after is None:
        return False
    if after.marker and after.marker.number != 1:
        return False
    following = text[after.start : after.end]
    if line.endswith(("？", "?", "：", ":")):
        return not after.row and (
            bool(after.marker) or ("。" in following and not _QUESTION.fullmatch(following))
        )
    if _BRACKETED.fullmatch(line) or line.startswith("#") or after.row or after.marker:
        return True
    return len(following) > len(line) and bool(_SENTENCE.search(following))


def bullet(line: str) -> str | None:
    """The sign of a heading (■消毒方法, 【政策依据】, 如何求职？); headings of one sign are of one level."""
    if _QUESTION.fullmatch(line):
        return "？"
    return line[0] if line[0] in _BULLETS else None


def opening_phrase(line: str) -> str | None:
    """The phrase that names a paragraph: 健全城市防洪体系。…, 构建现代产业体系方面,…; None without one."""
    match = ASPECT.match(line) or _OPENING_PHRASE.match(line)
    return shown(match.group(1)) if match else None


def shown(text: str) -> str:
    """No line breaks, no Markdown marks, blanks kept only between Latin words: 第一章 总 则 → 第一章总则."""
    return _INNER.sub("", single_blanks(_LEAD.sub("", text).rstrip(_TRAIL)))
