"""A stream cut anywhere gives the same sentences, with their citations."""

from __future__ import annotations

import random

import pytest

from qa.llm.sentences import Sentence, Sentences

WORDS = (
    "<think>第1条说[9]。\n未完</think>\n## 答\n"
    "宁武县由县住建局、县财政局负责[1][2]。到2025年达到53.5%。【3】\n"
    "- 成武县：未写明。 [4, 5]\n2. **运城市**推进“海绵城市”建设！［6］（完）没有出处的一句。最后半句[7]"
)
WANTED = [
    Sentence("答", ()),
    Sentence("宁武县由县住建局、县财政局负责。", (1, 2)),
    Sentence("到2025年达到53.5%。", (3,)),
    Sentence("成武县：未写明。", (4, 5)),
    Sentence("运城市推进“海绵城市”建设！", (6,)),
    Sentence("（完）没有出处的一句。", ()),
    Sentence("最后半句", (7,)),
]


def cut(pieces: list[str]) -> list[Sentence]:
    taken = Sentences()
    return [one for piece in pieces for one in taken.add(piece)] + taken.end()


def test_the_sentences():
    assert cut([WORDS]) == WANTED


@pytest.mark.parametrize("seed", range(30))
def test_however_it_is_cut(seed: int):
    chance, pieces, at = random.Random(seed), [], 0
    while at < len(WORDS):
        length = chance.choice((1, 1, 2, 3, 7, 20))
        pieces.append(WORDS[at : at + length])
        at += length
    assert cut(pieces) == WANTED


def test_a_sentence_comes_as_soon_as_it_is_whole():
    taken = Sentences()
    assert taken.add("宁武县由县住建局负责。") == []  # a citation may follow
    assert taken.add(" [") == []
    assert taken.add("1]到") == [Sentence("宁武县由县住建局负责。", (1,))]


@pytest.mark.parametrize("words", ["", "\n\n", "[1]", "<think>没有完", "……"])
def test_nothing_said(words: str):
    assert cut([words]) == []
