"""A sentence-transformers model found and loaded: in a folder, in the hub's cache, or on the hub.

What is in a folder or in the cache is loaded without asking any network.  The hub is asked only where the
user allows it (HF_HUB_OFFLINE=0), once, and a hub that does not answer is said at once with the folder to
fill instead.  No code that a model's repository brings is run.  Whether a folder holds the files that it
needs is told before it is loaded: sentence-transformers itself pools one without ``modules.json`` by the mean
and goes on, and a model made for the first token (bge) or the last (Qwen3-Embedding) then gives vectors that
find little.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from index.errors import ModelError, short_words
from index.telemetry import OFFLINE

SECONDS_TO_ANSWER: Final = 5.0
"""How long the hub may take to say that it has a model; usual are some hundred milliseconds."""

_NOT_NEEDED: Final = ("onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot", "*.gguf", "imgs/*")
"""The same weights in other forms, which some repositories hold beside those that are read."""

_TOKENIZERS: Final = (
    "tokenizer.json",
    "vocab.txt",
    "sentencepiece.bpe.model",
    "tokenizer.model",
    "spiece.model",
    "vocab.json",
)
_WEIGHTS: Final = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)
_POINTER: Final = b"version https://git-lfs"
"""How a file begins that git fetched without its content."""

_WITHOUT_FILES: Final = ("Normalize", "Dropout", "LogitScore")
"""Modules that may have none, by the last part of their type."""


def load(model: str, kind: str) -> Any:
    """The model of a folder or hub name as sentence-transformers' class ``kind``, on a GPU where one is.

    Raises ModelError where the package, the folder, a file of it or the model cannot be had, with what to do.
    """
    named = Path(model).expanduser()
    if not named.is_dir() and _is_folder_name(model):
        raise ModelError(f"No model folder at {model}. Name an existing folder or a hub name (owner/name).")
    if find_spec("sentence_transformers") is None:
        raise ModelError(
            f"The model {model} needs sentence-transformers, which is not installed. "
            'Run: pip install "tiaowen[st]"; or name no model, for the one that ships.'
        )
    folder = named if named.is_dir() else _of_hub(model)
    said = lacking(folder, pooled=kind == "SentenceTransformer")
    if said:
        raise ModelError(
            f"sentence-transformers cannot load the folder {folder}: it lacks {said}. {_how_to_fill(model)}"
        )
    import sentence_transformers  # noqa: PLC0415 - seconds, and an extra; after what can be said without it
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call] # it draws one for half a second
    try:
        loader: Callable[..., Any] = getattr(sentence_transformers, kind)
        return loader(str(folder), local_files_only=True, trust_remote_code=False)
    except Exception as error:  # transformers, safetensors and torch share no base
        raise ModelError(
            f"sentence-transformers cannot load the folder {folder}: {_first_line(error)} "
            f"Copy it anew. {_how_to_fill(model)}"
        ) from error


def half_precision(model: Any) -> Callable[[], AbstractContextManager[Any]]:
    """What to compute under: bfloat16 for single-precision weights on a GPU that has it, else as they are.

    It reaches as far as single precision, so that no model overflows, which float16 does not; weights stay
    single, so that a checksum is the same everywhere.
    """
    import torch  # noqa: PLC0415

    if model.device.type != "cuda" or model.dtype != torch.float32:
        return nullcontext
    if not torch.cuda.is_bf16_supported(including_emulation=False):
        return nullcontext
    return lambda: torch.autocast("cuda", torch.bfloat16)


def in_single_precision(model: Any) -> Any:
    """The model, computing in single precision where it is on a processor, which is slow in any other."""
    return model.float() if model.device.type == "cpu" else model


def _is_folder_name(model: str) -> bool:
    """Whether it can only be a folder (./m, ~/m, a/b/c, C:/m), a hub name being ``name`` or ``owner/name``.

    It is also taken for one where ``owner`` is a folder here.
    """
    if model.startswith((".", "/", "~")) or "\\" in model or ":" in model or model.count("/") > 1:
        return True
    return "/" in model and Path(model).parent.is_dir()


def _of_hub(model: str) -> Path:
    """The folder of a hub name in the hub's cache, downloaded where it is not there and may be."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - comes with sentence-transformers
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415

    name = model if "/" in model else f"sentence-transformers/{model}"  # as sentence-transformers reads it
    try:
        return Path(snapshot_download(name, local_files_only=True))
    except HFValidationError as error:
        raise ModelError(f"{model!r} is neither a folder nor a hub name (owner/name).") from error
    except LocalEntryNotFoundError:
        if os.environ.get(OFFLINE, "1").upper() in {"1", "ON", "YES", "TRUE"}:
            raise ModelError(
                f"The model {model} is not on this machine: there is no folder of that name and it is not in "
                f"the hub's cache; nothing is downloaded unasked. {_how_to_fill(model)} "
                "Where the hub can be reached, HF_HUB_OFFLINE=0 downloads it."
            ) from None
    return _downloaded(model, name)


