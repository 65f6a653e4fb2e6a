"""A generation on disk: manifest, checksums, lock, clauses in SQLite.

In: documents, clauses and facts. Out: a folder that is published whole or not at all, and read again.

May import ``encoders`` (for the model's record) and ``language``.
"""

__all__ = ["clause_store", "disk", "generation", "journal", "lock", "manifest", "store_parts"]
"""The modules that other packages may use."""
