"""Four answering processes over one index, and one writer: the same answers, before and after a change."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from index.build.build import add
from index.search.index import open_index
from qa.api.ask import ask
from tests.support.visiting import log_in

ROOT = Path(__file__).parents[2]
WORKERS = 4
QUESTIONS = (
    "运城市2025年农村规模化供水要覆盖多少农村人口？",
    "哪个部门牵头海绵城市建设?",
)
NEW = "平安县护理补贴办法\n\n第一条　护理补贴由县民政局会同县财政局按月发放，每季度公开一次。\n"


@pytest.fixture
def workers(store: Path, users: Path) -> Iterator[list[httpx.Client]]:
    """A visitor of each, who has logged in at the first alone."""
    command = [sys.executable, str(ROOT / "tests/support/answering.py"), str(store), str(users)]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)})
        for _ in range(WORKERS)
    ]
    try:
        addresses = [process.stdout.readline().strip() for process in processes if process.stdout]
        with httpx.Client(base_url=addresses[0], timeout=120) as first:
            log_in(first)
            cookies = {one.name: one.value or "" for one in first.cookies.jar}
            others = [httpx.Client(base_url=url, timeout=120, cookies=cookies) for url in addresses[1:]]
            yield [first, *others]
            for other in others:
                other.close()
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def answers(workers: list[httpx.Client], question: str) -> set[str]:
    """What they say, all asked at the same time."""
    with ThreadPoolExecutor(len(workers)) as pool:
        said = list(pool.map(lambda one: one.post("/api/v1/ask", json={"question": question}), workers))
    assert {one.status_code for one in said} == {200}
    return {one.json()["answer"] for one in said}


def test_they_answer_alike_and_follow_the_writer(
    workers: list[httpx.Client], store: Path, tmp_path: Path
) -> None:
    with open_index(store) as index:
        for question in QUESTIONS:
            assert answers(workers, question) == {ask(question, index=index).text}
    (tmp_path / "平安县护理补贴办法.txt").write_text(NEW, encoding="utf-8")
    asked = "平安县护理补贴由谁发放?"
    before = answers(workers, asked)
    add([tmp_path / "平安县护理补贴办法.txt"], store)
    after = answers(workers, asked)
    assert len(after) == 1 and after != before
    assert "县民政局" in after.pop()
