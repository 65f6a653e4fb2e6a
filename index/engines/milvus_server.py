"""A Milvus server, or milvus-lite's file: the few things that are asked of it, and what its failures mean.

One row is one window: its id (`vectors.window_id`), the key of its clause, the first key of its document,
a stamp of its vector, the vector.  pymilvus is imported here alone and only when a server is asked.  Left
out: which rows there should be (`milvus_push`) and what they say about a question (`milvus`).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from index.engines.milvus_link import TOKEN, Kind
from index.engines.vector_store import Rows
from index.entries import Scored
from index.errors import ServerError

if TYPE_CHECKING:
    Floats = npt.NDArray[np.float32]

SECONDS: Final = 30.0
"""How long one request may take: a full memory of a busy node, not a lost one, and a person still waits."""

_PINGS: Final = {"grpc.keepalive_time_ms": 330_000}
"""An idle connection is pinged after 5.5 minutes.  pymilvus' own 10 s are too often for any gRPC server that
was not told otherwise, milvus-lite's among them: it hangs up and calls it too_many_pings."""

SECONDS_TO_LOAD: Final = 600.0
"""How long a node may take to load a collection, which is said of one already loaded at once."""

MOST: Final = 16_384
"""Rows that Milvus gives for one request at most; its own limit on top-k and on limit + offset."""

_BUILT: Final[dict[Kind, dict[str, int]]] = {
    "FLAT": {},
    "IVF_SQ8": {"nlist": 1024},
    "HNSW": {"M": 16, "efConstruction": 200},
    "DISKANN": {},
}
"""Milvus builds one index a segment of 1 GB, some 650,000 windows: 1024 lists are its advice of 4 x sqrt(n)
for the 65,000 rows of a small one, and still 1.3 x sqrt(n) for a full one."""

