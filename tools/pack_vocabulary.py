"""Cuts the 250,002 pieces of the XLM-R tokenizer to those that Chinese and English text uses.

Scores and normalisation stay as they are, so a text made of kept pieces is cut as before; a word
whose piece is gone falls apart into shorter kept pieces.  Nothing is trained or added.
"""

from __future__ import annotations

import json
import re
from typing import Any

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
"""They keep their numbers 0 to 3."""

LATIN_RANK = 60_000
"""Latin pieces are kept up to this place in the tokenizer's order (commonest first).  Measured on
English text: see the model's card."""

# Han with its radicals and all extensions: 县, 縣, 㐂, 𠀀
_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# punctuation and signs, full width too: —“”… ℃ Ⅱ → ≥ ① ■ 、《》【】 ㎡ ！（ ￥
_SIGNS = (
    r"\u00a0-\u00bf\u00d7\u00f7\u2010-\u2bff\u3000-\u3004\u3008-\u303f\u3200-\u33ff\ufe10-\ufe6f\uff01-\uffee"
)
_DIGITS_AND_MARKS = r"\u0021-\u0040\u005b-\u0060\u007b-\u007e"

CHINESE = re.compile(
    f"▁?[{_HAN}{_SIGNS}{_DIGITS_AND_MARKS}A-Za-z]*[{_HAN}{_SIGNS}{_DIGITS_AND_MARKS}]"
    f"[{_HAN}{_SIGNS}{_DIGITS_AND_MARKS}A-Za-z]*"
)
"""▁城镇化, 2025, 》（, GDP增速: anything with Han characters, digits or signs and at most plain letters."""

LATIN = re.compile(r"▁?[\x21-\x7e]*[A-Za-z][\x21-\x7e]*")
"""▁query, passage, 's, 5G: plain letters, with or without digits and marks."""

CAPITALS = re.compile(r"▁?[A-Z]{1,5}")
"""APP, GDP, ▁PPP: Chinese text borrows abbreviations, so these stay whatever their place."""

SINGLE = re.compile(r"▁?[\u00c0-\u024f\u0370-\u052f\u3041-\u30ff\u3105-\u312f]?")
"""Single letters that Chinese text borrows: é, α, Ⅱ as Х, の, ㄅ; and ▁ alone."""

ALWAYS = ("▁query", "▁passage", ":")
"""The model's own prefixes are made of these."""


def kept_pieces(tokenizer: dict[str, Any]) -> list[int]:
    """The numbers of the pieces that stay, ascending; the special ones first."""
    vocabulary = tokenizer["model"]["vocab"]
    if tuple(piece for piece, _ in vocabulary[: len(SPECIAL)]) != SPECIAL:
        raise SystemExit("This tokenizer does not start with <s> <pad> </s> <unk>; it is not the one of e5.")
    kept = list(range(len(SPECIAL)))
    for number, (piece, _) in enumerate(vocabulary[len(SPECIAL) :], start=len(SPECIAL)):
        latin = LATIN.fullmatch(piece) and (
            number < LATIN_RANK or CAPITALS.fullmatch(piece) or len(piece) == 1
        )
        chinese = CHINESE.fullmatch(piece) and not LATIN.fullmatch(piece)
        if latin or chinese or SINGLE.fullmatch(piece) or piece in ALWAYS:
            kept.append(number)
    return kept


def cut_tokenizer(tokenizer: dict[str, Any], kept: list[int], max_tokens: int) -> bytes:
    """A tokenizer.json with only the kept pieces, renumbered from 0, that truncates at ``max_tokens``."""
    vocabulary = tokenizer["model"]["vocab"]
    cut = dict(tokenizer)
    cut["model"] = {**tokenizer["model"], "vocab": [vocabulary[number] for number in kept]}
    cut["added_tokens"] = [token for token in tokenizer["added_tokens"] if token["content"] in SPECIAL]
    cut["padding"] = None
    cut["truncation"] = {
        "direction": "Right", "max_length": max_tokens, "strategy": "LongestFirst", "stride": 0,
    }  # fmt: skip
    return json.dumps(cut, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
