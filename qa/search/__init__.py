"""A query to clauses, best first.

In: a `Query` and an index. Out: hits; rerankers, and other models' cosines on one scale.

May import ``question``.
"""

__all__ = ["cosine_scale", "find", "rerank"]
"""The modules that other packages may use."""
