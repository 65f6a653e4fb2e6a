"""That a question names a body by an old name, said where the answer rests on the body now in its place."""

from __future__ import annotations

from index.language.agency_names import normalise_agency
from index.language.renamed_bodies import renamed_in
from index.records import Agency
from index.search.index import Index
from qa.citations import Citations
from qa.records import Query, Statement


def told_renamed(query: Query, index: Index, citations: Citations) -> list[Statement]:
    """A statement for each old name asked for whose new body the cited clauses charge under another name."""
    renamed = renamed_in(query.text)
    if not renamed:
        return []
    keys = dict.fromkeys(citation.clause_key for citation in citations.all())
    facts = [f for entry in index.entries(keys) for f in entry.facts if isinstance(f, Agency)]
    return [
        Statement(f"（{one}）")
        for one in renamed
        if any(f.name == normalise_agency(one.old) and one.old not in f.text for f in facts)
    ]
