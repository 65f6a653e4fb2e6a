"""A million clauses made of real ones: documents recombined, names and numbers exchanged, vectors perturbed.

A made-up document takes a real one's headings and a half of its clauses; the other half are clauses of other
documents of the same kind.  In every clause region names are exchanged for others of the same length and
digits for other digits (years stay), so that words, offsets and facts remain those of such texts; the facts
are found anew.  The vector of a made-up window is the real vector of the window it was made from, with noise
of the size that the exchange makes in real vectors (`noise_of`); real windows keep theirs.
"""

from __future__ import annotations

import hashlib
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.clauses.windows import is_searched, windows  # noqa: E402
from index.encoders.packed import OnnxEncoder  # noqa: E402
from index.facts.find import find_facts  # noqa: E402
from index.parsing.parse import Parsed, parse_file  # noqa: E402
from index.reading.folder import list_documents  # noqa: E402
from index.records import Clause  # noqa: E402

Floats = npt.NDArray[np.float32]

_NAMES = (
    "宁武运城沁水成武深圳上海新疆广州北京杭州苏州大同临汾长治菏泽济宁泰安威海商丘信阳南阳襄阳宜昌岳阳常德"
    "郴州韶关梅州惠州茂名桂林玉林百色遵义曲靖大理宝鸡汉中榆林天水"
)
STEMS = tuple(_NAMES[at : at + 2] for at in range(0, len(_NAMES), 2))
"""Two-character names of places; one found in a real clause becomes another."""
_STEM = re.compile("|".join(STEMS))
# A digit that is none of a year: 30%, 11.4公里; not 2025年
_DIGIT = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d")
SWAPPED = 0.5
"""Share of a made-up document's clauses that come from other documents."""


@dataclass(frozen=True, slots=True)
class Source:
    """The real documents, parsed, and for each kind all clauses that may be swapped in."""

    documents: tuple[Parsed, ...]
    pools: dict[str, list[Clause]]


def read_source(folders: Sequence[Path]) -> Source:
    """Parse every document in the folders."""
    documents = tuple(
        parse_file(found.path, found.root) for folder in folders for found in list_documents(folder).files
    )
    pools: dict[str, list[Clause]] = {}
    for one in documents:
        pools.setdefault(one.document.kind, []).extend(c for c in one.clauses if c.kind == "body")
    return Source(documents, pools)


def make_up(source: Source, clauses: int, seed: int = 1) -> Iterator[Parsed]:
    """Made-up documents until they have so many clauses."""
    chance, made, number = random.Random(seed), 0, 0
    while made < clauses:
        number += 1
        one = _document(chance.choice(source.documents), source.pools, chance, number)
        made += len(one.clauses)
        yield one


def _document(real: Parsed, pools: dict[str, list[Clause]], chance: random.Random, number: int) -> Parsed:
    exchange = _exchange(chance)
    pool, parts, cut, at = pools[real.document.kind], [], [], 0
    for clause in real.clauses:
        swap = clause.kind == "body" and chance.random() < SWAPPED
        body = exchange((chance.choice(pool) if swap else clause).text)
        heading = None if swap or not clause.heading else exchange(clause.heading)
        path = tuple(map(exchange, clause.path))
        place = replace(clause, path=path, heading=heading, start=at, end=at + len(body), text=body, cells=())
        cut.append(place)
        parts.append(body)
        at += len(body) + 1
    fields = tuple(
        replace(field, value=exchange(field.value), start=None, end=None) for field in real.document.fields
    )
    document = replace(
        real.document,
        file=f"made-up/{number // 1000:04d}/{number:07d}.txt",
        text="\n".join(parts),
        fields=fields,
        removals=(),
        source_hash=hashlib.sha256(str(number).encode()).hexdigest(),
    )
    return Parsed(document, tuple(cut), tuple(find_facts(clause) for clause in cut))


def _exchange(chance: random.Random) -> Callable[[str], str]:
    """Other names and digits of the same length, the same name always for the same other."""
    others = dict(zip(STEMS, chance.sample(STEMS, len(STEMS)), strict=True))

    def digit(found: re.Match[str]) -> str:
        return found.group() if len(found.group()) > 1 else str(chance.randrange(1, 10))

    return lambda text: _DIGIT.sub(digit, _STEM.sub(lambda m: others[m.group()], text))


def masked(text: str) -> str:
    """What a real window and those made from it have in common."""
    return _DIGIT.sub("0", _STEM.sub("某地", text))


class MadeUpEncoder:
    """Real vectors for real windows, perturbed ones for what is made from them; the questions' are real."""

    def __init__(
        self, encoder: OnnxEncoder, source: Source, vectors: Callable[[Sequence[str]], Floats]
    ) -> None:
        self.name, self.checksum, self.dimension = encoder.name, encoder.checksum, encoder.dimension
        self._encoder = encoder
        texts = sorted(
            {
                window
                for one in source.documents
                for clause in one.clauses
                if is_searched(clause)
                for window in windows(one.document, clause)
            }
        )
        rows = vectors(texts)
        self.real = len(texts)
        self._rows = rows
        self._by_text = {text: row for row, text in enumerate(texts)}
        self._by_body = {masked(_body(text)): row for row, text in enumerate(texts)}
        self._any = list(self._by_body.values())
        self.unmatched = 0
        self.noise = 0.0

    def encode_question(self, text: str) -> Floats:
        """The real vector of a question."""
        return self._encoder.encode_question(text)

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Floats:
        """A vector a window: its own where it is real, else that of what it was made from, perturbed."""
        found = np.empty((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            own = self._by_text.get(text)
            found[row] = self._rows[own] if own is not None else self._perturbed(text)
        if progress:
            progress(len(texts))
        return found

    def _perturbed(self, text: str) -> Floats:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
        random_ = np.random.default_rng(seed)
        base = self._by_body.get(masked(_body(text)))
        if base is None:  # a window cut elsewhere, since its prefix has another length
            self.unmatched += 1
            base = self._any[seed % len(self._any)]
        noise = random_.standard_normal(self.dimension).astype(np.float32)
        vector = self._rows[base] + self.noise * noise / np.linalg.norm(noise)
        return vector / np.linalg.norm(vector)  # type: ignore[no-any-return]


def _body(window: str) -> str:
    return window.split("\n", 1)[-1]


def noise_of(encoder: OnnxEncoder, made: Sequence[Parsed], fake: MadeUpEncoder, sample: int = 400) -> float:
    """The length of the noise that gives made-up vectors the real ones' mean cosine to their sources."""
    texts = [
        window
        for one in made
        for clause in one.clauses
        if is_searched(clause)
        for window in windows(one.document, clause)
    ]
    chosen = random.Random(2).sample(texts, min(sample, len(texts)))
    fake.noise = 0.0
    cosines = np.sum(encoder.encode_passages(chosen) * fake.encode_passages(chosen), axis=1)
    mean = float(np.mean(cosines))
    return float(np.sqrt(max(0.0, 1 / mean**2 - 1)))
