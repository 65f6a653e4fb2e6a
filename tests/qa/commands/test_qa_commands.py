"""``python -m qa``: every command's answer, and exit code 2 with one clear line for every mistake."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qa.__main__ import main

ROOT = Path(__file__).parents[3]
QUESTION = "宁武县海绵城市建设由谁负责?"
NINGWU = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"
HANGJIN = "杭锦旗推进以县城为重要载体的城镇化建设方案文字解读.txt"
HEAVY = ("gradio", "torch", "sentence_transformers", "trafilatura", "transformers", "tqdm")


def run(capsys, *arguments) -> tuple[int, str, str]:
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as stop:  # argparse leaves so
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def process(*arguments, folder: Path = ROOT, piped: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "qa", *arguments]
    return subprocess.run(command, cwd=folder, input=piped, env=environment, capture_output=True, check=False)


class TestAnswers:
    def test_ask(self, capsys, policy_store):
        code, out, err = run(capsys, "ask", QUESTION, "--index", policy_store)
        assert (code, err) == (0, "")
        assert "县住建局" in out
        assert "\n[1] 宁武县人民政府办公室" in out

    def test_ask_as_json(self, capsys, policy_store):
        code, out, err = run(capsys, "ask", QUESTION, "--json", "--index", policy_store)
        said = json.loads(out)
        assert (code, err) == (0, "")
        assert said["question"] == QUESTION
        assert said["abstained"] is False
        assert said["citations"][0]["file"] == NINGWU
        assert len(said["hits"]) == 10

    def test_ask_why(self, capsys, policy_store):
        _, plain, _ = run(capsys, "ask", "杭锦旗海绵城市由谁负责", "--index", policy_store)
        _, out, _ = run(capsys, "ask", "--why", "杭锦旗海绵城市由谁负责", "--index", policy_store)
        assert out.startswith(plain)
        assert "subject: 海绵 4.27, 城市 0.64" in out
        silenced = re.search(r"silenced: the answer, by answers: failed \((\S+), threshold (\S+) =", out)
        assert silenced and float(silenced[1]) < float(silenced[2])
        _, out, _ = run(capsys, "ask", "--why", "--json", QUESTION, "--index", policy_store)
        assert json.loads(out)["why"]["searches"][0]["regions"] == ["宁武县"]

    def test_silence_is_an_answer(self, capsys, policy_store):
        code, out, _ = run(capsys, "ask", "海口市的海绵城市由谁负责?", "--json", "--index", policy_store)
        assert code == 0
        assert json.loads(out)["abstained"] is True

    def test_search(self, capsys, policy_store):
        code, out, err = run(capsys, "search", "海绵城市", "--top-k", 3, "--index", policy_store)
        assert (code, err) == (0, "")
        assert [line[:2] for line in out.split("\n") if line[:1].isdigit()] == ["1.", "2.", "3."]
        assert "海绵城市" in out

    def test_search_narrowed(self, capsys, policy_store):
        def files(*options) -> set[str]:
            arguments = ("search", "城市建设", *options, "--json", "--index", policy_store)
            return {hit["file"] for hit in json.loads(run(capsys, *arguments)[1])}

        assert len(files()) > 2
        assert files("--region", "宁武") == {NINGWU}
        assert files("--region", "宁武县", "--region", "杭锦旗") == {NINGWU, HANGJIN}
        assert files("--document", HANGJIN) == {HANGJIN}

    def test_ledger(self, capsys, policy_store):
        options = ("--region", "成武", "--agency", "县商务局", "--index", policy_store)
        code, out, err = run(capsys, "ledger", *options)
        assert (code, err) == (0, "")
        assert out.startswith("共3项任务\n")
        assert "首列  县发展和改革局" in out
        said = json.loads(run(capsys, "ledger", *options, "--json")[1])
        assert said[0]["task"] == "大力发展现代服务业"

    def test_ledger_to_a_file(self, capsys, policy_store, tmp_path):
        out_file = tmp_path / "台账.xlsx"
        code, out, err = run(capsys, "ledger", "--due", "2028", "--xlsx", out_file, "--index", policy_store)
        assert (code, out) == (0, "")
        assert err.endswith(f"tasks written to {out_file}\n")
        assert out_file.read_bytes()[:2] == b"PK"

    def test_ledger_without_a_task(self, capsys, policy_store):
        code, out, err = run(capsys, "ledger", "--due", "2049", "--index", policy_store)
        assert (code, out) == (0, "")
        assert "no clause sets such a task" in err

    def test_batch(self, capsys, policy_store, tmp_path):
        (tmp_path / "q.jsonl").write_text(json.dumps({"id": "1", "question": QUESTION}), "utf-8")
        arguments = ("batch", tmp_path / "q.jsonl", "--out", tmp_path / "a.jsonl", "--index", policy_store)
        code, out, err = run(capsys, *arguments)
        assert (code, out) == (0, "")
        assert err.startswith("1 questions answered")
        line = json.loads((tmp_path / "a.jsonl").read_text("utf-8"))
        assert {"id", "answer", "abstained", "citations", "hits"} <= set(line)

    def test_batch_with_a_bad_line(self, capsys, policy_store, tmp_path):
        (tmp_path / "q.jsonl").write_text(f"{{\n{json.dumps({'id': '1', 'question': QUESTION})}\n", "utf-8")
        arguments = ("batch", tmp_path / "q.jsonl", "--out", tmp_path / "a.jsonl", "--index", policy_store)
        code, _, err = run(capsys, *arguments)
        assert code == 2
        assert "q.jsonl, line 1: it is not JSON" in err
        assert json.loads((tmp_path / "a.jsonl").read_text("utf-8"))["id"] == "1"

    @pytest.mark.parametrize("form", [(), ("--json",)])
    def test_evaluate(self, capsys, policy_store, form):
        questions = ROOT / "tests" / "data" / "questions_answerable.jsonl"
        code, out, err = run(capsys, "evaluate", questions, *form, "--index", policy_store)
        assert (code, err) == (0, "")
        if form:
            said = json.loads(out)
            assert said["clauses"]["questions"] == 60
            assert all(one["why"] for one in said["confusions"])
        else:
            assert out.startswith("questions            60")
            assert "quotes_verbatim      1.0000" in out


class TestChat:
    def chat(self, store: Path, piped: str) -> subprocess.CompletedProcess[bytes]:
        return process("chat", "--index", str(store), piped=piped.encode())

    def test_a_question_leans_on_those_before(self, policy_store):
        done = self.chat(policy_store, f"{QUESTION}\n那运城呢?\n")
        assert done.returncode == 0, done.stderr.decode()
        first, second = (part for part in done.stdout.decode().split("\n\n") if part.startswith("[1]"))
        assert "宁武" in first
        assert "运城" in second

    def test_an_empty_line_ends_it(self, policy_store):
        done = self.chat(policy_store, f"\n{QUESTION}\n")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    def test_what_cannot_be_asked_is_refused_and_the_rest_goes_on(self, policy_store):
        done = process("chat", "--index", str(policy_store), piped=b"???\n\xff\xfe\n" + QUESTION.encode())
        assert done.returncode == 0
        assert done.stderr.decode().count("chat: The question") == 2
        assert "县住建局" in done.stdout.decode()


class TestMistakes:
    def test_each_is_one_line_with_the_next_step(self, capsys, policy_store, tmp_path):
        for arguments, words in (
            (("ask", ""), "The question is empty. Write"),
            (("ask", "海" * 10_000), "10000 characters; at most"),
            (("ask", "海绵\udcff"), "not UTF-8"),
            (("search", "海绵", "--region", "海口市"), "Its regions: "),
            (("search", "海绵", "--document", "没有.txt"), "No document named '没有.txt'"),
            (("batch", tmp_path / "none.jsonl", "--out", tmp_path / "a.jsonl"), "none.jsonl cannot be read"),
            (("evaluate", tmp_path / "none.jsonl"), "none.jsonl cannot be read"),
        ):
            code, out, err = run(capsys, *arguments, "--index", policy_store)
            assert (code, out) == (2, "")
            assert err.startswith(f"{arguments[0]}: ")
            assert err.count("\n") == 1
            assert words in err

    @pytest.mark.parametrize("number", ["0", "-1", "many"])
    def test_a_top_k_that_is_no_number_of_clauses(self, capsys, policy_store, number):
        code, _, err = run(capsys, "search", "海绵", "--top-k", number, "--index", policy_store)
        assert code == 2
        assert "is no number from 1 on" in err

    def test_no_index_and_no_documents(self, capsys, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        code, _, err = run(capsys, "ask", QUESTION)
        assert code == 2
        assert err == (
            "ask: Name the folder that holds the documents: there is none at documents. "
            "No index at store. Run: python -m index build documents/ --out store\n"
        )
        assert list(tmp_path.iterdir()) == []

    def test_a_damaged_index(self, capsys, policy_store, tmp_path):
        store = Path(shutil.copytree(policy_store, tmp_path / "store"))
        next(store.glob("generations/*/parts/*/documents.sqlite")).write_bytes(b"")
        code, _, err = run(capsys, "ask", QUESTION, "--index", store)
        assert code == 2
        assert "Run: python -m index build" in err


class TestProcess:
    def test_without_an_index_one_is_built_from_the_documents(self, tmp_path):
        (tmp_path / "documents").mkdir()
        shutil.copy(ROOT / "documents" / HANGJIN, tmp_path / "documents")
        (tmp_path / "documents" / "空.txt").touch()
        done = process("ask", "杭锦旗怎样打造蓝绿生态空间?", folder=tmp_path)
        said = done.stderr.decode()
        assert done.returncode == 0, said
        assert "skipped 空.txt: " in said
        assert "built one of 1 documents" in said
        assert "生态" in done.stdout.decode()
        assert (tmp_path / "store" / "CURRENT").is_file()

    def test_an_answer_loads_nothing_heavy(self, policy_store):
        code = (
            "import sys; from qa.__main__ import main;"
            f"main(['ask', {QUESTION!r}, '--index', {str(policy_store)!r}]);"
            f"print([name for name in {HEAVY!r} if name in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
        assert done.stdout.decode().splitlines()[-1] == "[]"

    def test_a_temporary_folder_that_cannot_be_written_does_no_harm(self, policy_store):
        code = (
            "import tempfile; tempfile.tempdir = '/nowhere';"
            f"from qa.__main__ import main; main(['ask', {QUESTION!r}, '--index', {str(policy_store)!r}])"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
        assert "县住建局" in done.stdout.decode()
        assert done.stderr == b""

    def test_a_terminal_without_chinese_still_gets_json(self, policy_store):
        environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
        command = [sys.executable, "-m", "qa", "ask", QUESTION, "--json", "--index", str(policy_store)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
        assert json.loads(done.stdout.decode("ascii"))["question"] == QUESTION

    def test_a_reader_that_has_seen_enough_is_no_error(self, policy_store):
        command = f"{sys.executable} -m qa search 城市 --top-k 400 --json --index {policy_store} | head -1"
        done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=True)
        assert done.stdout == b"[\n"
        assert done.stderr == b""


def test_the_public_names_stay_functions():
    """However often, and whichever module was loaded first."""
    code = "import qa.api.ask; from qa import ask, search; assert callable(search) and callable(ask)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
