"""Try a small tagger of bodies with roles, deadlines and targets against the rules; nothing of it is shipped.

    python training/try_fact_tagger.py GOLD FOLDER… --out FOLDER [--minutes 25]

GOLD is a file of passages (``tasks.jsonl`` of the development data), the folders hold documents of which the
rules label the clauses.  Convolutions over characters give each character one label (begins or goes on with a
body of a role, a deadline, a target).  The net learns from the rules' labels (``rules.pt`` in ``--out``, made
once), goes on with three quarters of the gold and is measured on the other quarter, four times; the rules
are measured on the same passages.  Also measured: both joined, where the tagger adds what it is surest of,
and where it takes away what it is sure is none.  A body agrees by words and role, a deadline and a target by
words.  Figures so far are printed after each quarter.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.errors import SourceError  # noqa: E402
from index.facts.find import find_facts  # noqa: E402
from index.parsing.parse import parse_file  # noqa: E402
from index.records import Agency, Clause, Deadline, Fact, Target  # noqa: E402

LABELS: Final = ("", "lead", "first", "responsible", "support", "supervise", "assess", "deadline", "target")
CHARACTERS: Final = 30_000
"""Numbers of characters; a few rare ones share one."""
WIDTH: Final = 128
DILATIONS: Final = (1, 2, 4, 8, 16)
"""Of layers that see one character to each side: 31 together, as long as most lists of bodies."""
LONGEST: Final = 400
"""Characters of a text that are learnt from."""
BATCH: Final = 32
MOST_FILES: Final = 300
"""Of each folder."""
GOLD_EPOCHS: Final = 12
FOLDS: Final = 4
SURE: Final = (0.5, 0.9, 0.99)
"""Mean certainty of a stretch from which the tagger adds it to what the rules found, or takes it away."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the label of each character: 2n - 1 where a stretch of LABELS[n] begins, 2n inside."""

    text: str
    labels: tuple[int, ...]


class Net(torch.nn.Module):
    """Characters (texts, length) → scores of labels (texts, length, 2 × LABELS - 1)."""

    def __init__(self) -> None:
        super().__init__()
        self.known = torch.nn.Embedding(CHARACTERS, WIDTH)
        self.layers = torch.nn.ModuleList(
            torch.nn.Conv1d(WIDTH, WIDTH, 3, padding=wide, dilation=wide) for wide in DILATIONS
        )
        self.out = torch.nn.Linear(WIDTH, 2 * len(LABELS) - 1)

    def forward(self, characters: torch.Tensor) -> torch.Tensor:
        """The scores of the labels."""
        held = torch.nn.functional.dropout(self.known(characters), 0.1, self.training).transpose(1, 2)
        for layer in self.layers:
            held = held + torch.relu(layer(held))
        return self.out(held.transpose(1, 2))  # type: ignore[no-any-return]


def numbers(text: str) -> list[int]:
    """A number for each character: 0 pads, common ideographs and signs have their own (by their code)."""
    return [1 + ord(character) % (CHARACTERS - 1) for character in text]


def label_of(fact: Fact) -> int:
    """A fact's label; 0 for money, which is read without a tagger."""
    if isinstance(fact, Agency):
        return LABELS.index(fact.role)
    return LABELS.index(
        "deadline" if isinstance(fact, Deadline) else "target" if isinstance(fact, Target) else ""
    )


def by_rules(text: str) -> tuple[Fact, ...]:
    """What the rules find in a text that is one clause."""
    return find_facts(Clause(0, "body", (), None, None, 0, len(text), text))


def labelled(text: str, stretches: Sequence[tuple[int, int, int]]) -> Labelled:
    """A text with the labels of stretches (start, end, label)."""
    labels = [0] * len(text)
    for start, end, label in stretches:
        labels[start:end] = [2 * label - 1, *[2 * label] * (end - start - 1)]
    return Labelled(text, tuple(labels))


def rule_labelled(folders: Sequence[Path]) -> Iterator[Labelled]:
    """The clauses of the documents that hold facts, and as many that hold none."""
    for folder in folders:
        empty = full = 0
        for file in sorted(folder.iterdir())[:MOST_FILES]:
            try:
                parsed = parse_file(file, folder)
            except SourceError as error:
                print(error, file=sys.stderr)
                continue
            for clause, facts in zip(parsed.clauses, parsed.facts, strict=True):
                held = [
                    (f.start - clause.start, f.end - clause.start, label_of(f)) for f in facts if label_of(f)
                ]
                full, empty = full + bool(held), empty + (not held)
                if held or empty <= full:
                    yield labelled(clause.text, held)


Wanted = Counter[tuple[str, str]]


