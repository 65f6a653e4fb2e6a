"""Try a small tagger of bodies with roles, deadlines and targets against the rules; nothing of it is shipped.

    python training/try_fact_tagger.py GOLD TEXTS…

GOLD is a file of passages (``tasks.jsonl`` of the development data), TEXTS folders of documents of which the
rules label the clauses.  A linear model gives every character one label from the characters around it.  It
is trained on the rules' labels and on three quarters of the gold, and measured on the other quarter, four
times; the rules are measured on the same passages.  Also measured: both joined, where the tagger adds what it
is surest of.  A body agrees by words and role, a deadline and a target by words.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import torch

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.errors import SourceError  # noqa: E402
from index.facts.find import find_facts  # noqa: E402
from index.parsing.parse import parse_file  # noqa: E402
from index.records import Agency, Clause, Deadline, Fact, Target  # noqa: E402

LABELS: Final = ("", "lead", "first", "responsible", "support", "supervise", "assess", "deadline", "target")
BUCKETS: Final = 1 << 19
AROUND: Final = 5
"""Characters to each side that a feature may hold."""
MOST_FILES: Final = 150
"""Of each folder, so that all is done in some minutes of two cores."""
EPOCHS: Final = 3
GOLD_TIMES: Final = 5
"""How often a gold passage is seen for each of the rules' clauses."""
FOLDS: Final = 4
SURE: Final = (0.5, 0.9, 0.99)
"""Mean certainty of a stretch from which the tagger adds it to what the rules found."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the label (its place in LABELS) of each character."""

    text: str
    labels: tuple[int, ...]


def features(text: str) -> npt.NDArray[np.int64]:
    """The hashed features of each character: characters, pairs and fours around it with their distance, and
    which word of duty follows; int64 (characters, features)."""
    codes = np.zeros(len(text) + 2 * AROUND + 4, np.int64)
    codes[AROUND : AROUND + len(text)] = [ord(character) for character in text]
    columns = []
    for wide, steps in ((1, range(2 * AROUND + 1)), (2, range(2 * AROUND)), (4, range(1, 7))):
        for step in steps:
            mixed = np.full(len(text), wide * 31 + step, np.int64)
            for more in range(wide):
                mixed = (mixed * 1_000_003 + codes[step + more : step + more + len(text)]) % 2_147_483_647
            columns.append(mixed % BUCKETS)
    following = np.zeros(len(text), np.int64)
    for number, word in enumerate(("负责", "配合", "牵头"), 1):
        at = text.find(word)
        while at >= 0:
            following[max(0, at - 40) : at] = number
            at = text.find(word, at + 1)
    return np.stack([*columns, following], axis=1)


def label_of(fact: Fact) -> int:
    """A fact's label; 0 for money, which is read without a tagger."""
    if isinstance(fact, Agency):
        return LABELS.index(fact.role)
    return (
        LABELS.index("deadline")
        if isinstance(fact, Deadline)
        else LABELS.index("target") * isinstance(fact, Target)
    )


def by_rules(text: str) -> tuple[Fact, ...]:
    """What the rules find in a text that is one clause."""
    return find_facts(Clause(0, "body", (), None, None, 0, len(text), text))


def labelled(text: str, stretches: Sequence[tuple[int, int, int]]) -> Labelled:
    """A text with the labels of stretches (start, end, label)."""
    labels = [0] * len(text)
    for start, end, label in stretches:
        labels[start:end] = [label] * (end - start)
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
        at = text.find(words, done if label not in ("deadline", "target") else 0)
        at = at if at >= 0 else text.find(words)
        if at >= 0:
            stretches.append((at, at + len(words), LABELS.index(label)))
            done = at if label not in ("deadline", "target") else done
    return labelled(text, stretches), Counter((label, norm(words)) for words, label in named)


def train(data: Sequence[Labelled], seed: int) -> torch.nn.EmbeddingBag:
    """A linear model over hashed features."""
    torch.manual_seed(seed)
    rows = torch.from_numpy(np.concatenate([features(one.text) for one in data]))
    wanted = torch.tensor([label for one in data for label in one.labels])
    model = torch.nn.EmbeddingBag(BUCKETS, len(LABELS), mode="sum", sparse=True)
    torch.nn.init.zeros_(model.weight)
    tuned = torch.optim.Adagrad(model.parameters(), lr=0.1)
    for _ in range(EPOCHS):
        for batch in torch.split(torch.randperm(len(rows)), 4096):
            tuned.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(rows[batch]), wanted[batch])
            loss.backward()  # type: ignore[no-untyped-call]
            tuned.step()
    return model


def tagged(model: torch.nn.EmbeddingBag, text: str) -> list[tuple[str, str, float]]:
    """Label, words and mean certainty of each stretch of one label."""
    with torch.no_grad():
        shares = model(torch.from_numpy(features(text))).softmax(1)
    certain, best = shares.max(1)
    found, at = [], 0
    while at < len(text):
        end = at
        while end < len(text) and best[end] == best[at] and (end == at or text[end] not in "、，；（）"):
            end += 1
        if best[at] and end - at > 1:
            found.append((LABELS[int(best[at])], norm(text[at:end]), float(certain[at:end].mean())))
        at = max(end, at + 1)
    return found


def main() -> None:
    """Print precision, recall and F1 of the rules, the tagger, and both."""
    gold = [
        gold_of(json.loads(line))
        for line in Path(sys.argv[1]).read_text("utf-8").splitlines()
        if line.strip()
    ]
    sure = list(rule_labelled([Path(name) for name in sys.argv[2:]]))
    print(f"{len(sure)} clauses labelled by rules, {len(gold)} passages of gold")
    sums = {name: Counter[str]() for name in ("rules", "tagger", *(f"rules + tagger {s}" for s in SURE))}
    for fold in range(FOLDS):
        learnt = [one for number, (one, _) in enumerate(gold) if number % FOLDS != fold]
        model = train([*sure, *learnt * GOLD_TIMES], fold)
        for one, wanted in (pair for number, pair in enumerate(gold) if number % FOLDS == fold):
            facts = [f for f in by_rules(one.text) if label_of(f)]
            rules = Counter((LABELS[label_of(f)], norm(f.text)) for f in facts)
            said = tagged(model, one.text)
            _add(sums["rules"], rules, wanted)
            _add(sums["tagger"], Counter((label, words) for label, words, _ in said), wanted)
            held = {words for _, words in rules}
            for share in SURE:
                more = Counter(
                    (label, words) for label, words, sure_of in said if sure_of >= share and words not in held
                )
                _add(sums[f"rules + tagger {share}"], rules + more, wanted)
    for name, counts in sums.items():
        print(f"{name:20}", "  ".join(_told(counts, kind) for kind in ("bodies", "deadline", "target")))


def _add(sums: Counter[str], found: Wanted, wanted: Wanted) -> None:
    for name, held in (("hit", found & wanted), ("found", found), ("wanted", wanted)):
        for (label, _), times in held.items():
            sums[f"{name} {label if label in ('deadline', 'target') else 'bodies'}"] += times


def _told(sums: Counter[str], kind: str) -> str:
    hit, found, wanted = (sums[f"{name} {kind}"] for name in ("hit", "found", "wanted"))
    precision, recall = hit / max(1, found), hit / max(1, wanted)
    return (
        f"{kind} {precision:.3f} {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"
    )


if __name__ == "__main__":
    main()