_EXTRA: Final = "Milvus needs pymilvus, which is not installed. Run: pip install 'tiaowen[milvus]'"


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window as it is kept: the stamp is a signed 64-bit sum that tells whether a vector is the same."""

    id: int
    key: int
    document: int
    stamp: int
    vector: Floats


class Server:
    """A connection to Milvus.  Every method raises ServerError where it does not answer or refuses."""

    def __init__(self, uri: str) -> None:
        """Connect to ``http://host:19530``, or open ``./file.db`` with milvus-lite.

        Raises ServerError where pymilvus is not installed or nothing answers.
        """
        self.uri = uri
        try:
            from pymilvus import MilvusClient  # noqa: PLC0415 - an extra, and half a second
        except ImportError as error:
            raise ServerError(_EXTRA) from error
        for name in ("pymilvus", "milvus_lite"):  # what they log with a traceback is raised as well
            logging.getLogger(name).setLevel(logging.CRITICAL)
        with self._asked("connecting"):
            token = os.environ.get(TOKEN, "")
            self._client: Any = MilvusClient(uri, token=token, timeout=SECONDS, grpc_options=_PINGS)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    # Collections and aliases

    def version(self) -> str:
        """What the server says of itself, as ``v2.6.0``."""
        with self._asked("asking its version"):
            return str(self._client.get_server_version(timeout=SECONDS))

    def collections(self, prefix: str) -> list[str]:
        """The collections whose names begin so, by name."""
        with self._asked("listing the collections"):
            return sorted(n for n in self._client.list_collections(timeout=SECONDS) if n.startswith(prefix))

    def create(self, collection: str, dimension: int, kind: Kind) -> None:
        """Make an empty collection for unit vectors of this dimension, loaded and ready to be asked."""
        from pymilvus import DataType, MilvusClient  # noqa: PLC0415

        with self._asked(f"making the collection {collection}"):
            schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
            for name in ("id", "key", "document", "stamp"):
                schema.add_field(name, DataType.INT64, is_primary=name == "id")
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
            indexes = MilvusClient.prepare_index_params()
            indexes.add_index("vector", index_type=kind, metric_type="IP", params=_BUILT[kind])
            for name in ("key", "document"):
                indexes.add_index(name, index_type="INVERTED")
            self._client.create_collection(collection, schema=schema, index_params=indexes, timeout=SECONDS)

    def load(self, collection: str) -> None:
        """Have a collection ready to be asked: one that nobody asked since the server began is not."""
        with self._asked(f"loading {collection}"):
            self._client.load_collection(collection, timeout=SECONDS_TO_LOAD)

    def dimension(self, collection: str) -> int:
        """The number of values in a vector of a collection; raises ServerError where it has no vectors."""
        with self._asked(f"describing the collection {collection}"):
            said = self._client.describe_collection(collection, timeout=SECONDS)
        for column in said["fields"]:
            if column["name"] == "vector":
                return int(column["params"]["dim"])
        raise ServerError(f"{collection} at {self.uri} has no field named vector. Push to another alias.")

    def kind(self, collection: str) -> str:
        """The kind of index over the vectors, in Milvus' words."""
        with self._asked(f"describing the index of {collection}"):
            return str(self._client.describe_index(collection, "vector", timeout=SECONDS)["index_type"])

    def drop(self, collection: str) -> None:
        """Delete a collection with everything in it."""
        with self._asked(f"dropping the collection {collection}"):
            self._client.drop_collection(collection, timeout=SECONDS)

    def alias(self, alias: str) -> str | None:
        """The collection that an alias stands for; None where there is no such alias."""
        with self._asked(f"looking the alias {alias} up"):
            for collection in self._client.list_collections(timeout=SECONDS):
                if alias in self._client.list_aliases(collection, timeout=SECONDS)["aliases"]:
                    return str(collection)
        return None

    def point(self, alias: str, collection: str) -> None:
        """Have the alias stand for this collection from now on; whoever asks sees the old one or the new."""
        before = self.alias(alias)
        with self._asked(f"pointing the alias {alias} at {collection}"):
            if before is None:
                self._client.create_alias(collection, alias, timeout=SECONDS)
            elif before != collection:
                self._client.alter_alias(collection, alias, timeout=SECONDS)

    def abandon(self, alias: str, prefix: str) -> None:
        """Delete all collections whose names begin so, and the alias where it stands for one of them."""
        target = self.alias(alias)
        if target and target.startswith(prefix):
            with self._asked(f"dropping the alias {alias}"):
                self._client.drop_alias(alias, timeout=SECONDS)
        for collection in self.collections(prefix):
            self.drop(collection)

    # Rows

    def count(self, collection: str, where: str = "") -> int:
        """The number of rows, those just written included."""
        rows = self._query(collection, where, ["count(*)"])
        return int(rows[0]["count(*)"])

    def stamps(self, collection: str, where: str) -> dict[int, int]:
        """The rows that fit by id, with the stamps of their vectors; at most `MOST` of them."""
        found = self._query(collection, where, ["id", "stamp"], limit=MOST)
        return {int(row["id"]): int(row["stamp"]) for row in found}

    def vectors(self, collection: str, keys: Sequence[int]) -> Rows:
        """The rows of these clauses with their vectors, by ascending id; at most `MOST` of them."""
        found = self._query(collection, f"key in {list(keys)}", ["id", "vector"], limit=MOST)
        found.sort(key=lambda row: row["id"])
        ids = np.array([row["id"] for row in found], np.int64)
        return Rows(ids, np.array([row["vector"] for row in found], np.float32))

    def ids(self, collection: str, where: str) -> Iterator[int]:
        """The ids of all rows that fit, in no order."""
        with self._asked(f"reading {collection}"):
            pages = self._client.query_iterator(
                collection, batch_size=MOST, filter=where, output_fields=["id"], timeout=SECONDS
            )
            while page := pages.next():
                yield from (int(row["id"]) for row in page)
            pages.close()

    def search(
        self, collection: str, vector: Floats, limit: int, where: str, tuned: dict[str, int]
    ) -> list[Scored]:
        """The rows nearest to a vector by inner product, best first: ids in place of keys."""
        with self._asked(f"searching {collection}"):
            found = self._client.search(
                collection,
                data=[vector],
                limit=limit,
                filter=where,
                output_fields=["id"],  # milvus-lite gives every field, vectors too, where none is named
                search_params={"metric_type": "IP", "params": tuned},
                timeout=SECONDS,
            )
        return [Scored(int(row["id"]), float(row["distance"])) for row in found[0]]

    def write(self, collection: str, rows: Iterable[WindowRow]) -> None:
        """Put rows in, in place of those of the same id.

        Not ``insert``, which keeps both where a request that had timed out is sent again.
        """
        sent = [
            {"id": r.id, "key": r.key, "document": r.document, "stamp": r.stamp, "vector": r.vector}
            for r in rows
        ]
        if sent:
            with self._asked(f"writing to {collection}"):
                self._client.upsert(collection, sent, timeout=SECONDS)

    def delete(self, collection: str, where: str) -> None:
        """Take out the rows that fit."""
        with self._asked(f"deleting from {collection}"):
            self._client.delete(collection, filter=where, timeout=SECONDS)

    def settle(self, collection: str) -> None:
        """Have everything written sealed and indexed: an unsealed segment is searched row by row."""
        with self._asked(f"sealing {collection}"):
            self._client.flush(collection, timeout=SECONDS)

    def _query(
        self, collection: str, where: str, fields: list[str], limit: int | None = None
    ) -> list[dict[str, Any]]:
        limited = {} if limit is None else {"limit": limit}
        with self._asked(f"reading {collection}"):
            return list(
                self._client.query(
                    collection,
                    filter=where,
                    output_fields=fields,
                    consistency_level="Strong",
                    timeout=SECONDS,
                    **limited,
                )
            )

    @contextmanager
    def _asked(self, doing: str) -> Iterator[None]:
        """Say what a failed request means; the token is in no message of pymilvus."""
        from grpc import RpcError  # noqa: PLC0415 - comes with pymilvus
        from pymilvus.exceptions import MilvusException  # noqa: PLC0415

        try:
            yield
        except (MilvusException, RpcError) as error:
            raise ServerError(
                f"Milvus at {self.uri} failed while {doing}: {_words(error)}. See that the server runs and "
                f"{TOKEN} is right, then run this again; or ask the FAISS files: python -m index milvus leave"
            ) from error


def _words(error: Exception) -> str:
    """The message without the wrapping: ``collection 'tiaowen' does not exist``."""
    said = str(getattr(error, "message", "") or error)
    return " ".join(said.split()).rstrip(".")
