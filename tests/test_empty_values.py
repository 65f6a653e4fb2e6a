"""An empty value of an option that names something is a mistake, and nothing is written for it."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from index import __main__ as of_index
from index.commands.options import named, named_path
from qa import __main__ as of_qa
from web.mcp import __main__ as of_mcp

ROOT = Path(__file__).parents[1]
NAMES_SOMETHING = {"model", "reranker", "llm", "uri", "alias", "address"}
"""What names a file, a folder, a server or a model; the rest of the words are text."""
ELSEWHERE = {"benchmarks/peers/child.py"}
"""Runs where the project is not installed, with what `run.py` gives it."""


def parsers(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Each value that names something, as the words before it on a command line."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from parsers(below, (*words, name))
        elif action.type in (named, named_path) or action.dest in NAMES_SOMETHING:
            yield (*words, *action.option_strings[:1])
        else:
            assert action.type is not Path, f"{words} {action.dest} takes an empty path"


ALL = {
    "index": sorted(set(parsers(of_index._parser()))),
    "qa": sorted(set(parsers(of_qa._parser()))),
    "app": sorted(set(parsers(app._parser()))),
    "mcp": sorted(set(parsers(of_mcp._parser()))),
}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_are_as_many_as_there_should_be():
    assert all(len(ALL[program]) > 3 for program in ("index", "qa", "app"))
    assert ALL["mcp"] == [("--index",)]


@pytest.mark.parametrize(
    ("program", "words"), [(program, words) for program, lines in ALL.items() for words in lines]
)
@pytest.mark.parametrize("value", ["", " "])
def test_an_empty_value_is_refused(program: str, words: tuple[str, ...], value: str, capsys, empty: Path):
    main = {"index": of_index.main, "qa": of_qa.main, "app": app.main, "mcp": of_mcp.main}[program]
    with pytest.raises(SystemExit) as stopped:
        main([*words, value])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "its value is empty" in said, said
    assert list(empty.iterdir()) == []


def test_no_tool_takes_an_empty_path():
    """Tools need what is not installed everywhere, so they are read and not run."""
    for folder in ("tools", "benchmarks", "deploy", "examples"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.relative_to(ROOT).as_posix() not in ELSEWHERE:
                assert not re.search(r"type=Path\b", path.read_text("utf-8")), path


def test_a_tool_refuses_one(tmp_path: Path):
    command = [sys.executable, str(ROOT / "benchmarks" / "growth_plot.py"), "runs.json", "--svg", ""]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "its value is empty" in done.stderr
