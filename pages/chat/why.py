"""Below an answer, folded: how the question was read, what was searched, what the clauses found were weighed
at, and which test silenced the answer or a region.

Made of what the answer carries (`qa.judgement`).  Left out: clauses beyond the first of each search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import exp
from typing import Final

from pages.chat.words import WhyWords, why_words
from pages.common.markup import one_line
from pages.common.words import Words
from qa.judgement import Candidate, Check, CheckName, Search, SubjectWord
from qa.records import Answer, Query

FIRST: Final = 3
"""Clauses of a search that are shown, beside those cited."""
DOCUMENTS: Final = 3
"""Documents of a search that are named."""
OF_QUOTING: Final[frozenset[CheckName]] = frozenset(
    {
        "passage_near",
        "beside",
        "quote_whole",
        "same_subject",
        "heading_whole",
        "names_thing",
        "around_names_thing",
    }
)
"""Tests of what is quoted of a clause: that one failed is no reason against the clause."""


def why(answer: Answer, words: Words) -> str:
    """The folded line as HTML, without blank lines; all text of documents escaped."""
    told = why_words(words.language)
    parts = [
        (told.understood, _understood(answer.query, words)),
        (told.subject, told.stop.join(_words(answer.why.words, told)) or told.no_subject),
    ]
    lines = [f"<p><b>{escape(name)}</b>{one_line(text)}</p>" for name, text in parts]
    cited = {citation.clause_key for citation in answer.citations}
    lines += [_search(search, cited, told) for search in answer.why.searches]
    lines += _silences(answer, told)
    summary = f"<summary>{escape(told.title)}</summary>"
    return f'<details class="tw-why">{summary}<div>{"".join(lines)}</div></details>'


def _understood(query: Query, words: Words) -> str:
    """地区 宁武县；问 责任单位；年份 2025; what was read otherwise than typed stands in the answer."""
    told = why_words(words.language)
    named = (
        (words.regions, "、".join(query.regions) or ("" if query.elsewhere else words.every_region)),
        (words.elsewhere, "、".join(query.elsewhere)),
        (words.asked_for, words.asked[query.asked]),
        (words.agency, query.agency or ""),
        (words.years, "、".join(map(str, query.years))),
        (words.inherited, query.taken_over),
    )
    return told.stop.join(f"{name} {value}" for name, value in named if value)


def _words(subject: Sequence[SubjectWord], told: WhyWords) -> Iterator[str]:
    """海绵 87%, the heaviest first, with what is odd about a word."""
    total = sum(word.weight for word in subject)
    for word in sorted(subject, key=lambda one: -one.weight):
        said = told.weight.format(word=word.word, share=_share(word.weight / total if total else 0.0))
        odd = [*([] if word.known else [told.unknown]), *([told.inherited] if word.inherited else [])]
        yield f"{said}（{'，'.join(odd)}）" if odd else said


def _search(search: Search, cited: set[int], told: WhyWords) -> str:
    names = "、".join(search.documents[:DOCUMENTS])
    names += told.and_more if search.document_count > DOCUMENTS else ""
    some = told.one_document if search.document_count == 1 else told.documents
    where = (
        "、".join(search.regions) or told.everywhere,
        some.format(count=search.document_count, names=names),
        told.compared.format(count=search.clauses),
    )
    shown = [one for one in search.candidates if one.found.rank <= FIRST or _is_told(one, cited)]
    rows = "".join(f"<li>{_candidate(one, cited, told)}</li>" for one in shown)
    return f"<p><b>{escape(told.searched)}</b>{one_line(told.stop.join(where))}</p>" + (
        f"<ol>{rows}</ol>" if rows else ""
    )


def _is_told(candidate: Candidate, cited: set[int]) -> bool:
    """True where the clause is cited, of those that were weighed."""
    return candidate.weighed is not None and candidate.found.key in cited


def _candidate(candidate: Candidate, cited: set[int], told: WhyWords) -> str:
    found, weighed = candidate.found, candidate.weighed
    numbers = [
        told.same_words.format(value=f"{found.word_score:.1f}"),
        told.same_meaning.format(value=f"{found.vector_score:.2f}"),
        told.in_all.format(value=f"{found.score:.1f}"),
    ]
    if weighed:
        numbers += [
            told.holds.format(value=_share(weighed.coverage)),
            told.heading_holds.format(value=_share(weighed.heading_coverage)),
            told.likely.format(value=_share(1 / (1 + exp(-weighed.answer_odds)))),
        ]
    name = found.clause.place[-1] if found.clause.place else found.clause.text[:24]
    against = next((c for c in candidate.checks if not c.passed and c.name not in OF_QUOTING), None)
    outcome = [told.cited if found.key in cited else told.further]
    outcome += [_failed(against, told)] if against else []
    return (
        f"{one_line(f'{found.region or found.file} · {name}')}<i>{one_line(told.stop.join(outcome))}</i>"
        f"<span>{one_line(told.stop.join(numbers))}</span>"
    )


def _silences(answer: Answer, told: WhyWords) -> Iterator[str]:
    for silence in answer.why.silences:
        reason = f"{silence.region or told.whole_answer}{told.stop}{_failed(silence.check, told)}"
        yield f"<p><b>{escape(told.silenced)}</b>{one_line(reason)}</p>"


def _failed(check: Check, told: WhyWords) -> str:
    """What it means that the test was not passed, with its numbers where it has a threshold."""
    if check.threshold is None:
        return told.failed[check.name]
    value, threshold = f"{check.value:.2f}", f"{check.threshold:.2f}"
    return told.failed[check.name] + told.measured.format(value=value, threshold=threshold)


def _share(share: float) -> str:
    return f"{share:.0%}"
