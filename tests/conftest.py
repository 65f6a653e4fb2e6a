"""What tests of several packages share: one index of the five documents, and one browser for all pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build
from index.opened import Index, open_index

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def policy_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the five documents with the shipped encoder; not to be changed."""
    store = tmp_path_factory.mktemp("policy") / "store"
    build(ROOT / "documents", store)
    return store


@pytest.fixture(scope="session")
def policy_index(policy_store: Path) -> Iterator[Index]:
    """That index, opened."""
    with open_index(policy_store) as index:
        yield index


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory):
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}; install it: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("browser"),
            executable_path=CHROMIUM,
            headless=True,
            args=FLAGS,
            viewport={"width": 1280, "height": 820},
            locale="zh-CN",
        )
        context.set_default_timeout(15_000)
        yield context
        context.close()
