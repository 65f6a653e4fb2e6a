"""Sixty conversations of four turns over the five documents: what each turn takes over, and what is answered.

    python -m tests.support.conversations [--index store] [--understood]

``tests/data/conversations.jsonl`` was written before what it measures.  A turn is right where the message is
taken for what it is, its regions, what it takes over and its subject are as written, and the answer holds
the words written, or is silent.  Printed: the share of turns right, and every other turn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.search.index import Index, open_index
from qa.answer.answer import answer
from qa.question.turned import FORMS
from qa.question.understand import understand
from qa.records import Answer, Query, Table

CONVERSATIONS = Path(__file__).parents[1] / "data" / "conversations.jsonl"
NOT_ASKED = {"greeting", "closing", "about", "opinion", "chat"}


def main() -> None:
    """Prints the share of turns right and what is wrong with the others."""
    parser = argparse.ArgumentParser(description="Measure conversations.")
    parser.add_argument("--index", type=Path, default=Path("store"))
    parser.add_argument("--understood", action="store_true", help="without answers: a tenth of the time")
    options = parser.parse_args()
    with open_index(options.index) as index:
        turns = list(measured(index, answered=not options.understood))
    for name, text, wrong in turns:
        if wrong:
            print(f"{name} {text}: {'; '.join(wrong)}")
    right = sum(not wrong for _, _, wrong in turns)
    hidden = sum("taken over and not shown" in wrong for _, _, wrong in turns)
    print(
        f"{right} of {len(turns)} turns right ({right / len(turns):.3f}); {hidden} hide what they take over"
    )


def measured(index: Index, *, answered: bool, every: int = 1) -> Iterator[tuple[str, str, list[str]]]:
    """Each turn's conversation, its words, and what is wrong with it; of every so many-th conversation."""
    lines = CONVERSATIONS.read_text("utf-8").splitlines()
    for line in lines[::every]:
        conversation = json.loads(line)
        history: list[str] = []
        for turn in conversation["turns"]:
            if answered:
                found = answer(turn["text"], index, history)
                wrong = [*misread(turn, found.query), *misanswered(turn, found)]
            else:
                wrong = misread(turn, understand(turn["text"], index, history))
            yield conversation["id"], turn["text"], wrong
            history.append(turn["text"])


def misread(turn: dict[str, Any], query: Query) -> list[str]:
    """What was understood otherwise than written."""
    wrong = []
    idle = turn["turn"] in NOT_ASKED or (turn["turn"] in FORMS and "regions" not in turn)
    if query.asks_nothing != idle:
        wrong.append("taken for nothing asked" if query.asks_nothing else "taken for a question")
    if (turn["turn"] in FORMS | {"about", "opinion"}) and query.turn != turn["turn"]:
        wrong.append(f"a turn of {query.turn}")
    if idle or query.asks_nothing:
        return wrong
    if "regions" in turn and set(query.regions) != set(turn["regions"]):
        wrong.append(f"regions {'、'.join(query.regions)}")
    taken = {"region", "topic"} & set(query.inherited)
    if "taken" in turn and taken - set(turn["taken"]):
        wrong.append(f"takes {'、'.join(sorted(taken - set(turn['taken'])))}")
    said = "".join(query.terms) + query.text
    missing = [word for word in turn.get("subject", ()) if word not in said]
    return [*wrong, *([f"without {'、'.join(missing)}"] if missing else [])]


def misanswered(turn: dict[str, Any], found: Answer) -> list[str]:
    """What the answer lacks."""
    wrong = []
    if found.query.inherited and "沿用上文" not in found.text:
        wrong.append("taken over and not shown")
    if turn["turn"] == "table" and "regions" in turn and not any(isinstance(b, Table) for b in found.blocks):
        wrong.append("no table")
    asks = turn["turn"] not in NOT_ASKED and not (turn["turn"] in FORMS and "regions" not in turn)
    if asks and bool(turn.get("silent")) != found.abstained and (turn.get("silent") or turn.get("answer")):
        wrong.append("silent" if found.abstained else "not silent")
    missing = [word for word in turn.get("answer", ()) if word not in found.text]
    return [*wrong, *([f"the answer lacks {'、'.join(missing)}"] if missing else [])]


if __name__ == "__main__":
    main()
