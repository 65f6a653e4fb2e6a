"""Both encoders in torch: questions and windows, each by its vector and its tokens' vectors.

The lower layers stay as they are, so that what they give of a window is computed once.  Left out: what they
learn from (`asked`), the loop (`train_encoders`).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.base import PAD, Arrays
from training.net import _seen
from training.question_encoder_net import QuestionEncoder


@dataclass(frozen=True, slots=True)
class Encoded:
    """Of n texts: ``vectors`` (n, 384) and ``tokens`` (n, length, 64), unit; ``own`` (n, length) is True
    for the texts' own tokens, without prefix, ends and padding; ``states`` (n, length, 384)."""

    vectors: Tensor
    tokens: Tensor
    own: Tensor
    states: Tensor


class Tower(QuestionEncoder):
    """An encoder whose layers below ``frozen`` do not learn, and the projection of its tokens."""

    def __init__(self, arrays: Arrays, projection: Arrays, frozen: int) -> None:
        super().__init__(arrays)
        self.frozen = frozen
        self.freeze(frozen)
        weight = torch.from_numpy(projection["weight"])
        self.project = nn.Linear(*weight.shape)
        with torch.no_grad():
            self.project.weight.copy_(weight.T)
            self.project.bias.copy_(torch.from_numpy(projection["bias"]))

    @torch.no_grad()
    def below(self, ids: Tensor) -> Tensor:
        """What the frozen layers give of padded token numbers (n, length, 384)."""
        x, seen = self.embedded(self.table[ids] + self.places[: ids.shape[1]]), _seen(ids).float()
        for layer in self.layers[: self.frozen]:
            x = layer(x, seen)
        out: Tensor = x
        return out

    def above(self, x: Tensor, ids: Tensor) -> Encoded:
        """What the layers above make of it."""
        seen, real = _seen(ids).float(), (ids != PAD)[..., None].float()
        for layer in self.layers[self.frozen :]:
            x = layer(x, seen)
        x = x.float()
        own = ids != PAD
        own[:, :3] = False
        own = own & (ids != PAD) & functional.pad(ids[:, 1:] != PAD, (0, 1))  # the last is the end
        vectors = functional.normalize((x * real).sum(1) / real.sum(1), dim=1)
        return Encoded(vectors, functional.normalize(self.project(x).float(), dim=-1), own, x)


class Towers(nn.Module):
    """The questions' encoder and the windows', and how much a token of a question tells."""

    def __init__(
        self, question: tuple[Arrays, Arrays], window: tuple[Arrays, Arrays], frozen: tuple[int, int]
    ) -> None:
        super().__init__()
        self.asked = Tower(*question, frozen[0])
        self.read = Tower(*window, frozen[1])
        self.importance = nn.Linear(384, 1)
        self.sharpness = nn.Parameter(torch.tensor(3.0))
        with torch.no_grad():
            self.importance.weight.copy_(torch.from_numpy(question[1]["importance"])[None])
            self.importance.bias.copy_(torch.from_numpy(question[1]["importance_bias"]))

    def by_tokens(self, asked: Encoded, read: Encoded) -> Tensor:
        """(questions, windows): the mean over a question's tokens of the best cosine, weighted."""
        tells = functional.softplus(self.importance(asked.states)).squeeze(-1) * asked.own
        tells = tells / tells.sum(1, keepdim=True)
        cosines = torch.einsum("qld,wnd->qwln", asked.tokens, read.tokens)
        best = cosines.masked_fill(~read.own[None, :, None], -2).max(-1).values
        scores: Tensor = (best * tells[:, None]).sum(-1)
        return scores


def joined(parts: list[Encoded], order: list[int]) -> Encoded:
    """Encoded texts of several batches as one, put back in order (``order[k]`` is where the k-th belongs)."""
    longest = max(part.own.shape[1] for part in parts)

    def wide(x: Tensor) -> Tensor:
        room = [0, 0] * (x.dim() - 2) + [0, longest - x.shape[1]]
        return functional.pad(x, room)

    back = torch.tensor(order).argsort()
    vectors = torch.cat([part.vectors for part in parts])[back]
    tokens, own, states = (
        torch.cat([wide(getattr(part, name)) for part in parts])[back] for name in ("tokens", "own", "states")
    )
    return Encoded(vectors, tokens, own, states)
