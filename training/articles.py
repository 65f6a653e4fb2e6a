"""CMRC 2018 (CC BY-SA 4.0) and DRCD (CC BY-SA 3.0, in simplified characters): questions over a paragraph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC

CMRC = ("cmrc2018_dev.json", "cmrc2018_trial.json")
DRCD = ("drcd_dev.json", "drcd_test.json")


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a text; the answer is ``text[start:end]``."""

    question: str
    text: str
    start: int
    end: int
    title: str
    """Of the article, as written."""


def article_examples(folder: Path) -> list[Example]:
    """All questions with their paragraph and answer."""
    simplified = OpenCC("t2s")
    found = [e for name in CMRC for e in of_file(folder / name, None)]
    return found + [e for name in DRCD for e in of_file(folder / name, simplified)]


def of_file(path: Path, simplified: OpenCC | None) -> Iterator[Example]:
    """The questions of a file in SQuAD's form, turned into simplified characters by ``simplified``."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            if simplified:
                converted = simplified.convert(text)
                if len(converted) != len(text):
                    continue  # offsets would no longer hold
                text = converted
            for asked in paragraph["qas"]:
                answer = asked["answers"][0]
                start = answer["answer_start"]
                end = start + len(answer["text"])
                question = simplified.convert(asked["question"]) if simplified else asked["question"]
                if 0 <= start < end <= len(text):
                    yield Example(question, text, start, end, article.get("title", ""))
