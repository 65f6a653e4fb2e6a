"""The words that carry a question's subject, each weighed by how rare it is in the index.

A word may be held by a synonym or by most of its bigrams.  Words that a question inherits from the
conversation weigh less than its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.language.tokens import tokens
from index.search.index import Index
from qa.question.synonyms import alternatives
from qa.records import Query

INHERITED_WEIGHT = 0.5
"""Weight of a word taken over from an earlier question, against 1 for one of the question's own."""
PARTIAL = 0.5
"""The least share of a word's bigrams that counts as holding a part of it (托育名额 in 托育托位)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the subject with the words that stand for it, its bigrams and its weight.

    ``known`` is true where some document of the index holds the word or one that stands for it: a word that
    none holds is the question's own way of speaking, and says little about what the documents lack.
    """

    forms: tuple[str, ...]
    bigrams: tuple[str, ...]
    weight: float
    known: bool

    def held_by(self, text: str) -> float:
        """1 where the text holds the word or a synonym, the share of its bigrams where most, else 0."""
        if any(form in text for form in self.forms):
            return 1.0
        if len(self.bigrams) < 2:
            return 0.0
        share = sum(bigram in text for bigram in self.bigrams) / len(self.bigrams)
        return share if share >= PARTIAL else 0.0


def subject_words(query: Query, index: Index) -> tuple[Word, ...]:
    """The words of a question's subject, in its order, its own and those taken over."""
    own = set(query.own_terms)
    return tuple(_word(term, term in own, query, index) for term in query.terms)


def _word(term: str, own: bool, query: Query, index: Index) -> Word:
    folded = tokens(term)
    rarity = max((index.rarity(token) for token in folded), default=0.0)
    forms = {term.lower()}
    for word, others in alternatives(query.text + query.topic).items():
        if word in term or (term in word and len(term) > 1):
            forms.update(other.lower() for other in others)
            forms.add(word.lower())
    weight = rarity * (1.0 if own or not query.own_terms else INHERITED_WEIGHT)
    known = any(index.holds(form) for form in forms)
    return Word(tuple(forms), tuple(folded), weight, known)
