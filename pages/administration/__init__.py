"""The administration: users, sessions, feedback, the log of changes, the state of the library, backups.

``page.py`` says what stands where, ``events.py`` what happens, one module for each section makes its HTML.

May import ``common``.
"""

__all__ = ["page", "view"]
"""The modules that other packages may use."""
