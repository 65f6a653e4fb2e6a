"""What files say of one another, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.__main__ import main
from index.search.today import VARIABLE

OLD = (
    "阳政办规〔2019〕13号\n阳川市人民政府办公室关于印发阳川市临时救助办法的通知\n各县人民政府：\n"
    "现将办法印发给你们。\n阳川市人民政府办公室\n2019年6月1日\n"
)
NEW = OLD.replace("2019〕13", "2022〕8").replace("2019年6月1日", "2022年9月1日") + (
    "第一条 本办法自2022年9月13日起施行。《阳川市临时救助办法》（阳政办规〔2019〕13号）同时废止。\n"
)


def test_files_described_together_are_linked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "2024-01-31")  # put back at the end
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    assert main(["describe", str(old), str(new), "--json"]) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["holds"] for one in said] == [False, True]
    assert [one["links"] for one in said] == [said[0]["links"]] * 2
    (link,) = said[0]["links"]
    assert (link["kind"], link["file"], link["other"]) == ("replaces", "new.txt", "old.txt")
    assert main(["describe", str(old), str(new), "--today", "2022-09-12"]) == 0
    shown = capsys.readouterr().out
    assert "replaced by   new.txt" in shown
    assert "holds         no" in shown  # the new one, not yet
    assert main(["describe", str(old), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["links"] == []
