"""Models made here, since no hub is reachable: the shipped weights in sentence-transformers' own form.

The shipped encoder's graph is unpacked into a BertModel; with it a SentenceTransformer of any pooling and
length is saved, and a CrossEncoder whose head is trained for nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

from index.encoders.packed import SHIPPED

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


def bert_parts(where: Path, **also: Any) -> Any:
    """The shipped weights and tokenizer saved to ``where`` as a BertModel; its configuration."""
    import torch
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.set_num_threads(1)  # short texts on a busy machine wait for each other's threads ten times as long

    state = {name: torch.from_numpy(values.copy()) for name, values in restored_state().items()}
    config = BertConfig(
        vocab_size=len(state["embeddings.word_embeddings.weight"]), hidden_size=384, num_hidden_layers=12,
        num_attention_heads=12, intermediate_size=1536, max_position_embeddings=512, pad_token_id=1, **also,
    )  # fmt: skip
    bert = BertModel(config, add_pooling_layer=False)
    bert.load_state_dict(state, strict=True)
    bert.save_pretrained(where)
    PreTrainedTokenizerFast(
        tokenizer_file=str(SHIPPED / "tokenizer.json"), model_max_length=512,
        bos_token="<s>", cls_token="<s>", eos_token="</s>", sep_token="</s>",
        pad_token="<pad>", unk_token="<unk>",
    ).save_pretrained(where)  # fmt: skip
    return config


def save_sentence_transformer(
    where: Path,
    parts: Path,
    *,
    pooling: str = "mean",
    length: int = 512,
    prompts: dict[str, str] | None = None,
) -> Path:
    """A sentence-transformers model of `bert_parts` in a folder, as such models are published."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    transformer = Transformer(str(parts), max_seq_length=length)
    modules = [transformer, Pooling(384, pooling), Normalize()]
    SentenceTransformer(modules=modules, prompts=prompts).save(str(where))
    return where


def shallow(where: Path, parts: Path, layers: int = 2) -> Path:
    """`bert_parts` with its first layers only: six times as fast, for tests that ask no quality of it."""
    from transformers import AutoTokenizer, BertModel

    bert = BertModel.from_pretrained(parts, num_hidden_layers=layers, add_pooling_layer=False)
    bert.save_pretrained(where)
    AutoTokenizer.from_pretrained(parts).save_pretrained(where)
    return where


def save_cross_encoder(where: Path, parts: Path, labels: int = 1) -> Path:
    """A CrossEncoder of two layers of the shipped weights with a random head, the same every time."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(1)
    config = BertConfig.from_pretrained(parts, num_hidden_layers=2, num_labels=labels)
    BertForSequenceClassification.from_pretrained(parts, config=config).save_pretrained(where)
    AutoTokenizer.from_pretrained(parts).save_pretrained(where)
    return where
