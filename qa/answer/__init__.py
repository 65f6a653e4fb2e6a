"""Judged findings to statements, one module a form.

In: findings. Out: an `Answer`, each statement with its citation.

May import ``evidence``, ``ledger``, ``search``, ``question``.
"""

__all__ = ["answer", "glance", "quoting", "regions", "single", "suggestions"]
"""The modules that other packages may use."""
