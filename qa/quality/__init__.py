"""Answers measured against what was expected.

In: questions with their right answers. Out: figures, and what was missed.

May import ``api``.
"""

__all__ = [
    "compare_models",
    "evaluate",
    "features",
    "figures",
    "own_questions",
    "reliability",
    "reliability_plot",
    "scoring",
]
"""The modules that other packages may use."""
