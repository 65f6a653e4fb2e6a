"""Puts the model's ONNX forms beside its weights, as sentence-transformers documents it.

    PYTHON_OF_THE_PEERS_WITH_ONNX benchmarks/peers/make_onnx.py MODEL_FOLDER

Writes ``onnx/model.onnx`` (float32) and ``onnx/model_quint8_avx2.onnx``, dynamically quantised for processors
without VNNI: the fastest that its documentation names for a CPU.  Prints how near the vectors of the second
are to those of the first.  The model itself is made by `make_model`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from child import ONNX_FILE
from sentence_transformers import SentenceTransformer, export_dynamic_quantized_onnx_model

LINES = (
    "宁武县海绵城市建设由谁负责？",
    "到2025年，县城建成区绿化覆盖率达到38%。",
    "责任单位：县住建局、县财政局",
)


def main() -> None:
    """Export, quantise, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder")
    folder = parser.parse_args().folder
    if not (folder and Path(folder).is_dir()):  # runs where the project, with its own check, is not installed
        parser.error(f"{folder!r} is no folder; name the one that make_model.py made")
    whole = SentenceTransformer(folder, backend="onnx", model_kwargs={"export": True})
    whole.save_pretrained(folder)
    export_dynamic_quantized_onnx_model(whole, "avx2", folder)
    small = SentenceTransformer(folder, backend="onnx", model_kwargs={"file_name": ONNX_FILE})
    lines = [f"passage: {line}" for line in LINES]
    cosines = (whole.encode(lines) * small.encode(lines)).sum(axis=1)
    print(f"{folder}/{ONNX_FILE}: mean cosine to float32 {cosines.mean():.4f}, lowest {cosines.min():.4f}")


if __name__ == "__main__":
    main()
