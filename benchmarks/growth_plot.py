"""The figures of several runs of ``scale.py`` as one table and one picture.

    python benchmarks/growth_plot.py RUN.json [RUN.json …] --svg docs/images/growth.svg

Prints the table in Markdown.  Both axes of the picture are logarithmic.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.commands.options import named_path

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 360, 70, 50, 20, 190
CLAUSES = (4, 6)
"""Powers of ten on the lower axis."""
SECONDS = (-3, 2)
"""Powers of ten on the left axis."""


@dataclass(frozen=True, slots=True)
class Line:
    """One quantity over the sizes: its name, colour and seconds."""

    name: str
    colour: str
    seconds: tuple[float, ...]


def lines_of(runs: Sequence[dict[str, Any]]) -> list[Line]:
    """What is drawn of the runs."""
    return [
        Line("one document added", "#b5372c", tuple(sorted(run["add_s"])[1] for run in runs)),
        Line("opened", "#8a4b00", tuple(run["open_s"] for run in runs)),
        Line("whole answer, p50", "#1f5a99", tuple(run["ask_ms"]["p50"] / 1000 for run in runs)),
        Line("search, p50", "#2f7d4f", tuple(run["search_ms"]["p50"] / 1000 for run in runs)),
        Line("vectors alone, p50", "#777777", tuple(run["vectors_ms"]["p50"] / 1000 for run in runs)),
    ]


def table_of(runs: Sequence[dict[str, Any]]) -> str:
    """The runs in columns."""
    rows = {
        "documents": [f"{run['documents']:,}" for run in runs],
        "search p50 / p99": [f"{run['search_ms']['p50']} / {run['search_ms']['p99']} ms" for run in runs],
        "whole answer p50 / p99": [f"{run['ask_ms']['p50']} / {run['ask_ms']['p99']} ms" for run in runs],
        "vectors alone p50": [f"{run['vectors_ms']['p50']} ms" for run in runs],
        "recall@10 of the vectors against exact": [f"{run['recall_at_10']:.3f}" for run in runs],
        "opened": [f"{run['open_s']} s" for run in runs],
        "resident after 660 questions": [f"{run['resident_mb']:,} MB" for run in runs],
        "a document of 100 clauses added, questions asked meanwhile": [_three(run["add_s"]) for run in runs],
        "and taken out": [_three(run["remove_s"]) for run in runs],
        "questions asked meanwhile / failed": [
            f"{run['asked_meanwhile']} / {len(run['failed_meanwhile'])}" for run in runs
        ],
        "on disk with the cache": [f"{run['disk_mb']:,} MB" for run in runs],
    }
    head = ["", *(f"{run['clauses']:,} clauses" for run in runs)]
    said = [f"| {' | '.join(head)} |", f"|---|{'--:|' * len(runs)}"]
    said += [f"| {' | '.join([name, *values])} |" for name, values in rows.items()]
    return "\n".join(said)


def _three(seconds: Sequence[float]) -> str:
    return " ".join(f"{one:.1f}" for one in seconds) + " s"


def svg_of(sizes: Sequence[int], lines: Sequence[Line]) -> str:
    """The picture."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(SECONDS[0], SECONDS[1] + 1):
        y, label = _y(10.0**power), f"{10 ** (power + 3):,} ms" if power < 0 else f"{10**power} s"
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e0e4ea"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    parts += [
        f'<text x="{_x(size):.1f}" y="{HEIGHT - 28}" text-anchor="middle">{size:,}</text>' for size in sizes
    ]
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">clauses</text>'
    )
    for line in lines:
        points = [(_x(size), _y(one)) for size, one in zip(sizes, line.seconds, strict=True)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{line.colour}"/>' for x, y in points]
        end = points[-1]
        parts.append(
            f'<text x="{end[0] + 10:.1f}" y="{end[1] + 4:.1f}" fill="{line.colour}">{line.name}</text>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _x(clauses: float) -> float:
    share = (log10(clauses) - CLAUSES[0]) / (CLAUSES[1] - CLAUSES[0])
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(seconds: float) -> float:
    share = (log10(seconds) - SECONDS[0]) / (SECONDS[1] - SECONDS[0])
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)


def main() -> None:
    """Print the table and write the picture."""
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", type=named_path, nargs="+")
    parser.add_argument("--svg", type=named_path)
    options = parser.parse_args()
    runs = sorted((json.loads(path.read_text("utf-8")) for path in options.runs), key=lambda r: r["clauses"])
    print(table_of(runs))
    if options.svg:
        sizes = [run["asked_for"] for run in runs]
        options.svg.write_text(svg_of(sizes, lines_of(runs)), encoding="utf-8")


if __name__ == "__main__":
    main()
