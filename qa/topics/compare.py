"""One topic over regions: what each region's documents say of it, and silence said as silence.

A row quotes the clause that speaks of the topic and hands out that clause's facts; ``quoted`` tells those
that stand in the quotes from those of the rest of the clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.errors import QuestionError
from index.records import Agency, Deadline, Fact, Money, Target
from index.search.index import Index
from qa.answer.quoting import statement_of
from qa.answer.single import chosen_passages, statements_of
from qa.citations import Citations
from qa.evidence import silence
from qa.evidence.findings import Finding, Inquiry, by_region
from qa.evidence.passages import Passage
from qa.evidence.said_for_all import said_for_all
from qa.evidence.subject import WHOLE, Subject
from qa.ledger.targets_by_topic import Measure, UnitGroup, by_unit
from qa.question.kinds import ANYTHING
from qa.question.places import all_regions, region_named
from qa.question.understand import understand
from qa.records import Citation, Query, Statement
from qa.search.rerank import Reranker

HALF = 0.5
"""Of the topic's words by weight: what a clause on the topic holds."""
MOST_QUOTES = 4
"""Sentences quoted of one clause; a topic seldom takes more, and the clause is one click away."""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """What one region's documents say of the topic; all empty where they do not speak of it.

    ``quotes`` are the sentences, all of one clause, and the facts are that clause's.  ``general`` is what the
    document says once for all of its tasks, where the clause charges no body.
    """

    region: str
    quotes: tuple[Citation, ...] = ()
    agencies: tuple[Agency, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    money: tuple[Money, ...] = ()
    general: Citation | None = None

    @property
    def figures(self) -> tuple[Target | Money, ...]:
        """The targets, then the money."""
        return (*self.targets, *self.money)

    @property
    def silent(self) -> bool:
        """True where the region's documents do not speak of the topic."""
        return not self.quotes

    def quoted(self, fact: Fact) -> bool:
        """True where the fact stands in one of the quotes."""
        return any(quote.start <= fact.start and fact.end <= quote.end for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A topic's rows in the order of the documents; ``respelled`` holds words read as others."""

    topic: str
    rows: tuple[TopicRow, ...]
    respelled: tuple[tuple[str, str], ...]


def compare_topic(
    index: Index, topic: str, regions: Sequence[str] = (), *, reranker: Reranker | None = None
) -> Comparison:
    """A row for each of these regions, for those that the topic names, or for all.

    Raises QuestionError for a topic without words of its own, SourceError for a region that the index does
    not hold.
    """
    query = understand(topic, index)
    if not query.terms:
        raise QuestionError(
            f"{topic.strip()!r} names no topic. Write what it is about, as 海绵城市 or 养老服务."
        )
    named = tuple(dict.fromkeys(region_named(name, index) for name in regions))
    query = _plain(query, named or query.regions or all_regions(index))
    inquiry = Inquiry(query, index, Subject(query, index), Citations(index), reranker)
    found = by_region(inquiry, query.regions)
    rows = tuple(_row(inquiry, region, found[region]) for region in query.regions)
    return Comparison(topic.strip(), rows, query.respelled)


def units_quoted(comparison: Comparison) -> list[UnitGroup]:
    """The targets that stand in the quotes, by unit, the units that most regions use first."""
    return by_unit(
        Measure(fact, row.region, row.quotes[0].place[-1] if row.quotes[0].place else comparison.topic)
        for row in comparison.rows
        for fact in row.targets
        if row.quoted(fact)
    )


def _plain(query: Query, regions: tuple[str, ...]) -> Query:
    """The topic alone, whatever else its words might have asked."""
    return replace(query, asked=ANYTHING, regions=regions, every_region=False, agency=None, fields=())


def _row(inquiry: Inquiry, region: str, findings: Sequence[Finding]) -> TopicRow:
    # A clause that names the region in passing, in a document of another region, is not what the region says.
    own = [finding for finding in findings if finding.hit.region == region]
    best = _speaking(inquiry, own)
    if best is None:
        return TopicRow(region)
    facts = best.hit.facts
    agencies = tuple(fact for fact in facts if isinstance(fact, Agency))
    return TopicRow(
        region,
        quotes=_quotes(inquiry, best),
        agencies=agencies,
        deadlines=tuple(fact for fact in facts if isinstance(fact, Deadline)),
        targets=tuple(fact for fact in facts if isinstance(fact, Target)),
        money=tuple(fact for fact in facts if isinstance(fact, Money)),
        general=None if agencies else _general(inquiry, best),
    )


def _speaking(inquiry: Inquiry, findings: Sequence[Finding]) -> Finding | None:
    """The best finding where it speaks of the topic; else the best one that holds its very words.

    A bare topic is shorter than the questions that `silence` was fitted to: a clause that holds its very
    words is never passed off as silence, and one that holds less than half of them is not quoted.
    """
    if findings and findings[0].coverage >= HALF and silence.speaks(inquiry, findings):
        return findings[0]
    holding = (f for f in findings if _holds(inquiry, " ".join((*f.hit.clause.place, f.hit.clause.text))))
    return next(holding, None)


def _quotes(inquiry: Inquiry, finding: Finding) -> tuple[Citation, ...]:
    if finding.hit.clause.cells:
        statements = statements_of(inquiry, finding)
    else:
        statements = [statement_of(inquiry, finding, passage) for passage in _passages(inquiry, finding)]
    return _cited(inquiry, *statements)


def _passages(inquiry: Inquiry, finding: Finding) -> list[Passage]:
    """The passages that hold the whole topic, those with a time or a figure first; else the best ones."""
    whole = _whole_passages(inquiry, finding)
    facts = [fact for fact in finding.hit.facts if not isinstance(fact, Agency)]
    telling = sorted(whole, key=lambda p: not any(p.start <= fact.start < p.end for fact in facts))
    chosen = sorted(telling[:MOST_QUOTES], key=lambda passage: passage.start)
    return chosen or chosen_passages(inquiry, finding)


def _whole_passages(inquiry: Inquiry, finding: Finding) -> list[Passage]:
    """The passages below the heading that hold all of the topic by themselves, in its own words where any
    does, best first."""
    told = [passage for passage in finding.passages if not passage.heading]
    whole = [p for p in told if inquiry.subject.coverage(finding.words(p)) >= WHOLE]
    return [p for p in told if _holds(inquiry, finding.words(p))] or whole


def _holds(inquiry: Inquiry, text: str) -> bool:
    folded = text.lower()
    return all(term.lower() in folded for term in inquiry.query.terms)


def _general(inquiry: Inquiry, finding: Finding) -> Citation | None:
    said = said_for_all(inquiry, finding)
    return next(iter(_cited(inquiry, said)), None) if said else None


def _cited(inquiry: Inquiry, *statements: Statement) -> tuple[Citation, ...]:
    numbers = {number for statement in statements for number in statement.citations}
    return tuple(citation for citation in inquiry.citations.all() if citation.number in numbers)
