"""Names that a package hands out and imports only at their first use: ``import qa`` loads nothing heavy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


def hand_out(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package that hands out names; ``homes`` says in which module each lives.

    A module or folder of a name that is handed out (``qa.search``) does not take its place: importing
    ``qa.search.find`` would set ``qa.search`` to the folder's module.
    """

    class Package(ModuleType):
        def __setattr__(self, name: str, value: object) -> None:
            if name not in homes or not isinstance(value, ModuleType):
                super().__setattr__(name, value)

    def handed_out(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(homes[name]), name)

    sys.modules[package].__class__ = Package
    return handed_out
