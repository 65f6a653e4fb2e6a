"""FAISS files while they are made: filled, thinned out, joined, written.

Up to `FLAT_MOST` windows a file is searched whole; a larger one is an inverted file, whose search looks at a
few of its lists.  Ids are those of `index.engines.vectors`.  Left out: searching, encoding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log2, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from index.entries import WINDOWS_PER_KEY, KeyRange
from index.errors import IndexDamaged

if TYPE_CHECKING:
    Floats = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int64]

FLAT_MOST: Final = 50_000
"""Windows searched whole, which fp16 does in 5 ms with recall .9975 of fp32.  Larger files get lists: .7 ms
instead of 10.8 and recall@10 .985 at 95,000 windows, 2.2 ms and .981 at 947,000."""

LISTS_PER_ROOT: Final = 4
"""Lists for every square root of the windows (4,096 for a million), rounded to a power of two."""

TRAINED_ON: Final = 32
"""Windows a list that the lists' centres are found from; FAISS warns below 39 and gains little above."""

BATCH: Final = 50_000
"""Vectors decoded and added at a time: 77 MB at 384 dimensions."""


def new_vectors(dimension: int) -> Any:
    """An empty FAISS index for ``dimension``, to be filled with ``add_with_ids``: flat, fp16 values."""
    import faiss  # noqa: PLC0415 - 0.13 s that commands without vectors need not wait

    flat = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    return faiss.IndexIDMap2(flat)


def load_vectors(path: Path) -> Any:
    """The FAISS index of a file, in memory, to be changed and written elsewhere."""
    import faiss  # noqa: PLC0415

    try:
        return faiss.read_index(str(path))
    except RuntimeError as error:
        raise IndexDamaged(f"The vectors in {path} cannot be read: {error}") from error


def remove_keys(vectors: Any, ranges: Iterable[KeyRange]) -> None:
    """Take the windows of the clauses out of an index in memory."""
    import faiss  # noqa: PLC0415

    inner = faiss.downcast_index(vectors.index)
    if not isinstance(inner, faiss.IndexIVF):
        for keys in ranges:
            vectors.remove_ids(
                faiss.IDSelectorRange(keys.first * WINDOWS_PER_KEY, (keys.last + 1) * WINDOWS_PER_KEY)
            )
        return
    ids = faiss.vector_to_array(vectors.id_map)
    kept = np.ones(ids.size, dtype=bool)
    for keys in ranges:
        first, last = np.searchsorted(ids, [keys.first * WINDOWS_PER_KEY, (keys.last + 1) * WINDOWS_PER_KEY])
        kept[first:last] = False
    _thin_out(inner, kept)
    faiss.copy_array_to_vector(np.ascontiguousarray(ids[kept]), vectors.id_map)
    vectors.ntotal = int(kept.sum())
    vectors.construct_rev_map()


def _thin_out(inverted: Any, kept: npt.NDArray[np.bool_]) -> None:
    """Take the positions not ``kept`` out of an inverted file and number the others anew, in order."""
    import faiss  # noqa: PLC0415

    numbers = np.cumsum(kept, dtype=np.int64) - 1
    thin = faiss.ArrayInvertedLists(inverted.nlist, inverted.code_size)
    lists = inverted.invlists
    for number in range(inverted.nlist):
        size = lists.list_size(number)
        if not size:
            continue
        positions = faiss.rev_swig_ptr(lists.get_ids(number), size)
        codes = faiss.rev_swig_ptr(lists.get_codes(number), size * inverted.code_size)
        stays = kept[positions]
        own = np.ascontiguousarray(numbers[positions[stays]])
        code = np.ascontiguousarray(codes.reshape(size, -1)[stays])
        if own.size:
            thin.add_entries(number, own.size, faiss.swig_ptr(own), faiss.swig_ptr(code))
    inverted.set_direct_map_type(faiss.DirectMap.NoMap)  # type: ignore[attr-defined]
    inverted.replace_invlists(thin, True)
    thin.this.disown()  # type: ignore[attr-defined]
    inverted.ntotal = int(kept.sum())
    inverted.make_direct_map()


def joined(files: Sequence[Any]) -> Any:
    """One flat index with the vectors of all, whose ids ascend from one to the next."""
    whole = new_vectors(files[0].d)
    for vectors in files:
        ids = _ids(vectors)
        for start, rows in _rows(vectors):
            whole.add_with_ids(rows, ids[start : start + len(rows)])
    return whole


def _ids(vectors: Any) -> Ids:
    import faiss  # noqa: PLC0415

    ids: Ids = faiss.vector_to_array(vectors.id_map)
    return ids


def _rows(vectors: Any) -> Iterator[tuple[int, Floats]]:
    """The vectors in their order, decoded a batch at a time, each with the position of its first."""
    import faiss  # noqa: PLC0415

    inner = faiss.downcast_index(vectors.index)
    for start in range(0, vectors.ntotal, BATCH):
        positions = np.arange(start, min(start + BATCH, vectors.ntotal), dtype=np.int64)
        yield start, inner.reconstruct_batch(positions)


def fitted(vectors: Any) -> Any:
    """The same vectors in the kind of index that suits their number."""
    import faiss  # noqa: PLC0415

    inner = faiss.downcast_index(vectors.index)
    if vectors.ntotal <= FLAT_MOST or isinstance(inner, faiss.IndexIVF):
        return vectors
    return _inverted(vectors)


def _inverted(flat: Any) -> Any:
    """An inverted file with 8-bit values: half the bytes of fp16, and a fraction of them looked at.

    The lists' centres are found on vectors taken evenly from all (Jégou et al., 2011, IVFADC's first level).
    """
    import faiss  # noqa: PLC0415

    total = flat.ntotal
    lists = 2 ** round(log2(LISTS_PER_ROOT * sqrt(total)))
    centres = faiss.IndexFlatIP(flat.d)
    inverted = faiss.IndexIVFScalarQuantizer(
        centres, flat.d, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    inverted.own_fields = True
    centres.this.disown()  # type: ignore[attr-defined]
    sample = np.linspace(0, total - 1, min(total, TRAINED_ON * lists)).astype(np.int64)
    inverted.cp.min_points_per_centroid = 1
    inverted.train(faiss.downcast_index(flat.index).reconstruct_batch(sample))
    outer, ids = faiss.IndexIDMap2(inverted), _ids(flat)
    outer.own_fields = True
    inverted.this.disown()  # type: ignore[attr-defined]
    for start, rows in _rows(flat):
        outer.add_with_ids(rows, ids[start : start + len(rows)])
    inverted.make_direct_map()
    return outer


def write_vectors(vectors: Any, path: Path) -> None:
    """Write an index to a new file; raises OSError where the disk is full or the place cannot be written."""
    import faiss  # noqa: PLC0415

    try:
        faiss.write_index(vectors, str(path))
    except RuntimeError as error:
        raise OSError(f"the vectors cannot be written to {path}: {error}") from error
