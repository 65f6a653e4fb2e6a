"""A clause to what can be filtered: agencies with roles, deadlines, targets, money.

In: a clause with its headings. Out: facts, each with the offsets of its words.

May import ``language``.
"""

__all__ = ["agencies", "agency_lists", "amounts", "deadlines", "find"]
"""The modules that other packages may use."""
