"""Tiaowen as a LangChain retriever: clauses as documents, word for word, with the place where each stands.

    pip install langchain-core
    python examples/langchain_retriever.py 海绵城市

A retriever always finds something; whether the documents answer a question is what ``qa.ask`` decides.
"""

from __future__ import annotations

import sys

from hit_metadata import metadata_of
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.search.live import LiveIndex
from index.settings import DEFAULT_INDEX
from qa import Hit, search
from qa.api.ask import live_index


class TiaowenRetriever(BaseRetriever):
    """The clauses that match, best first; async callers get them from a thread, as the base class does it.

    ``live`` follows the index as it changes.  Raises what ``qa.search`` raises.
    """

    live: LiveIndex
    top_k: int = 5
    regions: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = search(
            query,
            top_k=self.top_k,
            regions=self.regions,
            documents=self.documents,
            index=self.live.current(),
        )
        return [_document(hit) for hit in hits]


def _document(hit: Hit) -> Document:
    place = f"{hit.file}:{hit.clause.start}-{hit.clause.end}"
    return Document(id=place, page_content=hit.clause.text, metadata={**metadata_of(hit)})


def main() -> None:
    """Print the clauses for the question of the command line."""
    retriever = TiaowenRetriever(live=live_index(DEFAULT_INDEX), top_k=3)
    for found in retriever.invoke(sys.argv[1]):
        print(f"{found.id}  {found.metadata['score']:.2f}\n{found.metadata['place']}\n{found.page_content}\n")


if __name__ == "__main__":
    main()
