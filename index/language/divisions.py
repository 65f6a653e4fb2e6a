"""Which province and prefecture a region lies in: 柳河县 → 吉林省, 通化市, 柳河县.

The list is that of the statistical division codes of 2023-06-30 (``divisions.txt``, with its source).  Left
out: towns and villages, development zones, and what a region was called before.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from index.language.gazetteer import NEW_AREAS, PREFECTURES, PROVINCES
from index.language.regions import short_forms

_PROVINCE_OF_AREA = {"雄安新区": "河北省", "两江新区": "重庆市", "西咸新区": "陕西省", "天府新区": "四川省"}
"""State-level new areas that the list of counties lacks."""
_NONE = "-"
"""In place of a prefecture: the counties stand right under their province."""


def region_path(region: str, near: Iterable[str] = ()) -> tuple[str, ...]:
    """A region after those that it lies in, outermost first; ``near`` are regions named beside it.

    Of several regions of one name that one is taken which lies in a region of ``near``; where none does,
    and where the list lacks it, the path is the region alone.

    >>> region_path("柳河县")
    ('吉林省', '通化市', '柳河县')
    >>> region_path("朝阳区"), region_path("朝阳区", ["北京市"])
    (('朝阳区',), ('北京市', '朝阳区'))
    """
    name = _official(region)
    paths = _paths().get(name, ())
    if len(paths) > 1:
        beside = {_official(one) for one in near} - {name}
        paths = tuple(path for path in paths if beside.intersection(path[:-1]))
    return paths[0] if len(paths) == 1 else (region,)


def is_region(name: str) -> bool:
    """Whether a province, prefecture or county has this name: 河津市; not 各市, 直辖市."""
    return _official(name) in _paths()


def _official(region: str) -> str:
    """阿坝州 and 阿坝 → 阿坝藏族羌族自治州; other names stay."""
    return PROVINCES.get(region) or PREFECTURES.get(region) or _short().get(region, region)


@cache
def _short() -> dict[str, str]:
    """Short names of autonomous prefectures with their last character: 阿坝州, 恩施州."""
    listed = [*PREFECTURES.values(), *NEW_AREAS.values()]
    return {short: full for full in listed for short in short_forms(full) if short[-1] in "州盟"}


@cache
def _paths() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The paths of every name: two and more where regions share it."""
    found: dict[str, dict[tuple[str, ...], None]] = {}
    lines = Path(__file__).with_name("divisions.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        province, prefecture, *counties = line.split()
        above = (province,) if prefecture == _NONE else (province, prefecture)
        for path in ((province,), above, *((*above, county) for county in counties)):
            found.setdefault(path[-1], {})[path] = None
    for area, province in _PROVINCE_OF_AREA.items():
        found.setdefault(area, {})[province, area] = None
    return {name: tuple(paths) for name, paths in found.items()}
