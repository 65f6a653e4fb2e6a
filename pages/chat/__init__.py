"""The chat: a conversation, and the cited clauses beside it.

``page.py`` says what stands where, ``events.py`` what happens.

May import ``common``.
"""

__all__ = ["page"]
"""The modules that other packages may use."""
