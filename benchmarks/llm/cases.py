"""Sentences whose truth is known: how many true ones stand, how many false ones are struck.

    python benchmarks/llm/cases.py [--all] [--sweep] [--cases ../shared/cases/llm]

``good_answers.jsonl`` holds true answers over the five documents, ``wrong_answers.jsonl`` subtly false ones.
More are made here from ``documents/``: 由A、B负责, the prompt's own form, of all that a clause charges, and
由A牵头 of one that it does not let lead; printed sentences with their region, and one thing turned.
Prints the shares and, with ``--all``, every sentence judged otherwise than it should be.  Exit code 1 where a
share is below its aim.  ``--sweep`` counts the errors at other values of each threshold.  What only says
that the clauses do not say (条款未作规定) is never struck.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "cases" / "llm"
sys.path.insert(0, str(ROOT))

from index.commands.options import named_path  # noqa: E402
from index.language.folding import folded  # noqa: E402
from index.language.sentences import sentences as spans_of  # noqa: E402
from index.parsing.parse import parse_file  # noqa: E402
from index.records import Agency, Clause, Document, Fact, Target  # noqa: E402
from qa.llm import binding, check  # noqa: E402
from qa.llm.check import judged  # noqa: E402
from qa.llm.prompt import UNSAID  # noqa: E402
from qa.llm.sentences import Sentence, Sentences  # noqa: E402
from qa.llm.source import Source, coverage  # noqa: E402

SHORTEST = 12
"""Characters of a printed sentence that is taken."""
SHORTEST_SUBJECT, MOVED = 3, 9
REGIONS = ("宁武县", "成武县", "沁水县", "运城市", "杭锦旗")
BRACKET = re.compile(r"[（(][^（）()]*[)）][。；]?$")
YEAR = re.compile(r"20\d\d(?=年)")
COUNT = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?=%|公里|万|亿|个|家|所)")
FORBIDS = re.compile(r"不得|严禁|禁止|不予|不再")
THRESHOLDS: dict[str, tuple[float, ...]] = {
    "COVERED": (0.45, 0.5, 0.55, 0.6, 0.7),
    "CITED_COVERS": (0.06, 0.12, 0.2, 0.3),
    "PRECISE": (0.4, 0.5, 0.6, 0.7),
    "NAMED": (0.3, 0.5, 0.6, 0.7),
    "SWAPPED": (1, 2, 3),
    "PART_COVERED": (0.4, 0.5, 0.6),
    "OF_REGION": (0.5, 0.6, 0.7, 0.8),
    "THEN": (0.5, 0.6, 0.7, 0.8),
}
"""What ``--sweep`` tries of the thresholds of `llm.check` and `llm.binding`."""
MOST_STRUCK_OF_GOOD, LEAST_STRUCK_OF_WRONG = 0.05, 0.90
"""What is aimed at."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with the clauses that were given for it by their numbers."""

    name: str
    sentence: Sentence
    sources: dict[int, Source]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is struck; empty where it stands."""
        return judged(self.sentence, self.sources)[0]

    @property
    def is_silent(self) -> bool:
        """Whether it only says that the clauses do not say."""
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
    """The clauses of the documents by their folded text."""
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


def printed_cases() -> list[Case]:
    """Each sentence of the documents as it is printed, told of its region: what a careful model copies."""
    cases: list[Case] = []
    for number, (document, clause, facts) in enumerate(clauses_of_documents()):
        if clause.kind != "body" or not document.region:
            continue
        source = source_of(document, clause, facts)
        for span in spans_of(clause.text):
            words = BRACKET.sub("", clause.text[span.start : span.end]).strip()
            if len(words) >= SHORTEST and "\n" not in words:
                words = words if document.region in words[:20] else f"{document.region}{words}"
                cases.append(Case(f"printed.{number}", Sentence(words, (1,)), {1: source}))
    return cases


def told_cases() -> list[Case]:
    """到2027年,…达到40%以上 of each target with a year: what the reader of facts makes of the clauses."""
    cases: list[Case] = []
    for number, (document, clause, facts) in enumerate(clauses_of_documents()):
        source = source_of(document, clause, facts)
        for fact in facts:
            if isinstance(fact, Target) and fact.year and len(fact.subject) >= SHORTEST_SUBJECT:
                words = f"到{fact.year}年，{document.region}{fact.subject}达到{fact.text}。"
                words = (
                    words.replace("达到新增", "新增") if fact.comparison != "+" else words.replace("达到", "")
                )
                cases.append(Case(f"told.{number}", Sentence(words, (1,)), {1: source}))
    return cases


def moved_cases(printed: list[Case]) -> list[Case]:
    """Every MOVED-th printed sentence told of the next region, whose likest clause is cited too."""
    cases: list[Case] = []
    for case in printed[::MOVED]:
        own = next((region for region in REGIONS if case.sentence.text.startswith(region)), "")
        if not own:
            continue
        other = REGIONS[(REGIONS.index(own) + 1) % len(REGIONS)]
        others = [source_of(*one) for one in clauses_of_documents() if one[0].region == other]
        likest = max(others, key=lambda source: coverage(folded(case.sentence.text), [source]))
        words = case.sentence.text.replace(own, other, 1)
        cases.append(Case(case.name, Sentence(words, (1, 2)), {**case.sources, 2: likest}))
    return cases


def turned_cases(printed: list[Case]) -> dict[str, list[Case]]:
    """The printed sentences made false in one way each: year, bound, region, 不得, figures exchanged."""
    kinds: dict[str, list[Case]] = {}
    for case in printed:
        for kind, turned in turned_ways(case.sentence.text).items():
            if turned not in ("", case.sentence.text):
                kinds.setdefault(kind, []).append(Case(case.name, Sentence(turned, (1,)), case.sources))
    return kinds


def turned_ways(words: str) -> dict[str, str]:
    """The sentence with one thing turned, by what was turned; the same sentence where it has none."""
    years = YEAR.findall(words)
    counts = COUNT.findall(words)
    own = next((region for region in REGIONS if words.startswith(region)), "")
    other = REGIONS[(REGIONS.index(own) + 1) % len(REGIONS)] if own else ""
    return {
        "another year of the sentence": _exchanged(words, years),
        "figures exchanged": _exchanged(words, counts),
        "bound lost": re.sub(r"(?<=[%个家所处亩元里米人户])(?:以上|左右|以内)", "", words, count=1),
        "不得 lost": FORBIDS.sub("", words, count=1),
        "another region": words.replace(own, other, 1) if own else words,
    }


def _exchanged(words: str, found: list[str]) -> str:
    """The sentence with its first two different ones of these in each other's place."""
    first = found[0] if found else ""
    second = next((one for one in found if one != first), "")
    if not second:
        return words
    return words.replace(first, "\0", 1).replace(second, first, 1).replace("\0", second, 1)


