"""Routes for programs, their inputs and outputs, their description.

In: JSON requests. Out: JSON, or events.

May import ``access``, ``plain_pages``.
"""

__all__ = ["description", "health", "inputs", "originals", "outputs", "problems", "routes"]
"""The modules that other packages may use."""
