"""Which names are the same body.

Two names are the same body when ``normalise_agency`` gives the same string.  What counts as the same:

- The level and the region are dropped (县住建局, 运城市住建局, 省住房和城乡建设厅 -> 住房城乡建设局): which
  region speaks is the document's business.  局, 厅 and 委 of one function are the same, and so are
  支队, 大队 and 总队, because these words only say the level.
- Short and full names of one function are the same (发改局, 发展改革委, 发展和改革局).  Merged bodies
  (教体局, 工科局) are not the same as the bodies of one half (教育局, 工信局).
- Governments, companies and branch offices keep their place, which is all that tells them apart
  (凤凰镇人民政府, 国网宁武供电公司, 生态环境局宁武分局).

Left out: bodies that only a gazetteer could tell from a place (成武 in 成武住房公积金管理中心 is dropped
because what follows is a known body, 清扫夫环卫公司 stays as it is).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from index.language.folding import plain

# 和, 与, 及 and 、 between the halves of a function: 住房和城乡建设, 规划与自然资源.
_JOINT = re.compile(r"[和与及、]")
# What a department is called at one level or another: 局, 厅, 发改委, 卫生行政部门.
_DEPARTMENT = re.compile(r"(?:行政主管部门|主管部门|行政部门|部门|委员会|[局厅委])$")
# 中共运城市委组织部, 县委编办, 市委网信办: the party committee before its office.
_PARTY = re.compile(
    r"^(?:中共)?[一-鿿]{0,6}?[省市县区旗州]委(?=组织部|宣传部|统战部|社会工作部|社工部|政法|编办|机构编制|网信|网络安全|农办|直属|统一战线)"
)
# 市, 县, 某某市, 某某县, 某某自治州 before a body.
_REGION = re.compile(r"^[一-鿿]{0,8}?(?:自治区|自治州|自治县|自治旗|地区|新区|[省市县区旗州盟])")
# A body's branch in a place: 生态环境局 + 宁武 (+ 县) + 分局; 金融监管总局 + 运城 + 监管分局.
_BRANCH = re.compile(r"^(?P<body>.+?局)(?P<place>[一-鿿]{2,4}?)[市县区旗]?(?P<kind>(?:监管)?(?:分局|支局))$")
# 中国人民银行运城市分行, 人行运城市分行, 人行九江中心支行.
_CENTRAL_BANK = re.compile(
    r"^(?:中国)?(?:人民银行|人行)(?P<place>[一-鿿]{0,6}?)[省市县区]?(?P<kind>中心支行|分行|支行|中支|营业管理部)?$"
)
# 国家金融监督管理总局运城监管分局, 运城金融监管分局, 遂宁银保监分局.
_BANK_WATCH = re.compile(
    r"^(?:国家)?(?:金融监督管理总局|金融监管总局)(?P<a>[一-鿿]{2,4}?)市?县?(?:金融)?(?:监管)?[分支]局$"
    r"|^(?P<b>[一-鿿]{2,3}?)市?县?(?:银保监|金融监管|金融监督管理)[分支]局$"
)
# 国网宁武县供电公司, 国网宁武供电公司.
_POWER = re.compile(r"^(?:国网|国家电网)(?P<place>[一-鿿]{2,4}?)[市县]?供电(?:分?公司|局)$")
# Level characters that end or begin another word: 城市管理局, 开发区管委会; 市场监管局, 县城建设中心.
_NO_REGION = re.compile(r"^(?:[城都]市|.*(?:社|园|开发|示范|景|灌|保护|产业|集聚|功能)区)$")
_NOT_AFTER_REGION = re.compile(r"^(?:[场政容民直]|城(?![市镇乡])|域|级)")
_KEEPS_ITS_PLACE = re.compile(r"(?:政府|管委会|管理委员会|办事处|党工委|街道办?|乡镇|单位)$")

# 县级以上地方人民政府卫生行政部门, 国务院民政部门: the department of a government.
_OF_GOVERNMENT = re.compile(r"^.*(?:人民政府|国务院)(?:其他)?(?=[一-鿿]{2,20}部门$)")

# A level-less place before a known body (成武住房公积金管理中心) is dropped only where the body's
# name is at least this long: shorter ones are too often the second half of another (水利建设局).
_SURE_BODY = 6


def _sections(lines: Iterable[str]) -> dict[str, list[list[str]]]:
    """The rows of names under each [section] of the file."""
    sections: dict[str, list[list[str]]] = {}
    for line in lines:
        if line.startswith("["):
            rows = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.append(line.split())
    return sections


def _first_of(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    """Every name of a row to the row's first."""
    return {name: row[0] for row in rows for name in row}


