"""txtai: an embeddings database on its default FAISS backend, hybrid (vectors and BM25), saved to a folder.

Needs TIAOWEN_PEERS_MODEL, the folder that make_model.py made.  No language model: search alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from child import BACKEND, ONNX_FILE, TOP_K, Search, System, main, with_history
from records import Passage
from txtai import Embeddings
from txtai.pipeline import Segmentation

SENTENCE_ENDS = ["。", "！", "？", "；", "\n"]
LENGTH, OVERLAP = 300, 50
"""Characters of a piece."""
MOST_TOKENS = 512
PREFIXES = {"query": "query: ", "data": "passage: "}
"""Of e5; sentence-transformers reads them from the model's folder."""


def build(segmentation: Segmentation, documents: Path, store: Path) -> int:
    """Cuts, embeds and saves."""
    pieces = [
        (f"{path.name}#{number}", piece)
        for path in sorted(documents.iterdir())
        for number, piece in enumerate(segmentation(path.read_text("utf-8-sig")))
    ]
    model = os.environ["TIAOWEN_PEERS_MODEL"]
    if BACKEND == "onnx":
        tokens = {"tokenizer": f"{model}/tokenizer.json", "maxlength": MOST_TOKENS}
        form = {"path": f"{model}/{ONNX_FILE}", "instructions": PREFIXES, **tokens}
    else:
        form = {"path": model, "method": "sentence-transformers"}
    embeddings = Embeddings(content=True, hybrid=True, **form)
    embeddings.index(pieces)
    embeddings.save(str(store))
    return int(embeddings.count())


def open_store(store: Path) -> Search:
    """Opens the saved database."""
    embeddings = Embeddings()
    embeddings.load(str(store))

    def search(question: str, history: Sequence[str]) -> list[Passage]:
        found = embeddings.search(with_history(question, history), TOP_K)
        return [Passage(one["id"].partition("#")[0], one["text"]) for one in found]

    return search


def chinese() -> Segmentation:
    """Whole Chinese sentences up to the length, by the chunker that txtai takes from chonkie."""
    return Segmentation(chunker="sentence", chunk_size=LENGTH, chunk_overlap=OVERLAP, delim=SENTENCE_ENDS)


SETUPS = {
    "plain": System(lambda *where: build(Segmentation(lines=True), *where), open_store),
    "chinese": System(lambda *where: build(chinese(), *where), open_store),
}

if __name__ == "__main__":
    main(SETUPS)
