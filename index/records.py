"""The values that flow between the steps: Document, Clause and Fact.

They only hold what was found; reading, cutting and finding happen elsewhere.  All offsets count
characters (Python ``str`` indices) of ``Document.text``, the clean text, start inclusive and end
exclusive, so that ``document.text[x.start:x.end] == x.text`` for every clause and every fact.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

DocumentKind = Literal["正文", "解读", "法规"]
"""正文: a notice or plan; 解读: an official reading of one; 法规: a law or regulation in 条."""

ClauseKind = Literal["heading", "body", "row", "front"]
"""heading: a heading that stands alone; body: text; row: a table row; front: what stands before the
body (notice, addressees, metadata table) or after it (signature)."""

Role = Literal["lead", "first", "responsible", "support", "supervise", "assess"]
"""lead: the text says 牵头 or 会同; first: listed first, no 牵头 said, or who a sentence charges;
responsible: listed; support: 配合; supervise: 指导, 监督; assess: 考核单位."""

Bound = Literal["by", "before", "end", "month", "during", "start", "span", "within", "every"]
"""by: 到2025年; before: 2025年前; end: 2025年底, 年底前; month: 2025年3月, 6月底前; during: 2025年, 年内;
start: 从2025年开始; span: 2026年至2028年; within: 三年内, 5个工作日内; every: 每年, 每月."""

Comparison = Literal["=", ">=", ">", "<=", "<", "~", "+"]
""">=: 以上, 不低于, 至少, 达到…以上; <=: 以内, 不超过, 控制在; ~: 左右, 约; +: 新增 (an addition)."""

FieldName = Literal[
    "title",
    "region",
    "issuer",
    "number",
    "date",
    "implements",
    "interprets",
    "interpreter",
    "status",
    "in_force_from",
    "valid_until",
    "repeals",
    "amends",
]

PageKind = Literal["page", "sheet"]
"""page: of paper, as a PDF has them; sheet: of a workbook."""

LeftReason = Literal[
    "navigation",
    "page head",
    "footer",
    "beside the text",
    "form control",
    "hidden",
    "struck out",
    "deleted",
    "field code",
    "comment",
    "running head",
    "reading aid",
    "picture",
    "hidden sheet",
    "watermark",
    "background",
    "annotation",
    "not drawn",
    "outside the page",
    "drawn twice",
    "unreadable",
]
"""Why words of a file are not in its text.  hidden: by its style, under a merged cell, in a note that nothing
refers to; page head: short lines above the document's own part of a web page;
reading aid: the sound printed above a word; unreadable: characters without a meaning, of a page that was then
read as a picture; not drawn: a PDF's text that is neither filled nor outlined."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page or sheet begins: ``at`` counts characters of the text; ``name`` is 3 or 任务分工."""

    at: int
    kind: PageKind
    name: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """A place in a table's row: ``text[start:end]`` are its words, both equal where it is empty.

    ``wide`` and ``high`` are the columns and rows that the cell covers; ``wide`` is 0 where a cell further
    left covers this place.  ``above`` counts the rows above in which the cell stood already: a cell over
    several rows is written in each, since it speaks for each.
    """

    start: int
    end: int
    wide: int = 1
    high: int = 1
    above: int = 0


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row, a cell for each column; ``is_head`` where the file itself marks it as one of column names."""

    start: int
    end: int
    cells: tuple[GridCell, ...]
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as its file holds it, all offsets of the text that it stands in; its rows have one width."""

    rows: tuple[GridRow, ...]

    @property
    def start(self) -> int:
        """Where its first row begins."""
        return self.rows[0].start

    @property
    def end(self) -> int:
        """Where its last row ends."""
        return self.rows[-1].end


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that a reader left out: how many ``characters`` that are not blank, and the first as a sample."""

    reason: LeftReason
    characters: int
    sample: str
    place: str


@dataclass(frozen=True, slots=True)
class FileCount:
    """What a file holds, in characters that are not blank, counted beside its reader.

    ``lost`` are those that are neither in the text nor among what was left out, ``lost_sample`` the first.
    """

    characters: int
    lost: int = 0
    lost_sample: str = ""
    left_out: tuple[LeftOut, ...] = ()

    @property
    def with_reason(self) -> int:
        """How many characters the reader left out for a reason."""
        return sum(one.characters for one in self.left_out)


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of the file's text that is not the document's: navigation, footer, advertising.

    ``at`` is where it stood, as an offset in the clean text; putting every removal back at its place
    gives the decoded file again, character for character.
    """

    at: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a document says about itself, and where it says so.

    ``value`` is normalised (a date is ISO 8601, blanks inside words are dropped; ``repeals`` is a number
    where one is printed, else a title; ``valid_until`` is words where the day cannot be told).  ``start`` and
    ``end`` are None where the value was read from the file's name and not from its text, and where a user
    has put it in place of what was read (``edited``).
    """

    name: FieldName
    value: str
    start: int | None
    end: int | None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """A file and what it says about itself.

    ``file`` is the path below the documents folder with forward slashes, and the document's identity:
    adding a file of the same path replaces the document.  ``source_hash`` is the SHA-256 (hex) of the file's
    bytes.
    """

    file: str
    kind: DocumentKind
    fields: tuple[Field, ...]
    source_hash: str

    def field(self, name: FieldName) -> Field | None:
        """The first field of that name; None where the document does not say."""
        return next((field for field in self.fields if field.name == name), None)

    def value(self, name: FieldName) -> str | None:
        """The value of the first field of that name; None where the document does not say."""
        field = self.field(name)
        return field.value if field else None

    @property
    def title(self) -> str:
        """The title, or the file's name without its ending where no title was found."""
        return self.value("title") or self.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def region(self) -> str | None:
        """The region it speaks for, as 运城市 or 杭锦旗."""
        return self.value("region")

    def in_force(self, day: date) -> bool | None:
        """Whether the document holds on a day, by its own words; None where they do not tell.

        False before the day from which it holds, after its last day, and where its page says that it is
        repealed.  That another document repeals it, only that one says (``repeals``).
        """
        if self.against(day) is not None:
            return False
        start, end = self.value("in_force_from"), self.value("valid_until")
        return True if start or (end and end[0].isdecimal()) else None

    def against(self, day: date) -> Field | None:
        """The field by which it does not hold on a day: status, in_force_from or valid_until; else None."""
        status, start, end = (self.field(name) for name in ("status", "in_force_from", "valid_until"))
        if status and any(word in status.value for word in ("废止", "失效", "无效")):
            return status
        asked = day.isoformat()
        if start and asked < start.value:
            return start
        return end if end and end.value[0].isdecimal() and asked > end.value else None  # words name no day


