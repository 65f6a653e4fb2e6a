"""The plain answer: one region, one subject.  Agencies from facts, all else from the best sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.records import Agency, Clause, Deadline
from index.sentences import sentences
from qa import silence
from qa.evidence import Passage
from qa.findings import Finding, Inquiry
from qa.records import Block, Quotes, Statement

ENOUGH = 0.72
"""A further passage of the clause is quoted where it scores at least this share of the best one's score."""
MOST_PASSAGES = 2
MOST_LISTED = 8
# 第一条…, 一是…, 一期…: what follows the numeral tells the series.
_SERIES = re.compile(r"(?:第?[一二三四五六七八九十]+)(条|个|项|类|批|是|期|方面|、)")
_CLOSING_BRACKET = re.compile(r"\s*[(（][^()（）]+[)）]。?$")  # (县住建局、县财政局)
LONGEST_WHOLE = 320
"""A clause up to this length answers a which-question whole, so that no item is left out."""


def single(inquiry: Inquiry, findings: Sequence[Finding]) -> tuple[list[Block], bool]:
    """The answer from the best finding; the second value is true where the documents do not say."""
    if not findings or not silence.speaks(inquiry, findings[0]):
        return _absent(inquiry, findings)
    best = silence.stated(inquiry, findings)
    if best is None:
        return _unstated(inquiry, findings[0])
    if inquiry.query.asked in ("agency", "lead"):
        return [agencies_statement(inquiry, best)], False
    return passages_block(inquiry, best), False


def topic_of(finding: Finding) -> str:
    """What the clause is about, in the document's words: its own heading, else the innermost above it."""
    clause = finding.hit.clause
    return clause.heading or (clause.path[-1] if clause.path else "")


def agencies_statement(inquiry: Inquiry, finding: Finding, *, with_topic: bool = True) -> Statement:
    """县发展和改革局牵头；责任单位：…: the roles only as the text gives them."""
    agencies = [fact for fact in finding.hit.facts if isinstance(fact, Agency)]
    number = inquiry.citations.cite(finding.entry, *_span_of(agencies, finding))
    words = agencies_words(agencies, asked_lead=inquiry.query.asked == "lead")
    topic = topic_of(finding)
    return Statement(f"{topic}：{words}" if with_topic and topic else words, (number,))


def agencies_words(agencies: Sequence[Agency], *, asked_lead: bool) -> str:
    """The agencies in the order of the text, by role, each printed as in the source."""
    leads = _names(agencies, "lead")
    listed = _names(agencies, "first", "responsible")
    support = _names(agencies, "support")
    parts = []
    if leads:
        parts.append(f"{'、'.join(leads)}牵头")
    elif asked_lead:
        parts.append("文件未写明牵头单位")
    if listed:
        first = "" if leads or len(listed) == 1 else f"（首列：{listed[0]}）"
        parts.append(f"责任单位{first}：{'、'.join(listed)}")
    if support:
        parts.append(f"配合单位：{'、'.join(support)}")
    return "；".join(parts)


def _names(agencies: Sequence[Agency], *roles: str) -> list[str]:
    return list(dict.fromkeys(agency.text for agency in agencies if agency.role in roles))


def _span_of(agencies: Sequence[Agency], finding: Finding) -> tuple[int, int]:
    """From the first agency to the last, so that the quote is the list as it stands."""
    clause = finding.hit.clause
    start = min((a.start for a in agencies), default=clause.start)
    end = max((a.end for a in agencies), default=clause.end)
    return start, end


def passages_block(inquiry: Inquiry, finding: Finding) -> list[Block]:
    """The sentences that answer, in the order of the text, each with its own citation."""
    statements = tuple(statements_of(inquiry, finding))
    return [Quotes(statements)] if len(statements) > 1 else list(statements)


def statements_of(inquiry: Inquiry, finding: Finding) -> list[Statement]:
    """A table row whole, a short clause whole where a list is asked for, else the best passages."""
    clause = finding.hit.clause
    if clause.cells:
        return [Statement(row_words(clause), (inquiry.citations.cite(finding.entry),))]
    if inquiry.query.asked == "list" and len(clause.text) <= LONGEST_WHOLE:
        return [Statement(flat(clause.text), (inquiry.citations.cite(finding.entry),))]
    return [statement_of(inquiry, finding, p) for p in chosen_passages(inquiry, finding)]


