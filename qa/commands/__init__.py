"""The command line of questions: ``python -m qa``.

In: arguments. Out: lines and an exit code.

May import all of ``qa``.
"""

__all__ = ["ask_model", "evaluate", "judge", "opening", "terminal", "why"]
"""The modules that other packages may use."""
