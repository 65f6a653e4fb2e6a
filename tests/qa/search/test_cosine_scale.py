"""A model with another range of cosines falls silent where the shipped one does, and not everywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.build.build import build
from index.encoders.encoder import Encoder, Vectors
from index.encoders.load import load_encoder
from index.search.index import Index, open_index
from qa import ask
from qa.search.cosine_scale import RELATED, UNRELATED, as_shipped, scale_of

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data"


class Centred:
    """The shipped encoder with the mean taken out of its vectors: the same order of clauses, nearly, with
    cosines from -.1 to .6 instead of .75 to .95, as many models give them."""

    name, checksum = "centred", "c" * 64

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.dimension = encoder.dimension
        texts = [
            line
            for path in sorted((ROOT / "documents").glob("*.txt"))
            for line in path.open("rt", encoding="utf-8")
        ]
        self._mean = encoder.encode_passages([text.strip() for text in texts if len(text) > 40][::12]).mean(
            axis=0
        )

    def encode_passages(self, texts: Sequence[str], progress=None) -> Vectors:
        return self._centred(self._encoder.encode_passages(texts, progress))

    def encode_question(self, text: str) -> Vectors:
        return self._centred(self._encoder.encode_question(text))

    def _centred(self, vectors: Vectors) -> Vectors:
        moved = vectors - self._mean
        return (moved / np.linalg.norm(moved, axis=-1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def centred_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    store, encoder = tmp_path_factory.mktemp("centred") / "store", Centred(load_encoder())
    build(ROOT / "documents", store, "centred", encoder=encoder)
    return open_index(store, encoder)


def test_the_shipped_scale_is_what_the_shipped_encoder_gives() -> None:
    scale = scale_of(load_encoder())
    assert (scale.related, scale.unrelated) == pytest.approx((RELATED, UNRELATED), abs=5e-4)


def test_the_shipped_cosines_stay_as_they_are(policy_index: Index) -> None:
    assert [as_shipped(policy_index, cosine) for cosine in (0.8391, 0.9, 1.0)] == [0.8391, 0.9, 1.0]


def test_another_range_is_turned_into_the_shipped_one(centred_index: Index) -> None:
    scale = scale_of(centred_index.encoder)
    assert scale.unrelated < 0.2 < scale.related < 0.7
    assert as_shipped(centred_index, scale.related) == pytest.approx(RELATED)
    assert as_shipped(centred_index, scale.unrelated) == pytest.approx(UNRELATED)


@pytest.mark.parametrize(("file", "abstains"), [("answerable", False), ("unanswerable", True)])
def test_it_falls_silent_where_it_should(centred_index: Index, file: str, abstains: bool) -> None:
    lines = (DATA / f"questions_{file}.jsonl").read_text("utf-8").splitlines()
    asked = [one for one in map(json.loads, lines) if not one.get("history")][::2]
    right = [ask(one["question"], index=centred_index).abstained is abstains for one in asked]
    assert sum(right) >= 0.9 * len(asked)
