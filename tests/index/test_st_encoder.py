"""A real sentence-transformers model made from the shipped weights, against the shipped encoder."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from paragraphs import clauses

from index.encoder import SHIPPED, OnnxEncoder, load_encoder
from index.prompts import Prompts, prompts_of
from index.st_encoder import SentenceTransformerEncoder

if TYPE_CHECKING:
    from index.encoder import Vectors

ROOT = Path(__file__).parents[2]


def restored_state() -> dict[str, np.ndarray]:
    """The weights of the shipped graph, as float32, under the names of transformers' BertModel."""
    sys.path.insert(0, str(ROOT / "tools"))
    import onnx
    from onnx.numpy_helper import to_array
    from pack_graph import OUTLIER
    from pack_weights import BLOCK, LAYERS, WIDTH, parameter_names

    constants = {constant.name: constant for constant in onnx.load(SHIPPED / "model.onnx").graph.initializer}

    def read(name: str) -> np.ndarray:
        return to_array(constants[name])

    def matrix(name: str) -> np.ndarray:
        return read(f"{name}.w").T.astype(np.float32) * read(f"{name}.scale")[:, None]

    bytes_ = np.frombuffer(constants["words"].raw_data, np.uint8)
    nibbles = np.stack([bytes_ & 15, bytes_ >> 4], axis=1).reshape(-1, WIDTH // BLOCK, BLOCK)
    found = {
        "emb.word": ((nibbles.astype(np.float32) - 8) * read("words.scale")[..., None]).reshape(-1, WIDTH),
        "emb.pos": read("positions"),
        "emb.type": np.zeros((2, WIDTH), np.float32),  # added to the positions when packed
        "emb.ln.w": read("embedded.norm.w"),
        "emb.ln.b": read("embedded.norm.b"),
    }
    for layer in (f"l{number}" for number in range(LAYERS)):
        outlier = OUTLIER[int(layer[1:])]
        for part, weights, bias in zip(
            "qkv", np.split(matrix(f"{layer}.qkv"), 3), np.split(read(f"{layer}.qkv.b"), 3), strict=True
        ):
            found |= {f"{layer}.{part}.w": weights, f"{layer}.{part}.b": bias}
        found |= {
            f"{layer}.ao.w": matrix(f"{layer}.ao"),
            f"{layer}.fi.w": np.insert(matrix(f"{layer}.fi"), outlier, read(f"{layer}.fi.apart.w").T, axis=0),
            f"{layer}.fi.b": np.insert(read(f"{layer}.fi.b"), outlier, read(f"{layer}.fi.apart.b")),
            f"{layer}.fo.w": np.insert(
                matrix(f"{layer}.fo"), outlier, read(f"{layer}.fo.apart.w").T[:, 0], axis=1
            ),
        }
        found |= {f"{layer}.{name}": read(f"{layer}.{name}") for name in ("ao.b", "fo.b")}
        found |= {
            f"{layer}.{norm}.{part}": read(f"{layer}.{norm}.{part}")
            for norm in ("aln", "oln")
            for part in "wb"
        }
    return {long: found[short] for short, long in parameter_names().items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of the shipped weights, in a folder named as such models are."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    state = {name: torch.from_numpy(values.copy()) for name, values in restored_state().items()}
    config = BertConfig(
        vocab_size=len(state["embeddings.word_embeddings.weight"]), hidden_size=384, num_hidden_layers=12,
        num_attention_heads=12, intermediate_size=1536, max_position_embeddings=512, pad_token_id=1,
    )  # fmt: skip
    bert = BertModel(config, add_pooling_layer=False)
    bert.load_state_dict(state, strict=True)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(SHIPPED / "tokenizer.json"), model_max_length=512,
        bos_token="<s>", cls_token="<s>", eos_token="</s>", sep_token="</s>",
        pad_token="<pad>", unk_token="<unk>",
    )  # fmt: skip
    parts = tmp_path_factory.mktemp("parts")
    bert.save_pretrained(parts)
    tokenizer.save_pretrained(parts)
    transformer = Transformer(str(parts), max_seq_length=512)
    whole = tmp_path_factory.mktemp("models") / "multilingual-e5-small-restored"
    SentenceTransformer(modules=[transformer, Pooling(384, "mean"), Normalize()]).save(str(whole))
    return whole


@pytest.fixture(scope="module")
def restored(folder: Path) -> SentenceTransformerEncoder:
    loaded = load_encoder(str(folder))
    assert isinstance(loaded, SentenceTransformerEncoder)
    return loaded


def test_both_encoders_agree(
    encoder: OnnxEncoder, passages: Vectors, restored: SentenceTransformerEncoder
) -> None:
    texts = clauses()
    seen: list[int] = []
    theirs = restored.encode_passages(texts, seen.append)
    assert sum(seen) == len(texts)
    cosines = (theirs * passages).sum(axis=1)
    assert cosines.min() > 0.98
    assert cosines.mean() > 0.997
    for question in ("哪个部门牵头海绵城市建设", "2025年常住人口城镇化率目标是多少", "GDP"):
        assert encoder.encode_question(question) @ restored.encode_question(question) > 0.98


def test_both_rank_alike(
    encoder: OnnxEncoder, passages: Vectors, restored: SentenceTransformerEncoder
) -> None:
    theirs = restored.encode_passages(clauses())
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
    ],
)  # fmt: skip
def test_prompts(model: str, named: dict[str, str], expected: Prompts) -> None:
    assert prompts_of(model, named) == expected
