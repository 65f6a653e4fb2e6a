"""A question that asks several facts of one subject (谁负责，哪年完成，多少钱): a part for each.

All parts are read from the clause that answers best, so that they belong together.  Left out: several
subjects in one question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answer.charged import agencies_statement, asks_for_agencies
from qa.answer.single import single, statements_of
from qa.evidence import silence
from qa.evidence.findings import Finding, Inquiry
from qa.question.kinds import KINDS, holds_kind, not_stated
from qa.records import Asked, Block, Query, Quotes, Statement


def facts_asked(query: Query) -> tuple[Asked, ...]:
    """The kinds of fact that a question asks for, each once: (agency, deadline)."""
    wider = {KINDS[kind].narrows for kind in query.parts}
    return tuple(kind for kind in query.parts if KINDS[kind].facts and kind not in wider)


def whole(inquiry: Inquiry, findings: Sequence[Finding]) -> tuple[list[Block], bool]:
    """The plain answer, with a part for each fact where several are asked."""
    kinds = facts_asked(inquiry.query)
    if len(kinds) < 2 or not any(silence.speaks(_asking(inquiry, kind), findings) for kind in kinds):
        return single(inquiry, findings)
    best = findings[0]
    parts = parts_of(inquiry, best, kinds)
    if not any(part.citations for part in parts):
        return single(inquiry, findings)
    return [Quotes(parts)], False


def parts_of(inquiry: Inquiry, best: Finding, kinds: Sequence[Asked]) -> tuple[Statement, ...]:
    """What the clause says to each kind, each sentence once; last, uncited, what it does not say."""
    parts: dict[str, Statement] = {}
    missing: list[Asked] = []
    for kind in kinds:
        statements = _part(inquiry, best, kind)
        parts |= {statement.text: statement for statement in statements}
        missing += [] if statements else [kind]
    unsaid = "，".join(not_stated(kind) for kind in missing)
    return (*parts.values(), *([Statement(f"该条款{unsaid}。")] if missing else []))


def _part(inquiry: Inquiry, best: Finding, kind: Asked) -> list[Statement]:
    """What the clause says to one kind; empty where it does not say."""
    asked = _asking(inquiry, kind)
    if asks_for_agencies(asked, best):
        return [agencies_statement(asked, best)]
    return statements_of(asked, best) if holds_kind(kind, best.hit.facts) else []


def _asking(inquiry: Inquiry, kind: Asked) -> Inquiry:
    """The same question for one kind of fact."""
    return replace(inquiry, query=replace(inquiry.query, asked=kind))
