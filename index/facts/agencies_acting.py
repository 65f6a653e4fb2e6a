"""Bodies that running text lets act: 自治区商务厅要组织…, 生态环境部会同有关部门…, 各镇人民政府对…负总责.

A body counts where it opens a sentence, follows 由, or opens a part of a sentence with a word of duty
(要, 应当, 负责).  Each sentence has its own ``first``; 会同 makes a ``lead`` and its ``support``;
指导 and 监督 make ``supervise``.  Left out: recipients (报X), objects of 鼓励, private addressees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.facts.agency_lists import Member, read_list
from index.language.agency_shapes import names_class, surely_body
from index.records import Role

# What officials print after the subject of a duty, adverbs included.
_MODAL = (
    r"[都均]?要|[都均也]?应当?|须|必须|需要?|负责(?!人|同志|的|任|制|地|[^，,。；;、]{1,14}的(?:部门|机构|机关|单位|人员))"
    r"|负总责|牵头|会同|联合|具体负责|统筹|组织(?!部|机构|领导)|承担"
)
_LAST = (
    "局委办厅部府会组室门位区市县州旗镇乡道地院队构关团总方份盟司署处心所联社业记导志人长站馆台协校院)）]」〕"
)
"""What the name of a body or place ends in: no other word is tried as the end of a subject."""
_ACTS = re.compile(
    rf"(?<=[{re.escape(_LAST)}])(?:{_MODAL}"
    r"|(?:指导|督促|督导|监督|协同|协助|配合)(?!处|局|办|中心|单位|部门|机构|委员会|组|站)"
    r"|按照?|依照|依法|依职责|根据|结合|做好|加强|建立|健全|制[定订]|完善|落实|推[进动]|履行|开展|实施|编制|审核|收集|确定|采取|对|将|把|可以?(?=[一-鿿])"
    r"|在(?=[^，。]{2,30}(?:内|前|中|时|后|下|上))|于\d|定期|每年|每季度|及时|切实|进一步|全面|分别|共同|另行|参照|给予|积极|认真|具体|出台|提出|公布|发布|研究|拟[定订]|评估|起草|审定|明确|完成|安排|适时|严格|充分|主动|依托|统一|加快|强化|发挥|作为|是(?=[^，。]{2,24}(?:部门|机构|单位)[，,])|进行)"
)
_MODALS = re.compile(rf"(?<=[{re.escape(_LAST)}])(?:{_MODAL})")
_SUPERVISES = re.compile(r"(?:要|应当?|负责)?(?:指导|督促|督导|监督)")
_SUPPORTS = re.compile(r"(?:[^，。；与同]{0,12}?)(?:协同|协助|配合)")
# 要与|相关部门协同配合
_SIDE_BY_SIDE = re.compile(r"(?:要|应当?)(?:与|同)(?=[^，。；]{3,40}(?:协同|共同|配合))")
# 财政部、税务总局|联合发布…: what was done, no duty
_ANY = re.compile(rf"{_ACTS.pattern}|会同|联合|协同|共同|[：:]|。负责")
_PUNCTUATED = re.compile(r"[，。；：:;,]")
_NEWS = re.compile(r"联合(?:[印下]发|发[文布]|召开|出台)")
_PART_END = re.compile(r"[，,。；;\n]")
_JOINTLY = r"联合(?!体|国|会|社|采购|惩戒|抽查|监管|执法|检查|[印下]发|发[文布]|召开|出台)"
_WITH = re.compile(rf"会同|(?<=牵头)组织|{_JOINTLY}")
_LEADS = re.compile(rf"[^，。；]{{0,12}}?(?:牵头|会同|{_JOINTLY}|发挥牵头作用)")
# Where a subject may stand: after 。；！？, a line break, ：of an item's head; after ，; after 由
_SENTENCE_END = re.compile(r"[；;！？!?\n]+|。(?!负责)")
_PART = re.compile(r"[，,：:]|(?<![自对将属理事缘])由(?!于|来|衷|此)")
# （一）, 第四条, 1., 一是, 各 headings before a sentence; a heading with ： as 职责：
_NUMBER = re.compile(
    r"\s*(?:第[\s一二三四五六七八九十百零\d]+[条章款]\s*|[（(][一二三四五六七八九十\d]+[）)]\s*|\d+\s*[.．、]\s*"
    r"|[一二三四五六七八九十]+[、是]|[\s\u3000]+)*+"
)
# 工业和信息化、网信、科技等部门: short names that share one 部门
_SHARED = re.compile(
    r"[一-鿿、，和及与]{2,160}?等[一-鿿]{0,10}(?:部门|单位)|[一-鿿、]{2,40}[、和及][一-鿿]{2,10}部门"
)
# 到2019年底，|市场监管部门完成: a time stands before the subject
_TIME = re.compile(r"[^，。；]{0,6}\d[^，。；]{0,14}[，,]")
# 其所属的|市燃气管理处具体负责
_ITS = re.compile(r"其(?:所属|下属)的?")
# 会同|有关部门共同…, 协同|县水利局加强…, 与|县水利局共同推进…
_TOGETHER = re.compile(rf"(?:会同|{_JOINTLY}|协同|与(?=[^，。；]{{3,40}}共同))(?=[一-鿿]{{3}})")
# What no name begins with: 建立…, 协同…
_NO_NAME = re.compile(
    r"[（(〔\[【]|面向|依托|围绕|通过|列入|纳入|以|为|从|按|根据|建立|设立|成立|实现|开展|完善|健全|提升|推[进动]|协[同助]|配合|会同|联合(?!采购|国)|组织(?!部)|由|对|经|向|报|把|将|使|让|形成|引导|支持|鼓励|加强|在|强化|广泛|宣传|发挥|深化|落实|做好|加大|严格|切实|坚持|统筹|提高|优化|充分|积极|继续|进一步|着力|城乡社区组织"
    r"|增强|(?:督查|督导|督促|指导|检查)(?!组|室|办|局|处|站|中心|委|单位)"
)
# Places that act: 各地区, 各区, 各乡镇, 各试点城市, 相关省份, 每个区, 镇（街道）
_PLACES = re.compile(
    r"(?:各|每个?|相关|有关|所在)?[一-鿿]{0,6}(?:地区|地方|地|区县|县区|市县|旗县区|[市县区旗州]|乡镇?|镇街?|街道|城市|省份|成员单位|党委|工会)(?:[(（\[][一-鿿、]{1,8}[)）\]])?"
)
# 县委书记, 分管市领导, 市、县级党委和政府负责同志, 乡级河长: who holds an office and has a duty of his own
_HOLDERS = re.compile(
    r"[一-鿿、和]{0,16}(?:党委|政府|部门|[省市县区旗州])[一-鿿、和]{0,8}(?:负责同志|负责人|主要领导)"
    r"|(?:各级?)?(?:分管|主管|主要|党政)[一-鿿]{0,8}(?:领导|负责同志|负责人)"
    r"|(?:各?[省市县区乡镇村旗州]{1,2}|各级)?(?:党?委|党支部|党组织)?(?:第一)?书记"
    r"|(?:各级?|[省市县区乡镇村]级?)(?:总|副)?[路河湖林田街链]长"
)
_OPENS_PLACE = re.compile(r"各|每|相关|有关|所在|试点")
_PUBLIC = re.compile(
    r"(?:小组|办公室|专班|联席会议|公立[一-鿿]{0,4}(?:机构|医院|学校)|管理机构|指挥部|执法机关|管理处|交警大队|街道办事处|(?:成员|指导)单位)$"
)
_PRIVATE = re.compile(r"企业|公司|银行|机构|学校|医院|单位|协会|学会|商会|集团|中心|社区|村$")
# 应及时牵头协调，|组织有关部门采取措施
_LEADS_ALONE = re.compile(r"(?:应当?|要)?(?:及时|负责)?牵头[一-鿿]{0,4}，(?:组织|会同|联合)")
_ENDS_NAME = re.compile(rf"[{re.escape(_LAST)}]")
_HEAD = re.compile(r"[^，。；：:、\s]{3,20}(?=[：:]|。负责)")
_REACH = 220
"""Characters of a sentence's part in which its subject and verb stand: sixteen departments take 110."""


