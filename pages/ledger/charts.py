"""Charts of the ledger: deadlines by year and region, agencies by tasks, targets side by side.

Colours of words and lines follow the page, light or dark (ledger.css).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final

from index.records import Role
from pages.common.markup import shortened
from pages.ledger.words import LedgerWords
from qa.agencies import ROLES
from qa.ledger.table import bodies_counted, years_counted
from qa.ledger.targets_by_topic import Measure, UnitGroup
from qa.ledger.tasks import Task

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST_BODIES: Final = 20
MOST_REGIONS: Final = 30
"""Rows of the time line; more would be longer than a screen."""
MOST_UNITS: Final = 4
MOST_BARS: Final = 16
"""Targets of one unit; a reader compares few."""
FEW: Final = 10
"""Tasks up to which every number stands on the axis, so that none is half a task."""
BAR: Final = 46
"""Pixels of a target's bar with the line above it."""
BETWEEN: Final = 84
"""Pixels from the bars of one unit to those of the next: figures below, the unit above."""
ROOM: Final = 1.4
"""The axis goes so far beyond the longest bar, for the words at its end."""
NAMED: Final = 6
"""Tasks named where the pointer rests on a year."""
LONGEST_LABEL: Final = 16
"""Characters of a label beside a bar; longer ones leave a telephone no room for the bar."""
BLUE: Final = "#2f6fb3"
"""White figures on it have a contrast of 5.1."""
OF_ROLE: Final[dict[Role, str]] = {
    "lead": "#b5372c",
    "first": "#2f6fb3",
    "responsible": "#8fb4dd",
    "support": "#c79a4b",
    "supervise": "#3f8f6b",
    "assess": "#7d63ad",
}
OF_REGION: Final = ("#2f6fb3", "#b5372c", "#3f8f6b", "#c79a4b", "#7d63ad", "#4b9bb0", "#a05a7c", "#7c8a3a")
_FONTS: Final = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
_UNUSED: Final = ("zoom", "pan", "select", "lasso", "zoomIn", "zoomOut", "autoScale", "resetScale")


def due_picture(tasks: Sequence[Task], words: LedgerWords) -> Figure | None:
    """A dot for each year and region, as large as the number of tasks due; None where none has a year."""
    from plotly.graph_objects import Figure, Scatter  # noqa: PLC0415 - half a second, and seldom needed

    counts = years_counted(tasks)
    by_region: dict[str, int] = {}
    for count in counts:
        name = count.region or words.no_region
        by_region[name] = by_region.get(name, 0) + len(count.tasks)
    regions = sorted(by_region, key=lambda region: -by_region[region])[:MOST_REGIONS]
    shown = [count for count in counts if (count.region or words.no_region) in regions]
    if not shown:
        return None
    most = max(len(count.tasks) for count in shown)
    figure = Figure(
        Scatter(
            x=[count.year for count in shown],
            y=[_plain(count.region or words.no_region) for count in shown],
            text=[str(len(count.tasks)) for count in shown],
            hovertext=[_named(count.tasks, words) for count in shown],
            hovertemplate="%{y} %{x}<br>%{hovertext}<extra></extra>",
            mode="markers+text",
            textfont={"color": "#ffffff", "size": 13},
            marker={
                "size": [22 + 26 * (len(count.tasks) / most) ** 0.5 for count in shown],
                "color": BLUE,
                "line": {"width": 0},
                "opacity": 1,
            },
        )
    )
    _lay_out(figure, height=120 + 56 * len(regions))
    figure.update_xaxes(title_text=words.year_axis, dtick=1, tickformat="d")
    years = [count.year for count in shown]
    figure.update_xaxes(range=[min(years) - 0.6, max(years) + 0.6])
    figure.update_yaxes(categoryorder="array", categoryarray=[_plain(region) for region in reversed(regions)])
    figure.update_yaxes(range=[-0.7, len(regions) - 0.3])
    return figure


def bodies_picture(tasks: Sequence[Task], words: LedgerWords) -> Figure | None:
    """A bar for each of the bodies with most tasks, in parts by role; None where no body is charged."""
    from plotly.graph_objects import Bar, Figure  # noqa: PLC0415

    bodies = bodies_counted(tasks, MOST_BODIES)
    if not bodies:
        return None
    names = [_short(body.name) for body in bodies]
    figure = Figure()
    for role in ROLES:
        counts = [body.by_role.get(role, 0) for body in bodies]
        if any(counts):
            bar = Bar(
                name=words.roles[role], x=counts, y=names, orientation="h", marker={"color": OF_ROLE[role]}
            )
            bar.hovertemplate = f"%{{y}} · {words.roles[role]} %{{x}}<extra></extra>"
            figure.add_trace(bar)
    totals = [body.tasks for body in bodies]
    figure.add_trace(_sums(totals, names))
    _lay_out(figure, height=130 + 26 * len(bodies))
    figure.update_layout(
        barmode="stack",
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )
    figure.update_xaxes(
        title_text=words.tasks_axis,
        tickformat="d",
        dtick=1 if max(totals) <= FEW else None,
        range=[0, max(totals) * 1.08],
        rangemode="tozero",
    )
    figure.update_yaxes(autorange="reversed")
    return figure


