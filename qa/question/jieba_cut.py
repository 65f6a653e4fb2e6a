"""jieba's cut of a text into words, without the half second that it starts with.

jieba makes a prefix of every word and keeps the result in a file of the system's temporary folder, where
reading it back takes most of the time that it saves, where it may not be writable, and where another user
may have put it.  Questions are short: here every stretch up to the longest word is looked up in the words
themselves, and nothing is written.  The cuts are the same; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Mapping

import jieba

from index.language.dictionary import dictionary


class Cutter(jieba.Tokenizer):  # type: ignore[misc]
    """A tokenizer over jieba's own dictionary (`index.language.dictionary`)."""

    initialized: bool
    tags: Mapping[str, str]

    def initialize(self, other: str | None = None) -> None:
        """Take over the dictionary; ``other`` is jieba's own parameter and must be None."""
        assert other is None
        with self.lock:
            if self.initialized:
                return
            read = dictionary()
            self.tags, self.FREQ, self.total = read.tags, read.counts, read.total
            self.longest = max(map(len, self.FREQ))
            self.initialized = True

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802 - jieba's name
        """For every place of the sentence the last places of the words that begin there."""
        self.check_initialized()
        known, end = self.FREQ, len(sentence)
        return {
            start: [
                last
                for last in range(start, min(end, start + self.longest))
                if known.get(sentence[start : last + 1])
            ]
            or [start]
            for start in range(end)
        }
