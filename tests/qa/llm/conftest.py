"""A language model that is scripted, served by a process of its own as any OpenAI-compatible one is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.secret_key import KEY

ROOT = Path(__file__).parents[3]
sys.path.append(str(ROOT / "benchmarks" / "llm"))

from qa.llm.settings import Settings  # noqa: E402

SERVER = ROOT / "benchmarks" / "llm" / "scripted_server.py"


@pytest.fixture(scope="session")
def model_address() -> Iterator[str]:
    process = subprocess.Popen([sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
    process.terminate()
    process.wait(10)


@pytest.fixture
def model(model_address: str) -> Callable[..., Settings]:
    """Settings that ask for a model by its name, which says what it does."""

    def named(name: str, words: str | None = None, **others: object) -> Settings:
        full = name if words is None else f"{name}-{words.encode().hex()}"
        return Settings(model_address, full, KEY, **{"timeout": 60.0, **others})

    return named
