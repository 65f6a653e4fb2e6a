"""The question encoder in torch: the shipped encoder's layers, trained for questions alone.

Its vectors are compared with windows that the shipped encoder has encoded, which stays as it is.  Attention
is `net.Layer`'s.  In float32, or bfloat16 where the processor is faster at it.
"""

from __future__ import annotations

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training.base import PAD, Arrays
from training.net import Layer, _norm_of, _seen

PREFIX = "query: "
LAYERS = 12
MOST_TOKENS = 96


class QuestionEncoder(nn.Module):
    """Token numbers (n, length), padded, to unit vectors (n, 384): the mean over all tokens."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.from_numpy(arrays["emb.word"]), requires_grad=False)
        self.places = nn.Parameter(
            torch.from_numpy(arrays["emb.pos"] + arrays["emb.type"]), requires_grad=False
        )
        self.embedded = _norm_of(arrays, "emb.ln")
        self.embedded.requires_grad_(False)
        self.layers = nn.ModuleList(Layer(arrays, f"l{n}") for n in range(LAYERS))

    def freeze(self, layers: int) -> None:
        """So many of the lowest layers learn nothing."""
        for layer in self.layers[:layers]:
            layer.requires_grad_(False)

    def forward(self, ids: Tensor) -> Tensor:
        """Unit vectors of padded rows of token numbers."""
        real = (ids != PAD)[..., None].float()
        x = self.embedded(self.table[ids] + self.places[: ids.shape[1]])
        seen = _seen(ids).float()
        for layer in self.layers:
            x = layer(x, seen)
        return functional.normalize((x * real).sum(1) / real.sum(1), dim=1)


def numbers(tokenizer: Tokenizer, text: str) -> list[int]:
    """A question's token numbers as the shipped encoder reads it."""
    return tokenizer.encode(PREFIX + text).ids[:MOST_TOKENS]


def vectors(model: QuestionEncoder, rows: list[list[int]]) -> Tensor:
    """The vectors of many questions, without gradients, in their order."""
    order = sorted(range(len(rows)), key=lambda n: len(rows[n]))
    out = torch.zeros(len(rows), 384)
    with torch.no_grad():
        for at in range(0, len(order), 128):
            chosen = order[at : at + 128]
            out[chosen] = model(padded([rows[n] for n in chosen]))
    return out


def padded(rows: list[list[int]]) -> Tensor:
    """Rows of token numbers as one array."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (longest - len(row))] for row in rows])
