"""Everyday words find the documents' words; one's own file adds groups."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import SourceError
from qa.question.synonyms import USER_FILE, alternatives


def test_a_word_brings_the_others_of_its_group():
    assert "停车位" in alternatives("哪里能停车")["停车"]


def test_a_word_in_no_group_brings_nothing():
    assert alternatives("海绵") == {}


def test_ones_own_file_adds_to_the_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    own = tmp_path / "own.txt"
    own.write_text("\ufeff# 自家的说法\n大棚 设施农业\n停车 车库\n", encoding="utf-8")
    monkeypatch.setenv(USER_FILE, str(own))
    assert alternatives("种大棚")["大棚"] == ("设施农业",)
    assert {"停车位", "车库"} <= set(alternatives("停车")["停车"])


def test_a_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    missing = tmp_path / "missing.txt"
    monkeypatch.setenv(USER_FILE, str(missing))
    with pytest.raises(SourceError, match=r"missing\.txt"):
        alternatives("停车")


def test_a_file_that_is_no_text_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    own = tmp_path / "own.txt"
    own.write_bytes(b"\xff\xfe\x00\xd8")
    monkeypatch.setenv(USER_FILE, str(own))
    with pytest.raises(SourceError, match=USER_FILE):
        alternatives("停车")
