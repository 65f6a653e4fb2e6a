"""Tables and conversations as files, and files of questions.

In: rows or turns. Out: bytes of a workbook, a Word file, JSON lines; questions read from a file.

May import the root modules of ``qa``.
"""

__all__ = ["question_lines", "sheets", "transcript", "whole_file"]
"""The modules that other packages may use."""