def share(name: str, cases: list[Case], *, good: bool, show: bool) -> float:
    """Print and give the share that is judged as it should be; silent sentences are not counted."""
    missed = [(case, why) for case in cases if not case.is_silent and bool(why := case.reasons) == good]
    right = (len(cases) - len(missed)) / len(cases)
    silent = sum(case.is_silent for case in cases)
    told = f", {silent} of them silent" if silent else ""
    what = "stand" if good else "are struck"
    print(f"{name}: {len(cases) - len(missed)} of {len(cases)} {what}{told} ({right:.3f})")
    for case, why in missed if show else []:
        print(f"  {case.name} {list(case.sentence.cited)} {case.sentence.text} {','.join(why)}")
    return right


def sweep(good: list[Case], wrong: list[Case]) -> None:
    """Print, for each threshold by itself, the true sentences struck and the false ones that stand."""
    for name, values in THRESHOLDS.items():
        home = check if hasattr(check, name) else binding
        chosen = getattr(home, name)
        for value in values:
            setattr(home, name, value)
            struck = sum(bool(case.reasons) for case in good if not case.is_silent)
            stand = sum(not case.reasons for case in wrong)
            mark = " (as it is)" if value == chosen else ""
            print(f"{name} {value}: {struck} true struck, {stand} false stand{mark}")
        setattr(home, name, chosen)


def main() -> int:
    """Judge, print, and say whether the aims are met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=named_path, default=CASES)
    parser.add_argument("--all", action="store_true", help="print each sentence judged wrongly")
    parser.add_argument("--sweep", action="store_true", help="errors at other values of each threshold")
    options = parser.parse_args()
    met = [
        share("由A、B负责", list(role_cases(true=True)), good=True, show=options.all)
        >= 1 - MOST_STRUCK_OF_GOOD,
        share("由A牵头, raised", list(role_cases(true=False)), good=False, show=options.all)
        >= LEAST_STRUCK_OF_WRONG,
    ]
    printed = printed_cases()
    met.append(share("printed sentences", printed, good=True, show=options.all) >= 1 - MOST_STRUCK_OF_GOOD)
    told = told_cases()
    share("targets told (without their 力争, 计划: some ought to fall)", told, good=True, show=options.all)
    wrong_kinds = {
        "told of another region cited too": moved_cases(printed),
        **turned_cases([*printed, *told]),
    }
    for kind, turned in wrong_kinds.items():
        met.append(share(kind, turned, good=False, show=options.all) >= LEAST_STRUCK_OF_WRONG)
    if options.sweep:
        others = [written_cases(options.cases / f"{name}_answers.jsonl") for name in ("good", "wrong")]
        turned = [case for cases in wrong_kinds.values() for case in cases[:100]]
        sweep([*others[0], *printed[::4], *role_cases(true=True)], [*others[1], *turned])
        return 0
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
