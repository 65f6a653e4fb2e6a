"""Place names: the short forms of a region, and the regions that a text or a question names.

Finds provinces, cities, counties, districts and banners (省 市 州 盟 县 区 旗) by their full names, and
provinces, cities and counties by their short ones (忻州, 宁武).  Towns and villages are left alone, and
so are short names of districts: 和平, 新华, 江南 are common words.  The gazetteer is the place names of
jieba's dictionary, read once and only when asked for.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import compress

from index.language.dictionary import dictionary
from index.language.gazetteer import NEW_AREAS, PREFECTURES, PROVINCES

LEVELS = "省市县区旗州盟"
"""What a region's name ends with, and the name of one of its bodies may begin with (县住建局)."""
_SUFFIX = rf"特别行政区|自治[区州县旗]|地区|林区|[{LEVELS}]"
_PEOPLES = (
    "维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|鄂温克|鄂伦春|达斡尔|布依|土家|傈僳|仡佬|拉祜|布朗|毛南|仫佬|朝鲜|景颇"
    "|纳西|哈尼|撒拉|裕固|东乡|保安|锡伯|[回藏苗彝壮侗瑶白傣黎畲羌怒满土佤水]"
)
# What is dropped for a short form: 恩施土家族苗族自治州 → 恩施, 宁夏回族自治区 → 宁夏, 杭锦旗 → 杭锦.
_TAIL = re.compile(
    rf"(?:(?:{_PEOPLES})族?)*(?:各族)?(?:特别行政区|自治[区州县旗])$|(?:地区|林区|[{LEVELS}])$"
)
_LISTED = {full: short for short, full in (NEW_AREAS | PROVINCES).items()}
_OF_PEOPLE = re.compile(rf"..(?:{_PEOPLES})族$")  # 瀍河回族区
_FULL = re.compile(rf"(?:{_SUFFIX})")
# Words of the dictionary that end like a region and are none: 城市, 沿海地区, 开发区, 三角旗, 东三省.
_NO_REGION = re.compile(
    r"(?:城|都|股|上|超|门|楼|集|菜|闹|夜|黑)市$|[三四五六七八九十两各每][省市县区州旗盟]$|^[各全该两外](?!江)|^海岛县$|卫戍区$"
    r"|[国红彩半降升]旗$|^锦旗$|联盟$|同盟$|[贫困重点先进十百千强农业主产大穷富]{2}县$"
    r"|^(?:社|园|街|小|景|校|厂|片|辖|郊|疫|禁|战|军|城|新|老|湖|山)区$|[老主旧新心]城区$|..山区$"
    r"|(?:地|矿|林|灾|牧|农|库|垦|泛|三角|开发|保护|工业|功能|示范|试验|试点|保税|贸易|合作|经济|技术|服务|旅游"
    r"|度假|管理|行政|生活|产业|主产|警备|[大省]军)区$"
)
_NO_COUNTY = frozenset(
    ("大县", "外县", "旧县", "山县", "府县", "郡县", "镇县", "同县", "地县", "中县", "北县", "和县")
)
_EVERYDAY = "新建 先进 重点 贫困 农业 和平 新兴 兴国 商城 江山 富民 惠民 互助 会同 公安 石门 清水 安定"
_COMMON = frozenset(_EVERYDAY.split())
"""Counties whose short name is an everyday word."""
MAX_NAME = 15
"""Characters of the longest name looked for: 积石山保安族东乡族撒拉族自治县."""
COMMON_COUNT = 400
"""A county's short name that jieba counts more often is mostly another word: 公安 2800, 友谊 1499, 清水 812,
against 沁水 35, 宁武 19, 成武 7.  Cities' names are known well enough to be taken at any count."""
# What may stand right before a name of which the gazetteer knows nothing: 在璧山区, 印发璧山区, 和璧山区.
_OPENING = re.compile(r"(?:^|[^一-鿿]|在|和|与|及|于|对|由|向|给|问|比|跟|到|从|把|关于|印发|请问)$")
# What follows the name of a government's region: 人民政府, 关于…, 住房和城乡建设局, 新冠肺炎疫情防控指挥部.
_GOVERNS = re.compile(r"人民政府|政府|关于|委员?会?|[一-鿿]{2,14}(?:局|委员会|指挥部|办公室)")
# A road, school or corps that is only named after a place: 南京路, 北京大学, 新疆生产建设兵团.
_AFTER_SHORT = ("人", "市", "省", "县", "州", "城")
_NAMED_AFTER = re.compile(r"(?:生产建设兵团|[东南西北中]?路|大道|大街|街|巷|大学|学院|话|菜|人口)")


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A region named in a text: ``text[start:end]`` is the name as it stands there.

    ``name`` is the full name: 山西省 where the text says 山西.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """``words``: the dictionary; ``places``: its place names; ``full``, ``short``: regions."""

    words: Container[str]
    places: frozenset[str]
    full: frozenset[str]
    short: dict[str, str]
    opens: frozenset[str]
    """The first two characters of the short names."""


def short_forms(region: str) -> tuple[str, ...]:
    """What people call a region for short: 宁武县 → 宁武, 恩施土家族苗族自治州 → 恩施州, 恩施.

    Never shorter than two characters: 夏县, 忻县 have none.
    """
    stem = _stem(region)
    if len(stem) < 2 or stem == region:
        return ()
    middle = stem + region[-1]
    return (stem,) if middle == region or region[-3:-1] != "自治" else (middle, stem)


def regions_in(text: str) -> list[RegionMention]:
    """The regions a text names, in order; none overlaps another.  Empty where it names none."""
    gazetteer = _gazetteer()
    found = list(_full_names(text, gazetteer))
    taken = {place for mention in found for place in range(mention.start, mention.end)}
    found += _short_names(text, gazetteer, taken)
    return sorted(found, key=lambda mention: mention.start)


