"""Documents, clauses and facts of one part of a generation in SQLite, read back as the very dataclasses.

Clause keys are integers handed out upwards and never again within an index.  A document's clauses are
written together, so their keys are one range, and the first is the document's number.  A store is either
being written (by the one builder) or read only (by any number of threads).  Left out: postings and vectors,
which repeat the keys.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any, Final, Self

from index.entries import WINDOWS_PER_KEY, DocumentInfo, Entry, KeyRange
from index.errors import IndexDamaged
from index.records import (
    Agency,
    Cell,
    Clause,
    Deadline,
    Document,
    Fact,
    Field,
    FileCount,
    LeftOut,
    Money,
    PageStart,
    Removal,
    Target,
)

_SCHEMA: Final = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, source_hash TEXT NOT NULL,
    first_key INTEGER NOT NULL, last_key INTEGER NOT NULL, fields TEXT NOT NULL, removals TEXT NOT NULL,
    text TEXT NOT NULL, pages TEXT NOT NULL, count TEXT NOT NULL);
CREATE TABLE clauses (
    key INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL, path TEXT NOT NULL, label TEXT, heading TEXT, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, cells TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE facts (
    number INTEGER PRIMARY KEY, key INTEGER NOT NULL REFERENCES clauses, kind TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    agency TEXT, role TEXT, first_year INTEGER, year INTEGER, rest TEXT NOT NULL);
CREATE INDEX facts_of_clause ON facts (key);
CREATE INDEX facts_of_agency ON facts (agency, key) WHERE agency IS NOT NULL;
CREATE INDEX deadlines ON facts (year, first_year, key) WHERE kind = 'Deadline';
CREATE TABLE token_vectors (window INTEGER PRIMARY KEY, tokens BLOB NOT NULL);
CREATE TABLE agencies (name TEXT PRIMARY KEY, clauses INTEGER NOT NULL) WITHOUT ROWID;
"""

_COUNT_AGENCIES: Final = """
DELETE FROM agencies;
INSERT INTO agencies
    SELECT agency, count(DISTINCT key) FROM facts WHERE agency IS NOT NULL GROUP BY agency;
"""
"""Counted once where the part is written: in a million clauses it takes seconds."""

_FACTS: Final = {kind.__name__: kind for kind in (Agency, Deadline, Target, Money)}

_CLAUSE_COLUMNS: Final = (
    'c.key, c.ordinal, c.kind, c.path, c.label, c.heading, c.start, c."end", c.text, c.cells'
)


