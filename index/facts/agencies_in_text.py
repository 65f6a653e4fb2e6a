"""Bodies that running text charges with a duty: 由国务院民政部门负责…, 文旅部门牵头打造…, X主管全国….

Precision first: the list must stand right before the word of duty and must begin after 由, at the
sentence's start or at a comma; 配合, 参与 and 协助 count only right after another charge.  Left out:
duties said in other words (应当, 组织, 制定), 由…负责 inside a description (对由X负责监管的…), officials.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts.agency_lists import Member, read_list
from index.language.agency_shapes import names_class, surely_body
from index.records import Role

# 牵头 | 按职责分工负责 | (依照本条例…职责)负责 | 主管全国 | 组织实施 | 配合
_CHARGE = re.compile(
    r"(?:共同|联合|分别|各自|具体|统一)*"
    r"(?:(?:应当|要|将|应|须)?(?P<lead>牵头)(?:负责|组织实施)?(?!单位|部门|人|机构|医院|企业|学校|主体|责任|银行|的(?!联席会议|工作机制|协调机制|专班))"
    r"|(?P<shared>(?:按照?(?:各自)?职责|依(?:据|照)?职责)?分工|按照?(?:各自)?职责|依职责)负责"
    r"|(?:(?:依照|按照|依据|根据|在|依|按)[^，,。；;、：:\n]{2,30}?(?:职责|范围内?|权限|分工)(?:范围内)?[，,]?(?:分别|具体)?)?"
    r"(?P<duty>负责)(?!人|同志|的|任|部门|单位|机构|制|地|[^，,。；;、]{1,14}的(?:部门|机构|机关|单位|人员))"
    r"|(?P<rule>主管)(?=全国|本|所辖|管辖|辖区|军队|全市|全省|全县)"
    r"|(?P<carry>组织实施)(?=[，,。；;\n]|$)"
    r"|(?P<support>配合|参与|参加|协助))"
)
_DUTY_WORDS = ("牵头", "负责", "主管", "组织实施")
_STOPS = '。！？；;：:\n“”"（()）'
# 第四条, （一）, 1., 二、 and blanks before a sentence.
_NUMBER = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零]+[条章款]\s*|[（(][一二三四五六七八九十]+[）)]\s*"
    r"|\d+[.．、]\s*|[一二三四五六七八九十]+[、是])?"
)
# 建立|市场监管部门牵头的联席会议制度
_FOUNDS = re.compile(r"(?:探索)?(?:建立|设立|成立|完善|健全|形成)(?=[省市县区国]|[一-鿿]{2,8}部门)")
_DESCRIBED = "对将属"  # 对由X负责监管的食品生产经营者
_REACH = 260  # characters before the charge in which its list is looked for; the longest seen is 78
_SHORTEST_WEAK = 4  # 学校 and 企业 after 由 are no names; 当地街道, 中国注册会计师协会 are


def find_charged(text: str, covered: Sequence[tuple[int, int]]) -> list[tuple[Member, Role]]:
    """Bodies with their role, in order, outside the ``covered`` stretches; offsets in ``text``."""
    if not any(word in text for word in _DUTY_WORDS):
        return []
    roles: list[tuple[Member, Role]] = []
    last_end = -1
    for charge in _CHARGE.finditer(text):
        if any(start <= charge.start() < end for start, end in covered):
            continue
        left = _left_edge(text, charge.start(), max(last_end, 0))
        linked = last_end >= 0 and not text[last_end:left].strip("，,、 ")
        members = _charged(text, left, charge, linked=linked)
        if members:
            led = linked and any(role == "lead" for _, role in roles)
            roles += _roles(members, charge, led=led)
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
    """The list that ends where the charge begins; empty where none begins at a fit place."""
    end = charge.start()
    if charge["support"] and not linked:
        return ()
    by = text.rfind("由", left, end)
    if by >= 0 and text[max(0, by - 1) : by] not in tuple(_DESCRIBED):
        members = read_list(text, by + 1, end, strict=True)
        if members and all(_is_named(text, member, charge) for member in members):
            return () if all(names_class(text[m.start : m.end]) for m in members) else members
    members, whole = _longest_suffix(text, left, end)
    if not members or not (linked or surely_body(text[members[0].start : members[0].end])):
        return ()
    return members if whole or linked or charge["lead"] or charge["shared"] else ()


def _is_named(text: str, member: Member, charge: re.Match[str]) -> bool:
    words = text[member.start : member.end]
    return bool(charge["lead"]) or surely_body(words) or len(words) >= _SHORTEST_WEAK


def _longest_suffix(text: str, left: int, end: int) -> tuple[tuple[Member, ...], bool]:
    """The longest list that ends at ``end`` and begins at a comma or at ``left``, and whether at ``left``."""
    best: tuple[Member, ...] = ()
    commas = [at + 1 for at in range(left, end) if text[at] in "，,"]
    for start in [*reversed(commas), left]:
        found = _NUMBER.match(text, start, end)
        at = found.end() if found else start
        founds = _FOUNDS.match(text, at, end)
        members = read_list(text, founds.end() if founds else at, end, strict=True)
        if not members:
            return best, False
        best = members
    return best, True


def _roles(members: Sequence[Member], charge: re.Match[str], *, led: bool) -> list[tuple[Member, Role]]:
    role: Role = "lead" if charge["lead"] else "support" if charge["support"] else "responsible"
    first: Role = "first" if role == "responsible" and not led else role
    return [(member, first if index == 0 else role) for index, member in enumerate(members)]
