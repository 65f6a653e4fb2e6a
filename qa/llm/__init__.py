"""Answers that a language model writes, each sentence checked against the clauses that it cites.

In: a question, its clauses, the settings of a model. Out: sentences that stand, marks for those that do
not.

May import ``api``.
"""

__all__ = ["binding", "check", "prompt", "sentences", "serial", "settings", "source", "write"]
"""The modules that other packages may use."""
