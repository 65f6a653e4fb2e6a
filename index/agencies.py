"""The bodies that a clause makes responsible, each with its role.

Found in four places: a bracket that closes a paragraph or sentence (县住建局、县财政局); a label (责任单位：…);
a table row's 单位 column; and running text where a body is charged with a duty (由国务院民政部门负责…,
文旅部门牵头打造…).  A bracket counts by the shape of its members and by where it stands.

``lead`` is given only where the text says 牵头.  In a list without it the member printed first is
``first``, the others ``responsible``; in running text every body is ``responsible``; 配合, 参与 and 协助
give ``support``.  Left out: bodies named without a duty, 等有关单位 and other classes without members,
the issuer, addressees and signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.agency_lists import LABEL, Member, read_list
from index.agency_names import normalise_agency, surely_body
from index.records import Agency, Cell, Role

# ( （ [ 【 and their ends.  〔 stands in document numbers and in 县〔区〕.
_BRACKET = re.compile(r"[()（）\[\]【】]")
_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【"}
_MIXED = {"(": "（", "（": "(", "[": "【", "【": "["}
# What may follow a bracket that ends a sentence or paragraph: nothing, 。, a line break, the next number.
_SENTENCE_ENDS = re.compile(
    r"[。；;.．、]?\s*(?:$|\n|(?<=[。；;.．\s])(?:[（(]?[一二三四五六七八九十]+[）)、.．]|\d+[.．、）)]|第[一二三四五六七八九十百]+|——|[一二三四五六七八九十]+是))"
)
_AFTER_A_SENTENCE = "。！？；;.”』"
_ANY_ROLE = re.compile(r"牵头|负责|配合|参与|参加|协助|落实|实施|承办|协办")
_DEFINES = re.compile(r"^\s*(?:以下|下同|简称|统称|含|包括|不含|例如|如[:：]|即)")
_LONGEST_LIST = 700  # 41 bodies; the longest list seen has 20 bodies and 145 characters

# 牵头 | (依照本条例…职责)负责 | 主管全国 | 组织实施 | 配合, in running text.
_CHARGE = re.compile(
    r"(?:共同|联合|分别|各自|具体|统一)*"
    r"(?:(?P<lead>牵头)(?:负责|组织实施)?(?!单位|部门|人|机构|医院|企业|学校|主体|责任|银行|的)"
    r"|(?P<shared>(?:按照?(?:各自)?职责|依(?:据|照)?职责)?分工|按照?(?:各自)?职责|依职责)负责"
    r"|(?:(?:依照|按照|依据|根据|在|依|按)[^，,。；;、：:\n]{2,30}?(?:职责|范围内?|权限|分工)(?:范围内)?[，,]?(?:分别|具体)?)?(?P<duty>负责)(?!人|同志|的|任|部门|单位|机构|制|地)"
    r"|(?P<rule>主管)(?=全国|本|所辖|管辖|辖区|军队|全市|全省|全县)"
    r"|(?P<carry>组织实施)(?=[，,。；;\n]|$)"
    r"|(?P<support>配合|参与|参加|协助))"
)
_STOPS = '。！？；;：:\n“”"（()）'
_REACH = 260  # characters before 牵头 or 负责 in which its list is looked for; the longest seen is 78

# 单位, 责任单位, 牵头部门, 配合单位 as a table column.
_COLUMN = re.compile(
    r"^(?:主要|主)?(?P<duty>牵头|责任|主责|负责|主管|实施|落实|承办|配合|协同|协办|协助|参与|参加)?(?:单位|部门|主体|责任人)(?:[（(].{0,8}[）)])?$"
)
_SUPPORTING = frozenset({"配合", "协同", "协办", "协助", "参与", "参加"})


def find_agencies(text: str, offset: int, cells: Sequence[Cell] = ()) -> tuple[Agency, ...]:
    """Every body with a duty in ``text``, which begins at ``offset`` of the document, by start."""
    if cells:
        found = _in_cells(text, offset, cells)
        if found:
            return tuple(_agencies(text, offset, found))
    covered: list[tuple[int, int]] = []
    found = list(_in_brackets(text, covered))
    found += _after_labels(text, covered)
    found += _in_sentences(text, covered)
    return tuple(sorted(_agencies(text, offset, found), key=lambda agency: agency.start))


def _agencies(text: str, offset: int, found: Sequence[tuple[Member, Role]]) -> Iterator[Agency]:
    for member, role in found:
        words = text[member.start : member.end]
        yield Agency(offset + member.start, offset + member.end, words, normalise_agency(words), role)


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


def _bracket_members(text: str, start: int, end: int) -> tuple[Member, ...]:
    inside = text[start + 1 : end - 1]
    if _DEFINES.match(inside):
        return ()
    if LABEL.match(inside.lstrip()):
        return read_list(text, start + 1, end - 1, strict=False)
    members = read_list(text, start + 1, end - 1, strict=True)
    if not members or not any(surely_body(text[m.start : m.end]) for m in members):
        return ()
    if _ANY_ROLE.search(inside):
        return members
    before = text[:start].rstrip()[-1:]
    after_a_sentence = bool(before) and before in _AFTER_A_SENTENCE
    closes = _SENTENCE_ENDS.match(text, end) is not None
    if after_a_sentence or (closes and before != "》" and (len(members) > 1 or not text[end:].strip())):
        return members
    return ()


def _after_labels(text: str, covered: list[tuple[int, int]]) -> list[tuple[Member, Role]]:
    """牵头单位：A；责任单位：B、C outside brackets; one list as long as only blanks stand between."""
    labels = [m for m in LABEL.finditer(text) if not any(a <= m.start() < b for a, b in covered)]
    roles: list[tuple[Member, Role]] = []
    group: list[Member] = []
    group_end = -1
    for index, label in enumerate(labels):
        limit = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        stop = re.compile(r"[。)）\]】]|\n\s*\n").search(text, label.end(), limit)
        end = stop.start() if stop else limit
        if group and text[group_end : label.start()].strip(" \n。；;\u3000"):
            roles += _with_roles(group)
            group = []
        group += _leading_bodies(text, label.start(), label.end(), end)
        group_end = end
        covered.append((label.start(), end))
    return roles + _with_roles(group)


def _leading_bodies(text: str, label: int, start: int, end: int) -> list[Member]:
    """The members from the label on, up to the first words that are no body."""
    kept: list[Member] = []
    for member in read_list(text, label, min(end, label + _LONGEST_LIST), strict=False):
        between = text[kept[-1].end if kept else start : member.start]
        if len(between) > 12:
            break
        kept.append(member)
    return kept


def _in_cells(text: str, offset: int, cells: Sequence[Cell]) -> list[tuple[Member, Role]]:
    members: list[Member] = []
    for cell in cells:
        column = _COLUMN.match("".join(cell.column.split()))
        if not column:
            continue
        for member in read_list(text, cell.start - offset, cell.end - offset, strict=False):
            duty = member.duty
            if column["duty"] == "牵头":
                duty = "lead"
            elif column["duty"] in _SUPPORTING:
                duty = "support"
            members.append(Member(member.start, member.end, duty))
    return _with_roles(members)


def _in_sentences(text: str, covered: list[tuple[int, int]]) -> list[tuple[Member, Role]]:
    """Bodies charged with a duty in running text; 配合 counts only right after another charge."""
    if not any(word in text for word in ("牵头", "负责", "主管", "组织实施")):
        return []
    roles: list[tuple[Member, Role]] = []
    last_end = -1
    for charge in _CHARGE.finditer(text):
        if any(a <= charge.start() < b for a, b in covered):
            continue
        left = _left_edge(text, charge.start(), max(last_end, 0))
        linked = last_end >= 0 and not text[last_end:left].strip("，,、 ")
        members = _charged(text, left, charge, linked=linked)
        if not members:
            continue
        roles += _charged_roles(members, charge, linked=linked, led=any(role == "lead" for _, role in roles))
        last_end = charge.end()
    return roles


def _left_edge(text: str, at: int, floor: int) -> int:
    """Where the sentence before ``at`` begins; a bracket inside a name (各县(市)人民政府) is no edge."""
    floor = max(floor, at - _REACH)
    position, depth = at, 0
    while position > floor:
        character = text[position - 1]
        if character in ")）]〕":
            depth += 1
        elif character in "(（[〔" and depth:
            depth -= 1
        elif character in _STOPS and not depth:
            break
        position -= 1
    return position


def _charged(text: str, left: int, charge: re.Match[str], *, linked: bool) -> tuple[Member, ...]:
    """The list that ends where the charge begins: after 由, or from a comma or the sentence's start."""
    end = charge.start()
    by = text.rfind("由", left, end)
    if by >= 0:
        members = read_list(text, by + 1, end, strict=True)
        if members and not charge["support"]:
            return members
    if charge["support"] and not linked:
        return ()
    starts = [left, *(i + 1 for i in range(left, end) if text[i] in "，,")]
    for start in starts:
        start = _after_number(text, start)
        members = read_list(text, start, end, strict=True)
        if members and (start == starts[0] or charge["lead"] or linked or charge["shared"]):
            sure = surely_body(text[members[0].start : members[0].end])
            return members if sure or linked else ()
        if members and start == _after_number(text, starts[0]):
            return members if surely_body(text[members[0].start : members[0].end]) else ()
    return ()


def _after_number(text: str, start: int) -> int:
    """Past what numbers the sentence: 第四条, （一）, 1., 二、, blanks."""
    found = re.compile(
        r"\s*(?:第[一二三四五六七八九十百零]+[条章款]\s*|[（(][一二三四五六七八九十]+[）)]\s*|\d+[.．、]\s*|[一二三四五六七八九十]+[、是])?"
    ).match(text, start)
    return found.end() if found else start


def _charged_roles(
    members: Sequence[Member], charge: re.Match[str], *, linked: bool, led: bool
) -> list[tuple[Member, Role]]:
    role: Role = "lead" if charge["lead"] else "support" if charge["support"] else "responsible"
    roles: list[tuple[Member, Role]] = [(member, role) for member in members]
    if charge["shared"] and not (linked and led):
        roles[0] = (members[0], "first")
    return roles
