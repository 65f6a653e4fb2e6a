"""The question reader in torch: lower layers of the encoder, a head over the question, one over its tokens.

Left out: what it learns from (`question_lines`), how (`train_question_reader`), packing
(`export_question_reader`).  In float32: a processor without AVX-512 is ten times slower in bfloat16.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import Tensor, nn

from qa.question.reader import FIELDS, FLAGS, FOLDER, KINDS, MOST_BEFORE, MOST_TOKENS, PARTS, TAGS
from training import base
from training.base import END, PAD, START, WIDTH, Arrays
from training.net import Layer, _norm_of, _seen

LABELS = (*PARTS, *FIELDS, *FLAGS)
"""The yes-or-no labels of a question, in the order of the head."""
UNTOLD = -100
BATCH_TOKENS = 1000


@dataclass(frozen=True, slots=True)
class Read:
    """Log odds: ``kinds`` (n, kinds), ``labels`` (n, labels), and of tokens ``tags`` (n, length, tags)."""

    kinds: Tensor
    labels: Tensor
    tags: Tensor


class QuestionReader(nn.Module):
    """Token numbers of the question before and the question to what is read."""

    def __init__(self, arrays: Arrays, layers: int) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.from_numpy(arrays["emb.word"]), requires_grad=False)
        places = arrays["emb.pos"][: MOST_BEFORE + MOST_TOKENS + 3] + arrays["emb.type"]
        self.places = nn.Parameter(torch.from_numpy(places), requires_grad=False)
        self.embedded = _norm_of(arrays, "emb.ln")
        self.layers = nn.ModuleList(Layer(arrays, f"l{n}") for n in range(layers))
        self.sides = nn.Parameter(torch.zeros(2, WIDTH))
        self.whole = nn.Linear(2 * WIDTH, len(KINDS) + len(LABELS))
        self.token = nn.Linear(WIDTH, len(TAGS))

    def forward(self, ids: Tensor, sides: Tensor) -> Read:
        """``ids`` and ``sides`` (n, length): 1 for the tokens of the question, 0 for those before."""
        place = ((ids != PAD).cumsum(1) - 1).clamp(min=0)
        x = self.embedded(self.table[ids] + self.places[place]) + self.sides[sides]
        seen = _seen(ids)
        for layer in self.layers:
            x = layer(x, seen)
        words = (sides == 1)[..., None].float()
        mean = (x * words).sum(1) / words.sum(1)
        whole = self.whole(torch.cat([x[:, 0], mean], 1))
        return Read(whole[:, : len(KINDS)], whole[:, len(KINDS) :], self.token(x))


def shipped(layers: int) -> QuestionReader:
    """The shipped reader, its layers and heads unpacked from int8, to go on from."""
    arrays = base.judge_arrays(layers)
    stored = {one.name: one for one in onnx.load(str(FOLDER / "model.onnx")).graph.initializer}
    values = {name: numpy_helper.to_array(one) for name, one in stored.items() if "words" not in name}
    for part in "wb":
        arrays[f"emb.ln.{part}"] = values[f"embedded.norm.{part}"]
    for layer in range(layers):
        arrays.update(base.unpacked(values, f"l{layer}", arrays))
    model = QuestionReader(arrays, layers)
    with torch.no_grad():
        model.sides.copy_(torch.from_numpy(values["sides"].astype(np.float32)))
        for name, head in (("whole", model.whole), ("token", model.token)):
            head.weight.copy_(torch.from_numpy(values[f"{name}.w"].T.astype(np.float32)))
            head.bias.copy_(torch.from_numpy(values[f"{name}.b"].astype(np.float32)))
    return model


@dataclass(frozen=True, slots=True)
class Example:
    """A line in numbers; ``labels`` are 1, 0 or UNTOLD; ``tags`` one a token, UNTOLD outside the question."""

    ids: list[int]
    sides: list[int]
    kind: int
    labels: list[int]
    tags: list[int]


def example(line: Mapping[str, Any], tokenizer: Tokenizer) -> Example:
    """The line as numbers; a token has the tag of most of its characters."""
    before = tokenizer.encode(line["before"], add_special_tokens=False).ids[-MOST_BEFORE:]
    encoding = tokenizer.encode(line["text"], add_special_tokens=False)
    pieces, offsets = encoding.ids[:MOST_TOKENS], encoding.offsets[:MOST_TOKENS]
    marks = [TAGS.index("O") if line["tagged"] else UNTOLD] * len(line["text"])
    for start, end, tag in line["spans"]:
        marks[start:end] = [TAGS.index(tag)] * (end - start)
    tags = [
        _most([m for m, c in zip(marks[a:b], line["text"][a:b], strict=True) if c.strip()])
        for a, b in offsets
    ]
    held, unknown = {*line["parts"], *line["fields"], *line["flags"]}, set(line["unknown"])
    labels = [1 if name in held else UNTOLD if name in unknown else 0 for name in LABELS]
    front = [START, *before, END]
    return Example(
        [*front, *pieces, END],
        [0] * len(front) + [1] * (len(pieces) + 1),
        KINDS.index(line["kind"]) if line["kind"] else UNTOLD,
        labels,
        [*[UNTOLD] * len(front), *tags, UNTOLD],
    )


def _most(marks: Sequence[int]) -> int:
    return max(dict.fromkeys(marks), key=marks.count) if marks else UNTOLD


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded numbers of several examples."""

    ids: Tensor
    sides: Tensor
    kinds: Tensor
    labels: Tensor
    tags: Tensor


def batches(examples: Sequence[Example], chance: random.Random | None) -> Iterator[Batch]:
    """All examples once, those of like lengths together; in random order where ``chance`` is given."""
    order = sorted(examples, key=lambda one: len(one.ids) + (chance.random() * 4 if chance else 0))
    groups: list[list[Example]] = [[]]
    for one in order:
        if (len(groups[-1]) + 1) * len(one.ids) > BATCH_TOKENS:
            groups.append([])
        groups[-1].append(one)
    if chance:
        chance.shuffle(groups)
    yield from (_padded(group) for group in groups if group)


def _padded(group: Sequence[Example]) -> Batch:
    length = max(len(one.ids) for one in group)

    def of(values: Sequence[Sequence[int]], filler: int) -> Tensor:
        return torch.tensor([[*row, *[filler] * (length - len(row))] for row in values])

    return Batch(
        of([one.ids for one in group], PAD),
        of([one.sides for one in group], 0),
        torch.tensor([one.kind for one in group]),
        torch.tensor([one.labels for one in group]),
        of([one.tags for one in group], UNTOLD),
    )


def load(path: Path) -> list[dict[str, Any]]:
    """The lines that `question_lines` wrote."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
