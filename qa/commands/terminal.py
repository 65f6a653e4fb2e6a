"""Answers, hits and figures as text for a terminal, and a conversation in it.

Text of documents may hold anything: control characters are taken out before a terminal sees them.  Left
out: colours, paging, and everything that a browser does better (`app`).
"""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from index.commands.streams import printable
from index.commands.telling import say
from index.errors import QuestionError
from qa.ledger.tasks import Task, facts_in_words
from qa.printed import in_brackets, page_words, standing_words
from qa.records import Answer, Block, Citation, Hit, Table

if TYPE_CHECKING:
    from qa.quality.compare_models import Column
    from qa.quality.evaluate import Evaluation
    from qa.quality.figures import Figure, TypeFigure, WordingFigures
    from qa.quality.reliability import Reliability

PROMPT: Final = "问> "
_GAP: Final = "  "


def shown_answer(answer: Answer) -> str:
    """The answer's parts, then every citation with its document, the headings above it, and the quote."""
    parts = [_block(block) for block in answer.blocks]
    if answer.citations:
        parts.append("\n".join(_citation(citation) for citation in answer.citations))
    return printable("\n\n".join(parts))


def shown_hits(hits: Sequence[Hit]) -> str:
    """The clauses found with their places and scores."""
    return printable("\n\n".join(_hit(rank, hit) for rank, hit in enumerate(hits, 1)))


def shown_tasks(tasks: Sequence[Task]) -> str:
    """A count, then every task with who, by when and how much, under its document."""
    parts = [f"共{len(tasks)}项任务"]
    for file, among in groupby(enumerate(tasks, 1), key=lambda numbered: numbered[1].file):
        numbered = list(among)
        first = numbered[0][1]
        parts.append(f"{first.region or file}  {first.title}{standing_words(first.standing)}")
        parts += [_task(number, task) for number, task in numbered]
    return printable("\n\n".join(parts))


def _task(number: int, task: Task) -> str:
    told = (f"    {name}  {words}" for name, words in facts_in_words(task))
    return "\n".join((f"{number}. {task.task}：{task.says}", f"    {' > '.join(task.place)}", *told))


def shown_evaluation(evaluation: Evaluation) -> str:
    """The figures as columns, by type and by wording, how far the probabilities hold, and every question that
    was not answered as expected."""
    parts = [_figures(figures) for figures in evaluation.figures if figures]
    parts += [
        _by_type(heading, figures)
        for heading, figures in (("type", evaluation.by_type), ("kind", evaluation.by_kind))
        if figures
    ]
    if evaluation.by_wording:
        parts.append(_by_wording(evaluation.by_wording))
    if evaluation.reliability.error is not None:
        parts.append(_reliability(evaluation.reliability))
    parts += [
        f"{one.id}  {one.question}\n  expected  {one.expected}\n  given     {_one_line(one.given)}\n"
        f"  why       {one.why}"
        for one in evaluation.confusions
    ]
    return printable("\n\n".join(parts))


def _by_type(heading: str, figures: Sequence[TypeFigure]) -> str:
    rows = [(one.type, f"{one.complete:.4f}", f"{one.questions}") for one in figures]
    return _columns([(heading, "complete", "questions"), *rows])


def _by_wording(wordings: Sequence[WordingFigures]) -> str:
    """A row a figure, a column a wording."""
    heading = ("wording", *(f"{one.wording}" for one in wordings))
    rows = [
        (of_all[0].name, *(_value(figure.value) for figure in of_all))
        for of_all in zip(*(one.figures for one in wordings), strict=True)
    ]
    return _columns([heading, *rows])


def _reliability(reliability: Reliability) -> str:
    """A row a bin of probabilities that holds questions."""
    rows = [
        (f"{one.low:.1f}-{one.high:.1f}", f"{one.questions}", _value(one.probability), _value(one.answerable))
        for one in reliability.bins
        if one.questions
    ]
    told = f"expected calibration error {_value(reliability.error)}"
    if reliability.unread:
        told += f"; {reliability.unread} questions without a clause that the judge read are left out"
    return f"{_columns([('probability', 'questions', 'mean', 'answerable'), *rows])}\n{told}"


