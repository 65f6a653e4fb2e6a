"""Ray fills the cache with the very vectors that a build on one machine makes."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from index.__main__ import main
from index.build import encode_on_ray as ray_encoding
from index.build.build import build
from index.build.encode_on_ray import Workers, encode
from index.check.verify import verify
from index.encoders.encoder import Encoder
from index.encoders.vector_cache import CACHE
from index.errors import ModelError, ServerError
from tests.support.paragraphs import DOCUMENTS

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'tiaowen[ray]'")

TWO = Workers(count=2)


def cached(store: Path) -> dict[bytes, tuple[bytes, bytes]]:
    with sqlite3.connect(store / CACHE) as base:
        rows = base.execute("SELECT text, vector, tokens FROM passages")
        return {text: (vector, tokens) for text, vector, tokens in rows}


def test_a_build_finds_everything_and_the_same_vectors(
    tmp_path: Path, policy_store: Path, encoder: Encoder, capsys: pytest.CaptureFixture[str]
):
    store = tmp_path / "store"
    assert main(["encode", str(DOCUMENTS), "--index", str(store), "--workers", "2"]) == 0
    assert "434 windows encoded, 0 from the cache" in capsys.readouterr().out
    assert cached(store) == cached(policy_store)
    report = build(DOCUMENTS, store, encoder=encoder)
    assert (report.encoded, report.cached) == (0, 434)
    assert verify(store).all_problems == ()


def test_it_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    monkeypatch.setattr(ray_encoding, "SLICE", 150)
    monkeypatch.setattr(ray_encoding, "BATCH", 16)
    shares: list[float] = []

    def killed(share: float, words: str) -> None:
        shares.append(share)
        if len(shares) == 2:
            raise KeyboardInterrupt

    store = tmp_path / "store"
    ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    request.addfinalizer(ray.shutdown)  # one session for both, since each takes seconds to begin
    with pytest.raises(KeyboardInterrupt):
        encode(DOCUMENTS, store, TWO, progress=killed)
    kept = len(cached(store))
    assert 16 <= kept < 434
    monkeypatch.setattr(ray_encoding, "SLICE", 100_000)
    report = encode(DOCUMENTS, store, TWO)
    assert (report.windows, report.cached) == (434, kept)
    assert shares == sorted(shares)


def test_a_machine_with_another_model_is_refused(encoder: Encoder):
    with pytest.raises(ModelError, match="same model"):
        ray_encoding._Worker(None, "0" * 64)


def test_no_cluster_there(tmp_path: Path):
    with pytest.raises(ServerError, match="ray start"):
        encode(DOCUMENTS, tmp_path / "store", Workers(address="127.0.0.1:1"))


def test_without_ray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ServerError, match=r"tiaowen\[ray\]"):
        encode(DOCUMENTS, tmp_path / "store", TWO)
