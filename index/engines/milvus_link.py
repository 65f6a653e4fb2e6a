"""Which Milvus keeps an index's vectors: ``milvus.json`` beside the generations.

::

    {"uri": "http://host:19530", "alias": "tiaowen", "index": "5f0c9d2e", "kind": "IVF_SQ8",
     "collections": {"7": "tiaowen_5f0c9d2e_6b2b6ec0_000003"}}

A reader finds its collection here by its generation and not by the alias: between the switch of an alias and
the publishing of a generation the two would not fit.  The alias is for whoever looks from Milvus' side.
Where there is no such file, or no collection in it, the FAISS files are asked.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Literal, cast, get_args

from index.errors import IndexDamaged, read_json
from index.storage.disk import replace_file
from index.storage.manifest import Manifest

LINK: Final = "milvus.json"

Kind = Literal["FLAT", "IVF_SQ8", "HNSW", "DISKANN"]
"""Milvus' names of the kinds of index that are offered; docs/scaling.md says which one fits."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

TOKEN: Final = "TIAOWEN_MILVUS_TOKEN"
"""The environment variable with ``user:password`` or an API key; never stored and never printed."""

_HEX: Final = 8
"""Hexadecimal digits kept of an index's name and of a model's checksum: chance meets at 1 in 4 billion."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where the vectors are; ``collections`` holds one a generation that was pushed.

    ``index`` names the index among others on the same server, whose keys mean other clauses; ``kind`` is
    that of collections made from now on, None letting their size decide.
    """

    uri: str
    alias: str
    index: str
    kind: Kind | None
    collections: dict[int, str]

    @property
    def prefix(self) -> str:
        """What the names of all collections of this index begin with."""
        return f"{self.alias}_{self.index}_"

    def name_for(self, manifest: Manifest) -> str:
        """The name of a new collection that begins with this generation."""
        return f"{self.prefix}{manifest.model.checksum[:_HEX]}_{manifest.number:06d}"

    def is_of(self, collection: str, manifest: Manifest) -> bool:
        """Whether a collection holds vectors of the generation's model."""
        return collection.startswith(f"{self.prefix}{manifest.model.checksum[:_HEX]}_")

    def with_collection(self, number: int, collection: str) -> Link:
        """The same with one more generation."""
        return replace(self, collections={**self.collections, number: collection})

    def only(self, numbers: list[int]) -> Link:
        """The same without the generations that are not among ``numbers``."""
        kept = {number: name for number, name in self.collections.items() if number in numbers}
        return replace(self, collections=kept)


def new_link(uri: str, alias: str, kind: Kind | None) -> Link:
    """A link of an index that was never pushed."""
    return Link(uri, alias, uuid.uuid4().hex[:_HEX], kind, {})


def read_link(out: Path) -> Link | None:
    """The link of an index, None where it has none; raises IndexDamaged where it cannot be read."""
    path = out / LINK
    try:
        said = read_json(path.read_text(encoding="utf-8"))
        numbered = {int(number): str(name) for number, name in said["collections"].items()}
        kind = cast("Kind", said["kind"]) if said["kind"] in KINDS else None
        return Link(str(said["uri"]), str(said["alias"]), str(said["index"]), kind, numbered)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise IndexDamaged(
            f"{path} cannot be read ({error}). Delete it to ask the FAISS files, or push again: "
            f"python -m index milvus push --index {out} --uri URI"
        ) from error


def write_link(out: Path, link: Link) -> None:
    """Write the link, whole or not at all; raises OSError where it cannot be written."""
    replace_file(out / LINK, json.dumps(asdict(link), ensure_ascii=False, indent=1))


def forget_link(out: Path) -> None:
    """Take the link away, so that the FAISS files are asked again."""
    (out / LINK).unlink(missing_ok=True)
