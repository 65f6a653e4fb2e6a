"""What other programs call: ask, search, ledger, batch, judge, JSON objects.

In: a question. Out: an answer, as a value or as JSON.

>>> from qa import ask
>>> ask("宁武县海绵城市由谁负责?").text

May import all of ``qa`` above it.
"""

__all__ = [
    "ask",
    "batch",
    "clause_at",
    "feedback",
    "judge_pairs",
    "object_types",
    "objects",
    "warming",
    "why",
]
"""The modules that other packages may use."""
