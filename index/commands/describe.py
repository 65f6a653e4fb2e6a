"""``python -m index describe``: what files say about themselves; needs no index."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypedDict

from index.commands.options import add_today, named_path
from index.commands.telling import as_json
from index.metadata.describe import purpose, region_path
from index.records import Clause, Described, Document, FieldName, Parsed
from index.search.links import Link, LinkKind, LinkObject, link_object, links_between
from index.search.standing import standing_of
from index.search.today import today

_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十]{1,3}\s?[、.．]|第[一二三四五六七八九十]{1,3}[章部编]")
_PASSIVE: Final[Mapping[LinkKind, str]] = {
    "repeals": "repealed by",
    "replaces": "replaced by",
    "amends": "amended by",
    "interprets": "explained in",
}
_LABELS: Final = (
    "title",
    "issuer",
    "number",
    "date",
    "region",
    "kind",
    "implements",
    "repeals",
    "in_force_from",
    "valid_until",
)


class Told(TypedDict):
    """One file in JSON; null and [] where it does not say.

    ``title``, ``number`` as printed; ``date`` and ``in_force_from`` ISO 8601; ``valid_until`` ISO 8601 or the
    words (有效期5年), ``expires`` the day worked out from them;
    ``region`` outermost first; ``kind`` one of plan, opinion, measures, notice,
    announcement, other; ``headings`` those of the first level, in order.  ``holds`` is whether it holds
    today, null where nothing tells; ``links`` are those between it and the others described.
    """

    file: str
    title: str | None
    issuer: list[str]
    number: str | None
    date: str | None
    region: list[str]
    kind: str
    implements: list[str]
    repeals: list[str]
    amends: list[str]
    in_force_from: str | None
    valid_until: str | None
    expires: str | None
    holds: bool | None
    links: list[LinkObject]
    headings: list[str]


def add_describe(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``describe`` to the commands of the index."""
    describe = commands.add_parser("describe", help="what files say about themselves; needs no index")
    describe.add_argument("files", type=named_path, nargs="+", metavar="FILE")
    describe.add_argument(
        "--index", type=named_path, metavar="FOLDER", help="link them also with the documents of this index"
    )
    add_today(describe)
    describe.add_argument("--json", action="store_true", help="one JSON object a file")
    describe.set_defaults(run=_describe)


def _describe(options: argparse.Namespace) -> int:
    from index.parsing.parsers import parsers  # noqa: PLC0415 - each command imports what it needs

    parsed = [parsers().parse(file, file.name) for file in options.files]
    library = {one.file: one for one in _of_index(options.index)}
    library |= {one.document.file: one.document for one in parsed}
    links = links_between(list(library.values()))
    for one in parsed:
        said = described(one, links, library)
        if options.json:
            print(as_json(said, sys.stdout))
        else:
            _print_told(said, library)
    return 0


def _of_index(path: Path | None) -> Sequence[Described]:
    """The documents of the index that is named; none without one."""
    if path is None:
        return ()
    from index.search.index import open_index  # noqa: PLC0415

    return open_index(path).infos


def _print_told(said: Told, library: Mapping[str, Described]) -> None:
    print(said["file"])
    for name, value in said.items():
        if name in _LABELS and value:
            print(f"  {name:13} {'、'.join(map(str, value)) if isinstance(value, list) else value}")
    if said["holds"] is not None:
        print(f"  {'holds':13} {'yes' if said['holds'] else 'no'}")
    for link in said["links"]:
        other = link["other"] if link["file"] == said["file"] else link["file"]
        kind = link["kind"] if link["file"] == said["file"] else _PASSIVE[link["kind"]]
        print(f"  {kind:13} {other}  《{library[other].title}》")


def described(
    parsed: Parsed, links: Sequence[Link] = (), library: Mapping[str, Described] | None = None
) -> Told:
    """What a parsed file says about itself, and its links within ``library`` (by file)."""
    document = parsed.document
    own = [link for link in links if document.file in (link.file, link.other)]
    ending = [link for link in own if link.repeals and link.other == document.file]
    standing = standing_of(document, today(), ending, library or {})

    def all_of(name: FieldName) -> list[str]:
        return [field.value for field in document.fields if field.name == name]

    return Told(
        file=document.file,
        title=document.value("title"),
        issuer=[one for value in all_of("issuer") for one in value.split("、")],
        number=document.value("number"),
        date=document.value("date"),
        region=list(region_path(document)),
        kind=purpose(document),
        implements=all_of("implements"),
        repeals=all_of("repeals"),
        amends=all_of("amends"),
        in_force_from=document.value("in_force_from"),
        valid_until=_until(document),
        expires=document.value("valid_until"),
        holds=document.in_force(today()) if standing is None else False,
        links=[link_object(link) for link in own],
        headings=list(_headings(parsed.clauses)),
    )


def _until(document: Document) -> str | None:
    """The end as printed: the date, or the words that give a number of years."""
    field = document.field("valid_until")
    if field is None or field.start is None:
        return field.value if field else None
    words = document.text[field.start : field.end]
    return field.value if re.search(r"\d\s*[月./-]", words) else "".join(words.split())


def _headings(clauses: tuple[Clause, ...]) -> Iterable[str]:
    """The headings of the first level as printed, in order; one that a text printed twice repeats, once."""
    tops: dict[str, str] = {}
    for clause in clauses:
        own = " ".join(clause.text.split()) if clause.kind == "heading" else "".join(clause.place[-1:])
        top = next((one for one in (*clause.path, own) if _FIRST_LEVEL.match(one)), "")
        if top and _FIRST_LEVEL.sub("", top, count=1).strip("| ：:"):
            tops.setdefault("".join(top.split()), top)
    return tops.values()