def shown_comparison(columns: Sequence[Column]) -> str:
    """One table: a row a figure, a column a model; what was timed is marked as this machine's."""
    heading = ("", *(one.heading for one in columns))
    tables = [
        [
            (figure.name, *(_value(of_kind[row].value) for of_kind in kinds))
            for row, figure in enumerate(kinds[0])
        ]
        for kinds in zip(*(one.evaluation.figures for one in columns), strict=True)
    ]
    types = [
        (f"complete: {of_all[0].type}", *(f"{figure.complete:.4f}" for figure in of_all))
        for of_all in zip(
            *((*one.evaluation.by_type, *one.evaluation.by_kind) for one in columns), strict=True
        )
    ]
    made = [
        ("dimension", *(f"{one.dimension}" for one in columns)),
        ("windows encoded", *(f"{one.encoded}" for one in columns)),
        ("s of build (this machine)", *(f"{one.seconds_of_build:.1f}" for one in columns)),
        ("s a question (this machine)", *(f"{one.seconds_a_question:.3f}" for one in columns)),
    ]
    return printable(_columns([heading, *(row for table in tables for row in table), *types, *made]))


def converse(ask: Callable[[str, Sequence[str]], Answer], questions: Iterator[str]) -> None:
    """Answer question after question, each with those before it, until an empty line or the end.

    A question that cannot be asked is refused on stderr and the conversation goes on without it.
    """
    history: list[str] = []
    for question in questions:
        if not question.strip():
            return
        try:
            answer = ask(question, tuple(history))
        except QuestionError as error:
            say(f"chat: {error}")
            continue
        history.append(question)
        sys.stdout.write(f"{shown_answer(answer)}\n\n")
        sys.stdout.flush()


def typed() -> Iterator[str]:
    """The lines that the user types or pipes in; a prompt only where someone sits there."""
    if not sys.stdin.isatty():
        yield from (line.rstrip("\r\n") for line in sys.stdin)
        return
    while True:
        try:
            yield input(PROMPT)
        except EOFError:  # Ctrl-D
            sys.stdout.write("\n")
            return


def width_of(text: str) -> int:
    """The columns that a text takes: two for a Chinese character, none for a combining mark."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _block(block: Block) -> str:
    if not isinstance(block, Table):
        return str(block)
    table = _columns([block.header, *block.rows])
    if max(map(width_of, table.split("\n"))) <= shutil.get_terminal_size().columns:
        return table
    return "\n".join(_record(block.header, row) for row in block.rows)


def _record(header: Sequence[str], row: Sequence[str]) -> str:
    """A table's row that is too wide for columns: its name, then a line a cell."""
    if len(row) == 2:
        return f"{row[0]}：{row[1]}"
    cells = [f"{_GAP}{column}：{cell}" for column, cell in zip(header[1:], row[1:], strict=True)]
    return "\n".join((row[0], *cells))


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        _GAP.join(map(_padded, row, widths)).rstrip()  # zip above has checked the lengths
        for row in rows
    )


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - width_of(cell))


def _citation(citation: Citation) -> str:
    document = citation.title + (f"（{citation.document_number}）" if citation.document_number else "")
    document += standing_words(citation.standing)
    place = " > ".join(citation.place) + in_brackets(page_words(citation))
    lines = [f"[{citation.number}] {document}", *([f"    {place}"] if place else [])]
    return "\n".join((*lines, f"    “{_one_line(citation.quote)}”"))


def _hit(rank: int, hit: Hit) -> str:
    place = " > ".join(hit.clause.place)
    scores = f"score {hit.score:.2f}, words {hit.word_score:.2f}, cosine {hit.vector_score:.3f}"
    lines = [
        f"{rank}. {hit.title}",
        *([f"   {place}"] if place else []),
        f"   {_one_line(hit.clause.text)}",
        f"   {hit.file} {hit.clause.start}-{hit.clause.end}; {scores}",
    ]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _figures(figures: Sequence[Figure]) -> str:
    return _columns([(one.name, _value(one.value), one.says) for one in figures])


def _value(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value}" if isinstance(value, int) else f"{value:.4f}"
