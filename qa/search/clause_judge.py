"""The judge that ships with the project: does this clause answer this question, and which words of it.

Six layers that read question, headings and text together (docs/models/clause-judge-zh.md says how they were
trained), under ONNX Runtime, with the encoder's tokenizer.  Left out: which clauses are read, and what is
made of the verdict.
"""

from __future__ import annotations

import functools
import json
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from index.encoders.onnx_files import load_session, load_tokenizer
from index.encoders.packed import SHIPPED, available_cores
from index.engines.late_interaction import QuestionTokens
from index.errors import ModelError
from qa.search.matched_tokens import INPUTS, Lengths, Matched, inputs

FOLDER: Final = Path(__file__).parent / "models" / "clause-judge-zh"
MOST_OF_QUESTION: Final = 64
MOST_OF_HEADING: Final = 40
MOST_OF_TEXT: Final = 208
"""Tokens of each part, as it was trained; of a long question the end is kept, of the others the beginning."""
KEPT: Final = 8192
"""Verdicts that are remembered: a question is searched for in every region, with much the same clauses."""
_ENDS: Final = " ？?。！!，,；;…"
"""Signs at a question's end, which the judge was trained without."""
_START, _END = 0, 2
_MEND = "Install the project again (pip install --force-reinstall), or run: python -m training.export_judge"

Pair = tuple[str, str]
"""Headings and text of what is judged."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of one text.

    ``odds``: log odds that it answers.  ``places`` (tokens, 2) are where each token stands in the text,
    ``inside`` (tokens,) the log odds that it belongs to the answer, ``first`` and ``last`` (tokens,) the
    scores that the answer begins and ends with it.
    """

    odds: float
    places: npt.NDArray[np.int32]
    inside: npt.NDArray[np.float32]
    first: npt.NDArray[np.float32]
    last: npt.NDArray[np.float32]


class ClauseJudge:
    """The packed judge; safe to use from several threads at once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it; raises ModelError where a file is missing or is not what was packed."""
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            size = int(about["files"]["model.onnx"]["size"])
            found = (folder / "model.onnx").stat().st_size
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"No judge at {folder} ({error}). {_MEND}") from error
        if found != size:
            raise ModelError(f"{folder / 'model.onnx'} has {found:,} bytes, not {size:,}. {_MEND}")
        self._tokenizer = load_tokenizer(SHIPPED / "tokenizer.json", _MEND, whole=True)
        self._session = load_session(folder / "model.onnx", _MEND)
        self.reads_matches = "matches" in {one.name for one in self._session.get_inputs()}
        self._pool = ThreadPoolExecutor(available_cores(), "judge")
        self._kept: OrderedDict[tuple[str, str, str], Verdict] = OrderedDict()
        self._lock = Lock()

    def judge(self, question: str, pairs: Sequence[Pair], matched: Matched | None = None) -> list[Verdict]:
        """A verdict on each pair of headings and text, in their order, several at the same time.

        ``matched``: the token vectors of the question and of each pair (``headings\\ntext``; what is told
        behind the text has none), where an index of the shipped encoder holds them.
        """
        question = question.rstrip(_ENDS)
        with self._lock:
            known = {pair: self._kept.get((question, *pair)) for pair in pairs}
        fresh = [pair for pair, verdict in known.items() if verdict is None]
        if fresh:
            pieces = self._tokenizer.encode(question, add_special_tokens=False).ids
            data = dict(zip(pairs, matched.read, strict=True)) if matched else {}

            def verdict_on(pair: Pair) -> Verdict:
                tokens = matched.asked if matched and data[pair] else None
                return self._judge(pieces, *pair, tokens, data.get(pair, b""))

            fresh.sort(key=lambda pair: -len(pair[1]))  # the longest first, so that no core waits for it
            known |= zip(fresh, self._pool.map(verdict_on, fresh), strict=True)
            with self._lock:
                self._kept |= {(question, *pair): one for pair in fresh if (one := known[pair])}
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return [verdict for pair in pairs if (verdict := known[pair]) is not None]

    def _judge(
        self, question: list[int], heading: str, text: str, tokens: QuestionTokens | None, data: bytes
    ) -> Verdict:
        asked = [_START, *question[-MOST_OF_QUESTION:], _END]
        headings = self._tokenizer.encode(heading, add_special_tokens=False).ids
        above = headings[:MOST_OF_HEADING]
        body = self._tokenizer.encode(text, add_special_tokens=False)
        pieces, places = body.ids[:MOST_OF_TEXT], body.offsets[:MOST_OF_TEXT]
        ids = [*asked, *above, _END, *pieces, _END]
        side = np.ones((1, len(ids)), np.int64)
        side[0, : len(asked)] = 0
        given: dict[str, npt.NDArray[Any]] = {"input_ids": np.array([ids], np.int64), "side": side}
        lengths = Lengths(len(question), len(asked) - 2, len(headings), len(above), len(pieces))
        if self.reads_matches:
            given["matches"] = (
                inputs(tokens, data, lengths) if tokens else np.zeros((1, len(ids), INPUTS), np.float32)
            )
        answers, scores = self._session.run(["answers", "scores"], given)
        begin = len(asked) + len(above) + 1
        first, last, inside = scores[0, begin : begin + len(pieces)].T
        return Verdict(float(answers[0]), np.array(places, np.int32).reshape(-1, 2), inside, first, last)


@functools.cache
def shipped_judge() -> ClauseJudge:
    """The shipped judge, loaded at its first use."""
    return ClauseJudge(FOLDER)
