"""``python -m qa evaluate``: figures over one's own questions, of an index or of several models side by side.

Left out: the other commands (`__main__`), what it does (`evaluate`, `compare_models`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from index.commands.shared import MISTAKE, as_json, named, named_path, progress_bar, say
from index.errors import SourceError
from index.settings import DEFAULT_DOCUMENTS, beside

if TYPE_CHECKING:
    from index.search.live import LiveIndex
    from qa.quality.evaluate import Evaluation
    from qa.search.rerank import Reranker


def add_models(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``evaluate`` that compare models."""
    parser.add_argument(
        "--model",
        action="append",
        type=named,
        metavar="M",
        help="compare the shipped encoder with this model, as for `index build`; may be repeated",
    )
    parser.add_argument(
        "--documents",
        type=named_path,
        default=DEFAULT_DOCUMENTS,
        metavar="FOLDER",
        help="with --model: what each model's index is made of (default: %(default)s)",
    )


def run_evaluate(
    options: argparse.Namespace, opened: Callable[[Path], LiveIndex], reranker: Reranker | None
) -> int:
    """Print the figures of the index that ``opened`` gives, or of every model named."""
    from qa.commands.terminal import shown_evaluation  # noqa: PLC0415
    from qa.quality.evaluate import evaluate, evaluation_object  # noqa: PLC0415 - the other commands need none of it

    if options.model:
        return _compare(options, reranker)
    index = opened(options.index).current()
    with progress_bar() as progress:
        evaluation = evaluate(options.questions, index, progress, reranker=reranker)
    if options.json:
        print(as_json(evaluation_object(evaluation), sys.stdout, indent=2))
    else:
        print(shown_evaluation(evaluation))
    return _refused(options, evaluation)


def _compare(options: argparse.Namespace, reranker: Reranker | None) -> int:
    from qa.commands.terminal import shown_comparison  # noqa: PLC0415
    from qa.quality.compare_models import columns_object, compare  # noqa: PLC0415 - imports onnxruntime

    if not options.questions.is_file():
        raise SourceError(f"No file of questions at {options.questions}.")
    place = beside(options.index, "models")
    with progress_bar() as progress:
        columns = compare(
            options.questions,
            options.documents,
            options.model,
            place,
            reranker=reranker,
            progress=progress,
            told=say,
        )
    if options.json:
        print(as_json(columns_object(columns), sys.stdout, indent=2))
    else:
        print(shown_comparison(columns))
    return _refused(options, columns[0].evaluation)


def _refused(options: argparse.Namespace, evaluation: Evaluation) -> int:
    for fault in evaluation.faults:
        say(f"{options.command}: {options.questions}, {fault}")
    return MISTAKE if evaluation.faults else 0
