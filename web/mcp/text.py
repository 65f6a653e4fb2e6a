"""What the MCP tools found as a text for a language model: quotes word for word, each with file and offsets.

The same stands in the structured result.  Left out: scores and facts, which only programs need.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.entries import DocumentInfo, Entry
from index.records import Clause
from index.search.index import Index
from qa.api.clause_at import Surrounded
from qa.ledger.tasks import Task, facts_in_words
from qa.printed import flat, in_brackets, page_name, page_words, place_of, standing_words
from qa.records import Answer, Citation, Hit
from web.mcp.words import WORDS


def answer_text(answer: Answer) -> str:
    """The answer, then its citations; first that no certain answer was found, where none was."""
    parts = [WORDS.silent] if answer.documents_silent else []
    parts.append(answer.text)
    if answer.citations:
        parts += [WORDS.data, "\n".join(map(_citation, answer.citations))]
    return "\n\n".join(parts)


def hits_text(hits: Sequence[Hit]) -> str:
    """The clauses found, best first."""
    if not hits:
        return WORDS.nothing
    told = (f"{rank}. {_headed(hit.title, hit.file, hit.clause)}" for rank, hit in enumerate(hits, 1))
    return "\n\n".join((WORDS.data, *told))


def tasks_text(tasks: Sequence[Task], count: int, offset: int) -> str:
    """A page of the ledger: what, who, by when, how much, and where it stands."""
    if not tasks:
        return f"共{count}项任务。{'' if count else WORDS.nothing}"
    shown = f"共{count}项任务，此处为第{offset + 1}至{offset + len(tasks)}项。"
    return "\n\n".join(
        (shown, WORDS.data, *(_task(number, task) for number, task in enumerate(tasks, offset + 1)))
    )


def clause_text(read: Surrounded) -> str:
    """The clause, its neighbours before and after it."""
    info, clause = read.document, read.entry.clause
    number = in_brackets(info.value("number") or "")
    page = in_brackets(page_name(read.page))
    parts = [WORDS.data, f"《{info.title}》{number}{page}"]
    parts += [f"前文 {_own(entry)}" for entry in read.before]
    parts.append(f"本条 {_stands(info.file, clause)}\n“{clause.text}”")
    parts += [f"后文 {_own(entry)}" for entry in read.after]
    return "\n\n".join(parts)


def documents_text(index: Index, infos: Sequence[DocumentInfo], count: int, offset: int) -> str:
    """A page of the list of documents."""
    if not infos:
        return f"共{count}份文件。{'' if count else WORDS.nothing}"
    shown = f"共{count}份文件，此处为第{offset + 1}至{offset + len(infos)}份。"
    told = (f"{_document(info)}{standing_words(index.standing(info.file))}" for info in infos)
    return "\n".join((shown, *told))


def _citation(citation: Citation) -> str:
    number = in_brackets(citation.document_number or "") + standing_words(citation.standing)
    page = in_brackets(page_words(citation))
    return (
        f"[{citation.number}] 《{citation.title}》{number}{place_of(citation)}{page}\n"
        f"    {citation.file} {citation.start}-{citation.end}\n    “{citation.quote}”"
    )


def _headed(title: str, file: str, clause: Clause) -> str:
    return f"《{title}》{_stands(file, clause)}\n“{clause.text}”"


def _stands(file: str, clause: Clause) -> str:
    return f"{' › '.join(map(flat, clause.place))}\n{file} {clause.start}-{clause.end}"


def _own(entry: Entry) -> str:
    return f"{entry.clause.start}-{entry.clause.end}\n“{entry.clause.text}”"


def _task(number: int, task: Task) -> str:
    told = "；".join(f"{name}：{words}" for name, words in facts_in_words(task))
    lines = (
        f"{number}. {in_brackets(task.region or '')}{task.task}：{task.says}",
        *([f"    {told}"] if told else []),
        f"    {task.file} {task.start}-{task.end}",
    )
    return "\n".join(lines)


def _document(info: DocumentInfo) -> str:
    told = (info.region, info.value("number"), info.value("issuer"), info.value("date"), info.kind)
    return f"- {info.file}：《{info.title}》{'，'.join(filter(None, told))}，{info.clauses}条"
