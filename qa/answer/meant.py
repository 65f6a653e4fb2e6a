"""Which documents a question about documents means: those named, of the regions named, else all.

Left out: what they say (`document`, `by_label`, `overview`).
"""

from __future__ import annotations

from collections.abc import Sequence

from index.entries import DocumentInfo
from index.language.folding import without_blanks
from index.search.links import folded_name
from qa.evidence.findings import Inquiry
from qa.question.terms import terms_of
from qa.records import Hit


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
        return named
    if not regions and query.terms and len(infos) > 1:
        return [index.info(file) for file in dict.fromkeys(hit.file for hit in hits)]
    return infos


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