@dataclass(frozen=True, slots=True)
class Document(Described):
    """One source file whole: its clean text, what was taken out of it, and where its pages begin.

    ``pages`` ascend, their offsets are of the clean text; a file without pages or sheets has none.  ``count``
    is what of the file its reader brought into the text; None for a text that comes from no file.
    """

    text: str
    removals: tuple[Removal, ...]
    pages: tuple[PageStart, ...] = ()
    count: FileCount | None = None

    def page_at(self, offset: int) -> PageStart | None:
        """The page or sheet on which a character stands; None where the file has none."""
        number = bisect_right(self.pages, offset, key=lambda page: page.at)
        return self.pages[max(number - 1, 0)] if self.pages else None


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell of a row clause; an empty ``column`` means that the table has no header."""

    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest piece that a reader would cite.

    ``path`` holds the headings above it, outermost first, as printed, without line breaks.
    ``label`` is its own number as printed (第十二条, （二）, 7.) or None.
    ``heading`` is its own heading where it has one (a numbered item's run-in heading, a paragraph's
    opening phrase, a row's name), without the label, or None.
    """

    ordinal: int
    kind: ClauseKind
    path: tuple[str, ...]
    label: str | None
    heading: str | None
    start: int
    end: int
    text: str
    cells: tuple[Cell, ...] = ()

    @property
    def place(self) -> tuple[str, ...]:
        """Where it stands, outermost first, ending in its own label and heading (12.建设安全韧性城市)."""
        blank = " " if self.label and self.heading and self.label[-1].isdigit() else ""
        own = f"{self.label or ''}{blank}{self.heading or ''}"
        return (*self.path, own) if own else self.path


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that the clause makes responsible: 县住建局, 市文旅局[市文物局].

    ``text`` is as printed; ``name`` is normalised for matching (facts of the same body share it).
    """

    start: int
    end: int
    text: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time the clause sets: 到2025年底, 2024年, 2026年至2028年, 年底前, 三年内, 每年.

    ``year`` is the (last) year named, None where none is; ``first_year`` differs only where a span is named;
    ``month`` is 1-12.  ``inherited`` is the year that a heading, the title or the words before give to a time
    without one (年底前 under 2022年工作要点); never one for 三年内 and 每年.
    """

    start: int
    end: int
    text: str
    year: int | None
    first_year: int | None
    month: int | None
    bound: Bound
    inherited: int | None = None

    @property
    def due_year(self) -> int | None:
        """The year by which it is due: the one named, else the inherited one."""
        return self.year if self.year is not None else self.inherited


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity that is to be reached: 建成区30%以上的面积, 新增堤防11.4公里, 产业规模达5500亿元.

    ``text`` is the quantity with its comparison (30%以上); ``subject`` the words it measures, as
    printed before it in the sentence; ``quantity`` is in ``unit`` as printed (120 万亩; ``amount`` and
    ``base`` are 1200000 亩); ``year`` is the deadline it stands under, None where none is said.
    """

    start: int
    end: int
    text: str
    subject: str
    quantity: float
    unit: str
    comparison: Comparison
    year: int | None

    @property
    def base(self) -> str:
        """The unit without 万 and 亿, in which targets are compared: 亩 for 万亩."""
        return self.unit.removeprefix(_multiple(self.unit))

    @property
    def amount(self) -> float:
        """The quantity in ``base``, 万 and 亿 multiplied out."""
        return self.quantity * _MULTIPLES.get(_multiple(self.unit), 1)


_MULTIPLES: Final = {
    "万亿": 10**12,
    "千万": 10**7,
    "百万": 10**6,
    "亿": 10**8,
    "万": 10**4,
    "千": 1000,
    "百": 100,
}


def _multiple(unit: str) -> str:
    """万 of 万亩; "" where a unit has none (千瓦, 千米 and 千克 are units of their own)."""
    if unit.startswith(("千瓦", "千米", "千克")):
        return ""
    return next((one for one in _MULTIPLES if unit.startswith(one)), "")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money: 总投资5.6亿元.  ``yuan`` is the amount in yuan."""

    start: int
    end: int
    text: str
    subject: str
    yuan: float
    comparison: Comparison
    year: int | None


Fact = Agency | Deadline | Target | Money
"""What a clause says that can be filtered and compared."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its clauses; ``facts[i]`` are those of ``clauses[i]``."""

    document: Document
    clauses: tuple[Clause, ...]
    facts: tuple[tuple[Fact, ...], ...]
