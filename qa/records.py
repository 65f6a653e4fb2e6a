"""The values that flow from a question to its answer: Query, Hit, Citation and Answer.

They only hold what was understood and found.  ``Citation`` is made by ``qa.citations.cite`` alone, from
offsets, so that a quote always stands in its document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.records import Clause, Fact, FieldName, PageStart
from index.search.standing import Standing
from qa.judgement import Judgement

Asked = Literal["lead", "agency", "deadline", "quantity", "money", "list", "tasks", "document", "passage"]
"""The kinds of question; what each wants is in `qa.question.kinds`."""

Superlative = Literal["most", "least"]
Turn = Literal[
    "question", "greeting", "closing", "about", "table", "detail", "original", "english", "brief",
    "correction", "narrowing", "opinion", "chat",
]  # fmt: skip
"""What a message is.  closing: thanks, goodbye, understood; about: who are you, what can you do; table to
brief: the answer before in another form; correction: not this, that; narrowing: only this of it; opinion:
advice, judgement, forecasts, texts to be written; chat: all else that asks nothing of documents."""
Refers = Literal["nothing", "first", "second", "third", "last", "body", "all", "others", "fresh"]
"""What of the answer before a message points at.  first: the former, the first item; last: the latter; body:
this bureau; all: these three; others: the regions that it was not about.  fresh: it begins something new."""

Unit = Literal["附件", "部分", "编", "章", "节", "条", "款", "项", "目", "点"]
"""What a number counts, as it is cited, the outermost first; 点 is any numbered item."""


@dataclass(frozen=True, slots=True)
class Label:
    """One number: 第八条之一 has the ``unit`` 条, the ``number`` 8 and ``sub`` 1 (0 without)."""

    unit: Unit
    number: int
    sub: int = 0

    def __str__(self) -> str:
        return f"附件{self.number}" if self.unit == "附件" else f"第{self.number}{self.unit}"


@dataclass(frozen=True, slots=True)
class Cited:
    """A place as it is cited: its ``words``, and its numbers, outermost first (第五条, 第二项)."""

    words: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    ``text`` is the question normalised (NFKC, simplified characters); ``topic`` what is left of it
    without regions, politeness and question words, with what it inherits from the conversation; ``terms``
    are the topic's words, ``subject`` the words of the question that carry it, as they stand there (empty
    where it is taken over).  ``regions`` are regions of the index, ``elsewhere`` named regions that the
    index does not hold.  ``inherited`` says what was taken over from earlier questions;
    ``respelled`` holds words taken for misspelt, and times that count from today, each with what was read;
    ``supposed`` is a body that the question takes to be responsible (由县水务局负责吗), as typed.
    ``asks_nothing`` is true for a turn that holds nothing to look for in the documents (谢谢, 你是谁).

    ``parts`` are the facts that a question of several asks for; ``total`` (一共), ``yes_no``, ``alike``
    (是否一样) and ``leads`` (only what the agency leads) tell its form.  ``follows`` is
    true where it goes on with the question before, and ``takes`` says with what of it: asked, topic;
    ``nothing of the subject`` where it has a subject of its own.

    ``cited`` are places that it names by number (第十二条), ``titles`` documents that it names, as typed;
    ``of_document`` is true where it speaks of a document (这个方案) or of nothing but a region, ``locates``
    where it asks in which place something stands, and ``unit`` is what it counts (一共多少条), empty where it
    names none; ``times`` is true of a number that is likelier a length of time than a count (保存几年).
    ``due`` is true where it asks for all that is to be done by some time.
    ``in_full`` is the question as it would stand by itself, where it is an earlier one for another region;
    else empty.  ``turn`` is what the message is and ``refers`` what of the answer before it points at;
    ``foreign`` are Latin words of its subject that were not understood.
    """

    question: str
    text: str
    asked: Asked
    topic: str
    terms: tuple[str, ...]
    own_terms: tuple[str, ...]
    regions: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    every_region: bool = False
    agency: str | None = None
    years: tuple[int, ...] = ()
    fields: tuple[FieldName, ...] = ()
    superlative: Superlative | None = None
    inherited: tuple[str, ...] = ()
    respelled: tuple[tuple[str, str], ...] = ()
    supposed: str | None = None
    asks_nothing: bool = False
    parts: tuple[Asked, ...] = ()
    total: bool = False
    yes_no: bool = False
    alike: bool = False
    leads: bool = False
    subject: str = ""
    follows: bool = False
    takes: frozenset[str] = frozenset()
    cited: tuple[Cited, ...] = ()
    titles: tuple[str, ...] = ()
    of_document: bool = False
    locates: bool = False
    unit: str = ""
    times: bool = False
    due: bool = False
    turn: Turn = "question"
    refers: Refers = "nothing"
    foreign: tuple[str, ...] = ()
    in_full: str = ""

    @property
    def compares(self) -> bool:
        """True where the answer has a part for each of several regions."""
        return len(self.regions) > 1

    @property
    def taken_over(self) -> str:
        """What comes from earlier questions, in words: 宁武县；海绵、城市; empty where nothing does."""
        places = "、".join(self.regions) if "region" in self.inherited else ""
        words = [term for term in self.terms if term not in self.own_terms] or self.terms
        subject = "、".join(words) if "topic" in self.inherited else self.agency or ""
        titles = "、".join(self.titles) if "title" in self.inherited else ""
        return "；".join(filter(None, (places, titles, subject))) if self.inherited else ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found for a question; all scores are higher-is-better.

    ``key`` is the clause's key in the index.  ``score`` is the fused score, ``word_score`` BM25 over
    bigrams, ``vector_score`` the cosine with the question, ``answer_odds`` the judge's log odds that the
    clause answers, None where it was not read.
    """

    key: int
    file: str
    title: str
    region: str | None
    clause: Clause
    facts: tuple[Fact, ...]
    score: float
    word_score: float
    vector_score: float
    answer_odds: float | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a document and where they stand.

    ``quote == document.text[start:end]``; ``place`` is the path with the clause's own label and heading;
    ``text`` is the whole clause, which begins at ``clause_start``
    (offsets in characters of the clean text).  ``document_number`` is the 文号, None where there is none.
    ``page`` is the page or sheet on which the quote begins, None where the file has none; ``standing`` why
    the document does not hold today, None where it does or nothing tells; ``is_note`` where the words only
    tell of a document and answer nothing.
    """

    number: int
    file: str
    title: str
    document_number: str | None
    region: str | None
    path: tuple[str, ...]
    label: str | None
    place: tuple[str, ...]
    quote: str
    start: int
    end: int
    text: str
    clause_start: int
    clause_key: int
    page: PageStart | None = None
    standing: Standing | None = None
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the numbers of the citations that it rests on."""

    text: str
    citations: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.text + "".join(f"[{number}]" for number in self.citations)


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison: a header and one row a region; cells are plain text with their [n]."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        lines = [self.header, ("---",) * len(self.header), *self.rows]
        return "\n".join("| " + " | ".join(cell.replace("|", "｜") for cell in line) + " |" for line in lines)


@dataclass(frozen=True, slots=True)
class Quotes:
    """Statements to be shown as a list."""

    items: tuple[Statement, ...]

    def __str__(self) -> str:
        return "\n".join(f"- {item}" for item in self.items)


Block = Statement | Table | Quotes


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user reads, and what it rests on.

    ``abstained`` is true where the documents do not say; ``blocks`` then say what is missing, and
    ``citations`` hold the nearest clauses.  ``hits`` are the clauses found, best first.  ``why`` tells how it
    came about.
    """

    query: Query
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    abstained: bool
    why: Judgement

    @property
    def text(self) -> str:
        """The answer in Markdown, short first."""
        return "\n\n".join(str(block) for block in self.blocks)

    @property
    def documents_silent(self) -> bool:
        """True where something was asked and no sure answer was found; 谢谢 says nothing about documents."""
        return self.abstained and not self.query.asks_nothing
