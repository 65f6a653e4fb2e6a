"""条问 itself by its public path: ``python -m index build``, then ``qa.search`` or ``qa.ask``.

``search`` is what the peers do (passages for a question); ``ask`` is the whole answer with its citations.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from child import TOP_K, Search, System, main, with_history
from records import Passage

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def build(documents: Path, store: Path) -> int:
    """The command line's build."""
    from index.__main__ import main as index_main  # noqa: PLC0415 - each command imports what it needs
    from index.search.index import open_index  # noqa: PLC0415

    if code := index_main(["build", str(documents), "--out", str(store)]):
        raise SystemExit(code)
    with open_index(store) as index:
        return index.manifest.counts.clauses


def open_for_search(store: Path) -> Search:
    """Opens the index for ``qa.search``, which has no conversation: earlier questions stand before."""
    from index.search.index import open_index  # noqa: PLC0415
    from qa.api.ask import search as qa_search  # noqa: PLC0415

    index = open_index(store)

    def search(question: str, history: Sequence[str]) -> list[Passage]:
        hits = qa_search(with_history(question, history), top_k=TOP_K, index=index)
        return [Passage(hit.file, hit.clause.text) for hit in hits]

    return search


def open_for_ask(store: Path) -> Search:
    """Opens the index for ``qa.ask``, with the conversation; the passages are the answer's hits."""
    from index.search.index import open_index  # noqa: PLC0415
    from qa.api.ask import ask as qa_ask  # noqa: PLC0415

    index = open_index(store)

    def ask(question: str, history: Sequence[str]) -> list[Passage]:
        answer = qa_ask(question, history=history, index=index)
        return [Passage(hit.file, hit.clause.text) for hit in answer.hits]

    return ask


SETUPS = {"search": System(build, open_for_search), "ask": System(build, open_for_ask)}

if __name__ == "__main__":
    main(SETUPS)
