"""The routes described: the OpenAPI document, and a page of it for people that loads nothing.

Both are made from the routes themselves.  Left out: trying them from the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from web.api.inputs import CHINESE
from web.api.routes import PREFIX
from web.plain_pages.frame import framed
from web.plain_pages.words import WebWords, words_in

Json = dict[str, Any]
_EXAMPLES: Final = {
    "search": '{"question": "老旧小区改造", "top_k": 2, "regions": ["运城"]}',
    "ask": '{"question": "宁武县海绵城市建设由谁负责?"}',
    "ledger": '{"regions": ["成武"], "agency": "县商务局", "due": "2025"}',
}
"""A body for each route that takes one."""

_LOGIN: Final = "curl -c cookies --data-urlencode name=NAME --data-urlencode password=PASSWORD http://127.0.0.1:7860/login"


def description_routes(site: FastAPI) -> APIRouter:
    """``/api/v1/openapi.json`` and ``/api/v1/docs``."""
    routes = APIRouter(prefix=PREFIX, include_in_schema=False)

    @routes.get("/openapi.json")
    def machine_readable() -> Response:
        return JSONResponse(site.openapi())

    @routes.get("/docs")
    def readable(request: Request) -> Response:
        return HTMLResponse(page(site.openapi(), words_in(request.query_params.get("lang"))))

    return routes


def page(described: Json, words: WebWords) -> str:
    """The page for an OpenAPI document."""
    sections = "".join(
        _section(path, methods, described["components"]["schemas"], words)
        for path, methods in described["paths"].items()
    )
    inside = (
        f"<h2>{escape(words.routes)}</h2><p>{escape(words.routes_more)} "
        f'<a href="openapi.json">{escape(words.machine_readable)}</a></p>'
        f"<p>{escape(words.first_login)}</p><pre>{escape(_LOGIN)}</pre>{sections}"
    )
    other = "zh" if words.language == "en" else "en"
    return framed(words, words.routes, inside, f"docs?lang={other}", kind="routes")


def _section(path: str, methods: Json, schemas: Json, words: WebWords) -> str:
    """One path, whose methods take the same by query (GET) and as JSON (POST)."""
    first = next(iter(methods.values()))
    badges = "".join(f"<b>{escape(method.upper())}</b>" for method in methods)
    told = first.get(CHINESE) if words.language == "zh" else first["summary"]
    return (
        f"<section><h3>{badges}<code>{escape(path)}</code></h3><p>{escape(str(told))}</p>"
        f"{_inputs(methods, schemas, words)}{_example(path, words)}"
        f"<h4>{escape(words.answers)}</h4><p>{escape(_answers(first))}</p></section>"
    )


def _inputs(methods: Json, schemas: Json, words: WebWords) -> str:
    if "post" not in methods:
        return ""
    schema = methods["post"]["requestBody"]["content"]["application/json"]["schema"]
    taken = schemas[schema["$ref"].rsplit("/", 1)[-1]]
    named = (words.input, words.of_type, words.standard, words.meaning)
    heads = "".join(f"<th>{escape(one)}</th>" for one in named)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _rows(taken, words))
    return (
        f"<h4>{escape(words.in_query)} (GET) / {escape(words.in_body)} (POST)</h4>"
        '<div class="table"><table><thead><tr>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _rows(taken: Json, words: WebWords) -> Iterator[tuple[str, str, str, str]]:
    for name, schema in taken["properties"].items():
        needed = name in taken.get("required", ())
        standard = words.needed if needed else _standard(schema.get("default"))
        told = schema.get(CHINESE) if words.language == "zh" else schema.get("description")
        yield f"<code>{escape(name)}</code>", escape(_type(schema)), escape(standard), escape(str(told or ""))


def _standard(default: object) -> str:
    return "—" if default is None or default == [] else json.dumps(default)


def _type(schema: Json) -> str:
    """The type of an input in one line: array of string ≤ 50, "json" | "csv"."""
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    kind = str(schema.get("type", ""))
    if kind == "array":
        kind = f"array of {_type(schema['items']).split(' ≤')[0]}"
    most = schema.get("maxLength", schema.get("maxItems", schema.get("maximum")))
    return kind if most is None else f"{kind} ≤ {most:g}"


def _example(path: str, words: WebWords) -> str:
    body = _EXAMPLES.get(path.rsplit("/", 1)[-1])
    sent = f" -H 'Content-Type: application/json' -d '{body}'" if body else ""
    command = f"curl -b cookies http://127.0.0.1:7860{path}{sent}"
    return f"<h4>{escape(words.example)}</h4><pre>{escape(command)}</pre>"


def _answers(method: Json) -> str:
    kinds = ", ".join(method["responses"]["200"]["content"])
    others = ", ".join(status for status in method["responses"] if status != "200")
    return f"200: {kinds}; {others}: application/json"
