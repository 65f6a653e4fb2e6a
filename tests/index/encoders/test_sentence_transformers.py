"""A real sentence-transformers model made from the shipped weights, against the shipped encoder."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.encoders.fingerprint import PROBES, agree, sketch
from index.encoders.load import load_encoder
from index.encoders.packed import OnnxEncoder
from index.encoders.prompts import Prompts, prompts_of
from index.encoders.sentence_transformers import SentenceTransformerEncoder
from index.errors import ModelError
from tests.support.made_models import save_sentence_transformer
from tests.support.paragraphs import clauses

if TYPE_CHECKING:
    from index.encoders.encoder import Vectors

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def folder(bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of the shipped weights, in a folder named as such models are."""
    return save_sentence_transformer(
        tmp_path_factory.mktemp("models") / "multilingual-e5-small-restored", bert
    )


@pytest.fixture(scope="module")
def restored(folder: Path) -> SentenceTransformerEncoder:
    loaded = load_encoder(str(folder))
    assert isinstance(loaded, SentenceTransformerEncoder)
    return loaded


@pytest.fixture(scope="module")
def theirs(restored: SentenceTransformerEncoder) -> Vectors:
    """The vectors that it gives `clauses`."""
    texts, seen = clauses(), list[int]()
    vectors = restored.encode_passages(texts, seen.append)
    assert sum(seen) == len(texts)
    return vectors


def test_both_encoders_agree(
    encoder: OnnxEncoder, passages: Vectors, restored: SentenceTransformerEncoder, theirs: Vectors
) -> None:
    cosines = (theirs * passages).sum(axis=1)
    assert cosines.min() > 0.98
    assert cosines.mean() > 0.997
    for question in ("哪个部门牵头海绵城市建设", "2025年常住人口城镇化率目标是多少", "GDP"):
        assert encoder.encode_question(question) @ restored.encode_question(question) > 0.98


def test_both_rank_alike(
    encoder: OnnxEncoder, passages: Vectors, restored: SentenceTransformerEncoder, theirs: Vectors
) -> None:
    for question in ("谁负责过境铁路改造", "充电桩怎么建", "农业转移人口如何落户"):
        ours = np.argsort(-(passages @ encoder.encode_question(question)))[:10]
        other = np.argsort(-(theirs @ restored.encode_question(question)))[:10]
        assert ours[0] in other[:3]
        assert len(set(ours) & set(other)) >= 8


def test_restored_model_describes_itself(folder: Path, restored: SentenceTransformerEncoder) -> None:
    assert restored.dimension == 384
    assert restored.encode_passages([]).shape == (0, 384)
    assert len(restored.checksum) == 64
    again = load_encoder(str(folder))
    assert again.checksum == restored.checksum
    assert again.checksum != OnnxEncoder().checksum


def test_concurrent_calls_of_sentence_transformers(restored: SentenceTransformerEncoder) -> None:
    questions = [clause[:20] for clause in clauses()[:12]]
    with ThreadPoolExecutor(6) as pool:
        found = np.array(list(pool.map(restored.encode_question, questions)))
    np.testing.assert_allclose(
        found, [restored.encode_question(question) for question in questions], atol=1e-5
    )


INSTRUCT = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"


