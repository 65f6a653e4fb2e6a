"""``python -m index describe``: what files say about themselves; needs no index."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Final, TypedDict

from index.commands.shared import as_json, named_path
from index.metadata.describe import purpose, region_path
from index.records import Clause, Document, FieldName, Parsed

_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十]{1,3}\s?[、.．]|第[一二三四五六七八九十]{1,3}[章部编]")
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
    announcement, other; ``headings`` those of the first level, in order.
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
    headings: list[str]


def add_describe(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``describe`` to the commands of the index."""
    describe = commands.add_parser("describe", help="what files say about themselves; needs no index")
    describe.add_argument("files", type=named_path, nargs="+", metavar="FILE")
    describe.add_argument("--json", action="store_true", help="one JSON object a file")
    describe.set_defaults(run=_describe)


def _describe(options: argparse.Namespace) -> int:
    from index.parsing.parsers import parsers  # noqa: PLC0415 - each command imports what it needs

    for file in options.files:
        said = described(parsers().parse(file, file.name))
        if options.json:
            print(as_json(said, sys.stdout))
            continue
        print(said["file"])
        for name, value in said.items():
            if name in _LABELS and value:
                print(f"  {name:13} {'、'.join(value) if isinstance(value, list) else value}")
    return 0


def described(parsed: Parsed) -> Told:
    """What a parsed file says about itself."""
    document = parsed.document

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
