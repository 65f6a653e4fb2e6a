"""Is an index whole, and what is odd in its documents.

In: an opened index. Out: problems of the index, notes on documents with their places.

May import ``search``, ``clauses``, ``storage`` and what stands below them.
"""

__all__ = [
    "contradictions",
    "duplicates",
    "guessed_tables",
    "listed_places",
    "numbering_gaps",
    "report",
    "spots",
    "stats",
    "verify",
]
"""The modules that other packages may use."""
