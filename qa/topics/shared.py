"""Topics that several regions' documents have headings on, as suggestions for a comparison.

Stretches of whole words that stand in headings of at least two regions, without the verb that opens them
(推进…).  Left out: topics that stand only in the text, and topics that are worded differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.search.index import Index
from qa.ledger.sets_task import begins_with_doing
from qa.question.terms import is_stop, words_of

SHORTEST, LONGEST = 4, 12
"""Characters; shorter ones (服务, 城市) are no topic, longer ones are one region's own wording."""
MOST = 80
"""Suggestions; a list of them is looked through by eye."""


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A topic as the headings word it, and the regions whose headings hold it."""

    words: str
    regions: tuple[str, ...]


def shared_topics(index: Index, most: int = MOST) -> list[SharedTopic]:
    """The topics that most regions share first, those alike in the order of the documents."""
    found: dict[str, dict[str, None]] = {}
    for info in index.infos:
        if info.region is None:
            continue
        for heading in _headings(index, info.file):
            for words in _stretches(heading):
                found.setdefault(words, {})[info.region] = None
    shared = [SharedTopic(words, tuple(regions)) for words, regions in found.items() if len(regions) > 1]
    kept = [topic for topic in shared if not _is_part(topic, shared)]
    return sorted(kept, key=lambda topic: -len(topic.regions))[:most]


def varied(topics: Sequence[SharedTopic], most: int) -> list[SharedTopic]:
    """The first topics of which none holds another, at most ``most``: 基础设施 without 城乡基础设施."""
    kept: list[SharedTopic] = []
    for topic in topics:
        if not any(topic.words in other.words or other.words in topic.words for other in kept):
            kept.append(topic)
    return kept[:most]


def _headings(index: Index, file: str) -> dict[str, None]:
    clauses = (entry.clause for entry in index.entries_of(file))
    return dict.fromkeys(heading for c in clauses for heading in (*c.path, c.heading or "") if heading)


def _stretches(heading: str) -> Iterator[str]:
    """The stretches of whole words that may be a topic: 海绵城市建设, 海绵城市 in 推进县城海绵城市建设."""
    words = words_of(heading)
    for first, opening in enumerate(words):
        if is_stop(opening) or begins_with_doing(f"{opening}　") or begins_with_doing("".join(words[first:])):
            continue
        told = ""
        for word in words[first:]:
            told += word
            if len(told) > LONGEST or told not in heading:
                break
            if len(told) >= SHORTEST and not is_stop(word) and f"{told}的" not in heading:
                yield told


def _is_part(topic: SharedTopic, shared: Sequence[SharedTopic]) -> bool:
    """True where a longer topic holds this one and is shared by the same regions."""
    return any(
        topic.words in other.words and topic.words != other.words and set(topic.regions) <= set(other.regions)
        for other in shared
    )
