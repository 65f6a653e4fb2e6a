"""The report of one document, and what `verify` prints of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from index.__main__ import main
from index.build.build import add
from index.check.report import Count, report
from index.commands.report_lines import count_lines, note_lines
from index.commands.verify import MOST_IN_FULL
from index.errors import SourceError

YUNCHENG = "运城市推进以县城为重要载体的城镇化建设行动方案.txt"
QINSHUI = "沁水县推进以县城为重要载体的城镇化建设行动方案政策解读.txt"
CHENGWU = "成武县新型城镇化建设行动提升方案.txt"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


class TestReport:
    def test_counts_are_those_of_the_index(self, policy_index):
        for info in policy_index.infos:
            said, entries = report(policy_index, info.file), policy_index.entries_of(info.file)
            assert said.title == info.title
            assert sum(one.count for one in said.clauses) == info.clauses
            assert sum(one.count for one in said.facts) == sum(len(entry.facts) for entry in entries)
            assert said.coverage.share == 1

    def test_advertising_that_was_removed_four_times(self, policy_index):
        (removed,) = report(policy_index, YUNCHENG).removed
        assert (removed.reason, removed.times, removed.characters) == ("advertising", 4, 28)
        assert removed.words == (Count("365体育投注", 4),)

    def test_notes(self, policy_index):
        said = {info.file: report(policy_index, info.file) for info in policy_index.infos}
        assert {file: one.notes for file, one in said.items() if one.notes} == {
            YUNCHENG: 3,
            QINSHUI: 5,
            "宁武县推进以县城为重要载体的城镇化建设行动方案.txt": 1,
        }

    def test_a_document_that_is_not_there(self, policy_index):
        with pytest.raises(SourceError, match=r"a\.txt"):
            report(policy_index, "a.txt")

    def test_it_can_be_written_as_json(self, policy_index):
        said = asdict(report(policy_index, QINSHUI))
        assert json.loads(json.dumps(said))["numbering"][0]["numbers"] == [16]


class TestLines:
    def test_a_document_with_notes(self, policy_index):
        lines = list(note_lines(report(policy_index, QINSHUI)))
        assert lines[0] == (
            "number missing: 16, between “15 塑造城乡特色风貌” (15 2043-2054) "
            "and “17 推进生产生活低碳化” (17 2163-2175)"
        )
        assert lines[4].startswith("printed 3 times: 提升社会保障能力 ")

    def test_a_document_without_notes(self, policy_index):
        said = report(policy_index, CHENGWU)
        assert list(note_lines(said)) == []
        assert "removed: footer, 23 characters: 打印 关闭 扫一扫在手机打开当前页 相关下载" in count_lines(
            said
        )


class TestCommand:
    def test_notes_are_no_faults(self, capsys, policy_store):
        code, out = run(capsys, "verify", "--index", policy_store)
        assert code == 0
        assert "possible contradiction: 规上企业: 突破180户" in out
        assert "9 notes on what 3 documents say" in out
        assert out.endswith("generation 1: no problems\n")

    def test_one_document(self, capsys, policy_store):
        _, out = run(capsys, "verify", QINSHUI, "--index", policy_store)
        assert "number missing: 16" in out
        assert "规上企业" not in out

    def test_brief_is_a_line_for_each_document(self, capsys, policy_store):
        _, out = run(capsys, "verify", "--brief", "--index", policy_store)
        assert len(out.splitlines()) == 6

    def test_json(self, capsys, policy_store):
        code, out = run(capsys, "verify", "--json", "--index", policy_store)
        said = {one["file"]: one for one in json.loads(out)["documents"]}
        assert code == 0
        assert {one["subject"] for one in said[YUNCHENG]["contradictions"]} == {
            "规上企业",
            "垣曲县",
            "平陆县",
        }
        assert said[CHENGWU]["problems"] == []

    def test_of_many_documents_only_those_with_notes(self, capsys, store, tmp_path: Path):
        folder = tmp_path / "more"
        folder.mkdir()
        for number in range(MOST_IN_FULL):
            text = f"第{number}号通知\n各县人民政府：\n一、加强领导。各有关单位要落实责任。\n二、加强检查。\n"
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        add([folder], store)
        code, out = run(capsys, "verify", "--index", store)
        assert code == 0
        assert f"{MOST_IN_FULL + 2} more documents have no notes and no problems" in out
        assert "number missing: 16" in out
        assert CHENGWU not in out
