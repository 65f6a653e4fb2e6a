"""What the comparison page is asked: read from the form or the address, and the form itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from index.search.index import Index
from pages.common.markup import attributes, one_line
from pages.compare.words import CompareWords
from qa.question.places import all_regions
from qa.topics.shared import SharedTopic, varied

LONGEST_TOPIC: Final = 200
"""Characters; a topic is a few words."""
SHOWN: Final = 14
"""Suggestions shown as buttons, about two lines; the rest come up while a topic is typed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of the form; without regions all are meant."""

    topic: str = ""
    regions: tuple[str, ...] = ()


def asked_from(values: Mapping[str, Sequence[str]]) -> Asked:
    """What a form or an address asks for."""
    topic = (values.get("topic") or ("",))[-1].strip()[:LONGEST_TOPIC]
    return Asked(topic, tuple(dict.fromkeys(values.get("region", ()))))


def form(index: Index, asked: Asked, topics: Sequence[SharedTopic], words: CompareWords) -> str:
    """The form, filled in with what was asked, and topics to choose from."""
    options = "".join(
        f'<option value="{escape(topic.words)}" label="{escape(_shared_by(topic, words))}"></option>'
        for topic in topics
    )
    buttons = "".join(
        f'<button type="button" class="tw-suggestion"{attributes(topic=topic.words)}>{one_line(topic.words)}'
        f"<b>{len(topic.regions)}</b></button>"
        for topic in varied(topics, SHOWN)
    )
    suggested = (
        f'<div class="tw-suggested"><span>{escape(words.suggested)}</span><div>{buttons}</div></div>'
        if buttons
        else ""
    )
    return (
        '<form class="tw-filters" autocomplete="off"><div class="tw-topic"><label for="compare-topic">'
        f'{escape(words.topic)}</label><input id="compare-topic" type="search" name="topic" '
        f'list="compare-topics" value="{escape(asked.topic)}" placeholder="{escape(words.topic_hint)}" '
        f'maxlength="{LONGEST_TOPIC}"><button type="submit">{escape(words.compare)}</button></div>'
        f'<datalist id="compare-topics">{options}</datalist>{_regions(index, asked, words)}{suggested}</form>'
    )


def _shared_by(topic: SharedTopic, words: CompareWords) -> str:
    return words.shared_by.format(count=len(topic.regions))


def _regions(index: Index, asked: Asked, words: CompareWords) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="region" value="{escape(region)}"'
        f"{' checked' * (region in asked.regions)}><span>{one_line(region)}</span></label>"
        for region in all_regions(index)
    )
    return (
        f'<fieldset class="tw-chips"><legend>{escape(words.regions)}</legend><div>{boxes}'
        f"<small>{escape(words.every_region)}</small></div></fieldset>"
    )
