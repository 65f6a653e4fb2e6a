"""The same answers for language models over the Model Context Protocol; ``python -m web.mcp``.

In: tool calls. Out: text and structured content.

May import ``api``, ``access``.
"""

__all__ = []
"""The modules that other packages may use."""
