"""The server side of the web application, and the client of its routes.

Who may come in, limits, what is written down, the HTTP routes (`application`); the MCP server (`mcp_server`);
what a program asks a running server with (`client`).  Knows ``index`` and ``qa``; never imports ``pages``,
which are mounted on what `application` makes.
"""

import index  # noqa: F401 - first of all: it switches off the telemetry of other packages
