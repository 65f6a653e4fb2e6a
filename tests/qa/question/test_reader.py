"""What the question reader reads, over questions that are in none of its training lines; how it is loaded."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import ModelError
from qa.question.reader import FOLDER, UNREAD, QuestionReader, Reading, shipped_question_reader


def read(text: str, before: str = "") -> Reading:
    return shipped_question_reader().read(text, before)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("东河县垃圾填埋场封场归哪家管", "agency"),
        ("小水电清理整改是谁牵的头", "lead"),
        ("危桥改造得弄到哪一年去", "deadline"),
        ("农村公厕一共要新建多少座", "quantity"),
        ("冷库建设要花掉多少钱", "money"),
        ("西岭市促进夜间消费都有哪些举措", "list"),
        ("东河县交通运输局都分到了什么活", "tasks"),
        ("东河县那份方案的文号是多少", "document"),
        ("外卖骑手出了事故怎么认定", "passage"),
        ("谢谢你啦", "nothing"),
        ("你到底是不是机器人", "nothing"),
    ],
)
def test_the_kind(question: str, kind: str):
    assert read(question).kind == kind


def test_the_subject_is_parted_from_the_asking():
    reading = read("请问东河县的小水电清理整改由谁牵头，谢谢")
    assert "小水电清理整改" in "".join(reading.runs("S"))
    assert not set("请问由谁牵头谢") & set("".join(reading.runs("S")))
    assert reading.tags.startswith("W")


def test_every_character_has_one_tag():
    for text in ("垃圾", "a", "  东河县 2027年 多少 ", "问" * 400):
        assert len(read(text).tags) == len(text)


def test_what_was_not_read_is_said():
    assert UNREAD not in read("请问东河县的小水电清理整改由谁牵头，谢谢").tags
    long = read("东河县小水电清理整改由谁牵头，" * 50).tags
    assert UNREAD in long and UNREAD not in long.rstrip(UNREAD)


def test_what_is_taken_over():
    whole = "东河县小水电清理整改由谁负责"
    assert read("那西岭市呢", whole).kind == "same"
    assert {"takes", "takes_topic"} <= read("什么时候完成", whole).flags
    assert "takes" not in read("西岭市夜间消费要投入多少资金", whole).flags


def test_a_reading_is_the_same_whatever_is_read_beside_it():
    questions = [f"东河县第{n}批危桥改造由谁负责" for n in range(12)]
    alone = [QuestionReader().read(question) for question in questions[:2]]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(shipped_question_reader().read, questions))
    assert together[:2] == alone


class TestLoading:
    def test_a_folder_without_it_is_named(self, tmp_path: Path):
        with pytest.raises(ModelError, match="No question reader"):
            QuestionReader(tmp_path)

    def test_half_a_file_is_refused(self, tmp_path: Path):
        (tmp_path / "model.json").write_text((FOLDER / "model.json").read_text("utf-8"), encoding="utf-8")
        (tmp_path / "model.onnx").write_bytes((FOLDER / "model.onnx").read_bytes()[:1000])
        with pytest.raises(ModelError, match="1,000 bytes"):
            QuestionReader(tmp_path)

    def test_other_labels_are_refused(self, tmp_path: Path):
        about = json.loads((FOLDER / "model.json").read_text("utf-8"))
        about["labels"] = about["labels"][1:]
        (tmp_path / "model.json").write_text(json.dumps(about), encoding="utf-8")
        (tmp_path / "model.onnx").symlink_to(FOLDER / "model.onnx")
        with pytest.raises(ModelError, match="other labels"):
            QuestionReader(tmp_path)
