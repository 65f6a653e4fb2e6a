"""A program that asks a running server: an answer part by part, then the tasks of the body that it names.

    python app.py --read-only
    python examples/http_client.py http://127.0.0.1:7860 宁武县海绵城市建设由谁负责?

Where the server has users, name and password are read from TIAOWEN_USER and TIAOWEN_PASSWORD.
"""

from __future__ import annotations

import os
import sys

from web.client.client import AnswerPart, Client, ClientError


def converse(client: Client, question: str) -> None:
    """Print each part of the answer as it comes, its quotes, and how many tasks the same subject has."""
    for part in client.ask_stream(question):
        if not isinstance(part, AnswerPart):
            print("part:", part.block)
            continue
        for citation in part.answer["citations"]:
            print(f"[{citation['number']}] {citation['file']} {citation['start']}-{citation['end']}")
            print(f"    “{citation['quote']}”")
        topic = part.answer["understood"]["topic"]
        print(f"tasks on {topic}: {client.ledger(topic=topic)['count']}")


if __name__ == "__main__":
    user, password = os.environ.get("TIAOWEN_USER"), os.environ.get("TIAOWEN_PASSWORD")
    try:
        with Client(sys.argv[1], user=user, password=password) as client:
            print(client.health())
            converse(client, sys.argv[2])
    except ClientError as error:
        sys.exit(f"http_client: {error}")
