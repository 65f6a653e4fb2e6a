"""What a command writes: a file is replaced whole, a link stays a link, and nothing else is replaced."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from index.errors import WriteError
from qa.__main__ import main
from qa.files.whole_file import replacing
from web.access.accounts import AccountError, Accounts, add_user

LINE = '{"id": "1", "question": "宁武县海绵城市建设由谁负责?"}\n'


def write(out: Path, words: bytes = b"new") -> None:
    with replacing(out) as file:
        file.write(words)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def device(folder: Path) -> Path:
    """A device of our own that takes nothing, as /dev/full."""
    try:
        os.mknod(folder / "full", stat.S_IFCHR | 0o600, os.makedev(1, 7))
    except PermissionError:
        pytest.skip("making a device takes root")
    return folder / "full"


@pytest.mark.parametrize("make", [pipe, device])
@pytest.mark.parametrize("through_a_link", [False, True])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, make, through_a_link: bool):
    node = make(tmp_path)
    before = node.lstat()
    out = tmp_path / "link" if through_a_link else node
    if through_a_link:
        out.symlink_to(node)
    names = left(tmp_path)
    with pytest.raises(WriteError, match="a device or a pipe"):
        write(out)
    after = node.lstat()
    assert (after.st_ino, after.st_mode, after.st_rdev) == (before.st_ino, before.st_mode, before.st_rdev)
    assert left(tmp_path) == names


def test_a_folder_is_not_replaced(tmp_path: Path):
    with pytest.raises(WriteError, match="is a folder"):
        write(tmp_path)
    assert left(tmp_path) == []


def test_where_a_link_leads_is_replaced_and_the_link_stays(tmp_path: Path):
    for name in ("there", "here"):
        (tmp_path / name).mkdir()
    real = tmp_path / "there" / "answers.jsonl"
    real.write_text("old")
    (tmp_path / "here" / "second").symlink_to(real)
    (tmp_path / "here" / "first").symlink_to(tmp_path / "here" / "second")
    write(tmp_path / "here" / "first")
    assert real.read_text() == "new"
    assert (tmp_path / "here" / "first").is_symlink()
    assert (tmp_path / "here" / "second").is_symlink()
    assert left(tmp_path / "there") == ["answers.jsonl"]


def test_a_link_to_a_file_that_is_not_there_yet(tmp_path: Path):
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link")
    assert ((tmp_path / "real").read_text(), (tmp_path / "link").is_symlink()) == ("new", True)


def test_links_in_a_circle(tmp_path: Path):
    (tmp_path / "link").symlink_to(tmp_path / "link")
    with pytest.raises(WriteError, match="cannot be written"):
        write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()


def test_who_may_read_it_stays(tmp_path: Path):
    out = tmp_path / "answers.jsonl"
    write(out)
    out.chmod(0o600)
    write(out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_link_put_in_the_way_is_not_followed(tmp_path: Path):
    (tmp_path / "elsewhere").write_text("kept")
    (tmp_path / f".answers.{os.getpid()}.new").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError, match="cannot be written"):
        write(tmp_path / "answers")
    assert (tmp_path / "elsewhere").read_text() == "kept"
    write(tmp_path / "answers")
    assert (tmp_path / "answers").read_text() == "new"


def test_every_command_that_writes_a_file_refuses_a_pipe(tmp_path: Path, capsys, policy_store: Path):
    (tmp_path / "questions.jsonl").write_text(LINE, encoding="utf-8")
    for name in ("answers.jsonl", "ledger.csv", "ledger.xlsx"):
        os.mkfifo(tmp_path / name)
    index = ["--index", str(policy_store)]
    questions = str(tmp_path / "questions.jsonl")
    for arguments in (
        ["batch", questions, "--out", str(tmp_path / "answers.jsonl"), *index],
        ["ledger", "--csv", str(tmp_path / "ledger.csv"), *index],
        ["ledger", "--xlsx", str(tmp_path / "ledger.xlsx"), *index],
    ):
        assert main(arguments) == 2
        assert "a device or a pipe" in capsys.readouterr().err
        assert all(stat.S_ISFIFO((tmp_path / name).stat().st_mode) for name in left(tmp_path)[:3])


def test_the_file_of_users_may_be_a_link_and_no_pipe(tmp_path: Path):
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "users.json", tmp_path / "users.json"
    link.symlink_to(real)
    assert add_user(link, "李四", "reader", "correct horse")
    assert not add_user(link, "李四", "editor", "battery staple")
    assert (link.is_symlink(), stat.S_IMODE(real.lstat().st_mode)) == (True, 0o600)
    assert Accounts(link).held().users["李四"].role == "editor"
    with pytest.raises(AccountError, match="a device or a pipe"):
        add_user(pipe(tmp_path), "李四", "reader", "correct horse")
    with pytest.raises(AccountError, match="a device or a pipe"):
        Accounts(tmp_path / "pipe")
