"""Each package hands out some of its modules; what is not listed in its ``__all__`` is its own affair.

The order of the packages is checked by ``lint-imports`` (.importlinter).
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = ("index", "qa", "web", "pages")
FLAT_MOST = 8
"""Modules that may lie directly in a program's folder."""


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph(*PROGRAMS, cache_dir=None)


def test_only_what_a_package_hands_out_is_used_by_others(imports):
    wrong = [
        f"{importer} imports {imported}: list {name!r} in {package}/__init__.py, or move what is needed"
        for importer in sorted(imports.modules)
        for imported in sorted(imports.find_modules_directly_imported_by(importer))
        for package, _, name in [imported.rpartition(".")]
        if "." in package and not f"{importer}.".startswith(f"{package}.")
        if name not in import_module(package).__all__ and imported not in packages(imports)
    ]
    assert not wrong, "\n".join(wrong)


def test_what_is_handed_out_is_there_and_the_docstring_says_more_than_the_name(imports):
    for package in sorted(packages(imports)):
        module = import_module(package)
        assert len((module.__doc__ or "").splitlines()) > 3, f"{package} says too little of itself"
        for name in getattr(module, "__all__", ()):
            assert f"{package}.{name}" in imports.modules or hasattr(module, name), f"{package} has no {name}"


@pytest.mark.parametrize("program", PROGRAMS)
def test_few_modules_lie_flat(program):
    assert len(list((ROOT / program).glob("*.py"))) <= FLAT_MOST


def packages(graph: grimp.ImportGraph) -> set[str]:
    """The packages with modules: index.language, qa.answer, index.reading.docx."""
    return {module for module in graph.modules if "." in module and graph.find_children(module)}
