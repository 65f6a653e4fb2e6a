"""Clauses to findings judged: how much of the subject, does it state what is asked, what contradicts.

In: hits. Out: findings, and whether the documents are silent.

May import ``search`` and ``question``.
"""

__all__ = [
    "announced",
    "differing",
    "findings",
    "fitted",
    "nearest",
    "outline",
    "passages",
    "polarity",
    "premises",
    "said_for_all",
    "silence",
    "subject",
    "things",
]
"""The modules that other packages may use."""
