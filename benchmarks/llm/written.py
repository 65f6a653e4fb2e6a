"""Hundreds of answers by models that cannot be trusted: what of theirs reaches the reader.

    python benchmarks/llm/written.py [--index store] [--answers 500]

A tenth are asked of a server with a fault (in turn), three tenths of a random model behind ``transformers
serve``, the others of a script that exchanges figures, dates, bodies, places and citations of true sentences.
Every answer, while it grows and when it is whole, is searched for a figure, date or body that the clauses
which its sentence cites do not hold, by plain search and not by the program's own check.  Exit code 1 where
one is found.  Needs the extra ``test``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from random_model import make_model, served  # noqa: E402
from upheld import unheld  # noqa: E402

from index.commands.options import named_path  # noqa: E402
from index.search.index import Index, open_index  # noqa: E402
from qa.llm.settings import Settings  # noqa: E402
from qa.llm.write import write  # noqa: E402
from qa.records import Statement  # noqa: E402

FAULTS = (
    *(
        "401",
        "429",
        "500",
        "nosuch",
        "hang",
        "slow",
        "half",
        "no-end",
        "length",
        "html",
        "not-json",
        "shapes",
    ),
    *("bytes", "error", "empty", "refusal", "filtered", "reset"),
)
QUESTIONS = [
    json.loads(line)["question"]
    for line in (ROOT / "tests/data/questions_answerable.jsonl").read_text("utf-8").splitlines()
]


class Tally:
    """What came of the answers of one kind of model."""

    def __init__(self) -> None:
        self.answers = self.by_model = self.stood = self.struck = 0
        self.reasons: Counter[str] = Counter()
        self.whys: Counter[str] = Counter()
        self.wrong: list[str] = []

    def add(self, question: str, settings: Settings, index: Index) -> None:
        """Ask once and look at every step of the answer."""
        for written in write(question, settings, index=index):
            self.wrong += [f"{question}: {one}" for one in unheld(written, index)]
        self.answers += 1
        self.by_model += written.by_model
        if written.by_model:
            self.stood += sum(
                isinstance(one, Statement) and bool(one.citations) for one in written.answer.blocks
            )
        self.struck += len(written.struck)
        self.reasons.update(reason for reasons in written.struck for reason in reasons)
        self.whys[written.why or ("silent" if written.answer.abstained else "by the model")] += 1

    def told(self, name: str) -> str:
        """One line of figures and the counts behind them."""
        return (
            f"{name}: {self.answers} answers, {self.by_model} by the model; {self.stood} sentences stood, "
            f"{self.struck} struck; unheld {len(self.wrong)}\n  {dict(self.whys.most_common())}\n"
            f"  {dict(self.reasons.most_common())}"
        )


def main() -> int:
    """Ask, print and say whether anything got through."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=named_path, default=ROOT / "store")
    parser.add_argument("--answers", type=int, default=500)
    options = parser.parse_args()
    tallies = {"faults": Tally(), "random": Tally(), "garbled": Tally()}
    with open_index(options.index) as index, tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("scripted_server.py"))],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert server.stdout is not None
        scripted = f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
        model = Path(folder) / "model"
        make_model(model, ROOT / "documents")
        try:
            with served(model, Path(folder) / "log") as nonsense:
                for number in range(options.answers):
                    question = QUESTIONS[number % len(QUESTIONS)]
                    kind = ("faults", *["random"] * 3, *["garbled"] * 6)[number % 10]
                    settings = {
                        "faults": Settings(scripted, FAULTS[number // 10 % len(FAULTS)], timeout=1.5),
                        "random": Settings(nonsense, str(model), temperature=1.0),
                        "garbled": Settings(scripted, f"garbled-{number}"),
                    }[kind]
                    tallies[kind].add(question, settings, index)
        finally:
            server.terminate()
            server.wait(10)
    for name, tally in tallies.items():
        print(tally.told(name))
        print("".join(f"  UNHELD {one}\n" for one in tally.wrong[:10]), end="")
    return 1 if any(tally.wrong for tally in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
