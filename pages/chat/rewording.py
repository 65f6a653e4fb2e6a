"""A question asked again with one part of what was understood changed: the region, the kind of answer.

Works on the words of the question and on what was understood of it; how it is answered is not decided here.
"""

from __future__ import annotations

from qa.question.kinds import KINDS
from qa.question.places import spoken_forms
from qa.records import Asked, Query


def in_region(query: Query, region: str) -> str:
    """The question for another region: its name in place of those named, else before the question."""
    for named in query.regions:
        for form in spoken_forms(named):
            if form in query.question:
                return query.question.replace(form, region)
    return (
        f"{region}{''.join(query.terms)}{KINDS[query.asked].question}"
        if query.inherited
        else (f"{region}{query.question}")
    )


def asking_for(query: Query, asked: Asked) -> str:
    """The subject of the question with another kind of answer asked for."""
    places = "、".join(query.regions) if len(query.regions) <= 2 else "各地"
    return f"{places}{''.join(query.terms) or query.question}{KINDS[asked].question}"
