"""The fitted threshold of silence, and which offset counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import ModelError
from qa.evidence.fitted import FILE, SITUATIONS, Silence, silence_in, situation
from qa.records import Asked


@pytest.mark.parametrize(
    ("asked", "holds", "expected"),
    [
        ("agency", True, "bodies"),
        ("agency", False, "no_bodies"),
        ("quantity", True, "figure"),
        ("quantity", False, "no_figure"),
        ("passage", True, "other"),
        ("passage", False, "other"),
    ],
)
def test_the_situation_is_of_the_kind_and_of_what_the_clause_holds(asked: Asked, holds: bool, expected: str):
    assert situation(asked, holds) == expected


def test_the_shipped_file_is_what_counts():
    said = json.loads(FILE.read_text("utf-8"))["silence"]
    assert silence_in().value == said["value"]
    assert silence_in().first == said["first"]
    assert {name: silence_in().offsets[name] for name in SITUATIONS} == {
        n: said["offsets"][n] for n in SITUATIONS
    }


def test_what_is_weighed_is_the_sum_of_its_parts():
    silence = Silence(-2.0, 0.75, {**dict.fromkeys(SITUATIONS, 0.0), "figure": -1.5})
    assert silence.parts(2.0, -2.0, "other") == (("judge", -1.0), ("offset", 0.0))
    assert silence.weigh(2.0, -2.0, "figure") == -2.5
    assert silence.weigh(2.0, 2.0, "other") == 2.0


NO_OFFSETS = '{"silence": {"value": 1, "offsets": {}}}'


@pytest.mark.parametrize("text", ["{", "{}", NO_OFFSETS])
def test_a_file_without_a_threshold_is_an_error_that_says_what_to_do(tmp_path: Path, text: str):
    file = tmp_path / "fitted.json"
    file.write_text(text)
    with pytest.raises(ModelError, match=r"tools/fit_silence\.py"):
        silence_in(file)


def test_a_missing_file_is_the_same_error(tmp_path: Path):
    with pytest.raises(ModelError, match="No threshold of silence"):
        silence_in(tmp_path / "none.json")
