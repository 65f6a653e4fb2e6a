"""``python -m index encode``: bulk encoding by Ray, before a build."""

from __future__ import annotations

import argparse

from index.commands.options import index_option, named, named_path
from index.commands.telling import progress_bar, say_skipped


def add_encode(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``encode`` to the commands of ``python -m index``."""
    encode = commands.add_parser(
        "encode", parents=[index_option("--out")], help="encode documents on many machines, before a build"
    )
    encode.add_argument("documents", type=named_path, metavar="DOCUMENTS", help="the folder (or one file)")
    encode.add_argument("--model", type=named, help="as for build: a model by name, folder or endpoint")
    encode.add_argument(
        "--address", type=named, help="of a running Ray cluster, or auto (default: this machine alone)"
    )
    encode.add_argument(
        "--workers", type=int, metavar="N", help="processes that encode (default: one a core)"
    )
    encode.add_argument("--gpus", action="store_true", help="one GPU for each, with a --model that uses it")
    encode.set_defaults(run=_encode)


def _encode(options: argparse.Namespace) -> int:
    from index.build.encode_on_ray import Workers, encode  # noqa: PLC0415 - each command imports what it needs

    workers = Workers(options.address, options.workers, options.gpus)
    with progress_bar() as progress:
        report = encode(options.documents, options.index, workers, options.model, progress)
    say_skipped(report.skipped)
    print(
        f"{report.windows - report.cached} windows encoded, {report.cached} from the cache; "
        f"now run: python -m index build {options.documents} --out {options.index}"
    )
    return 0
