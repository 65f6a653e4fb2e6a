"""``python -m index backup|come-back``: all that cannot be built again as one archive, and the way back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from index.commands.options import index_option, named_path
from index.commands.telling import progress_bar, say_skipped
from index.settings import DEFAULT_DOCUMENTS

if TYPE_CHECKING:
    from index.build.uploads import Folders


def add_backup(commands: Any) -> None:
    """Add the two commands."""
    shared = argparse.ArgumentParser(add_help=False, parents=[index_option("--out")])
    shared.add_argument(
        "--documents",
        type=named_path,
        default=DEFAULT_DOCUMENTS,
        metavar="FOLDER",
        help="what the index is built from (default: %(default)s)",
    )
    shared.add_argument(
        "--uploads", type=named_path, metavar="FOLDER", help="where uploads are kept, if apart from it"
    )
    backup = commands.add_parser("backup", parents=[shared], help="documents, edits and feedback as one file")
    backup.set_defaults(run=_backup)
    back = commands.add_parser("come-back", parents=[shared], help="all as a backup has it; builds anew")
    back.add_argument("archive", type=named_path, metavar="BACKUP.zip")
    back.set_defaults(run=_come_back)


def _folders(options: argparse.Namespace) -> Folders:
    from index.build.uploads import Folders  # noqa: PLC0415 - each command imports what it needs

    return Folders(options.documents, options.uploads or options.documents)


def _backup(options: argparse.Namespace) -> int:
    from index.build.backup import make_backup  # noqa: PLC0415

    with progress_bar() as progress:
        written = make_backup(_folders(options), options.index, progress)
    print(f"{written}  {written.stat().st_size} bytes")
    return 0


def _come_back(options: argparse.Namespace) -> int:
    from index.build.backup import come_back  # noqa: PLC0415

    with progress_bar() as progress:
        report = come_back(options.archive, _folders(options), options.index, progress)
    say_skipped(report.skipped)
    print(f"the index holds {report.documents} documents, {report.clauses} clauses")
    return 0
