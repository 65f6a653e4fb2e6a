"""The kinds of question: what each wants, how it is called, what is said where it is not stated.

One row a kind, looked up by everything after the reading of a question: ``KINDS[query.asked].facts``.  A new
kind is a name in `qa.records.Asked`, questions that ask for it in the training data of the question reader
(training/README.md) and a row here; its answer is of one of the forms below, or of a new one that
`qa.answer.answer` chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from index.records import Agency, Deadline, Fact, FieldName, Money, Target
from qa.records import Asked

Form = Literal["agencies", "sentences", "list", "tasks", "document"]
"""What an answer is made of: the agencies charged, the best sentences, all items of a list, the tasks of an
agency, the fields of a document."""
Element = Literal["body", "number", "date"]

ANYTHING: Final[Asked] = "passage"
"""The kind of a question that asks for nothing in particular."""
UNNAMED: Final = "相关内容"
"""What is said not to be stated where the kind has no name of its own."""
COLUMN: Final = "规定"
"""A column's head where the kind has no name of its own."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question.

    ``name`` is the thing it wants, as in the head of a column and in 没有读到…, "" where it wants several;
    what the interface calls the kind stands with the interface's words.  ``facts`` are those that state it,
    ``elements`` are what an answer in a model's words must hold.  ``question`` asks for it after a subject,
    "" where it cannot be chosen in place of another kind.  ``printed`` are the nouns that head a column or a
    paragraph of such facts in the documents (发展目标, 完成时限): beside the subject they say what is asked
    of it and are no part of it.
    ``figure``: a figure answers it; ``measures``: and that figure measures the subject itself; ``narrows``:
    the wider kind, which need not be answered beside it.
    """

    form: Form = "sentences"
    name: str = ""
    facts: tuple[type[Fact], ...] = ()
    elements: frozenset[Element] = frozenset()
    question: str = ""
    figure: bool = False
    measures: bool = False
    narrows: Asked | None = None
    printed: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        """True where anything, or everything, that is said of a subject answers."""
        return not self.facts and self.form in ("sentences", "list")

    @property
    def of_agencies(self) -> bool:
        """True where the agencies that a clause charges are what is asked for."""
        return self.form == "agencies"

    @property
    def sums(self) -> bool:
        """True where amounts are asked for, which may have a sum."""
        return Money in self.facts


KINDS: Final[Mapping[Asked, Kind]] = {
    "lead": Kind(
        form="agencies",
        name="牵头单位",
        facts=(Agency,),
        elements=frozenset({"body"}),
        narrows="agency",
    ),
    "agency": Kind(
        form="agencies",
        name="责任单位",
        facts=(Agency,),
        elements=frozenset({"body"}),
        question="由谁负责？",
    ),
    "deadline": Kind(
        name="时间",
        facts=(Deadline,),
        elements=frozenset({"number", "date"}),
        question="什么时候完成？",
        figure=True,
        printed=frozenset({"时限", "期限"}),
    ),
    "quantity": Kind(
        name="数量",
        facts=(Target, Money),
        elements=frozenset({"number"}),
        question="要达到多少？",
        figure=True,
        measures=True,
        printed=frozenset({"目标", "指标"}),
    ),
    "money": Kind(
        name="金额",
        facts=(Money,),
        elements=frozenset({"number"}),
        question="投资多少？",
        figure=True,
        narrows="quantity",
    ),
    "list": Kind(form="list", question="具体有哪些？"),
    "tasks": Kind(form="tasks"),
    "document": Kind(form="document"),
    "passage": Kind(question="有什么规定？", printed=frozenset({"目标", "任务"})),
}
"""lead: who leads; agency: who is responsible; deadline: by when; quantity: how much or many;
money: how much money; list: which ones; tasks: what a named agency must do; document: about the document
itself (number, date, issuer, …); passage: anything else."""

SOURCE_FIELDS: Final[tuple[FieldName, ...]] = ("title", "number", "issuer", "date")
"""What tells which document said something (这是哪个文件说的)."""

CHOICES: Final = tuple(asked for asked, kind in KINDS.items() if kind.question)
"""The kinds that can be chosen instead of the one that was read, in the order in which they are offered."""


def not_stated(asked: Asked, years: str = "") -> str:
    """没有读到责任单位, 没有读到2026年的数量: what was not read, and no claim that it is not written."""
    return f"没有读到{years}{KINDS[asked].name or UNNAMED}"


def holds_kind(asked: Asked, facts: Iterable[Fact]) -> bool:
    """True where the facts hold the kind that is asked for; False for kinds without facts."""
    kind = KINDS[asked]
    return any(isinstance(fact, kind.facts) or (kind.sums and _is_level(fact)) for fact in facts)


def _is_level(fact: Fact) -> bool:
    """Whether a fact is an output or income that is to be reached (产值达300亿元): a target counted in 元."""
    return isinstance(fact, Target) and fact.base == "元"
