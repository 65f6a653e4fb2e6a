"""Which document ends which, and whether one holds on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from index.metadata.describe import describe
from index.records import Described
from index.search.links import Link, links_between
from index.search.standing import Standing, standing_of

NOTICE = (
    "{number}\n某市人民政府办公室关于印发某市临时救助办法的通知\n各区人民政府：\n现将办法印发给你们。\n"
    "某市人民政府办公室\n{day}\n"
)
OLD = NOTICE.format(number="某府办规〔2019〕13号", day="2019年6月1日")
NEW = NOTICE.format(number="某府办规〔2022〕8号", day="2022年9月1日") + (
    "第一条 本办法所称救助，是指补贴。\n第二条 本办法自2022年9月13日起施行，有效期5年。"
    "《某市临时救助办法》（某府办规〔2019〕13号）同时废止。\n"
)
READING = "《某市临时救助办法》政策解读\n2022年9月5日\n一、背景\n为了做好救助，制定本办法。\n"


def _one(text: str, file: str) -> Described:
    said = describe(text, file)
    return Described(file, said.kind, said.fields, "")


def _read(**texts: str) -> dict[str, Described]:
    return {f"{name}.txt": _one(text, f"{name}.txt") for name, text in texts.items()}


def _said(documents: dict[str, Described]) -> list[tuple[str, str, str]]:
    return [(link.file, link.kind, link.other) for link in links_between(list(documents.values()))]


def test_a_new_version_replaces_the_old_by_its_number() -> None:
    documents = _read(old=OLD, new=NEW)
    (link,) = links_between(list(documents.values()))
    assert (link.kind, link.file, link.other, link.since) == ("replaces", "new.txt", "old.txt", "2022-09-13")
    assert NEW[link.start : link.end] == "某府办规〔2019〕13号"


def test_what_another_ends_holds_until_that_one_does() -> None:
    documents = _read(old=OLD, new=NEW)
    links = links_between(list(documents.values()))

    def standing(file: str, day: date) -> Standing | None:
        repealing = [link for link in links if link.repeals and link.other == file]
        return standing_of(documents[file], day, repealing, documents)

    assert standing("old.txt", date(2022, 9, 12)) is None
    ended = standing("old.txt", date(2022, 9, 13))
    assert ended is not None and ended.state == "repealed"
    assert str(ended) == (
        "已废止：自2022年9月13日起被《某市人民政府办公室关于印发某市临时救助办法的通知》（某府办规〔2022〕8号）废止"
    )
    assert (ended.file, NEW[ended.start : ended.end]) == ("new.txt", "某府办规〔2019〕13号")
    assert str(standing("new.txt", date(2022, 9, 12))) == "尚未施行：自2022年9月13日起施行"
    assert standing("new.txt", date(2027, 9, 12)) is None
    over = standing("new.txt", date(2027, 9, 13))
    assert over is not None and str(over) == "已失效：有效期至2027年9月12日"
    assert (over.file, NEW[over.start : over.end]) == ("new.txt", "有效期5年")


LAW = (
    "中华人民共和国灯塔法\n（{said}）\n第一条 为了管理灯塔，制定本法。\n第二条 灯塔应当常亮。\n"
    "第三条 禁止损坏灯塔。\n第四条 本法自{since}起施行。\n"
)


def test_a_version_of_a_law_is_followed_by_the_later_ones() -> None:
    made = "2006年4月29日第十届全国人民代表大会常务委员会第二十一次会议通过"
    changed = (
        f"{made}　根据2018年10月26日第十三届全国人民代表大会常务委员会第六次会议《关于修改灯塔法的决定》修正"
    )
    revised = f"{made}　2022年9月2日第十三届全国人民代表大会常务委员会第三十六次会议修订"
    documents = _read(
        a=LAW.format(said=made, since="2006年11月1日"),
        b=LAW.format(said=changed, since="2006年11月1日"),
        c=LAW.format(said=revised, since="2023年1月1日"),
    )
    links = links_between(list(documents.values()))
    assert _said(documents) == [
        ("c.txt", "replaces", "b.txt"),
        ("c.txt", "replaces", "a.txt"),
        ("b.txt", "replaces", "a.txt"),
    ]

    def state(file: str, day: date) -> str:
        ending = [link for link in links if link.repeals and link.other == file]
        return str(standing_of(documents[file], day, ending, documents))

    assert state("b.txt", date(2022, 12, 31)) == "None"
    assert state("a.txt", date(2022, 12, 31)) == "已有新版：库中有2018年10月26日的版本"
    for file in ("a.txt", "b.txt"):
        assert state(file, date(2023, 1, 1)) == "已有新版：库中有2022年9月2日的版本，自2023年1月1日起施行"
    assert state("c.txt", date(2023, 1, 1)) == "None"


def test_what_its_own_page_says_counts() -> None:
    page = "标题：某市临时救助办法\n效力状态：废止\n第一条 本办法所称救助，是指补贴。\n第二条 略。\n"
    document = _one(page, "a.txt")
    found = standing_of(document, date(2022, 1, 1), (), {})
    assert document.value("status") == "废止"
    assert str(found) == "已废止：注明“废止”"


def test_a_reading_is_linked_by_the_title_that_was_issued() -> None:
    documents = _read(new=NEW, reading=READING)
    assert _said(documents) == [("reading.txt", "interprets", "new.txt")]


def test_a_title_that_fits_two_documents_fits_none() -> None:
    assert _said(_read(old=OLD, new=NEW.split("第一条", maxsplit=1)[0], reading=READING)) == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("将《某市临时救助办法》第九条修改为：“略”。", "amends"),
        ("《某市临时救助办法》同时废止。", "repeals"),
        ("《某市临时救助办法》第三条同时废止。", None),
        ("《某市其他办法》同时废止。", None),
        ("《外市临时救助办法》同时废止。", None),
    ],
)
def test_what_is_said_of_another(said: str, kind: str | None) -> None:
    later = (
        "某府发〔2023〕1号\n某市人民政府关于救助工作的决定\n各区人民政府：\n"
        f"{said}\n某市人民政府\n2023年3月1日\n"
    )
    assert _said(_read(old=OLD, later=later)) == ([("later.txt", kind, "old.txt")] if kind else [])


def test_no_document_ends_a_younger_one_or_itself() -> None:
    swapped = {"new.txt": _one(NEW.replace("2022年", "2018年"), "new.txt"), **_read(old=OLD)}
    assert _said(swapped) == []
    assert _said({"a.txt": _one(NEW.replace("2019〕13", "2022〕8"), "a.txt")}) == []


def test_nothing_is_said_of_nothing() -> None:
    nothing: Sequence[Described] = ()
    assert links_between(nothing) == ()
    assert standing_of(Described("a.txt", "正文", (), ""), date(2022, 1, 1), (), {}) is None


def test_a_day_that_is_not_told_counts_at_once() -> None:
    link = Link("repeals", "b.txt", "a.txt", None, None, None)
    one, other = Described("a.txt", "正文", (), ""), Described("b.txt", "正文", (), "")
    found = standing_of(one, date(2000, 1, 1), [link], {"b.txt": other})
    assert found is not None and found.reason == "被《b》废止"
