"""The command line of the index: ``python -m index build|add|update|watch|remove|edit|verify|…``.

Exit codes: 0 done, 1 ``verify`` found something wrong, 2 a mistake of the caller or an index that cannot be
used, 3 an error of the program itself, 130 stopped by Ctrl-C.  Answers and reports go to stdout, progress and
errors to stderr.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from index.commands.interrupts import end_quietly

if __name__ == "__main__":  # before anything is imported that takes a while
    end_quietly()

from index.build.edits import EDITABLE, TAKE_BACK
from index.commands.backup import add_backup
from index.commands.describe import add_describe
from index.commands.encode import add_encode
from index.commands.endings import run
from index.commands.milvus import add_milvus
from index.commands.options import command_parser, index_option, named, named_path
from index.commands.telling import as_json, progress_bar, say, say_shortfalls, say_skipped

if TYPE_CHECKING:
    from index.build.build import BuildReport


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return run(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = command_parser(
        prog="python -m index", description="Cut policy documents into clauses and index them."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = index_option("--out")

    build = commands.add_parser("build", parents=[shared], help="index a folder of documents from nothing")
    build.add_argument("documents", type=named_path, metavar="DOCUMENTS", help="the folder (or one file)")
    build.add_argument("--model", type=named, help="a model by name, folder or endpoint (default: shipped)")
    build.set_defaults(run=_build, writes_index=True)

    add = commands.add_parser("add", parents=[shared], help="add files, or replace those of the same name")
    add.add_argument("files", type=named_path, nargs="+", metavar="FILE")
    add.set_defaults(run=_add, writes_index=True)

    update = commands.add_parser("update", parents=[shared], help="take over what changed in the folder")
    update.add_argument(
        "documents", type=named_path, metavar="DOCUMENTS", help="the folder it was built from"
    )
    update.set_defaults(run=_update, writes_index=True)

    watch = commands.add_parser("watch", parents=[shared], help="update whenever the folder changes")
    watch.add_argument(
        "documents", type=named_path, metavar="DOCUMENTS", help="the folder; built first if need be"
    )
    watch.set_defaults(run=_watch)

    remove = commands.add_parser("remove", parents=[shared], help="take documents out")
    remove.add_argument("names", nargs="+", metavar="NAME", help="as `stats` lists them")
    remove.set_defaults(run=_remove, writes_index=True)

    edit = commands.add_parser("edit", parents=[shared], help="set what the index says of one document")
    edit.add_argument("file", metavar="FILE", help="as `stats` lists it")
    for name in EDITABLE:
        edit.add_argument(f"--{name}", metavar="TEXT", help="'' where the document states none")
    edit.add_argument(
        "--clear", action="append", default=[], choices=EDITABLE, help="take an edit back; may be repeated"
    )
    edit.set_defaults(run=_edit)

    verify = commands.add_parser(
        "verify", parents=[shared], help="check that the index holds together, and tell what is odd in it"
    )
    verify.add_argument("names", nargs="*", metavar="NAME", help="tell of these documents alone")
    verify.add_argument("--brief", action="store_true", help="a line for each document, without notes")
    verify.add_argument("--json", action="store_true", help="all of it as one JSON object")
    verify.set_defaults(run=_verify)

    restore = commands.add_parser("restore", parents=[shared], help="go back to the generation before")
    restore.set_defaults(run=_restore, writes_index=True)

    stats = commands.add_parser("stats", parents=[shared], help="the index in numbers")
    stats.add_argument("--json", action="store_true", help="as one JSON object")
    stats.set_defaults(run=_stats)

    clauses = commands.add_parser("clauses", help="what one file is cut into; needs no index")
    clauses.add_argument("file", type=named_path, metavar="FILE")
    clauses.add_argument("--json", action="store_true", help="one JSON object a clause")
    clauses.set_defaults(run=_clauses)

    add_backup(commands)
    add_describe(commands)
    add_encode(commands)
    add_milvus(commands)
    return parser


def _build(options: argparse.Namespace) -> int:
    from index.build.build import build  # noqa: PLC0415 - each command imports what it needs

    with progress_bar() as progress:
        report = build(options.documents, options.index, options.model, progress)
    _print_report(report)
    return 0


def _add(options: argparse.Namespace) -> int:
    from index.build.build import add  # noqa: PLC0415

    with progress_bar() as progress:
        report = add(options.files, options.index, progress)
    _print_report(report)
    return 0


def _update(options: argparse.Namespace) -> int:
    from index.build.update import update  # noqa: PLC0415

    with progress_bar() as progress:
        report = update(options.documents, options.index, progress)
    _print_report(report)
    return 0


def _watch(options: argparse.Namespace) -> int:
    from index.build.watch import follow  # noqa: PLC0415

    follow(options.documents, options.index, _print_report, say)
    return 0


def _remove(options: argparse.Namespace) -> int:
    from index.build.build import remove  # noqa: PLC0415

    with progress_bar() as progress:
        report = remove(options.names, options.index, progress)
    _print_report(report)
    return 0


def _edit(options: argparse.Namespace) -> int:
    from index.build.build import edit  # noqa: PLC0415
    from index.search.index import open_index  # noqa: PLC0415

    given = {name: getattr(options, name) for name in EDITABLE if getattr(options, name) is not None}
    changes = {name: value.strip() or None for name, value in given.items()}
    with progress_bar() as progress:
        wanted = {**changes, **dict.fromkeys(options.clear, TAKE_BACK)}
        report = edit(options.file, wanted, options.index, progress)
    with open_index(options.index) as index:
        info = index.info(report.added[0])
    for name in EDITABLE:
        field = info.field(name)
        print(f"{name:8} {field.value if field else '-'}{'  (edited)' if field and field.edited else ''}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from index.commands.verify import run_verify  # noqa: PLC0415

    return run_verify(options.index, options.names, brief=options.brief, as_object=options.json)


def _restore(options: argparse.Namespace) -> int:
    from index.check.verify import restore  # noqa: PLC0415

    print(f"generation {restore(options.index)} is current again")
    return 0


def _stats(options: argparse.Namespace) -> int:
    from index.check.stats import stats  # noqa: PLC0415
    from index.search.index import open_index  # noqa: PLC0415

    with open_index(options.index) as index:
        counted = stats(index)
    said = asdict(counted)
    if options.json:
        print(as_json(said, sys.stdout, indent=2))
        return 0
    documents, _ = said.pop("by_document"), said.pop("shortfalls")
    for name, value in said.items():
        shown = (
            ", ".join(f"{reason} {count}" for reason, count in value.items()) if name == "removed" else value
        )
        print(f"{name.replace('_', ' '):30} {shown}")
    for one in documents:
        print(f"{one['clauses']:6} clauses  {one['kind']}  {one['region'] or '-'}  {one['file']}")
    say_shortfalls(counted.shortfalls)
    return 0


def _shown(value: object) -> str:
    """A count as it is; counts by name as ``navigation 120, advertising 64``."""
    return (
        ", ".join(f"{name} {count}" for name, count in value.items())
        if isinstance(value, dict)
        else f"{value}"
    )


def _clauses(options: argparse.Namespace) -> int:
    from index.parsing.parsers import parsers  # noqa: PLC0415

    parsed = parsers().parse(options.file, options.file.name)
    for clause, facts in zip(parsed.clauses, parsed.facts, strict=True):
        if options.json:
            found = [{"kind": type(fact).__name__.lower(), **asdict(fact)} for fact in facts]
            print(as_json({**asdict(clause), "facts": found}, sys.stdout))
            continue
        heading = " > ".join(filter(None, (*clause.path, clause.label)))
        print(f"[{clause.ordinal}] {clause.kind} {clause.start}-{clause.end}  {heading}")
        print(f"    {clause.text}")
        for fact in facts:
            print(f"      - {type(fact).__name__.lower()}: {fact.text}")
    return 0


def _print_report(report: BuildReport) -> None:
    """What a change did, and every file that was left out with the reason."""
    say_skipped(report.skipped)
    say_shortfalls(report.shortfalls)
    added, replaced, removed = len(report.added), len(report.replaced), len(report.removed)
    moved = f"{len(report.renamed)} renamed, " if report.renamed else ""
    again = f"{len(report.reread)} parsed again by newer rules, " if report.reread else ""
    kept = f"{report.unchanged} unchanged, " if report.unchanged else ""
    print(
        f"{added} documents added ({replaced} replaced), {removed} removed, {moved}{again}{kept}"
        f"{len(report.skipped)} skipped; "
        f"the index holds {report.documents} documents, {report.clauses} clauses, {report.windows} windows"
    )
    print(
        f"coverage {100 * report.coverage.share:.2f} %, {report.coverage.missing} characters in no clause; "
        f"{report.encoded} windows encoded, {report.cached} from the cache; {report.seconds:.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
