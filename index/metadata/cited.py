"""The documents that a document carries out or interprets, from its 《…》, also where marks are broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.metadata.signature import Found, squeeze

# 为贯彻落实《A》《B》…制定本方案; 根据《…》,现将…通知如下; 编制依据《…》等文件制定
_BASIS = re.compile(r"贯彻落实|贯彻执行|贯彻|落实|根据|按照|依据|依照|遵照|执行")
_PURPOSE = re.compile(r"制定|制订|编制|现就|现将|通知如下|公告如下|通告如下|提出如下|如下|出台|特[制作]|决定")
# Where what is carried out ends and what is issued begins: 现将《…》印发, 研究制定了《…》
_ISSUES = re.compile(
    r"(?:现将|现就|(?<!关于)(?:制定|制订|印发|出台|发布|转发|编制|起草)(?:了|本|如下)?(?!的|依据))(?=[^，,。的]{0,12}《)"
)
_TITLE_END = re.compile(
    r"(?:方案|意见|通知|规划|办法|条例|规定|纲要|措施|计划|细则|决定|法)(?:[（(][^）)]{1,16}[)）])?$"
)
# A law's history names what amended it: 根据…通过的《…的决定》修正
_AMENDED = re.compile(r"》[^《》]{0,6}修[正订]")
_SENTENCE = re.compile(r"[^。\n]+")
BASIS_REACH = 2500
"""Characters from the head within which a document says what it carries out: 成武县's end at 755, those of
杭锦旗's explanation at 534."""
LONGEST_NAME = 120
# 源文件:…关于印发《…》的通知, 原文链接：…
_SOURCE = re.compile(
    r"(?:源文件|原文件|政策原文|原文链接|原文|解读文件|相关文件)\s*[:：]\s*([^\n]{6,120}?)\s*(?:$|\n)",
    re.MULTILINE,
)
_MADE = re.compile(r"(?:制定|制订|印发|出台|发布|编制)了?(?=《)")


def carried_out(text: str) -> list[Found]:
    """The documents named as what this one is made to carry out, in the order named, none twice."""
    for sentence in _SENTENCE.finditer(text, 0, min(len(text), BASIS_REACH)):
        if not _PURPOSE.search(text, sentence.start(), sentence.end()) or _AMENDED.search(sentence.group()):
            continue
        found: dict[str, Found] = {}
        for start, end in _basis(text, sentence.start(), sentence.end()):
            for name in names_in(text, start, end):
                found.setdefault(name.value, name)
        if found:
            return list(found.values())
    return []


def _basis(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a sentence that name what it rests on: from 根据 to the end of the clause."""
    first = _BASIS.search(text, start, end)
    issues = _ISSUES.search(text, first.end(), end) if first else None
    end = issues.start() if issues else end
    at = start
    while basis := _BASIS.search(text, at, end):
        at = _clause_end(text, basis.end(), end)
        yield basis.end(), at


def _clause_end(text: str, start: int, end: int) -> int:
    """The comma that ends a clause: none inside 《》, none that only parts names (《A》，《B》)."""
    at = start
    while at < end:
        if text[at] == "《":
            at = _closing(text, at + 1, min(end, at + 1 + LONGEST_NAME))
        if (
            at < end
            and text[at] in ",，"
            and not re.match(r"[,，]\s*(?:以及|和|及)?[^，,。《》]{0,14}《", text[at:end])
        ):
            return at
        at += 1
    return end


def names_in(text: str, start: int, end: int) -> Iterator[Found]:
    """The names in 《…》 between two offsets, without the marks; a mark that was lost ends no sentence.

    Names in names stay inside: 《…印发〈…的意见〉的通知》 is one.  ``（以下简称《办法》）`` is no name.
    """
    at = start
    while (opening := text.find("《", at, end)) >= 0:
        stop = _closing(text, opening + 1, min(end, opening + LONGEST_NAME))
        words = text[opening + 1 : stop].rstrip()
        at = max(stop, opening + 1)
        short = re.search(r"(?:以下|下称|简称)[^，。]{0,6}$", text[max(0, opening - 10) : opening])
        if len(words) >= 3 and not short:
            yield Found(squeeze(words), opening + 1, opening + 1 + len(words), words)


def _closing(text: str, start: int, end: int) -> int:
    """Where the name that begins at ``start`` ends."""
    depth = 1
    for place in range(start, end):
        character = text[place]
        if character == "《":
            depth += 1
            if _TITLE_END.search(text[start:place]):
                return place
        elif character == "》":
            depth -= 1
            if depth == 0:
                return place
        elif character in ",，" and _TITLE_END.search(text[start:place]):
            return place
    comma = re.search(r"[,，。；\n]", text[start:end])
    return start + comma.start() if comma else end


def interpreted(text: str, title: Found | None) -> list[Found]:
    """The document that an explanation (解读) explains.

    Its 源文件 where it names one, else the 《…》 of its title, its title's own words, or the first 《…》
    that it says was made.
    """
    source = _SOURCE.search(text)
    if source:
        return [Found.group(source, 1)]
    if title and title.start is not None and title.end is not None:
        named = list(names_in(text, title.start, title.end))
        if named:
            return named
        words = re.match(r"(?:关于)?(.{6,}?)\s*的?(?:政策|文字|图文)?解读$", title.words, re.DOTALL)
        if words:
            start = title.start + words.start(1)
            return [Found(squeeze(words.group(1)), start, start + len(words.group(1)), words.group(1))]
    made = _MADE.search(text, 0, BASIS_REACH)
    return list(names_in(text, made.end(), made.end() + LONGEST_NAME))[:1] if made else []
