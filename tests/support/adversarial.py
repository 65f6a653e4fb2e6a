"""Texts that make a pattern work hardest: long runs of what its own repeats take, from its parse tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LONG = 20
"""Repeats from which a run counts as long."""
COMMON = ("1", " ", "\n", "的", "、", "(", "-", "一、")
"""Runs tried with every such pattern: digits, blanks, lines, Han characters, separators, brackets."""
_OF_CATEGORY = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "的",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "的",
    codes.CATEGORY_WORD: "的",
    codes.CATEGORY_NOT_WORD: "、",
}


def runs(pattern: re.Pattern[str]) -> Iterator[str]:
    """The strings whose repetition the pattern may find hard, each once; none without long repeats."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    repeats = list(_long_repeats(tree, ""))
    found = dict.fromkeys(COMMON if repeats else ())
    for before, repeated in repeats:
        units = _samples(repeated)
        found |= dict.fromkeys([*units, before, *(before + unit for unit in units)])
    yield from (run for run in found if run)


def _long_repeats(tree: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Each long repeat with a text that the pattern takes before it."""
    for code, given in tree:
        if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            _, most, inner = given
            if most is codes.MAXREPEAT or most >= LONG:
                yield before, inner
            yield from _long_repeats(inner, before)
        elif code is codes.SUBPATTERN:
            yield from _long_repeats(given[-1], before)
        elif code is codes.BRANCH:
            for branch in given[1]:
                yield from _long_repeats(branch, before)
        elif code in {codes.ASSERT, codes.ASSERT_NOT}:
            yield from _long_repeats(given[1], before)
        elif code is codes.ATOMIC_GROUP:
            yield from _long_repeats(given, before)
        before += _sample([(code, given)])


def _samples(tree: Any) -> list[str]:
    """Some texts that the tree takes: for a class of characters one of each kind."""
    if len(tree) == 1 and tree[0][0] in {codes.IN, codes.ANY, codes.NOT_LITERAL, codes.BRANCH}:
        code, given = tree[0]
        if code is codes.BRANCH:
            return [_sample(branch) for branch in given[1][:60]]
        return _of_class(given)[:6] if code is codes.IN else ["的", " ", "1", "("]
    return [_sample(tree)]


def _sample(tree: Any) -> str:
    """A short text that the tree takes, assertions aside."""
    return "".join(_one(code, given) for code, given in tree)


def _one(code: Any, given: Any) -> str:
    if code in {codes.LITERAL, codes.NOT_LITERAL}:
        return chr(given) if code is codes.LITERAL else "的" if given != ord("的") else "a"
    if code in {codes.ANY, codes.IN}:
        return "的" if code is codes.ANY else _of_class(given)[0]
    if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        return _sample(given[2]) * min(given[0], LONG)
    if code in {codes.SUBPATTERN, codes.BRANCH}:
        return _sample(given[-1] if code is codes.SUBPATTERN else given[1][0])
    return _sample(given) if code is codes.ATOMIC_GROUP else ""


def _of_class(items: Any) -> list[str]:
    """Characters of a class, one of each of its items; of a negated one those common ones that it leaves."""
    if items[0][0] is codes.NEGATE:
        left_out = re.compile(f"[{''.join(_as_written(one) for one in items[1:])}]")
        return [sign for sign in ("的", " ", "1", "(", "\n", "a", "、") if not left_out.match(sign)] or [
            "\x01"
        ]
    return [_of_item(code, given) for code, given in items]


def _of_item(code: Any, given: Any) -> str:
    if code is codes.RANGE:
        return chr(given[0])
    return chr(given) if code is codes.LITERAL else _OF_CATEGORY.get(given, "的")


def _as_written(item: Any) -> str:
    code, given = item
    if code is codes.RANGE:
        return f"{re.escape(chr(given[0]))}-{re.escape(chr(given[1]))}"
    if code is codes.LITERAL:
        return re.escape(chr(given))
    written = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w"}
    written |= {
        codes.CATEGORY_NOT_DIGIT: r"\D",
        codes.CATEGORY_NOT_SPACE: r"\S",
        codes.CATEGORY_NOT_WORD: r"\W",
    }
    return written[given]
