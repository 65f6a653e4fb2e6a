"""What programs import by name is there, whatever of the project was imported before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import index
import qa

ROOT = Path(__file__).parents[2]
FUNCTIONS = "from qa import ask, ledger, open_index, search"


@pytest.mark.parametrize(
    "before",
    ["", "import qa.search.find, qa.ledger.tasks", "import qa; qa.search; import qa.ledger", "import app"],
)
def test_functions_are_not_hidden_by_folders_of_their_names(before: str) -> None:
    program = f"{before}\n{FUNCTIONS}\nprint([one.__module__ for one in (ask, ledger, open_index, search)])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['qa.api.ask', 'qa.api.ask', 'index.search.index', 'qa.api.ask']"


@pytest.mark.parametrize("package", [index, qa])
def test_every_public_name_is_there(package: object) -> None:
    assert all(getattr(package, name) is not None for name in package.__all__)


def test_what_changes_an_index_is_imported_from_one_place() -> None:
    from index.build import TAKE_BACK, add, build, edit, preview, remove, update, watch

    functions = (add, build, edit, preview, remove, update, watch)
    assert {one.__module__.split(".")[1] for one in functions} == {"build"}
    assert TAKE_BACK is not None


def test_the_package_alone_loads_nothing_heavy() -> None:
    program = "import qa, index.build.edits, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"numpy", "pydantic", "qa.api.ask", "index.build.build"} & set(done.stdout.split())
