"""A model behind a real endpoint on this machine: the same index as without it, and every fault said."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.build.build import build
from index.encoders import endpoint as endpoint_encoder
from index.encoders.encoder import Encoder, Vectors
from index.encoders.endpoint import KEY, EndpointEncoder, endpoint_of
from index.encoders.fingerprint import PROBES, agree, sketch
from index.encoders.load import load_encoder
from index.errors import IndexMissing, ModelError
from index.search.index import open_index
from index.storage.generation import current_number
from qa import ask
from tests.support.embedding_server import EmbeddingServer, Said, reply, serving, shipped_vectors
from tests.support.paragraphs import DOCUMENTS, clauses

SECRET = "sk-not-to-be-seen-0123456789"
MODEL = "multilingual-e5-small"


@pytest.fixture(scope="module")
def vectors_of() -> Callable[[list[str]], Vectors]:
    return shipped_vectors()


@pytest.fixture
def server(
    vectors_of: Callable[[list[str]], Vectors], monkeypatch: pytest.MonkeyPatch
) -> Iterator[EmbeddingServer]:
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.setattr(endpoint_encoder, "PAUSES_OF_A_BUILD", (0.01, 0.01, 0.01))
    monkeypatch.setattr(endpoint_encoder, "PAUSES_OF_A_QUESTION", (0.01,))
    with serving(EmbeddingServer(vectors_of, (MODEL, "plain"))) as running:
        yield running


@pytest.fixture
def one_document(tmp_path: Path) -> Path:
    """A folder with one of the five documents, of 46 windows."""
    folder, name = tmp_path / "documents", "成武县新型城镇化建设行动提升方案.txt"
    folder.mkdir()
    (folder / name).write_bytes((DOCUMENTS / name).read_bytes())
    return folder


def source_of(server: EmbeddingServer, model: str = MODEL) -> str:
    return f"{server.url}#{model}"


# --- what it gives ---------------------------------------------------------------------------------


def test_the_same_vectors_as_without_an_endpoint(
    server: EmbeddingServer, encoder: Encoder, passages: Vectors
) -> None:
    there = load_encoder(source_of(server))
    assert isinstance(there, EndpointEncoder)
    assert there.dimension == 384
    seen: list[int] = []
    found = there.encode_passages(clauses(), seen.append)  # the server answers last text first
    assert sum(seen) == len(clauses())
    np.testing.assert_allclose(found, passages, atol=1e-6)
    question = "谁负责过境铁路改造"
    np.testing.assert_allclose(there.encode_question(question), encoder.encode_question(question), atol=1e-6)
    assert there.encode_passages([]).shape == (0, 384)
    assert all(len(texts) <= endpoint_encoder.BATCH for texts in server.texts)


def test_prompts_go_by_the_models_name(server: EmbeddingServer) -> None:
    load_encoder(source_of(server)).encode_question("问")
    assert server.texts[-1] == ["query: 问"]
    assert server.texts[0] == [f"passage: {text}" for text in PROBES]
    load_encoder(source_of(server, "plain")).encode_question("问")
    assert server.texts[-1] == ["问"]


def test_a_built_index_answers_and_refuses_another_model(
    server: EmbeddingServer, encoder: Encoder, one_document: Path, tmp_path: Path
) -> None:
    store, question = tmp_path / "store", "哪个部门牵头海绵城市建设?"
    build(one_document, store, source_of(server))
    with open_index(store) as index:
        assert index.manifest.model.source == index.manifest.model.name == source_of(server)
        answer = ask(question, index=index)
    build(one_document, tmp_path / "shipped")
    with open_index(tmp_path / "shipped") as index:
        assert ask(question, index=index).text == answer.text
    with pytest.raises(ModelError, match="was made with the model http://"):
        open_index(store, other_model(encoder))
    plain = server.encode
    server.encode = lambda texts: np.roll(plain(texts), 1, axis=1)  # another model under the same name
    with open_index(store) as index, pytest.raises(ModelError, match="cannot be used with"):
        ask(question, index=index)


def other_model(encoder: Encoder) -> Encoder:
    class Turned:
        name, checksum, dimension = "turned", "", encoder.dimension

        def encode_passages(self, texts, progress=None):
            return -encoder.encode_passages(texts, progress)

        def encode_question(self, text):
            return -encoder.encode_question(text)

    turned = Turned()
    turned.checksum = sketch(turned.encode_passages(list(PROBES)))
    return turned


def test_a_noisy_server_is_the_same_model_and_nothing_is_encoded_twice(
    server: EmbeddingServer, one_document: Path, tmp_path: Path
) -> None:
    plain, noise = server.encode, np.random.default_rng(1)

    def noisy(texts: list[str]) -> Vectors:
        vectors = plain(texts)
        return vectors + noise.normal(scale=3e-3 / np.sqrt(vectors.shape[1]), size=vectors.shape)

    server.encode = noisy
    one, other = load_encoder(source_of(server)), load_encoder(source_of(server))
    assert one.checksum != other.checksum
    assert agree(one.checksum, other.checksum)
    first = build(one_document, tmp_path / "store", source_of(server))
    again = build(one_document, tmp_path / "store", source_of(server))
    assert (first.cached, again.encoded) == (0, 0)
    assert again.cached == first.encoded


# --- the key ---------------------------------------------------------------------------------------


def test_the_key_is_sent_and_stands_nowhere(
    server: EmbeddingServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.key = SECRET
    monkeypatch.setenv(KEY, SECRET)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody-else")
    caplog.set_level(logging.DEBUG)
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("关于停水的公告\n3月8日22时起阳光花园停水。", "utf-8")
    build(documents, tmp_path / "store", source_of(server))
    assert all(headers["authorization"] == f"Bearer {SECRET}" for headers in server.headers)
    assert "somebody-else" not in str(server.headers)
    told = {name for headers in server.headers for name in headers if "stainless" in name}
    assert told <= {"x-stainless-raw-response"}  # which says nothing of this machine
    files = [path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert files
    assert not any(SECRET.encode() in file for file in files)
    encoder = load_encoder(source_of(server))
    server.key = "another"
    with pytest.raises(ModelError, match=f"does not take the key in {KEY}") as refused:
        encoder.encode_question("问")
    assert SECRET not in f"{refused.value}{refused.getrepr(chain=True, style='long')}{encoder!r}{caplog.text}"
    assert SECRET not in "".join(capsys.readouterr())


def test_without_a_key_nobody_elses_is_sent(server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    load_encoder(source_of(server))
    assert "authorization" not in server.headers[0]
    server.key = SECRET
    with pytest.raises(ModelError, match=f"Set the key: export {KEY}="):
        load_encoder(source_of(server))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("http://127.0.0.1:1/v1", "names no endpoint and model"),
        ("http://#m", "names no endpoint and model"),
        ("http://[::1/v1#m", "cannot be read"),
        ("https://user:hidden@host/v1#m", "must not hold a user, a key or a query"),
        ("https://host/v1?key=hidden#m", "must not hold a user, a key or a query"),
    ],
)
def test_addresses_that_name_no_endpoint(source: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as refused:
        load_encoder(source)
    assert "hidden" not in str(refused.value)


def test_the_address_is_what_stands_before_the_model() -> None:
    assert endpoint_of("http://h:1/v1/#BAAI/bge-m3") == ("http://h:1/v1", "BAAI/bge-m3")


# --- what goes wrong -------------------------------------------------------------------------------


def spoilt(change: Callable[[dict], object]) -> Callable[[list[str]], Said]:
    def said(texts: list[str]) -> Said:
        body = reply(np.ones((len(texts), 384)))
        change(body)
        return Said(200, body)

    return said


FAULTS = {
    "server error": (lambda texts: Said(500, {"error": {"message": "out of memory"}}), "failed again"),
    "too often": (lambda texts: Said(429, {"error": {"message": "slow down"}}), "asked too often"),
    "bad request": (lambda texts: Said(400, {"error": {"message": "input too long"}}), "input too long"),
    "one too few": (spoilt(lambda body: body["data"].pop()), "for 10 texts|for 4 texts|for 1 texts"),
    "one twice": (spoilt(lambda body: body["data"][0].update(index=7777)), "not one for each"),
    "other dimension": (spoilt(lambda body: [row.update(embedding=[1.0] * 8) for row in body["data"]]),
                        "8 dimensions, where it gave 384 before"),
    "mixed dimensions": (spoilt(lambda body: body["data"][0].update(embedding=[1.0])), "in one answer"),
    "NaN": (spoilt(lambda body: body["data"][0].update(embedding=[float("nan")] * 384)), "NaN"),
    "infinity": (spoilt(lambda body: body["data"][0].update(embedding=[float("inf")] * 384)), "NaN"),
    "zeros": (spoilt(lambda body: body["data"][0].update(embedding=[0.0] * 384)), "empty"),
    "empty vectors": (spoilt(lambda body: [row.update(embedding=[]) for row in body["data"]]), "dimensions"),
    "words": (spoilt(lambda body: body["data"][0].update(embedding="AAAA")), "no list of vectors"),
    "another object": (lambda texts: Said(200, {"hello": "world"}), "no list of vectors"),
    "garbage": (lambda texts: Said(200, b'{"data": [{"index": 0, "embedd'), "no list of vectors"),
    "a page": (lambda texts: Said(200, b"<html>Welcome to the proxy</html>"), "no list of vectors"),
    "nothing": (lambda texts: Said(200, b""), "no list of vectors"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_amid_a_build_leaves_no_index(
    server: EmbeddingServer, one_document: Path, tmp_path: Path, name: str
) -> None:
    fault, said = FAULTS[name]
    server.fault = lambda number, texts: fault(texts) if number >= 3 else None
    with pytest.raises(ModelError, match=said) as refused:
        build(one_document, tmp_path / "store", source_of(server))
    assert server.url in str(refused.value)
    with pytest.raises(IndexMissing):
        current_number(tmp_path / "store")


def test_an_unknown_model_is_said_at_once(server: EmbeddingServer) -> None:
    with pytest.raises(ModelError, match=r"model 'bge-m4' not found.*as the server lists it"):
        load_encoder(source_of(server, "bge-m4"))
    assert len(server.texts) == 1


def test_what_passes_is_asked_again(server: EmbeddingServer, encoder: Encoder) -> None:
    there = load_encoder(source_of(server))
    server.fault = lambda number, texts: Said(503, {"error": {"message": "loading"}}) if number % 2 else None
    texts = clauses()[:30]
    np.testing.assert_allclose(there.encode_passages(texts), encoder.encode_passages(texts), atol=1e-6)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        port = taken.getsockname()[1]
        with pytest.raises(ModelError, match=f"127.0.0.1:{port}/v1 does not answer.*Start the server"):
            load_encoder(f"http://127.0.0.1:{port}/v1#m")


def test_a_server_that_keeps_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_encoder, "SECONDS_TO_ANSWER", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(ModelError, match="does not answer"):
            load_encoder(f"http://127.0.0.1:{silent.getsockname()[1]}/v1#m")
        silent.setblocking(False)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):  # and it was asked once: waiting again would double the wait
            silent.accept()
