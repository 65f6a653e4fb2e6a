"""PDF files: glyphs to lines, columns, tables and paragraphs; scans by OCR.

In: the bytes of a PDF file. Out: its text in reading order, a page at a time, without running heads.

May import ``language`` and the modules of ``reading``.
"""

__all__ = ["document", "measures", "ocr", "ocr_corrections", "page"]
"""The modules that other packages may use."""
