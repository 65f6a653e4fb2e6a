"""What the reader shows of a document before its text: validity, facts, what it sets, outline, questions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from index.entries import DocumentInfo
from index.records import Clause, FieldName
from index.search.index import Index
from pages.common.markup import attributes, one_line, shortened
from pages.common.standing import linked
from pages.common.words import Words
from qa.answer.glance import Glance, glance
from qa.printed import summary

LONGEST_AIM = 260
"""Characters of the clause that says what is to be reached."""
FIELDS: Sequence[FieldName] = (
    "region",
    "issuer",
    "number",
    "date",
    "status",
    "in_force_from",
    "valid_until",
    "implements",
    "interprets",
    "interpreter",
    "repeals",
    "amends",
)
CELL_ENDS = " |\t\u3000"
"""What a flattened table leaves behind a heading that was one of its rows: 一、…行动 |||"""


def overview_part(index: Index, info: DocumentInfo, clauses: Sequence[Clause], words: Words) -> str:
    """The document at a glance, as HTML."""
    seen = glance(index, info.file)
    parts = (
        (words.validity, _validity(index, info, words)),
        (words.at_a_glance, _glance(seen, words)),
        (words.facts, _facts(info, words)),
        (words.outline, _outline(clauses)),
        (words.worth_asking, _questions(info, words)),
    )
    told = "".join(f"<section><h3>{escape(name)}</h3>{part}</section>" for name, part in parts if part)
    label = escape(words.overview)
    return f'<div class="tw-overview" tabindex="0" role="region" aria-label="{label}">{told}</div>'


def _validity(index: Index, info: DocumentInfo, words: Words) -> str:
    """Whether it holds, and the documents that end, change or explain it, or that it does so to."""
    standing = index.standing(info.file)
    holds = str(standing) if standing else words.holds
    kind = ' class="tw-standing"' if standing else ""
    return f"<p{kind}>{one_line(holds)}</p>{linked(index, info.file, words)}"


def _glance(seen: Glance, words: Words) -> str:
    counted = words.sets_tasks.format(tasks=seen.tasks)
    counted += words.charges.format(agencies=seen.agencies) if seen.agencies else ""
    if seen.years:
        first, last = seen.years[0], seen.years[-1]
        counted += (
            words.due_between.format(first=first, last=last)
            if first != last
            else words.due_in.format(year=first)
        )
    told = f"<p>{escape(counted)}</p>" if seen.tasks else ""
    if seen.aim is None:
        return told
    text = one_line(shortened(summary(seen.aim), LONGEST_AIM))
    link = f'<a class="tw-goto" href="#clause-{seen.aim.clause.ordinal}">{escape(words.in_the_text)}</a>'
    return f"{told}<blockquote>{text} {link}</blockquote>"


def _facts(info: DocumentInfo, words: Words) -> str:
    values = {name: [one.value for one in info.fields if one.name == name] for name in FIELDS}
    told = "".join(
        f"<div><dt>{escape(words.fields[name])}</dt><dd>{one_line('；'.join(said))}</dd></div>"
        for name, said in values.items()
        if said
    )
    return f"<dl>{told}</dl>" if told else ""


def _outline(clauses: Sequence[Clause]) -> str:
    """The headings that stand highest."""
    headings = [clause for clause in clauses if clause.kind == "heading" and not clause.path]
    lines = "".join(
        f'<li><a class="tw-goto" href="#clause-{one.ordinal}">{one_line(one.text.rstrip(CELL_ENDS))}</a></li>'
        for one in headings
    )
    return f"<ol>{lines}</ol>" if lines else ""


def _questions(info: DocumentInfo, words: Words) -> str:
    """Where the questions come to once they were asked (`pages.common.questions`, reader.js)."""
    address = f"questions?{urlencode({'document': info.file, 'lang': words.language})}"
    return f'<ul class="tw-asks"{attributes(questions=address)}><li>{escape(words.working)}</li></ul>'
