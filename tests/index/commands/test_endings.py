"""However a command ends, its user gets a line and a code: no traceback, nothing that drives a terminal."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import app
import index.__main__
import qa.__main__
from index.commands.endings import FAILED, INTERRUPTED, MISTAKE, run
from index.commands.options import command_parser
from index.commands.streams import escaped, printable
from index.commands.telling import as_json
from index.errors import SourceError

ROOT = Path(__file__).parents[3]
FULL = Path("/dev/full")
NASTY = "\x1b]0;owned\x07\x9b2J\u202e.txt"


def parser(raised: BaseException | None = None, printed: str = "") -> argparse.ArgumentParser:
    def work(options: argparse.Namespace) -> int:
        print(printed)
        if raised:
            raise raised
        return 0

    made = command_parser(prog="test")
    made.set_defaults(run=work, command="work")
    return made


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (SourceError("a.txt: is empty. Remove it."), MISTAKE, "work: a.txt: is empty. Remove it."),
        (OSError(30, "Read-only file system", "store/lock"), MISTAKE, "Read-only file system: store/lock."),
        (MemoryError(), MISTAKE, "The memory is at its end."),
        (KeyboardInterrupt(), INTERRUPTED, "work: stopped.\n"),
        (RecursionError("maximum recursion depth"), FAILED, "RecursionError: maximum recursion depth"),
        (ValueError("odd"), FAILED, "failed by an error of the program (ValueError: odd). --debug shows"),
    ],
)
def test_every_exception_is_a_line_and_a_code(raised, code, said, capsys):
    assert run(parser(raised), []) == code
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


def test_stopped_says_of_an_index_only_what_is_so(tmp_path, capsys):
    def stopped(changes: bool) -> str:
        def work(options: argparse.Namespace) -> int:
            if changes:
                (options.index / "CURRENT").write_text("000002\n")
            raise KeyboardInterrupt

        made = command_parser(prog="test")
        made.set_defaults(run=work, command="build", index=tmp_path, writes_index=True)
        assert run(made, []) == INTERRUPTED
        return capsys.readouterr().err

    assert stopped(changes=False) == "build: stopped. The index is as it was.\n"
    assert stopped(changes=True) == "build: stopped.\n"


def test_debug_shows_where_it_came_from(capsys):
    assert run(parser(ValueError("odd")), ["--debug"]) == FAILED
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("main", [index.__main__, qa.__main__, app])
def test_every_command_takes_debug(main):
    made = main._parser()
    below = [action.choices.values() for action in made._actions if isinstance(action.choices, dict)]
    for one in (made, *(command for commands in below for command in commands)):
        assert "--debug" in one.format_help()


def test_nothing_drives_the_terminal(capsys):
    run(parser(SourceError(f"{NASTY}: is empty."), f"of {NASTY}"), [])
    with pytest.raises(SystemExit):
        run(parser(), [f"--{NASTY}"])  # argparse tells what it does not know
    told = capsys.readouterr()
    for line in (told.out + told.err).splitlines():
        assert line.isprintable(), line


def test_json_says_the_same_in_escapes():
    said = as_json({NASTY: "海绵城市\U000e0001"}, io.TextIOWrapper(io.BytesIO(), "utf-8"))
    assert json.loads(said) == {NASTY: "海绵城市\U000e0001"}
    assert said.isprintable() and "海绵城市" in said
    assert escaped("\x9b") == "\\u009b" and printable(NASTY) == "]0;owned2J.txt"


def started(*command: str, shell: str = "", **given) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, *command]
    if shell:
        words = ["sh", "-c", f'exec "$@" {shell}', "sh", *words]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, **given)


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("command", [("-m", "index", "--help"), ("-m", "qa", "ask", "--help")])
def test_output_that_cannot_be_written(command):
    done = started(*command, shell=">/dev/full")
    assert done.returncode == MISTAKE
    assert "No space left on device" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed(closed, tmp_path):
    reads = "import sys; from index.commands.endings import run; "
    reads += "from index.commands.options import command_parser; p = command_parser(); "
    reads += "p.set_defaults(command='x', run=lambda _: print(sys.stdin.read()) or 7); sys.exit(run(p, []))"
    done = started("-c", reads, shell=closed, stdin=subprocess.DEVNULL)
    assert done.returncode == 7 and not done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a signal of Unix")
def test_ctrl_c_while_it_is_imported(tmp_path):
    """Before that it is Python itself that starts."""
    words = ["-X", "importtime", "-m", "qa", "ask", "海绵城市?", "--index", str(tmp_path / "none")]
    with subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        lines = iter(process.stderr.readline, "")
        next(line for line in lines if line.split("|")[-1].strip() == "index.commands.streams")
        threading.Thread(target=press_until_it_ends, args=(process,), daemon=True).start()
        _, said = process.communicate(timeout=60)
    assert process.returncode in (-signal.SIGINT, INTERRUPTED)
    assert "Traceback" not in said


def press_until_it_ends(process: subprocess.Popen[str]) -> None:
    """Ctrl-C, and after two seconds again: an import that ends just then can swallow the first one, since
    Python drops an exception raised where the lock of a module is cleaned up."""
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2)
