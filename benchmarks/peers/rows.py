"""What is compared: the systems with their set-ups, and the sets of documents and questions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

ROOT = Path(__file__).resolve().parents[2]

Kind = Literal["notices", "policy", "plans"]
Where = Literal["ours", "peers", "onnx"]
"""Whose interpreter runs a row: the project's, the peers', or that of the peers with their ONNX back ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a system's file with one set-up of it.

    ``named`` is the set-up over policy documents and plans, whose file names are their titles; the notices'
    names are hashes, which a user would not have embedded.  ``backend`` is what runs a peer's model.
    """

    key: str
    title: str
    script: str
    setup: str
    named: str | None = None
    where: Where = "peers"
    backend: Literal["torch", "onnx"] = "torch"

    @property
    def is_peer(self) -> bool:
        """True of the systems that 条问 is held against."""
        return self.where != "ours"

    def setup_for(self, kind: Kind) -> str:
        """The set-up over a set."""
        return self.named if self.named and kind != "notices" else self.setup


@dataclass(frozen=True, slots=True)
class Set:
    """A folder of documents with its questions; ``kind`` is what the scorer calls it.

    ``lines`` are what the plans' questions were made from, which their scorer wants.
    """

    kind: Kind
    documents: Path
    questions: Path
    lines: Path | None = None


BOTH: Final = ("onnx", "onnx")
"""An environment of its own: optimum-onnx, which their ONNX back end needs, wants older transformers."""
OURS = Row("tiaowen-search", "条问, passages (`qa.search`)", "tiaowen.py", "search", where="ours")
ROWS = (
    OURS,
    Row("tiaowen-ask", "条问, whole answer (`qa.ask`)", "tiaowen.py", "ask", where="ours"),
    Row("llamaindex", "LlamaIndex, 256 tokens", "llamaindex.py", "chinese", named="chinese-named"),
    Row("haystack", "Haystack, recursive 300", "haystack_peer.py", "chinese", named="chinese-named"),
    Row("txtai", "txtai hybrid, sentences to 300", "txtai_peer.py", "chinese"),
    Row(
        "llamaindex-onnx",
        "LlamaIndex, ONNX int8",
        "llamaindex.py",
        "chinese",
        "chinese-named",
        "onnx",
        "onnx",
    ),
    Row(
        "haystack-onnx", "Haystack, ONNX int8", "haystack_peer.py", "chinese", "chinese-named", "onnx", "onnx"
    ),
    Row("txtai-onnx", "txtai hybrid, ONNX int8", "txtai_peer.py", "chinese", backend="onnx"),
    Row("llamaindex-plain", "LlamaIndex, defaults", "llamaindex.py", "plain"),
    Row("haystack-plain", "Haystack, defaults", "haystack_peer.py", "plain"),
    Row("txtai-plain", "txtai hybrid, lines", "txtai_peer.py", "plain"),
)
"""In the order in which they run: ours, every peer's better set-up, then the defaults."""

WHOLE_DOCUMENTS = {("haystack-plain", "policy")}
"""Rows whose pieces are whole documents: of five documents any five hits hold everything."""


def sets(shared: Path) -> tuple[Set, Set]:
    """The notices of the development data, and the five policy documents that ship."""
    notices = shared / "eval/gov_notices"
    return (
        Set("notices", notices / "documents", notices / "questions_dev.jsonl"),
        Set("policy", ROOT / "documents", shared / "eval/policy_dev.jsonl"),
    )
