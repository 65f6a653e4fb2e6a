"""Results as Markdown: figures, each peer against 条问 and the floors; over plans one table of both."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from records import Result
from rows import OURS, WHOLE_DOCUMENTS, Kind, Row

BUILD_FLOOR, QUESTION_FLOOR, START_FLOOR = 3.0, 5.0, 5.0
"""How many times as fast as every peer the build, a warm question and the start are to be."""
FIRST_DOCUMENT, IN_FIVE = "document_R@1", "R@5"
"""The figure of each set that is to be higher than every peer's."""

Results = Mapping[tuple[str, Kind], Result]
"""By a row's key and the set's kind; a row that has not run is not there."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure of a peer divided by ours, or ours less the peer's; ``met`` where the floor is."""

    value: float
    met: bool

    def shown(self, sign: str) -> str:
        """As it stands in a cell: ``4.4×`` or ``+.105``; a floor that is missed in bold."""
        words = f"{self.value:.1f}×" if sign == "×" else _signed(self.value)
        return words if self.met else f"**{words} MISSED**"


def markdown(rows: Sequence[Row], results: Results) -> str:
    """Both tables, and the load under which they were measured."""
    over_plans = [row for row in rows if (row.key, "plans") in results]
    parts = (
        [_over_plans(over_plans, results)]
        if over_plans
        else [_figures(rows, results), _floors(rows, results)]
    )
    loads = [value for result in results.values() for value in result.load]
    if loads:
        parts.append(f"Load average of the machine while it ran: {min(loads):.1f} to {max(loads):.1f}.")
    return "\n\n".join(part for part in parts if part)


def ratios(row: Row, results: Results) -> list[Ratio | None]:
    """Build, question, start, document R@1 and R@5 of a peer against ours; None where one is not there."""
    ours, theirs = results.get((OURS.key, "notices")), results.get((row.key, "notices"))
    found: list[Ratio | None] = [None] * 4
    if ours and theirs:
        pairs = (
            (theirs.build_seconds / ours.build_seconds, BUILD_FLOOR),
            (_p50(theirs) / _p50(ours), QUESTION_FLOOR),
            (_start(theirs) / _start(ours), START_FLOOR),
        )
        found = [Ratio(value, value >= floor) for value, floor in pairs]
        found.append(_lead(ours, theirs, FIRST_DOCUMENT))
    ours, theirs = results.get((OURS.key, "policy")), results.get((row.key, "policy"))
    comparable = ours and theirs and (row.key, "policy") not in WHOLE_DOCUMENTS
    return [*found, _lead(ours, theirs, IN_FIVE) if ours and theirs and comparable else None]


def _figures(rows: Sequence[Row], results: Results) -> str:
    lines = [
        "| | pieces | build | start | question p50 / p99 | memory, build / asking "
        "| notices R@1 / MRR@10 | policy R@1 / R@5 / R@10 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        notices, policy = results.get((row.key, "notices")), results.get((row.key, "policy"))
        cells = _timed(notices) if notices else ["–"] * 5
        cells.append(_shares(notices, (FIRST_DOCUMENT, "document_MRR@10")))
        whole = (row.key, "policy") in WHOLE_DOCUMENTS
        cells.append("whole documents" if whole else _shares(policy, ("R@1", IN_FIVE, "R@10")))
        lines.append(f"| {row.title} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _floors(rows: Sequence[Row], results: Results) -> str:
    lines = [
        f"| against 条问's `qa.search` | build (floor {BUILD_FLOOR:g}×) | question ({QUESTION_FLOOR:g}×) "
        f"| start ({START_FLOOR:g}×) | notices R@1 (higher) | policy R@5 (higher) |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        if row.is_peer:
            signs = ("×", "×", "×", "+", "+")
            found = zip(ratios(row, results), signs, strict=True)
            lines.append(f"| {row.title} | {' | '.join(one.shown(s) if one else '–' for one, s in found)} |")
    return "\n".join(lines) if len(lines) > 2 else ""


def _over_plans(rows: Sequence[Row], results: Results) -> str:
    """Each row over the plans, and how many times ours a peer takes; R@5 less is told with its sign."""
    lines = [
        "| | pieces | build | start | question p50 / p99 | memory, build / asking | R@1 / R@5 / R@10 "
        "| against ours: build, question, start, R@5 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    ours = results.get((OURS.key, "plans"))
    for row in rows:
        one = results[row.key, "plans"]
        cells = [*_timed(one), _shares(one, ("R@1", IN_FIVE, "R@10"))]
        if ours and row.is_peer:
            times = (
                one.build_seconds / ours.build_seconds,
                _p50(one) / _p50(ours),
                _start(one) / _start(ours),
            )
            lead = (ours.quality[IN_FIVE] or 0.0) - (one.quality[IN_FIVE] or 0.0)
            cells.append(", ".join((*(f"{value:.2g}×" for value in times), _signed(lead))))
        else:
            cells.append("–")
        lines.append(f"| {row.title} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _timed(result: Result) -> list[str]:
    p99 = statistics.quantiles(result.milliseconds, n=100, method="inclusive")[98]
    return [
        f"{result.pieces:,}",
        f"{result.build_seconds:.0f} s",
        f"{_start(result):.1f} s",
        f"{_p50(result):.1f} / {p99:.0f} ms",
        f"{result.build_peak_mb:.0f} / {result.ask_peak_mb:.0f} MB",
    ]


def _p50(result: Result) -> float:
    return statistics.median(result.milliseconds)


def _start(result: Result) -> float:
    return statistics.median(result.start_seconds)


def _lead(ours: Result, theirs: Result, name: str) -> Ratio:
    lead = (ours.quality[name] or 0.0) - (theirs.quality[name] or 0.0)
    return Ratio(lead, lead > 0)


def _shares(result: Result | None, names: Sequence[str]) -> str:
    if not result:
        return "–"
    return " / ".join(f"{result.quality[name] or 0.0:.3f}".removeprefix("0") for name in names)


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("0.", ".", 1)
