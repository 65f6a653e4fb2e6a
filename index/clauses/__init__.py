"""Clean text to clauses that tile it, with headings and table cells.

In: clean text and its description. Out: clauses, each the smallest piece that a reader would cite, and
what is searched of each. Every character that is not blank is in exactly one clause.

May import ``metadata`` and ``language``.
"""

__all__ = [
    "coverage",
    "cut",
    "flat_tables",
    "headings",
    "nesting",
    "numbering",
    "plain_headings",
    "segments",
    "windows",
]
"""The modules that other packages may use."""