def find_acting(text: str, covered: Sequence[tuple[int, int]]) -> list[tuple[Member, Role]]:
    """Bodies with their role, in order, outside the ``covered`` stretches; offsets in ``text``."""
    found: list[tuple[Member, Role]] = []
    start = 0
    for end in [*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]:
        # A title and a heading have no punctuation.
        if _PUNCTUATED.search(text, start, end) and _ANY.search(text, start, end):
            found += _in_sentence(text, start, end, covered)
        start = end
    return found


def _in_sentence(
    text: str, start: int, end: int, covered: Sequence[tuple[int, int]]
) -> Iterator[tuple[Member, Role]]:
    number = _NUMBER.match(text, start, end)
    opens = number.end() if number else start
    places = _openings(text, opens, end)
    done, acted = opens, False
    found: list[tuple[Member, Role]] = []
    for at, free in places:
        if at < done or any(a <= at < b for a, b in covered):
            continue
        if together := _TOGETHER.match(text, at, end):
            beside = _beside(text, together.end(), min(end, at + _REACH))
            joins = bool(beside) and together[0] in ("会同", "联合")
            found = [(one, "lead" if joins and role == "first" else role) for one, role in found]
            found += [(member, "support") for member in beside]
            continue
        its = _ITS.match(text, at, end)
        subject = _subject(text, its.end() if its else at, end, covered, free=free, heads=at == opens)
        if subject is None:
            continue
        names = [text[m.start : m.end] for m in subject.members]
        vague = all(names_class(name) and "各" not in name for name in names) and text[at - 1 : at] == "由"
        if is_charged(names[0]) and not vague:
            anew = not acted or text.startswith("负责", subject.verb)
            found += _roles(text, subject, end, first=anew)
            done = max(found[-1][0].end, subject.verb)
        acted = True
    yield from found


