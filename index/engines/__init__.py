"""What searches: postings by words, vectors by meaning, and the selection that narrows both.

In: tokens or a vector. Out: keys of clauses with scores, higher is better.

May import ``storage``, ``encoders`` and ``language``.
"""

__all__ = [
    "late_interaction",
    "milvus_link",
    "milvus_server",
    "milvus_vectors",
    "posting_files",
    "postings",
    "selection",
    "vector_files",
    "vector_store",
    "vectors",
]
"""The modules that other packages may use."""
