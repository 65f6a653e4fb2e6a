"""Models side by side on one's own questions: an index for each from the same documents, the same questions.

The shipped encoder is the first column.  The indexes are kept and brought up to date the next time, so that
only a new model's windows are encoded.  A model is loaded, measured and let go before the next one is.  Left
out: the figures themselves (`evaluate`), how they are shown (`terminal`).
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from index.build.build import build, current
from index.build.update import update
from index.encoders.lazy import is_model
from index.encoders.load import load_encoder
from index.errors import IndexDamaged, IndexMissing
from index.search.index import open_index
from qa.api.warming import warm
from qa.quality.evaluate import NOTHING, Evaluation, evaluate, evaluation_object

if TYPE_CHECKING:
    from index.build.build import BuildReport, Progress
    from index.encoders.encoder import Encoder
    from qa.search.rerank import Reranker

SHIPPED: Final = "shipped"
"""The heading of the column of the encoder that comes with the project."""


@dataclass(frozen=True, slots=True)
class Column:
    """One model's evaluation, and what it took on this machine.

    ``model`` is as it was named, None for the shipped one.  ``encoded`` windows were encoded in the
    ``seconds_of_build`` of its index; both are small where the index was there from before.
    ``seconds_a_question`` are of a model that is loaded.
    """

    model: str | None
    reranker: str | None
    dimension: int
    checksum: str
    index: Path
    encoded: int
    seconds_of_build: float
    seconds_a_question: float
    evaluation: Evaluation

    @property
    def heading(self) -> str:
        """The model's name by its last part, as a column's heading: ``bge-m3``, ``bge-m3 + reranker``."""
        name = re.split(r"[/\\#]", self.model.rstrip("/\\"))[-1] if self.model else SHIPPED
        return f"{name} + reranker" if self.reranker else name


def compare(
    questions: Path,
    documents: Path,
    models: Sequence[str],
    place: Path,
    *,
    reranker: Reranker | None = None,
    progress: Progress | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> tuple[Column, ...]:
    """Measure the shipped encoder and each model on the questions, over an index of ``documents`` of its own.

    The indexes lie in ``place``, a folder each.  With a reranker every model has a second column.  ``told``
    gets a line on each index.  Raises what `evaluate` and `index.build.build.build` raise.
    """
    columns: list[Column] = []
    for model in (None, *dict.fromkeys(models)):
        encoder = load_encoder(model)
        where = place / folder_name(model)
        report = _brought_up_to_date(documents, where, model, encoder, progress)
        told(
            f"{model or SHIPPED}: {where}, {report.windows} windows, {report.encoded} encoded, "
            f"in {report.seconds:.1f} s"
        )
        made = _Made(model, encoder, where, report)
        rerankers = (None, reranker) if reranker else (None,)
        columns += [_column(questions, made, one, progress) for one in rerankers]
    return tuple(columns)


def columns_object(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The columns as JSON objects: how each was made, what it took, and its evaluation."""
    made = [
        {key: value for key, value in asdict(replace(one, evaluation=NOTHING)).items() if key != "evaluation"}
        for one in columns
    ]
    return [
        {**said, "index": str(one.index), **evaluation_object(one.evaluation)}
        for said, one in zip(made, columns, strict=True)
    ]


def folder_name(model: str | None) -> str:
    """The folder of a model's index: readable, and another for each name: ``bge-m3-1f0c5a2e``."""
    if model is None:
        return SHIPPED
    readable = re.sub(r"[^\w.-]+", "-", re.split(r"[/\\#]", model.rstrip("/\\"))[-1]).strip("-.")
    return f"{readable}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"


def _brought_up_to_date(
    documents: Path, where: Path, model: str | None, encoder: Encoder, progress: Progress | None
) -> BuildReport:
    """The index of these documents and this model at ``where``: built, or only what changed taken over."""
    try:
        before = current(where)
    except (IndexMissing, IndexDamaged):
        return build(documents, where, model, progress, encoder)
    is_same = is_model(encoder, before.model) and Path(before.root) == documents.resolve()
    if is_same and documents.is_dir():
        return update(documents, where, progress, encoder)
    return build(documents, where, model, progress, encoder)


@dataclass(frozen=True, slots=True)
class _Made:
    """A model and its index."""

    model: str | None
    encoder: Encoder
    where: Path
    report: BuildReport


def _column(questions: Path, made: _Made, reranker: Reranker | None, progress: Progress | None) -> Column:
    with open_index(made.where, made.encoder) as index:
        warm(index, reranker=reranker)
        started = time.perf_counter()
        evaluation = evaluate(questions, index, progress, reranker=reranker)
        seconds = time.perf_counter() - started
        recorded = index.manifest.model
    asked = sum(int(figures[0].value or 0) for figures in evaluation.figures if figures)
    return Column(
        model=made.model,
        reranker=reranker.name if reranker else None,
        dimension=recorded.dimension,
        checksum=recorded.checksum,
        index=made.where,
        encoded=made.report.encoded,
        seconds_of_build=round(made.report.seconds, 2),
        seconds_a_question=round(seconds / max(1, asked), 4),
        evaluation=evaluation,
    )
