"""A reliability diagram as SVG: the share of answerable questions in each bin, beside what it should be.

The colours are the pages' own; the file needs no script, font or network.
"""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from qa.quality.reliability import Reliability

SIDE: Final = 400
"""Points of the square's side; below it stand the counts."""
LEFT: Final = 60
TOP: Final = 40
COUNTS: Final = 60
"""Height of the counts."""
_INK: Final = "#1f2933"
_BAR: Final = "#2f6f8f"
_PALE: Final = "#c8d5dc"


def plot(reliability: Reliability, title: str) -> str:
    """The diagram; a bar a bin, on it how many questions it holds, the diagonal where all would agree."""
    error = "no question" if reliability.error is None else f"{reliability.error:.3f}"
    most = max((one.questions for one in reliability.bins), default=0)
    width, height = LEFT + SIDE + 30, TOP + SIDE + COUNTS + 90
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(LEFT, 22, f"{title}: expected calibration error {error}", size=14),
        *_scale(),
    ]
    for one in reliability.bins:
        x, wide = LEFT + one.low * SIDE, (one.high - one.low) * SIDE
        if one.answerable is None or one.probability is None:
            continue
        tall = one.answerable * SIDE
        shown = f"{one.low:.1f}-{one.high:.1f}: {one.questions} questions, {one.answerable:.0%} answerable"
        parts += [
            f"<g><title>{escape(shown)}</title>",
            _rectangle(x + 2, TOP + SIDE - tall, wide - 4, tall, _BAR),
            f'<circle cx="{LEFT + one.probability * SIDE:.1f}" cy="{TOP + SIDE - tall:.1f}" r="4" '
            f'fill="#ffffff" stroke="{_INK}"/>',
            "</g>",
            _rectangle(
                x + 2, _base() - COUNTS * one.questions / most, wide - 4, COUNTS * one.questions / most, _PALE
            ),
            _text(x + wide / 2, _base() - 4, str(one.questions), anchor="middle"),
        ]
    parts += [
        f'<line x1="{LEFT}" y1="{TOP + SIDE}" x2="{LEFT + SIDE}" y2="{TOP}" stroke="{_INK}" '
        'stroke-dasharray="5 4"/>',
        _text(
            LEFT + SIDE / 2, _base() + 18, "probability of the best clause; below: questions", anchor="middle"
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _base() -> float:
    return TOP + SIDE + 40 + COUNTS


def _scale() -> list[str]:
    aside = _text(0, 0, "share answerable", anchor="middle")
    made = [
        f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{_PALE}"/>',
        f'<g transform="translate(18 {TOP + SIDE / 2}) rotate(-90)">{aside}</g>',
    ]
    for fifth in range(6):
        share = fifth / 5
        made += [
            _text(LEFT - 8, TOP + SIDE * (1 - share) + 4, f"{share:.1f}", anchor="end"),
            _text(LEFT + SIDE * share, TOP + SIDE + 18, f"{share:.1f}", anchor="middle"),
        ]
    return made


def _rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'
