"""The routes give what qa gives, by GET and POST, streamed or whole, and errors in one form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from index.search.index import Index
from index.search.live import LiveIndex
from qa.api.ask import ask, ledger, search
from qa.api.feedback import Feedback, feedback_of
from qa.api.objects import answer_object, hit_objects, task_object
from tests.support.visiting import Serving, log_in

QUESTION = "宁武县海绵城市建设由谁负责?"
FOLLOW = {"question": "那运城呢?", "history": [QUESTION]}


def same(told: object) -> object:
    return json.loads(json.dumps(told))


def test_ask(serving: Serving, policy_index: Index) -> None:
    client = serving()
    told = client.get("/api/v1/ask", params={"question": QUESTION}).json()
    assert told == same(answer_object(ask(QUESTION, index=policy_index)))
    assert "县住建局、县财政局" in told["answer"]
    told = client.post("/api/v1/ask", json=FOLLOW).json()
    assert told == same(answer_object(ask("那运城呢?", history=[QUESTION], index=policy_index)))
    assert client.get("/api/v1/ask", params=FOLLOW).json() == told


@pytest.mark.parametrize("by", ["flag", "header", "get"])
def test_ask_streamed(serving: Serving, policy_index: Index, by: str) -> None:
    question, wanted = "哪个部门牵头海绵城市建设?", {"Accept": "text/event-stream"}
    client = serving()
    if by == "get":
        response = client.get("/api/v1/ask", params={"question": question}, headers=wanted)
    else:
        body = {"question": question, "stream": by == "flag"}
        response = client.post("/api/v1/ask", json=body, headers=wanted if by == "header" else {})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [part.split("\n") for part in response.text.strip().split("\n\n")]
    told = [
        (event.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for event, data in events
    ]
    answer = same(answer_object(ask(question, index=policy_index)))
    assert told[-1] == ("answer", answer)
    assert told[:-1] == [("block", block) for block in answer["blocks"]]
    assert told[:-1]


def test_search(serving: Serving, policy_index: Index) -> None:
    asked = {"question": "老旧小区改造", "top_k": 3, "regions": ["运城", "沁水"]}
    told = serving().post("/api/v1/search", json=asked).json()
    hits = search("老旧小区改造", top_k=3, regions=["运城", "沁水"], index=policy_index)
    assert told == same({"generation": 1, "hits": hit_objects(hits)})
    assert {hit["region"] for hit in told["hits"]} <= {"运城市", "沁水县"}
    assert serving().get("/api/v1/search", params=asked).json() == told


def test_ledger(serving: Serving, policy_index: Index) -> None:
    client, asked = serving(), {"regions": ["成武"], "agency": "县商务局", "due": "2025", "roles": ["责任"]}
    tasks = ledger(regions=["成武"], agency="县商务局", due="2025", roles=["responsible"], index=policy_index)
    told = client.post("/api/v1/ledger", json=asked).json()
    assert told == same({"generation": 1, "count": 2, "tasks": [task_object(task) for task in tasks]})
    assert client.get("/api/v1/ledger", params=asked).json() == told
    file = client.post("/api/v1/ledger", json={**asked, "format": "csv"})
    assert "ledger.csv" in file.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["任务"] for row in rows] == [task.task for task in tasks]
    file = client.get("/api/v1/ledger", params={**asked, "format": "xlsx"})
    book = load_workbook(io.BytesIO(file.content))
    assert [row[2].value for row in book["任务台账"].iter_rows(min_row=2)] == [task.task for task in tasks]
    assert ("筛选：单位", "县商务局") in [
        tuple(cell.value for cell in row) for row in book["说明"].iter_rows()
    ]


def test_documents(serving: Serving) -> None:
    told = serving().get("/api/v1/documents").json()
    assert (told["generation"], told["count"], len(told["documents"])) == (1, 5, 5)
    (one,) = (document for document in told["documents"] if document["region"] == "宁武县")
    assert (one["number"], one["kind"], one["clauses"]) == ("宁政办发〔2024〕63号", "正文", 129)


@pytest.mark.parametrize(
    ("path", "body", "status", "told"),
    [
        ("ask", {"question": ""}, 422, "empty"),
        ("ask", {"question": "字" * 1001}, 422, "question"),
        ("ask", {}, 422, "question"),
        ("ask", {"question": "x", "histroy": []}, 422, "histroy"),
        ("ask", {"question": "x", "history": ["x"] * 51}, 422, "history"),
        ("ask", {"question": "\ud800"}, 422, "question"),
        ("search", {"question": "x", "top_k": 0}, 422, "top_k"),
        ("search", {"question": "水", "regions": ["天津"]}, 404, "天津"),
        ("search", {"question": "水", "documents": ["没有.txt"]}, 404, "没有.txt"),
        ("ledger", {"due": "soon"}, 422, "2024-2026"),
        ("ledger", {"roles": ["boss"]}, 422, "牵头"),
        ("ledger", {"format": "pdf"}, 422, "format"),
        ("nothing", {}, 404, "/api/v1/docs"),
    ],
)
def test_mistakes_are_named(serving: Serving, path: str, body: dict, status: int, told: str) -> None:
    content = json.dumps(body)
    response = serving().post(
        f"/api/v1/{path}", content=content, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == status
    assert told in response.json()["error"]["message"]
    assert "store" not in response.json()["error"]["message"]  # where the index lies is nobody's business


def test_no_json(serving: Serving) -> None:
    response = serving().post("/api/v1/ask", content="{", headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "bad_request")
    assert serving().delete("/healthz").json()["error"]["code"] == "method_not_allowed"


def test_a_shorter_question_may_be_wished(serving: Serving) -> None:
    client = serving(longest_question=20)
    assert client.post("/api/v1/ask", json={"question": "字" * 21}).status_code == 422
    assert client.post("/api/v1/ask", json={"question": "海绵城市" * 5}).status_code == 200
    assert client.post("/api/v1/ledger", json={"topic": "字" * 21}).status_code == 422


def test_health_without_a_login(serving: Serving, users: Path) -> None:
    told = serving(auth_file=users).get("/healthz")
    assert (told.status_code, told.json()) == (
        200,
        {"status": "ok", "generation": 1, "documents": 5, "clauses": 500},
    )


def test_health_without_an_index(serving: Serving, tmp_path: Path) -> None:
    client = serving(over=LiveIndex(tmp_path / "nothing"))
    told = client.get("/healthz")
    assert told.status_code == 503
    assert told.json()["reason"].startswith("IndexMissing")
    assert str(tmp_path) not in told.text
    assert (
        client.post("/api/v1/ask", json={"question": QUESTION}).json()["error"]["code"]
        == "service_unavailable"
    )


def test_the_description_is_whole_and_offline(serving: Serving, users: Path) -> None:
    client = serving(auth_file=users)
    assert client.get("/api/v1/openapi.json").status_code == 401
    log_in(client, "reader")
    told = client.get("/api/v1/openapi.json").json()
    assert set(told["paths"]) == {
        f"/api/v1/{name}"
        for name in ("ask", "search", "ledger", "documents", "feedback", "me", "backups/{name}")
    }
    whole = told["components"]["schemas"]["AnswerObject"]["properties"]
    assert {"answer", "citations", "blocks", "abstained"} <= set(whole)
    for language, word in (("zh", "回答问题"), ("en", "Answer a question")):
        page = client.get(f"/api/v1/docs?lang={language}").text
        assert word in page
        assert "<script" not in page
        addresses = {part.split('"')[0] for part in page.split('href="')[1:]}
        assert not any(address.startswith(("http", "//")) for address in addresses)
        assert "src=" not in page


def test_asking_of_one_region(serving: Serving) -> None:
    sent = {"question": "哪个部门牵头海绵城市建设?", "regions": ["沁水"]}
    said = serving().post("/api/v1/ask", json=sent).json()
    assert {citation["region"] for citation in said["citations"]} == {"沁水县"}
    assert serving().post("/api/v1/ask", json={**sent, "regions": ["火星"]}).status_code == 404


def test_feedback_is_for_editors(serving: Serving, live: LiveIndex, users: Path) -> None:
    feedback_of(live.path).put(Feedback("x1", 1, "海绵城市由谁负责?", "县住建局[1]", "useful", "好"))
    client = serving(auth_file=users)
    log_in(client, "reader")
    assert client.get("/api/v1/feedback").status_code == 403
    log_in(client, "张三")
    told = client.get("/api/v1/feedback")
    assert told.headers["content-type"].startswith("text/csv")
    assert "海绵城市由谁负责?" in told.content.decode("utf-8-sig")


@pytest.mark.parametrize("stream", [False, True])
def test_why_comes_only_where_it_is_asked_for(serving: Serving, policy_index: Index, stream: bool) -> None:
    client, whole = serving(), same(answer_object(ask(QUESTION, index=policy_index), why=True))
    if stream:
        told = client.post("/api/v1/ask", json={"question": QUESTION, "why": True, "stream": True}).text
        assert json.loads(told.strip().split("\n\n")[-1].split("\ndata: ")[1]) == whole
    else:
        assert client.get("/api/v1/ask", params={"question": QUESTION, "why": 1}).json() == whole
        assert "why" not in client.get("/api/v1/ask", params={"question": QUESTION}).json()
