"""``python -m qa ask --why``: how an answer came about, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from index.commands.streams import printable
from qa.judgement import Candidate, Check, Search, SubjectWord
from qa.records import Answer, Query

FIRST: Final = 3
"""Clauses of a search that are shown though nothing was tested of them."""


def shown_why(answer: Answer) -> str:
    """What was understood, searched, weighed and tested, and what silenced it, one thing a line."""
    return printable("\n".join(_lines(answer)))


def _lines(answer: Answer) -> Iterator[str]:
    yield f"asked for: {', '.join(_understood(answer.query))}"
    yield f"subject: {', '.join(map(_word, answer.why.words)) or 'none'}"
    for search in answer.why.searches:
        yield from _search(search)
    yield from (f"tested: {check.region or 'the question'}, {_check(check)}" for check in answer.why.checks)
    for silence in answer.why.silences:
        yield f"silenced: {silence.region or 'the answer'}, by {_check(silence.check)}"


def _understood(query: Query) -> Iterator[str]:
    yield query.asked
    yield from (*query.regions, *(f"{place} (no document speaks for it)" for place in query.elsewhere))
    yield from (*map(str, query.years), *filter(None, (query.agency,)))
    yield from (f"{wrong} read as {right}" for wrong, right in query.respelled)
    yield from ([f"taken over: {query.taken_over}"] if query.taken_over else [])


def _word(word: SubjectWord) -> str:
    said = [*(["taken over"] if word.inherited else []), *([] if word.known else ["in no document"])]
    return f"{word.word} {word.weight:.2f}" + (f" ({', '.join(said)})" if said else "")


def _search(search: Search) -> Iterator[str]:
    where = "、".join(search.regions) or "no region named"
    documents = "1 document" if search.document_count == 1 else f"{search.document_count} documents"
    names = ", ".join(search.documents) + (", …" if search.document_count > len(search.documents) else "")
    yield f"searched: {where}; {documents} ({names}); {search.clauses} clauses compared"
    for candidate in search.candidates:
        if candidate.checks or candidate.found.rank <= FIRST:
            yield from _candidate(candidate)


def _candidate(candidate: Candidate) -> Iterator[str]:
    found, weighed = candidate.found, candidate.weighed
    place = " > ".join(found.clause.place) or "no heading"
    yield f"  {found.rank}. {found.file} {found.clause.start}-{found.clause.end}, {place}"
    told = f"score {found.score:.2f}, words {found.word_score:.2f}, cosine {found.vector_score:.3f}"
    told += f", tokens {found.token_score:.3f}"
    if weighed:
        shares = f"subject {weighed.coverage:.2f}, headings {weighed.heading_coverage:.2f}"
        judged = f"answers {weighed.answer_odds:.2f}, passage {weighed.passage_odds:.2f}"
        told += f"; {shares}; log odds: {judged}"
    yield f"     {told}"
    yield from (f"     {_check(check)}" for check in candidate.checks)


def _check(check: Check) -> str:
    said = "passed" if check.passed else "failed"
    if check.threshold is None:
        return f"{check.name}: {said}"
    parts = ", ".join(f"{name} {value:.3f}" for name, value in check.parts)
    made = f" = {parts}" if parts else ""
    return f"{check.name}: {said} ({check.value:.3f}, threshold {check.threshold:.3f}{made})"