def _stem(region: str) -> str:
    """内蒙古 is no people's name to drop: provinces and new areas are looked up."""
    return _LISTED.get(region) or _TAIL.sub("", region)


def _full_names(text: str, gazetteer: _Gazetteer) -> Iterator[RegionMention]:
    done = 0
    for suffix in _FULL.finditer(text):
        start = _start_of(text, suffix.start(), suffix.end(), done, gazetteer)
        if start is not None:
            name = text[start : suffix.end()]
            province = PROVINCES.get(_stem(name), name)
            # 广西省, 广西区; 吉林市 is no province.
            same = name[-1] == "省" or province.endswith("自治区")
            yield RegionMention(province if same else name, start, suffix.end())
            done = suffix.end()


def _start_of(text: str, stem_end: int, end: int, done: int, gazetteer: _Gazetteer) -> int | None:
    """Where the name that ends at ``end`` begins; None where it is no region's."""
    for start in range(max(done, end - MAX_NAME), stem_end):
        if text[start:end] in gazetteer.full and (end - start > 2 or _opens(text, start)):
            return start
    for start in range(max(done, stem_end - 5), stem_end - 1):
        chained = start == done > 0  # 重庆市|大渡口区
        if not (chained or _opens(text, start)):
            continue
        # Provinces and cities are all listed: a name that no list has can only be a county's.
        governs = text[end - 1] in "县区旗" and _GOVERNS.match(text, end)
        governs = governs if start == done or text[start - 1].isspace() else None
        named = text[start:end] in gazetteer.words
        if (chained or not named) and _may_be_region(
            text[start:stem_end], text[start:end], named or bool(governs), gazetteer
        ):
            return start
    return None


def _opens(text: str, start: int) -> bool:
    return bool(_OPENING.search(text[max(0, start - 2) : start]))


def _may_be_region(stem: str, name: str, governs: bool, gazetteer: _Gazetteer) -> bool:
    """Whether a name that the gazetteer lacks reads as one: 璧山区, and not 试点县, 主城区."""
    if (name[-1] in "省市" and stem in PROVINCES) or re.search(r"[省市县区旗]", stem):
        return False  # 重庆省际包车, 大渡口区市场监管局
    if _NO_REGION.search(name) or not re.fullmatch(r"[一-鿿]{2,5}", stem):
        return False
    return governs or stem in gazetteer.places or bool(_OF_PEOPLE.search(stem))


def _short_names(text: str, gazetteer: _Gazetteer, taken: set[int]) -> Iterator[RegionMention]:
    at = 0
    while at < len(text) - 1:
        ends = range(min(at + 4, len(text)), at + 1, -1) if text[at : at + 2] in gazetteer.opens else ()
        for end in ends:
            name = gazetteer.short.get(text[at:end])
            free = name and taken.isdisjoint(range(at, end))
            if name and free and _stands_alone(text, at, end, name, gazetteer.words):
                yield RegionMention(name, at, end)
                at = end - 1
                break
        at += 1


def _stands_alone(text: str, start: int, end: int, name: str, words: Container[str]) -> bool:
    """Whether text[start:end] is a word here, and no part of others: not 长治 in 长治久安, 新和 in 创新和."""
    if _NAMED_AFTER.match(text, end):
        return False
    for left in range(max(0, start - 2), start + 1):
        for right in range(end, min(len(text), end + 2) + 1):
            whole = text[left:right]
            if right - left > end - start and whole in words and not whole.endswith(_AFTER_SHORT):
                return False
    before = start > 0 and text[start - 1 : start + 1] in words
    after = end < len(text) and text[end - 1 : end + 1] in words
    # 以上|海 is a word too: a well-known name is given up only where both its ends belong to others.
    if text[start:end] in PROVINCES or text[start:end] in PREFECTURES:
        return not (before and after)
    opens = _opens(text, start) or text[start - 1] in "的是看省市州盟年月日"
    return opens and not before and not after


@cache
def _gazetteer() -> _Gazetteer:
    """The regions that jieba's dictionary holds, and the provinces, cities and new areas that are listed."""
    read = dictionary()
    tags = read.tags
    places = frozenset(compress(tags, map("ns".__eq__, tags.values())))
    # nr, nrt: persons, but among them many places (杭锦旗, 宁武).
    names = places.union(compress(tags, map({"nr", "nrt", "nrfg"}.__contains__, tags.values())))
    full = {
        word
        for word, tag in tags.items()
        if word[-1] in "省市县区旗州盟" and tag[0] == "n" and _is_region(word, tag, names)
    }
    full |= {*PROVINCES.values(), *PREFECTURES.values(), *NEW_AREAS.values()}
    short = {_stem(name): name for name in sorted(full) if name[-1] in "市县旗"}
    # Where a county has become a district since, jieba knows both: 奉贤县, 奉贤区.
    short = {
        stem: f"{stem}区" if f"{stem}区" in full else name
        for stem, name in short.items()
        if len(stem) >= 2 and stem not in _COMMON
    }
    short = {stem: name for stem, name in short.items() if read.counts.get(stem, 0) <= COMMON_COUNT}
    short = short | NEW_AREAS | PREFECTURES | PROVINCES
    opens = frozenset(name[:2] for name in short)
    return _Gazetteer(read.counts, places, frozenset(full), short, opens)


def _is_region(word: str, tag: str, names: frozenset[str]) -> bool:
    if len(word) == 2 and (word[-1] != "县" or word in _NO_COUNTY):
        return False
    inner = re.search(r"[省市区县].{2,}", word)  # 上海市浦东新区: two names
    return not inner and not _NO_REGION.search(word) and (tag == "ns" or _stem(word) in names)
