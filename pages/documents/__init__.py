"""The documents: dropped files shown before they go in, edits, removal, upkeep.

``page.py`` says what stands where, ``events.py`` what happens.

May import ``common``.
"""

__all__ = ["page"]
"""The modules that other packages may use."""
