"""``python -m web.mcp``: answers for programs that speak the Model Context Protocol, over stdio or HTTP.

Exit codes: 0 done, 2 a mistake of the caller or an index that cannot be used, 3 an error of the program
itself.  Where there is no index, one is built from ``documents``; what that does goes to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.commands.interrupts import end_quietly

if __name__ == "__main__":  # before anything is imported that takes a while
    end_quietly()

from index.commands.endings import run
from index.commands.options import command_parser, index_option
from index.commands.telling import say
from index.errors import ServerError

if TYPE_CHECKING:
    from index.search.live import LiveIndex

TOKEN: Final = "TIAOWEN_MCP_TOKEN"
SHORTEST_TOKEN: Final = 16
"""Characters; a shorter one may be guessed."""
HOST: Final = "127.0.0.1"
_ANOTHER: Final = "python -m web.mcp --http {port}"
_EXTRA: Final = 'The MCP server needs mcp 2 or newer, which is not installed. Run: pip install "tiaowen[mcp]"'


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stdin ends or Ctrl-C, and return the exit code."""
    return run(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = command_parser(
        prog="python -m web.mcp",
        description="Serve MCP clients, over stdin and stdout or HTTP.",
        epilog=f"A token that HTTP requests must bring is read from {TOKEN}.",
        parents=[index_option()],
    )
    parser.add_argument(
        "--http",
        type=_address,
        metavar="[HOST:]PORT",
        help=f"as streamable HTTP instead of stdio; on {HOST} unless a host is named",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="over HTTP: a name under which it is reached, beside its addresses; may be repeated",
    )
    parser.set_defaults(run=_serve, command="mcp")
    return parser


def _address(typed: str) -> tuple[str, int]:
    """8765 → (127.0.0.1, 8765); 0.0.0.0:8765; [::1]:8765."""
    host, _, port = typed.rpartition(":")
    if not port.isdecimal() or not port.isascii() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{typed!r} is no address; write 8765 or 0.0.0.0:8765")
    return host.strip("[]") or HOST, int(port)


def _serve(options: argparse.Namespace) -> int:
    try:
        from mcp.server import ServerRequestContext  # noqa: F401, PLC0415 - what version 1 has not
    except ImportError as error:
        raise ServerError(_EXTRA) from error
    from web.access.logs import begin  # noqa: PLC0415
    from web.mcp.serving import serve_stdio  # noqa: PLC0415

    begin(None, log_questions=False)
    if options.http is None:
        serve_stdio(_live(options.index))
        return 0
    return _serve_http(options)


def _serve_http(options: argparse.Namespace) -> int:
    from web.access.listening import THIS_MACHINE, AddressError, listen, shown_address  # noqa: PLC0415
    from web.mcp.serving import PATH, serve_http  # noqa: PLC0415

    host, port = options.http
    token = os.environ.get(TOKEN) or None
    if token is None and host not in THIS_MACHINE:
        raise AddressError(f"Others reach {host}. Set {TOKEN} to a secret that they must send.")
    if token is not None and (len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable()):
        raise AddressError(f"{TOKEN} must have {SHORTEST_TOKEN} or more printable ASCII characters.")
    with listen(host, port, _ANOTHER) as listening:
        live = _live(options.index)
        say(f"MCP: http://{shown_address(listening)}{PATH}  (Ctrl-C stops it)")
        serve_http(live, listening, options.allow_host, token)
    return 0


def _live(path: Path) -> LiveIndex:
    from qa.commands.opening import live_or_built  # noqa: PLC0415 - after what can be said without an index

    return live_or_built(path)


if __name__ == "__main__":
    sys.exit(main())
