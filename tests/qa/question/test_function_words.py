"""The list of function words holds nothing else: each word's class, by the tag of jieba's dictionary."""

from __future__ import annotations

from importlib import resources

import jieba

from qa.question.terms import is_stop, terms_of

TAGS = {
    "Particles": "u y k c p t q z",
    "Pronouns": "r z f",
    "Question words": "r m",
    "Prepositions": "p c v d n",
    "Conjunctions": "c d z",
    "Adverbs": "d v b m l j z c",
    "Auxiliary verbs": "v r c d",
    "Copula": "v l",
    "Measure words": "q n m z",
    "Words of place": "f n t s",
}
"""By the opening of a class's comment, the first letters of the tags that jieba gives its words."""
COMPOUND = "A pronoun"
"""The class whose words are made of two others: a pronoun, question word or 几, and a measure word."""


def classes() -> list[tuple[str, str]]:
    """Every word with the opening of the comment above it."""
    text = resources.files("qa.question").joinpath("words/function_words.txt").read_text(encoding="utf-8")
    found, opening = [], ""
    for line in text.splitlines():
        if line.startswith("#"):
            opening = line
        else:
            found += [(word, opening) for word in line.split()]
    return found


def dictionary() -> dict[str, str]:
    with jieba.get_dict_file() as file:
        return {word: tag for word, _, tag in (line.decode("utf-8").split() for line in file)}


def test_each_word_is_of_its_class():
    tags = dictionary()
    measures = [word for word, opening in classes() if opening.startswith("# Measure words")]
    for word, opening in classes():
        if opening.startswith(f"# {COMPOUND}"):
            assert word[0] in "这那哪每几"
            assert word[1:] in measures, word
            continue
        if opening.startswith("# 更 or 最"):
            assert word[0] in "更最"
            assert word[1:] in "多少高低大小长短"
            continue
        (allowed,) = (tags for name, tags in TAGS.items() if opening.startswith(f"# {name}"))
        assert tags[word][0] in allowed.split(), f"{word} is {tags[word]}, which is not of: {opening}"


def test_no_word_stands_twice():
    words = [word for word, _ in classes()]
    assert sorted(words) == sorted(set(words))


def test_nouns_and_verbs_of_a_subject_are_kept():
    assert terms_of("县城的城镇化建设目标由政府投入") == ("县城", "城镇化", "建设", "目标", "政府", "投入")
    assert not is_stop("城镇化")
    assert all(is_stop(word) for word in ("的", "哪个", "哪年", "由", "可以"))
