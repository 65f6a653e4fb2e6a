"""Writes docs/schemas from the types of qa/api/object_types.py.

    python tools/write_schemas.py            writes the files
    python tools/write_schemas.py --check    changes nothing; names what is out of date and exits with 1

An object may have no key that its schema does not name; only the lines that `batch` reads may.  To change a
schema, change the type.
"""

from __future__ import annotations

import argparse
import json
import sys
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "docs" / "schemas"
sys.path.insert(0, str(ROOT))

from qa.api.object_types import AnswerObject, BatchQuestion, HitObject, TaskObject  # noqa: E402

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A schema's file: its title and type; ``is_open`` where other keys are allowed."""

    title: str
    type: Any
    is_open: bool = False


PAGES = {
    "answer": Page("Answer", AnswerObject),
    "hit": Page("Hit", HitObject),
    "task": Page("Task", TaskObject),
    "batch_input": Page("Question", BatchQuestion, is_open=True),
}
"""By the file's name in docs/schemas."""
BATCH_OUTPUT: Schema = {
    "$schema": GenerateJsonSchema.schema_dialect,
    "$id": "batch_output.json",
    "title": "Answered question",
    "description": "A line of the file that `batch` writes: an answer with the id of its question.",
    "$ref": "answer.json",
    "required": ["id"],
}
"""The schema of an answer, with the id required."""


class _Untitled(GenerateJsonSchema):
    """Without a title for every key that only repeats the key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(name: str) -> Schema:
    """The schema of one file of PAGES."""
    page = PAGES[name]
    config = ConfigDict(use_attribute_docstrings=True, extra="allow" if page.is_open else "forbid")
    # A list of them, since pydantic takes a configuration for a list and none for a TypedDict.
    listed: Any = types.GenericAlias(list, (page.type,))
    made = TypeAdapter(listed, config=config).json_schema(schema_generator=_Untitled)
    others: Schema = made.pop("$defs", {})
    root = made["items"]
    if "$ref" in root:
        root = others.pop(root["$ref"].rsplit("/", 1)[-1])
    for other in others.values():
        other.pop("title", None)
    if page.is_open:
        root.pop("additionalProperties", None)
    head = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"{name}.json",
        "title": page.title,
        "description": root["description"],
        "type": "object",
        "required": root["required"],
    }
    rest = {key: value for key, value in root.items() if key not in head}
    return head | rest | ({"$defs": others} if others else {})


def stale() -> dict[Path, str]:
    """The files that are not what the types say, with what they should hold."""
    found = {}
    for schema in (*map(schema_of, PAGES), BATCH_OUTPUT):
        path = SCHEMAS / schema["$id"]
        words = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        if not path.is_file() or path.read_text(encoding="utf-8") != words:
            found[path] = words
    return found


def main() -> int:
    """Writes the schemas, or names those that are stale."""
    parser = argparse.ArgumentParser(description="Write docs/schemas from the types.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where one is stale")
    options = parser.parse_args()
    found = stale()
    for path, words in found.items():
        if options.check:
            print(f"{path.relative_to(ROOT)} is out of date. Run: python tools/write_schemas.py")
        else:
            path.write_text(words, encoding="utf-8")
    return 1 if options.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
