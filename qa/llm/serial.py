"""A written answer as the JSON object of an answer, with how it came about under ``written``.

Left out: what was struck; only the reasons are told.
"""

from __future__ import annotations

from qa.api.object_types import AnswerObject
from qa.api.objects import answer_object
from qa.llm.write import Written


def written_object(written: Written, *, why: bool = False) -> AnswerObject:
    """The object of ``qa.api.objects`` with ``written``; ``why`` tells how the answer without a model came
    about, whose clauses the model was given."""
    return {
        **answer_object(written.answer, why=why),
        "written": {
            "by_model": written.by_model,
            "model": written.model,
            "why": written.why,
            "struck": [list(reasons) for reasons in written.struck],
            "withheld": written.withheld,
            "question": written.question,
        },
    }
