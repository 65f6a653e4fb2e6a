"""The LangChain retriever: clauses as documents, sync and async, narrowed, and as a step of a chain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableLambda

from index.errors import QuestionError, SourceError
from index.search.index import Index
from index.search.live import LiveIndex
from qa.api.ask import search

QUESTION = "海绵城市"
DOCUMENTS = Path(__file__).parents[2] / "documents"


@pytest.fixture
def live(policy_store: Path) -> LiveIndex:
    return LiveIndex(policy_store)


def test_documents_are_the_clauses_found(live: LiveIndex, policy_index: Index) -> None:
    from langchain_retriever import TiaowenRetriever

    found = TiaowenRetriever(live=live, top_k=4).invoke(QUESTION)
    hits = search(QUESTION, top_k=4, index=policy_index)
    assert [document.page_content for document in found] == [hit.clause.text for hit in hits]
    for document, hit in zip(found, hits, strict=True):
        metadata = document.metadata
        assert document.page_content in (DOCUMENTS / metadata["file"]).read_text(encoding="utf-8")
        text = policy_index.document(metadata["file"]).text
        assert text[metadata["start"] : metadata["end"]] == document.page_content
        assert (metadata["title"], metadata["region"]) == (hit.title, hit.region)
        assert metadata["place"] == " > ".join(hit.clause.place)
        assert metadata["score"] == hit.score
    assert len({document.id for document in found}) == 4


def test_narrowed_and_async_and_in_a_chain(live: LiveIndex) -> None:
    from langchain_retriever import TiaowenRetriever

    retriever = TiaowenRetriever(live=live, top_k=3, regions=("运城",))
    found = retriever.invoke(QUESTION)
    assert {document.metadata["region"] for document in found} == {"运城市"}
    with ThreadPoolExecutor(1) as pool:  # a loop of its own, where a browser's may run already
        assert pool.submit(asyncio.run, retriever.ainvoke(QUESTION)).result() == found
    chain = retriever | RunnableLambda(lambda documents: [one.page_content for one in documents])
    assert chain.invoke(QUESTION) == [document.page_content for document in found]
    (file,) = {document.metadata["file"] for document in found}
    assert TiaowenRetriever(live=live, top_k=3, documents=(file,)).invoke(QUESTION) == found


def test_mistakes_are_raised(live: LiveIndex) -> None:
    from langchain_retriever import TiaowenRetriever

    with pytest.raises(QuestionError):
        TiaowenRetriever(live=live).invoke("")
    with pytest.raises(SourceError, match="天津"):
        TiaowenRetriever(live=live, regions=("天津",)).invoke(QUESTION)


def test_from_the_command_line(printed: Callable[[str, str], str]) -> None:
    out = printed("langchain_retriever.py", QUESTION)
    assert out.count(".txt:") == 3
    assert "海绵城市" in out
