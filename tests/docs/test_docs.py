"""Every command and option is documented in docs/api.md."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

import app
import index.__main__
import qa.__main__
import web.mcp.__main__

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def commands() -> list[tuple[str, str, argparse.ArgumentParser]]:
    found = []
    for package in (index, qa):
        parser = package.__main__._parser()
        (chosen,) = (action for action in parser._actions if isinstance(action.choices, dict))
        found += [(package.__name__, name, command) for name, command in chosen.choices.items()]
    return [*found, ("web", "mcp", web.mcp.__main__._parser())]


@pytest.mark.parametrize(("package", "name", "command"), commands(), ids=lambda value: str(value)[:20])
def test_it_is_on_the_page(package: str, name: str, command: argparse.ArgumentParser):
    called = f"{package}.{name}" if package == "web" else f"{package} {name}"
    assert f"$ python -m {called}" in PAGE or f"| python -m {called}" in PAGE
    options = {option for action in command._actions for option in action.option_strings}
    hidden = {"-h", "--help"} | ({"--out"} if package == "index" else set())  # another name of --index
    missing = {option for option in options - hidden if option not in PAGE}
    assert not missing


def test_every_option_of_the_application_is_described():
    page = (Path(__file__).parents[2] / "docs" / "running.md").read_text(encoding="utf-8")
    options = {option for action in app._parser()._actions for option in action.option_strings}
    assert not {option for option in options - {"-h", "--help"} if option not in page}
    for route in ("ask", "search", "ledger", "documents", "docs", "openapi.json"):
        assert f"/api/v1/{route}" in page
