"""The best clauses in the order of a cross-encoder, which reads the question and each of them together.

Only the order is its own: the reranked clauses share out the fused scores that they had, the best of them to
the clause that it puts first.  So its scores may be of any scale; silence goes by the judge, as without.  A
clause counts by its best window, as in the search by vectors.  Off unless whoever asks hands over a reranker.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from index.clauses.windows import windows
from index.encoders.st_models import half_precision, in_single_precision, load
from index.errors import ModelError

if TYPE_CHECKING:
    from index.entries import Entry
    from index.search.index import Index

RERANKED: Final = 20
"""Clauses of a search that are read again; a model of 280 million weights reads some 30 windows for them."""

BATCH: Final = 16
"""Pairs in a padded batch."""

SCORES_KEPT: Final = 4096
"""Pairs whose score is remembered: a question is searched for in every region, with much the same clauses."""


class Reranker(Protocol):
    """What a search needs of a model that reads question and passage together."""

    @property
    def name(self) -> str:
        """The model's name."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, higher-is-better, in their order; of any scale."""


class CrossEncoderReranker:
    """A loaded sentence-transformers CrossEncoder; on a GPU where torch finds one, there in half precision.

    Calls from several threads run one after the other: its tokenizer may not be shared.  A pair longer than
    the model takes is cut at its end by the model's own tokenizer; 512 tokens hold a question and a window.
    """

    def __init__(self, name: str, model: Any) -> None:
        """Wrap a loaded model; raises ModelError where it gives anything but one score a pair."""
        self.name = name
        if model.num_labels != 1:
            raise ModelError(
                f"The model {name} sorts pairs into {model.num_labels} kinds; a reranker gives one score. "
                "Name one made for reranking, as BAAI/bge-reranker-base."
            )
        self._precision = half_precision(model)
        self._model = in_single_precision(model)
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], float] = OrderedDict()

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, higher-is-better, in their order.

        Raises ModelError where the model gives no numbers.
        """
        with self._lock:
            pairs = [(question, passage) for passage in passages]
            known = {pair: self._kept[pair] for pair in pairs if pair in self._kept}
            fresh = [pair for pair in dict.fromkeys(pairs) if pair not in known]
            if fresh:
                with self._precision():
                    found = np.asarray(
                        self._model.predict(fresh, batch_size=BATCH, show_progress_bar=False), np.float64
                    )
                if not np.isfinite(found).all():
                    raise ModelError(f"The reranker {self.name} gives no numbers. Copy its files anew.")
                known |= zip(fresh, found.tolist(), strict=True)
            self._kept |= known
            while len(self._kept) > SCORES_KEPT:
                self._kept.popitem(last=False)
            return [known[pair] for pair in pairs]


def load_reranker(model: str) -> CrossEncoderReranker:
    """Load a sentence-transformers CrossEncoder by folder or hub name.

    Raises ModelError where the package, the folder or the model cannot be had, or is none.
    """
    return CrossEncoderReranker(model, load(model, "CrossEncoder"))


def reranked(
    reranker: Reranker, question: str, index: Index, best: Sequence[Entry], fused: Mapping[int, float]
) -> dict[int, float]:
    """The fused scores by clause key, those of ``best`` shared out anew in the reranker's order."""
    texts = [windows(index.document(entry.file), entry.clause) for entry in best]
    scores = iter(reranker.scores(question, [text for of_clause in texts for text in of_clause]))
    read = {
        entry.key: max(next(scores) for _ in of_clause) for entry, of_clause in zip(best, texts, strict=True)
    }
    shared_out = sorted((fused[key] for key in read), reverse=True)
    order = sorted(read, key=lambda key: (read[key], fused[key]), reverse=True)
    return {**fused, **dict(zip(order, shared_out, strict=True))}
