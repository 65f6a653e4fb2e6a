"""The command line of the index: ``python -m index``.

In: arguments. Out: lines and an exit code.

May import all of ``index``.
"""

__all__ = [
    "backup",
    "describe",
    "encode",
    "endings",
    "interrupts",
    "milvus",
    "options",
    "streams",
    "telling",
    "verify",
]
"""The modules that other packages may use."""
