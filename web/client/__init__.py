"""The typed Python client of the routes.

In: a question. Out: what a server elsewhere answers, as values.

May import ``api.outputs``.
"""

__all__ = ["client"]
"""The modules that other packages may use."""
