"""``python -m index milvus push|status|leave``: an index's vectors in Milvus."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.commands.endings import FAULTS
from index.commands.options import index_option, named
from index.commands.telling import progress_bar
from index.engines.milvus_link import KINDS, TOKEN, Link, forget_link, read_link, write_link
from index.errors import IndexMissing

if TYPE_CHECKING:
    from index.search.whole import WholeIndex

_WIDTH: Final = 12
"""Columns of the names in ``status``."""


def add_milvus(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``milvus`` with its own commands to those of ``python -m index``."""
    milvus = commands.add_parser("milvus", help="ask a Milvus server for vectors, beyond one machine")
    actions = milvus.add_subparsers(dest="action", required=True, metavar="ACTION")
    shared = index_option()

    push = actions.add_parser("push", parents=[shared], help="bring the vectors there and ask them there")
    push.add_argument(
        "--uri", type=named, help="http://HOST:19530, or FILE.db for milvus-lite (default: where it was)"
    )
    push.add_argument("--alias", type=named, help="the name to switch between generations (default: tiaowen)")
    push.add_argument("--kind", choices=KINDS, help="of index, for new collections (default: by size)")
    push.epilog = f"A token or user:password is read from {TOKEN}."
    push.set_defaults(run=_push)

    status = actions.add_parser("status", parents=[shared], help="whether Milvus holds what the index holds")
    status.set_defaults(run=_status)

    leave = actions.add_parser("leave", parents=[shared], help="ask the FAISS files again")
    leave.add_argument("--drop", action="store_true", help="delete this index's collections from Milvus too")
    leave.set_defaults(run=_leave)


def _push(options: argparse.Namespace) -> int:
    from index.build.change import changing  # noqa: PLC0415 - each command imports what it needs
    from index.build.milvus_push import link_for, push  # noqa: PLC0415
    from index.search.index import open_index  # noqa: PLC0415

    with open_index(options.index):  # says first where there is no index
        pass
    with (
        changing(options.index, "milvus push"),
        open_index(options.index) as index,
        progress_bar() as progress,
    ):
        link = link_for(options.index, options.uri, options.alias, options.kind)
        pushed = push(options.index, link, index, lambda share: progress(share, "sending"))
        number = index.manifest.number
    print(
        f"generation {number}: {pushed.written} of {pushed.rows} windows sent, {pushed.removed} old ones "
        f"deleted; {pushed.collection} at {link.uri} is asked from now on"
    )
    return 0


def _status(options: argparse.Namespace) -> int:
    from index.engines.milvus_server import Server  # noqa: PLC0415
    from index.search.index import open_index  # noqa: PLC0415

    with open_index(options.index) as index:
        link = _linked(options.index)
        with closing(Server(link.uri)) as server:
            collection = link.collections.get(index.manifest.number)
            where = collection or ("-" if link.collections else "- (the FAISS files are asked)")
            said = {
                "server": f"{link.uri} ({server.version()})",
                "alias": f"{link.alias} -> {server.alias(link.alias) or '-'}",
                "generation": f"{index.manifest.number} in {where}",
                "collections": ", ".join(server.collections(link.prefix)) or "-",
            }
        held = _held(index, collection)
    expected = index.manifest.counts.windows
    said["windows"] = f"{held} of {expected}"
    for name, value in said.items():
        print(f"{name:{_WIDTH}} {value}")
    return 0 if held == expected else FAULTS


def _held(index: WholeIndex, collection: str | None) -> int:
    """The generation's windows that Milvus holds: none where it was not pushed or the collection is gone."""
    try:
        return len(index.vectors) if collection else 0
    except IndexMissing:
        return 0


def _leave(options: argparse.Namespace) -> int:
    from index.build.change import changing  # noqa: PLC0415
    from index.engines.milvus_server import Server  # noqa: PLC0415

    link = _linked(options.index)
    with changing(options.index, "milvus leave"):
        if options.drop:
            with closing(Server(link.uri)) as server:
                server.abandon(link.alias, link.prefix)
            forget_link(options.index)
        else:  # a later push finds its collections by the link
            write_link(options.index, replace(link, collections={}))
    print(f"the FAISS files are asked again; {link.uri} {'is cleared' if options.drop else 'keeps its copy'}")
    return 0


def _linked(out: Path) -> Link:
    link = read_link(out)
    if link is None:
        raise IndexMissing(
            f"{out} is not in Milvus. Run: python -m index milvus push --uri URI --index {out}"
        )
    return link
