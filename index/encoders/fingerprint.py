"""The checksum of a model that cannot be read but only asked: what it makes of some fixed texts.

Vectors of the same model differ a little from run to run (other texts in the batch, another GPU, half
precision), so no hash of them would hold: however coarsely they are rounded, some number lies at an edge.
The checksum is therefore a sketch, and two sketches are compared with a tolerance: each of the texts' unit
vectors is projected on fixed rows of signs (Achlioptas 2003, Database-friendly random projections) and
written down in a byte a row.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from index.encoders.encoder import Vectors

PROBES: Final = (
    "运城市 老旧小区改造 到2025年，基本完成2000年底前建成的需改造城镇老旧小区改造任务。",
    "各乡镇人民政府，县直有关单位：现将《实施方案》印发给你们，请认真贯彻执行。",
    "第十二条 用人单位应当依法为职工缴纳社会保险费，不得减免。",
    "责任单位：县住建局、县财政局、县自然资源局；总投资3.2亿元。",
)
"""What a model is asked to encode as passages."""

ROWS: Final = 16
"""Projections of each probe: 64 in all, which tell a cosine of .99 from 1 to within a fifth of the gap."""

SAME: Final = 0.995
"""Cosine of two sketches from which on they are of one model.  Measured with the shipped encoder's weights:
half precision .99999 (bfloat16 .99998), the form packed in 4 and 7 bits .9995, noise that turns every vector
by a cosine of .9995 at least .9992; without its prompts .992, with another pooling .932.  Another model's is
near 0."""

_LARGEST: Final = 127


def sketch(vectors: Vectors) -> str:
    """The checksum (hex, 128 digits) of a model by the probes' unit vectors, float32 (probes, dim)."""
    dimension = vectors.shape[1]
    drawn = hashlib.shake_256(f"tiaowen {dimension}".encode()).digest(-(-ROWS * dimension // 8))
    bits = np.unpackbits(np.frombuffer(drawn, np.uint8))[: ROWS * dimension].reshape(ROWS, dimension)
    projected = (vectors.astype(np.float64) @ (2.0 * bits.T - 1.0)).ravel()
    largest = np.abs(projected).max()
    written: bytes = np.rint(projected * (_LARGEST / largest)).astype(np.int8).tobytes()
    return written.hex()


def agree(one: str, other: str) -> bool:
    """Whether two checksums are of one model: equal, or sketches as near as one model's are."""
    if one == other:
        return True
    if len(one) != len(other) or len(one) != 2 * ROWS * len(PROBES):
        return False
    return _cosine(_numbers(one), _numbers(other)) >= SAME


def _numbers(checksum: str) -> npt.NDArray[np.float64]:
    return np.frombuffer(bytes.fromhex(checksum), np.int8).astype(np.float64)


def _cosine(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
