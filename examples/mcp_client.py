"""A program that asks over MCP: starts the server, asks, and reads the clause behind the first citation.

pip install "tiaowen[mcp]"
python examples/mcp_client.py 宁武县海绵城市建设由谁负责?
"""

from __future__ import annotations

import asyncio
import os
import sys

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult, TextContent


async def converse(question: str) -> None:
    """Print the tools, the answer as a model reads it, and the whole clause that it quotes."""
    server = StdioServerParameters(command=sys.executable, args=["-m", "web.mcp"], env={**os.environ})
    async with Client(stdio_client(server)) as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        print(f"tools: {', '.join(names)}\n")
        answered = await client.call_tool("ask", {"question": question})
        print(f"{text_of(answered)}\n")
        if answered.is_error or not answered.structured_content["citations"]:
            return
        cited = answered.structured_content["citations"][0]
        place = {"file": cited["file"], "start": cited["start"], "around": 0}
        print(text_of(await client.call_tool("read_clause", place)))


def text_of(result: CallToolResult) -> str:
    """The text of a result, as a model reads it."""
    return "\n".join(block.text for block in result.content if isinstance(block, TextContent))


if __name__ == "__main__":
    asyncio.run(converse(sys.argv[1]))
