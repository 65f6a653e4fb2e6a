"""Every pattern of index/ and qa/ takes time that grows with its text and not with its square."""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.support.adversarial import runs

ROOT = Path(__file__).parents[1]
LENGTH = 1500
"""Characters of a text: at this length the square takes many milliseconds, the text itself a few tenths."""
SOON = 0.0015
"""Seconds in which a text is not looked at further."""
MOST_GROWTH = 3.0
"""Of the time, for twice the text: 2 where it is linear, 4 where it is quadratic."""
END = "\0"
"""What no pattern takes, so that all ways to go on are tried."""
KNOWN = {
    "index.clauses.grid_tables._BETWEEN": "what stands between two tables, up to LONGEST_BREAK characters",
    "index.clauses.outline._RUN_IN": "the blanks at the beginning of a line",
    "index.facts.agencies_in_text._CHARGE": "a run of 共同, 联合",
    "index.facts.agency_lists.ROLE_END": "a run of 共同, 联合 in a list of bodies",
    "index.facts.subjects._LEAD_OUT": "a part of a sentence",
    "index.facts.targets._IS_OR_WAS": "a part of a sentence",
    "index.facts.targets._OTHER_TERM": "a run of digits between two figures of a sentence",
    "index.language.regions._TAIL": "the name of a region",
    "index.metadata": "titles, lines at a document's beginning and end, names of documents",
    "index.reading.clean._ENDS_PAGE": "a line of a page",
    "qa.llm": "what a language model writes, up to the tokens that it may write",
}
"""Patterns, and packages of them, that take more: what they are tried on.  Of files, only the limits of the
parsing process bound that (docs/security.md); nothing is to be added here."""
_METHODS = "search|match|fullmatch|finditer|findall|sub|subn|split"
_FROM_START = {"match", "fullmatch"}


def sources() -> Iterator[tuple[str, str]]:
    """Each module of both packages with its text; commands' entries aside."""
    for package in ("index", "qa"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.stem != "__main__":
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                yield name, path.read_text(encoding="utf-8")


def patterns() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Each pattern by where it stands, and what is done with it."""
    texts = dict(sources())
    used = {module: _uses(text) for module, text in texts.items()}
    everywhere: defaultdict[str, set[str]] = defaultdict(set)
    for uses in used.values():
        for name, methods in uses.items():
            everywhere[name] |= methods
    found: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}
    for module, text in texts.items():
        try:
            held = vars(importlib.import_module(module))
        except ModuleNotFoundError:  # an extra that is not installed
            continue
        for name, value in held.items():
            if not re.search(rf"(?m)^{re.escape(name)}\b[^\n=]*=", text):
                continue  # it stands in another module
            said = (used[module] if name.startswith("_") else everywhere).get(name, set())
            for number, one in enumerate(_within(value)):
                ways = said - {"pattern"}
                if ways or not said:  # used by itself, and not only as a part of others
                    found[f"{module}.{name}[{number}]"] = one, frozenset(ways or {"search"})
        for method, written in _written_inline(text):
            found[f"{module}: {written}"] = re.compile(written), frozenset({method})
    return found


def _uses(text: str) -> dict[str, set[str]]:
    """What is done with each name of a module that has a pattern's methods."""
    uses: defaultdict[str, set[str]] = defaultdict(set)
    for name, method in re.findall(rf"\b(\w+)\.({_METHODS}|pattern)\b", text):
        uses[name].add(method)
    return uses


def _within(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns that a module's name holds, by itself or within tuples, lists and dictionaries."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, (tuple, list, frozenset)):
        for one in value:
            yield from _within(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _within(one)


def _written_inline(text: str) -> Iterator[tuple[str, str]]:
    """The patterns written where they are used: re.sub(r"…", …)."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of, method = node.func.value, node.func.attr
        written = node.args[0] if node.args else None
        of_re = isinstance(of, ast.Name) and of.id == "re" and re.fullmatch(_METHODS, method)
        if of_re and isinstance(written, ast.Constant) and isinstance(written.value, str):
            yield method, written.value


def seconds(pattern: re.Pattern[str], text: str, ways: frozenset[str], times: int = 1) -> float:
    """Of the processor, the shortest of so many times."""
    took = []
    for _ in range(times):
        began = time.thread_time()
        for way in ways & _FROM_START:
            getattr(pattern, way)(text)
        if ways - _FROM_START:
            for _ in pattern.finditer(text):
                pass
        took.append(time.thread_time() - began)
    return min(took)


def grows_too_fast(pattern: re.Pattern[str], run: str, ways: frozenset[str]) -> float:
    """How many times longer twice the text takes, 0 where it is soon done."""
    if seconds(pattern, run * 24 + END, ways) > 0.2:  # a nested repeat: its time doubles with each sign
        return 1000.0
    count = LENGTH // len(run) + 1
    for times in (1, 3):  # again where it looks slow, since other work on the machine may have come between
        once = seconds(pattern, run * count + END, ways, times)
        if once < SOON:
            return 0.0
        growth = seconds(pattern, run * 2 * count + END, ways, times) / once
        if growth < MOST_GROWTH:
            return 0.0
    return growth


def test_twice_the_text_takes_twice_the_time():
    slow = []
    for where, (pattern, ways) in patterns().items():
        if where.startswith(tuple(KNOWN)):
            continue
        for run in runs(pattern):
            if growth := grows_too_fast(pattern, run, ways):
                slow.append(f"{where}: {growth:.1f} times for twice {run!r}")
                break
    assert not slow, "\n".join(slow)
