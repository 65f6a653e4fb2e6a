"""The encoder's layers in torch, for training: the same arithmetic as the packed graph, in floats.

The embedding table and the lower layers are constants; what they make of a text is computed once and kept.
The upper layers are parameters.  Left out: what is learnt (`train_encoder`), int8 (`pack_graph`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from pack_weights import LAYERS, WIDTH, Floats
from torch import Tensor, nn
from torch.nn import functional

HEADS = 12
EPSILON = 1e-12
PARTS = ("q", "k", "v", "ao", "aln", "fi", "fo", "oln")
RUN = 64
"""Texts a run where nothing is learnt."""


class Net(nn.Module):
    """Token numbers to unit vectors; layers from ``first`` on (counted from 0) can be trained."""

    def __init__(self, arrays: dict[str, Floats], kept: Sequence[int], first: int) -> None:
        super().__init__()
        self.first = first
        self._table = torch.from_numpy(arrays["emb.word"][list(kept)])
        self._places = torch.from_numpy(arrays["emb.pos"] + arrays["emb.type"])
        self._weight, self._bias = (torch.from_numpy(arrays[f"emb.ln.{part}"].copy()) for part in "wb")
        self._fixed = {n: torch.from_numpy(arrays[n].copy()) for n in _names(0, first)}
        self.trained = nn.ParameterDict(
            {
                name.replace(".", "_"): nn.Parameter(torch.from_numpy(arrays[name].copy()))
                for name in _names(first, LAYERS)
            }
        )

    def arrays(self) -> dict[str, Floats]:
        """The trained arrays under the packer's names."""
        return {
            name: self.trained[name.replace(".", "_")].detach().numpy().astype(np.float32)
            for name in _names(self.first, LAYERS)
        }

    @torch.no_grad()
    def lower(self, texts: Sequence[Sequence[int]]) -> list[Tensor]:
        """What the fixed layers make of each text: bfloat16 (length, 384), in the order given."""
        found: dict[int, Tensor] = {}
        order = sorted(
            range(len(texts)), key=lambda i: -len(texts[i])
        )  # the longest first: memory is used again
        for start in range(0, len(order), RUN):
            part = order[start : start + RUN]
            longest = len(texts[part[0]])
            ids = torch.tensor([[*texts[i], *[1] * (longest - len(texts[i]))] for i in part])
            mask = torch.tensor([[1] * len(texts[i]) + [0] * (longest - len(texts[i])) for i in part])
            embedded = self._table[ids] + self._places[:longest]
            x = functional.layer_norm(embedded, (WIDTH,), self._weight, self._bias, EPSILON)
            x = self._through(x, mask, range(self.first))
            for row, i in zip(x.to(torch.bfloat16), part, strict=True):
                found[i] = row[: len(texts[i])].clone()
        return [found[i] for i in range(len(texts))]

    def forward(self, hidden: Sequence[Tensor]) -> Tensor:
        """Unit vectors (n, 384) of texts as `lower` gives them."""
        x = nn.utils.rnn.pad_sequence([one.float() for one in hidden], batch_first=True)
        lengths = torch.tensor([len(one) for one in hidden])
        mask = (torch.arange(x.shape[1])[None] < lengths[:, None]).long()
        x = self._through(x, mask, range(self.first, LAYERS)) * mask[..., None]
        return functional.normalize(x.float().sum(1) / lengths[:, None], dim=1)

    @torch.no_grad()
    def vectors(self, hidden: Sequence[Tensor]) -> Tensor:
        """As `forward`, for any number of texts."""
        order = sorted(range(len(hidden)), key=lambda i: -len(hidden[i]))
        runs = [order[start : start + RUN] for start in range(0, len(order), RUN)]
        made = torch.cat([self([hidden[i] for i in run]) for run in runs])
        return made[torch.argsort(torch.tensor(order))]

    def _through(self, x: Tensor, mask: Tensor, layers: range) -> Tensor:
        seen = (mask[:, None, None, :] - 1.0).to(torch.bfloat16) * 1e4
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in layers:
                x = self._layer(x, seen, layer)
        return x

    def _layer(self, x: Tensor, seen: Tensor, layer: int) -> Tensor:
        rows, length, _ = x.shape
        q, k, v = (
            self._dense(x, f"l{layer}.{part}").view(rows, length, HEADS, -1).transpose(1, 2) for part in "qkv"
        )
        # Written out: torch's own attention runs backwards on a CPU in bfloat16 at a third of this speed.
        weights = torch.softmax(q @ k.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + seen, dim=-1)
        mixed = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(rows, length, WIDTH)
        x = self._normed(x + self._dense(mixed, f"l{layer}.ao"), f"l{layer}.aln")
        wide = functional.gelu(self._dense(x, f"l{layer}.fi"))
        return self._normed(x + self._dense(wide, f"l{layer}.fo"), f"l{layer}.oln")

    def _dense(self, x: Tensor, name: str) -> Tensor:
        return functional.linear(x, self._array(f"{name}.w"), self._array(f"{name}.b"))

    def _normed(self, x: Tensor, name: str) -> Tensor:
        return functional.layer_norm(
            x.float(), (WIDTH,), self._array(f"{name}.w"), self._array(f"{name}.b"), EPSILON
        )

    def _array(self, name: str) -> Tensor:
        return self._fixed[name] if name in self._fixed else self.trained[name.replace(".", "_")]


def _names(first: int, end: int) -> list[str]:
    return [f"l{layer}.{part}.{kind}" for layer in range(first, end) for part in PARTS for kind in "wb"]
