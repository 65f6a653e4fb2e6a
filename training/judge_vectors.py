"""Encodes once what the judge is trained on: token vectors of questions and windows, as an index keeps them.

    python -m training.judge_vectors --prepared FOLDER … --out FILE [--kept FOLDER] [--shared ../shared]

The judge reads every token's number and its vector of late interaction (`net.Judge`).  Written is a file of
packed vectors by text (`Vectors`), to which a training run adds what it meets anew.  Forty windows a second
on two cores; those that `training.prepare --kept FOLDER` has encoded are taken from there.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoders.encoder import EncodedPassage
from index.encoders.packed import OnnxEncoder
from index.encoders.token_vectors import DIMENSION, packed, unpacked
from index.encoders.vector_cache import CACHE, VectorCache
from qa.search.question_encoder import shipped_question_encoder
from training import base
from training.groups import PUNCTUATION, cut
from training.lines import load

Floats = npt.NDArray[np.float32]
AT_ONCE = 512


class Vectors:
    """Token vectors by text, of windows and of questions; what is missing is encoded when it is asked for."""

    def __init__(self, path: Path | None = None, kept: Path | None = None) -> None:
        self._path = path
        self._kept = kept
        self._of: dict[bytes, bytes] = {}
        self._tells: dict[bytes, bytes] = {}
        if path and path.is_file():
            with path.open("rb") as stored:
                self._of, self._tells = pickle.load(stored)
        self._encoder: OnnxEncoder | None = None

    def window(self, heading: str, text: str) -> Floats:
        """(tokens, 64) of ``heading\\ntext``."""
        joined = f"{heading}\n{text}"
        key = _key("w", joined)
        if key not in self._of:
            self.add([joined])
        return unpacked(self._of[key])

    def question(self, text: str) -> tuple[Floats, Floats]:
        """(tokens, 64), and how much each token tells (tokens,), sum 1."""
        key = _key("q", text)
        if key not in self._of:
            tokens = shipped_question_encoder().encode(text).tokens
            self._of[key] = packed(tokens.vectors)
            self._tells[key] = tokens.weights.astype(np.float16).tobytes()
        return unpacked(self._of[key]), np.frombuffer(self._tells[key], np.float16).astype(np.float32)

    def add(self, windows: Iterable[str]) -> None:
        """Encode the windows that are not known yet."""
        fresh = [text for text in dict.fromkeys(windows) if _key("w", text) not in self._of]
        if not fresh:
            return
        self._encoder = self._encoder or OnnxEncoder()
        known = self._known(fresh, self._encoder.checksum)
        fresh = [text for text in fresh if text not in known]
        known |= dict(zip(fresh, self._encoder.encode_with_tokens(fresh), strict=True))
        self._of |= {_key("w", text): made.tokens for text, made in known.items()}

    def _known(self, texts: list[str], model: str) -> dict[str, EncodedPassage]:
        if not self._kept:
            return {}
        cache = VectorCache(self._kept / CACHE, model, 0)
        found = cache.get(texts)
        cache.close()
        return found

    def save(self) -> None:
        """Write all that is known to the file."""
        if not self._path:
            return
        part = self._path.with_suffix(".part")
        with part.open("wb") as out:
            pickle.dump((self._of, self._tells), out)
        part.replace(self._path)


def _key(kind: str, text: str) -> bytes:
    return hashlib.blake2b(f"{kind}{text}".encode(), digest_size=12).digest()


def main() -> None:
    """Encodes the lines of prepared folders and of the development contrast sets."""
    parser = argparse.ArgumentParser(description="Encode what the judge is trained on.")
    parser.add_argument("--prepared", type=Path, nargs="+", required=True)
    parser.add_argument("--shared", type=Path, default=base.ROOT.parent / "shared")
    parser.add_argument("--kept", type=Path, help="where training.prepare keeps windows' vectors")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    windows: dict[str, None] = {}
    questions: dict[str, None] = {}
    contrast = load(options.shared / "eval/reading/contrast.jsonl")
    for folder in options.prepared:
        contrast += load(folder / "contrast.jsonl")
        for line in load(folder / "reading.jsonl"):
            questions |= dict.fromkeys(line["variants"])
            for w in (*line["gold"], line["near"], *(w for wrong in line["wrong"] for w in wrong)):
                if w:
                    windows[f"{w['heading']}\n{w['text']}"] = None
    for line in contrast:
        windows |= dict.fromkeys(f"{line['heading']}\n{part}" for part in cut(line["clause"]))
        questions |= dict.fromkeys(one["q"] for one in (*line["yes"], *line["no"]))
    print(f"{len(windows)} windows, {len(questions)} questions of {DIMENSION} numbers a token", flush=True)
    vectors, began, all_windows = Vectors(options.out, options.kept), time.time(), list(windows)
    for number, text in enumerate(questions):
        vectors.question(text.rstrip(PUNCTUATION))
        if number % 8000 == 0:
            print(f"{number} questions, {time.time() - began:.0f} s", flush=True)
    for at in range(0, len(all_windows), AT_ONCE):
        vectors.add(all_windows[at : at + AT_ONCE])
        if at % (AT_ONCE * 8) == 0:
            print(f"{at} windows, {time.time() - began:.0f} s", flush=True)
            vectors.save()
    vectors.save()


if __name__ == "__main__":
    main()
