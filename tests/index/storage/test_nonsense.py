"""CURRENT or a manifest that holds nonsense: the generations kept answer instead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.encoders.model import Model
from index.storage.generation import CURRENT, MANIFEST, folder_of, whole
from index.storage.manifest import FORMAT, Counts, Manifest, text_of

EMPTY = Manifest(
    format=FORMAT,
    number=1,
    made="2026-01-01 00:00:00",
    model=Model("none", "0", 1, None),
    counts=Counts(0, 0, 0, 0),
    next_key=0,
    root="documents",
    parts=(),
    files={},
    sources={},
)
NONSENSE = ["7" * 5000, "[" * 100_000, "folder", "٣", '{"format":' + "9" * 5000]


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """An index with two generations, both of nothing."""
    for number in (1, 2):
        folder_of(tmp_path, number).mkdir(parents=True)
        (folder_of(tmp_path, number) / MANIFEST).write_text(text_of(replace(EMPTY, number=number)), "utf-8")
    (tmp_path / CURRENT).write_text("000002\n")
    assert whole(tmp_path).warning is None
    return tmp_path


def spoil(path: Path, words: str) -> None:
    path.unlink()
    if words == "folder":
        path.mkdir()
    else:
        path.write_text(words, "utf-8")


@pytest.mark.parametrize("words", NONSENSE)
def test_current(grown: Path, words: str):
    spoil(grown / CURRENT, words)
    found = whole(grown)
    assert found.manifest.number == 2
    assert found.warning and len(found.warning) < 600


@pytest.mark.parametrize("words", NONSENSE)
def test_the_newest_manifest(grown: Path, words: str):
    spoil(folder_of(grown, 2) / MANIFEST, words)
    found = whole(grown)
    assert found.manifest.number == 1 and found.warning
