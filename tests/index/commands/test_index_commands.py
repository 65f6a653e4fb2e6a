"""``python -m index``: every command's answer, and exit code 2 with one clear line for every mistake."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.__main__ import main
from index.records import Clause

ROOT = Path(__file__).parents[3]
CHENGWU = "成武县新型城镇化建设行动提升方案.txt"


def run(capsys, *arguments) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


class TestAnswers:
    def test_build_says_what_was_done_and_what_was_left_out(self, capsys, store, documents):
        (documents / "空.txt").touch()
        code, out, err = run(capsys, "build", documents, "--out", store)
        assert code == 0
        assert "the index holds 5 documents" in out
        assert "coverage 100.00 %" in out
        assert err.startswith("skipped 空.txt: ")

    def test_stats_as_json(self, capsys, policy_store):
        code, out, _ = run(capsys, "stats", "--index", policy_store, "--json")
        said = json.loads(out)
        assert code == 0
        assert said["documents"] == len(said["by_document"]) == 5
        assert said["coverage_percent"] == 100.0
        assert said["characters_in_no_clause"] == 0
        assert 60 <= said["clause_length_median"] <= 300
        assert said["clause_length_max"] <= 1200
        assert said["removed"]["advertising"] > 0
        assert said["bytes"] > 100_000

    def test_stats_to_read(self, capsys, policy_store):
        code, out, _ = run(capsys, "stats", "--index", policy_store)
        assert code == 0
        assert CHENGWU in out

    def test_verify(self, capsys, store):
        assert run(capsys, "verify", "--index", store)[0] == 0
        (store / "generations" / "000001" / "stray").touch()
        code, out, _ = run(capsys, "verify", "--index", store)
        assert code == 1
        assert "PROBLEM" in out

    def test_remove_add_and_restore(self, capsys, store, documents):
        assert run(capsys, "remove", CHENGWU, "--index", store)[0] == 0
        assert run(capsys, "add", documents / CHENGWU, "--index", store)[0] == 0
        code, out, _ = run(capsys, "restore", "--index", store)
        assert (code, "generation 2 is current again" in out) == (0, True)

    def test_clauses_need_no_index(self, capsys, documents):
        code, out, _ = run(capsys, "clauses", documents / CHENGWU, "--json")
        said = [json.loads(line) for line in out.splitlines()]
        assert code == 0
        assert set(said[0]) == {*Clause.__slots__, "facts"}
        assert any(fact["kind"] == "agency" for clause in said for fact in clause["facts"])
        assert run(capsys, "clauses", documents / CHENGWU)[1].count("\n[") == len(said) - 1


class TestMistakes:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["build", "nowhere", "--out", "new"], "nowhere"),
            (["build", "empty", "--out", "new"], "it is empty"),
            (["add", "nowhere.txt"], "nowhere.txt"),
            (["add", "empty"], "No file could be read"),
            (["add", "空.txt"], "空.txt"),
            (["add", "图.png"], ".png"),
            (["add", "乱.txt"], "乱.txt"),
            (["remove", "没有.txt"], "没有.txt"),
            (["restore"], "No earlier generation"),
            (["clauses", "nowhere.txt"], "nowhere.txt"),
            (["clauses", "空.txt"], "空.txt"),
            (["stats", "--index", "none"], "python -m index build"),
            (["verify", "--index", "none"], "python -m index build"),
            (["restore", "--index", "none"], "python -m index build"),
            (["add", "空.txt", "--index", "none"], "python -m index build"),
            (["remove", "空.txt", "--index", "none"], "python -m index build"),
            (["build", "..", "--model", "no/such-model-anywhere", "--out", "new"], "no/such-model-anywhere"),
        ],
    )
    def test_a_mistake_is_one_clear_line_and_exit_code_2(self, capsys, monkeypatch, store, arguments, words):
        monkeypatch.chdir(store.parent)
        Path("empty").mkdir()
        Path("空.txt").touch()
        Path("图.png").write_bytes(b"\x89PNG\r\n")
        Path("乱.txt").write_bytes(bytes(range(256)))
        Path("文.txt").write_text("一、总则\n为了试验。\n", encoding="utf-8")
        code, out, err = run(capsys, *arguments)
        assert code == 2
        assert words in err
        assert err.count("\n") == 1
        assert out == ""
        assert not Path("none").exists()

    @pytest.mark.parametrize("arguments", [[], ["nonsense"], ["build"], ["add"], ["remove"], ["clauses"]])
    def test_a_command_line_that_is_none_gives_the_usage_and_2(self, capsys, arguments):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
        assert "usage: python -m index" in capsys.readouterr().err


def test_help_is_quick_and_loads_nothing_heavy():
    code = (
        "import sys\nfrom index.__main__ import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'faiss', 'onnxruntime', 'tantivy', 'numpy', 'gradio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
    assert "build" in done.stdout
