"""The files of a packed model, loaded: a tokenizer, a graph under ONNX Runtime on one thread.

Importing this is cheap; the libraries are imported when something is loaded.  Left out: what the model does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def load_tokenizer(path: Path, mend: str) -> Tokenizer:
    """The tokenizer of a tokenizer.json; raises ModelError, ending in ``mend``, where it is none."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - importing this module must stay cheap

    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises Exception itself
        raise ModelError(f"{path} is not a tokenizer ({error}). {mend}") from error


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
