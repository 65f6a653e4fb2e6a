"""Markers: what may open a numbered piece, and which sequences accept it."""

from __future__ import annotations

import pytest

from index.clauses.numbering import (
    ASPECT,
    SHI,
    Marker,
    Sequence,
    badge_at,
    marker_at,
    markers_inside,
)


def opening(text: str) -> tuple[str, int, str] | None:
    marker = marker_at(text, 0, len(text))
    return (marker.family, marker.number, marker.label) if marker else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("第一编 总则", ("编", 1, "第一编")),
        ("第三章  监督管理", ("章", 3, "第三章")),
        ("第二节 职责", ("节", 2, "第二节")),
        ("第十二条 县级以上人民政府", ("条", 12, "第十二条")),
        ("第八条之一 新增", ("条", 8, "第八条之一")),
        ("第一部分  税费优惠政策", ("部分", 1, "第一部分")),
        ("附件", ("附件", 1, "附件")),
        ("附件3", ("附件", 3, "附件3")),
        ("附件：1.名单", ("附件", 1, "附件")),
        ("附件1 心理援助热线名单", ("附件", 1, "附件1")),
        ("三、强化组织保障", ("一、", 3, "三、")),
        ("（十一）加强领导", ("（一）", 11, "（十一）")),
        ("(二)基本原则", ("（一）", 2, "(二)")),
        ("34.创新机制", ("1.", 34, "34.")),
        ("７．提升垃圾分类", ("1.", 7, "７．")),
        ("2、持证车辆", ("1.", 2, "2、")),
        ("(3)内含的", ("（1）", 3, "(3)")),
        ("3）内含的", ("（1）", 3, "3）")),
        ("②达到", ("①", 2, "②")),
        ("## 一、总体要求", ("一、", 1, "一、")),
        ("**第二条** 本法", ("条", 2, "第二条")),
    ],
)
def test_what_opens_a_line(line: str, expected: tuple[str, int, str]) -> None:
    assert opening(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "第三条第一款的规定",
        "第三条、第五条",
        "第三条规定的情形",
        "第二章规定的程序",
        "一、二、三产业融合",
        "1.1-1.5倍",
        "2024年底前",
        "12家企业",
        "第二轮土地承包",
        "附件所列材料",
        "（县住建局）",
    ],
)
def test_what_opens_no_line(line: str) -> None:
    assert opening(line) is None


def test_badges_stand_alone_or_before_a_short_title() -> None:
    assert badge_at("01", 0, 2) == Marker("1.", 1, 0, 2, "01")
    assert badge_at("15 塑造城乡特色风貌", 0, 11) == Marker("1.", 15, 0, 2, "15")
    assert badge_at("2024年", 0, 5) is None
    long = "15 塑造" + "城乡" * 40
    assert badge_at(long, 0, len(long)) is None


def inside(text: str) -> list[str]:
    return [marker.label for marker in markers_inside(text, 0, len(text))]


def test_markers_inside_a_line_follow_a_sentence_or_a_blank() -> None:
    assert inside("如下： 一、排查。由社区负责。 二、分类。（一）已就医 （二）未就医") == [
        "一、",
        "二、",
        "（一）",
        "（二）",
    ]
    assert inside("根据第三条的规定，由（二）所列单位负责") == []
    assert inside("办公室 2020年2月3日 附件1 名单 详见 附件2 所列") == ["附件1"]


def accepted(*numbers: int, family: str = "1.") -> list[bool]:
    sequence = Sequence()
    out = []
    for number in numbers:
        marker = Marker(family, number, 0, 1, str(number))  # type: ignore[arg-type]
        out.append(sequence.fits(marker))
        if out[-1]:
            sequence.accept(marker)
    return out


def test_sequences_forgive_small_gaps_and_restarts() -> None:
    assert accepted(1, 2, 4, 1, 2) == [True] * 5
    assert accepted(1, 2, 9) == [True, True, False]
    assert accepted(15, 17, 19, 21) == [True] * 4
    assert accepted(8, 8, 20, family="条") == [True] * 3  # 第八条, 第八条之一, then repealed ones
    assert accepted(12, 11, family="条") == [True, False]


def test_an_article_that_runs_into_its_text_must_carry_the_count_on() -> None:
    sequence = Sequence()
    second = Marker("条", 2, 0, 3, "第二条")
    assert not sequence.fits(second, spaced=False)  # 第二条管网是…
    sequence.accept(Marker("条", 1, 0, 3, "第一条"))
    assert sequence.fits(second, spaced=False)


def test_aspects_and_enumerations() -> None:
    match = ASPECT.match("——在支持防护救治方面，涉及2项政策")
    assert match and match.group(1) == "支持防护救治"
    assert [m.group(1) for m in SHI.finditer("要求：一是排查。二是分类；三要报告")] == ["一", "二", "三"]
