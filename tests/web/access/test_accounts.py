"""The file of users: hashed, private, changed from the command line, read again when it has changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from web.access.accounts import (
    AccountError,
    Accounts,
    User,
    add_user,
    end_sessions,
    is_last_administrator,
    remove_user,
    set_role,
)

ROOT = Path(__file__).parents[3]


def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "app.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, input=typed, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_user_is_added_from_a_pipe(tmp_path: Path) -> None:
    file = tmp_path / "users.json"
    done = run("--auth-file", str(file), "--add-user", "李四", "--role", "reader", typed="correct horse\n")
    assert (done.returncode, done.stdout) == (0, f"李四 (reader) added to {file}\n")
    assert file.stat().st_mode & 0o777 == 0o600
    assert "correct horse" not in file.read_text()
    accounts = Accounts(file)
    user = accounts.check("李四", "correct horse")
    assert user and user.role == "reader"
    assert accounts.check("李四", "correct horse ") is None
    assert accounts.check("王五", "correct horse") is None
    done = run("--auth-file", str(file), "--remove-user", "李四")
    assert done.returncode == 0
    assert accounts.account("李四") is None
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (["--add-user", "a", "--role", "reader"], "long enough\n", "--auth-file"),
        (["--auth-file", "{}", "--add-user", "a"], "long enough\n", "--role"),
        (["--auth-file", "{}", "--add-user", "a", "--role", "reader"], "short\n", "8 to 256"),
        (["--auth-file", "{}", "--add-user", "a\nb", "--role", "reader"], "long enough\n", "no name"),
        (["--auth-file", "{}", "--remove-user", "a"], "", "--add-user"),
        (["--auth-file", "{}"], "", "--add-user"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, arguments: list[str], typed: str, told: str) -> None:
    done = run(*(one.format(tmp_path / "users.json") for one in arguments), typed=typed)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "users.json").exists()


def test_equal_passwords_have_different_hashes(tmp_path: Path) -> None:
    file = tmp_path / "users.json"
    assert add_user(file, "a", "reader", "the same word")
    assert add_user(file, "b", "reader", "the same word")
    assert not add_user(file, "a", "editor", "the same word")
    users = json.loads(file.read_text())["users"]
    assert users["a"]["hash"] != users["b"]["hash"]
    assert users["a"]["role"] == "editor"
    with pytest.raises(AccountError, match="no user 'c'"):
        remove_user(file, "c")


def test_a_role_and_ended_sessions_change_what_cookies_agree_with(tmp_path: Path) -> None:
    file = tmp_path / "users.json"
    add_user(file, "a", "editor", "the same word")
    add_user(file, "b", "administrator", "the same word")
    assert is_last_administrator(file, "b") and not is_last_administrator(file, "a")
    accounts = Accounts(file)
    stamps = [accounts.held().users["a"].stamp]
    end_sessions(file, "a")
    stamps.append(accounts.held().users["a"].stamp)
    set_role(file, "a", "administrator")
    stamps.append(accounts.held().users["a"].stamp)
    assert len(set(stamps)) == 3
    assert accounts.check("a", "the same word")
    assert not is_last_administrator(file, "b")
    user = accounts.check("b", "the same word")
    assert user and user.may("editor") and not User("c", "editor").may("administrator")
    with pytest.raises(AccountError, match="no role"):
        set_role(file, "a", "king")
    with pytest.raises(AccountError, match="no user 'c'"):
        end_sessions(file, "c")


@pytest.mark.parametrize(
    "text", ["", "[]", '{"secret": "00", "users": {}}', '{"secret": "zz", "users": {"a": 1}}']
)
def test_a_broken_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    file = tmp_path / "users.json"
    file.write_text(text)
    with pytest.raises(AccountError, match="no file of users"):
        Accounts(file)
