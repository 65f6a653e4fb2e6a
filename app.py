"""The chat in the browser: ``python app.py [--index store] [--documents documents] [--host …] [--port …]``.

Builds the index from the documents where there is none, then serves the page.  Asks for nothing outside
this machine.  Exit codes: 0 stopped, 2 a mistake of the caller or an index that cannot be used.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from index.errors import IndexMissing, TiaowenError
from index.live import LiveIndex
from index.settings import DEFAULT_DOCUMENTS, DEFAULT_INDEX

# Read by gradio and by the hub client while they are imported, which is further down.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

HOST, PORT = "127.0.0.1", 7860
MISTAKE: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until interrupted; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        listening = listen(options.host, options.port)
        live = open_or_build(options.index, options.documents)
    except (TiaowenError, OSError) as error:
        print(f"app: {error}", file=sys.stderr)
        return MISTAKE
    except KeyboardInterrupt:
        print("app: stopped before the index was ready.", file=sys.stderr)
        return MISTAKE
    from pages.site import serve  # noqa: PLC0415 - gradio takes seconds, and reads the environment set above

    serve(live, listening)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python app.py", description="Ask policy documents in the browser.")
    parser.add_argument("--index", type=Path, default=DEFAULT_INDEX, help="the index (default: %(default)s)")
    parser.add_argument(
        "--documents",
        type=Path,
        default=DEFAULT_DOCUMENTS,
        help="what it is built from where there is none (default: %(default)s)",
    )
    parser.add_argument("--host", default=HOST, help="the address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=PORT, help="the port (default: %(default)s)")
    return parser


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises OSError, saying what to do, where the address cannot be had."""
    try:
        return socket.create_server((host, port), backlog=128)
    except (OSError, OverflowError) as error:
        raise OSError(
            f"Cannot listen at {host}:{port}: {getattr(error, 'strerror', None) or error}. "
            f"Stop what uses it or name another: python app.py --port {port + 1 if port < 65535 else PORT}"
        ) from error


def open_or_build(index: Path, documents: Path) -> LiveIndex:
    """The index, built first where there is none; raises TiaowenError where neither can be."""
    live = LiveIndex(index)
    try:
        live.current()
    except IndexMissing:
        from index.build import build  # noqa: PLC0415 - only for the first start

        print(f"No index at {index}: building it from {documents}.", flush=True)
        report = build(documents, index, progress=_progress)
        print(f"{report.documents} documents, {report.clauses} clauses, {report.seconds:.0f} s.", flush=True)
        for skipped in report.skipped:
            print(f"  left out: {skipped.file}: {skipped.reason}", flush=True)
    return live


def _progress(share: float, doing: str) -> None:
    """One line rewritten on a terminal, nothing in a log."""
    if sys.stderr.isatty():
        print(f"\r\033[K{share:4.0%} {doing}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
