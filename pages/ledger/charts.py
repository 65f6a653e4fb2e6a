"""Charts of the ledger: deadlines by year and region, agencies by tasks, targets side by side.

Each is plain HTML that charts.css gives its look: nothing is loaded for it, light and dark need no second
drawing, it prints, and a screen reader reads it as the table or list that it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from index.records import Role
from pages.common.markup import one_line, shortened
from pages.ledger.words import LedgerWords
from qa.agencies import ROLES
from qa.ledger.table import BodyCount, YearCount, bodies_counted, years_counted
from qa.ledger.targets_by_topic import Measure, UnitGroup
from qa.ledger.tasks import Task

MOST_BODIES: Final = 20
MOST_REGIONS: Final = 30
"""Rows of the time line; more would be longer than a screen."""
MOST_UNITS: Final = 4
MOST_BARS: Final = 16
"""Targets of one unit; a reader compares few."""
NAMED: Final = 6
"""Tasks named where the pointer rests on a year."""
SMALLEST, LARGEST = 24, 46
"""Pixels across of the dot of one task and of the most: two figures fit into the first."""
LONGEST_FIGURE: Final = 24
"""Characters at the end of a bar; a longer figure would leave no room for the bar."""
COLOURS: Final = 8
"""Colours of regions in charts.css; further regions begin again."""


def picture(heading: str, hint: str, drawn: str, words: LedgerWords) -> str:
    """A chart with the words above it; ``drawn`` is HTML, empty where there is nothing to draw."""
    inside = drawn or f'<p class="tw-nothing">{escape(words.undrawn)}</p>'
    return (
        f'<figure class="tw-picture"><figcaption><h3>{one_line(heading)}</h3><p>{escape(hint)}</p>'
        f"</figcaption>{inside}</figure>"
    )


def due_picture(tasks: Sequence[Task], words: LedgerWords) -> str:
    """A dot for each year and region, as large as the number of tasks due; empty where none has a year."""
    counts = years_counted(tasks)
    by_region: dict[str | None, int] = {}
    for count in counts:
        by_region[count.region] = by_region.get(count.region, 0) + len(count.tasks)
    regions = sorted(by_region, key=lambda region: -by_region[region])[:MOST_REGIONS]
    shown = {(count.region, count.year): count for count in counts if count.region in regions}
    if not shown:
        return ""
    years, most = sorted({year for _, year in shown}), max(len(count.tasks) for count in shown.values())
    head = "".join(f'<th scope="col">{year}</th>' for year in years)
    rows = "".join(
        f'<tr><th scope="row">{one_line(region or words.no_region)}</th>'
        + "".join(f"<td>{_dot(shown.get((region, year)), most, words)}</td>" for year in years)
        + "</tr>"
        for region in regions
    )
    corner = f'<td><span class="tw-unseen">{escape(words.region)}</span></td>'
    return (
        '<div class="tw-years" tabindex="0" role="region" '
        f'aria-label="{escape(words.picture_due)}"><table><thead><tr>{corner}{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _dot(count: YearCount | None, most: int, words: LedgerWords) -> str:
    if count is None:
        return ""
    number = len(count.tasks)
    size = round(SMALLEST + (LARGEST - SMALLEST) * (number / most) ** 0.5)  # the area tells the number
    named = [task.task for task in count.tasks[:NAMED]]
    named += [words.more.format(count=number)] if number > NAMED else []
    told = escape("\n".join(" ".join(name.split()) for name in named), quote=True)
    return f'<b style="width:{size}px;line-height:{size}px" title="{told}">{number}</b>'


def bodies_picture(tasks: Sequence[Task], words: LedgerWords) -> str:
    """A bar for each of the bodies with most tasks, in parts by role; empty where no body is charged."""
    bodies = bodies_counted(tasks, MOST_BODIES)
    if not bodies:
        return ""
    roles = [role for role in ROLES if any(body.by_role.get(role) for body in bodies)]
    legend = "".join(f'<li><i class="tw-is-{role}"></i>{escape(words.roles[role])}</li>' for role in roles)
    most = max(body.tasks for body in bodies)
    rows = "".join(f"<li>{_body(body, roles, most, words)}</li>" for body in bodies)
    return f'<ul class="tw-key" aria-hidden="true">{legend}</ul><ol class="tw-bars">{rows}</ol>'


def _body(body: BodyCount, roles: Sequence[Role], most: int, words: LedgerWords) -> str:
    parts = [(role, body.by_role[role]) for role in roles if body.by_role.get(role)]
    said = "，".join(f"{words.roles[role]} {count}" for role, count in parts)
    bars = "".join(
        f'<i class="tw-is-{role}" style="width:{_percent(count, most)}" '
        f'title="{escape(words.roles[role])} {count}"></i>'
        for role, count in parts
    )
    return (
        f'<span class="tw-bar-name">{one_line(body.name)}</span>'
        f'<span class="tw-bar-drawn"><span class="tw-bar-parts">{bars}</span>'
        f'<b>{body.tasks}<span class="tw-unseen">（{escape(said)}）</span></b></span>'
    )


def targets_picture(groups: Sequence[UnitGroup], words: LedgerWords) -> str:
    """A chart for each unit, a bar for each target, coloured by region; empty where there is no target."""
    drawn = [(group.unit, group.measures[:MOST_BARS]) for group in groups[:MOST_UNITS]]
    regions = dict.fromkeys(measure.region for _, measures in drawn for measure in measures)
    colours = {region: number % COLOURS for number, region in enumerate(regions)}
    return "".join(
        f"<h4>{one_line(unit or words.no_unit)}</h4>{_targets(measures, colours, words)}"
        for unit, measures in drawn
    )


def _targets(measures: Sequence[Measure], colours: Mapping[str | None, int], words: LedgerWords) -> str:
    """The bars with their figures as printed, and above each whose it is, so that a telephone has room."""
    most = max(measure.target.amount for measure in measures) or 1
    return f'<ul class="tw-targets">{"".join(_target(one, colours, most, words) for one in measures)}</ul>'


def _target(one: Measure, colours: Mapping[str | None, int], most: float, words: LedgerWords) -> str:
    year = f"（{one.target.year}）" if one.target.year else ""
    said = _joined((one.region or words.no_region, f"{one.target.subject}{year}"))
    told = escape(f"{said}：{one.target.text}\n{' '.join(one.task.split())}", quote=True)
    return (
        f'<li title="{told}"><span class="tw-bar-name">{one_line(said)}</span><span class="tw-bar-drawn">'
        f'<i class="tw-colour-{colours[one.region]}" style="width:{_percent(one.target.amount, most)}"></i>'
        f"<b>{one_line(shortened(one.target.text, LONGEST_FIGURE))}</b></span></li>"
    )


def undrawn(groups: Sequence[UnitGroup]) -> int:
    """How many targets `targets_picture` leaves out."""
    return sum(len(g.measures) for g in groups) - sum(
        len(g.measures[:MOST_BARS]) for g in groups[:MOST_UNITS]
    )


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))


def _percent(part: float, whole: float) -> str:
    return f"{max(0.0, 100 * part / whole):.2f}%"
