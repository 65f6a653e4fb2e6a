"""A clause as a sentence is checked against it, folded, and how much of other words it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from index.facts.agencies import find_agencies
from index.language.folding import folded
from index.language.regions import regions_in, short_forms
from index.records import Agency, Role


@dataclass(frozen=True, slots=True)
class Source:
    """A clause as the check sees it, folded: its ``text``, and ``around``: title, region and headings.

    ``roles`` are the bodies that it charges, as printed, in their order; ``regions`` the names that stand for
    it: the document's own region.
    """

    text: str
    around: str
    roles: Mapping[str, Role] = field(hash=False)
    regions: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        text: str,
        around: Iterable[str],
        bodies: Iterable[Agency | str],
        region: str | None = None,
    ) -> Source:
        """A source of unfolded words; ``bodies`` are those that the clause's facts hold.

        A body given by its name alone has the role that the text gives it.
        """
        around = list(around)
        read: dict[str, Role] = {folded(body.text): body.role for body in find_agencies(text, 0)}
        roles: dict[str, Role] = {}
        for body in bodies:
            name = folded(body if isinstance(body, str) else body.text)
            role = read.get(name, "responsible") if isinstance(body, str) else body.role
            if roles.get(name) != "lead":
                roles[name] = role
        where = [region] if region else [one.name for one in regions_in(" ".join(around))][:1]
        names = {name for one in where for name in (folded(one), *map(folded, short_forms(one)))}
        return cls(folded(text), folded("\n".join(around)), roles, frozenset(names))


def coverage(words: str, sources: Sequence[Source]) -> float:
    """The share of the folded sentence's pairs of characters that the sources hold; 0 where it has none."""
    wanted = pairs_of(words)
    held: set[str] = set().union(*(pairs_of(source.text) | pairs_of(source.around) for source in sources))
    return len(wanted & held) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=256)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of letters and digits that follow on one another in a folded text."""
    return frozenset(
        text[at : at + 2] for at in range(len(text) - 1) if text[at].isalnum() and text[at + 1].isalnum()
    )