def _downloaded(model: str, name: str) -> Path:
    from huggingface_hub import HfApi, snapshot_download  # noqa: PLC0415
    from huggingface_hub.errors import RepositoryNotFoundError  # noqa: PLC0415

    try:
        files = [
            file.rfilename for file in HfApi().model_info(name, timeout=SECONDS_TO_ANSWER).siblings or ()
        ]
        twice = ["pytorch_model*"] if any(file.endswith(".safetensors") for file in files) else []
        return Path(snapshot_download(name, ignore_patterns=[*_NOT_NEEDED, *twice]))
    except RepositoryNotFoundError as error:
        raise ModelError(f"The hub has no model {name}, or it needs a login. Check the name.") from error
    except Exception as error:  # the hub's client, httpx and the disk share no base
        raise ModelError(
            f"The model {model} cannot be fetched from the hub: {_first_line(error)} {_how_to_fill(model)}"
        ) from error


def _how_to_fill(model: str) -> str:
    """How to come by the folder: ``Fill a folder: … hf download BAAI/bge-m3 --local-dir bge-m3 …``."""
    folder = Path(model).expanduser()
    if folder.is_dir() or model.count("/") != 1:
        return (
            f"It must hold every file of the model's page on the hub but onnx/ and openvino/: on a machine "
            f"with network run: hf download OWNER/NAME --local-dir {folder.name}, then copy the folder here."
        )
    target = f"models/{model.rsplit('/', 1)[-1]}"
    return (
        f"On a machine with network run: hf download {model} --local-dir {target} (or take all files of "
        f"the model's page but onnx/ and openvino/), copy the folder here and name it instead: {target}."
    )


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    line = short_words(lines[0])
    return line if line.endswith((".", "。")) else f"{line}."


def lacking(folder: Path, *, pooled: bool) -> str | None:
    """What the folder lacks, in words; None where nothing does.

    ``pooled`` asks for ``modules.json``, which a cross-encoder need not have.
    """
    listed = folder / "modules.json"
    if not listed.is_file():
        return "modules.json, which says how its vectors are pooled" if pooled else _transformer(folder)
    try:
        modules = [(one["type"].rsplit(".", 1)[-1], one["path"]) for one in json.loads(listed.read_text())]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"a modules.json that can be read ({error!r})"
    return next((said for kind, path in modules if (said := _module(folder, path, kind))), None)


def _module(folder: Path, path: str, kind: str) -> str | None:
    home = folder / path
    if kind in _WITHOUT_FILES:
        return None
    if kind == "Transformer":
        return _transformer(home)
    if kind == "StaticEmbedding":
        return _one_of(home, ("tokenizer.json",)) or _weights(home)
    return _one_of(home, ("config.json",), path)


def _transformer(home: Path) -> str | None:
    return _one_of(home, ("config.json",)) or _one_of(home, _TOKENIZERS) or _weights(home)


def _weights(home: Path) -> str | None:
    said = _one_of(home, _WEIGHTS)
    if said:
        return said
    file = next(home / name for name in _WEIGHTS if (home / name).is_file())
    if file.suffix == ".json":  # {"weight_map": {"layer.0": "model-00001-of-00002.safetensors", …}}
        parts = sorted(set(json.loads(file.read_text())["weight_map"].values()))
        return next((said for part in parts if (said := _one_of(home, (part,)))), None)
    return None


def _one_of(home: Path, names: Sequence[str], path: str = "") -> str | None:
    found = [home / name for name in names if (home / name).is_file()]
    if not found:
        named = f"{path}/{names[0]}" if path else names[0]
        others = f" (or {', '.join(names[1:])})" if len(names) > 1 else ""
        return f"{named}{others}"
    with found[0].open("rb") as file:
        pointer = file.read(len(_POINTER)) == _POINTER
    return f"{found[0].name}, which is only a pointer of Git LFS (run: git lfs pull)" if pointer else None
