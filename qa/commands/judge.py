"""``python -m qa judge``: does a text answer a question, and which of its words; no index is needed."""

from __future__ import annotations

import argparse

from index.commands.endings import MISTAKE
from index.commands.telling import progress_bar, say


def run_judge(options: argparse.Namespace) -> int:
    """Judge the pairs of ``options.pairs`` into ``options.out``; 2 where lines of the file were refused."""
    from qa.api.judge_pairs import judge_pairs  # noqa: PLC0415 - loads the model

    with progress_bar() as progress:
        report = judge_pairs(options.pairs, options.out, progress)
    say(
        f"{report.judged} pairs judged ({report.answering} texts answer), "
        f"{len(report.faults)} lines refused; written to {options.out}"
    )
    for fault in report.faults:
        say(f"{options.command}: {options.pairs}, {fault}")
    return MISTAKE if report.faults else 0
