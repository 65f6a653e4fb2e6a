"""The words of a question that say what it is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question.terms import is_term, terms_of, words_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("海绵城市建设由哪个部门负责", {"海绵", "城市"}),
        ("再生水利用率要达到多少", {"再生", "利用率"}),
        ("5G基站", {"5G", "基站"}),
        ("乡村e镇", {"乡村", "e镇"}),
    ],
)
def test_the_subject_is_kept(text: str, terms: set[str]):
    assert terms <= set(terms_of(text))


@pytest.mark.parametrize("word", ["的", "哪个", "哪年", "可以", "2027年", "30%", "10", "县"])
def test_words_that_only_ask_and_bare_numbers_are_no_terms(word: str):
    assert not is_term(word)


def test_each_term_once_in_order():
    assert terms_of("供水、供热、供水") == ("供水", "供热")


def test_punctuation_is_no_word():
    assert words_of("？！。，“”") == []


@given(st.text(max_size=60))
def test_any_text_is_cut_into_its_own_characters(text: str):
    assert set("".join(words_of(text))) <= set(text)
