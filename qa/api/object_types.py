"""The JSON objects of answers, hits and tasks as types, with what a reader of them has to know.

``docs/schemas`` is written from these types by ``python tools/write_schemas.py``: the string below a key is
its description there, and a key that is added here is in the schema after the next run.  All offsets count
characters of the document's clean text.  The objects are made in `objects`.  This file imports nothing that
opens an index, since a program that only reads the objects imports it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,  # pydantic describes no other before Python 3.12
)

from annotated_types import Ge, Interval, MinLen
from typing_extensions import TypedDict

from index.records import Bound, Comparison, PageKind, Role
from index.search.standing import State
from qa.api.why import WhyObject
from qa.records import Asked

Offset = Annotated[int, Ge(0)]
FromOne = Annotated[int, Ge(1)]

NoModelAnswer = Literal[
    "unreachable", "server", "timeout", "key", "limit", "name", "refused", "half", "garbage"
]
"""How a language model's server failed: not reached, an error of its own, too late, the key, its limits, the
model's name, an answer refused, broken off, not to be read."""
NotByModel = NoModelAnswer | Literal["empty", "unsaid", "struck", "beside", "listed"]
"""Why an answer is the one made without a model.  beside: what stands does not tell what is asked for;
listed: it is a list of more clauses than a model is given."""
StruckBecause = Literal[
    "uncited",
    "unknown",
    "number",
    "date",
    "body",
    "place",
    "quote",
    "name",
    "word",
    "bound",
    "role",
    "region",
    "lost",
    "strange",
]
"""uncited: cites nothing; unknown: cites a clause that was not given; bound: the number stands in the clause
but with another time or bound, or beside other words; role: the clause gives the body another role; region:
no clause of the region that is named carries it; lost: 不得, 原则上, 力争 of the clause left out; strange:
too few of its words are the clause's; else what does not stand there."""


@dataclass(frozen=True, slots=True)
class Matching:
    """For a string's schema: it holds a match of ``pattern``.  pydantic finds the method by its name."""

    pattern: str

    def __get_pydantic_json_schema__(self, core: Any, make: Any) -> dict[str, Any]:
        return {**make(core), "pattern": self.pattern}


Spoken = Annotated[str, Matching(r"\S")]
"""A string that is not only blanks."""


class AgencyFact(TypedDict):
    """An agency that the clause makes responsible."""

    kind: Literal["agency"]
    start: Offset
    """Offset of its words in the document's clean text, in characters"""
    end: Offset
    """Offset after them"""
    text: str
    """Its words as printed"""
    name: str
    """The agency's name as it is matched"""
    role: Role
    """lead: the text says 牵头 or 会同; first: listed first, or who a sentence charges; responsible: listed;
    support: 配合; supervise: 指导, 监督; assess: 考核"""


class DeadlineFact(TypedDict):
    """A time that the clause sets."""

    kind: Literal["deadline"]
    start: Offset
    """Offset of its words in the document's clean text, in characters"""
    end: Offset
    """Offset after them"""
    text: str
    """Its words as printed"""
    year: int | None
    """The last year named; null for 年底前, 三年内, 每年"""
    first_year: int | None
    """Differs from year only in a span, 2026年至2028年"""
    month: Annotated[int, Interval(ge=1, le=12)] | None
    """From 1 to 12; null where no month is said"""
    bound: Bound
    inherited: int | None
    """The year that a heading, the title or the words before give to a time without one"""
    """by: 到2025年; before: 2025年前; end: 2025年底; month: 2025年3月; during: 2025年; start: 从2025年开始;
    span: 2026年至2028年"""


class TargetFact(TypedDict):
    """A quantity that is to be reached."""

    kind: Literal["target"]
    start: Offset
    """Offset of its words in the document's clean text, in characters"""
    end: Offset
    """Offset after them"""
    text: str
    """Its words as printed"""
    subject: str
    """What is measured, as printed"""
    quantity: float
    """In the unit, 万 and 亿 multiplied out"""
    unit: str
    """As printed"""
    comparison: Comparison
    """>= 以上, 不低于; <= 以内, 不超过; ~ 左右, 约; + 新增"""
    year: int | None
    """The year it stands under; null where none is said"""


