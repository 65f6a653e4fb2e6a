"""Questions to cited answers.

>>> from qa import ask, search
>>> search("海绵城市", top_k=3)[0].clause.text
>>> ask("宁武县海绵城市由谁负责?").text
>>> [task.task for task in ledger(regions=["成武县"], agency="县商务局")]

``search``, ``ask`` and ``ledger`` use the index at ``store`` below the current folder and build it from
``documents`` where it is not there; ``open_index`` opens another, to be passed as ``index=``.  Names are
imported at first use: ``import qa`` alone loads nothing heavy.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import index  # noqa: F401 - first of all: it switches off the telemetry of other packages

if TYPE_CHECKING:
    from index.search.index import Index, open_index
    from qa.api.ask import ask, ledger, search
    from qa.ledger.tasks import Task
    from qa.records import Answer, Citation, Hit, Query

_HOME = {
    "Answer": "qa.records",
    "Citation": "qa.records",
    "Hit": "qa.records",
    "Index": "index.search.index",
    "Query": "qa.records",
    "Task": "qa.ledger.tasks",
    "ask": "qa.api.ask",
    "ledger": "qa.api.ask",
    "open_index": "index.search.index",
    "search": "qa.api.ask",
}
"""Where each public name lives."""

__all__ = ["Answer", "Citation", "Hit", "Index", "Query", "Task", "ask", "ledger", "open_index", "search"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


class _Package(ModuleType):
    """Keeps ``qa.search`` and ``qa.ledger`` the functions once the packages of the same names are imported.

    Importing a subpackage sets it as an attribute of its parent, which would hide the function.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
