"""Query → the scores of candidate clauses: their words, vectors and tokens and their documents' words, fused.

Scores are higher-is-better.  The lists are fused by z-score over their common candidates and added: a
reciprocal-rank fusion was worse than words alone on one development set.  What moves clauses afterwards is
in ``find``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.engines.selection import Selection
from index.search.index import Index
from qa.question.synonyms import alternatives
from qa.records import Query
from qa.search.question_encoder import question_tokens, question_vector

CANDIDATES = 100
"""Clauses taken from each list.  Answer in the first 5 clauses on notices: .876 with 50, .880 with 100, .884
with 200; no policy figure changes."""
WORD_WEIGHT, VECTOR_WEIGHT, DOCUMENT_WEIGHT = 0.5, 1.5, 0.7
"""Weights of a clause's words, of its vector, and of its whole document's words, in standard deviations
(`python -m training.fit_fusion`).  Evidence among the first twelve clauses with 1, 1, 1 and with .5, 1.5, .5:
plans .799 → .839, notices .782 → .819, laws .544 → .656; .7 for the other notices' right documents."""
TOKEN_WEIGHT = 1.5
"""Weight of the late interaction of a question's tokens with a clause's, in standard deviations, by the same
script: evidence among the first five with 0 and with 1.5: plans .787 → .831, notices .762 → .767, laws
.633 → .674."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of the candidates by clause key; ``own`` is what a clause's document adds nothing to."""

    fused: Mapping[int, float]
    own: Mapping[int, float]
    words: Mapping[int, float]
    vectors: Mapping[int, float]
    documents: Mapping[int, float]
    tokens: Mapping[int, float]


def score(query: Query, index: Index, files: Selection | None) -> Scores:
    """The scores of the best clauses by words and by vectors, of all documents where ``files`` is None."""
    words_text = (
        f"{query.text} {query.topic}" if query.inherited or _speak_for_it(query, index, files) else query.text
    )
    words_text = " ".join((words_text, *_synonyms(query, index, files)))
    vector = question_vector(index, asked_in_full(query))
    words = {s.key: s.score for s in index.search_words(words_text, CANDIDATES, files)}
    vectors = {s.key: s.score for s in index.search_vectors(vector, CANDIDATES, files)}
    both = list({**words, **vectors})
    words |= index.score_words(words_text, [key for key in both if key not in words])
    vectors |= index.score_vectors(vector, [key for key in both if key not in vectors])
    home = {entry.key: entry.file for entry in index.entries(both)}
    documents = index.score_documents(words_text, set(home.values()))
    whole = {key: documents[file] for key, file in home.items()}
    asked = question_tokens(index, asked_in_full(query))
    tokens = {key: max(scores) for key, scores in index.score_tokens(asked, both).items()} if asked else {}
    own = (
        WORD_WEIGHT * _standardised(words, both)
        + VECTOR_WEIGHT * _standardised(vectors, both)
        + TOKEN_WEIGHT * _standardised(_filled(tokens, both), both)
    )
    fused = own + DOCUMENT_WEIGHT * _standardised(whole, both)
    by_key, own_by_key = (dict(zip(both, one.tolist(), strict=True)) for one in (fused, own))
    return Scores(by_key, own_by_key, words, vectors, whole, tokens)


def _filled(scores: Mapping[int, float], keys: Sequence[int]) -> Mapping[int, float]:
    """With the least of them for keys that have none."""
    least = min(scores.values(), default=0.0)
    return {key: scores.get(key, least) for key in keys}


def asked_in_full(query: Query) -> str:
    """The question with what it inherits; a region it leaves out stands first, as people say it."""
    turned = query.turn != "question" and all(term in query.text for term in query.terms)
    if not query.inherited or turned:
        return query.text
    if query.in_full:
        return query.in_full
    region = query.regions if "region" in query.inherited and len(query.regions) == 1 else ()
    return " ".join((*region, query.text, query.topic))


def _synonyms(query: Query, index: Index, files: Selection | None) -> list[str]:
    """For words of the question that no clause searched holds: the documents' words for the same thing."""
    found = [
        other
        for word, others in alternatives(query.text).items()
        if not index.holds(word, files)
        for other in others
    ]
    return [other for other in dict.fromkeys(found) if other not in query.text]


def _speak_for_it(query: Query, index: Index, files: Selection | None) -> bool:
    """True where all documents searched are of regions asked for: the subject then says more than a name."""
    return bool(query.regions and files) and all(
        index.info(file).region in query.regions for file in files or ()
    )


def _standardised(scores: Mapping[int, float], keys: Sequence[int]) -> npt.NDArray[np.float64]:
    """The keys' scores with mean 0 and standard deviation 1 over the candidates."""
    values = np.array([scores[key] for key in keys], dtype=np.float64)
    spread = values.std() if values.size else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)