class MoneyFact(TypedDict):
    """An amount of money."""

    kind: Literal["money"]
    start: Offset
    """Offset of its words in the document's clean text, in characters"""
    end: Offset
    """Offset after them"""
    text: str
    """Its words as printed"""
    subject: str
    """What it is for, as printed"""
    yuan: float
    """The amount in yuan"""
    comparison: Comparison
    """>= 以上, 不低于; <= 以内, 不超过; ~ 左右, 约; + 新增"""
    year: int | None
    """The year it stands under; null where none is said"""


FactObject = AgencyFact | DeadlineFact | TargetFact | MoneyFact


class HitObject(TypedDict):
    """A clause found for a question. `search --json` writes an array of them."""

    rank: FromOne
    """From 1, best first"""
    file: str
    """The document: its path below the documents folder"""
    title: str
    """The document's title"""
    region: str | None
    """The region it speaks for, as 运城市; null where it does not say"""
    path: list[str]
    """The headings above the clause, outermost first"""
    label: str | None
    """The clause's own number as printed, as 第十二条; null where it has none"""
    heading: str | None
    """The clause's own heading without its number; null where it has none"""
    start: Offset
    """Offset of the clause in the document's clean text, in characters"""
    end: Offset
    """Offset after it"""
    text: str
    """The clause, word for word"""
    facts: list[FactObject]
    """What the clause says that can be filtered"""
    score: float
    """The fused score, higher is better; comparable within one list only"""
    word_score: float
    """BM25 over character bigrams"""
    vector_score: float
    """Cosine of the question and the clause"""


class PageObject(TypedDict):
    """A page of paper or a sheet of a workbook."""

    kind: PageKind
    """page: of paper, as a PDF has them; sheet: of a workbook"""
    name: str
    """The page's number, or the sheet's name"""


class StandingObject(TypedDict):
    """Why a document does not hold on the day of asking."""

    state: State
    """repealed: 已废止; revised: 已有新版, a law of which the library has a later version; expired: 已失效;
    not yet: 尚未施行"""
    reason: str
    """In words, as 有效期至2022年9月12日"""
    since: str | None
    """The day that it names: from which the other document holds, the last on which this did, the first on
    which it will; null where none is told"""
    file: str | None
    """The document whose words say so; null where it is not among those asked"""
    start: Offset | None
    """Offset of those words in that document's clean text, in characters; null where they have no place"""
    end: Offset | None
    """Offset after them"""


class CitationObject(TypedDict):
    """Words quoted, and the clause that they stand in."""

    number: FromOne
    """The [n] in the answer"""
    file: str
    """The document: its path below the documents folder"""
    title: str
    """The document's title"""
    document_number: str | None
    """The document's number (文号); null where it has none"""
    region: str | None
    """The region it speaks for, as 运城市; null where it does not say"""
    path: list[str]
    """The headings above the clause, outermost first"""
    label: str | None
    """The clause's own number as printed, as 第十二条; null where it has none"""
    quote: Annotated[str, MinLen(1)]
    """Words of the document, verbatim: its clean text from start to end"""
    start: Offset
    """Offset of the quote in the document's clean text, in characters"""
    end: Offset
    """Offset after it"""
    text: str
    """The whole clause that the quote stands in"""
    clause_start: Offset
    """Offset of the clause"""
    page: PageObject | None
    """The page or sheet on which the quote begins; null where the file has none"""
    standing: StandingObject | None
    """Why the document does not hold; null where it does, or nothing tells"""


class QuoteItem(TypedDict):
    """A sentence of a list."""

    text: str
    """The sentence"""
    citations: list[FromOne]
    """The numbers of the citations it rests on"""


