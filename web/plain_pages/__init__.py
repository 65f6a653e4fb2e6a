"""Pages without a script: login, and the frame of the routes' description.

In: what to say. Out: HTML.

May import ``access``.
"""

__all__ = ["frame", "login", "words"]
"""The modules that other packages may use."""