def _sums(totals: Sequence[int], names: Sequence[str]) -> Any:
    """The number at the end of each bar."""
    from plotly.graph_objects import Scatter  # noqa: PLC0415

    return Scatter(
        x=list(totals),
        y=list(names),
        text=[f" {total}" for total in totals],
        mode="text",
        textposition="middle right",
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
    )


def targets_picture(groups: Sequence[UnitGroup], words: LedgerWords) -> Figure | None:
    """A chart for each unit, a bar for each target, coloured by region; None where there is no target."""
    from plotly.subplots import make_subplots  # noqa: PLC0415

    drawn = [(group.unit, group.measures[:MOST_BARS]) for group in groups[:MOST_UNITS]]
    if not drawn:
        return None
    sizes = [len(measures) for _, measures in drawn]
    height = 60 + BAR * sum(sizes) + BETWEEN * len(drawn)
    figure = make_subplots(
        rows=len(drawn),
        cols=1,
        row_heights=sizes,
        vertical_spacing=min(1 / len(drawn), BETWEEN / height),
        subplot_titles=[_plain(unit or words.no_unit) for unit, _ in drawn],
    )
    figure.update_annotations(x=0, xanchor="left", font_size=13)
    regions = list(dict.fromkeys(m.region for _, measures in drawn for m in measures))
    colours = {region: OF_REGION[n % len(OF_REGION)] for n, region in enumerate(regions)}
    for row, (_, measures) in enumerate(drawn, 1):
        for trace in _bars(measures, colours, words):
            figure.add_trace(trace, row=row, col=1)
        most = max(measure.target.amount for measure in measures)
        figure.update_xaxes(range=[0, most * ROOM or 1], tickformat=",", nticks=6, row=row, col=1)
        figure.update_yaxes(range=[len(measures) - 0.4, -0.7], row=row, col=1)
    _lay_out(figure, height=height)
    figure.update_layout(showlegend=False)
    figure.update_yaxes(showticklabels=False, showgrid=False)
    return figure


def _bars(
    measures: Sequence[Measure], colours: Mapping[str | None, str], words: LedgerWords
) -> tuple[Any, Any]:
    """The bars with their figures as printed, and above each whose it is, so that a telephone has room."""
    from plotly.graph_objects import Bar, Scatter  # noqa: PLC0415

    rows = list(range(len(measures)))
    bars = Bar(
        x=[measure.target.amount for measure in measures],
        y=rows,
        width=0.42,
        text=[_plain(measure.target.text) for measure in measures],
        hovertext=[_told(measure, words) for measure in measures],
        hovertemplate="%{hovertext}<extra></extra>",
        textposition="outside",
        cliponaxis=False,
        orientation="h",
        marker={"color": [colours[measure.region] for measure in measures]},
    )
    labels = Scatter(
        x=[0] * len(rows),
        y=[row - 0.42 for row in rows],
        text=[_label(measure) for measure in measures],
        mode="text",
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )
    return bars, labels


def undrawn(groups: Sequence[UnitGroup]) -> int:
    """How many targets `targets_picture` leaves out."""
    return sum(len(g.measures) for g in groups) - sum(
        len(g.measures[:MOST_BARS]) for g in groups[:MOST_UNITS]
    )


def _label(measure: Measure) -> str:
    """Region, what is measured and by when."""
    year = f" {measure.target.year}" if measure.target.year else ""
    return _plain(f"{measure.region or ''} {shortened(measure.target.subject, LONGEST_LABEL)}{year}".strip())


def _told(measure: Measure, words: LedgerWords) -> str:
    target = measure.target
    year = f"（{target.year}）" if target.year else ""
    lines = (
        measure.region or words.no_region,
        f"{target.subject}：{target.text}{year}",
        measure.task,
    )
    return "<br>".join(_plain(line) for line in lines)


def _named(tasks: Sequence[Task], words: LedgerWords) -> str:
    names = [_short(task.task) for task in tasks[:NAMED]]
    more = [escape(words.more.format(count=len(tasks)))] if len(tasks) > NAMED else []
    return "<br>".join((f"{len(tasks)} {words.tasks_unit}", *names, *more))


def _short(text: str) -> str:
    return _plain(shortened(text, LONGEST_LABEL))


def _plain(text: str) -> str:
    """Text in which plotly sees none of the elements that it knows; it reads only these three entities."""
    return escape(" ".join(text.split()), quote=False)


def _lay_out(figure: Figure, *, height: int) -> None:
    figure.update_layout(
        height=height,
        autosize=True,
        margin={"l": 8, "r": 24, "t": 40, "b": 44},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": _FONTS, "size": 13},
        dragmode=False,
        bargap=0.28,
        hoverlabel={"bgcolor": "#1c2430", "font": {"family": _FONTS, "size": 13, "color": "#ffffff"}},
        modebar={"remove": list(_UNUSED), "bgcolor": "rgba(0,0,0,0)"},
        template="none",
    )
    figure.update_xaxes(
        showgrid=True, zeroline=False, automargin=True, fixedrange=True, title_standoff=8, title_font_size=13
    )
    figure.update_yaxes(showgrid=True, zeroline=False, automargin=True, fixedrange=True, ticksuffix="  ")
