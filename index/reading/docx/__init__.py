"""Word documents: paragraphs, automatic numbers, tables.

In: the bytes of a docx file. Out: its text in reading order, numbers as Word would show them.

May import ``language`` and the modules of ``reading``.
"""

__all__ = ["document"]
"""The modules that other packages may use."""
