"""任务台账: a row for each clause that sets a task, with who, by when, how much, and the words themselves.

Rows come from the facts of the clauses, in the order of the documents, and none that fits the filters is left
out.  Which clauses set a task is decided in ``duties``; files of rows are written in ``ledger_files``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.entries import Entry
from index.errors import QuestionError
from index.language.agency_names import normalise_agency, same_body
from index.language.years import FIRST_YEAR, LAST_YEAR, YEAR
from index.records import Agency, Deadline, Money, Role, Target
from index.search.index import Index
from index.search.standing import Standing
from qa.agencies import ROLES, files_by_region, keys_charging, of_level
from qa.evidence.subject import WHOLE, Subject
from qa.files.question_lines import is_text
from qa.ledger.sets_task import sets_task
from qa.printed import summary
from qa.question.places import region_named
from qa.question.understand import understand
from qa.records import Answer

# 2025, 2025年, 2025年底
_ONE = re.compile(rf"({YEAR})年?(?:底|末)?$")
# 2025年前, 2025年底前, -2025
_UP_TO = re.compile(rf"(?:[-—~至到]\s*({YEAR})年?|({YEAR})年?(?:底|末)?(?:之?前|以前))$")
# 2024-2026, 2024年至2026年, 2024-
_SPAN = re.compile(rf"({YEAR})年?\s*[-—~至到]+\s*({YEAR})?年?$")


@dataclass(frozen=True, slots=True)
class Task:
    """A clause that sets a task.

    ``task`` is its heading, or the innermost above it; ``says`` its first sentence; ``place`` the headings
    down to it.  ``quote == document.text[start:end]`` is the whole clause.  ``standing`` says why its
    document does not hold today, None where it does or nothing tells.  The facts are those of the clause, as
    printed, in the order of the text.
    """

    file: str
    title: str
    document_number: str | None
    region: str | None
    place: tuple[str, ...]
    label: str | None
    task: str
    says: str
    agencies: tuple[Agency, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    money: tuple[Money, ...]
    quote: str
    start: int
    end: int
    clause_key: int
    standing: Standing | None = None

    def bodies(self, *roles: Role) -> tuple[str, ...]:
        """The bodies of these roles as printed, each once; ``lead`` only where the text says 牵头."""
        return tuple(dict.fromkeys(a.text for a in self.agencies if a.role in roles))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of its deadlines, ascending."""
        return tuple(sorted({due.due_year for due in self.deadlines if due.due_year is not None}))


def tasks_set(
    index: Index,
    *,
    regions: Sequence[str] = (),
    documents: Collection[str] = (),
    agency: str | None = None,
    roles: Collection[Role] = (),
    due: str | int | None = None,
    topic: str | None = None,
) -> list[Task]:
    """Every clause that sets a task and fits all filters, in the order of the documents and their texts.

    ``regions`` are names as the index has them, or short forms; ``documents`` file names.  ``agency`` is a
    body under any of its names (县住建局), ``roles`` narrows to what it is charged as.  ``due`` is a year or
    a span (2025, 2025年前, 2024-2026).  Raises SourceError for a region or document that the index does not
    hold, QuestionError for a filter that cannot be read.
    """
    for file in documents:
        index.info(file)
    wanted = [region_named(name, index) for name in regions]
    files = [
        file
        for among in files_by_region(index, wanted).values()
        for file in among
        if not documents or file in documents
    ]
    entries = _charging(index, files, agency) if agency is not None else _all(index, files)
    if due is not None:
        first, last = due_years(due)
        kept = set(index.keys_by_year(first, last, files))
        entries = [entry for entry in entries if entry.key in kept]
    if topic is not None:
        entries = _on_topic(index, entries, topic)
    found = [_task(entry, index) for entry in entries if sets_task(entry)]
    return [task for task in found if _has_role(task, agency, roles)] if roles else found


def figure(fact: Target | Money) -> str:
    """A target with what it measures and its year: 城镇化率：60%以上（2028年）."""
    subject = f"{fact.subject}：" if fact.subject else ""
    return f"{subject}{fact.text}{f'（{fact.year}年）' if fact.year else ''}"


