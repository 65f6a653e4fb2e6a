"""The day that is asked for, from the clock, the environment or an option."""

from __future__ import annotations

import argparse
from datetime import date

import pytest

from index.commands.options import add_today
from index.errors import SettingError
from index.search.today import VARIABLE, today


def test_the_clock_unless_a_day_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert abs((today() - date.today()).days) <= 1
    monkeypatch.setenv(VARIABLE, "2026-01-31")
    assert today() == date(2026, 1, 31)
    monkeypatch.setenv(VARIABLE, "31.1.2026")
    with pytest.raises(SettingError, match="2026-01-31"):
        today()


def test_the_option(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(VARIABLE, "2020-01-01")  # put back at the end
    parser = argparse.ArgumentParser()
    add_today(parser)
    parser.parse_args(["--today", "2026-01-31"])
    assert today() == date(2026, 1, 31)
    with pytest.raises(SystemExit):
        parser.parse_args(["--today", "soon"])
    assert "is no day" in capsys.readouterr().err
