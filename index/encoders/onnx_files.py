"""The files of a packed model, loaded: a tokenizer, a graph under ONNX Runtime on one thread.

Importing this is cheap; the libraries are imported when something is loaded.  Left out: what the model does.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def load_tokenizer(path: Path, mend: str, *, whole: bool = False) -> Tokenizer:
    """The tokenizer of a tokenizer.json, one for all models that name the same file: each takes 35 MB.

    It is not to be changed.  ``whole``: it cuts no text off, whatever length the file sets.  Raises
    ModelError, ending in ``mend``, where the file is no tokenizer.
    """
    try:
        found = path.stat()
        return _tokenizer(path.resolve(), found.st_mtime_ns, found.st_size, whole)
    except Exception as error:  # tokenizers raises Exception itself
        raise ModelError(f"{path} is not a tokenizer ({error}). {mend}") from error


@functools.lru_cache(maxsize=4)
def _tokenizer(path: Path, changed: int, size: int, whole: bool) -> Tokenizer:
    """As loaded; when and how large the file was tells it from what lay there before."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - importing this module must stay cheap

    tokenizer = Tokenizer.from_file(str(path))
    if whole:
        tokenizer.no_truncation()
    return tokenizer


def load_session(path: Path, mend: str) -> Any:
    """An inference session; raises ModelError, ending in ``mend``, where the file cannot be loaded."""
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its classes share no base but Exception
        raise ModelError(f"ONNX Runtime cannot load {path} ({error}). {mend}") from error
