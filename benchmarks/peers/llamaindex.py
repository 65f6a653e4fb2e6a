"""LlamaIndex with its FAISS vector store, as its FAISS example has it: IndexFlatL2, persisted to a folder.

Needs TIAOWEN_PEERS_MODEL, the folder that make_model.py made.  No language model: the retriever alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import faiss
from child import BACKEND, MODEL_ARGUMENTS, TOP_K, Search, System, main, with_history
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.node_parser import SentenceSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.faiss import FaissVectorStore
from records import Passage

DIMENSION = 384
SIZE, OVERLAP = 256, 50
"""Tokens of a piece.  policy R@5 / MRR@10 .817 / .641; with 512 .798 / .624; with 1,024, the default,
.817 / .584."""


def embedder() -> HuggingFaceEmbedding:
    """The model, with e5's prefixes as the instructions that the integration takes."""
    return HuggingFaceEmbedding(
        model_name=os.environ["TIAOWEN_PEERS_MODEL"],
        query_instruction="query: ",
        text_instruction="passage: ",
        backend=BACKEND,
        model_kwargs=MODEL_ARGUMENTS,
    )


def build(splitter: SentenceSplitter, documents: Path, store: Path, *, path_embedded: bool = True) -> int:
    """Reads, splits, embeds and persists; by default the file's path is embedded with each piece."""
    read = SimpleDirectoryReader(str(documents)).load_data()
    if not path_embedded:
        for document in read:
            document.excluded_embed_metadata_keys.append("file_path")
    context = StorageContext.from_defaults(
        vector_store=FaissVectorStore(faiss_index=faiss.IndexFlatL2(DIMENSION))
    )
    index = VectorStoreIndex.from_documents(
        read, storage_context=context, embed_model=embedder(), transformations=[splitter]
    )
    index.storage_context.persist(str(store))
    return len(index.docstore.docs)


def open_store(store: Path) -> Search:
    """Opens what ``build`` persisted."""
    context = StorageContext.from_defaults(
        vector_store=FaissVectorStore.from_persist_dir(str(store)), persist_dir=str(store)
    )
    index = load_index_from_storage(context, embed_model=embedder())
    retriever = index.as_retriever(similarity_top_k=TOP_K)

    def search(question: str, history: Sequence[str]) -> list[Passage]:
        found = retriever.retrieve(with_history(question, history))
        return [Passage(hit.node.metadata["file_name"], hit.node.get_content()) for hit in found]

    return search


def small() -> SentenceSplitter:
    """Pieces that fit the model's 512 tokens; its own second regex knows 。？！."""
    return SentenceSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP)


SETUPS = {
    "plain": System(lambda *where: build(SentenceSplitter(), *where), open_store),
    "chinese": System(lambda *where: build(small(), *where, path_embedded=False), open_store),
    "chinese-named": System(lambda *where: build(small(), *where), open_store),
}

if __name__ == "__main__":
    main(SETUPS)
