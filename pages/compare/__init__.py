"""One topic compared over regions.

``page.py`` says what stands where, ``events.py`` what happens.

May import ``common`` and the ledger's charts and clause.
"""

__all__ = ["page"]
"""The modules that other packages may use."""
