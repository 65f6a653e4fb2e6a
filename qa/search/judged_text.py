"""A text that is in no index → what the judge says of it: whether it answers, and which words of it do.

A long text is read in pieces and counts by its best one.  Left out: clauses of an index, which are read in
the windows that they are searched by (`judged`).
"""

from __future__ import annotations

import functools
import itertools
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from index.encoders.packed import OnnxEncoder
from index.errors import ModelError
from qa.search.clause_judge import FOLDER, ClauseJudge, Verdict
from qa.search.matched_tokens import Matched
from qa.search.question_encoder import encoded

MOST_CHARACTERS: Final = 300
"""Of a piece, as the judge was trained."""
UNCUT: Final = 1.2
"""A text of up to so many pieces' length stays whole, since the halves would be short."""
LONGEST_SPAN: Final = 120
"""Tokens of the longest span."""
INSIDE_SHARE: Final = 0.05
"""How much the log odds of lying inside count beside the ends' scores; ROUGE-L of the spans on the contrast
sets .609 with it, .584 without (training/fit_span.py)."""
TEXTS_KEPT: Final = 256
"""Texts whose token vectors are remembered."""
_ENDS: Final = "。；！？\n"


@dataclass(frozen=True, slots=True)
class JudgedText:
    """``odds``: log odds that the text answers; ``text[start:end]`` is the stretch that does, or would:
    there is one whatever the odds are, empty only where no word of the text could be read."""

    odds: float
    start: int
    end: int


def judge_text(judge: ClauseJudge, question: str, heading: str, text: str) -> JudgedText:
    """The judge's word on a text below its headings (parts apart by `` > ``; may be empty)."""
    parts = pieces(text)
    matched = None
    if judge.reads_matches:
        read = [text_tokens(f"{heading}\n{part}") for part in parts]
        matched = Matched(encoded(question).tokens, read)
    verdicts = judge.judge(question, [(heading, part) for part in parts], matched)
    best = max(range(len(parts)), key=lambda at: verdicts[at].odds)
    offset = sum(map(len, parts[:best]))
    start, end = best_span(verdicts[best])
    return JudgedText(verdicts[best].odds, offset + start, offset + end)


@functools.lru_cache(TEXTS_KEPT)
def text_tokens(text: str) -> bytes:
    """The packed token vectors of a text, as an index would hold them; many questions are asked of one."""
    return _encoder().encode_with_tokens([text])[0].tokens


@functools.cache
def _encoder() -> OnnxEncoder:
    return OnnxEncoder()


def share_of(odds: float, threshold: float) -> float:
    """Log odds as a share from 0 to 1 that is .5 at the threshold."""
    return 0.5 * (1 + math.tanh((odds - threshold) / 2))  # the logistic function, at any size


@functools.cache
def pair_threshold(folder: Path = FOLDER) -> float:
    """The log odds from which a text is said to answer, fitted by training/fit_threshold.py.

    Raises ModelError where the file is missing or does not hold it.
    """
    path = folder / "thresholds.json"
    try:
        return float(json.loads(path.read_text("utf-8"))["pair"]["threshold"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        mend = "Install the project again: pip install --force-reinstall"
        raise ModelError(f"No threshold of the judge at {path} ({error}). {mend}") from error


def pieces(text: str) -> list[str]:
    """The text in pieces of about MOST_CHARACTERS, cut at sentence ends as evenly as they allow; joined
    again they are the text."""
    if len(text) <= MOST_CHARACTERS * UNCUT:
        return [text]
    count = math.ceil(len(text) / MOST_CHARACTERS)
    wanted = len(text) / count
    found = [""]
    for sentence in _sentences(text):
        if found[-1] and len(found[-1]) + len(sentence) / 2 > wanted and len(found) < count:
            found.append("")
        found[-1] += sentence
    return found


def _sentences(text: str) -> list[str]:
    """The text cut after 。；！？ and line breaks; joined again they are the text."""
    cuts = [0, *(at + 1 for at, sign in enumerate(text[:-1]) if sign in _ENDS), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(cuts)]


def best_span(verdict: Verdict, share: float = INSIDE_SHARE) -> tuple[int, int]:
    """Where the stretch begins and ends whose ends and inside together have the highest score."""
    count = len(verdict.places)
    if not count:
        return 0, 0
    total = np.cumsum(verdict.inside)
    between = total[None] - (total - verdict.inside)[:, None]
    joint = verdict.first[:, None] + verdict.last[None] + share * between
    first, last = np.indices(joint.shape)
    joint[(last < first) | (last - first >= LONGEST_SPAN)] = -np.inf
    begin, end = divmod(int(joint.argmax()), count)
    return int(verdict.places[begin][0]), int(verdict.places[end][1])