def facts_in_words(task: Task) -> list[tuple[str, str]]:
    """Who, by when and how much, each under its name, in the words of the document: 首列, 县商务局."""
    names: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("牵头", task.bodies("lead")),
        ("首列", task.bodies("first")),
        ("责任", task.bodies("responsible")),
        ("配合", task.bodies("support")),
        ("指导", task.bodies("supervise")),
        ("考核", task.bodies("assess")),
        ("时限", tuple(deadline.text for deadline in task.deadlines)),
        ("目标", tuple(map(figure, task.targets))),
        ("资金", tuple(map(figure, task.money))),
    )
    return [(name, "、".join(dict.fromkeys(words))) for name, words in names if words]


def deadline_words(deadlines: Sequence[Deadline]) -> str:
    """The deadlines as printed, each once."""
    return "、".join(dict.fromkeys(deadline.text for deadline in deadlines))


def tasks_cited(index: Index, answer: Answer) -> list[Task]:
    """The clauses that an answer cites as rows of the ledger, each once, in the order of its citations.

    Left out are words that only tell of a document, as that it no longer holds.
    An answer from an earlier generation of the index gives the rows whose clauses still stand.
    """
    keys = dict.fromkeys(one.clause_key for one in answer.citations if not one.is_note)
    held = set(index.keys())
    return [_task(entry, index) for entry in index.entries(k for k in keys if k in held)]


def due_years(due: str | int) -> tuple[int, int]:
    """The first and last year of a filter, both included: 2025年前 → all up to 2025."""
    typed = str(due).strip().replace(" ", "")
    if one := _ONE.match(typed):
        return int(one[1]), int(one[1])
    if up_to := _UP_TO.match(typed):
        return FIRST_YEAR, int(up_to[1] or up_to[2])
    if span := _SPAN.match(typed):
        years = int(span[1]), int(span[2] or LAST_YEAR)
        if years[0] <= years[1]:
            return years
    raise QuestionError(f"{due!r} is no year. Write 2025, 2025年前, 2024-2026 or 2024-.")


def _charging(index: Index, files: Sequence[str], agency: str) -> list[Entry]:
    name = normalise_agency(_checked("agency", agency))
    by_region: dict[str | None, list[str]] = {}
    for file in files:
        by_region.setdefault(index.info(file).region, []).append(file)
    keys = [key for among in by_region.values() for key in keys_charging(index, name, among)]
    kept = of_level(index.entries(keys), name, agency)
    return sorted(kept, key=lambda entry: (files.index(entry.file), entry.clause.start))


def _all(index: Index, files: Sequence[str]) -> list[Entry]:
    return [entry for file in files for entry in index.entries_of(file)]


def _on_topic(index: Index, entries: Sequence[Entry], topic: str) -> list[Entry]:
    subject = Subject(understand(_checked("topic", topic), index), index)
    if not subject.words or subject.unknown_share:
        return [e for e in entries if topic in f"{' '.join(e.clause.place)} {e.clause.text}"]
    return [e for e in entries if subject.coverage(f"{' '.join(e.clause.place)} {e.clause.text}") >= WHOLE]


def _checked(name: str, typed: str) -> str:
    if not typed.strip() or not is_text(typed):
        raise QuestionError(
            f"The {name} to look for is empty. Leave it out, or write it as the documents do."
        )
    return typed


def _has_role(task: Task, agency: str | None, roles: Collection[Role]) -> bool:
    name = normalise_agency(agency) if agency else None
    return any(a.role in roles and (name is None or same_body(a.name, name)) for a in task.agencies)


def _task(entry: Entry, index: Index) -> Task:
    info, clause, facts = index.info(entry.file), entry.clause, entry.facts
    return Task(
        file=entry.file,
        title=info.title,
        document_number=info.value("number"),
        region=info.region,
        place=clause.place,
        label=clause.label,
        task=clause.heading or (clause.path[-1] if clause.path else info.title),
        says=summary(entry),
        agencies=tuple(fact for fact in facts if isinstance(fact, Agency)),
        deadlines=tuple(fact for fact in facts if isinstance(fact, Deadline)),
        targets=tuple(fact for fact in facts if isinstance(fact, Target)),
        money=tuple(fact for fact in facts if isinstance(fact, Money)),
        quote=clause.text,
        start=clause.start,
        end=clause.end,
        clause_key=entry.key,
        standing=index.standing(entry.file),
    )


def role_named(typed: str) -> Role:
    """The role of that name, Chinese or English: 牵头, lead; raises QuestionError for any other."""
    for role, name in ROLES.items():
        if typed in (role, name):
            return role
    raise QuestionError(f"{typed!r} is no role. Roles: {'、'.join(ROLES.values())}.")
