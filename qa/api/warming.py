"""Loads what answering needs and loads late: encoder, reader, word lists, place names, sounds.

A program that answers one question does without most of it; one that stays should have it before the first.
"""

from __future__ import annotations

import time

from index.language.regions import regions_in
from index.search.index import Index
from qa.question.places import all_regions, in_characters
from qa.question.sounds import sounds
from qa.question.understand import understand
from qa.search.clause_judge import shipped_judge
from qa.search.find import find
from qa.search.rerank import Reranker

SAID = "办理"
"""Any words: only what reading them loads is wanted."""


def warm(index: Index, pause: float = 0.0, reranker: Reranker | None = None) -> None:
    """Load it all, about a second; raises ModelError where a model cannot be loaded.

    What only some questions need is loaded after ``pause`` seconds: a server's first page comes first.
    """
    find(understand(SAID, index), index, top_k=1, reranker=reranker)
    time.sleep(pause)
    shipped_judge().judge(SAID, [(SAID, SAID)])
    sounds()
    regions_in(SAID)
    in_characters("warm", all_regions(index))
