"""What a document says once for all of its tasks: 以上任务均需各乡镇人民政府落实，…各部门依职责分工负责.

It is the only answer to "who is responsible" where a document names no agency for a task.  Left out: a
responsibility that holds for a part of the document only.
"""

from __future__ import annotations

import re

from index.language.sentences import sentences
from qa.evidence.findings import Finding, Inquiry
from qa.records import Statement

# 以上任务均需…落实, 以下任务…依据职责分工负责, 上述各项工作由…负责.
_FOR_ALL = re.compile(
    r"(?>(?s:.*?)(?:以[上下]|上述|下列)(?:所有|各项|全部)?(?:任务|工作|事项|措施)).*(?:落实|负责|实施)"
)


def said_for_all(inquiry: Inquiry, finding: Finding) -> Statement | None:
    """The sentence of the finding's document that makes someone answer for all of it; None without one."""
    for entry in inquiry.index.entries_of(finding.hit.file):
        for span in sentences(entry.clause.text):
            words = entry.clause.text[span.start : span.end]
            if _FOR_ALL.match(words):
                start = entry.clause.start + span.start
                number = inquiry.citations.cite(entry, start, entry.clause.start + span.end)
                return Statement(f"全文只统一写明：{' '.join(words.split())}", (number,))
    return None
