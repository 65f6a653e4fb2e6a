"""What tests of several packages share: one index of the five documents, and one browser for all pages.

Two workers run the tests (pyproject.toml).  What costs seconds to make is made once for both (`made_once`),
and tests that speak to one running application are kept on one worker (`ByApplication`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

# Before anything loads numpy, torch or FAISS, here and in what is started: two workers share two cores.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

import pytest  # noqa: E402
from filelock import FileLock  # noqa: E402
from hypothesis import settings  # noqa: E402
from xdist.scheduler import LoadFileScheduling  # noqa: E402
from xdist.workermanage import WorkerController  # noqa: E402

from index.build.build import build  # noqa: E402
from index.encoders.encoder import Encoder  # noqa: E402
from index.encoders.load import load_encoder  # noqa: E402
from index.search.index import Index, open_index  # noqa: E402
from tests.support import reading_sample  # noqa: E402

# The same examples in every run, however busy the machine is; others: pytest --hypothesis-profile=default
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 60_000
"""Milliseconds that a page may take to come to what is waited for; only a failure takes so long."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ON_ONE_APPLICATION = (
    "chat/test_chat.py",
    "chat/test_conversations.py",
    "chat/test_panel.py",
    "chat/test_words.py",
    "common/test_reading.py",
    "test_compare_page.py",
    "test_ledger_page.py",
    "test_safety.py",
)
"""Files of tests/pages whose tests speak to the one application that a worker starts for them."""
ON_ONE_OFFICE = ("pages/test_barriers.py", "pages/test_newcomer_tasks.py")
"""The same, of an application with users."""
LONG = (
    "test_notices.py",
    "quality/test_quality.py",
    "test_docs_commands.py",
    "app",
    "office",
    "test_documents_page.py",
    "test_compare_models.py",
    "test_sentence_transformers.py",
    "test_encode_on_ray.py",
    "test_build.py",
    "test_mcp.py",
    "test_rerank.py",
    "test_milvus.py",
    "test_answer.py",
    "test_forms.py",
    "test_evaluate.py",
    "test_premises.py",
    "test_topics.py",
)
"""What takes longest (measured in processor time), handed out first so that both workers end together."""

SLOW = (
    "deploy/",
    "docs/test_docs_commands.py",
    "examples/",
    "index/commands/test_endings.py",
    "index/encoders/test_sentence_transformers.py",
    "index/engines/test_milvus.py",
    "pages/administration/",
    "pages/chat/test_conversations.py",
    "pages/chat/test_feedback.py",
    "pages/chat/test_history.py",
    "pages/chat/test_panel.py",
    "pages/chat/test_why.py",
    "pages/compare/",
    "pages/documents/",
    "pages/ledger/",
    "pages/test_barriers.py",
    "pages/test_newcomer_tasks.py",
    "qa/api/test_offline.py",
    "qa/commands/",
    "qa/llm/test_random_model.py",
    "qa/llm/test_where_it_is_asked.py",
    "qa/quality/test_compare_models.py",
    "qa/quality/test_evaluate.py",
    "qa/search/test_rerank.py",
    "quality/",
    "web/client/",
    "web/mcp/",
    "web/test_serving.py",
    "web/test_several_processes.py",
)
"""What starts browsers, servers, programs and other models again and again, or asks whole sets of questions:
marked slow, so that the README's line stays short; .ci/run runs it after that line."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(ROOT / "tests").as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)


class ByApplication(LoadFileScheduling):
    """Hands out whole files, so that what a file makes is made once; those of one application go together."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        if file.endswith(ON_ONE_OFFICE):
            return "office"
        return "app" if file.endswith(ON_ONE_APPLICATION) else file

    def _assign_work_unit(self, node: WorkerController) -> None:
        long = (unit for name in LONG for unit in self.workqueue if unit.endswith(name))
        if first := next(long, None):
            self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByApplication:
    return ByApplication(config, log)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Gives the folder of a name, not to be changed; whichever worker asks first fills it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name: str, fill: Callable[[Path], object]) -> Path:
        folder = shared / f"once-{name}"
        draft = shared / f"once-{name}.draft"
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                shutil.rmtree(draft, ignore_errors=True)
                draft.mkdir()
                fill(draft)
                draft.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def policy_store(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """An index of the five documents with the shipped encoder; not to be changed."""
    return made_once("policy", lambda folder: build(ROOT / "documents", folder / "store")) / "store"


@pytest.fixture(scope="session")
def reading_folder(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """A folder with questions by other hands (questions.jsonl), their documents and the index (store)."""
    reading_sample.skip_without()
    return made_once("reading", reading_sample.fill)


@pytest.fixture(scope="session")
def bert(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The shipped encoder's weights as a BertModel, which other models are made of; not to be changed."""
    from tests.support.made_models import bert_parts

    return made_once("bert", bert_parts)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture
def store(policy_store: Path, tmp_path: Path) -> Path:
    """A copy of the index of the five documents, its cache with it, to be changed."""
    return Path(shutil.copytree(policy_store, tmp_path / "store"))


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A copy of the five documents, to be changed."""
    return Path(shutil.copytree(ROOT / "documents", tmp_path / "documents"))


@pytest.fixture(scope="session")
def policy_index(policy_store: Path) -> Iterator[Index]:
    """That index, opened."""
    with open_index(policy_store) as index:
        yield index


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory):
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}; install it: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("browser"),
            executable_path=CHROMIUM,
            headless=True,
            args=FLAGS,
            viewport={"width": 1280, "height": 820},
            locale="zh-CN",
        )
        context.set_default_timeout(PATIENCE)
        yield context
        context.close()
