"""Who may send what: users, sessions, origin, paths, sizes, headers, log.

In: requests. Out: the same request let through, or a refusal.

May import the root modules of ``web``.
"""

__all__ = [
    "accounts",
    "body_limits",
    "browsers",
    "connections",
    "door",
    "guard",
    "headers",
    "listening",
    "logs",
    "origin",
    "own_streams",
    "paths",
    "sessions",
]
"""The modules that other packages may use."""
