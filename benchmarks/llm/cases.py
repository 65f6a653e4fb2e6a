"""Answers that others wrote over the five documents: how many true sentences stand, how many false are struck.

    python benchmarks/llm/cases.py [--all] [--cases ../shared/cases/llm]

``good_answers.jsonl`` holds true answers, each sentence of which must stand, ``wrong_answers.jsonl`` subtly
false ones.  A third set is made here from the clauses of ``documents/`` that charge bodies: the prompt's own
form 由A、B负责 of all that they charge, and 由A牵头 of a body that they do not let lead.  Prints the shares
and, with ``--all``, every sentence judged otherwise than it should be.  Exit code 1 where a share is below
its aim.  A sentence that only says that the clauses do not say (条款未作规定) is counted apart: it is neither
shown nor struck.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "cases" / "llm"
sys.path.insert(0, str(ROOT))

from index.parse import parse_file  # noqa: E402
from index.records import Agency, Clause, Document, Fact  # noqa: E402
from llm.check import Source, judged  # noqa: E402
from llm.folded import folded  # noqa: E402
from llm.prompt import UNSAID  # noqa: E402
from llm.sentences import Sentence, Sentences  # noqa: E402

MOST_STRUCK_OF_GOOD, LEAST_STRUCK_OF_WRONG = 0.05, 0.90
"""What is aimed at."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with the clauses that were given for it, and the reasons why it is struck (none: it stands)."""

    name: str
    sentence: Sentence
    sources: dict[int, Source]

    @property
    def reasons(self) -> tuple[str, ...]:
        return judged(self.sentence, self.sources)[0]

    @property
    def is_silent(self) -> bool:
        return UNSAID in self.sentence.text


@cache
def clauses_of_documents() -> list[tuple[Document, Clause, tuple[Fact, ...]]]:
    """Every clause of ``documents/`` with what it says."""
    parsed = [parse_file(path, ROOT / "documents") for path in sorted((ROOT / "documents").glob("*.txt"))]
    return [
        (one.document, clause, facts)
        for one in parsed
        for clause, facts in zip(one.clauses, one.facts, strict=True)
    ]


@cache
def source_by_text() -> dict[str, Source]:
    return {folded(clause.text): source_of(*rest) for rest in clauses_of_documents() for clause in rest[1:2]}


def source_of(document: Document, clause: Clause, facts: tuple[Fact, ...]) -> Source:
    """A clause as the check sees it."""
    around = (document.title, document.region or "", *clause.place)
    bodies = [fact for fact in facts if isinstance(fact, Agency)]
    return Source.of(clause.text, around, bodies, document.region)


def written_cases(path: Path) -> list[Case]:
    """The sentences of a file of answers; raises KeyError where a clause is not in the documents."""
    cases: list[Case] = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        sources = {one["number"]: source_by_text()[folded(one["text"])] for one in row["clauses"]}
        cut = Sentences()
        sentences = [*cut.add(row["answer"]), *cut.end()]
        cases += [Case(f"{row['id']}.{at}", one, sources) for at, one in enumerate(sentences, 1)]
    return cases


def role_cases(*, true: bool) -> Iterator[Case]:
    """由A、B负责 of each clause that charges bodies; else 由A牵头 of the last that it does not let lead."""
    for number, (document, clause, facts) in enumerate(clauses_of_documents()):
        bodies = [fact for fact in facts if isinstance(fact, Agency)]
        charged = [body.text for body in bodies if body.role != "support"]
        names = charged if true else [body.text for body in bodies if body.role != "lead"][-1:]
        if not names or "\n" in "".join(names):
            continue
        words = f"{document.region}由{'、'.join(dict.fromkeys(names))}{'负责' if true else '牵头'}。"
        case = Sentence(f"{(clause.heading or '').strip('。:：')}{words}", (1,))
        yield Case(f"role.{number}", case, {1: source_of(document, clause, facts)})


def share(name: str, cases: list[Case], *, good: bool, show: bool) -> float:
    """Print and give the share that is judged as it should be; silent sentences are not counted."""
    heard = [case for case in cases if not case.is_silent]
    missed = [(case, why) for case in heard if bool(why := case.reasons) == good]
    right = (len(heard) - len(missed)) / len(heard)
    what = "stand" if good else "are struck"
    print(f"{name}: {len(heard) - len(missed)} of {len(heard)} {what} ({right:.3f}); {len(cases) - len(heard)} silent")
    for case, why in missed if show else []:
        print(f"  {case.name} {list(case.sentence.cited)} {case.sentence.text} {','.join(why)}")
    return right


def main() -> int:
    """Judge, print, and say whether the aims are met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--all", action="store_true", help="print each sentence judged wrongly")
    options = parser.parse_args()
    met = [
        share("由A、B负责", list(role_cases(true=True)), good=True, show=options.all)
        >= 1 - MOST_STRUCK_OF_GOOD,
        share("由A牵头, raised", list(role_cases(true=False)), good=False, show=options.all)
        >= LEAST_STRUCK_OF_WRONG,
    ]
    if not options.cases.is_dir():
        print(f"no answers at {options.cases}: only the form of roles was measured")
        return 0 if all(met) else 1
    good, wrong = (written_cases(options.cases / f"{name}_answers.jsonl") for name in ("good", "wrong"))
    met += [
        share("good answers", good, good=True, show=options.all) >= 1 - MOST_STRUCK_OF_GOOD,
        share("wrong answers", wrong, good=False, show=options.all) >= LEAST_STRUCK_OF_WRONG,
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
