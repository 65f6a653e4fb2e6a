"""A language model that is scripted, served by a process of its own as any OpenAI-compatible one is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from llm.settings import Settings

KEY = "sk-quite-secret-0123456789"


@pytest.fixture(scope="session")
def model_address() -> Iterator[str]:
    command = [sys.executable, str(Path(__file__).with_name("scripted_server.py"))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
    process.terminate()
    process.wait(10)


@pytest.fixture
def model(model_address: str) -> Callable[..., Settings]:
    """Settings that ask for a model by its name, which says what it does."""

    def named(name: str, words: str | None = None, **others: object) -> Settings:
        full = name if words is None else f"{name}-{words.encode().hex()}"
        return Settings(model_address, full, KEY, **{"timeout": 5.0, **others})

    return named