def _openings(text: str, opens: int, end: int) -> list[tuple[int, bool]]:
    """Where a subject may stand, and whether any word of a duty makes it one there or only 要, 应当, 负责."""
    dated = _TIME.match(text, opens, end)
    places = [(opens, True)]
    charged = _MODALS.search(text, opens, end) is not None
    for mark in _PART.finditer(text, opens, end):
        at = mark.end()
        free = mark[0] == "由" or bool(dated and at == dated.end())
        if free or charged or _TOGETHER.match(text, at, end):
            places.append((at, free))
    return places


@dataclass(frozen=True, slots=True)
class _Subject:
    """The bodies that act and where their verb begins; ``heads``: they head an item (1.县交通运输局：…)."""

    members: tuple[Member, ...]
    verb: int
    heads: bool = False


def _subject(
    text: str, at: int, end: int, covered: Sequence[tuple[int, int]], *, free: bool, heads: bool
) -> _Subject | None:
    """The bodies that stand between an opening and the word by which they act."""
    if heads and (headed := _headed(text, at, end)):
        return headed
    limit = min([end, at + _REACH, *(a for a, _ in covered if a >= at)])
    comma = text.find("，", at, limit)
    if _NO_NAME.match(text, at, limit) or not _ENDS_NAME.search(text, at + 1, comma if comma > 0 else limit):
        return None
    for verb in (_ACTS if free else _MODALS).finditer(text, at + 1, limit):
        words = text[at : verb.start()]
        if "，" in words and not _SHARED.fullmatch(words):
            break
        if _NEWS.match(text, verb.start()):
            continue
        if members := bodies_of(text, at, verb.start()):
            return _Subject(members, verb.start())
    return None


