"""What is left of an index when everything goes wrong.

    python benchmarks/faults.py [--kills 200] [--flips 3] [--seed 1]

On copies of an index of the five documents, while questions are asked all the time:

- kills: build, add, remove and update are killed (SIGKILL) at random moments; whatever was acknowledged must
  be there, and the index must be whole, at the old state or the new.
- flips: a byte is changed in every file of the index; it must open whole at the current generation or the one
  before and answer, and a build must mend it.
- full disk: every change on a file system that runs full at random places (root only: a small tmpfs).
- read-only folder: questions are answered, changes refused (root only).
- two writers: both add at the same moment; one waits or is told so, and nothing is lost.

Prints a JSON object of counts; the exit code is 1 where anything was lost or wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.build.build import build  # noqa: E402
from index.check.verify import verify  # noqa: E402
from index.encoders.encoder import Encoder  # noqa: E402
from index.encoders.load import load_encoder  # noqa: E402
from index.engines.vectors import VectorFile  # noqa: E402
from index.errors import TiaowenError  # noqa: E402
from index.search.index import open_index  # noqa: E402
from index.search.live import LiveIndex  # noqa: E402
from index.storage.generation import current_number, folder_of, read_manifest  # noqa: E402
from qa.api.ask import ask  # noqa: E402

QUESTIONS = ("哪个部门牵头海绵城市建设？", "宁武县老旧小区改造由谁负责？", "运城市到2025年有哪些目标？")
NOTICE = "平安县养老服务通知{n}\n\n一、要求\n到{year}年，建成{n}处养老中心，由县民政局牵头，县财政局配合。\n"


def prepare(folder: Path, encoder: Encoder, documents: Path = ROOT / "documents") -> Path:
    """A documents folder and the index of it, two generations deep; returns the index."""
    shutil.copytree(documents, folder / "documents")
    build(folder / "documents", folder / "store", encoder=encoder)
    build(folder / "documents", folder / "store", encoder=encoder)
    return folder / "store"


class Readers:
    """Questions asked all the time, of an index that is being maltreated; ``failures`` must stay empty."""

    def __init__(self, out: Path, encoder: Encoder, threads: int = 1) -> None:
        self.failures: list[str] = []
        self.asked = 0
        self._done = threading.Event()
        self._live = LiveIndex(out, encoder)
        self._threads = [threading.Thread(target=self._ask) for _ in range(threads)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        while not self._done.is_set():
            question = QUESTIONS[self.asked % len(QUESTIONS)]
            try:
                index = self._live.current()
                answer = ask(question, index=index)
                for citation in answer.citations:
                    if index.document(citation.file).text[citation.start : citation.end] != citation.quote:
                        self.failures.append(f"{question}: a quote that does not stand in {citation.file}")
            except Exception as error:  # noqa: BLE001 - any failure at all is what is looked for
                self.failures.append(f"{question}: {error!r}")
            self.asked += 1
            time.sleep(0.02)


def held(out: Path) -> dict[str, str]:
    """The documents of the current generation with their checksums, once it was verified whole."""
    problems = verify(out).all_problems
    if problems:
        raise AssertionError(f"not whole: {problems[:3]}")
    return read_manifest(out, current_number(out)).sources


def command(*arguments: str | Path) -> list[str]:
    """The command line of the index."""
    return [sys.executable, "-m", "index", *map(str, arguments)]


def kills(folder: Path, encoder: Encoder, times: int, chance: random.Random) -> Counter[str]:
    """Kill changes at random moments; raises AssertionError where anything is lost or wrong."""
    out, documents, counts = prepare(folder, encoder), folder / "documents", Counter[str]()
    durations: dict[str, float] = {}
    with Readers(out, encoder) as readers:
        for number in range(times):
            doing = ("add", "remove", "update", "build")[number % 4]
            before = held(out)
            arguments, after = _change(doing, number, folder, documents, before)
            began = time.perf_counter()
            process = subprocess.Popen(
                command(doing, *arguments, "--out", out),
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            limit = durations.get(doing)
            try:
                _, said = process.communicate(timeout=chance.uniform(0, 1.1 * limit) if limit else None)
            except subprocess.TimeoutExpired:
                process.kill()
                _, said = process.communicate()
            if process.returncode == 0:
                durations[doing] = min(time.perf_counter() - began, durations.get(doing, 1e9))
            now = held(out)
            state = "new" if now.keys() == after and now != before else "old" if now == before else "wrong"
            if now.keys() == after == before.keys():
                state = "same"
            if state == "wrong" or (process.returncode == 0 and now.keys() != after):
                raise AssertionError(f"{doing} left {sorted(now)}: {said.decode()[-500:]}")
            if process.returncode not in (0, -9):
                raise AssertionError(f"{doing} failed: {said.decode()[-500:]}")
            counts[f"{doing} {'finished' if process.returncode == 0 else f'killed, {state} state'}"] += 1
    counts["questions"] = readers.asked
    if readers.failures:
        raise AssertionError(f"questions failed: {readers.failures[:3]}")
    return counts


def _change(
    doing: str, number: int, folder: Path, documents: Path, before: dict[str, str]
) -> tuple[list[Path | str], set[str]]:
    """The arguments of a change and the documents that it leads to."""
    extra = sorted(name for name in before if name.startswith("通知"))
    own = {path.name for path in documents.glob("*.txt")}
    if doing == "add":
        new = folder / f"通知{number}.txt"
        new.write_text(NOTICE.format(n=number, year=2025 + number % 9), encoding="utf-8")
        return [new], {*before, new.name}
    if doing == "remove" and extra:
        return [extra[0]], set(before) - {extra[0]}
    if doing == "remove":
        return [min(before)], set(before) - {min(before)}
    if doing == "update":
        new = documents / f"更新{number % 3}.txt"
        new.write_text(NOTICE.format(n=number + 1, year=2026), encoding="utf-8")
        return [documents], {*own, new.name, *extra}
    return [documents], own


def flips(
    folder: Path, encoder: Encoder, times: int, chance: random.Random, mended: Sequence[str] = ("",)
) -> Counter[str]:
    """Change a byte in every file of an index in turn, and mend those whose names end so by a build.

    Raises AssertionError for a wrong answer, and where a build does not lead to the same vectors.
    """
    out, counts = prepare(folder, encoder), Counter[str]()
    expected = {question: ask(question, index=open_index(out, encoder)).text for question in QUESTIONS}
    number, rows = current_number(out), _rows(out)
    shutil.copytree(out, folder / "kept")
    files = [f for f in sorted(out.rglob("*")) if f.is_file() and f.stat().st_size]
    current = [f for f in files if folder_of(out, number - 1) not in f.parents]
    for file in current:
        data = file.read_bytes()
        for _ in range(times):
            at = chance.randrange(len(data))
            file.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
            with open_index(out, encoder) as index:
                for question, text in expected.items():
                    if ask(question, index=index).text != text:
                        raise AssertionError(f"{file} at {at}: another answer to {question}")
                kind = "seen, the one before answers" if index.warning else "harmless"
            counts[f"{_class_of(file, out)}: {kind}"] += 1
            file.write_bytes(data)
        if not file.name.endswith(tuple(mended)):
            continue
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        build(folder / "documents", out, encoder=encoder)
        held(out)
        if not np.array_equal(_rows(out), rows):
            raise AssertionError(f"{file}: other vectors after a build")
        counts["mended by a build"] += 1
        shutil.rmtree(out)
        shutil.copytree(folder / "kept", out)
    return counts


def _rows(out: Path) -> npt.NDArray[np.float32]:
    """All vectors of the current generation, float32 (n, dim)."""
    (path,) = folder_of(out, current_number(out)).rglob("vectors.faiss")
    file = VectorFile(path)
    return file.decoded(np.arange(len(file)))


def _class_of(file: Path, out: Path) -> str:
    """The kind of a file: documents.sqlite, postings .idx, CURRENT, …"""
    parts = file.relative_to(out).parts
    return f"{parts[2]} *{file.suffix}" if len(parts) > 3 and "postings" in parts[2] else parts[-1]


def two_writers(folder: Path, encoder: Encoder, times: int) -> Counter[str]:
    """Two processes add at the same moment until both have been; raises AssertionError where one is lost."""
    out, counts = prepare(folder, encoder), Counter[str]()
    with Readers(out, encoder) as readers:
        for number in range(times):
            waiting = []
            for name in ("甲", "乙"):
                file = folder / f"通知{number}{name}.txt"
                file.write_text(NOTICE.format(n=number, year=2027), encoding="utf-8")
                waiting.append(file)
            expected = {*held(out), *(file.name for file in waiting)}
            while waiting:
                running = [
                    (f, subprocess.Popen(command("add", f, "--out", out), cwd=ROOT, stderr=subprocess.PIPE,
                                         stdout=subprocess.DEVNULL))
                    for f in waiting
                ]  # fmt: skip
                for file, process in running:
                    _, said = process.communicate()
                    if process.returncode == 0:
                        waiting.remove(file)
                    elif b"is being written by" not in said:
                        raise AssertionError(said.decode())
                    counts["done" if process.returncode == 0 else "told of the other"] += 1
            if held(out).keys() != expected:
                raise AssertionError(f"lost: {expected - held(out).keys()}")
    if readers.failures:
        raise AssertionError(f"questions failed: {readers.failures[:3]}")
    return counts


@contextmanager
def small_disk(folder: Path, megabytes: float) -> Iterator[Path]:
    """A file system of so many megabytes; needs root."""
    place = folder / "disk"
    place.mkdir(exist_ok=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={int(megabytes * 1024)}k", "tmpfs", place], check=True
    )
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)  # readers may hold its files a little longer


def full_disk(folder: Path, encoder: Encoder, times: int, chance: random.Random) -> Counter[str]:
    """Changes on a disk that runs full somewhere; raises AssertionError where the old state is lost."""
    counts = Counter[str]()
    made = prepare(folder, encoder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20
    new = folder / "通知.txt"
    new.write_text(NOTICE.format(n=1, year=2027), encoding="utf-8")
    for number in range(times):
        with small_disk(folder, size * chance.uniform(1.02, 1.6)) as disk:
            out = shutil.copytree(made, disk / "store")
            before = held(out)
            doing = ("add", "build", "remove")[number % 3]
            things: dict[str, str | Path] = {"add": new, "build": folder / "documents", "remove": min(before)}
            what = things[doing]
            with Readers(out, encoder) as readers:
                ran = subprocess.run(
                    command(doing, what, "--out", out), cwd=ROOT, capture_output=True, check=False
                )
            if ran.returncode not in (0, 2) or b"Traceback" in ran.stderr or readers.failures:
                raise AssertionError(f"{doing}: {ran.stderr.decode()[-800:]} {readers.failures[:2]}")
            if ran.returncode == 2 and held(out) != before:
                raise AssertionError(f"{doing} failed and yet changed the index")
            held(out)
            counts[f"{doing}: {'done' if ran.returncode == 0 else 'refused, all as before'}"] += 1
    return counts


def read_only(folder: Path, encoder: Encoder) -> Counter[str]:
    """An index on a file system that may only be read; raises AssertionError for anything unexpected."""
    made, counts = prepare(folder, encoder), Counter[str]()
    with small_disk(folder, 100) as disk:
        out = shutil.copytree(made, disk / "store")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with Readers(out, encoder) as readers:
            for doing, what in (
                ("add", ROOT / "README.md"),
                ("remove", "x"),
                ("build", folder / "documents"),
            ):
                ran = subprocess.run(
                    command(doing, what, "--out", out), cwd=ROOT, capture_output=True, check=False
                )
                if ran.returncode != 2 or b"Traceback" in ran.stderr:
                    raise AssertionError(f"{doing}: {ran.stderr.decode()[-500:]}")
                counts["refused"] += 1
            time.sleep(1)
        if readers.failures or not readers.asked:
            raise AssertionError(f"questions failed: {readers.failures[:3]}")
        counts["questions"] = readers.asked
    return counts


def may_mount() -> bool:
    """Whether this user may make a file system of its own."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with small_disk(Path(folder), 1):
                return True
        except (subprocess.CalledProcessError, FileNotFoundError):
            return False


def main() -> int:
    """Do everything and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--flips", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one of the five, as it is printed")
    options = parser.parse_args()
    chance, encoder = random.Random(options.seed), load_encoder()
    faults: dict[str, Callable[[Path], Counter[str]]] = {
        "kills": lambda at: kills(at, encoder, options.kills, chance),
        "flips": lambda at: flips(at, encoder, options.flips, chance),
        "two writers": lambda at: two_writers(at, encoder, 10),
    }
    if may_mount():
        faults["full disk"] = lambda at: full_disk(at, encoder, 30, chance)
        faults["read-only folder"] = lambda at: read_only(at, encoder)
    failed = False
    for name, work in faults.items():
        if options.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                said: object = dict(sorted(work(Path(folder)).items()))
            except (AssertionError, TiaowenError) as error:
                failed, said = True, f"FAILED: {error}"
        print(json.dumps({name: said}, ensure_ascii=False, indent=1), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
