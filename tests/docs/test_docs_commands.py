"""Every command of the documentation is run, or stands on a short list with the reason why not.

All of them, run or not, name what exists: files of the project, and options that their parsers know.
Pages whose printed output is kept up by tools/refresh_docs.py are compared whole; in others … stands for
whatever is printed there.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import os
import re
import selectors
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from index.build.build import build
from index.encoders.vector_cache import CACHE
from tests.docs.documented import (
    ELSEWHERE,
    KINDS,
    NOT_RUN,
    PAGES,
    Block,
    blocks,
    checked,
    commands,
    inline,
    of_page,
    simple,
)

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import refresh_docs  # noqa: E402
import screenshots  # noqa: E402

LASTING = re.compile(r"python -m index watch|python (?:-P )?(?:-m app|app\.py)(?!.*--(?:add|remove)-user)")
"""Commands that go on until they are stopped; they are until their page ends."""
PORT = "7860"
PASSWORD = "a long password"
SECONDS = 120


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_every_block_says_what_it_is():
    assert {block.kind for block in blocks()} <= KINDS
    for block in blocks():
        if block.kind == "json":
            assert json.loads(block.text)


def test_the_list_is_short_and_needed():
    begun = [command.text for command in commands()] + inline()
    assert [start for start in NOT_RUN if not any(re.match(start, text) for text in begun)] == []


@pytest.mark.parametrize("text", sorted({*(command.text for command in commands()), *inline()}))
def test_what_a_command_names_exists(text: str):
    for words in simple(text):
        rest = [word for word in words if not re.fullmatch(r"[A-Z_]+=.*", word)]
        if rest:
            checked(rest)


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory: pytest.TempPathFactory, policy_store: Path):
    """Makes the folder that a page's commands are run in, with what its readers would have there."""

    def made(name: str, *, store: bool) -> Path:
        folder = tmp_path_factory.mktemp(re.sub(r"\W", "-", name))
        refresh_docs.furnish(folder)
        if store:
            (folder / "store").mkdir()
            shutil.copy(policy_store / CACHE, folder / "store")
            build(folder / "documents", folder / "store")
        return folder

    return made


@pytest.mark.parametrize("page", refresh_docs.PAGES)
def test_what_is_printed_is_what_is_printed_now(page: str, folder_of):
    folder = folder_of(page, store=refresh_docs.PAGES[page])
    before = (ROOT / page).read_text("utf-8")
    with contextlib.chdir(folder):
        after = refresh_docs.refreshed(before)
    told, now = (refresh_docs.lasting(words).splitlines() for words in (before, after))
    changes = list(difflib.unified_diff(told, now, "on the page", "now", n=0, lineterm=""))
    assert not changes, "\n".join(changes)


def runnable() -> list[Path]:
    """The pages, beside those above, with a command that is run."""
    others = [page for page in PAGES if name_of(page) not in refresh_docs.PAGES]
    return [page for page in others if any(command.reason is None for command in of_page(page))]


@pytest.mark.parametrize("page", runnable(), ids=name_of)
def test_its_commands_run(page: Path, folder_of):
    folder = folder_of(name_of(page), store=True)
    readers_files(folder)
    wanted = [command for command in of_page(page) if command.reason is None]
    if any("curl " in command.text for command in wanted) and not shutil.which("curl"):
        pytest.skip("curl is not installed here")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    with contextlib.ExitStack() as going_on:
        for command in wanted:
            text, printed = (
                (words or "").replace(f":{PORT}", f":{port}").replace(".venv/bin/", "")
                for words in (command.text, command.printed)
            )
            if LASTING.match(text):
                is_app = "app" in text.split()[1:3] or "app.py" in text
                first = going_on.enter_context(started(f"{text} --port {port}" if is_app else text, folder))
                assert_printed(printed, first)
            else:
                assert_printed(printed, ran(text, folder))


