"""The folder of examples, importable as ``python examples/NAME.py`` makes it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session", autouse=True)
def examples() -> None:
    sys.path.append(str(EXAMPLES))


@pytest.fixture
def printed(policy_store: Path) -> Callable[[str, str], str]:
    """What an example prints for a question, run beside the index of the five documents."""

    def run(name: str, question: str) -> str:
        done = subprocess.run(
            [sys.executable, str(EXAMPLES / name), question],
            cwd=policy_store.parent,
            env={"PYTHONPATH": str(EXAMPLES.parent), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
