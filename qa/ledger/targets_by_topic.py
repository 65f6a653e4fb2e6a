"""The targets of one topic over regions, to be set side by side.

A target is on a topic where the part of the sentence that states it holds the topic's words or synonyms;
where no part of a clause does, where its sentence does.  Left out: converting units; figures of different
units are never compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.language.sentences import sentences
from index.records import Target
from index.search.index import Index
from qa.evidence.subject import WHOLE, Subject
from qa.ledger.tasks import Task
from qa.question.kinds import ANYTHING
from qa.question.understand import understand

# The parts of a sentence: 到2025年,|再生水利用率达到25%以上,|…
_PART_ENDS = re.compile(r"[,，;；。]")


@dataclass(frozen=True, slots=True)
class Measure:
    """A target, the region whose document states it (None: it names none), and the task it belongs to."""

    target: Target
    region: str | None
    task: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The measures of one unit (empty where the source prints none), in the order of the documents."""

    unit: str
    measures: tuple[Measure, ...]

    @property
    def regions(self) -> int:
        """How many regions state one."""
        return len({measure.region for measure in self.measures})


def topic_subject(index: Index, topic: str) -> Subject:
    """The words of a topic, as those of a question; raises QuestionError for an empty topic."""
    query = understand(topic, index)
    return Subject(replace(query, asked=ANYTHING, agency=None, fields=()), index)


def measures_on(index: Index, tasks: Sequence[Task], topic: str) -> list[UnitGroup]:
    """The targets on a topic among these tasks by unit: the units that most regions use first.

    Empty where the topic has no words to look for.  Raises QuestionError for an empty topic.
    """
    subject = topic_subject(index, topic)
    if not subject.words:
        return []
    return by_unit(
        Measure(target, task.region, task.task) for task in tasks for target in _targets_on(task, subject)
    )


def by_unit(measures: Iterable[Measure]) -> list[UnitGroup]:
    """The measures by unit: the units that most regions use first."""
    groups: dict[str, list[Measure]] = {}
    for measure in measures:
        groups.setdefault(measure.target.base, []).append(measure)
    found = [UnitGroup(unit, tuple(same)) for unit, same in groups.items()]
    return sorted(found, key=lambda group: (-group.regions, -len(group.measures)))


def _targets_on(task: Task, subject: Subject) -> list[Target]:
    near = [t for t in task.targets if subject.coverage(f"{t.subject} {_part(task, t)}") >= WHOLE]
    return near or [t for t in task.targets if subject.coverage(_sentence(task, t)) >= WHOLE]


def _part(task: Task, target: Target) -> str:
    """The words between the marks around the target."""
    start, end = target.start - task.start, target.end - task.start
    before = [mark.end() for mark in _PART_ENDS.finditer(task.quote, 0, start)]
    after = _PART_ENDS.search(task.quote, end)
    return task.quote[before[-1] if before else 0 : after.start() if after else len(task.quote)]


def _sentence(task: Task, target: Target) -> str:
    at = target.start - task.start
    return next((task.quote[s.start : s.end] for s in sentences(task.quote) if s.start <= at < s.end), "")
