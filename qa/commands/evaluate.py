"""``python -m qa evaluate``: figures over one's own questions, of one index or of several models."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from index.commands.endings import MISTAKE
from index.commands.options import named, named_path
from index.commands.telling import as_json, progress_bar, say
from index.errors import SourceError
from index.settings import DEFAULT_DOCUMENTS, beside

if TYPE_CHECKING:
    from index.search.live import LiveIndex
    from qa.quality.evaluate import Evaluation
    from qa.quality.features import FeatureLine
    from qa.search.rerank import Reranker


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``evaluate``: the files beside the figures, and those that compare models."""
    parser.add_argument(
        "--why",
        type=named_path,
        metavar="FEATURES.jsonl",
        help="write here what every answer was decided on, one JSON object a question",
    )
    parser.add_argument(
        "--plot",
        type=named_path,
        metavar="FILE.svg",
        help="draw here how far the judge's probabilities hold (a reliability diagram)",
    )
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
    for out in filter(None, (options.why, options.plot)):
        _check_place(out, options.questions)
    index = opened(options.index).current()
    with progress_bar() as progress, _features(options) as told:
        evaluation = evaluate(options.questions, index, progress, told, reranker=reranker)
    if options.plot:
        _draw(options.plot, evaluation, options.questions.name)
    if options.json:
        print(as_json(evaluation_object(evaluation), sys.stdout, indent=2))
    else:
        print(shown_evaluation(evaluation))
    return _refused(options, evaluation)


def _check_place(out: Path, questions: Path) -> None:
    """Refuse before the first question what could not be written after the last."""
    from qa.files.whole_file import replaceable  # noqa: PLC0415

    if out.exists() and questions.exists() and out.samefile(questions):
        raise SourceError(f"{out} holds the questions; name another file.")
    replaceable(out)


def _draw(out: Path, evaluation: Evaluation, title: str) -> None:
    from qa.files.whole_file import replacing  # noqa: PLC0415
    from qa.quality.reliability_plot import plot  # noqa: PLC0415

    with replacing(out) as file:
        file.write(plot(evaluation.reliability, title).encode())


@contextmanager
def _features(options: argparse.Namespace) -> Iterator[Callable[[FeatureLine], None] | None]:
    """What writes a line of the file of features, which appears whole at the end; None without a file."""
    from qa.files.whole_file import replacing  # noqa: PLC0415

    if options.why is None:
        yield None
        return
    with replacing(options.why) as file:
        yield lambda line: _write(file, line)


def _write(file: IO[bytes], line: FeatureLine) -> None:
    file.write(f"{json.dumps(line, ensure_ascii=False)}\n".encode())


def _compare(options: argparse.Namespace, reranker: Reranker | None) -> int:
    from qa.commands.terminal import shown_comparison  # noqa: PLC0415
    from qa.quality.compare_models import columns_object, compare  # noqa: PLC0415 - imports onnxruntime

    for name in ("why", "plot"):
        if getattr(options, name):
            raise SourceError(f"--{name} tells of one index; leave out --model.")
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
