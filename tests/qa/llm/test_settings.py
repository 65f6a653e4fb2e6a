"""Where the model's settings come from, what is refused, and that no key is ever shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.errors import ModelError
from qa.llm.settings import Settings, read_settings

GOOD = 'url = "http://127.0.0.1:1/v1/"\nmodel = "qwen3"\n'


def written(folder: Path, text: str, mode: int = 0o600) -> str:
    path = folder / "llm.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return str(path)


def test_a_file(tmp_path: Path):
    (tmp_path / "key").write_text("sk-1\n")
    found = read_settings(
        written(tmp_path, f'{GOOD}key_file = "{tmp_path / "key"}"\ntimeout = 9\nrewrite = true\n')
    )
    assert found == Settings("http://127.0.0.1:1/v1", "qwen3", "sk-1", 9.0, rewrite=True)


def test_the_environment(monkeypatch: pytest.MonkeyPatch):
    for name, value in {
        "URL": "https://x.example/v1",
        "MODEL": "m",
        "KEY": " sk-2 ",
        "REWRITE": "yes",
    }.items():
        monkeypatch.setenv(f"TIAOWEN_LLM_{name}", value)
    assert read_settings("env") == Settings("https://x.example/v1", "m", "sk-2", 60.0, rewrite=True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "url"),
        ('url = "http://h/v1"', "model"),
        ('url = "ftp://h"\nmodel = "m"', "http://127.0.0.1:11434/v1"),
        ('url = "http://me:sk-3@h/v1"\nmodel = "m"', "user, password"),
        ('url = "http://h/v1?key=sk-3"\nmodel = "m"', "query"),
        (f"{GOOD}timeout = 0", "1 to 600"),
        (f"{GOOD}temperature = 3", "0 to 2"),
        (f'{GOOD}timeout = "soon"', "1 to 600"),
        (f'{GOOD}rewrite = "perhaps"', "true or false"),
        (f"{GOOD}tempreature = 1", "tempreature"),
        (f'{GOOD}key = "sk-3\\nX-Evil: 1"', "characters"),
        (f'{GOOD}key = "sk-3"\nkey_file = "x"', "one is enough"),
        (f'{GOOD}key_file = "/nowhere/at/all"', "cannot be read"),
        ("key = sk-3", "TOML"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, told: str):
    with pytest.raises(ModelError, match=told) as raised:
        read_settings(written(tmp_path, text))
    assert "sk-3" not in str(raised.value)
    assert "llm.toml" in str(raised.value)


def test_no_file(tmp_path: Path):
    with pytest.raises(ModelError, match="TIAOWEN_LLM_URL"):
        read_settings(str(tmp_path / "none.toml"))


@pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX")
def test_a_key_that_others_may_read_is_refused(tmp_path: Path):
    with pytest.raises(ModelError, match="chmod 600"):
        read_settings(written(tmp_path, f'{GOOD}key = "sk-3"', 0o644))
    assert read_settings(written(tmp_path, GOOD, 0o644)).key == ""


def test_the_key_is_not_shown():
    assert "sk-4" not in repr(Settings("http://h/v1", "m", "sk-4"))
    assert "sk-4" not in f"{Settings('http://h/v1', 'm', 'sk-4')}"
