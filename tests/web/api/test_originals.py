"""The file that a document was read from: as it was supplied, or none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from index.search.live import LiveIndex
from web.api.originals import original_routes

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "documents", tmp_path / "documents"))


@pytest.fixture
def client(live: LiveIndex, folder: Path) -> TestClient:
    site = FastAPI()
    site.include_router(original_routes(live, (folder.parent / "elsewhere", folder)))
    return TestClient(site)


def test_it_is_handed_out_whole_and_never_shown(client: TestClient, live: LiveIndex, folder: Path) -> None:
    for info in live.current().infos:
        sent = client.get("/original", params={"document": info.file})
        assert sent.content == (folder / info.file).read_bytes()
        assert sent.headers["content-type"] == "application/octet-stream"
        assert sent.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert client.head("/original", params={"document": info.file}).content == b""


def test_nothing_else_is(client: TestClient, live: LiveIndex, folder: Path) -> None:
    changed, gone, linked = (info.file for info in live.current().infos[:3])
    (folder / changed).write_text("another text", encoding="utf-8")
    (folder / gone).unlink()
    outside = folder.parent / "outside.txt"
    (folder / linked).rename(outside)
    (folder / linked).symlink_to(outside)
    for file in (changed, gone, linked, "", "../pyproject.toml", "/etc/passwd", ".uploads.json"):
        assert client.get("/original", params={"document": file}).status_code == 404
