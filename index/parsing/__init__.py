"""The steps from file to facts in their order, in a process with limits.

In: a file's path. Out: a parsed document, or why it cannot be read. A hostile file ends its own process
only.

May import ``reading``, ``metadata``, ``clauses``, ``facts``, ``language``.
"""

__all__ = ["parse", "parsers", "rules"]
"""The modules that other packages may use."""
