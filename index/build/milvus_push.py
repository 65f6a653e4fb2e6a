"""Bring Milvus to hold what a generation holds, before that generation is asked there.

Rows are compared by id and by a stamp of the vector, and only what differs is sent: a push that was killed
goes on where it stopped, and one repeated changes nothing.  New documents go into the collection in use,
whose readers pass over keys that are not theirs; a rebuilt index or another model goes into a new collection,
and the alias is switched when that is whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from index.encoders.lazy import LazyEncoder
from index.engines.milvus_link import Kind, Link, new_link, read_link, write_link
from index.engines.milvus_server import Server, WindowRow
from index.engines.vector_store import VectorSource
from index.entries import WINDOWS_PER_KEY, KeyRange
from index.errors import IndexDamaged, IndexMissing, WriteError
from index.search.whole import WholeIndex
from index.storage import generation
from index.storage.manifest import Manifest

ALIAS: Final = "tiaowen"
"""The alias unless another is named."""

ROWS_A_REQUEST: Final = 1000
"""Windows sent at once: 1.5 MB at 384 dimensions, far below the 64 MB that Milvus takes."""

RANGES_A_REQUEST: Final = 100
"""Key ranges named in one deletion."""

FLAT_UP_TO: Final = 200_000
"""Windows up to which a collection is searched exactly, as with FAISS; above, IVF_SQ8."""

Told = Callable[[float], None]
"""Told the share done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: rows of the generation, those among them that were sent, foreign ones taken out."""

    collection: str
    rows: int
    written: int
    removed: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a generation holds: its documents as ranges of keys, ascending, and where their vectors are."""

    manifest: Manifest
    documents: tuple[KeyRange, ...]
    source: VectorSource


def push(out: Path, link: Link, index: WholeIndex, told: Told) -> Pushed:
    """Compare every row of a published generation with Milvus, send what differs, and ask there from now on.

    Only under the lock.  Raises ServerError, and WriteError where the alias is another index's.
    """
    content = Content(index.manifest, _ranges(index), index.local_vectors)
    with closing(Server(link.uri)) as server:
        _check_alias(server, link)
        if read_link(out) is None:  # so that a push that is killed finds its collection; asked it is not yet
            write_link(out, replace(link, collections={}))
        return _bring(server, out, link, content, told, trusting=False)


def follow(out: Path, link: Link, content: Content) -> None:
    """Send what a generation about to be published brings; nothing where none was pushed before.

    Documents that the current generation has in the same collection are taken to be there.
    """
    if link.collections:
        with closing(Server(link.uri)) as server:
            _bring(server, out, link, content, lambda _: None, trusting=True)


def link_for(out: Path, uri: str | None, alias: str | None, kind: Kind | None) -> Link:
    """The link that a push is to leave, from the one there is and what was asked for.

    A file is named from the current folder.  Raises WriteError where no address was ever named.
    """
    known = read_link(out)
    if not uri and not known:
        raise WriteError("Say where Milvus is: --uri http://HOST:19530, or --uri ./FILE.db for milvus-lite.")
    link = known or new_link(uri or "", alias or ALIAS, kind)
    address = link.uri if not uri else uri if "://" in uri else str(Path(uri).resolve())
    asked = replace(link, uri=address, alias=alias or link.alias, kind=kind or link.kind)
    moved = (asked.uri, asked.alias) != (link.uri, link.alias)
    return replace(asked, collections={}) if moved else asked


def _bring(server: Server, out: Path, link: Link, content: Content, told: Told, *, trusting: bool) -> Pushed:
    """Have a collection hold the generation, note it in the link, and point the alias at it.

    A generation newer than the current was given up by ``restore``; what follows may use its keys again.
    """
    current = _current(out)
    link = link.only([number for number in generation.numbers(out) if current is None or number <= current])
    kept = {number: _kept(out, number) for number in link.collections}
    home = _home(link, content, kept)
    needed = {keys for number, name in link.collections.items() if name == home for keys in kept[number]}
    known = set(kept[current]) if trusting and current and link.collections.get(current) == home else set()
    if home not in server.collections(link.prefix):
        server.create(home, content.manifest.model.dimension, _kind(link, content.manifest))
        known = set()
    server.load(home)
    removed = _tidy(server, link, current, home, needed | set(content.documents))
    unsent = [keys for keys in content.documents if keys not in known]
    written = _send(server, home, replace(content, documents=tuple(unsent)), told)
    server.settle(home)
    server.count(home)  # a strongly consistent request: what was sent is seen by those that follow
    write_link(out, link.with_collection(content.manifest.number, home))
    server.point(link.alias, home)
    return Pushed(home, content.manifest.counts.windows, written, removed)


def _current(out: Path) -> int | None:
    """The generation that a change begins from; None where a build is the way back from there being none."""
    try:
        return generation.current_number(out)
    except (IndexDamaged, IndexMissing):
        return None


def _check_alias(server: Server, link: Link) -> None:
    target = server.alias(link.alias)
    if target and not target.startswith(link.prefix):
        raise WriteError(
            f"The alias {link.alias} at {link.uri} stands for {target}, which another index made. "
            f"Choose another: python -m index milvus push --alias NAME"
        )


