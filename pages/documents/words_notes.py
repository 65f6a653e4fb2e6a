"""The words of the notes on documents in Chinese and English; what documents say stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from index.check.contradictions import Disputed
from index.check.numbering_gaps import Fault
from pages.common.words import Language


@dataclass(frozen=True, slots=True)
class NoteWords:
    """Every text of the notes in one language; ``{…}`` are filled in where they are used.

    ``faults`` are followed by the places that each is between; ``first`` stands where a list's first numbers
    are missing.
    """

    lead: str
    none: str
    count: str
    more: str
    faults: Mapping[Fault, str]
    first: str
    block: str
    sentence: str
    disputed: Mapping[Disputed, str]
    removed: str


ZH: Final = NoteWords(
    lead="{count} 份文件的原文有值得留意之处，索引本身没有问题：",
    none="没有发现编号缺失、重复印出或前后不一之处。",
    count="{count} 处",
    more="另有 {count} 处",
    faults={
        "missing": "缺编号 {numbers}",
        "repeated": "编号 {numbers} 重复",
        "out of order": "编号 {numbers} 次序颠倒",
    },
    first="缺开头的编号 {numbers}",
    block="同一段印了 {count} 遍",
    sentence="同一句连印两遍",
    disputed={"quantity": "可能前后不一：{subject}", "kind": "可能归类不一：{subject}"},
    removed="整理时去掉{reason} {times} 处、{characters} 字",
)

EN: Final = NoteWords(
    lead="What {count} documents say deserves a look; the index itself holds together:",
    none="No missing numbers, no text printed twice, no possible contradictions found.",
    count="{count} notes",
    more="{count} more",
    faults={
        "missing": "Number missing: {numbers}",
        "repeated": "Number repeated: {numbers}",
        "out of order": "Number out of order: {numbers}",
    },
    first="First numbers missing: {numbers}",
    block="Printed {count} times",
    sentence="A sentence printed twice in a row",
    disputed={"quantity": "Possible contradiction: {subject}", "kind": "Possibly of two kinds: {subject}"},
    removed="Removed as {reason}: {times} times, {characters} characters",
)


def note_words(language: Language) -> NoteWords:
    """The words of the notes in that language."""
    return EN if language == "en" else ZH
