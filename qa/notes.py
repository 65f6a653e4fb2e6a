"""What is noted while an answer is made: searches, clauses weighed, every test; at the end a `Judgement`.

Noting decides nothing and computes nothing: each number is the one decided with.  One answer, one thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from qa.judgement import Candidate, Check, CheckName, Found, Judgement, Search, Silence, SubjectWord, Weighed

DOCUMENTS_NAMED = 20
"""Documents of a search that are noted by name; an index may hold a million."""
_Made = tuple[CheckName, str, int | None, int | None, str | None, int | None]
"""What makes a test the same one, made again: its name, what was asked, and of what."""
_Searched = tuple[tuple[str, ...], tuple[str, ...], int, int, tuple[Found, ...]]


class Notes:
    """The notes of one answer."""

    def __init__(self) -> None:
        self._searches: list[_Searched] = []
        self._weighed: dict[tuple[int, int], Weighed] = {}
        self._checks: dict[_Made, Check] = {}
        self._silences: list[Silence] = []

    @property
    def search(self) -> int:
        """The number of the latest search, from 0; -1 before the first."""
        return len(self._searches) - 1

    def searched(
        self, regions: Sequence[str], documents: Iterable[str], count: int, clauses: int, found: list[Found]
    ) -> None:
        """A search over ``count`` documents, of which the first are noted, that compared so many clauses."""
        named = tuple(islice(documents, DOCUMENTS_NAMED))
        self._searches.append((tuple(regions), named, count, clauses, tuple(found)))

    def weigh(self, key: int, weighed: Weighed) -> None:
        """A clause of the latest search, weighed."""
        self._weighed[self.search, key] = weighed

    def check(self, check: Check) -> bool:
        """A test; made again of the same, it counts once.  Returns whether it was passed."""
        made = (check.name, check.asked, check.search, check.key, check.region, check.start)
        self._checks.pop(made, None)  # the latest last
        self._checks[made] = check
        return check.passed

    def silenced(self, region: str | None, key: int | None) -> None:
        """That the region, or the answer, is silent for the last test that the clause failed, or that no
        clause did where ``key`` is None."""
        failed = (check for check in reversed(self._checks.values()) if not check.passed and check.key == key)
        if check := next(failed, None):
            self._silences.append(Silence(region, check))

    def judgement(self, words: tuple[SubjectWord, ...]) -> Judgement:
        """All of it, the tests of a clause with the clause."""
        of_clause: dict[tuple[int, int], list[Check]] = {}
        others: list[Check] = []
        found = {(number, one.key) for number, search in enumerate(self._searches) for one in search[4]}
        for check in self._checks.values():
            at = (-1 if check.search is None else check.search, -1 if check.key is None else check.key)
            (of_clause.setdefault(at, []) if at in found else others).append(check)
        searches = tuple(
            Search(
                *search[:4],
                tuple(
                    Candidate(one, self._weighed.get(at := (number, one.key)), tuple(of_clause.get(at, ())))
                    for one in search[4]
                ),
            )
            for number, search in enumerate(self._searches)
        )
        return Judgement(words, searches, tuple(others), tuple(self._silences))
