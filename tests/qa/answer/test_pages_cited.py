"""A citation tells its page or sheet wherever its place is shown, and nothing where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import Workbook

from index.build.build import build
from index.search.index import Index, open_index
from pages.chat.cards import cards
from pages.chat.conversation import Turn
from pages.common.reader import place_from, reader
from pages.common.words import words_of
from qa.answer.answer import answer as answer_to
from qa.api.objects import answer_object
from qa.commands.terminal import shown_answer
from qa.files.transcript import as_markdown
from qa.records import Answer

QUESTION = "供水管网改造由哪个部门负责？"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("sheets")
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "任务分工"
    for row in (
        *(["虚构县供水行动任务分工表"], ["序号", "任务", "责任单位", "时限"]),
        *([1, "污水处理厂扩建", "县住建局", "2025年底"], [2, "供水管网改造", "县水务局", "2026年底"]),
    ):
        sheet.append(row)
    (folder / "docs").mkdir()
    book.save(folder / "docs" / "分工.xlsx")
    build(folder / "docs", folder / "store")
    with open_index(folder / "store") as opened:
        yield opened


@pytest.fixture(scope="module")
def answer(index: Index) -> Answer:
    return answer_to(QUESTION, index)


def test_the_sheet_is_told_everywhere(index: Index, answer: Answer) -> None:
    [citation, *_] = answer.citations
    assert citation.page is not None
    assert (citation.page.kind, citation.page.name) == ("sheet", "任务分工")
    assert answer_object(answer)["citations"][0]["page"] == {"kind": "sheet", "name": "任务分工"}
    assert "（工作表 任务分工）" in shown_answer(answer)
    assert "（工作表 任务分工）：“" in as_markdown([answer], "今天")
    for language, words in (("zh", "工作表 任务分工"), ("en", "sheet 任务分工")):
        turn = Turn(QUESTION, answer, len(answer.blocks))
        assert f'<span class="tw-page">{words}</span>' in cards(turn, 0, words_of(language))
        shown = reader(index, place_from(citation.file), words_of(language))
        assert shown.count(f'<p class="tw-page">{words}</p>') == 1


def test_nothing_is_told_of_a_document_without_pages(policy_index: Index) -> None:
    answer = answer_to("宁武县海绵城市建设由哪个部门牵头？", policy_index)
    assert answer_object(answer)["citations"][0]["page"] is None
    assert "工作表" not in shown_answer(answer)
    assert "tw-page" not in reader(policy_index, place_from(answer.citations[0].file), words_of("zh"))
