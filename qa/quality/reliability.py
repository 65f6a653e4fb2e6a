"""Do the judge's probabilities hold: of the questions given .8, are eight in ten answerable?

The probability is that of a question's best clause, .5 at the threshold of silence.  In bins of equal width,
as a reliability diagram has them, with the expected calibration error (Guo and others 2017, On calibration
of modern neural networks).  Left out: drawing them (`reliability_plot`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from qa.evidence.fitted import silence_in, situation
from qa.evidence.subject import WHOLE
from qa.records import Answer
from qa.search.judged_text import share_of

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose probability is from ``low`` up to ``high``: how many, the mean of their probabilities,
    and the share of them that the documents answer; both None where there is no question."""

    low: float
    high: float
    questions: int
    probability: float | None
    answerable: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins; ``error`` is the mean difference of probability and share over all questions, None without
    any; ``unread`` counts the questions left out, of which the judge read no clause."""

    bins: tuple[Bin, ...]
    error: float | None
    unread: int


def best_odds(given: Answer) -> float | None:
    """What an answer was weighed by: the judge's log odds with the offset of what the first clause holds;
    None where it read none."""
    candidates = (candidate for search in given.why.searches for candidate in search.candidates)
    weighed = [one.weighed for one in candidates if one.weighed]
    if not weighed:
        return None
    holds = weighed[0].holds_kind and weighed[0].coverage >= WHOLE
    where = situation(given.query.asked, holds)
    best = max(one.answer_odds for one in weighed)
    return silence_in().weigh(best, weighed[0].answer_odds, where)


def reliability(asked: Iterable[tuple[float | None, bool]], threshold: float | None = None) -> Reliability:
    """The bins of questions: log odds of the best clause (None where none was read), and whether the
    documents answer it.  ``threshold`` is that of silence where None is given."""
    at = silence_in().value if threshold is None else threshold
    found = list(asked)
    read = [(share_of(odds, at), answerable) for odds, answerable in found if odds is not None]
    bins = tuple(_bin(number, read) for number in range(BINS))
    apart = sum(
        one.questions * abs(one.probability - one.answerable)
        for one in bins
        if one.probability is not None and one.answerable is not None
    )
    return Reliability(bins, apart / len(read) if read else None, len(found) - len(read))


def _bin(number: int, read: list[tuple[float, bool]]) -> Bin:
    among = [one for one in read if min(int(one[0] * BINS), BINS - 1) == number]
    low, high = number / BINS, (number + 1) / BINS
    if not among:
        return Bin(low, high, 0, None, None)
    probability = sum(share for share, _ in among) / len(among)
    return Bin(low, high, len(among), probability, sum(answerable for _, answerable in among) / len(among))
