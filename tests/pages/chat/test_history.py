"""Conversations on the disk: whose they are, their order and limits, and what two pages at once do."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from index.errors import WriteError
from index.search.index import Index
from pages.chat.conversation import Scope, Turn
from pages.chat.history import MOST, MOST_QUESTIONS, Asked, History, history_of
from pages.chat.talks import Current, Talks, asked_in, begun
from qa.api.ask import ask

WHO, WHEN = "宁武县海绵城市由谁负责？", "宁武县海绵城市什么时候完成？"
SCOPED = Asked(WHO, True, "answer-1", "wrong", Scope(("宁武县",), ("a.txt",), True))


@pytest.fixture
def history(tmp_path: Path) -> History:
    return history_of(tmp_path / "store")


@pytest.fixture(scope="module")
def turns(policy_index: Index) -> tuple[Turn, Turn]:
    made = [Turn(text, ask(text, index=policy_index), 99, id=text) for text in (WHO, WHEN)]
    return made[0], made[1]


def test_what_is_kept_comes_back_and_nobody_else_sees_changes_or_deletes_it(history: History) -> None:
    assert history.put("user:a", "c1", 0, [SCOPED, Asked(WHEN)]) == 1
    assert stat.S_IMODE(history.path.stat().st_mode) == 0o600
    kept = history.one("user:a", "c1")
    assert kept is not None
    assert kept.questions == (SCOPED, Asked(WHEN))
    for owner in ("user:b", "browser:c1", "", "user:a' OR '1'='1"):
        assert history.one(owner, "c1") is None
        assert history.listed(owner) == []
        history.rename(owner, "c1", "theirs")
        history.delete(owner, "c1")
        history.delete(owner)
        assert history.put(owner, "c1", 1, [Asked("theirs")]) is None
        assert history.put(owner, "c1", 0, [Asked("theirs")]) is None
    assert history.one("user:a", "c1") == kept


def test_names_searching_and_deleting(history: History) -> None:
    history.put("u", "c1", 0, [Asked(WHO), Asked("那运城呢？")])
    history.put("u", "c2", 0, [Asked(WHEN)])
    assert [one.id for one in history.listed("u")] == ["c2", "c1"]
    assert [one.id for one in history.listed("u", "运城")] == ["c1"]
    assert [one.id for one in history.listed("u", "海绵 什么时候")] == ["c2"]
    history.rename("u", "c1", "  海绵\n城市  ")
    assert [one.name for one in history.listed("u", "海绵 城市")] == [WHEN, "海绵 城市"]
    history.delete("u", "c2")
    assert [one.id for one in history.listed("u")] == ["c1"]
    assert WHEN.encode() not in history.path.read_bytes()


def test_limits(history: History) -> None:
    for number in range(MOST + 2):
        history.put("u", f"c{number}", 0, [Asked(f"问{number}")])
    kept = history.listed("u")
    assert (len(kept), kept[0].id) == (MOST, f"c{MOST + 1}")
    assert history.one("u", "c0") is None
    history.put("u", "long", 0, [Asked(f"问{number}") for number in range(MOST_QUESTIONS + 9)])
    long = history.one("u", "long")
    assert long is not None
    assert [one.text for one in long.questions][:: MOST_QUESTIONS - 1] == ["问9", f"问{MOST_QUESTIONS + 8}"]


def test_two_pages_go_on_with_one_conversation(history: History, turns: tuple[Turn, Turn]) -> None:
    talks, (first, second) = Talks(history), turns
    here = talks.keep("u", begun(), (), (first,), 1)
    assert talks.keep("u", here, (first,), (first,), 1) == here  # nothing new: nothing is written
    there = talks.keep("u", here, (first,), (first, second), 1)
    other = Turn("那运城呢？", second.answer, 99, id="other")
    behind = talks.keep("u", here, (first,), (first, other), 1)
    kept = talks.one("u", here.id)
    assert kept is not None
    assert [one.text for one in kept.questions] == [WHO, WHEN, "那运城呢？"]
    assert (there.revision, behind.revision, kept.revision) == (
        2,
        2,
        3,
    )  # the second page is told that it lags
    assert talks.answered("u", kept, 1) is None


def test_what_was_deleted_elsewhere_stays_deleted(history: History, turns: tuple[Turn, Turn]) -> None:
    talks, (first, second) = Talks(history), turns
    here = talks.keep("u", begun(), (), (first,), 1)
    kept = talks.one("u", here.id)
    assert kept is not None
    assert talks.answered("u", kept, 1) == (first,)
    assert talks.answered("u", kept, 2) is None  # another generation of the index: answered anew
    talks.forget("u", here.id)
    assert talks.keep("u", here, (first,), (first, second), 1).id != here.id
    (left,) = talks.listed("u")
    assert left.questions == asked_in([second])


def test_a_program_without_a_cookie_has_no_conversations(history: History, turns: tuple[Turn, Turn]) -> None:
    talks, current = Talks(history), Current("c1")
    assert talks.keep("", current, (), turns, 1) == current
    assert not history.path.exists()


def test_a_file_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "store-conversations.sqlite").write_text(
        "not a database, but long enough to look like one" * 9
    )
    with pytest.raises(WriteError, match="cannot be used for conversations"):
        history_of(tmp_path / "store").listed("u")
