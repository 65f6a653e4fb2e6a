"""Question → the vector that clauses are found by, and the token vectors that order them.

The shipped encoder encodes clauses, written in officials' words.  A question, asked in people's words, is
encoded by a copy of it that was trained on question wordings towards the shipped encoder's vectors of the
clauses that answer them (docs/models/question-encoder-zh.md).  With another encoder it is encoded by that.
"""

from __future__ import annotations

import functools
import hashlib
import json
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from index.encoders.onnx_files import load_session, load_tokenizer
from index.encoders.packed import SHIPPED, available_cores
from index.encoders.token_vectors import OWN, PROJECTION, TokenProjection
from index.engines.late_interaction import QuestionTokens
from index.errors import ModelError

if TYPE_CHECKING:
    from index.search.index import Index

FOLDER: Final = Path(__file__).parent / "models" / "question-encoder-zh"
QUESTIONS_KEPT: Final = 64
MOST_TOKENS: Final = 512
"""Of a question with its marks; what is longer loses its end, as the file of the tokenizer would cut it."""
_MEND = "Install the project again: pip install --force-reinstall"

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EncodedQuestion:
    """A question's ``vector``, unit (384,), and its ``tokens``."""

    vector: Vector
    tokens: QuestionTokens


class QuestionEncoder:
    """The packed question encoder; safe to use from several threads at once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it; raises ModelError where a file is missing or is not what was packed."""
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            self._prefix = str(about["query_prefix"])
            size = int(about["files"]["model.onnx"]["size"])
            fits = str(about["clause_projection_sha256"])
            found = (folder / "model.onnx").stat().st_size
            projection = (SHIPPED / PROJECTION).read_bytes()
            self._project = TokenProjection(folder / PROJECTION, _MEND)
            with np.load(folder / PROJECTION) as stored:
                names = ("importance", "importance_bias")
                self._importance, self._importance_bias = (stored[n].astype(np.float32) for n in names)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"No question encoder at {folder} ({error}). {_MEND}") from error
        if hashlib.sha256(projection).hexdigest() != fits:
            raise ModelError(f"{folder / PROJECTION} belongs to another {SHIPPED / PROJECTION}. {_MEND}")
        if found != size:
            raise ModelError(f"{folder / 'model.onnx'} has {found:,} bytes, not {size:,}. {_MEND}")
        self._tokenizer = load_tokenizer(SHIPPED / "tokenizer.json", _MEND, whole=True)
        self._session = load_session(folder / "model.onnx", _MEND)

    def encode(self, text: str) -> EncodedQuestion:
        """The question, to be compared with what the shipped encoder makes of clauses."""
        ids = self._tokenizer.encode(self._prefix + text).ids
        if len(ids) > MOST_TOKENS:
            ids = [*ids[: MOST_TOKENS - 1], ids[-1]]
        tokens = np.array([ids], np.int64)
        vectors, states = self._session.run(["embedding", "states"], {"input_ids": tokens})
        return EncodedQuestion(vectors[0], self._tokens(states[0][OWN]))

    def _tokens(self, states: Vector) -> QuestionTokens:
        tells = np.logaddexp(0, states @ self._importance + self._importance_bias)
        return QuestionTokens(self._project(states), tells / (tells.sum() or 1.0))


@functools.cache
def shipped_question_encoder() -> QuestionEncoder:
    """The shipped one, loaded at its first use."""
    return QuestionEncoder()


def question_vector(index: Index, question: str) -> Vector:
    """The question as a unit vector (dim,), to be compared with the index's windows."""
    if index.lazy_encoder.model.source is None:
        return encoded(question).vector
    return _vector(index.encoder, question)


def question_tokens(index: Index, question: str) -> QuestionTokens | None:
    """The question's token vectors; None for an index of another encoder, which gives none."""
    return encoded(question).tokens if index.lazy_encoder.model.source is None else None


def encode_ahead(index: Index, question: str) -> None:
    """Begin to encode the question while it is being read: most are searched for as they are typed."""
    if index.lazy_encoder.model.source is None:
        _begun(question)


def encoded(question: str) -> EncodedQuestion:
    """The question by the shipped encoder: once, however many regions it is searched in."""
    try:
        return _begun(question).result()
    except Exception:
        _begun.cache_clear()  # what failed is tried again the next time
        raise


@functools.lru_cache(QUESTIONS_KEPT)
def _begun(question: str) -> Future[EncodedQuestion]:
    return _pool.submit(lambda: shipped_question_encoder().encode(question))


_pool = ThreadPoolExecutor(available_cores(), "question-encoder")


@functools.lru_cache(QUESTIONS_KEPT)
def _vector(encoder: object, question: str) -> Vector:
    vector: Vector = encoder.encode_question(question)  # type: ignore[attr-defined]
    return vector