class Store:
    """The SQLite file of a generation.  Raises IndexDamaged where SQLite cannot make sense of it."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        """Open the file: read only and shared between threads, or writable by the one builder."""
        mode = "rwc" if writable else "ro&immutable=1"
        self._path = path
        self._lock = threading.Lock()
        try:
            self._base = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False
            )
        except sqlite3.OperationalError as error:
            raise IndexDamaged(f"{path} cannot be opened: {error}") from error
        if writable:  # a draft that fails is thrown away whole, so it needs no journal
            self._base.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;"
            )

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty store."""
        store = cls(path, writable=True)
        store._base.executescript(_SCHEMA)
        return store

    def finish(self, *, compact: bool) -> None:
        """Keep what was written and close; ``compact`` gives the room of what was deleted back.

        Its words are gone from the file either way.
        """
        self._base.executescript(_COUNT_AGENCIES)
        self._base.commit()
        if compact:
            self._base.execute("VACUUM")
        self._base.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    # Writing

    def put(
        self, document: Document, clauses: Sequence[Clause], facts: Sequence[Sequence[Fact]], first_key: int
    ) -> KeyRange:
        """Add a document with its clauses, keyed from ``first_key`` up; ``facts[i]`` is of ``clauses[i]``."""
        keys = KeyRange(first_key, first_key + len(clauses) - 1)
        self._base.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                first_key,
                document.file,
                document.kind,
                document.source_hash,
                keys.first,
                keys.last,
                _dump([astuple(field) for field in document.fields]),
                _dump([[removal.at, removal.text, removal.reason] for removal in document.removals]),
                document.text,
                _dump([astuple(page) for page in document.pages]),
                _dump(astuple(document.count) if document.count else None),
            ),
        )
        self._base.executemany(
            "INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_clause_row(key, first_key, clause) for key, clause in enumerate(clauses, first_key)),
        )
        self._base.executemany(
            "INSERT INTO facts VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_fact_row(key, fact) for key, found in enumerate(facts, first_key) for fact in found),
        )
        return keys

    def put_tokens(self, windows: Mapping[int, bytes]) -> None:
        """Add the token vectors of windows, by window number; windows without any are left out."""
        rows = [(number, tokens) for number, tokens in windows.items() if tokens]
        self._base.executemany("INSERT INTO token_vectors VALUES (?, ?)", rows)

    def remove(self, info: DocumentInfo) -> None:
        """Take a document out with its clauses, facts and token vectors."""
        if info.keys:
            keys = (info.keys.first, info.keys.last)
            self._base.execute("DELETE FROM facts WHERE key BETWEEN ? AND ?", keys)
            self._base.execute("DELETE FROM clauses WHERE key BETWEEN ? AND ?", keys)
            numbers = (keys[0] * WINDOWS_PER_KEY, (keys[1] + 1) * WINDOWS_PER_KEY - 1)
            self._base.execute("DELETE FROM token_vectors WHERE window BETWEEN ? AND ?", numbers)
        self._base.execute("DELETE FROM documents WHERE number = ?", (info.number,))

    def take_all(self, other: Path) -> None:
        """Put in everything that another store holds; its keys and numbers are none of this one's."""
        self._base.commit()
        self._base.execute("ATTACH ? AS other", (f"{other.absolute().as_uri()}?mode=ro&immutable=1",))
        for table in ("documents", "clauses", "token_vectors"):
            self._base.execute(f"INSERT INTO {table} SELECT * FROM other.{table}")
        columns = 'key, kind, start, "end", text, agency, role, first_year, year, rest'
        self._base.execute(f"INSERT INTO facts ({columns}) SELECT {columns} FROM other.facts ORDER BY number")
        self._base.commit()
        self._base.execute("DETACH other")

    # Reading

    def infos(self) -> tuple[DocumentInfo, ...]:
        """All documents without their texts, by file."""
        rows = self._all(
            "SELECT number, file, kind, fields, source_hash, first_key, last_key FROM documents ORDER BY file"
        )
        read = json.loads(f"[{','.join(row[3] for row in rows)}]")  # at once, three times as fast
        return tuple(
            DocumentInfo(
                file=file,
                kind=kind,
                fields=tuple(Field(*field) for field in fields),
                source_hash=source_hash,
                number=number,
                keys=KeyRange(first, last) if last >= first else None,
            )
            for (number, file, kind, _, source_hash, first, last), fields in zip(rows, read, strict=True)
        )

    def document(self, file: str) -> Document | None:
        """The whole document; None where there is none of that file."""
        rows = self._all(
            "SELECT file, text, kind, fields, removals, source_hash, pages, count FROM documents "
            "WHERE file = ?",
            (file,),
        )
        for name, text, kind, fields, removals, source_hash, pages, count in rows:
            return Document(
                file=name,
                text=text,
                kind=kind,
                fields=tuple(Field(*field) for field in json.loads(fields)),
                removals=tuple(Removal(*removal) for removal in json.loads(removals)),
                source_hash=source_hash,
                pages=tuple(PageStart(*page) for page in json.loads(pages)),
                count=_as_count(json.loads(count)),
            )
        return None

    def entries(self, keys: Iterable[int]) -> list[Entry]:
        """The clauses of these keys, in their order; raises KeyError for a key that is not in the store."""
        wanted = list(keys)
        among = _dump(wanted)
        found = {entry.key: entry for entry in self._entries("IN (SELECT value FROM json_each(?))", (among,))}
        return [found[key] for key in wanted]

    def token_vectors(self, keys: Iterable[int]) -> list[tuple[int, bytes]]:
        """The token vectors of these clauses' windows by window number; clauses may have none."""
        own = f"BETWEEN value * {WINDOWS_PER_KEY} AND value * {WINDOWS_PER_KEY} + {WINDOWS_PER_KEY - 1}"
        return self._all(
            f"SELECT window, tokens FROM json_each(?) JOIN token_vectors ON window {own}",
            (_dump(list(keys)),),
        )

    def entries_between(self, keys: KeyRange) -> tuple[Entry, ...]:
        """The clauses of a range of keys, ascending: a document's, in the order of its text."""
        return tuple(self._entries("BETWEEN ? AND ?", (keys.first, keys.last)))

    def keys(self, *, searched: bool = False) -> list[int]:
        """All clause keys, ascending; with ``searched`` only those that search finds (`windows`)."""
        where = " WHERE kind <> 'heading'" if searched else ""
        return [key for (key,) in self._all(f"SELECT key FROM clauses{where} ORDER BY key")]

    def keys_by_agency(self, name: str) -> list[int]:
        """The clauses that make this body responsible (normalised name), ascending."""
        rows = self._all("SELECT DISTINCT key FROM facts WHERE agency = ? ORDER BY key", (name,))
        return [key for (key,) in rows]

    def agency_names(self) -> dict[str, int]:
        """Every normalised agency name with the number of clauses that name it."""
        return dict(self._all("SELECT name, clauses FROM agencies"))

    def keys_by_year(self, first: int, last: int) -> list[int]:
        """The clauses with a deadline in the years ``first`` to ``last``, both included, ascending."""
        rows = self._all(
            "SELECT DISTINCT key FROM facts WHERE kind = 'Deadline' AND year >= ? AND first_year <= ? "
            "ORDER BY key",
            (first, last),
        )
        return [key for (key,) in rows]

    def count(self, table: str) -> int:
        """The number of rows of ``documents``, ``clauses`` or ``facts``."""
        return int(self._all(f"SELECT count(*) FROM {table}")[0][0])

    def integrity(self) -> list[str]:
        """What SQLite itself finds wrong with the file; empty where nothing is."""
        return [line for (line,) in self._all("PRAGMA integrity_check") if line != "ok"]

    def _entries(self, condition: str, values: Sequence[Any]) -> Iterator[Entry]:
        clauses = self._all(
            f"SELECT d.file, {_CLAUSE_COLUMNS} FROM clauses c JOIN documents d "
            f"ON d.number = c.document WHERE c.key {condition} ORDER BY c.key",
            values,
        )
        facts: dict[int, list[Fact]] = {}
        for key, kind, start, end, text, rest in self._all(
            f'SELECT key, kind, start, "end", text, rest FROM facts WHERE key {condition} ORDER BY number',
            values,
        ):
            facts.setdefault(key, []).append(_FACTS[kind](start, end, text, **json.loads(rest)))
        for file, key, *columns in clauses:
            yield Entry(key, file, _as_clause(columns), tuple(facts.get(key, ())))

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._base.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(
                f"{self._path} cannot be read: {error}. Build it again: python -m index build DOCUMENTS"
            ) from error


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _clause_row(key: int, document: int, clause: Clause) -> tuple[Any, ...]:
    cells = _dump([[cell.column, cell.start, cell.end] for cell in clause.cells])
    place = (clause.start, clause.end, cells, clause.text)
    return (
        key,
        document,
        clause.ordinal,
        clause.kind,
        _dump(clause.path),
        clause.label,
        clause.heading,
        *place,
    )


def _as_clause(columns: Sequence[Any]) -> Clause:
    ordinal, kind, path, label, heading, start, end, text, cells = columns
    found = tuple(Cell(*cell) for cell in json.loads(cells))
    return Clause(ordinal, kind, tuple(json.loads(path)), label, heading, start, end, text, found)


def _as_count(said: list[Any] | None) -> FileCount | None:
    if said is None:
        return None
    characters, lost, sample, left_out = said
    return FileCount(characters, lost, sample, tuple(LeftOut(*one) for one in left_out))


def _fact_row(key: int, fact: Fact) -> tuple[Any, ...]:
    rest = asdict(fact)
    place = (rest.pop("start"), rest.pop("end"), rest.pop("text"))
    agency = fact.name if isinstance(fact, Agency) else None
    role = fact.role if isinstance(fact, Agency) else None
    year = None if isinstance(fact, Agency) else fact.due_year if isinstance(fact, Deadline) else fact.year
    first_year = (fact.first_year or year) if isinstance(fact, Deadline) else year
    return (key, type(fact).__name__, *place, agency, role, first_year, year, _dump(rest))
