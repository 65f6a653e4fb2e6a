"""Trains the reader: which stretch of a text answers a question.

    python tools/train_reader.py --data FOLDER --out FOLDER

The lower half of the shipped encoder's layers, with two numbers a token on top: the log odds that the
answer begins there, and that it ends there; the first token stands for "not in this text" (as in SQuAD 2.0,
Rajpurkar et al. 2018).  The embedding table stays as it is.  The same seed and versions give the same weights
on the same kind of processor.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from pack_model import read_source
from pack_vocabulary import cut_tokenizer, kept_pieces
from pack_weights import WIDTH, Floats, parameter_names
from reader_data import ABSENT_SHARE, Example, read_examples
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.commands.shared import named_path

LAYERS = 6
MOST_TOKENS = 184
"""Tokens of question and text together while training; a longer text is cut around the answer."""
EPOCHS = 2
BATCH = 16
RATE = 1.5e-4
WARM_UP = 0.06
HELD_BACK = 400
SEED = 20261122


class Reader(nn.Module):
    """The encoder's lower layers with a start and an end score a token."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        config = BertConfig(
            vocab_size=pieces,
            hidden_size=WIDTH,
            num_hidden_layers=LAYERS,
            num_attention_heads=12,
            intermediate_size=4 * WIDTH,
            max_position_embeddings=512,
        )
        self.bert = BertModel(config, add_pooling_layer=False)
        self.head = nn.Linear(WIDTH, 2)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Scores (batch, length, 2), -inf where ``mask`` is 0."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        scores: Tensor = self.head(hidden.float())
        return scores.masked_fill(mask[..., None] == 0, -1e4)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One run's tokens, the first and last token of the answer (0 and 0 where it is absent), and where the
    text begins."""

    ids: list[int]
    first: int
    last: int
    text_at: int


def main() -> None:
    """Trains and writes ``reader.pt``; prints the loss and the figures on questions held back."""
    parser = argparse.ArgumentParser(description="Train the reader.")
    parser.add_argument("--data", type=named_path, required=True, help="folder with the training files")
    parser.add_argument("--out", type=named_path, required=True)
    parser.add_argument("--layers", type=int, default=LAYERS)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    source = read_source(None)
    kept = kept_pieces(source.tokenizer)
    tokenizer = Tokenizer.from_str(cut_tokenizer(source.tokenizer, kept, 512).decode())
    tokenizer.no_truncation()
    examples = read_examples(options.data, SEED)
    held, examples = examples[:HELD_BACK], examples[HELD_BACK:]
    model = Reader(len(kept))
    _load(model, source.arrays, kept)
    options.out.mkdir(parents=True, exist_ok=True)
    _train(model, tokenizer, examples, held, chance, options.out)


def _load(model: Reader, arrays: dict[str, Floats], kept: list[int]) -> None:
    state = model.bert.state_dict()
    for short, long in parameter_names().items():
        if long not in state:
            continue
        values = torch.from_numpy(arrays[short].copy())
        if short == "emb.word":
            values = values[kept]
        if short == "emb.type":
            values = torch.stack([values, values])
        state[long] = values
    model.bert.load_state_dict(state)
    for part in (model.bert.embeddings.word_embeddings, model.bert.embeddings.token_type_embeddings):
        part.weight.requires_grad = False


def encode(tokenizer: Tokenizer, example: Example, chance: random.Random, *, absent: bool) -> Encoded | None:
    """``<s> question </s> text </s>``; None where no stretch without the answer is left."""
    question = tokenizer.encode(example.question).ids[:48]
    text = tokenizer.encode(example.text, add_special_tokens=False)
    room = MOST_TOKENS - len(question) - 1
    inside = [i for i, (a, b) in enumerate(text.offsets) if b > example.start and a < example.end and b > a]
    if not inside:
        return None
    first, last = inside[0], min(inside[-1], inside[0] + room - 1)
    total = len(text.ids)
    if absent:
        sides = [(0, first), (last + 1, total)]
        low, high = max(sides, key=lambda side: side[1] - side[0])
        if high - low < 24:
            return None
        start = chance.randint(low, max(low, high - room))
        ids = text.ids[start : min(high, start + room)]
        return Encoded([*question, *ids, 2], 0, 0, len(question))
    lowest = max(0, last + 1 - room)
    start = chance.randint(lowest, max(lowest, min(first, total - room if total > room else 0)))
    ids = text.ids[start : start + room]
    at = len(question) - start
    return Encoded([*question, *ids, 2], first + at, last + at, len(question))


def _batches(encoded: list[Encoded], chance: random.Random) -> list[list[Encoded]]:
    """Batches of similar lengths, in random order."""
    ordered = sorted(encoded, key=lambda e: len(e.ids) + chance.random() * 24)
    batches = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
    chance.shuffle(batches)
    return batches


def _tensors(batch: list[Encoded]) -> tuple[Tensor, Tensor]:
    length = max(len(e.ids) for e in batch)
    ids = torch.tensor([e.ids + [1] * (length - len(e.ids)) for e in batch])
    mask = torch.tensor([[1] * len(e.ids) + [0] * (length - len(e.ids)) for e in batch])
    return ids, mask


def _train(  # noqa: PLR0917
    model: Reader,
    tokenizer: Tokenizer,
    examples: list[Example],
    held: list[Example],
    chance: random.Random,
    out: Path,
) -> None:
    plain = [p for n, p in model.named_parameters() if p.requires_grad and p.ndim < 2]
    matrices = [p for n, p in model.named_parameters() if p.requires_grad and p.ndim >= 2]
    groups = [{"params": plain, "weight_decay": 0.0}, {"params": matrices, "weight_decay": 0.01}]
    optimizer = torch.optim.AdamW(groups, lr=RATE)
    steps = EPOCHS * int(len(examples) * (1 + ABSENT_SHARE * 0.9)) // BATCH
    warm = int(WARM_UP * steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, s / max(1, warm)) * max(0.02, 1 - s / steps)
    )
    done, total, begun = 0, 0.0, time.time()
    for epoch in range(EPOCHS):
        encoded = [e for x in examples if (e := encode(tokenizer, x, chance, absent=False))]
        some = [x for x in examples if chance.random() < ABSENT_SHARE]
        encoded += [e for x in some if (e := encode(tokenizer, x, chance, absent=True))]
        for batch in _batches(encoded, chance):
            model.train()
            ids, mask = _tensors(batch)
            scores = model(ids, mask)
            first = nn.functional.cross_entropy(scores[..., 0], torch.tensor([e.first for e in batch]))
            last = nn.functional.cross_entropy(scores[..., 1], torch.tensor([e.last for e in batch]))
            loss = (first + last) / 2
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            done += 1
            total += loss.item()
            if done % 50 == 0:
                print(f"{done}/{steps} {time.time() - begun:.0f} s loss {total / 50:.3f}", flush=True)
                total = 0.0
            if done % 400 == 0:
                print("held back:", _measure(model, tokenizer, held), flush=True)
        torch.save(model.state_dict(), out / f"reader-{epoch + 1}.pt")
        print(f"epoch {epoch + 1}:", _measure(model, tokenizer, held), flush=True)


@torch.no_grad()
def _measure(model: Reader, tokenizer: Tokenizer, held: list[Example]) -> str:
    """The share of answers found to the token, and the mean F1 over tokens, where the answer is there."""
    model.eval()
    chance = random.Random(1)
    exact, overlap, count = 0, 0.0, 0
    encoded = [e for x in held if (e := encode(tokenizer, x, chance, absent=False))]
    for at in range(0, len(encoded), BATCH):
        batch = encoded[at : at + BATCH]
        ids, mask = _tensors(batch)
        scores = model(ids, mask)
        for e, score in zip(batch, scores, strict=True):
            inside = score[e.text_at :]
            joint = inside[:, None, 0] + inside[None, :, 1]
            allowed = torch.triu(torch.ones_like(joint)) - torch.triu(torch.ones_like(joint), 120)
            best = int((joint + (allowed - 1) * 1e4).argmax())
            first, last = best // len(inside) + e.text_at, best % len(inside) + e.text_at
            common = max(0, min(last, e.last) - max(first, e.first) + 1)
            exact += (first, last) == (e.first, e.last)
            overlap += 2 * common / (last - first + 1 + e.last - e.first + 1)
            count += 1
    return f"exact {exact / count:.3f} F1 {overlap / count:.3f} of {count}"


if __name__ == "__main__":
    main()
