"""The region that a text without title and signature speaks for, by how it names itself: 全省, 我市.

Left out: documents of the whole country, which name regions but no level of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from index.language.divisions import region_path
from index.language.gazetteer import PREFECTURES, PROVINCES
from index.language.regions import RegionMention, regions_in
from index.metadata.signature import Found

# 全省, 我市, （市发展改革委, 、省财政厅: words by which a text says of which level it is
_SELF = re.compile(
    r"[全我]([省市县区旗州])|(?<![一-鿿])([省市县区旗州])(?:委|政府|直|级|[一-鿿]{2,10}(?:局|厅|委员会|委|办)(?![一-鿿]))"
)
COUNTY: Final = 3
"""How deep a county lies: province, prefecture, county."""
FEWEST_SELF = 3
"""Times that a text names its own level; a national one names 各省 and 各市, and hardly ever 全省."""
FEWEST_NAMED = 2
"""Times that it names the region itself: a region named once may be an example."""
LEAD = 2
"""How many times as often as the next level: a city's text names the province's bodies too."""
READ: Final = 8000
"""Characters of the text that are looked at."""
_NAMES: Final = {
    "省": {short: full for short, full in PROVINCES.items() if full[-1] != "市"},
    "市": {short: full for short, full in (PROVINCES | PREFECTURES).items() if full[-1] == "市"},
    "州": {short: full for short, full in PREFECTURES.items() if full[-1] in "州盟"},
}
_NAMED: Final = {level: re.compile("|".join(names)) for level, names in _NAMES.items()}


def speaks_for(text: str) -> Found | None:
    """The region that ``text`` names most among those of its own level; None where it has none."""
    head = text[:READ]
    levels = Counter(
        "县" if (level := found[1] or found[2]) in "县区旗" else level for found in _SELF.finditer(head)
    )
    if not levels:
        return None
    (level, count), *others = levels.most_common(2)
    if count < FEWEST_SELF or (others and count < LEAD * others[0][1]):
        return None
    named = _named(head, level)
    often = Counter(one.name for one in named).most_common(1)
    if not often or often[0][1] < FEWEST_NAMED:
        return None
    first = next(one for one in named if one.name == often[0][0])
    return Found(first.name, first.start, first.end, head[first.start : first.end])


def _named(head: str, level: str) -> list[RegionMention]:
    """The regions of a level that are named: provinces and cities by their lists, counties as in a title."""
    if level in _NAMED:
        names = _NAMES[level]
        return [RegionMention(names[m[0]], m.start(), m.end()) for m in _NAMED[level].finditer(head)]
    return [
        one for one in regions_in(head) if len(region_path(one.name)) == COUNTY and one.name[-1] in "县区旗市"
    ]
