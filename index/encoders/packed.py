"""The encoder that ships: text into vectors by ONNX Runtime.

The shipped encoder needs ONNX Runtime and tokenizers only, reads nothing outside its folder and asks
no network.  It does not cache, and
does not cut a long text into windows: what is past the model's length is not seen.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encoders.encoder import EncodedPassage, Progress, Vectors
from index.encoders.onnx_files import load_session, load_tokenizer
from index.encoders.threads import pooled
from index.encoders.token_vectors import OWN, PROJECTION, TokenProjection, packed
from index.errors import ModelError

SHIPPED = Path(__file__).parent / "models" / "multilingual-e5-small-zh"
DESCRIPTION = "model.json"

TEXTS_A_TASK = 8
"""Texts that a worker encodes before it reports.  1 to 32 are equally fast; 8 keeps a progress bar smooth."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of a packed model, as it was when it was packed."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What a packed model's model.json says of it."""

    name: str
    dimension: int
    query_prefix: str
    passage_prefix: str
    files: tuple[PackedFile, ...]

    @property
    def checksum(self) -> str:
        """SHA-256 over the checksums of the files, in the form that ``sha256sum`` prints."""
        lines = "".join(f"{file.sha256}  {file.path.name}\n" for file in self.files)
        return hashlib.sha256(lines.encode()).hexdigest()


def _mend(folder: Path) -> str:
    if folder == SHIPPED:
        return "Install the project again (pip install --force-reinstall), or run: python tools/pack_model.py"
    return f"Make it again: python tools/pack_model.py --out {folder}"


def read_model(folder: Path = SHIPPED) -> PackedModel:
    """Reads model.json and checks that the files are there with the right sizes.

    Raises ModelError with the file's name and the way to mend it.
    """
    try:
        about = json.loads((folder / DESCRIPTION).read_text("utf-8"))
        files = tuple(
            PackedFile(folder / name, file["size"], file["sha256"])
            for name, file in sorted(about["files"].items())
        )
        model = PackedModel(
            about["name"], about["dimension"], about["query_prefix"], about["passage_prefix"], files
        )
    except OSError as error:
        raise ModelError(f"No model at {folder}: {DESCRIPTION} cannot be read. {_mend(folder)}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{folder / DESCRIPTION} is damaged ({error!r}). {_mend(folder)}") from error
    for file in files:
        if not file.path.is_file():
            raise ModelError(f"{file.path} is missing. {_mend(folder)}")
        if (size := file.path.stat().st_size) != file.size:
            raise ModelError(f"{file.path} has {size:,} bytes, not {file.size:,}. {_mend(folder)}")
    return model


def verify_model(folder: Path = SHIPPED) -> PackedModel:
    """As read_model, and computes every file's SHA-256 (36 MB in 0.03 s).

    Raises ModelError where a file is not what was packed.
    """
    model = read_model(folder)
    for file in model.files:
        with file.path.open("rb") as data:
            found = hashlib.file_digest(data, "sha256").hexdigest()
        if found != file.sha256:
            raise ModelError(f"{file.path} was changed: SHA-256 {found}, not {file.sha256}. {_mend(folder)}")
    return model


def available_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class OnnxEncoder:
    """A packed model under ONNX Runtime; safe to use from several threads at once.

    Every text runs alone on one core, as many at a time as there are cores.  On two cores that is 1.2
    to 1.4 times as fast as padded batches on two threads, and the vector of a text never depends on
    the texts beside it or on the number of cores.
    """

    def __init__(self, folder: Path = SHIPPED, workers: int | None = None) -> None:
        model = read_model(folder)
        self.name = model.name
        self.checksum = model.checksum
        self.dimension = model.dimension
        self._query_prefix = model.query_prefix
        self._passage_prefix = model.passage_prefix
        self._workers = workers or available_cores()
        self._tokenizer = load_tokenizer(folder / "tokenizer.json", _mend(folder))
        self._session = load_session(folder / "model.onnx", _mend(folder))
        # Questions are compared token by token with the shipped encoder's texts alone.
        is_shipped = folder == SHIPPED
        self._project = TokenProjection(folder / PROJECTION, _mend(folder)) if is_shipped else None

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encodes texts to be found: float32 (n, dim), unit rows, in the order given."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        starts = range(0, len(texts), TEXTS_A_TASK)

        def encode(start: int) -> int:
            part = texts[start : start + TEXTS_A_TASK]
            for row, text in enumerate(part, start):
                vectors[row] = self._encode(self._passage_prefix + text)
            return len(part)

        pooled(encode, starts, self._workers, progress)
        return vectors

    def encode_with_tokens(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> list[EncodedPassage]:
        """As `encode_passages`, each text with its token vectors."""
        found = [EncodedPassage(np.empty(0, np.float32))] * len(texts)
        starts = range(0, len(texts), TEXTS_A_TASK)

        def encode(start: int) -> int:
            part = texts[start : start + TEXTS_A_TASK]
            found[start : start + len(part)] = map(self._encode_with_tokens, part)
            return len(part)

        pooled(encode, starts, self._workers, progress)
        return found

    def _encode_with_tokens(self, text: str) -> EncodedPassage:
        text = self._passage_prefix + text
        if self._project is None:
            return EncodedPassage(self._encode(text))
        tokens = np.array([self._tokenizer.encode(text).ids], np.int64)
        vectors, states = self._session.run(["embedding", "states"], {"input_ids": tokens})
        return EncodedPassage(vectors[0], packed(self._project(states[0][OWN])))

    def encode_question(self, text: str) -> Vectors:
        """Encodes a question: float32 (dim,), unit length."""
        return self._encode(self._query_prefix + text)

    def _encode(self, text: str) -> Vectors:
        tokens = np.array([self._tokenizer.encode(text).ids], np.int64)
        vector: Vectors = self._session.run(["embedding"], {"input_ids": tokens})[0][0]
        return vector
