"""What the MCP tools take beside the inputs of the routes: pages of rows that a model can read, a place.

A list that comes as a text of JSON, as some clients send it, is read as the list it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from index.errors import read_json
from web.api.inputs import CHINESE, Checked, Name, Names, TasksInput, said

MOST_ROWS, MOST_AROUND = 100, 10
"""Rows of one answer, some 40,000 characters of tasks; clauses on either side of one."""
LISTS: Final = frozenset({"regions", "documents", "history", "roles"})


class LedgerCall(TasksInput):
    """The input of ``ledger``."""

    limit: int = said("how many rows at most", "最多返回的行数", default=20, ge=1, le=MOST_ROWS)
    offset: int = said("rows to pass over first", "先跳过的行数", default=0, ge=0)


class DocumentsCall(Checked):
    """The input of ``documents``."""

    regions: Names = said("only of these regions", "只列这些地区", default=[], examples=[["运城"]])
    words: Name | None = said(
        "only where title or file holds these words", "标题或文件名所含词语", default=None
    )
    limit: int = said("how many at most", "最多返回的文件数", default=50, ge=1, le=MOST_ROWS)
    offset: int = said("documents to pass over first", "先跳过的文件数", default=0, ge=0)


class ClauseCall(Checked):
    """The input of ``read_clause``."""

    file: Name = said("the document's file, as results name it", "文件名，照结果所示")
    start: int = said(
        "offset of any character of the clause: start (or clause_start) of a hit, citation or task",
        "条款中任一字符的位置：命中、引用或任务的 start（或 clause_start）",
        ge=0,
    )
    around: int = said("clauses before and after it", "前后各带几条", default=1, ge=0, le=MOST_AROUND)


class WrongInput(ValueError):  # noqa: N818 - the state is the name
    """Arguments that a tool cannot take; says which and why."""


def read_input(kind: type[Checked], given: Mapping[str, Any]) -> Checked:
    """The arguments of a call as its input; raises WrongInput."""
    try:
        return kind.model_validate({name: _unpacked(name, value) for name, value in given.items()})
    except ValidationError as error:
        told = (f"{'.'.join(map(str, one['loc'])) or 'input'}: {one['msg']}" for one in error.errors())
        raise WrongInput("; ".join(told)) from error


def _unpacked(name: str, value: Any) -> Any:
    """A list for '["运城"]'; anything else as it came."""
    if name not in LISTS or not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except ValueError:  # refused with its name by the input's own check
        return value


def input_schema(kind: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of an input, each description in English and Chinese."""
    schema = kind.model_json_schema()
    for field in schema["properties"].values():
        if chinese := field.pop(CHINESE, None):
            field["description"] = f"{field['description']} / {chinese}"
    return schema
