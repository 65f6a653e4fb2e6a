"""What official Chinese is, as pure functions of text.

In: text, or a word. Out: numerals read and written, years, sentences, tokens as they are searched, places
and regions, names and shapes of agencies. Nothing here knows of files, documents or clauses.

>>> from index.language.tokens import tokens
>>> tokens("海绵城市")
['海绵', '绵城', '城市']

May import nothing but the root modules of ``index``.
"""

__all__ = [
    "agency_endings",
    "agency_names",
    "agency_shapes",
    "dictionary",
    "divisions",
    "folding",
    "gazetteer",
    "numerals",
    "regions",
    "renamed_bodies",
    "sentences",
    "tokens",
    "years",
]
"""The modules that other packages may use."""