def bodies_of(text: str, start: int, end: int) -> tuple[Member, ...]:
    """The bodies that a stretch is whole: a list, short names that share one 部门, places."""
    words = text[start:end]
    if _HOLDERS.fullmatch(words):
        return (Member(start, end, "plain"),)
    if _SHARED.fullmatch(words) and not surely_body(re.split("[、和及与]", words)[0]):
        return (Member(start, end, "plain"),)
    return read_list(text, start, end, strict=True) or _place(text, start, end)


def _headed(text: str, at: int, end: int) -> _Subject | None:
    """An item that a body heads: 1.县交通运输局：加强…."""
    head = _HEAD.match(text, at, end)
    if (
        head
        and (surely_body(head[0]) or _PUBLIC.search(head[0]))
        and text[head.end() + 1 : head.end() + 2].strip()
    ):
        return _Subject((Member(at, head.end(), "plain"),), head.end() + 1, heads=True)
    return None


def _place(text: str, start: int, end: int) -> tuple[Member, ...]:
    """Places that act for their governments: 各区、街道（镇）应…, 各乡镇."""
    members = []
    at = start
    for part in re.finditer(r"[^、]+", text[start:end]):
        if not _PLACES.fullmatch(part[0]):
            return ()
        members.append(Member(at + part.start(), at + part.end(), "plain"))
    opens = bool(members) and _OPENS_PLACE.match(text, start) is not None
    return tuple(members) if opens else ()


def is_charged(words: str) -> bool:
    """Whether a body is one that a document charges: no firm, school or other addressee."""
    if "的" in words or "由" in words:
        return False
    if surely_body(words) or _PUBLIC.search(words):
        return True
    if any(shape.fullmatch(words) for shape in (_SHARED, _PLACES, _HOLDERS)):
        return True
    return not (_PRIVATE.search(words) and not names_class(words)) and not words.endswith(("企业", "机构"))


def _roles(text: str, subject: _Subject, end: int, *, first: bool) -> Iterator[tuple[Member, Role]]:
    verb = subject.verb
    part = _PART_END.search(text, verb, end)
    stop = part.start() if part else end
    if not subject.heads and (supervises := _SUPERVISES.match(text, verb, stop)):
        yield from ((member, "supervise") for member in subject.members)
        yield from ((member, "first") for member in _beside(text, supervises.end(), stop))
    elif _LEADS.match(text, verb, stop):
        yield from ((member, "lead") for member in subject.members)
        together = _LEADS_ALONE.match(text, verb, end) or _WITH.search(text, verb, stop)
        beside = _beside(text, together.end(), end) if together else ()
        yield from ((member, "support") for member in beside)
    elif not subject.heads and _SUPPORTS.match(text, verb, min(stop, verb + 20)):
        yield from ((member, "support") for member in subject.members)
    else:
        for number, member in enumerate(subject.members):
            yield member, "first" if first and number == 0 else "responsible"
        if together := _SIDE_BY_SIDE.match(text, verb, stop):
            yield from ((member, "support") for member in _beside(text, together.end(), stop))


def _beside(text: str, start: int, end: int) -> tuple[Member, ...]:
    """The bodies that begin at ``start`` and are called on beside another; no society, no firm by name."""
    found = _up_to_verb(text, start, end)
    names = [text[member.start : member.end] for member in found]
    return found if all(names_class(name) or is_charged(name) for name in names) else ()


def _up_to_verb(text: str, start: int, end: int) -> tuple[Member, ...]:
    """The bodies that begin at ``start``, up to what they do: 会同|有关部门|建立…."""
    part = _PART_END.search(text, start, end)
    stop = part.start() if part else end
    for verb in [*_ACTS.finditer(text, start + 1, stop), None]:
        edge = verb.start() if verb else stop
        if text[edge - 1] in _LAST and (members := bodies_of(text, start, edge)):
            return members
    return ()
