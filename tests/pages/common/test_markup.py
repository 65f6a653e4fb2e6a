"""Text → HTML without a browser: marks at their offsets, cards, examples, the reader's text."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from index.build.build import build
from index.errors import SourceError
from index.records import Agency, Deadline, Target
from index.search.index import Index, open_index
from pages.chat.cards import cards
from pages.chat.conversation import Turn, messages
from pages.chat.examples import examples
from pages.common.markup import Span, marked
from pages.common.reader import place_from, reader
from pages.common.words import EN, ZH
from qa.api.ask import ask
from qa.printed import citation_line

NOTICES = Path(__file__).parents[4] / "shared" / "eval" / "gov_notices" / "documents"


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def solid(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def told(question: str, index: Index) -> Turn:
    answer = ask(question, index=index)
    return Turn(question, answer, shown=len(answer.blocks))


@pytest.mark.parametrize(
    ("start", "end", "html"),
    [
        (10, 12, "<mark>一&lt;</mark>二&amp;三"),
        (12, 99, "一&lt;<mark>二&amp;三</mark>"),
        (0, 10, "一&lt;二&amp;三"),
        (15, 20, "一&lt;二&amp;三"),
        (0, 99, "<mark>一&lt;二&amp;三</mark>"),
    ],
)
def test_a_mark_stands_at_its_offsets_whatever_part_of_it_is_here(start: int, end: int, html: str) -> None:
    assert marked("一<二&三", 10, Span(start, end)) == html


def test_a_card_shows_the_quote_marked_in_its_whole_clause(policy_index: Index) -> None:
    turn = told("宁武县海绵城市由谁负责？", policy_index)
    assert turn.answer is not None
    panel = cards(turn, 0, ZH)
    for citation in turn.answer.citations:
        card = panel.split(f'id="card-{citation.number}"')[1].split("</article>")[0]
        clause = card.split("<blockquote>")[1].split("</blockquote>")[0]
        assert plain(re.sub(r'<span class="tw-gap">……</span>', "", clause)) == citation.text
        assert plain("".join(re.findall(r"<mark>(.*?)</mark>", clause, re.DOTALL))) == citation.quote


def test_a_citation_as_an_official_text_prints_it(policy_index: Index) -> None:
    turn = told("宁武县海绵城市由谁负责？", policy_index)
    assert turn.answer is not None
    line = citation_line(turn.answer.citations[0])
    assert line.startswith("《宁武县人民政府办公室关于印发")
    assert "（宁政办发〔2024〕63号）二、工作内容 › " in line


def test_the_answer_comes_block_by_block(policy_index: Index) -> None:
    answer = ask("宁武县行政审批局要干哪些活？", index=policy_index)
    lengths = [
        len(messages([Turn("问", answer, shown=shown)], ZH)[1]["content"])
        for shown in range(len(answer.blocks) + 1)
    ]
    assert lengths == sorted(set(lengths))
    assert "\n\n" not in messages([Turn("问\n\n问", answer, shown=9)], EN)[0]["content"]


def test_the_reader_shows_every_character_but_the_bars_of_flattened_tables(policy_index: Index) -> None:
    for info in policy_index.infos:
        text = reader(policy_index, place_from(info.file), ZH)
        body = solid(plain(text.split('<div class="tw-text"')[1].split('<footer class="tw-removed">')[0]))
        for entry in policy_index.entries_of(info.file):
            words = entry.clause.cells or (entry.clause,)
            for word in words:
                cut = entry.clause.text[word.start - entry.clause.start : word.end - entry.clause.start]
                assert solid(cut) in body


@pytest.mark.parametrize("file", [None, "", 3, "../pyproject.toml"])
def test_only_documents_of_the_index_open(policy_index: Index, file: object) -> None:
    with pytest.raises(SourceError):
        reader(policy_index, place_from(file), ZH)


def test_a_place_beyond_the_end_marks_nothing(policy_index: Index) -> None:
    text = reader(policy_index, place_from(policy_index.infos[0].file, 10**9, 10**9 + 5), ZH)
    assert "<mark>" not in text


def test_examples_are_of_the_documents_that_are_loaded(policy_index: Index, tmp_path: Path) -> None:
    assert len(examples(policy_index)) == 5
    if not NOTICES.is_dir():
        pytest.skip(f"no notices at {NOTICES}")
    folder = tmp_path / "notices"
    folder.mkdir()
    for path in sorted(NOTICES.iterdir())[:4]:
        (folder / path.name).write_bytes(path.read_bytes())
    build(folder, tmp_path / "store")
    with open_index(tmp_path / "store") as index:
        offered = examples(index)
        assert offered
        assert not any("宁武" in question or "海绵" in question for question in offered)
        for question in offered:
            assert ask(question, index=index).citations


def test_facts_are_marked_in_and_around_the_words_cited() -> None:
    text = "到2028年,30%<以上>。(县住建局)"
    facts = (
        Deadline(100, 106, "到2028年", 2028, 2028, None, "by"),
        Target(107, 110, "30%", "", 30, "%", "=", 2028),
        Agency(116, 120, "县住建局", "住房城乡建设局", "first"),
    )
    told = marked(text, 100, Span(107, 118), facts)
    assert told == (
        '<span class="tw-fact tw-due">到2028年</span>,<mark><span class="tw-fact tw-figure">30%</span>'
        '&lt;以上&gt;。(<span class="tw-fact tw-agency">县住</span></mark>'
        '<span class="tw-fact tw-agency">建局</span>)'
    )
    assert marked(text, 100, None) == "到2028年,30%&lt;以上&gt;。(县住建局)"
