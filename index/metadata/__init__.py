"""Clean text to what a document says of itself.

In: clean text. Out: title, region, issuer, number, date, kind, what it carries out; what is not said
stays None.

May import ``language``.
"""

__all__ = ["describe"]
"""The modules that other packages may use."""