_SECTIONS = _sections(Path(__file__).with_name("agency_names.txt").read_text(encoding="utf-8").splitlines())
_STEM_OF = _first_of(_SECTIONS["functions"])
_NAME_OF = _first_of(_SECTIONS["names"])
_HALVES_OF = {row[0]: frozenset(row[1:]) for row in _SECTIONS["merged"]}


def known_body(core: str) -> str | None:
    """The one name of a body without its region, or None: 住建局 -> 住房城乡建设局."""
    if core in _NAME_OF:
        return _NAME_OF[core]
    found = _DEPARTMENT.search(core)
    stem = _STEM_OF.get(_JOINT.sub("", core[: found.start()])) if found else None
    return f"{stem}局" if stem else None


def _without_region(name: str) -> str:
    """The name without 县, 市, 运城市, 宁武县 …: the known body where one is left, else one region."""
    for at in range(1, min(len(name) - 1, 9)):
        if name[at - 1] in "省市县区旗州盟" and (known := known_body(name[at:])):
            return known
    for at in range(2, min(len(name) - _SURE_BODY + 1, 5)):
        if known := known_body(name[at:]):
            return known
    region = _REGION.match(name)
    if region and not _NO_REGION.match(region[0]) and len(name) - region.end() >= 3:
        rest = name[region.end() :]
        return name if _NOT_AFTER_REGION.match(rest) else rest
    return name


def _special(name: str) -> str | None:
    """Banks, power companies and branch offices, whose place stays: 人民银行运城分行."""
    if found := _BANK_WATCH.match(name):
        return f"金融监管总局{found['a'] or found['b']}分局"
    if found := _CENTRAL_BANK.match(name):
        kind = {"中支": "中心支行", None: ""}.get(found["kind"], found["kind"])
        return f"人民银行{found['place']}{kind}"
    if found := _POWER.match(name):
        return f"国网{found['place']}供电公司"
    if found := _BRANCH.match(name):
        return f"{normalise_agency(found['body'])}{found['place']}{found['kind'].removeprefix('监管')}"
    return None


@lru_cache(maxsize=65536)
def normalise_agency(text: str) -> str:
    """The name under which a body is matched, from documents and questions alike.

    县住建局, 宁武县住房和城乡建设局 -> 住房城乡建设局; 市生态环境局宁武分局 -> 生态环境局宁武分局; a name the
    table does not know loses only its blanks and its region.  Never raises; blank text gives "".
    """
    name = plain(text)
    name = name.translate(str.maketrans("[]〔〕【】", "()()()"))
    name = re.sub(r"(?<!人民)政府(?=$|办)", "人民政府", name)
    name = re.sub(r"[市县区旗](?=分公司$)", "", name)
    if known := known_body(name) or _special(name):
        return known
    bare = _PARTY.sub("", name)
    if known := known_body(bare) or known_body(_OF_GOVERNMENT.sub("", bare)):
        return known
    if _KEEPS_ITS_PLACE.search(bare) or name.startswith(("各", "中国", "国")):
        return bare
    return _without_region(bare)


def same_body(name: str, other: str) -> bool:
    """Whether two normalised names may mean one body: equal, or one has taken over the other's work.

    教育局 asked for where the county has a 教体局 is the same; 教育局 and 体育局 are not.
    """
    return name == other or other in _HALVES_OF.get(name, ()) or name in _HALVES_OF.get(other, ())
