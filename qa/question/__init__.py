"""A question to what is asked of what, where and when.

In: the words of a question and those before it. Out: a `Query`. Its word lists lie in ``words/``, each
with its source.

May import ``index`` and the root modules of ``qa``.
"""

__all__ = [
    "apart",
    "intervals",
    "jieba_cut",
    "kinds",
    "labels",
    "places",
    "reader",
    "sounds",
    "spelling",
    "subject_words",
    "synonyms",
    "terms",
    "turned",
    "understand",
]
"""The modules that other packages may use."""
