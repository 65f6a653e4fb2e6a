"""A real OpenAI-compatible server that does what its model's name says; started as a process of its own.

    python scripted_server.py          # prints the port that it listens at

Faults: 401, 429, 500, hang, slow, half, no-end, length, html, not-json, empty, refusal, filtered, error,
endless, shapes, bytes, reset.  Words: good (a sentence of each clause, cited), garbled-SEED (some right,
some with figures, dates, bodies and citations exchanged), obey (does what the clauses tell a model), say-HEX
(those words), think-HEX (the same after thinking aloud), reason-HEX (after
reasoning in a field of its own), rewrite-HEX.
"""

from __future__ import annotations

import html
import json
import random
import re
import socket
import struct
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import zip_longest

CLAUSE = re.compile(r'<条款 编号="(\d+)"[^>]*>(.*?)</条款>', re.DOTALL)
ORDER = re.compile(
    r"(?:回答|回复|输出|写明|注明|改为|answer|reply|say)(?:道|说|with)?[:：]?\s*[“\"]?([^”\"。<]{4,60})", re.I
)
FIGURE = re.compile(r"\d+(?:\.\d+)?%?")
BODIES = ("县公安局", "市教育局", "省财政厅", "国家税务总局", "县融媒体中心", "某某投资有限公司")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name, _, rest = body["model"].partition("-")
        said = body["messages"][-1]["content"]
        clauses = [(int(n), html.unescape(text)) for n, text in CLAUSE.findall(said)]
        getattr(self, f"do_{name}", self.unknown)(rest, clauses)

    # Words

    def do_good(self, _: str, clauses: list[tuple[int, str]]) -> None:
        self.stream("".join(f"{first_sentence(text)}[{number}]。" for number, text in clauses[:4]))

    def do_garbled(self, seed: str, clauses: list[tuple[int, str]]) -> None:
        self.stream(garbled(random.Random(seed), clauses))

    def do_obey(self, _: str, clauses: list[tuple[int, str]]) -> None:
        """A model that any clause can order about: says what it is told, citing the clause that told it."""
        joined = "".join(text for _, text in clauses)
        orders = [(n, order) for n, text in clauses for order in ORDER.findall(text)]
        orders += [(clauses[-1][0], order) for order in ORDER.findall(joined)]
        told = "".join(f"{order.strip()}[{number}]。" for number, order in orders)
        self.stream(told + "".join(f"{first_sentence(text)}[{n}]。" for n, text in clauses[:3]))

    def do_say(self, words: str, _: object) -> None:
        self.stream(bytes.fromhex(words).decode())

    def do_think(self, words: str, _: object) -> None:
        self.stream(f"<think>先看第9条，共99亿元。[1]</think>\n{bytes.fromhex(words).decode()}")

    def do_reason(self, words: str, _: object) -> None:
        self.begin()
        for name in ("reasoning_content", "reasoning"):
            delta = {name: "先看第9条，共99亿元。[1]", "content": None}
            self.event(json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}))
        self.event(chunk(bytes.fromhex(words).decode()))
        self.event(json.dumps({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}))
        self.finish_stream()

    def do_rewrite(self, words: str, clauses: list[tuple[int, str]]) -> None:
        if clauses:
            self.do_good("", clauses)
        else:
            self.stream(bytes.fromhex(words).decode())

    # Faults

    def do_401(self, *_: object) -> None:
        self.refuse(401, "Incorrect API key provided: " + self.headers["Authorization"])

    def do_429(self, *_: object) -> None:
        self.refuse(429, "Rate limit reached")

    def do_500(self, *_: object) -> None:
        self.refuse(500, "Traceback")

    def do_hang(self, *_: object) -> None:
        time.sleep(30)
        self.close_connection = True

    def do_slow(self, _: object, clauses: list[tuple[int, str]]) -> None:
        self.begin()
        try:
            for sign in first_sentence(clauses[0][1]) * 20:
                self.event(chunk(sign))
                time.sleep(0.2)
        except OSError:  # the client has had enough
            self.close_connection = True

    def do_half(self, _: object, clauses: list[tuple[int, str]]) -> None:
        self.begin()
        self.event(chunk(f"{first_sentence(clauses[0][1])}[1]。而且到2099年"))
        self.wfile.write(b"5\r\nda")  # announces five bytes and sends two
        self.wfile.flush()
        self.close_connection = True

    def do_no(self, _: object, clauses: list[tuple[int, str]]) -> None:
        self.stream(f"{first_sentence(clauses[0][1])}[1]。", ended=None)

    def do_length(self, _: object, clauses: list[tuple[int, str]]) -> None:
        self.stream(f"{first_sentence(clauses[0][1])}[1]。而且", ended="length")

    def do_html(self, *_: object) -> None:
        self.whole(200, b"<html><body>Login</body></html>", "text/html")

    def do_not(self, *_: object) -> None:
        self.begin()
        self.event("{not json")
        self.finish_stream()

    def do_empty(self, *_: object) -> None:
        self.stream("")

    def do_refusal(self, *_: object) -> None:
        self.begin()
        self.event(
            json.dumps({"choices": [{"index": 0, "delta": {"refusal": "No."}, "finish_reason": None}]})
        )
        self.finish_stream()

    def do_filtered(self, *_: object) -> None:
        self.stream("这", ended="content_filter")

    def do_error(self, _: object, clauses: list[tuple[int, str]]) -> None:
        self.begin()
        self.event(chunk(f"{first_sentence(clauses[0][1])}[1]。"))
        self.event(json.dumps({"error": {"message": "overloaded", "type": "server_error"}}))
        self.finish_stream()

    def do_endless(self, *_: object) -> None:
        self.begin()
        try:
            while True:
                self.event(chunk("啊" * 200))
        except OSError:
            self.close_connection = True

    def do_shapes(self, *_: object) -> None:
        self.begin()
        odds: tuple[object, ...] = (
            {"choices": [{"delta": {"content": ["一"]}}]},
            {"choices": "x"},
            [],
            {"choices": [{}]},
        )
        for odd in odds:
            self.event(json.dumps(odd))
        self.finish_stream()

    def do_bytes(self, *_: object) -> None:
        self.whole(200, random.Random(1).randbytes(4000), "text/event-stream")

    def do_reset(self, *_: object) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def unknown(self, *_: object) -> None:
        self.refuse(404, "no such model")

    # How it is sent

    def stream(self, words: str, ended: str | None = "stop") -> None:
        self.begin()
        for at in range(0, len(words), 5):
            self.event(chunk(words[at : at + 5]))
        self.event(json.dumps({"choices": [{"index": 0, "delta": {}, "finish_reason": ended}]}))
        self.finish_stream()

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def event(self, data: str) -> None:
        sent = f"data: {data}\n\n".encode()
        self.wfile.write(f"{len(sent):x}\r\n".encode() + sent + b"\r\n")
        self.wfile.flush()

    def finish_stream(self) -> None:
        self.event("[DONE]")
        self.wfile.write(b"0\r\n\r\n")

    def refuse(self, status: int, message: str) -> None:
        self.whole(status, json.dumps({"error": {"message": message}}).encode(), "application/json")

    def whole(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def chunk(words: str) -> str:
    return json.dumps({"choices": [{"index": 0, "delta": {"content": words}, "finish_reason": None}]})


def first_sentence(text: str) -> str:
    """The first sentence of ten characters and more, without its end."""
    parts = [part.strip() for part in re.split(r"[。！？]", text)]
    return next((part for part in parts if len(part) >= 10), parts[0])


def garbled(chance: random.Random, clauses: list[tuple[int, str]]) -> str:
    """Sentences of the clauses of which most say something that the clause cited does not."""
    told = []
    for _ in range(chance.randint(2, 7)):
        number, text = chance.choice(clauses)
        words = first_sentence(" ".join(text.split()))
        kind = chance.choice(
            ("right", "number", "unit", "year", "body", "other", "none", "swap", "quote", "place")
        )
        if kind == "number":
            words = (
                re.sub(r"\d+", lambda found: str(int(found[0]) + chance.randint(1, 9)), words) + "，达到37.5%"
            )
        elif kind == "unit":
            words = re.sub(r"(?<=\d)[%万个年]", "亿元", words) + "，共3个"
        elif kind == "year":
            words = f"到{chance.randint(2031, 2099)}年底，{words}"
        elif kind == "body":
            words = f"{words}，由{chance.choice(BODIES)}牵头负责"
        elif kind == "other":
            number = chance.choice(clauses)[0]
        elif kind == "none":
            told.append(f"{words}。")
            continue
        elif kind == "swap":
            figures = re.findall(FIGURE, words)
            chance.shuffle(figures)
            words = "".join(map("".join, zip_longest(re.split(FIGURE, words), figures, fillvalue="")))
        elif kind == "quote":
            words = f"文件要求“{words[:6]}必须于三十日内完成”"
        elif kind == "place":
            words = f"北京市朝阳区{words}"
        cited = number if chance.random() < 0.9 else 99
        told.append(f"{words}[{cited}]。")
    return "".join(told)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)
