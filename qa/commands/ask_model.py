"""``python -m qa ask --llm``: the answer that a language model writes, printed when it is whole."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.commands.telling import as_json
from qa.commands.terminal import shown_answer
from qa.commands.why import shown_why
from qa.llm.serial import written_object
from qa.llm.settings import read_settings
from qa.llm.write import write_whole

if TYPE_CHECKING:
    from index.search.live import LiveIndex
    from qa.search.rerank import Reranker


def ask_model(
    options: argparse.Namespace,
    question: str,
    narrowed: dict[str, Any],
    opened: Callable[[Path], LiveIndex],
    reranker: Reranker | None,
) -> int:
    """Ask and print; ``opened`` opens the index that the options name.  Raises what `write` raises."""
    settings = read_settings(options.llm)
    written = write_whole(
        question, settings, **narrowed, index=opened(options.index).current(), reranker=reranker
    )
    if options.json:
        print(as_json(written_object(written, why=options.why), sys.stdout, indent=2))
    else:
        print(shown_answer(written.answer))
        if options.why:
            print(f"\n{shown_why(written.answer)}")
    return 0
