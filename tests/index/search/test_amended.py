"""Articles that another document changes or takes away."""

from __future__ import annotations

import pytest

from index.search.amended import article_of, articles_changed

NAME = "将《某市临时救助办法》"


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("第九条修改为：“第十条 （一）废止第三条；”。", [("9", "amended")]),
        ("第九条第二款中的“街道”修改为“镇”。", [("9", "amended")]),
        ("第十五条增加一款，作为第二款。", [("15", "amended")]),
        (
            "作如下修改：一、删去第五条、第七条至第九条；二、第十条改为第六条；三、第 十二条修改为：“略”",
            [("5", "deleted"), ("7", "deleted"), ("8", "deleted"), ("9", "deleted")],
        ),
        ("作如下修改：删去第五条第二款，第八条之一予以废止。", [("8-1", "deleted")]),
        ("第三条停止执行。将《另一办法》第四条修改为：“略”。", [("3", "deleted")]),
        ("作如下修改：按照第三条的规定执行。", []),
    ],
)
def test_articles_changed(said: str, changed: list[tuple[str, str]]) -> None:
    text = f"决定\n{NAME}{said}"
    found = articles_changed(text, text.index(NAME) + len(NAME))
    assert [(one.article, one.kind) for one in found] == changed
    for one in found:
        assert "条" in text[one.start : one.end]


def test_the_article_of_a_label() -> None:
    assert [
        article_of(label) for label in ("第九条", "第 2 6 条", "第八条之一", "第一章", "（一）", None)
    ] == [
        "9",
        "26",
        "8-1",
        None,
        None,
        None,
    ]
