"""What is left of an index when everything goes wrong: the short form of benchmarks/faults.py."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import faults

SEED = 5


@pytest.fixture
def place(tmp_path, policy_store, monkeypatch):
    """A folder whose index finds the five documents encoded."""
    from index.encoders.vector_cache import CACHE

    (tmp_path / "store").mkdir()
    (tmp_path / "store" / CACHE).write_bytes((policy_store / CACHE).read_bytes())
    return tmp_path


def test_a_killed_change_leaves_the_old_state_or_the_new(place, encoder):
    counts = faults.kills(place, encoder, 12, random.Random(SEED))
    assert counts["questions"] > 0
    assert sum(count for name, count in counts.items() if name != "questions") == 12
    assert any("killed" in name for name in counts)


def test_a_flipped_byte_in_any_file_is_seen_or_harmless(place, encoder):
    counts = faults.flips(place, encoder, 1, random.Random(SEED), ("vectors-cache.sqlite", "vectors.faiss"))
    seen = {name.split(":")[0] for name in counts if name.endswith("the one before answers")}
    assert {"documents.sqlite", "vectors.faiss", "manifest.json", "postings *.idx"} <= seen
    assert counts["mended by a build"] == 2


def test_two_writers_lose_nothing(place, encoder):
    counts = faults.two_writers(place, encoder, 2)
    assert counts["done"] == 4


@pytest.mark.skipif(not faults.may_mount(), reason="only root can make a disk that is full or read only")
def test_a_full_disk_leaves_all_as_it_was(place, encoder):
    counts = faults.full_disk(place, encoder, 4, random.Random(SEED))
    assert sum(counts.values()) == 4
    assert any("refused" in name for name in counts)


@pytest.mark.skipif(not faults.may_mount(), reason="only root can make a disk that is full or read only")
def test_a_read_only_folder_is_asked_and_not_changed(place, encoder):
    counts = faults.read_only(place, encoder)
    assert counts["refused"] == 3
    assert counts["questions"] > 0
