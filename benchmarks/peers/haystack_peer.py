"""Haystack with its FAISS document store, as its documentation has it: an indexing and a query pipeline.

Needs TIAOWEN_PEERS_MODEL, the folder that make_model.py made.  No language model: the retriever alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from child import BACKEND, MODEL_ARGUMENTS, TOP_K, Search, System, main, with_history
from haystack import Pipeline
from haystack.components.converters import TextFileToDocument
from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter, RecursiveDocumentSplitter
from haystack.components.writers import DocumentWriter
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from haystack_integrations.components.retrievers.faiss import FAISSEmbeddingRetriever
from haystack_integrations.document_stores.faiss import FAISSDocumentStore
from records import Passage

DIMENSION = 384
FORM: dict[str, Any] = {"backend": BACKEND, "model_kwargs": MODEL_ARGUMENTS}
SENTENCE_ENDS = ["\n\n", "\n", "。", "；", "，"]
"""The separators of RecursiveDocumentSplitter, for Chinese."""
LENGTH, OVERLAP = 300, 50
"""Characters of a piece.  policy R@5 with the file's name embedded .817; 400 without overlap .769, five
sentences .788."""


def build(splitter: Any, documents: Path, store: Path, *, name_embedded: bool = False) -> int:
    """Runs the indexing pipeline and saves the store."""
    written = FAISSDocumentStore(embedding_dim=DIMENSION)
    parts = {
        "converter": TextFileToDocument(),
        "cleaner": DocumentCleaner(),
        "splitter": splitter,
        "embedder": SentenceTransformersDocumentEmbedder(
            model=os.environ["TIAOWEN_PEERS_MODEL"],
            prefix="passage: ",
            **FORM,
            progress_bar=False,
            meta_fields_to_embed=["file_path"] if name_embedded else None,
        ),
        "writer": DocumentWriter(written),
    }
    pipeline = Pipeline()
    for name, part in parts.items():
        pipeline.add_component(name, part)
    for one, following in pairwise(parts):
        pipeline.connect(one, following)
    pipeline.run({"converter": {"sources": sorted(documents.iterdir())}})
    store.mkdir(parents=True, exist_ok=True)
    written.save(store / "index")
    return int(written.count_documents())


def open_store(store: Path) -> Search:
    """Opens the saved store under a query pipeline."""
    pipeline = Pipeline()
    embedder = SentenceTransformersTextEmbedder(
        model=os.environ["TIAOWEN_PEERS_MODEL"], prefix="query: ", progress_bar=False, **FORM
    )
    saved = FAISSDocumentStore(index_path=str(store / "index"), embedding_dim=DIMENSION)
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("retriever", FAISSEmbeddingRetriever(document_store=saved, top_k=TOP_K))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def search(question: str, history: Sequence[str]) -> list[Passage]:
        found = pipeline.run({"embedder": {"text": with_history(question, history)}})
        return [Passage(one.meta["file_path"], one.content) for one in found["retriever"]["documents"]]

    return search


def chinese() -> RecursiveDocumentSplitter:
    """The splitter that can be told how Chinese sentences end, without a model."""
    return RecursiveDocumentSplitter(
        split_length=LENGTH, split_overlap=OVERLAP, split_unit="char", separators=SENTENCE_ENDS
    )


SETUPS = {
    "plain": System(lambda *where: build(DocumentSplitter(), *where), open_store),
    "chinese": System(lambda *where: build(chinese(), *where), open_store),
    "chinese-named": System(lambda *where: build(chinese(), *where, name_embedded=True), open_store),
}

if __name__ == "__main__":
    main(SETUPS)
