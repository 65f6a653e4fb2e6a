"""The index that a command asks: opened, or built with a progress bar where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.commands.telling import progress_bar, say, say_shortfalls, say_skipped
from index.settings import DEFAULT_DOCUMENTS

if TYPE_CHECKING:
    from index.build.build import BuildReport
    from index.search.live import LiveIndex


def live_or_built(path: Path, documents: Path = DEFAULT_DOCUMENTS) -> LiveIndex:
    """The index at the path; what a build does is said on stderr.  Raises as `qa.api.ask.live_index` does."""
    from qa.api.ask import live_index  # noqa: PLC0415 - loads what answering needs

    with progress_bar() as progress:
        return live_index(path, documents, progress, _say_built)


def _say_built(report: BuildReport) -> None:
    say_skipped(report.skipped)
    say_shortfalls(report.shortfalls)
    say(
        f"no index was there; built one of {report.documents} documents, {report.clauses} clauses, "
        f"in {report.seconds:.1f} s"
    )
