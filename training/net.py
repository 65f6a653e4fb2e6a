"""The judge: does this clause answer this question, and where.  Layers of the encoder in torch, with three
heads.

``split`` layers read the question and the clause apart, each once however many pairs it stands in; the
layers above read both together.  ``split`` 0 is an ordinary cross-encoder.  Where ``matched`` is not 0, what
the encoders hold of each token (`matches`) is added above so many layers.  Attention is written out: torch's
own runs backwards on a CPU in bfloat16 at a third of this speed.  Left out: what it learns from (`groups`),
how (`train_judge`).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from qa.search.matched_tokens import INPUTS
from training.base import EPSILON, HEADS, PAD, WIDTH, Arrays
from training.matches import Matches, inputs

NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Shape:
    """What a checkpoint needs to be rebuilt: layers in all, how many of them read apart, and how many lie
    below where the encoders' token vectors come in, 0 where none do."""

    layers: int
    split: int
    matched: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """Of each pair: ``answers`` (n,) log odds; ``span`` (n, length, 2) those of first and last token;
    ``inside`` (n, length) those of belonging to the answer; ``text`` (n, length) True for the clause's."""

    answers: Tensor
    span: Tensor
    inside: Tensor
    text: Tensor


class Layer(nn.Module):
    """One layer of the encoder: attention and feed-forward, each with its sum and norm."""

    dropped = 0.0
    """Share of the numbers that attention and feed-forward add which are left out while training, the same
    for all tokens of a text (Gal and Ghahramani 2016): one mask a token would cost a quarter of a step."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        super().__init__()
        joined = {p: torch.cat([torch.from_numpy(arrays[f"{name}.{x}.{p}"]) for x in "qkv"]) for p in "wb"}
        self.qkv = _dense(joined["w"], joined["b"])
        self.ao, self.fi, self.fo = (_dense_of(arrays, f"{name}.{part}") for part in ("ao", "fi", "fo"))
        self.aln, self.oln = _norm_of(arrays, f"{name}.aln"), _norm_of(arrays, f"{name}.oln")

    def forward(self, x: Tensor, seen: Tensor) -> Tensor:
        """(n, length, 384); ``seen`` (n, 1, 1, length) is 0 for tokens and very low for padding."""
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        scores = (q * (WIDTH // HEADS) ** -0.5) @ k.transpose(2, 3)
        weights = torch.softmax(scores + seen, dim=-1)
        mixed = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.aln((x + self._some(self.ao(mixed))).float())
        out: Tensor = self.oln((x + self._some(self.fo(functional.gelu(self.fi(x))))).float())
        return out

    def _some(self, added: Tensor) -> Tensor:
        if not self.training or not self.dropped:
            return added
        kept = torch.rand(len(added), 1, added.shape[2]) >= self.dropped
        return added * (kept.to(added.dtype) / (1 - self.dropped))


class Judge(nn.Module):
    """Token numbers of questions and clauses, and which belong together, to what the heads say."""

    halves = False
    """Whether layers run in bfloat16: faster on processors with AMX or AVX-512 BF16, slower on others."""

    def __init__(self, arrays: Arrays, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.table = nn.Parameter(
            torch.from_numpy(arrays["emb.word"]).to(torch.bfloat16), requires_grad=False
        )
        self.places = nn.Parameter(
            torch.from_numpy(arrays["emb.pos"] + arrays["emb.type"]), requires_grad=False
        )
        self.embedded = _norm_of(arrays, "emb.ln")
        self.layers = nn.ModuleList(Layer(arrays, f"l{n}") for n in range(shape.layers))
        self.sides = nn.Parameter(torch.zeros(2, WIDTH))
        if shape.matched:
            self.matched = nn.Linear(INPUTS, WIDTH, bias=False)
            nn.init.zeros_(self.matched.weight)
            if "matched.w" in arrays:
                with torch.no_grad():
                    self.matched.weight.copy_(torch.from_numpy(arrays["matched.w"].T.copy()))
        self.tokens = nn.Linear(WIDTH, 3)
        self.mixed = nn.Linear(3 * WIDTH, WIDTH)
        self.answer = nn.Linear(WIDTH + 1, 1)
        nn.init.normal_(self.tokens.weight, std=0.02)
        if "sides" in arrays:  # those of a judge
            with torch.no_grad():
                self.sides.copy_(torch.from_numpy(arrays["sides"].copy()))
                for name in ("tokens", "mixed", "answer"):
                    head = getattr(self, name)
                    head.weight.copy_(torch.from_numpy(arrays[f"{name}.w"].copy()))
                    head.bias.copy_(torch.from_numpy(arrays[f"{name}.b"].copy()))

    def freeze(self, layers: int) -> None:
        """So many of the lowest layers, and what lies below, learn no more; they then run forwards only."""
        for part in (self.embedded, *self.layers[:layers]) if layers else ():
            part.requires_grad_(False)
        self.sides.requires_grad_(not layers)

    def forward(
        self, questions: Tensor, clauses: Tensor, pairs: Tensor, matches: Matches | None = None
    ) -> Judged:
        """Token numbers (q, lq) and (c, lc), padded; ``pairs`` (n, 2) says which question and clause."""
        return self.heads(*self.states(questions, clauses, pairs, matches), questions.shape[1])

    def states(
        self, questions: Tensor, clauses: Tensor, pairs: Tensor, matches: Matches | None = None
    ) -> tuple[Tensor, Tensor]:
        """Of the same, what the layers give, float32 (n, lq + lc, 384), and each pair's token numbers."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.halves):
            if self.shape.split:
                asked, read = self._apart(questions), self._apart(clauses)
                x = torch.cat([asked[pairs[:, 0]], read[pairs[:, 1]]], 1)
            ids = torch.cat([questions[pairs[:, 0]], clauses[pairs[:, 1]]], 1)
            if not self.shape.split:
                x = self._embed(ids)
            side = torch.zeros(ids.shape[1], dtype=torch.long)
            side[questions.shape[1] :] = 1
            x = x + self.sides[side]
            seen = _seen(ids)
            for number, layer in enumerate(self.layers[self.shape.split :], self.shape.split):
                if matches and number == self.shape.matched:
                    x = x + self.matched(inputs(matches, pairs))
                x = layer(x, seen)
        return x.float(), ids

    def _apart(self, ids: Tensor) -> Tensor:
        x, seen = self._embed(ids), _seen(ids)
        for layer in self.layers[: self.shape.split]:
            x = layer(x, seen)
        return x

    def _embed(self, ids: Tensor) -> Tensor:
        """Places count tokens only, so that padding between question and clause moves nothing."""
        place = ((ids != PAD).cumsum(1) - 1).clamp(min=0, max=len(self.places) - 1)
        out: Tensor = self.embedded(self.table[ids].float() + self.places[place])
        return out

    def heads(self, x: Tensor, ids: Tensor, asked: int) -> Judged:
        """What the heads say of such states; ``asked`` is lq."""
        real = ids != PAD
        text = real.clone()
        text[:, :asked] = False
        heads = self.tokens(x)
        inside = heads[..., 2]
        shares = torch.softmax(inside.masked_fill(~text, NEVER), 1)
        evidence = (shares[..., None] * x).sum(1)
        words = (real & ~text)[..., None]
        question = (x * words).sum(1) / words.sum(1)
        highest = torch.logsumexp(inside.masked_fill(~text, NEVER), 1) - 2
        mixed = functional.gelu(self.mixed(torch.cat([x[:, 0], question, evidence], 1)))
        answers = self.answer(torch.cat([mixed, highest[:, None]], 1))[:, 0]
        return Judged(answers, heads[..., :2].masked_fill(~text[..., None], NEVER), inside, text)


def _seen(ids: Tensor) -> Tensor:
    return ((ids == PAD)[:, None, None, :].float() * NEVER).to(torch.bfloat16)


def _dense(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    with torch.no_grad():
        made.weight.copy_(weight)
        made.bias.copy_(bias)
    return made


def _dense_of(arrays: Arrays, name: str) -> nn.Linear:
    return _dense(torch.from_numpy(arrays[f"{name}.w"]), torch.from_numpy(arrays[f"{name}.b"]))


def _norm_of(arrays: Arrays, name: str) -> nn.LayerNorm:
    made = nn.LayerNorm(WIDTH, EPSILON)
    with torch.no_grad():
        made.weight.copy_(torch.from_numpy(arrays[f"{name}.w"].copy()))
        made.bias.copy_(torch.from_numpy(arrays[f"{name}.b"].copy()))
    return made
