"""What a model's card asks to be put before a question and before a passage.

A model's own files are asked first; the names here are for models whose files do not say, and for models
behind an endpoint, whose files are elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a question and before a passage."""

    query: str
    passage: str


_WEB_SEARCH = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"

_BY_NAME = (
    # multilingual-e5-large-instruct: the card has a blank after "Query:"
    (re.compile(r"(?:^|[-_])e5[-_].*instruct"), Prompts(f"{_WEB_SEARCH} ", "")),
    # multilingual-e5-small, e5-base-v2, multilingual-e5-small-zh
    (re.compile(r"(?:^|[-_])e5(?:[-_]|$)"), Prompts("query: ", "passage: ")),
    # bge-small-zh-v1.5
    (re.compile(r"^bge-(?:small|base|large)-zh"), Prompts("为这个句子生成表示以用于检索相关文章：", "")),
    # bge-base-en-v1.5
    (
        re.compile(r"^bge-(?:small|base|large)-en"),
        Prompts("Represent this sentence for searching relevant passages: ", ""),
    ),
    # Qwen3-Embedding-0.6B, whose own file says the same: no blank after "Query:"
    (re.compile(r"^qwen3-embedding"), Prompts(_WEB_SEARCH, "")),
)
"""From the models' cards; the first match counts.  gte-*-zh, m3e and bge-m3 ask for none."""


def prompts_of(model: str, named: Mapping[str, str] | None = None) -> Prompts:
    """The prompts to use: those the model's files name, else those known for its name, else none.

    ``named`` is the model's own ``prompts``: name -> text.  A question takes ``query``; a passage takes
    ``document``, ``passage`` or ``corpus``.  ``model`` counts by its last part, without a tag
    (qwen3-embedding:0.6b), or for a folder of the hub's cache
    (models--intfloat--multilingual-e5-small/snapshots/…) by the model's name in it.
    """
    said = named or {}
    passage = next((said[key] for key in ("document", "passage", "corpus") if said.get(key)), "")
    if said.get("query") or passage:
        return Prompts(said.get("query") or "", passage)
    parts = [part for part in re.split(r"[/\\]|--", model.lower()) if part] or [""]
    name = parts[parts.index("snapshots") - 1] if "snapshots" in parts[1:] else parts[-1]
    name = name.partition(":")[0]
    return next((found for shape, found in _BY_NAME if shape.search(name)), Prompts("", ""))
