"""Groups as token numbers: batches of groups whose clauses are about equally long."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from index.encoders.token_vectors import DIMENSION
from training.base import END, PAD
from training.groups import Group
from training.judge_vectors import Floats, Vectors
from training.matches import Matches

MOST_OF_QUESTION = 64
MOST_OF_HEADING = 40
MOST_OF_CLAUSE = 208
BATCH_TOKENS = 4400
"""Tokens of all pairs of a batch, about 24 pairs of a usual clause."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded token numbers; ``pairs`` (n, 2); ``answers`` (n,) 1 or 0; ``spans`` (n, 2) places in the run of
    question and clause, -1 where there is none; ``matches`` where the encoders' token vectors are known."""

    questions: Tensor
    clauses: Tensor
    pairs: Tensor
    answers: Tensor
    spans: Tensor
    matches: Matches | None = None


class Encoder:
    """Questions and clauses to token numbers, remembered by their text, and to token vectors."""

    def __init__(self, tokenizer: Tokenizer, vectors: Vectors | None = None) -> None:
        self._tokenizer, self._vectors = tokenizer, vectors
        self._clauses: dict[tuple[str, str], tuple[list[int], list[tuple[int, int]], int]] = {}

    def question(self, text: str) -> list[int]:
        """``<s> question </s>``; of a long one with its history the end is kept."""
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids[-MOST_OF_QUESTION:]
        return [0, *ids, END]

    def clause(self, heading: str, text: str) -> tuple[list[int], list[tuple[int, int]], int]:
        """``heading </s> text </s>``, the text's tokens' offsets, and where they begin."""
        key = heading, text
        if key not in self._clauses:
            above = self._tokenizer.encode(heading, add_special_tokens=False).ids[:MOST_OF_HEADING]
            body = self._tokenizer.encode(text, add_special_tokens=False)
            ids = [*above, END, *body.ids[:MOST_OF_CLAUSE], END]
            self._clauses[key] = ids, body.offsets[:MOST_OF_CLAUSE], len(above) + 1
        return self._clauses[key]

    def matches(self, questions: Sequence[str], clauses: Sequence[tuple[str, str]]) -> Matches | None:
        """The encoders' vectors of the tokens of questions and clauses, padded; None without any."""
        if self._vectors is None:
            return None
        self._vectors.know(clauses)
        asked = [self._asked(text) for text in questions]
        read = [self._read(*clause) for clause in clauses]
        tells = [np.pad(told, (0, max(len(t) for _, t in asked) - len(told))) for _, told in asked]
        return Matches(
            _stacked([vectors for vectors, _ in asked]), torch.from_numpy(np.stack(tells)), _stacked(read)
        )

    def _asked(self, text: str) -> tuple[Floats, Floats]:
        """Rows beside `question`'s token numbers."""
        assert self._vectors is not None
        count = len(self.question(text)) - 2
        vectors, tells = self._vectors.question(text)
        rows = np.zeros((count + 2, DIMENSION), np.float32)
        told = np.zeros(count + 2, np.float32)
        if count and len(vectors) >= count:
            rows[1:-1], told[1:-1] = vectors[-count:], tells[-count:] * len(tells)
        return rows, told

    def _read(self, heading: str, text: str) -> Floats:
        """Rows beside `clause`'s token numbers."""
        assert self._vectors is not None
        ids, offsets, begin = self.clause(heading, text)
        rows = np.zeros((len(ids), DIMENSION), np.float32)
        above = len(self._tokenizer.encode(heading, add_special_tokens=False).ids)
        vectors = self._vectors.window(heading, text)
        if len(vectors) >= above + len(offsets):
            rows[: begin - 1] = vectors[: begin - 1]
            rows[begin : begin + len(offsets)] = vectors[above : above + len(offsets)]
        return rows


def _stacked(rows: Sequence[Floats]) -> Tensor:
    longest = max(map(len, rows))
    return torch.from_numpy(np.stack([np.pad(row, ((0, longest - len(row)), (0, 0))) for row in rows]))


def batches(groups: Sequence[Group], encoder: Encoder, chance: random.Random) -> Iterator[Batch]:
    """All groups once, in random order of batches of like lengths."""
    sized = []
    for group in groups:
        if group.pairs:
            longest = max(len(encoder.clause(*clause)[0]) for clause in group.clauses)
            sized.append((longest * (0.85 + 0.3 * chance.random()), group))
    sized.sort(key=lambda one: one[0])
    runs: list[list[Group]] = [[]]
    tokens = 0.0
    for length, group in sized:
        cost = (length + 20) * len(group.pairs)
        if runs[-1] and tokens + cost > BATCH_TOKENS:
            runs.append([])
            tokens = 0.0
        runs[-1].append(group)
        tokens += cost
    chance.shuffle(runs)
    for run in runs:
        yield made(run, encoder)


def made(groups: Sequence[Group], encoder: Encoder) -> Batch:
    """One batch of some groups."""
    questions = [encoder.question(q) for group in groups for q in group.questions]
    clauses = [encoder.clause(*c) for group in groups for c in group.clauses]
    pairs, answers, spans = [], [], []
    asked = read = 0
    longest = max(map(len, questions))
    for group in groups:
        for pair in group.pairs:
            pairs.append((asked + pair.question, read + pair.clause))
            answers.append(float(pair.answers))
            place = _tokens_of(pair.span, clauses[read + pair.clause])
            spans.append((place[0] + longest, place[1] + longest) if place else (-1, -1))
        asked, read = asked + len(group.questions), read + len(group.clauses)
    return Batch(
        padded(questions), padded([c[0] for c in clauses]), torch.tensor(pairs), torch.tensor(answers),
        torch.tensor(spans),
        encoder.matches(
            [q for group in groups for q in group.questions], [c for group in groups for c in group.clauses]
        ),
    )  # fmt: skip


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Token numbers as one array, padded on the right."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (longest - len(row))] for row in rows])


def _tokens_of(
    span: tuple[int, int] | None, clause: tuple[list[int], list[tuple[int, int]], int]
) -> tuple[int, int] | None:
    if span is None:
        return None
    _, offsets, begin = clause
    inside = [i for i, (a, b) in enumerate(offsets) if b > span[0] and a < span[1] and b > a]
    return (inside[0] + begin, inside[-1] + begin) if inside else None
