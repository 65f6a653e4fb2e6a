"""A query to clauses, best first.

In: a `Query` and an index. Out: hits with the judge's word on the best of them; rerankers.

May import ``question``.
"""

__all__ = ["clause_judge", "find", "judged", "judged_text", "question_encoder", "rerank"]
"""The modules that other packages may use."""
