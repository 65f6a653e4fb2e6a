"""What a clause found tells beside its text, as both retrievers of this folder hand it on."""

from __future__ import annotations

from typing import TypedDict

from qa import Hit


class Metadata(TypedDict):
    """Where the text stands, at start:end of the file's clean text, and its score, higher is better."""

    file: str
    title: str
    region: str | None
    place: str
    start: int
    end: int
    score: float


def metadata_of(hit: Hit) -> Metadata:
    """The metadata of a hit; ``place`` holds the headings down to the clause."""
    return {
        "file": hit.file,
        "title": hit.title,
        "region": hit.region,
        "place": " > ".join(hit.clause.place),
        "start": hit.clause.start,
        "end": hit.clause.end,
        "score": hit.score,
    }
