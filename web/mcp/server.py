"""The MCP server over an index: its tools as the protocol lists and calls them.

A mistake of the caller comes back as a result marked as an error, with what was wrong, so that a model can
put it right.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Final

from mcp.server import Server, ServerRequestContext
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as ListedTool
from pydantic import TypeAdapter

from index.errors import QuestionError, SourceError, TiaowenError
from index.search.live import LiveIndex
from web.mcp.inputs import WrongInput, input_schema, read_input
from web.mcp.tools import TOOLS, Told, Tool
from web.mcp.words import WORDS
from web.replies import UNFORESEEN, said_outside
from web.settings import ANSWERING_AT_ONCE, TITLE, WAITING
from web.turns import Full, Turns

log = logging.getLogger(__name__)

NAME: Final = "tiaowen"
_READS: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def mcp_server(live: LiveIndex, offered: Sequence[Tool] = TOOLS) -> Server[Any]:
    """A server whose tools answer over the index as it is at each call; so many at once, the others wait."""
    turns, tools = Turns(ANSWERING_AT_ONCE, WAITING), {tool.name: tool for tool in offered}
    listed = [_listed(tool) for tool in offered]

    async def list_tools(_: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=listed)

    async def call_tool(_: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        tool = tools.get(params.name)
        if tool is None:
            return _mistake(f"There is no tool {params.name!r}. Tools: {', '.join(tools)}.")
        try:
            given = read_input(tool.takes, params.arguments or {})
            told = await turns.take(lambda: _work(tool, live, given))
        except (WrongInput, Full) as error:
            return _mistake(str(error))
        except TiaowenError as error:
            if not isinstance(error, (QuestionError, SourceError)):
                log.error("A call could not be answered: %s", error)
            return _mistake(said_outside(error))
        except Exception:  # the SDK would hand on its words, to some clients
            log.exception("A call failed")
            return _mistake(UNFORESEEN)
        return CallToolResult(content=[TextContent(text=told.text)], structured_content=told.structured)

    return Server(
        NAME, title=TITLE, instructions=WORDS.instructions, on_list_tools=list_tools, on_call_tool=call_tool
    )


def _work(tool: Tool, live: LiveIndex, given: Any) -> Told:
    """The tool's result; where an older generation answers, its text says so first."""
    index = live.current()
    told = tool.work(index, given)
    if not index.warning:
        return told
    return Told(told.structured, f"{WORDS.older.format(manifest=index.manifest)}\n\n{told.text}")


def _listed(tool: Tool) -> ListedTool:
    return ListedTool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=input_schema(tool.takes),
        output_schema=TypeAdapter(tool.gives).json_schema(),
        annotations=_READS,
    )


def _mistake(words: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=words)], is_error=True)
