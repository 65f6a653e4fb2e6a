"""Encode documents on many machines, into the cache that an ordinary build then finds everything in.

Encoding takes over 85 % of a build and needs nothing but texts, so Ray Data deals the windows out to
processes that hold the encoder, and what comes back is kept at once: an encoding that was killed goes on
where it stopped.  Documents are read here and not by the workers, which need no common disk.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from index.build.change import Progress, changing
from index.clauses.windows import is_searched, windows
from index.encoders.encoder import EncodedPassage, Encoder, encoded_passages
from index.encoders.fingerprint import agree
from index.encoders.load import load_encoder
from index.encoders.packed import DESCRIPTION, SHIPPED, OnnxEncoder, available_cores
from index.encoders.vector_cache import CACHE, VectorCache
from index.errors import ModelError, ServerError, SourceError
from index.parsing.parse import parse_file
from index.reading.folder import Found, Skipped, list_documents
from index.storage import generation

if TYPE_CHECKING:
    Columns = dict[str, Any]

SLICE: Final = 500_000
"""Windows dealt out at once, some 350 MB of memory here.  Workers start anew for each slice, which takes 5 s:
on a hundred cores a slice is done in 90 s, on two in an hour and more."""

BATCH: Final = 256
"""Windows that a worker encodes before it hands them back: about 5 s on one core."""


SECONDS_TO_CONNECT: Final = 5.0
"""How long a cluster's port may take to answer; one in the same network does in milliseconds."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """How many different windows there were, how many of them the cache had, and the files left out."""

    windows: int
    cached: int
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Workers:
    """Where to encode.

    ``address`` is a running cluster's (``auto``, ``host:6379``), None this machine alone; ``count`` the
    processes, None one a core; with ``gpus`` each holds one GPU, which the shipped encoder has no use for.
    """

    address: str | None = None
    count: int | None = None
    gpus: bool = False


def encode(
    documents: Path, out: Path, workers: Workers, model: str | None = None, progress: Progress | None = None
) -> Encoded:
    """Encode a folder's documents into the cache of the index at ``out``, which need not be there yet.

    ``progress`` is told the share of the files that is done.  Raises SourceError where nothing can be read,
    ModelError, ServerError where Ray is not installed or its cluster does not answer, IndexBusy, WriteError.
    """
    told = progress or (lambda share, words: None)
    listing = list_documents(documents)
    encoder = load_encoder(model)
    skipped, seen, cached = list(listing.skipped), 0, 0
    with changing(out, "encode"), _cluster(workers):
        cache = VectorCache(out / CACHE, encoder.checksum, generation.next_number(out))
        with closing(cache):
            for done, texts in _slices(listing.files, skipped):
                known = {text for text in texts if cache.get((text,))}  # whose vectors are gigabytes together
                missing = sorted(texts - known, key=lambda text: (len(text), text))
                seen, cached = seen + len(texts), cached + len(known)
                for finished in _dealt_out(missing, encoder, model, workers, cache):
                    told(done * finished / len(missing), "encoding")
                told(done, "encoding")
    return Encoded(seen, cached, tuple(skipped))


def _slices(files: Sequence[Found], skipped: list[Skipped]) -> Iterator[tuple[float, set[str]]]:
    """The windows of the files by about `SLICE`, each with the share of files read by then."""
    texts: set[str] = set()
    for number, found in enumerate(files, start=1):
        try:
            parsed = parse_file(found.path, found.root)
        except SourceError as error:
            skipped.append(Skipped(found.name, str(error).removeprefix(f"{found.path}: ")))
            continue
        for clause in filter(is_searched, parsed.clauses):
            texts.update(windows(parsed.document, clause))
        if len(texts) >= SLICE:
            yield number / len(files), texts
            texts = set()
    if texts:
        yield 1.0, texts


def _dealt_out(
    texts: Sequence[str], encoder: Encoder, model: str | None, workers: Workers, cache: VectorCache
) -> Iterator[int]:
    """Have the texts encoded and keep them; yields how many are done."""
    if not texts:
        return
    import ray.data  # noqa: PLC0415

    resources: dict[str, float] = ray.cluster_resources()
    pool = ray.data.ActorPoolStrategy(size=workers.count or int(resources["GPU" if workers.gpus else "CPU"]))
    dealt = ray.data.from_items([{"text": text} for text in texts]).map_batches(
        _Worker,
        fn_constructor_args=(model, encoder.checksum),
        batch_size=BATCH,
        compute=pool,
        num_cpus=1,
        num_gpus=1 if workers.gpus else 0,
    )
    done = 0
    for batch in dealt.iter_batches(batch_size=None, batch_format="numpy"):
        made = map(EncodedPassage, batch["vector"], batch["tokens"])
        cache.put(dict(zip(batch["text"].tolist(), made, strict=True)))
        done += len(batch["text"])
        yield done


class _Worker:
    """The encoder in a process of Ray's; raises ModelError where the machine has another model."""

    def __init__(self, model: str | None, checksum: str) -> None:
        folder = SHIPPED if model is None else Path(model).expanduser()
        packed = (folder / DESCRIPTION).is_file()
        self._encoder: Encoder = OnnxEncoder(folder, workers=1) if packed else load_encoder(model)
        if not agree(self._encoder.checksum, checksum):
            raise ModelError(
                f"This machine's {self._encoder.name} has the checksum {self._encoder.checksum[:12]} and not "
                f"{checksum[:12]}. Install the same version of tiaowen, and the same model, everywhere."
            )

    def __call__(self, batch: Columns) -> Columns:
        texts = [str(text) for text in batch["text"]]
        made = encoded_passages(self._encoder, texts)
        vectors = np.array([one.vector for one in made], np.float16)
        return {"text": batch["text"], "vector": vectors, "tokens": [one.tokens for one in made]}


@contextmanager
def _cluster(workers: Workers) -> Iterator[None]:
    """Ray, connected or started on this machine alone.

    A head that starts asks the addresses where clouds describe a machine, which no switch of Ray's closes.
    """
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # it warns of its own way to pass arguments
    try:
        import ray  # noqa: PLC0415 - an extra
        import ray.data  # noqa: PLC0415
    except ImportError as error:
        raise ServerError("Ray is not installed. Run: pip install 'tiaowen[ray]'") from error
    started = not ray.is_initialized()
    if started:
        _check_reachable(workers.address)
        try:
            ray.init(
                workers.address or "local",
                num_cpus=None if workers.address else workers.count or available_cores(),
                include_dashboard=None if workers.address else False,
                logging_level=logging.ERROR,
                log_to_driver=False,
            )
        except (ConnectionError, ValueError) as error:
            raise _no_cluster(workers.address, error) from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    try:
        yield
    finally:
        if started:
            ray.shutdown()


def _check_reachable(address: str | None) -> None:
    """Raise ServerError where nothing listens at ``host:port``: Ray itself tries on for over five minutes."""
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if not host or not port.isdecimal():
        return
    try:
        socket.create_connection((host, int(port)), SECONDS_TO_CONNECT).close()
    except OSError as error:
        raise _no_cluster(address, error) from error


def _no_cluster(address: str | None, error: Exception) -> ServerError:
    return ServerError(f"No Ray cluster at {address}: {error}. Start one: ray start --head")
