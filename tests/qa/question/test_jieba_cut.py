"""The cutter cuts as jieba does, and writes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question.jieba_cut import Cutter

ROOT = Path(__file__).parents[3]
CUTTER = Cutter()


@pytest.mark.parametrize("path", sorted((ROOT / "documents").glob("*.txt")), ids=lambda path: path.stem)
def test_documents_are_cut_as_jieba_cuts_them(path: Path):
    text = path.read_text(encoding="utf-8-sig")
    assert list(CUTTER.cut(text)) == list(jieba.cut(text))


def test_questions_are_cut_as_jieba_cuts_them():
    lines = (ROOT / "tests" / "data" / "questions_answerable.jsonl").read_text("utf-8").splitlines()
    for question in (json.loads(line)["question"] for line in lines):
        assert list(CUTTER.cut(question)) == list(jieba.cut(question))


@given(st.text("城市建设海绵中华人民共和国 A1。\ud7ff", max_size=30))
def test_so_is_any_text(text: str):
    assert list(CUTTER.cut(text)) == list(jieba.cut(text))


def test_nothing_is_written_and_nothing_said(tmp_path: Path):
    code = "from qa.question.jieba_cut import Cutter; print(*Cutter().cut('推进海绵城市建设'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().split() == ["推进", "海绵", "城市", "建设"]
    assert done.stderr == b""
    assert list(tmp_path.iterdir()) == []
