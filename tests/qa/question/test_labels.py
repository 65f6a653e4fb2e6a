"""Places of a document as a question cites them by number."""

from __future__ import annotations

import pytest

from qa.question.labels import cited_in
from qa.records import Label


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("第十二条是什么", [[Label("条", 12)]]),
        ("第12条", [[Label("条", 12)]]),
        ("第五条第（二）项", [[Label("条", 5), Label("项", 2)]]),
        ("第八条之一和第九条", [[Label("条", 8, 1)], [Label("条", 9)]]),
        ("附件3第2项", [[Label("附件", 3), Label("项", 2)]]),
        ("附件3一共多少个", [[Label("附件", 3)]]),
        ("第三大部分", [[Label("部分", 3)]]),
        ("第几条", []),
        ("17条不让干什么", [[Label("条", 17)]]),
        ("2章", [[Label("章", 2)]]),
        ("117户", []),
    ],
)
def test_numbers_as_cited(text: str, labels: list[list[Label]]):
    assert [list(one.labels) for one in cited_in(text, "L" * len(text))] == labels


def test_words_that_the_reader_takes_for_something_else_are_no_citation():
    text = "第二条管网什么时候建"
    assert cited_in(text, "S" * len(text)) == ()