def readers_files(folder: Path) -> None:
    """Files that a reader of the pages would have: documents of their own, questions."""
    office = docx.Document()
    office.add_paragraph("关于加强养老服务的通知")
    office.add_paragraph("一、由县民政局牵头,到2027年建成3处养老服务中心。")
    office.save(str(folder / "新办法.docx"))
    (folder / "新文件.md").write_text("关于加强养老服务的通知\n\n一、由县民政局牵头。\n", "utf-8")
    for name in ("questions.jsonl", "问题.jsonl"):
        (folder / name).write_text('{"id": "1", "question": "宁武县海绵城市建设由谁负责?"}\n', "utf-8")
    pair = {"id": "1", "question": "由谁负责?", "heading": "", "text": "由县民政局牵头。"}
    (folder / "pairs.jsonl").write_text(json.dumps(pair, ensure_ascii=False), "utf-8")


def shell(text: str) -> list[str]:
    """With errors of the left side of a pipe, and where a command is stopped, it and not the shell."""
    return ["bash", "-o", "pipefail", "-c", text]


def environment() -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1", "PATH": path}
    return {**os.environ, **own}


def ran(text: str, folder: Path) -> str:
    """What a command prints; fails where it fails."""
    done = subprocess.run(
        shell(text),
        cwd=folder,
        env=environment(),
        input=f"{PASSWORD}\n" if "--add-user" in text else "",
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextlib.contextmanager
def started(text: str, folder: Path) -> Iterator[str]:
    """The first line that a command prints which goes on; it is ended with the block."""
    with subprocess.Popen(
        shell(f"exec {text}"),
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        try:
            with selectors.DefaultSelector() as waiting:
                waiting.register(process.stdout, selectors.EVENT_READ)
                assert waiting.select(SECONDS), f"{text} prints nothing"
            yield process.stdout.readline().decode()
        finally:
            process.terminate()
            process.communicate(timeout=SECONDS)
    assert process.returncode in (0, -signal.SIGTERM), text


PROMPTS = ("Password:", "Once more:")
"""Printed on a terminal only."""


def assert_printed(printed: str, said: str) -> None:
    """That a page's output is what was said, as far as it tells: … stands for anything."""
    told = "\n".join(line for line in printed.strip().splitlines() if line not in PROMPTS)
    pattern = "(?s:.*)".join(re.escape(part) for part in told.split("…"))
    assert re.fullmatch(pattern, said.strip()) or not told, f"printed:\n{told}\nsaid:\n{said}"


@pytest.mark.parametrize(
    "block",
    [block for block in blocks() if block.kind == "python" and ELSEWHERE not in block.text],
    ids=lambda block: name_of(block.page),
)
def test_python_runs_and_prints_what_its_remarks_say(block: Block, folder_of):
    folder = folder_of("python", store=True)
    command = f"python - <<'END'\n{block.text}\nEND"
    said = ran(command, folder).splitlines()
    remarks = re.findall(r"^print\(.*\)  # (.+)$", block.text, re.M)
    for remark in remarks:
        pattern = ".*".join(re.escape(part) for part in remark.split("…"))
        assert any(re.fullmatch(pattern, line) for line in said), (remark, said)


def test_every_link_leads_somewhere():
    """To files of the project and to headings of its pages; addresses elsewhere are not asked for."""
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", page.read_text("utf-8")):
            file, _, heading = target.partition("#")
            place = (page.parent / file) if file else page
            assert place.exists(), f"{name_of(page)}: {target}"
            if heading:
                assert heading in headings(place), f"{name_of(page)}: {target}"


def test_every_file_and_test_that_is_named_exists():
    """`index/clauses/cut.py`, `qa/answer/*.py`, `tests/x/test_y.py::test_time` in running text."""
    folders = "index|qa|pages|web|tests|tools|benchmarks|deploy|docs"
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S)
        for named in re.findall(rf"`((?:{folders})/[^\s`…]+)`", text):
            path, _, test = named.partition("::")
            found = list(ROOT.glob(path))
            assert found, f"{name_of(page)}: {named}"
            if test:
                assert f"def {test}(" in found[0].read_text("utf-8"), f"{name_of(page)}: {named}"


def test_pictures_are_shown_and_can_be_taken_again():
    pictures = {picture.stem for picture in (ROOT / "docs" / "images").glob("*.png")}
    assert pictures == set(screenshots.PICTURES)
    shown = "".join(page.read_text("utf-8") for page in PAGES)
    assert [name for name in pictures if f"images/{name}.png)" not in shown] == []


def headings(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
