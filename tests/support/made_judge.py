"""A judge's weights made up by chance, for tests that need their shapes and no package of real ones."""

from __future__ import annotations

import numpy as np

from training.base import WIDTH, Arrays

PIECES = 64


def made_arrays(layers: int) -> Arrays:
    """The arrays of an encoder of so many layers over PIECES pieces, under the packer's names."""
    chance = np.random.default_rng(3)

    def some(*shape: int) -> np.ndarray:  # type: ignore[type-arg]
        return chance.normal(0, 0.05, shape).astype(np.float32)

    arrays: Arrays = {"emb.word": some(PIECES, WIDTH), "emb.pos": some(64, WIDTH), "emb.type": some(WIDTH)}
    inner = 4 * WIDTH
    for name in ("emb.ln", *(f"l{n}.{part}" for n in range(layers) for part in ("aln", "oln"))):
        arrays[f"{name}.w"], arrays[f"{name}.b"] = np.ones(WIDTH, np.float32), some(WIDTH)
    for n in range(layers):
        for part in ("q", "k", "v", "ao"):
            arrays[f"l{n}.{part}.w"], arrays[f"l{n}.{part}.b"] = some(WIDTH, WIDTH), some(WIDTH)
        arrays[f"l{n}.fi.w"], arrays[f"l{n}.fi.b"] = some(inner, WIDTH), some(inner)
        arrays[f"l{n}.fo.w"], arrays[f"l{n}.fo.b"] = some(WIDTH, inner), some(WIDTH)
    return arrays
