"""A file's bytes to clean text with its pages; one module a format.

In: bytes and a name, or a folder. Out: `Extracted` text, cleaned, with where its pages begin and what was
left out. Which files of a folder are documents is decided here too.

>>> from index.reading.read import text_of
>>> text_of("目　录".encode("gb18030"), "a.txt")
'目　录'

May import ``language``.
"""

__all__ = ["archive", "clean", "extracted", "folder", "inside", "kinds", "read"]
"""The modules that other packages may use."""
