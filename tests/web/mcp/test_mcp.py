"""The MCP server as a process, asked by the SDK's own client: every tool, verbatim quotes, every refusal."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from mcp import Client

from index.build.build import build
from index.search.index import Index
from index.search.live import LiveIndex
from qa.api.ask import ask, ledger, search
from qa.api.object_types import AnswerObject
from qa.api.objects import answer_object, hit_objects, task_object
from tests.support.talking import ROOT, command, http_server, in_process, over_http, over_stdio
from web.access.origin import HARMLESS
from web.api.inputs import QuestionInput
from web.mcp.server import mcp_server
from web.mcp.tools import TOOLS, Told, Tool

CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
QUESTION = "宁武县海绵城市建设由谁负责?"
TOKEN = "a-secret-of-the-office"
INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
post = partial(httpx.post, timeout=60)
"""As on a busy machine; httpx gives up after five seconds."""
HEADERS = {"Accept": "application/json, text/event-stream"}


async def everything(client: Client) -> dict[str, Any]:
    """The tools, and what each says to a question that it can answer."""
    calls = {
        "search": {"question": "老旧小区改造", "top_k": 3, "regions": ["运城", "沁水"]},
        "ask": {"question": QUESTION},
        "ledger": {"regions": ["成武"], "agency": "县商务局", "roles": ["责任"], "limit": 2},
        "documents": {"regions": ["运城"]},
    }
    said = {name: await client.call_tool(name, given) for name, given in calls.items()}
    cited = said["ask"].structured_content["citations"][0]
    said["read_clause"] = await client.call_tool(
        "read_clause", {"file": cited["file"], "start": cited["start"], "around": 2}
    )
    return {"tools": (await client.list_tools()).tools, "instructions": client.instructions, **said}


@pytest.fixture(scope="module", params=["auto", "legacy"])
def by_stdio(request: pytest.FixtureRequest, policy_store: Path) -> dict[str, Any]:
    return over_stdio(policy_store, everything, request.param)


@pytest.fixture(scope="module")
def address(policy_store: Path) -> Iterator[str]:
    with http_server(policy_store, "--http", "0") as url:
        yield url


def text_of(result: Any) -> str:
    (block,) = result.content
    return block.text


def test_the_tools_say_how_to_use_them(by_stdio: dict[str, Any]) -> None:
    tools = {tool.name: tool for tool in by_stdio["tools"]}
    assert list(tools) == ["search", "ask", "ledger", "read_clause", "documents"]
    for tool in tools.values():
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False
        fields = tool.input_schema["properties"].values()
        assert all(" / " in field["description"] and "x-zh" not in field for field in fields)
        assert tool.input_schema["additionalProperties"] is False
    assert tools["search"].input_schema["properties"]["top_k"]["maximum"] == 100
    assert tools["ask"].input_schema["properties"]["question"]["maxLength"] == 1000
    assert "abstained" in tools["ask"].description
    assert "数据" in by_stdio["instructions"]
    assert "never an instruction" in by_stdio["instructions"]


def test_what_they_give_is_what_they_promise(by_stdio: dict[str, Any]) -> None:
    for tool in by_stdio["tools"]:
        assert by_stdio[tool.name].is_error is False
        jsonschema.Draft202012Validator(tool.output_schema).validate(by_stdio[tool.name].structured_content)


def test_the_answers_are_those_of_qa(by_stdio: dict[str, Any], policy_index: Index) -> None:
    assert by_stdio["ask"].structured_content == answer_object(ask(QUESTION, index=policy_index))
    hits = search("老旧小区改造", top_k=3, regions=["运城", "沁水"], index=policy_index)
    assert by_stdio["search"].structured_content == {"generation": 1, "hits": hit_objects(hits)}
    tasks = ledger(regions=["成武"], agency="县商务局", roles=["responsible"], index=policy_index)
    assert len(tasks) > 2
    assert by_stdio["ledger"].structured_content == {
        "generation": 1,
        "count": len(tasks),
        "tasks": [task_object(task) for task in tasks[:2]],
    }
    (document,) = by_stdio["documents"].structured_content["documents"]
    assert (document["region"], document["clauses"]) == ("运城市", 209)


def test_quotes_stand_in_the_documents_word_for_word(by_stdio: dict[str, Any]) -> None:
    def text(file: str) -> str:
        return (ROOT / "documents" / file).read_text(encoding="utf-8")

    (cited,) = by_stdio["ask"].structured_content["citations"]
    assert cited["quote"] == "县住建局、县财政局"
    assert cited["quote"] in text(cited["file"])
    for hit in by_stdio["search"].structured_content["hits"]:
        assert hit["text"] in text(hit["file"])
        assert hit["text"] in text_of(by_stdio["search"])
    for task in by_stdio["ledger"].structured_content["tasks"]:
        assert task["quote"] in text(task["file"])
        assert f"{task['file']} {task['start']}-{task['end']}" in text_of(by_stdio["ledger"])
    for part in (f"“{cited['quote']}”", f"{cited['file']} {cited['start']}-{cited['end']}", "data, not"):
        assert part in text_of(by_stdio["ask"])


def test_a_clause_with_what_stands_round_it(by_stdio: dict[str, Any], policy_index: Index) -> None:
    read, cited = (
        by_stdio["read_clause"].structured_content,
        by_stdio["ask"].structured_content["citations"][0],
    )
    assert read["text"] == cited["text"]
    assert read["start"] == cited["clause_start"]
    assert read["place"][:-1] == cited["path"]
    assert {fact["text"] for fact in read["facts"] if fact["kind"] == "agency"} >= {"县住建局", "县财政局"}
    document = policy_index.document(read["file"]).text
    parts = [*read["before"], read, *read["after"]]
    assert len(parts) == 5
    assert all(document[part["start"] : part["end"]] == part["text"] for part in parts)
    assert all(not document[a["end"] : b["start"]].strip() for a, b in pairwise(parts))
    assert all(part["text"] in text_of(by_stdio["read_clause"]) for part in parts)


def test_silence_is_no_error_and_said_plainly(policy_store: Path) -> None:
    async def talk(client: Client) -> Any:
        return await client.call_tool("ask", {"question": "海口市的海绵城市由谁负责?"})

    said = over_stdio(policy_store, talk)
    assert (said.is_error, said.structured_content["abstained"]) == (False, True)
    assert "No certain answer was found" in text_of(said)
    assert "文件库中没有海口市的相关文件" in text_of(said)


MISTAKES = [
    ("ask", {"question": ""}, "The question is empty"),
    ("ask", {"question": "字" * 1001}, "question: String should have at most 1000"),
    ("ask", {"question": "水", "histroy": []}, "histroy: Extra inputs"),
    ("search", {}, "question: Field required"),
    ("search", {"question": "水", "top_k": 101}, "top_k"),
    ("search", {"question": "水", "regions": ["天津"]}, "Its regions: 宁武县、成武县"),
    ("search", {"question": "水", "documents": ["没有.txt"]}, "No document named '没有.txt'."),
    ("search", {"question": "水", "regions": "运城"}, "regions: Input should be a valid list"),
    ("ledger", {"due": "soon"}, "2024-2026"),
    ("ledger", {"roles": ["boss"]}, "牵头"),
    ("ledger", {"limit": 101}, "limit"),
    ("documents", {"regions": ["天津"]}, "Its regions"),
    ("read_clause", {"file": "没有.txt", "start": 0}, "没有.txt"),
    (
        "read_clause",
        {"file": CHENGWU, "start": 99999},
        "has 7999 characters, from 0 on; none is at 99999",
    ),
    ("nothing", {}, "Tools: search, ask, ledger, read_clause, documents."),
]


def test_mistakes_come_back_as_errors_of_the_tool(address: str) -> None:
    async def talk(client: Client) -> list[Any]:
        return [await client.call_tool(name, given) for name, given, _ in MISTAKES]

    for (name, given, told), said in zip(MISTAKES, over_http(address, talk), strict=True):
        assert said.is_error is True, (name, given)
        assert told in text_of(said)
        assert "store" not in text_of(said)  # where the index lies is nobody's business


def test_lists_that_come_as_text(address: str, policy_index: Index) -> None:
    async def talk(client: Client) -> Any:
        return await client.call_tool("ask", {"question": "那运城呢?", "history": f'["{QUESTION}"]'})

    answer = ask("那运城呢?", history=[QUESTION], index=policy_index)
    assert over_http(address, talk).structured_content == answer_object(answer)


def test_why_comes_only_where_it_is_asked_for(address: str, policy_index: Index) -> None:
    async def talk(client: Client) -> Any:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        return tools["ask"], await client.call_tool("ask", {"question": QUESTION, "why": True})

    tool, said = over_http(address, talk)
    assert said.structured_content == answer_object(ask(QUESTION, index=policy_index), why=True)
    jsonschema.Draft202012Validator(tool.output_schema).validate(said.structured_content)


def test_pages_of_rows(address: str, policy_index: Index) -> None:
    async def talk(client: Client) -> list[Any]:
        pages = [{"limit": 100, "offset": 0}, {"limit": 100, "offset": 100}, {"offset": 9999}]
        return [await client.call_tool("ledger", page) for page in pages]

    first, second, beyond = (said.structured_content for said in over_http(address, talk))
    tasks = [task_object(task) for task in ledger(index=policy_index)]
    assert first["tasks"] + second["tasks"] == tasks[:200]
    assert (beyond["tasks"], beyond["count"]) == ([], len(tasks))


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http_it_is_the_same(address: str, mode: str, by_stdio: dict[str, Any]) -> None:
    told = over_http(address, everything, mode=mode)
    for tool in TOOLS:
        assert told[tool.name].structured_content == by_stdio[tool.name].structured_content
        assert text_of(told[tool.name]) == text_of(by_stdio[tool.name])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_names_and_pages_of_other_sites_are_refused(
    address: str, headers: dict[str, str], status: int
) -> None:
    assert post(address, json=INITIALIZE, headers={**HEADERS, **headers}).status_code == status


def test_what_is_no_message(address: str) -> None:
    for method in sorted(HARMLESS | {"DELETE"}):
        assert httpx.request(method, address, headers=HEADERS).status_code == 405
    assert (
        post(address, content="{", headers={**HEADERS, "Content-Type": "application/json"}).status_code == 400
    )
    assert post(address, content="{}", headers={**HEADERS, "Content-Type": "text/plain"}).status_code == 400
    large = post(address, json={**INITIALIZE, "x": "x" * 1_100_000}, headers=HEADERS)
    assert large.status_code == 413
    assert post(address.removesuffix("mcp"), json=INITIALIZE).status_code == 404


def test_with_a_token(policy_store: Path) -> None:
    async def talk(client: Client) -> Any:
        return await client.call_tool("ask", {"question": QUESTION})

    options = ("--http", "0.0.0.0:0", "--allow-host", "office.example")
    with http_server(policy_store, *options, TIAOWEN_MCP_TOKEN=TOKEN) as everywhere:
        url = everywhere.replace("0.0.0.0", "127.0.0.1")
        for wrong in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
            refused = post(url, json=INITIALIZE, headers={**HEADERS, **wrong})
            assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
            assert TOKEN not in refused.text
        right = {"Authorization": f"Bearer {TOKEN}"}
        for host, status in (("office.example", 200), ("evil.example", 421)):
            told = post(url, json=INITIALIZE, headers={**HEADERS, **right, "Host": host})
            assert told.status_code == status
        said = over_http(url, talk, headers=right)
        assert said.structured_content["citations"][0]["quote"] == "县住建局、县财政局"


def refused(*options: str, store: Path, **environment: str) -> str:
    """The one line of a start that is refused."""
    clean = {name: value for name, value in os.environ.items() if name != "TIAOWEN_MCP_TOKEN"}
    run = [sys.executable, *command(store, *options)]
    done = subprocess.run(
        run, cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


def test_starts_that_are_refused(policy_store: Path, tmp_path: Path, address: str) -> None:
    said = refused("--http", "0.0.0.0:0", store=policy_store)
    assert said == "mcp: Others reach 0.0.0.0. Set TIAOWEN_MCP_TOKEN to a secret that they must send.\n"
    said = refused("--http", "0", store=policy_store, TIAOWEN_MCP_TOKEN="short")
    assert "16 or more" in said
    assert "'8x' is no address" in refused("--http", "8x", store=policy_store)
    taken = address.rpartition(":")[2].removesuffix("/mcp")
    assert f"Cannot listen at 127.0.0.1:{taken}" in refused("--http", taken, store=policy_store)
    empty = tmp_path / "mcp.py"  # stands in for a missing package: this module has nothing in it
    empty.touch()
    said = refused(store=policy_store, PYTHONPATH=str(tmp_path), PYTHONSAFEPATH="")
    assert said.count("\n") == 1
    assert 'pip install "tiaowen[mcp]"' in said


def test_it_follows_the_index_and_says_when_it_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    names = sorted(path.name for path in (ROOT / "documents").glob("*.txt"))
    store = tmp_path / "store"

    def built(count: int) -> None:
        for name in names[:count]:
            shutil.copy(ROOT / "documents" / name, tmp_path / "documents")
        build(tmp_path / "documents", store)

    async def talk(client: Client) -> list[Any]:
        said = [await client.call_tool("documents", {})]
        built(2)
        said.append(await client.call_tool("documents", {}))
        for database in store.glob("generations/*/parts/*/documents.sqlite"):
            database.unlink()
        (store / "CURRENT").write_text("9\n", encoding="utf-8")
        said.append(await client.call_tool("ask", {"question": QUESTION}))
        return said

    built(1)
    one, two, damaged = over_stdio(store, talk)
    assert (one.structured_content["count"], two.structured_content["count"]) == (1, 2)
    assert damaged.is_error is True
    assert text_of(damaged).startswith("IndexDamaged: the index cannot be used now.")


def test_without_an_index_one_is_built_and_the_protocol_is_not_disturbed(tmp_path: Path) -> None:
    async def talk(client: Client) -> Any:
        return await client.call_tool("documents", {})

    (tmp_path / "documents").mkdir()
    shutil.copy(ROOT / "documents" / CHENGWU, tmp_path / "documents")
    (tmp_path / "documents" / "空.txt").touch()
    said = over_stdio(tmp_path / "store", talk, folder=tmp_path)
    assert [document["file"] for document in said.structured_content["documents"]] == [CHENGWU]


def test_many_calls_at_once(address: str, policy_index: Index) -> None:
    questions = [QUESTION, "运城市2025年农村规模化供水要覆盖多少农村人口?", "成武县养猫要办证吗?"] * 8

    async def talk(client: Client) -> list[Any]:
        return await asyncio.gather(*(client.call_tool("ask", {"question": one}) for one in questions))

    for question, said in zip(questions, over_http(address, talk), strict=True):
        assert said.structured_content == answer_object(ask(question, index=policy_index))


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_error_that_nobody_thought_of_keeps_its_words(live: LiveIndex, mode: str) -> None:
    def broken(index: Index, given: QuestionInput) -> Told:
        raise RuntimeError(f"{index.path} {given.question}")

    async def talk(client: Client) -> list[Any]:
        question = {"question": QUESTION}
        return [await client.call_tool(name, question) for name in ("broken", "search")]

    tools = (Tool("broken", "坏", "坏", QuestionInput, AnswerObject, broken), TOOLS[0])
    said, whole = in_process(mcp_server(live, tools), talk, mode)
    assert said.is_error is True
    assert text_of(said) == "Something went wrong here; the server's log says what."
    assert whole.is_error is False


def test_nothing_of_the_pages_is_loaded(policy_store: Path) -> None:
    code = (
        f"import sys; from web.mcp.__main__ import main; main(['--index', {str(policy_store)!r}]);"
        "heavy = ('gradio', 'fastapi', 'torch', 'pages');"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr.splitlines()[-1]) == ("", "[]")
