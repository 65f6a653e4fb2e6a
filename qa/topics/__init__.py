"""One topic over regions.

In: a topic. Out: a row a region, and which topics regions share.

May import ``answer``, ``ledger``, ``files`` and what stands below them.
"""

__all__ = ["compare", "files", "shared"]
"""The modules that other packages may use."""
