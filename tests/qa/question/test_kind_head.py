"""Which kind of question is read, over questions of another hand, and that the head holds for one reader."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from index.errors import ModelError
from qa.question.kind_head import FOLDER, KindHead, shipped_kind_head
from qa.question.reader import shipped_question_reader


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("重庆管寄包裹的肩膀上有啥活", "tasks"),
        ("供水管网改造要花多少钱", "money"),
        ("这个方案是哪天发的", "document"),
        ("再生水利用率要达到多少", "quantity"),
        ("到2026年底要完成哪些事", "due"),
        ("海绵城市建设由谁牵头", "lead"),
    ],
)
def test_kinds_of_plain_questions(text: str, kind: str) -> None:
    assert shipped_kind_head().kinds(shipped_question_reader().read(text))[0] == kind


def test_it_gives_every_kind_once() -> None:
    kinds = shipped_kind_head().kinds(shipped_question_reader().read("再生水利用率要达到多少"))
    assert len(kinds) == len(set(kinds)) == 13


def test_a_head_of_another_reader_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "kinds")
    about = json.loads((FOLDER / "model.json").read_text("utf-8"))
    (tmp_path / "kinds" / "model.json").write_text(json.dumps({**about, "reader": "0" * 64}), "utf-8")
    with pytest.raises(ModelError, match="fit_kinds"):
        KindHead(tmp_path / "kinds")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No reader of kinds"):
        KindHead(tmp_path)
