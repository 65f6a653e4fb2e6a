"""Feedback is kept once an answer, also from several processes, and leaves as a file that is only text."""

from __future__ import annotations

import csv
import io
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import WriteError
from index.search.index import Index
from pages.chat.rewording import asking_for, in_region
from qa.api.feedback import Feedback, FeedbackFile
from qa.question.understand import understand

SAID = Feedback("a1", 3, "宁武县海绵城市由谁负责?", "县住建局、县财政局[1]", "useful")


def rows(file: FeedbackFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.as_csv().decode("utf-8-sig"))))


def test_saying_it_twice_changes_nothing(tmp_path: Path):
    file = FeedbackFile(tmp_path / "feedback.sqlite")
    file.put(SAID)
    file.put(SAID)
    (row,) = rows(file)
    assert (row["id"], row["verdict"], row["question"]) == ("a1", "useful", SAID.question)
    file.put(replace(SAID, verdict="wrong", comment="引文不对"))
    assert [(row["verdict"], row["comment"]) for row in rows(file)] == [("wrong", "引文不对")]


def test_many_at_once(tmp_path: Path):
    files = [FeedbackFile(tmp_path / "feedback.sqlite") for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: files[n % 4].put(replace(SAID, id=f"a{n}")), range(60)))
    assert len(rows(files[0])) == 60


def test_a_file_of_before_takes_replies_and_marks(tmp_path: Path):
    path = tmp_path / "feedback.sqlite"
    with sqlite3.connect(path) as base:
        base.execute(
            "CREATE TABLE feedback (id TEXT PRIMARY KEY, "
            "made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), "
            "generation INTEGER NOT NULL, "
            "question TEXT NOT NULL, answer TEXT NOT NULL, verdict TEXT NOT NULL, comment TEXT NOT NULL)"
        )
        base.execute(
            "INSERT INTO feedback VALUES ('old', '2025-01-01T00:00:00Z', 1, '问', '答', 'wrong', '')"
        )
    file = FeedbackFile(path)
    file.put(SAID)
    file.answer("old", "已核对")
    file.mark("a1", done=True)
    told = [(one.said.id, one.reply, one.done) for one in file.lines(9)]
    assert told == [("old", "已核对", False), ("a1", "", True)]
    assert file.counts() == (1, 2)
    assert file.unseen() == {"old"}
    assert file.replies(["a1"]) == {}
    assert file.replies(["a1", "old", "nobody's"]) == {"old": "已核对"}
    assert file.unseen() == frozenset()
    file.answer("old", "再核对")
    assert file.unseen() == {"old"}
    file.answer("old", "")
    assert (file.unseen(), file.replies(["old"])) == (frozenset(), {})


def test_a_note_that_readers_were_not_to_see_stays_unseen(tmp_path: Path):
    path = tmp_path / "feedback.sqlite"
    FeedbackFile(path).put(SAID)
    with sqlite3.connect(path) as base:
        base.execute("ALTER TABLE feedback DROP COLUMN seen")
        base.execute("UPDATE feedback SET reply = '内部意见'")
    file = FeedbackFile(path)
    assert (file.unseen(), file.replies(["a1"])) == (frozenset(), {})
    file.answer("a1", "已核对")
    assert (file.unseen(), file.replies(["a1"])) == ({"a1"}, {"a1": "已核对"})


def test_what_cannot_be_kept(tmp_path: Path):
    with pytest.raises(ValueError, match="none of"):
        FeedbackFile(tmp_path / "feedback.sqlite").put(replace(SAID, verdict="great"))
    with pytest.raises(WriteError, match="cannot be used"):
        FeedbackFile(tmp_path / "no" / "feedback.sqlite").put(SAID)


def test_no_cell_is_a_formula(tmp_path: Path):
    file = FeedbackFile(tmp_path / "feedback.sqlite")
    file.put(replace(SAID, comment='=HYPERLINK("http://x")', question="@SUM(1)"))
    (row,) = rows(file)
    assert row["comment"].startswith("'=")
    assert row["question"].startswith("'@")


@pytest.mark.parametrize(
    ("question", "history", "reworded"),
    [
        ("宁武县海绵城市由谁负责?", (), "运城市海绵城市由谁负责?"),
        ("宁武的海绵城市由谁负责?", (), "运城市的海绵城市由谁负责?"),
        ("海绵城市由谁负责?", (), "运城市海绵城市由谁负责?"),
        ("投资多少?", ("宁武县海绵城市由谁负责?",), "运城市海绵城市投资多少？"),
    ],
)
def test_the_question_for_another_region(question, history, reworded, policy_index: Index):
    assert in_region(understand(question, policy_index, history), "运城市") == reworded


def test_the_subject_with_another_kind_of_answer(policy_index: Index):
    query = understand("宁武县海绵城市由谁负责?", policy_index)
    assert asking_for(query, "deadline") == "宁武县海绵城市什么时候完成？"
    everywhere = understand("哪个部门牵头海绵城市?", policy_index)
    assert asking_for(everywhere, "quantity") == "海绵城市要达到多少？"