@pytest.mark.parametrize(
    ("model", "named", "expected"),
    [
        ("intfloat/multilingual-e5-small", {"query": "", "document": ""}, Prompts("query: ", "passage: ")),
        ("models/e5-base-v2/", {}, Prompts("query: ", "passage: ")),
        (r"C:\models\e5-large", {}, Prompts("query: ", "passage: ")),
        ("/c/models--intfloat--multilingual-e5-small/snapshots/0a68", {}, Prompts("query: ", "passage: ")),
        ("BAAI/bge-small-zh-v1.5", {}, Prompts("为这个句子生成表示以用于检索相关文章：", "")),
        ("BAAI/bge-m3", {"query": "", "document": ""}, Prompts("", "")),
        ("Qwen/Qwen3-Embedding-0.6B", {"query": "Instruct: x", "document": ""}, Prompts("Instruct: x", "")),
        ("own/e5-tuned", {"query": "q: ", "passage": "p: "}, Prompts("q: ", "p: ")),
        ("moka-ai/m3e-small", {}, Prompts("", "")),
        ("thenlper/gte-large-zh", {}, Prompts("", "")),
        ("intfloat/multilingual-e5-large-instruct", {}, Prompts(f"{INSTRUCT} ", "")),
        ("qwen3-embedding:0.6b", {}, Prompts(INSTRUCT, "")),
        ("dengcao/bge-large-zh-v1.5:latest", {}, Prompts("为这个句子生成表示以用于检索相关文章：", "")),
    ],
)  # fmt: skip
def test_prompts(model: str, named: dict[str, str], expected: Prompts) -> None:
    assert prompts_of(model, named) == expected


# --- what the model's own files say ----------------------------------------------------------------


def test_pooling_length_and_prompts_are_the_models_own(bert: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    said = {"query": "问题：", "document": "段落："}
    where = save_sentence_transformer(tmp_path / "m", bert, pooling="cls", prompts=said)
    ours, theirs = load_encoder(str(where)), SentenceTransformer(str(where))
    text = clauses()[3]
    for given, expected in (
        (ours.encode_passages([text])[0], theirs.encode(f"段落：{text}", normalize_embeddings=True)),
        (ours.encode_question(text), theirs.encode(f"问题：{text}", normalize_embeddings=True)),
    ):
        np.testing.assert_allclose(given, expected, atol=1e-5)
    plain = save_sentence_transformer(tmp_path / "plain", bert, pooling="cls")
    assert load_encoder(str(plain)).encode_question(text) @ ours.encode_question(text) < 0.9999


def test_nothing_of_a_long_text_is_cut_off(bert: Path, tmp_path: Path) -> None:
    whole = load_encoder(str(save_sentence_transformer(tmp_path / "e5-whole", bert)))
    short = load_encoder(str(save_sentence_transformer(tmp_path / "e5-short", bert, length=64)))
    text = max(clauses(), key=len)[:300]
    assert len(text) > 200
    seen, expected = short.encode_passages([text, text[:20]]), whole.encode_passages([text, text[:20]])
    np.testing.assert_allclose(seen[1], expected[1], atol=1e-5)
    first = whole.encode_passages([text[:60]])[0]  # what would be left of it
    assert seen[0] @ expected[0] > max(0.97, first @ expected[0])
    other_end = short.encode_passages([text[:-60] + clauses()[0][:60]])[0]
    assert other_end @ seen[0] < 0.999
    assert np.linalg.norm(seen, axis=1) == pytest.approx(1)


# --- what is not there -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("modules.json", "lacks modules.json, which says how its vectors are pooled"),
        ("1_Pooling/config.json", "lacks 1_Pooling/config.json"),
        ("config.json", "lacks config.json"),
        ("tokenizer.json", "lacks tokenizer.json"),
        ("model.safetensors", "lacks model.safetensors"),
    ],
)
def test_a_half_filled_folder_says_what_it_lacks(folder: Path, tmp_path: Path, file: str, said: str) -> None:
    half = Path(shutil.copytree(folder, tmp_path / "half"))
    (half / file).unlink()
    with pytest.raises(ModelError, match=rf"{said}.*hf download"):
        load_encoder(str(half))


def test_weights_that_are_not_whole(folder: Path, tmp_path: Path) -> None:
    half = Path(shutil.copytree(folder, tmp_path / "half"))
    weights = half / "model.safetensors"
    os.truncate(weights, 1_000_000)
    with pytest.raises(ModelError, match=r"cannot load the folder.*Copy it anew"):
        load_encoder(str(half))
    weights.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n")
    with pytest.raises(ModelError, match="only a pointer of Git LFS"):
        load_encoder(str(half))
    weights.unlink()
    shards = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    (half / "model.safetensors.index.json").write_text(json.dumps({"weight_map": shards}))
    (half / shards["a"]).write_bytes(b"weights")
    with pytest.raises(ModelError, match="lacks model-00002-of-00002"):
        load_encoder(str(half))


