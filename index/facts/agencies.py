"""The bodies that a clause makes responsible, each with its role.

Found in four places: a bracket that closes a paragraph or sentence (县住建局、县财政局); a label
(责任单位：…); a table row's 单位 column; and running text where a body is charged with a duty
(``charges.py``).  A bracket counts by the shape of its members and by where it stands.

``lead`` is given only where the text says 牵头.  In a list without it the member printed first is
``first``, the others ``responsible``; in running text every body is ``responsible``; 配合, 参与 and 协助
give ``support``.  Left out: bodies named without a duty, 等有关单位 and other classes without members,
the issuer, addressees and signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.facts.agencies_acting import find_acting
from index.facts.agencies_called_on import find_called_on
from index.facts.agencies_in_text import find_charged
from index.facts.agency_lists import LABEL, SUPPORTING, Member, read_list, read_whole_list
from index.language.agency_names import normalise_agency
from index.language.agency_shapes import names_body, surely_body
from index.language.divisions import is_region
from index.records import Agency, Cell, Role

# ( （ [ 【 〔 and their ends.  〔 stands in document numbers and in 县〔区〕 too, which hold no list.
_BRACKET = re.compile(r"[()（）\[\]【】〔〕]")
_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【", "〕": "〔"}
_MIXED = {"(": "（", "（": "(", "[": "〔", "【": "[", "〔": "["}
# What may follow a bracket that ends a sentence or paragraph: nothing, 。, a line break, the next number.
_SENTENCE_ENDS = re.compile(
    r"[。；;.．、]?\s*(?:$|\n|(?<=[。；;.．\s])(?:[（(]?[一二三四五六七八九十]+[）)、.．]|\d+[.．、）)]|第[一二三四五六七八九十百]+|——|[一二三四五六七八九十]+是))"
)
_AFTER_A_SENTENCE = "。！？；;.”』"
# (县住建局负责，完成时限：2025年6月底前): what follows the bodies.
_TERM = re.compile(r"(?:(?<![，,；;。\s])[，,；;。\s]+)?(?:完成)?(?:时限|时间|期限)[：:].*$")
# (税务总局、财政部负责，排在第一位的部门为牵头部门，下同)
_FIRST_LEADS = re.compile(r"[，,；;]\s*(?:排在第一位|列在?首位|排?第一)[^，,]{0,6}为牵头(?:部门|单位)")
# (生态环境部指导，试点城市政府负责落实。以下均需…): a second sentence in the bracket
_MORE = re.compile(r"[。；;](?=[^。]{4,}$)|[，,]下同$")
_ANY_ROLE = re.compile(r"指导|监督|牵头|负责|配合|参与|参加|协助|落实|实施|承办|协办")
_CHARGED = re.compile(r"(?:牵头|负责)$")
_DEFINES = re.compile(r"^\s*(?:以下|下同|简称|统称|含|包括|不含|例如|如[:：]|即)")
# 。, ) and a blank that ends a labelled list; a blank after 、 does not.
_LABEL_STOP = re.compile(r"[。(（〔\[)）\]】〕]|(?<![、，,；;：:\s])\s+")
_OPENING, _CLOSING = ("(", "（", "〔", "["), (")", "）", "〕", "]")
_WORD = re.compile(r"[^、，,；;。\s()（）]+")
_LONGEST_LIST = 700  # 41 bodies; the longest list seen has 20 bodies and 145 characters

# 单位, 责任单位, 牵头部门, 配合单位 as a table column.
_COLUMN = re.compile(
    r"^(?:[省市县区][直级]|主要|第一|主)?(?P<duty>牵头|责任|主责|负责|主管|实施|落实|承办|配合|协同|协办|协助|参与|参加)?(?:责任)?"
    r"(?:单位|部门|主体|责任人)(?:及责任人)?(?:[（(].{0,8}[）)])?$"
)
_DUTIES = SUPPORTING | {"牵头"}


def find_agencies(
    text: str, offset: int, cells: Sequence[Cell] = (), *, running: bool = True
) -> tuple[Agency, ...]:
    """Every body with a duty in ``text``, which begins at ``offset`` of the document, by start.

    ``running`` looks for subjects of duties too, which a title and a heading have none of.
    """
    if cells:
        found = _in_cells(text, offset, cells)
        if found:
            return tuple(_agencies(text, offset, found))
    covered: list[tuple[int, int]] = []
    found = _whole_cells(text, offset, cells, covered)
    found += _in_brackets(text, covered)
    found += _after_labels(text, covered)
    if running:
        acting = _in_running_text(text, covered, found)
        found = [*_without_leads(text, found, acting), *acting]
    return tuple(sorted(_agencies(text, offset, found), key=lambda agency: agency.start))


def _without_leads(
    text: str, listed: Sequence[tuple[Member, Role]], acting: Sequence[tuple[Member, Role]]
) -> Iterator[tuple[Member, Role]]:
    """A clause's only list without a first body that its text has lead: 省工业和信息化厅会同有关部门…
    （责任单位：省工业和信息化厅）."""
    leading = {text[one.start : one.end] for one, role in acting if role == "lead"}
    only = sum(role in ("first", "lead") for _, role in listed) == 1
    for one, role in listed:
        if not (only and role == "first" and text[one.start : one.end] in leading):
            yield one, role


def _in_running_text(
    text: str, covered: Sequence[tuple[int, int]], listed: Sequence[tuple[Member, Role]]
) -> list[tuple[Member, Role]]:
    """Bodies outside lists, none that a list of the clause names too; beside a list none comes ``first``."""
    acting = [*find_acting(text, covered), *find_called_on(text, covered)]
    together = {(member.start, member.end) for member, role in acting if role not in ("first", "responsible")}
    charged = [
        (member, role)
        for member, role in find_charged(text, covered)
        if not (role in ("first", "responsible") and (member.start, member.end) in together)
    ]
    taken = [(member.start, member.end) for member, _ in charged]
    acting = [
        (member, role)
        for member, role in acting
        if not any(member.start < end and start < member.end for start, end in taken)
    ]
    named = {text[member.start : member.end] for member, _ in listed}
    found: dict[tuple[str, Role], tuple[Member, Role]] = {}
    for member, role in sorted((*charged, *acting), key=lambda one: one[0].start):
        words = text[member.start : member.end]
        given: Role = "responsible" if listed and role == "first" else role
        if words not in named or given not in ("first", "responsible"):
            found.setdefault((words, given), (member, given))
    return list(found.values())


def _agencies(text: str, offset: int, found: Sequence[tuple[Member, Role]]) -> Iterator[Agency]:
    for member, role in found:
        words = text[member.start : member.end]
        name = normalise_agency(f"{words}人民政府" if is_region(words) else words)  # 河津市: its government
        yield Agency(offset + member.start, offset + member.end, words, name, role)


def _with_roles(members: Sequence[Member]) -> list[tuple[Member, Role]]:
    """The roles of one list: the first plain member is ``first`` only where no one leads."""
    roles: list[tuple[Member, Role]] = []
    first_is_open = not any(member.duty == "lead" for member in members)
    for member in members:
        if member.duty != "plain":
            roles.append((member, member.duty))
        else:
            roles.append((member, "first" if first_is_open else "responsible"))
            first_is_open = False
    return roles


def _bracket_pairs(text: str) -> list[tuple[int, int]]:
    """(start, end) of every bracket with its contents, outermost first; a stray bracket is passed over."""
    waiting: list[int] = []
    pairs: list[tuple[int, int]] = []
    for found in _BRACKET.finditer(text):
        if found[0] not in _PAIRS:
            waiting.append(found.start())
            continue
        opening = _PAIRS[found[0]]
        for index in range(len(waiting) - 1, -1, -1):
            if text[waiting[index]] in (opening, _MIXED[opening]):
                pairs.append((waiting[index], found.end()))
                del waiting[index:]
                break
    return sorted(pairs)


def _in_brackets(text: str, covered: list[tuple[int, int]]) -> Iterator[tuple[Member, Role]]:
    for start, end in _bracket_pairs(text):
        if end - start > _LONGEST_LIST or any(a <= start < b for a, b in covered):
            continue
        members = _bracket_members(text, start, end)
        if members:
            covered.append((start, end))
            yield from _with_roles(members)


def _bracket_members(text: str, start: int, end: int) -> tuple[Member, ...]:  # noqa: PLR0911 - one way a line
    inside = text[start + 1 : end - 1]
    if _DEFINES.match(inside):
        return ()
    if label := LABEL.search(inside):
        term = _TERM.search(inside, label.end())
        return read_whole_list(
            text, start + 1 + label.start(), start + 1 + term.start() if term else end - 1
        )[0]
    ordered = _FIRST_LEADS.search(inside)
    term = _TERM.search(inside) or ordered or _MORE.search(inside)
    members, known = read_whole_list(text, start + 1, start + 1 + term.start() if term else end - 1)
    if not members or not known:
        return ()
    before = text[:start].rstrip()[-1:]
    after_a_sentence = bool(before) and before in _AFTER_A_SENTENCE
    if not any(surely_body(text[m.start : m.end]) for m in members):
        return members if after_a_sentence and _CHARGED.search(inside) else ()
    if ordered:
        return (replace(members[0], duty="lead"), *members[1:])
    if _ANY_ROLE.search(inside):
        return members
    closes = _SENTENCE_ENDS.match(text, end) is not None
    if after_a_sentence or (closes and before != "》" and (len(members) > 1 or not text[end:].strip())):
        return members
    return ()


def _after_labels(text: str, covered: list[tuple[int, int]]) -> list[tuple[Member, Role]]:
    """牵头单位：A；责任单位：B、C outside brackets; one list as long as only blanks stand between."""
    if "：" not in text and ":" not in text:
        return []
    labels = [m for m in LABEL.finditer(text) if not any(a <= m.start() < b for a, b in covered)]
    roles: list[tuple[Member, Role]] = []
    group: list[Member] = []
    group_end = -1
    for index, label in enumerate(labels):
        limit = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        end = _label_end(text, label.end(), limit)
        if group and text[group_end : label.start()].strip(" \n。；;\u3000"):
            roles += _with_roles(group)
            group = []
        group += _leading_bodies(text, label.start(), label.end(), end)
        group_end = end
        covered.append((label.start(), end))
    return roles + _with_roles(group)


def _label_end(text: str, start: int, limit: int) -> int:
    """Where a labelled list ends: 。, a bracket that closes what the list did not open, a lone blank."""
    depth = 0
    for stop in _LABEL_STOP.finditer(text, start, limit):
        if stop[0] in _OPENING:
            depth += 1
        elif stop[0] in _CLOSING and depth:
            depth -= 1
        elif stop[0].strip() or not _body_follows(text, stop.end()):
            return stop.start()
    return limit


def _body_follows(text: str, at: int) -> bool:
    word = _WORD.match(text, at)
    return word is not None and names_body(word[0])


def _leading_bodies(text: str, label: int, start: int, end: int) -> list[Member]:
    """The members from the label on, up to the first words that are no body."""
    kept: list[Member] = []
    for member in read_list(text, label, min(end, label + _LONGEST_LIST), strict=False):
        between = text[kept[-1].end if kept else start : member.start]
        if len(between) > 12:
            break
        kept.append(member)
    return kept


def _whole_cells(
    text: str, offset: int, cells: Sequence[Cell], covered: list[tuple[int, int]]
) -> list[tuple[Member, Role]]:
    """The cells of a row without names that hold bodies and nothing else: | 县农粮局 |."""
    found: list[tuple[Member, Role]] = []
    for cell in cells if not any(cell.column for cell in cells) else ():
        start, end = cell.start - offset, cell.end - offset
        members = read_list(text, start, end, strict=True)
        if members and all(surely_body(text[one.start : one.end]) for one in members):
            covered.append((start, end))
            found += _with_roles(members)
    return found


def _in_cells(text: str, offset: int, cells: Sequence[Cell]) -> list[tuple[Member, Role]]:
    members: list[Member] = []
    for cell in cells:
        # Names over one another stand apart by a blank: 责任分工 牵头单位, 配合 县直部门.
        names = ["".join(cell.column.split()), *reversed(cell.column.split())]
        column = next(filter(None, map(_COLUMN.match, names)), None)
        if not column:
            continue
        over = next((name for name in names if name in _DUTIES), column["duty"])
        for member in read_list(text, cell.start - offset, cell.end - offset, strict=False):
            duty = member.duty
            if over == "牵头":
                duty = "lead"
            elif over in SUPPORTING:
                duty = "support"
            members.append(Member(member.start, member.end, duty))
    return _with_roles(members)
