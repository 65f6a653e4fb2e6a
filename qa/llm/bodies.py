"""What a sentence says that bodies do (由A、B负责, 牵头单位是…), against the roles that a clause gives them.

负责 is true of a body that leads or is listed; 牵头 only of one that the clause lets lead; 配合 of one that
it lets support.  All bodies of one such list must stand in the same clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from index.records import Role
from qa.llm.stated import Element

Claim = Literal["lead", "responsible", "support"]
_CLAIM_OF: Final[dict[str, Claim]] = {
    "牵头": "lead",
    "主责": "lead",
    "主管": "lead",
    "责任": "responsible",
    "负责": "responsible",
    "落实": "responsible",
    "承担": "responsible",
    "配合": "support",
    "协助": "support",
}
_TRUE_OF: Final[dict[Claim, frozenset[Role]]] = {
    "lead": frozenset({"lead"}),
    "responsible": frozenset({"lead", "first", "responsible"}),
    "support": frozenset({"support"}),
}
# Between two names of a list: 、 和 以及 , and the rest of a name that was cut short.
_JOINED: Final = re.compile(r"(?:[、,]|以?及|[和与])(?:由)?")
# After a list: (等部门)(按职责分工)牵头, 负责.
_AFTER: Final = re.compile(
    r"(?P<more>等(?:\d+个|[一-鿿]个)?(?:相关|有关)?(?:部门|单位|机构)?)?(?:[共一]同|联合|分别|按照?职责(?:分工)?|具体|统一|参与|[,、来])*"
    r"(?P<claim>牵头|主责|主管(?!部门|单位|机关)|负责|落实|承担|配合|协助)"
)
# Before a list: 责任单位是, 牵头部门为, 由…: the list alone decides.
_BEFORE: Final = re.compile(
    r"(?P<claim>牵头|主责|责任|配合|协助)(?:的)?(?:单位|部门|主体|机构)(?:分别)?(?P<more>[有包]括?|主要有)?(?:[是为有由:])*$"
)


@dataclass(frozen=True, slots=True)
class Charge:
    """Bodies that a sentence gives one role; ``start`` to ``end`` with the words that give it.

    ``whole`` is false where the sentence says that there are more (等部门, 包括).
    """

    bodies: tuple[str, ...]
    claim: Claim
    start: int
    end: int
    whole: bool


def charges(sentence: str, named: Sequence[Element], known: Sequence[str]) -> list[Charge]:
    """Each list of bodies in the folded sentence that is given a role.

    ``named`` are the bodies read from it by their shape, ``known`` the names that clauses hold.
    """
    found: list[Charge] = []
    for run in _runs(sentence, _spans(sentence, named, known)):
        start, end = run[0][0], run[-1][1]
        after = _AFTER.match(sentence, end)
        before = _BEFORE.search(sentence[:start])
        if not (told := after or before):
            continue
        names = tuple(sentence[slice(*span)] for span in run)
        first = before.start() if before and not after else start
        whole = not (told["more"] or (before and before["more"]) or sentence.startswith("等", end))
        found.append(
            Charge(names, _CLAIM_OF[told["claim"]], first, after.end() if after else end, whole=whole)
        )
    return found


def _spans(sentence: str, named: Sequence[Element], known: Sequence[str]) -> list[tuple[int, int]]:
    """Where bodies stand: the known names, the longest first, and the others read."""
    taken: list[tuple[int, int]] = []
    spans = [
        found.span()
        for name in sorted(set(known), key=len, reverse=True)
        for found in re.finditer(re.escape(name), sentence)
    ]
    spans += [(one.start, one.start + len(one.text)) for one in named]
    for start, end in spans:
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
    return sorted(taken)


def _runs(sentence: str, spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The bodies in lists: those with nothing but a joint between them."""
    runs: list[list[tuple[int, int]]] = []
    for span in spans:
        between = sentence[runs[-1][-1][1] : span[0]] if runs else ""
        if runs and _JOINED.fullmatch(between):
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def holds(charge: Charge, roles: Mapping[str, Role], text: str) -> bool:
    """Whether a clause gives these bodies that role: by its facts (``roles`` in their order), else by its
    words (文旅部门牵头).

    A list that is given as whole may not leave out the bodies that lead or come first.
    """
    given = [_role(body, roles) for body in charge.bodies]
    true = _TRUE_OF[charge.claim]
    said = [
        (role in true) if role else _said(body, charge.claim, text)
        for body, role in zip(charge.bodies, given, strict=True)
    ]
    if not all(said):
        return False
    heads = {"lead"} if "lead" in roles.values() else {"first"}
    if charge.claim != "responsible" or not charge.whole or not heads & set(roles.values()):
        return True
    return bool(heads & set(given)) or not any(given) or _all_others(given, roles)


def _all_others(given: Sequence[Role | None], roles: Mapping[str, Role]) -> bool:
    """Whether all that are only listed are named: 由…牵头, then the others 负责."""
    return len(given) >= sum(role in ("first", "responsible") for role in roles.values())


def _role(body: str, roles: Mapping[str, Role]) -> Role | None:
    if body in roles:
        return roles[body]
    ends = [role for name, role in roles.items() if body.endswith(name) or name.endswith(body)]
    return ends[0] if ends else None


def _said(body: str, claim: Claim, text: str) -> bool:
    return any(f"{body}{word}" in text for word, meant in _CLAIM_OF.items() if meant == claim)