ASKED_OF_THE_HUB = """
import sys, time
slept = []
time.sleep = slept.append
from index.encoders.load import load_encoder
from index.errors import ModelError
try: load_encoder("BAAI/bge-small-zh-v1.5")
except ModelError as error:
    print(round(sum(slept)), "torch" in sys.modules, error)
"""


@pytest.mark.parametrize(
    ("offline", "said"), [("1", "nothing is downloaded unasked"), ("0", "cannot be fetched")]
)
def test_a_hub_that_cannot_be_reached_is_said_at_once(tmp_path: Path, offline: str, said: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        hub = f"http://127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run(
            [sys.executable, "-c", ASKED_OF_THE_HUB], cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "HF_HUB_OFFLINE": offline, "HF_ENDPOINT": hub, "HF_HOME": str(tmp_path)},
        )  # fmt: skip
    waited, loaded, line = done.stdout.strip().split(" ", 2)
    assert said in line, done.stderr
    assert "hf download BAAI/bge-small-zh-v1.5 --local-dir models/bge-small-zh-v1.5" in line
    assert "name it instead: models/bge-small-zh-v1.5." in line
    assert "\n" not in line
    assert (waited, loaded) == ("0", "False")


def test_what_is_in_the_hubs_cache_is_found_by_name(folder: Path, tmp_path: Path) -> None:
    """The hub's cache as a download leaves it: found by name without any network."""
    snapshot = tmp_path / "hub" / "models--own--e5-tuned" / "snapshots" / "0a68"
    shutil.copytree(folder, snapshot)
    (snapshot.parents[1] / "refs").mkdir()
    (snapshot.parents[1] / "refs" / "main").write_text("0a68")
    code = (
        "from index.encoders.load import load_encoder\n"
        "encoder = load_encoder('own/e5-tuned')\n"
        "print(encoder.name, encoder.checksum, float(encoder.encode_question('问')[0]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)},
    )  # fmt: skip
    name, checksum, first = done.stdout.split()
    here = load_encoder(str(folder))
    assert (name, checksum) == ("own/e5-tuned", here.checksum), done.stderr
    assert float(first) == pytest.approx(here.encode_question("问")[0], abs=1e-5)


def test_half_precision_gives_the_same_vectors(folder: Path, restored: SentenceTransformerEncoder) -> None:
    """What a GPU computes under, computed here by the processor in the same number format."""
    import torch

    other = load_encoder(str(folder))
    assert isinstance(other, SentenceTransformerEncoder)
    other._precision = lambda: torch.autocast("cpu", torch.bfloat16)
    texts = clauses()[:20]
    found, expected = other.encode_passages(texts), restored.encode_passages(texts)
    assert found.dtype == np.float32
    assert not np.array_equal(found, expected)
    assert (found * expected).sum(axis=1).min() > 0.999
    assert agree(sketch(other.encode_passages(PROBES)), sketch(restored.encode_passages(PROBES)))


def test_a_gpu_is_used_where_there_is_one(folder: Path, restored: SentenceTransformerEncoder) -> None:
    import torch

    if not torch.cuda.is_available():
        pytest.skip("torch finds no CUDA device")
    assert restored._model.device.type == "cuda"
    on_processor = load_encoder(str(folder))
    assert isinstance(on_processor, SentenceTransformerEncoder)
    on_processor._model.cpu()
    assert on_processor.checksum == restored.checksum
    texts = clauses()[:20]
    found, expected = restored.encode_passages(texts), on_processor.encode_passages(texts)
    assert (found * expected).sum(axis=1).min() > 0.999
