"""A model's words without its reasoning, whatever marks it prints around it, and without its control tokens.

<think>…</think>, [THINK], ◁think▷, <|begin_of_thought|>, <|channel|>analysis<|message|>.  Many servers print
the closing mark alone, since their template opens: all before it is reasoning.  What follows an opening mark
that is never closed is reasoning too.
"""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = r"(?:[a-z]+:)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis|scratchpad)"
# <think>, <seed:think>, [THINK], ◁think▷, <|begin_of_thought|>, <|channel|>analysis<|message|>
_OPEN: Final = (
    rf"<{_NAMES}\s*>|\[think\]|◁think▷|<\|begin_of_thought\|>"
    r"|<\|channel\|>\s*(?:analysis|commentary)[^<]{0,60}<\|message\|>"
)
# the same closed; of the last kind the final channel closes
_CLOSE: Final = (
    rf"</{_NAMES}\s*>|\[/think\]|◁/think▷|<\|end_of_thought\|>"
    r"|<\|channel\|>\s*final[^<]{0,60}<\|message\|>"
)
_MARK: Final = re.compile(rf"(?P<open>{_OPEN})|(?P<close>{_CLOSE})", re.IGNORECASE)
# <|im_start|>assistant, <|begin_of_solution|>: before an answer.
_STARTS: Final = re.compile(
    r"<\|(?:im_start|start|start_header_id)\|>\s*(?:assistant)?(?:<\|end_header_id\|>)?|<\|(?:begin_of_solution|message)\|>",
    re.IGNORECASE,
)
# <|im_end|>, <|eot_id|>, </s>, <｜end▁of▁sentence｜>: what follows is another turn.
_ENDS: Final = re.compile(
    r"<[|｜](?:im_end|end|eot_id|endoftext|end_of_text|end_of_solution|return|end▁of▁sentence)[|｜]>|</s>",
    re.IGNORECASE,
)
# The beginning of a mark whose rest has not come.
_BEGUN: Final = re.compile(
    r"(?:<[^<>\n]{0,30}|\[/?(?:t(?:h(?:i(?:n(?:k)?)?)?)?)?|◁[^▷\n]{0,8})\Z", re.IGNORECASE
)
_CHANNEL_BEGUN: Final = re.compile(r"<\|channel\|>[^<]{0,80}(?:<[^<>]{0,12})?\Z", re.IGNORECASE)
APART: Final = "<think></think>"
"""What stands for reasoning that came in a field of its own: nothing of the answer is reasoning."""


def is_past(words: str) -> bool:
    """Whether the reasoning is over: a closing mark has come, and none is open."""
    _, depth, closed = _outside(words)
    return closed and not depth


def _outside(words: str) -> tuple[str, int, bool]:
    """What stands outside of all marks, how many are open at the end, and whether one was closed."""
    kept, at, depth, closed = "", 0, 0, False
    for mark in _MARK.finditer(words):
        if mark["open"]:
            kept += words[at : mark.start()] if not depth else ""
            depth += 1
            continue
        if not depth:  # closed without having been opened: all before it is reasoning
            kept = ""
        depth, at, closed = max(depth - 1, 0), mark.end(), True
    return kept + ("" if depth else words[at:]), depth, closed


def spoken(words: str, *, whole: bool) -> str:
    """What of a model's words is its answer; ``whole`` is false where more may come."""
    text, _, _ = _outside(words)
    text = _STARTS.sub("", text)
    if ended := _ENDS.search(text):
        text = text[: ended.start()]
    if not whole:
        for shape in (_CHANNEL_BEGUN, _BEGUN):
            if begun := shape.search(text):
                text = text[: begun.start()]
    return text
