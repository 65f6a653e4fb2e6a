"""What is said to a message that asks nothing of the documents: a greeting, thanks, opinions, who are you.

What the message is was learnt (`qa.question.turns`).  Opinions are declined, with what the documents have on
their subject; who the program is, is told from the library itself (`introduction`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.answer.introduction import introduction, shortly
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.nearest import holding, nearest_quoted, nothing_asked, subject_words
from qa.question.turned import FORMS
from qa.records import Answer, Block, Statement

Ask = Callable[[str], Answer]
"""A question of its own → its answer."""

CLOSING = "不客气。需要时请继续提问。"
GREETING = "您好。"
NOTHING_BEFORE = "前面还没有问过文件中的事项，没有可以换一种形式给出的回答。请先提问。"
DECLINED = "评价、建议、预测和代写不在能力范围内，这里只逐字引用文件并注明出处。"
IN_THEIR_WORDS = "文件中与“{}”有关的原文："
INSTEAD = "可以问文件写明的目标、时间、责任单位、金额和条件。"


def said_to(inquiry: Inquiry, find: Callable[[], Sequence[Finding]], ask: Ask) -> list[Block]:
    """The blocks said; ``find`` looks for the clauses nearest to the message, where they are needed."""
    query = inquiry.query
    if query.turn == "closing":
        return [Statement(CLOSING)]
    if query.turn == "greeting":
        return [Statement(f"{GREETING}{shortly(inquiry.index)}")]
    if query.turn == "about":
        return introduction(inquiry.index, ask)
    if query.turn in FORMS:
        return [Statement(NOTHING_BEFORE)]
    if query.turn == "opinion":
        return [Statement(f"{DECLINED}{INSTEAD}"), *_on_the_subject(inquiry, find)]
    return nothing_asked(inquiry)


def _on_the_subject(inquiry: Inquiry, find: Callable[[], Sequence[Finding]]) -> list[Block]:
    """The nearest clause where it holds all of a subject that the documents know."""
    if not any(word.known for word in inquiry.subject.words):
        return []
    near = holding(inquiry, find())
    if near is None:
        return []
    head = Statement(IN_THEIR_WORDS.format(subject_words(inquiry.query)))
    return [head, nearest_quoted(inquiry, near)]