class StatementBlock(TypedDict):
    """A sentence."""

    kind: Literal["statement"]
    text: str
    """The sentence"""
    citations: list[FromOne]
    """The numbers of the citations it rests on"""


class QuotesBlock(TypedDict):
    """Sentences shown as a list."""

    kind: Literal["quotes"]
    items: list[QuoteItem]


class TableBlock(TypedDict):
    """A comparison; cells hold their [n]."""

    kind: Literal["table"]
    header: list[str]
    rows: list[list[str]]


BlockObject = StatementBlock | QuotesBlock | TableBlock


class UnderstoodObject(TypedDict):
    """What the question was taken to mean."""

    asked: Asked
    """What is asked for"""
    regions: list[str]
    """Regions of the index that the answer is about; empty for all"""
    elsewhere: list[str]
    """Regions named that the index does not hold"""
    years: list[int]
    """Years named"""
    agency: str | None
    """The agency whose tasks are asked for"""
    topic: str
    """The subject, with what it takes from earlier questions"""
    inherited: list[str]
    """What was taken from earlier questions"""


class WrittenObject(TypedDict):
    """How the answer of a language model came about."""

    by_model: bool
    """False: the answer is the one made without a model"""
    model: str
    """The model's name"""
    why: NotByModel | None
    """Why the answer is the one made without a model; null too where the documents do not say"""
    struck: list[list[StruckBecause]]
    """For each sentence left out, why"""
    withheld: Annotated[int, Ge(0)]
    """Clauses of which something that speaks to a model was kept from it"""
    question: str | None
    """The question as the model rewrote it"""


class AnswerObject(TypedDict):
    """What `ask --json` writes."""

    id: NotRequired[str]
    """The question's id; only where it came with one, in a file of `batch`"""
    question: str
    """The question as it was asked"""
    answer: str
    """What the user reads, in Markdown; [n] names a citation"""
    abstained: bool
    """True: the documents do not say"""
    citations: list[CitationObject]
    """In the order of their numbers; where abstained, the nearest clauses"""
    hits: list[HitObject]
    """The clauses found, best first"""
    blocks: list[BlockObject]
    """The answer in its parts"""
    understood: UnderstoodObject
    """What the question was taken to mean"""
    why: NotRequired[WhyObject]
    """Only where it was asked for: how the answer came about"""
    written: NotRequired[WrittenObject]
    """Only where a language model was asked: how the answer came about"""


class TaskObject(TypedDict):
    """A clause that sets a task. `ledger --json` writes an array of them."""

    region: str | None
    """The region it speaks for, as 运城市; null where it does not say"""
    title: str
    """The document's title"""
    document_number: str | None
    """The document's number (文号); null where it has none"""
    standing: StandingObject | None
    """Why the document does not hold; null where it does, or nothing tells"""
    file: str
    """The document: its path below the documents folder"""
    place: list[str]
    """The headings down to the clause, its own last, outermost first"""
    label: str | None
    """The clause's own number as printed, as 第十二条; null where it has none"""
    task: str
    """Its heading, or the innermost above it"""
    says: str
    """Its first sentence"""
    lead: list[str]
    """Agencies that the text says lead (牵头), as printed"""
    first: list[str]
    """The agency listed first where none is said to lead (首列)"""
    responsible: list[str]
    """Agencies listed as responsible (责任)"""
    support: list[str]
    """Agencies that support (配合, 参与, 协助)"""
    facts: list[FactObject]
    """What the clause says that can be filtered, in the order of the text"""
    quote: str
    """The clause, word for word"""
    start: Offset
    """Offset of the clause in the document's clean text, in characters"""
    end: Offset
    """Offset after it"""


class BatchQuestion(TypedDict):
    """A line of the file that `batch` reads. Other keys are allowed and ignored."""

    id: Spoken
    """Names the question; no two lines share one"""
    question: Spoken
    """At most 1,000 characters"""
    history: NotRequired[list[str] | None]
    """Earlier questions of the conversation, oldest first"""