def _kept(out: Path, number: int) -> tuple[KeyRange, ...]:
    """The documents of a published generation; none where it is damaged, since nobody can ask it."""
    try:
        manifest = generation.read_manifest(out, number)
        with WholeIndex(out, manifest, LazyEncoder(manifest.model)) as index:
            return _ranges(index)
    except IndexDamaged:
        return ()


def _ranges(index: WholeIndex) -> tuple[KeyRange, ...]:
    return ranges_of(info.keys for info in index.infos)


def ranges_of(keys: Iterable[KeyRange | None]) -> tuple[KeyRange, ...]:
    """Those documents' ranges that hold clauses, ascending."""
    return tuple(sorted((one for one in keys if one), key=lambda one: one.first))


def _home(link: Link, content: Content, kept: dict[int, tuple[KeyRange, ...]]) -> str:
    """The generation's collection: its own, else one whose documents it shares, else a new one."""
    wanted = set(content.documents)
    for number in sorted(
        link.collections, key=lambda one: (one == content.manifest.number, one), reverse=True
    ):
        name = link.collections[number]
        if link.is_of(name, content.manifest) and (
            number == content.manifest.number or wanted & set(kept[number])
        ):
            return name
    return link.name_for(content.manifest)


def _kind(link: Link, manifest: Manifest) -> Kind:
    return link.kind or ("FLAT" if manifest.counts.windows <= FLAT_UP_TO else "IVF_SQ8")


def _tidy(server: Server, link: Link, current: int | None, home: str, needed: set[KeyRange]) -> int:
    """Drop collections that no generation is asked in, and take rows that none holds out of ``home``.

    Returns how many rows those were.  A collection that an alias stands for cannot be dropped, so the alias
    first goes back to the current generation's, where a change was killed between switch and publishing.
    """
    asked = link.collections.get(current) if current else None
    if asked:
        server.point(link.alias, asked)
    for name in server.collections(link.prefix):
        if name != home and name not in link.collections.values() and name != server.alias(link.alias):
            server.drop(name)
    before = server.count(home)
    gaps = [_where(gap.first, gap.last) for gap in _gaps(needed)] if before else []
    for at in range(0, len(gaps), RANGES_A_REQUEST):
        server.delete(home, " or ".join(gaps[at : at + RANGES_A_REQUEST]))
    return before - server.count(home) if gaps else 0


def _gaps(needed: Iterable[KeyRange]) -> Iterator[KeyRange]:
    """The keys that lie in none of the ranges, to the last that can be."""
    free = 0
    for keys in sorted(needed, key=lambda one: one.first):
        if keys.first > free:
            yield KeyRange(free, keys.first - 1)
        free = max(free, keys.last + 1)
    yield KeyRange(free, (1 << 63) // WINDOWS_PER_KEY - 1)


def _send(server: Server, home: str, content: Content, told: Told) -> int:
    """Make the rows of these documents what they should be; returns how many were sent."""
    is_empty = server.count(home) == 0
    total = sum(keys.last - keys.first + 1 for keys in content.documents)
    done = written = 0
    for parts, rows in _batches(content):
        where = " or ".join(_where(part.first, part.last) for part in _joined(parts))
        there = {} if is_empty else server.stamps(home, where)
        foreign = sorted(there.keys() - {row.id for row in rows})
        if foreign:
            server.delete(home, f"id in {foreign}")
        differing = [row for row in rows if there.get(row.id) != row.stamp]
        server.write(home, differing)
        written += len(differing)
        done += sum(part.last - part.first + 1 for part in parts)
        told(done / total)
    return written


def _batches(content: Content) -> Iterator[tuple[list[KeyRange], list[WindowRow]]]:
    """The documents' rows by about `ROWS_A_REQUEST`, with the ranges of keys that they are all rows of."""
    parts: list[KeyRange] = []
    rows: list[WindowRow] = []
    for keys in content.documents:
        for first in range(keys.first, keys.last + 1, ROWS_A_REQUEST):
            part = KeyRange(first, min(first + ROWS_A_REQUEST - 1, keys.last))
            parts.append(part)
            rows += _rows(content.source, part, keys.first)
            if len(rows) >= ROWS_A_REQUEST:
                yield parts, rows
                parts, rows = [], []
    if parts:
        yield parts, rows


def _rows(source: VectorSource, keys: KeyRange, document: int) -> Iterator[WindowRow]:
    found = source.rows(keys)
    for number, vector in zip(found.ids.tolist(), found.vectors, strict=True):
        digest = hashlib.blake2b(vector.tobytes(), digest_size=8).digest()
        stamp = int.from_bytes(digest, "little", signed=True)
        yield WindowRow(number, number // WINDOWS_PER_KEY, document, stamp, vector)


def _joined(parts: Sequence[KeyRange]) -> list[KeyRange]:
    """Ranges that follow each other as one."""
    joined: list[KeyRange] = []
    for part in parts:
        if joined and joined[-1].last + 1 == part.first:
            joined[-1] = KeyRange(joined[-1].first, part.last)
        else:
            joined.append(part)
    return joined


def _where(first: int, last: int) -> str:
    return f"(key >= {first} and key <= {last})"
