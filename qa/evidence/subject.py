"""How much of a question's subject a text holds: the share of its words, the rarer the heavier.

The subject is its words (`qa.question.subject_words`).  Meaning beyond words is the judge's part.
"""

from __future__ import annotations

from collections.abc import Collection

from index.language.folding import without_blanks
from index.search.index import Index
from qa.question.subject_words import subject_words
from qa.records import Query

WHOLE = 0.99
"""A text is on the whole subject where it holds this share of its words, or of their synonyms; what holds
only a part of it is as a rule about another thing."""


class Subject:
    """A question's subject, ready to be looked for."""

    def __init__(self, query: Query, index: Index) -> None:
        self.words = subject_words(query, index)
        self.total = sum(word.weight for word in self.words)
        self.known = tuple(word for word in self.words if word.known)

    def coverage(self, text: str) -> float:
        """The share of the known words' weight that the text holds, 0 to 1; 0 where no word is known."""
        total = sum(word.weight for word in self.known)
        folded = without_blanks(text).lower()
        return sum(word.weight * word.held_by(folded) for word in self.known) / total if total else 0.0

    def missing_share(self, index: Index, files: Collection[str] | None) -> float:
        """The share of the known words' weight that no clause of these documents holds, 0 to 1.

        High where the documents of one region lack what those of another speak of.
        """
        total = sum(word.weight for word in self.known)
        missing = (w.weight for w in self.known if not any(index.holds(f, files) for f in w.forms))
        return sum(missing) / total if total else 0.0

    @property
    def unknown_share(self) -> float:
        """The share of the subject's weight in words that no document of the index holds, 0 to 1."""
        return sum(w.weight for w in self.words if not w.known) / self.total if self.total else 0.0
