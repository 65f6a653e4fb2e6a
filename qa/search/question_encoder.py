"""Question → the vector that clauses are found by.

The shipped encoder encodes clauses, written in officials' words.  A question, asked in people's words, is
encoded by a copy of it that was trained on question wordings towards the shipped encoder's vectors of the
clauses that answer them (docs/models/question-encoder-zh.md).  With another encoder it is encoded by that.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from index.encoders.onnx_files import load_session, load_tokenizer
from index.encoders.packed import SHIPPED
from index.errors import ModelError

if TYPE_CHECKING:
    from index.search.index import Index

FOLDER: Final = Path(__file__).parent / "models" / "question-encoder-zh"
QUESTIONS_KEPT: Final = 64
MOST_TOKENS: Final = 512
"""Of a question with its marks; what is longer loses its end, as the file of the tokenizer would cut it."""
_MEND = "Install the project again: pip install --force-reinstall"

Vector = npt.NDArray[np.float32]


class QuestionEncoder:
    """The packed question encoder; safe to use from several threads at once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it; raises ModelError where a file is missing or is not what was packed."""
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            self._prefix = str(about["query_prefix"])
            size = int(about["files"]["model.onnx"]["size"])
            found = (folder / "model.onnx").stat().st_size
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"No question encoder at {folder} ({error}). {_MEND}") from error
        if found != size:
            raise ModelError(f"{folder / 'model.onnx'} has {found:,} bytes, not {size:,}. {_MEND}")
        self._tokenizer = load_tokenizer(SHIPPED / "tokenizer.json", _MEND, whole=True)
        self._session = load_session(folder / "model.onnx", _MEND)

    def encode(self, text: str) -> Vector:
        """The question as a unit vector (384,), to be compared with the shipped encoder's of clauses."""
        ids = self._tokenizer.encode(self._prefix + text).ids
        if len(ids) > MOST_TOKENS:
            ids = [*ids[: MOST_TOKENS - 1], ids[-1]]
        tokens = np.array([ids], np.int64)
        vector: Vector = self._session.run(["embedding"], {"input_ids": tokens})[0][0]
        return vector


@functools.cache
def shipped_question_encoder() -> QuestionEncoder:
    """The shipped one, loaded at its first use."""
    return QuestionEncoder()


def question_vector(index: Index, question: str) -> Vector:
    """The question as a unit vector (dim,), to be compared with the index's windows."""
    if index.lazy_encoder.model.source is None:
        return _shipped_vector(question)
    return _vector(index.encoder, question)


@functools.lru_cache(QUESTIONS_KEPT)
def _shipped_vector(question: str) -> Vector:
    """Encoded once, however many regions it is searched in."""
    return shipped_question_encoder().encode(question)


@functools.lru_cache(QUESTIONS_KEPT)
def _vector(encoder: object, question: str) -> Vector:
    vector: Vector = encoder.encode_question(question)  # type: ignore[attr-defined]
    return vector
