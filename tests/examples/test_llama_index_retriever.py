"""The LlamaIndex retriever: clauses as nodes, sync and async, narrowed.

llama-index-core is not among what the tests install: it brings a hundred megabytes that nothing here needs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import QuestionError, SourceError
from index.search.index import Index
from index.search.live import LiveIndex
from qa.api.ask import search

pytest.importorskip("llama_index.core", reason="LlamaIndex is not installed: pip install llama-index-core")

QUESTION = "海绵城市"
DOCUMENTS = Path(__file__).parents[2] / "documents"


@pytest.fixture
def live(policy_store: Path) -> LiveIndex:
    return LiveIndex(policy_store)


def test_nodes_are_the_clauses_found(live: LiveIndex, policy_index: Index) -> None:
    from llama_index_retriever import TiaowenRetriever

    found = TiaowenRetriever(live, top_k=4).retrieve(QUESTION)
    hits = search(QUESTION, top_k=4, index=policy_index)
    assert [node.text for node in found] == [hit.clause.text for hit in hits]
    assert [node.score for node in found] == [hit.score for hit in hits]
    for scored, hit in zip(found, hits, strict=True):
        node, metadata = scored.node, scored.metadata
        assert node.text in (DOCUMENTS / metadata["file"]).read_text(encoding="utf-8")
        assert (metadata["start"], metadata["end"]) == (node.start_char_idx, node.end_char_idx)
        text = policy_index.document(metadata["file"]).text
        assert text[metadata["start"] : metadata["end"]] == node.text
        assert (metadata["title"], metadata["region"]) == (hit.title, hit.region)
        assert metadata["place"] == " > ".join(hit.clause.place)


def test_narrowed_and_async(live: LiveIndex) -> None:
    from llama_index_retriever import TiaowenRetriever

    retriever = TiaowenRetriever(live, top_k=3, regions=["运城"])
    found = retriever.retrieve(QUESTION)
    assert {node.metadata["region"] for node in found} == {"运城市"}
    with ThreadPoolExecutor(1) as pool:  # a loop of its own, where a browser's may run already
        assert pool.submit(asyncio.run, retriever.aretrieve(QUESTION)).result() == found
    (file,) = {node.metadata["file"] for node in found}
    assert TiaowenRetriever(live, top_k=3, documents=[file]).retrieve(QUESTION) == found


def test_mistakes_are_raised(live: LiveIndex) -> None:
    from llama_index_retriever import TiaowenRetriever

    with pytest.raises(QuestionError):
        TiaowenRetriever(live).retrieve("")
    with pytest.raises(SourceError, match="天津"):
        TiaowenRetriever(live, regions=["天津"]).retrieve(QUESTION)


def test_from_the_command_line(printed: Callable[[str, str], str]) -> None:
    out = printed("llama_index_retriever.py", QUESTION)
    assert out.count(".txt:") == 3
    assert "海绵城市" in out
