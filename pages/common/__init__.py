"""What all pages share: frame, head, navigation, reader, markup, words.

In: values. Out: HTML, escaped.

May import ``web``, ``qa``, ``index``.
"""

__all__ = ["background", "frame", "markup", "questions", "shelf", "standing", "words"]
"""The modules that other packages may use."""
