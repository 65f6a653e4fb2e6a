"""Which documents a question about documents means: those named, of the regions named, else all.

Left out: what they say (`document`, `by_label`, `overview`).
"""

from __future__ import annotations

from collections.abc import Sequence

from index.entries import DocumentInfo
from index.language.folding import without_blanks
from qa.evidence.findings import Inquiry
from qa.question.terms import terms_of
from qa.records import Hit


def documents_meant(inquiry: Inquiry, hits: Sequence[Hit] = ()) -> list[DocumentInfo]:
    """The documents, in the order of the index; of a question with a subject that names neither title nor
    region, those of the hits in their order."""
    index, query = inquiry.index, inquiry.query
    regions = set(query.regions)
    infos = [info for info in index.infos if not regions or info.region in regions]
    named = [info for info in infos if any(_is_named(info, title) for title in query.titles)]
    if named:
        return named
    if not regions and query.terms and len(infos) > 1:
        return [index.info(file) for file in dict.fromkeys(hit.file for hit in hits)]
    return infos


def _is_named(info: DocumentInfo, title: str) -> bool:
    """True where the document's title or number holds the words typed, or each of their terms."""
    words = without_blanks(title).strip("《》")
    known = f"{without_blanks(info.title)} {without_blanks(info.value('number') or '')}"
    terms = terms_of(words)
    return words in known or (bool(terms) and all(term in known for term in terms))
