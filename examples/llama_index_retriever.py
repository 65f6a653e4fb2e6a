"""Tiaowen as a LlamaIndex retriever: clauses as nodes, word for word, with the place where each stands.

    pip install llama-index-core
    python examples/llama_index_retriever.py 海绵城市

A retriever always finds something; whether the documents answer a question is what ``qa.ask`` decides.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from hit_metadata import metadata_of
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.search.live import LiveIndex
from index.settings import DEFAULT_INDEX
from qa import Hit, search
from qa.api.ask import live_index


class TiaowenRetriever(BaseRetriever):
    """The clauses that match, best first; async callers get them from a thread.

    ``live`` follows the index as it changes.  Raises what ``qa.search`` raises.
    """

    def __init__(
        self,
        live: LiveIndex,
        *,
        top_k: int = 5,
        regions: Sequence[str] | None = None,
        documents: Sequence[str] | None = None,
    ) -> None:
        super().__init__()
        self._live = live
        self._top_k = top_k
        self._regions = regions
        self._documents = documents

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = search(
            query_bundle.query_str,
            top_k=self._top_k,
            regions=self._regions,
            documents=self._documents,
            index=self._live.current(),
        )
        return [_node(hit) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node(hit: Hit) -> NodeWithScore:
    clause, metadata = hit.clause, metadata_of(hit)
    node = TextNode(
        id_=f"{hit.file}:{clause.start}-{clause.end}",
        text=clause.text,
        start_char_idx=clause.start,
        end_char_idx=clause.end,
        metadata={**metadata},
        excluded_embed_metadata_keys=[*metadata],
        excluded_llm_metadata_keys=["start", "end", "score"],
    )
    return NodeWithScore(node=node, score=hit.score)


def main() -> None:
    """Print the clauses for the question of the command line."""
    retriever = TiaowenRetriever(live_index(DEFAULT_INDEX), top_k=3)
    for found in retriever.retrieve(sys.argv[1]):
        print(f"{found.node_id}  {found.score:.2f}\n{found.metadata['place']}\n{found.text}\n")


if __name__ == "__main__":
    main()