def norm(words: str) -> str:
    """Words as they are compared."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def gold_of(line: dict[str, object]) -> tuple[Labelled, Wanted]:
    """A passage with its labels, and what is to be found: label and words."""
    text = str(line["passage"])
    named = [(a["text"], a["role"]) for a in line["agencies"]]  # type: ignore[attr-defined]
    named += [(d["text"], "deadline") for d in line["deadlines"]]  # type: ignore[attr-defined]
    named += [(t["text"], "target") for t in line["targets"]]  # type: ignore[attr-defined]
    stretches, done = [], 0
    for words, label in named:
        is_body = label not in ("deadline", "target")
        at = text.find(words, done if is_body else 0)
        at = at if at >= 0 else text.find(words)
        if at >= 0:
            stretches.append((at, at + len(words), LABELS.index(label)))
            done = at if is_body else done
    return labelled(text, stretches), Counter((label, norm(words)) for words, label in named)


def learn(net: Net, data: Sequence[Labelled], *, epochs: int, rate: float, seconds: float) -> None:
    """Train in place, at most so long."""
    began, chance = time.monotonic(), random.Random(0)
    tuned = torch.optim.AdamW(net.parameters(), lr=rate)
    net.train()
    held = sorted(data, key=lambda one: len(one.text))
    batches = [held[at : at + BATCH] for at in range(0, len(held), BATCH)]
    for epoch in range(epochs):
        chance.shuffle(batches)
        total = 0.0
        for batch in batches:
            longest = min(LONGEST, max(len(one.text) for one in batch))
            rows = [numbers(one.text[:longest]) for one in batch]
            known = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
            wanted = torch.tensor(
                [[*one.labels[:longest], *[-1] * (longest - len(one.labels))] for one in batch]
            )
            tuned.zero_grad()
            loss = torch.nn.functional.cross_entropy(
                net(known).flatten(0, 1), wanted.flatten(), ignore_index=-1
            )
            loss.backward()  # type: ignore[no-untyped-call]
            tuned.step()
            total += loss.item()
            if time.monotonic() - began > seconds:
                print(f"stopped in epoch {epoch + 1} after {seconds:.0f} s", flush=True)
                return
        print(
            f"epoch {epoch + 1}, {time.monotonic() - began:.0f} s: loss {total / len(batches):.4f}",
            flush=True,
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What the net says: stretches with mean certainty, and how likely each character is in none."""

    stretches: tuple[tuple[str, str, float], ...]
    none: tuple[float, ...]


def tagged(net: Net, text: str) -> Said:
    """Label, words and mean certainty of each stretch."""
    net.eval()
    with torch.no_grad():
        shares = net(torch.tensor([numbers(text)]))[0].softmax(1)
    certain, best = (held.tolist() for held in shares.max(1))
    found, at = [], 0
    while at < len(text):
        label, end = (best[at] + 1) // 2, at + 1
        while label and end < len(text) and best[end] == 2 * label:
            end += 1
        if label and end - at > 1:
            found.append((LABELS[label], norm(text[at:end]), sum(certain[at:end]) / (end - at)))
        at = end
    return Said(tuple(found), tuple(shares[:, 0].tolist()))


def main() -> None:
    """Print precision, recall and F1 of the rules, the tagger, and both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=25.0, help="for learning from the rules")
    options = parser.parse_args()
    torch.manual_seed(0)
    lines = options.gold.read_text("utf-8").splitlines()
    gold = [gold_of(json.loads(line)) for line in lines if line.strip()]
    first, kept = Net(), options.out / "rules.pt"
    if kept.exists():
        first.load_state_dict(torch.load(kept, weights_only=True))
    else:
        sure = list(rule_labelled(options.folders))
        print(f"{len(sure)} clauses labelled by rules, {len(gold)} passages of gold", flush=True)
        learn(first, sure, epochs=8, rate=1e-3, seconds=60 * options.minutes)
        options.out.mkdir(parents=True, exist_ok=True)
        torch.save(first.state_dict(), kept)
    sums: dict[str, Counter[str]] = {}
    for fold in range(FOLDS):
        net = copy.deepcopy(first)
        learnt = [one for number, (one, _) in enumerate(gold) if number % FOLDS != fold]
        learn(net, learnt, epochs=GOLD_EPOCHS, rate=3e-4, seconds=300)
        for one, wanted in (pair for number, pair in enumerate(gold) if number % FOLDS == fold):
            for name, found in _ways(net, first, one.text):
                _add(sums.setdefault(name, Counter()), found, wanted)
        print(f"after {fold + 1} of {FOLDS} quarters")
        for name, counts in sums.items():
            told = (_told(counts, kind) for kind in ("bodies", "deadline", "target"))
            print(f"{name:22}", "  ".join(told), flush=True)


def _ways(net: Net, first: Net, text: str) -> Iterator[tuple[str, Wanted]]:
    """What each way finds in a text: the rules, the tagger with and without gold, both joined."""
    facts = [fact for fact in by_rules(text) if label_of(fact)]
    rules = Counter((LABELS[label_of(fact)], norm(fact.text)) for fact in facts)
    yield "rules", rules
    said = tagged(net, text)
    yield "tagger", Counter((label, words) for label, words, _ in said.stretches)
    yield "tagger without gold", Counter((label, words) for label, words, _ in tagged(first, text).stretches)
    held = {words for _, words in rules}
    for share in SURE:
        more = ((label, words) for label, words, sure in said.stretches if sure >= share)
        yield f"rules + tagger {share}", rules + Counter(one for one in more if one[1] not in held)
        left = (f for f in facts if sum(said.none[f.start : f.end]) / (f.end - f.start) < share)
        yield f"rules - tagger {share}", Counter((LABELS[label_of(f)], norm(f.text)) for f in left)


def _add(sums: Counter[str], found: Wanted, wanted: Wanted) -> None:
    for name, held in (("hit", found & wanted), ("found", found), ("wanted", wanted)):
        for (label, _), times in held.items():
            sums[f"{name} {label if label in ('deadline', 'target') else 'bodies'}"] += times


def _told(sums: Counter[str], kind: str) -> str:
    hit, found, wanted = (sums[f"{name} {kind}"] for name in ("hit", "found", "wanted"))
    precision, recall = hit / max(1, found), hit / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{kind} {precision:.3f} {recall:.3f} F1 {f1:.3f}"


if __name__ == "__main__":
    main()
