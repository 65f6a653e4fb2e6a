"""Files parsed in a process of their own: what a hostile one does there, and that the next is parsed well."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from index.build.build import add
from index.errors import ReaderError, SourceError
from index.parsing.limits import MEGABYTE, Limits
from index.parsing.parse import parse_file
from index.parsing.parsers import Parsers
from index.reading.folder import Found
from index.records import Parsed

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "documents"
CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
NOTICE = "关于加强养老服务的通知\n一、由县民政局牵头，到2027年建成3处养老服务中心。\n".encode()
HOSTILE = "from tests.support.hostile import main; main(sys.argv[1:])"
"""Run in the process in place of the project's own: `hostile` does by a file's name what its name says."""
posix = pytest.mark.skipif(os.name != "posix", reason="processes and signals as Unix has them")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds this")


SOON = 2.0
"""Seconds that a file has which never ends; all others have those of a busy machine."""


@pytest.fixture(scope="module")
def hostile():
    """Little memory and room."""
    with Parsers(Limits(memory=400 * MEGABYTE, reply=4 * MEGABYTE), HOSTILE) as parsers:
        yield parsers


def is_well(parsers: Parsers) -> bool:
    parsed = parsers.parse(NOTICE, "养老.txt")
    return [clause.label for clause in parsed.clauses] == [None, "一、"]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def ends_soon(process: int, seconds: float = 60.0) -> bool:
    return eventually(lambda: not is_alive(process), seconds)


def eventually(happens, seconds: float = 60.0) -> bool:
    until = time.monotonic() + seconds
    while not happens() and time.monotonic() < until:
        time.sleep(0.05)
    return happens()


class TestParsing:
    def test_a_file_and_its_bytes_come_out_as_without_a_process(self):
        path = DOCUMENTS / CHENGWU
        with Parsers() as parsers:
            with pytest.raises(SourceError, match=r"^没有\.txt: no such file"):
                parsers.parse(DOCUMENTS / "没有.txt", "没有.txt")
            assert parsers.parse(path, CHENGWU) == parse_file(path, DOCUMENTS)
            assert parsers.parse(path.read_bytes(), CHENGWU) == parse_file(path, DOCUMENTS)

    @pytest.mark.parametrize(
        ("content", "words"), [(b"", r"the file is empty"), (b"\0\1\2", r"holds a control character")]
    )
    def test_a_file_that_cannot_be_read_says_why(self, hostile, tmp_path, content, words):
        path = tmp_path / "坏.txt"
        path.write_bytes(content)
        with pytest.raises(SourceError, match=f"^坏.txt: {words}"):
            hostile.parse(path, "坏.txt")
        with pytest.raises(SourceError, match=f"^坏.txt: {words}"):
            hostile.parse(content, "坏.txt")

    def test_what_is_too_large_is_not_read(self, tmp_path):
        (tmp_path / "大.txt").write_bytes(b"x" * 3 * MEGABYTE)
        with Parsers(Limits(file=MEGABYTE // 2)) as parsers:
            for source in (tmp_path / "大.txt", b"x" * 3 * MEGABYTE):
                with pytest.raises(SourceError, match=r"^大\.txt: has 3 MB; 0\.5 MB is the most"):
                    parsers.parse(source, "大.txt")

    @posix
    def test_a_pipe_is_not_waited_for(self, store, documents, encoder):
        os.mkfifo(documents / "管道.txt")
        (documents / "新.txt").write_bytes(NOTICE)
        report = add([documents], store, encoder=encoder)
        assert "新.txt" in report.added
        assert [one.file for one in report.skipped] == ["管道.txt"]
        assert report.skipped[0].reason.startswith("is no ordinary file")


FAULTS = {
    "crash": r"crashed its reader \(signal 11, SIGSEGV\)\. Save it anew",
    "loop": r"took longer than the 2 s it has to be read\. Split it\.",
    "eats": r"needs more than 400 MB of memory to be read\.",
    "exits": r"crashed its reader \(exit code 3\)",
    "bug": r"its reader failed \(IndexError: list index out of  \[31mrange\)",
    "babbles": r"answer what cannot be used \(no Reply",
    "boasts": r"answer what cannot be used \(a frame of 18446744073709551615 bytes",
    "tells early": r"answer what cannot be used \(an answer to request 99",
    "another document": r"answer what cannot be used \(it answers for another document\)",
    "misquotes": r"answer what cannot be used \(clause 0 quotes what does not stand there\)",
}
"""Deeds of `hostile`, and what is said of each."""


@posix
class TestFaults:
    @pytest.mark.parametrize("deed", FAULTS)
    def test_it_is_told_and_the_next_file_is_parsed(self, hostile, tmp_path, deed):
        path = tmp_path / f"{deed}.txt"
        path.write_bytes(NOTICE)
        most = SOON if deed == "loop" else None
        with pytest.raises(SourceError, match=f"^{deed}.txt: .*{FAULTS[deed]}"):
            hostile.parse(path, path.name, most_seconds=most)
        assert is_well(hostile)

    def test_among_others_each_fault_is_laid_at_its_own_file(self, tmp_path):
        names = ["一.txt", "crash.txt", "二.txt", "loop.txt", "没有.txt", "bug.txt", "babbles.txt", "三.txt"]
        for name in names:
            if name != "没有.txt":
                (tmp_path / name).write_bytes(NOTICE)
        with Parsers(Limits(seconds=3 * SOON, seconds_a_megabyte=0.0), HOSTILE) as parsers:
            came = list(parsers.parse_all([Found(tmp_path / name, tmp_path) for name in names]))
        good = [name for name, one in zip(names, came, strict=True) if isinstance(one, Parsed)]
        assert good == ["一.txt", "二.txt", "三.txt"]
        for name, one in zip(names, came, strict=True):
            assert (
                str(one).startswith(f"{name}: ")
                if isinstance(one, SourceError)
                else one.document.file == name
            )

    def test_what_it_started_ends_with_it(self, hostile, tmp_path):
        path = tmp_path / "starts a program.txt"
        path.write_bytes(NOTICE)
        with pytest.raises(SourceError, match="took longer"):
            hostile.parse(path, path.name, most_seconds=SOON)
        started = Path(f"{path}.pid").read_text().split()
        assert len(started) == 2
        assert all(ends_soon(int(process)) for process in started)

    def test_one_that_was_killed_while_idle_is_replaced(self, hostile):
        assert is_well(hostile)
        for child in subprocess.run(
            ["pgrep", "-P", str(os.getpid()), "-f", "from tests.support.hostile"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split():
            os.kill(int(child), signal.SIGKILL)
        assert is_well(hostile)

    def test_two_threads_at_once(self, hostile, tmp_path):
        loop = tmp_path / "loop.txt"
        loop.write_bytes(NOTICE)

        def tried(number: int) -> bool:
            if number % 4:
                return is_well(hostile)
            with pytest.raises(SourceError, match="took longer"):
                hostile.parse(loop, "loop.txt", most_seconds=SOON)
            return True

        with ThreadPoolExecutor(4) as threads:
            assert all(threads.map(tried, range(8)))

    def test_a_program_that_cannot_be_started_is_no_files_fault(self):
        missing = pytest.raises(ReaderError, match="No module named 'nothing_of_this_name'")
        with Parsers(program="import nothing_of_this_name") as parsers, missing:
            parsers.parse(NOTICE, "养老.txt")

    def test_an_iterator_that_is_closed_early_leaves_nothing_running(self, hostile, tmp_path):
        for name in ("一.txt", "loop.txt"):
            (tmp_path / name).write_bytes(NOTICE)
        parsing = hostile.parse_all([Found(tmp_path / name, tmp_path) for name in ("一.txt", "loop.txt")])
        assert isinstance(next(parsing), Parsed)
        told = tmp_path / "loop.txt.pid"
        assert eventually(lambda: told.exists() and told.read_text())
        parsing.close()
        assert ends_soon(int(told.read_text()))
        assert is_well(hostile)


class TestLimitsOfTheRealReader:
    def test_time(self):
        text = (DOCUMENTS / CHENGWU).read_bytes() * 60
        with Parsers() as parsers:
            with pytest.raises(SourceError, match=r"^长\.txt: took longer than the 0\.2 s"):
                parsers.parse(text, "长.txt", most_seconds=0.2)
            assert is_well(parsers)

    @linux
    def test_memory(self):
        text = NOTICE * (30 * MEGABYTE // len(NOTICE))
        with Parsers(Limits(memory=150 * MEGABYTE)) as parsers:
            with pytest.raises(SourceError, match=r"^大\.txt: needs more than 150 MB of memory"):
                parsers.parse(text, "大.txt")
            assert is_well(parsers)

    def test_what_comes_back(self):
        text = (DOCUMENTS / CHENGWU).read_bytes()
        with Parsers(Limits(reply=MEGABYTE // 64)) as parsers:
            with pytest.raises(SourceError, match=r"^成武\.txt: comes to more than 0\.015625 MB of text"):
                parsers.parse(text, "成武.txt")
            assert is_well(parsers)


@posix
class TestTheProcess:
    def test_it_sees_little_of_the_environment_and_keeps_nothing(self, hostile, tmp_path, monkeypatch):
        monkeypatch.setenv("SOME_TOKEN", "secret")
        hostile.close()
        path = tmp_path / "tells all.txt"
        path.write_bytes(NOTICE)
        (tmp_path / "litters.txt").write_bytes(NOTICE)
        hostile.parse(tmp_path / "litters.txt", "litters.txt")
        with pytest.raises(SourceError) as told:
            hostile.parse(path, path.name)
        assert "PATH" in str(told.value)
        assert "SOME_TOKEN" not in str(told.value)
        assert "tiaowen-parse-" in str(told.value)
        assert str(told.value).endswith(", []")

    @linux
    def test_it_reaches_no_network(self, hostile):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = str(server.getsockname()[1]).encode()
            with pytest.raises(SourceError) as told:
                hostile.parse(port, "asks outside.txt")
        if "connected" in str(told.value):
            pytest.skip("this kernel lets no ordinary user leave the network")
        assert "no way out" in str(told.value)

    def test_its_folder_is_gone_with_it(self, hostile, tmp_path):
        path = tmp_path / "tells all.txt"
        path.write_bytes(NOTICE)
        with pytest.raises(SourceError) as told:
            hostile.parse(path, path.name)
        folder = Path(str(told.value).rpartition(" in ")[2].partition(",")[0])
        assert folder.is_dir()
        hostile.close()
        assert not folder.exists()

    @linux
    @pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
    def test_it_ends_with_the_program_that_started_it(self, tmp_path, by):
        path = tmp_path / "starts a program.txt"
        path.write_bytes(NOTICE)
        code = (
            f"import signal, sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT)!r}]\n"
            # Tests that run in a shell's background inherit that Ctrl-C is ignored.
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "from pathlib import Path\nfrom index.parsing.parsers import Parsers\n"
            f"parsers = Parsers(program={HOSTILE!r})\n"
            f"parsers.parse(Path({str(path)!r}), {path.name!r})"
        )
        parent = subprocess.Popen(
            [sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        told = Path(f"{path}.pid")
        assert eventually(lambda: told.exists() and len(told.read_text().split()) == 2)
        child, program = map(int, told.read_text().split())
        os.killpg(parent.pid, by)
        said = parent.communicate(timeout=60)[1]
        assert ends_soon(child)
        with suppress(ProcessLookupError):  # left behind by a killed parent, but for its processor time
            os.kill(program, signal.SIGKILL)
        assert said.count("Traceback") == (by == signal.SIGINT)  # its own, not the process's
