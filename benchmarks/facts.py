"""Precision, recall and F1 of the facts against the hand-checked clauses of tests/data/ledger_sample.jsonl.

    python benchmarks/facts.py [--misses]

Each clause of the sample is read as the index holds it: the clause that its words stand in.  An agency
agrees with its role, a deadline with its year, a target with its quantity, unit and year, money with its
amount.  What the sample marks as a matter of taste counts neither for nor against, nor does what its rules
leave out and the gold of the plans counts: times without a year (每年, 三年内) and classes of bodies
(各乡(镇), 市直有关部门).
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.parsing.parse import Parsed, parse_file  # noqa: E402
from index.records import Agency, Deadline, Fact, Money, Target  # noqa: E402

SAMPLE = ROOT / "tests/data/ledger_sample.jsonl"
# 各乡(镇), 市直有关部门
_CLASS = re.compile("^各|有关|相关")
KINDS = ("agencies", "deadlines", "targets", "money")


def main() -> None:
    """Print a line a kind, and with --misses what differs."""
    parsed = {path.name: parse_file(path, path.parent) for path in sorted((ROOT / "documents").glob("*.txt"))}
    scores = {kind: [0, 0, 0] for kind in KINDS}  # agreed, found, expected
    for line in SAMPLE.read_text("utf-8").splitlines():
        clause = json.loads(line)
        facts = _facts(parsed[clause["file"]], clause["text"])
        either = [_folded(words) for words in clause.get("either", [])]
        for kind in KINDS:
            expected = Counter(_expected(kind, one) for one in clause[kind])
            found = Counter(_found(fact) for fact in facts if _kind(fact) == kind)
            spare = Counter(_found(fact) for fact in facts if _is_taste(fact, either) or _not_recorded(fact))
            found -= spare - expected
            scores[kind][0] += sum((expected & found).values())
            scores[kind][1] += sum(found.values())
            scores[kind][2] += sum(expected.values())
            if "--misses" in sys.argv and expected != found:
                print(
                    clause["id"], kind, "missed", dict(expected - found), "too many", dict(found - expected)
                )
    for kind, (agreed, found_all, expected_all) in scores.items():
        precision, recall = agreed / found_all, agreed / expected_all
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{kind:10} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  of {expected_all}")


def _facts(parsed: Parsed, text: str) -> list[Fact]:
    """The facts of the clauses that lie within the sample's words."""
    wanted = _folded(text)
    return [
        fact
        for clause, facts in zip(parsed.clauses, parsed.facts, strict=True)
        if clause.kind != "heading"
        and (words := _folded(clause.text))
        and (wanted in words or words in wanted)
        for fact in facts
        if _folded(fact.text) in wanted
    ]


def _meet(words: str, wanted: str) -> bool:
    return bool(words) and (wanted in words or words in wanted)


def _is_taste(fact: Fact, either: list[str]) -> bool:
    words = _folded(fact.text)
    return any(one in words or words in one for one in either)


def _not_recorded(fact: Fact) -> bool:
    if isinstance(fact, Agency):
        return _CLASS.search(fact.text) is not None
    return isinstance(fact, Deadline) and fact.year is None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _kind(fact: Fact) -> str:
    return {Agency: "agencies", Deadline: "deadlines", Target: "targets", Money: "money"}[type(fact)]


def _found(fact: Fact) -> tuple[object, ...]:
    if isinstance(fact, Agency):
        return (_folded(fact.text), fact.role)
    if isinstance(fact, Deadline):
        return (fact.year,)
    if isinstance(fact, Target):
        return (round(fact.amount, 4), fact.base, fact.year)
    return (round(fact.yuan),)


def _expected(kind: str, one: dict[str, object]) -> tuple[object, ...]:
    if kind == "agencies":
        return (_folded(str(one["text"])), one["role"])
    if kind == "deadlines":
        return (one["year"],)
    if kind == "targets":
        return (round(float(str(one["quantity"])), 4), one["unit"], one["year"])
    return (round(float(str(one["yuan"]))),)


if __name__ == "__main__":
    main()
