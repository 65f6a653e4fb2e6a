"""The ledger of tasks: filters, table, charts.

``page.py`` says what stands where, ``events.py`` what happens.

May import ``common``.
"""

__all__ = ["charts", "clause", "page", "table", "words"]
"""The modules that other packages may use."""
