"""Which documents a question about documents means: those named, of the regions named, else all.

Left out: what they say (`document`, `by_label`, `overview`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.entries import DocumentInfo
from index.language.folding import without_blanks
from index.language.years import tells_any
from index.search.links import folded_name
from qa.evidence.findings import Inquiry
from qa.evidence.subject import Subject
from qa.question.terms import terms_of
from qa.records import Hit, Statement

LONGEST_OPENING = 300
"""Characters at a document's beginning that say what it is, where its title does not."""

MOST_OPENED = 200
"""Documents whose beginnings are read; of more the titles alone."""


@dataclass(frozen=True, slots=True)
class Headed:
    """Documents that a question names in its own words, and which of these words and years name none."""

    files: tuple[str, ...]
    terms: tuple[str, ...]
    years: tuple[int, ...]


def headed(inquiry: Inquiry, files: Iterable[str]) -> Headed:
    """Of these documents those whose title or first lines hold most of what is asked for (先锋城市方案), its
    years before its words; all of them where none holds any."""
    query = inquiry.query
    candidates = list(files)
    heads = {file: _head_of(inquiry, file, len(candidates) <= MOST_OPENED) for file in candidates}
    titled = [year for year in query.years if any(_is_of_year(head, year) for head in heads.values())]
    terms = (*query.terms, *(term for title in query.titles for term in terms_of(title)))
    words = Subject(replace(query, terms=terms, own_terms=terms), inquiry.index).words
    held = {
        file: (
            sum(_is_of_year(head, year) for year in titled),
            sum(word.weight * word.held_by(head) for word in words if word.known),
        )
        for file, head in heads.items()
    }
    most = max(held.values(), default=(0, 0.0))
    found = tuple(file for file, share in held.items() if share == most)
    pairs = zip(query.terms, words, strict=False)
    left = (term for term, word in pairs if not any(word.held_by(heads[file]) for file in found))
    return Headed(found, tuple(left), tuple(year for year in query.years if year not in titled))


def _head_of(inquiry: Inquiry, file: str, opened: bool) -> str:
    text = inquiry.index.document(file).text[:LONGEST_OPENING] if opened else ""
    return without_blanks(f"{inquiry.index.info(file).title} {text}").lower()


def _is_of_year(head: str, year: int) -> bool:
    """True where the year, and no span of years, stands there: 数字山东2021行动方案."""
    return bool(re.search(rf"(?<![\d—–~至-]){year}(?!\d|年?[—–~至-]+\d)", head))


def documents_meant(inquiry: Inquiry, hits: Sequence[Hit] = ()) -> list[DocumentInfo]:
    """The documents, in the order of the index; of a question with a subject that names neither title nor
    region, those of the hits in their order."""
    index, query = inquiry.index, inquiry.query
    numbered = documents_numbered(inquiry)
    if numbered:
        return numbered
    regions = set(query.regions)
    infos = [info for info in index.infos if not regions or info.region in regions]
    named = [info for info in infos if any(_is_named(info, title) for title in query.titles)]
    if named:
        return _version_meant(inquiry, named)
    if not regions and query.terms and len(infos) > 1:
        return [index.info(file) for file in dict.fromkeys(hit.file for hit in hits)]
    return infos


def titles_not_held(inquiry: Inquiry, hits: Sequence[Hit] = ()) -> tuple[str, ...]:
    """The titles typed in brackets, where the library holds no document of any and none of these clauses
    speaks of one; a title that spells its characters in their order may be the one meant."""
    titles = inquiry.query.titles if "《" in inquiry.query.question else ()
    names = [folded_name(title).strip("《》") for title in titles]
    held = [folded_name(info.title) for info in inquiry.index.infos] if titles else []
    if any(_spells(title, name) for title in held for name in names):
        return ()
    return () if any(name in folded_name(hit.clause.text) for name in names for hit in hits) else titles


def _spells(title: str, name: str) -> bool:
    """True where the title has the name's characters in their order."""
    left = iter(title)
    return all(sign in left for sign in name)


def told_not_held(titles: Sequence[str]) -> Statement:
    """That the library holds no document of these titles."""
    named = "、".join(f"《{title.strip('《》')}》" for title in titles)
    return Statement(f"文件库中没有标题含{named}的文件。")


def _version_meant(inquiry: Inquiry, named: list[DocumentInfo]) -> list[DocumentInfo]:
    """Of versions of one law that of a year asked for, else those that no later one has replaced."""
    dated = [
        info
        for info in named
        if tells_any(f"{(info.value('date') or '')[:4]} {info.title}", inquiry.query.years)
    ]
    if dated:
        return dated
    standing = {info.file: inquiry.index.standing(info.file) for info in named}
    return [info for info in named if not (one := standing[info.file]) or one.state != "revised"] or named


def documents_numbered(inquiry: Inquiry) -> list[DocumentInfo]:
    """Those whose own number the question holds: 穗府办规〔2021〕7号."""
    text = folded_name(inquiry.query.text)
    if "号" not in text:
        return []
    numbers = {info.file: folded_name(info.value("number") or "") for info in inquiry.index.infos}
    return [info for info in inquiry.index.infos if numbers[info.file] and numbers[info.file] in text]


def _is_named(info: DocumentInfo, title: str) -> bool:
    """True where the document's title or number holds the words typed, or each of their terms."""
    words = without_blanks(title).strip("《》")
    known = f"{without_blanks(info.title)} {without_blanks(info.value('number') or '')}"
    terms = terms_of(words)
    return words in known or (bool(terms) and all(term in known for term in terms))