def statement_of(inquiry: Inquiry, finding: Finding, passage: Passage) -> Statement:
    """The passage's words; after the time that its sentence sets them under, where they name none."""
    passage = _without_agencies(finding, passage)
    due = _time_above(finding, passage)
    start = due.start if due else passage.start
    words = flat(finding.words(passage))
    number = inquiry.citations.cite(finding.entry, start, passage.end)
    return Statement(f"{due.text}……{words}" if due else words, (number,))


def _time_above(finding: Finding, passage: Passage) -> Deadline | None:
    """到2025年 for a part of a sentence that begins so: a goal without its year says too much."""
    clause = finding.hit.clause
    times = [fact for fact in finding.hit.facts if isinstance(fact, Deadline)]
    if any(passage.start <= fact.start < passage.end for fact in times):
        return None
    whole = next(s for s in sentences(clause.text) if s.start <= passage.start - clause.start < s.end)
    before = [f for f in times if clause.start + whole.start <= f.start < passage.start]
    return before[-1] if before else None


def row_words(clause: Clause) -> str:
    """A table row as 项目名称：…；单位：…, without its number."""
    pairs = (
        (c.column, flat(clause.text[c.start - clause.start : c.end - clause.start])) for c in clause.cells
    )
    return "；".join(
        f"{column}：{words}" if column else words for column, words in pairs if words != clause.label
    )


def _without_agencies(finding: Finding, passage: Passage) -> Passage:
    """The passage without the bracket of agencies that closes it: they answer another question."""
    bracket = _CLOSING_BRACKET.search(finding.words(passage))
    if bracket is None or bracket.start() == 0:
        return passage
    start = passage.start + bracket.start()
    if not any(isinstance(fact, Agency) and start < fact.start < passage.end for fact in finding.hit.facts):
        return passage
    return replace(passage, end=start)


def chosen_passages(inquiry: Inquiry, finding: Finding) -> list[Passage]:
    """The best passage and those nearly as good, in the order of the text."""
    if not finding.passages:
        return []
    most = MOST_LISTED if inquiry.query.asked == "list" else MOST_PASSAGES
    told = [p for p in finding.passages if not p.heading] or list(finding.passages)
    answering = [p for p in told if p.answers] or told
    best = answering[0].score
    near = [p for p in answering[:most] if p.score >= ENOUGH * best]
    if inquiry.query.asked == "list":
        near += _rest_of_series(finding, near)
    return sorted(near, key=lambda passage: passage.start)


def _rest_of_series(finding: Finding, chosen: Sequence[Passage]) -> list[Passage]:
    """The passages that count on with a chosen one: 第二条… after 第一条…, so that a list is whole."""
    opening = next((m.group(1) for p in chosen if (m := _SERIES.match(finding.words(p)))), None)
    if opening is None:
        return []
    others = (p for p in finding.passages if p not in chosen)
    return [p for p in others if (m := _SERIES.match(finding.words(p))) and m.group(1) == opening]


def best_told(finding: Finding) -> Passage | None:
    """The best passage that is not the clause's heading, or the heading; None where there is no passage."""
    return next((p for p in finding.passages if not p.heading), next(iter(finding.passages), None))


def flat(text: str) -> str:
    """Words on one line: line breaks inside a quote become blanks, a table's bars go."""
    return " ".join(text.replace("|", " ").split())


def _absent(inquiry: Inquiry, findings: Sequence[Finding]) -> tuple[list[Block], bool]:
    region = "、".join(inquiry.query.regions)
    subject = inquiry.query.topic.strip() or inquiry.query.text
    blocks: list[Block] = [Statement(f"{region or '现有'}文件中没有关于“{subject}”的规定。")]
    if findings:
        number = inquiry.citations.cite(findings[0].entry)
        blocks.append(
            Statement(
                f"最接近的条款是：{topic_of(findings[0]) or flat(findings[0].hit.clause.text)[:40]}",
                (number,),
            )
        )
    return blocks, True


def _unstated(inquiry: Inquiry, finding: Finding) -> tuple[list[Block], bool]:
    number = inquiry.citations.cite(finding.entry)
    region = finding.hit.region or "该"
    topic = topic_of(finding)
    what = silence.not_stated(inquiry.query.asked)
    blocks: list[Block] = [
        Statement(f"{region}文件提到“{topic or inquiry.query.topic}”，但{what}。原文：", ())
    ]
    best = best_told(finding)
    words = flat(finding.words(best) if best else finding.hit.clause.text)
    return [*blocks, Statement(words, (number,))], True
