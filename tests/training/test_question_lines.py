"""The annotated questions hold only labels that the reader has, and filled phrasings mark their own words."""

from __future__ import annotations

import json
import re
from itertools import islice
from pathlib import Path

import pytest

from qa.question.reader import FIELDS, FLAGS, KINDS, PARTS, TAGS
from training.question_lines import OWN, all_lines

SHARED = Path(__file__).parents[3] / "shared"


def test_annotated_questions_have_labels_of_the_reader() -> None:
    for line in OWN.read_text("utf-8").splitlines():
        one = json.loads(line)
        assert one["kind"] in KINDS, one
        assert set(one.get("parts", ())) <= set(PARTS), one
        assert set(one.get("fields", ())) <= set(FIELDS), one
        assert set(one.get("flags", ())) <= set(FLAGS), one
        assert set(re.findall(r"【([A-Z])", one["text"])) <= set(TAGS), one
        assert one["text"].count("【") == one["text"].count("】"), one
        assert (one["kind"] == "document") == bool(one.get("fields")), one


def test_spans_lie_in_the_text_and_apart_from_one_another() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here")
    for line in islice(all_lines(SHARED, fills=1), 2500):
        covered: set[int] = set()
        for start, end, tag in line.spans:
            assert tag in TAGS
            assert 0 <= start < end <= len(line.text), line
            assert not covered & set(range(start, end)), line
            covered |= set(range(start, end))
        assert line.kind is None or line.kind in KINDS
