"""What leaves the chat page: an answer's clauses as a workbook, the conversation as a file, what readers say.

Files are made in memory and handed to the browser inside the page (download.js); none is left on the server.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

import gradio as gr

from index.search.live import LiveIndex
from pages.chat.conversation import Turn, Turns
from pages.common.markup import download
from pages.common.words import Language, Words, words_of
from qa.api.feedback import Feedback, feedback_of
from qa.files.transcript import SEARCHED, as_docx, as_markdown
from qa.ledger.files import ledger_xlsx
from qa.ledger.tasks import tasks_cited
from qa.printed import searched_in

Ending = Literal["docx", "md"]
TOLD: Final = 5
"""Seconds that a word in passing stays."""


def said_of(turn: Turn, verdict: Any, generation: int, comment: str = "") -> Feedback:
    """What was said of a turn's answer."""
    assert turn.answer is not None
    return Feedback(turn.id, generation, turn.question, turn.answer.text, verdict, comment)


def tell(text: str) -> None:
    """Say something in passing; it reaches the page from an event that waits in gradio's queue alone."""
    gr.Info(text, duration=TOLD)


def transcript_of(turns: Turns, words: Words, ending: Ending) -> str:
    """A conversation as a file, in an element that the browser makes a file of."""
    answers, now = [turn.answer for turn in turns if turn.answer], datetime.now()
    if not answers:
        tell(words.nothing_to_export)
        return ""
    made = now.strftime("%Y年%m月%d日 %H:%M")
    data = as_docx(answers, made) if ending == "docx" else as_markdown(answers, made).encode()
    return download(f"{words.transcript_name}-{now:%Y%m%d-%H%M}.{ending}", data)


class Keeping:
    """The events by which something leaves the page; safe between threads."""

    def __init__(self, live: LiveIndex) -> None:
        self._live = live
        self._feedback = feedback_of(live.path)

    def comment(self, text: str, turns: Turns, language: Language) -> str:
        """Keep a comment on the last answer that was judged; the empty box."""
        judged = next((turn for turn in reversed(turns) if turn.verdict), None)
        if judged is None or not text.strip():
            return ""
        number = self._live.current().manifest.number
        self._feedback.put(said_of(judged, judged.verdict, number, text.strip()))
        tell(words_of(language).thanks)
        return ""

    def transcript(self, turns: Turns, language: Language, ending: Ending) -> str:
        """The conversation as a file, in an element that the browser makes a file of."""
        return transcript_of(turns, words_of(language), ending)

    def export(self, turns: Turns, language: Language, event: gr.EventData) -> str:
        """The clauses that an answer cites as a workbook, in an element that the browser makes a file of."""
        number = getattr(event, "turn", None)
        answer = turns[number].answer if isinstance(number, int) and 0 <= number < len(turns) else None
        if answer is None:
            return ""
        words = words_of(language)
        asked = [(words.you, answer.query.question)]
        asked += [(words.inherited, answer.query.taken_over)] if answer.query.taken_over else []
        asked += [(SEARCHED, where)] if (where := searched_in(answer)) else []
        book = ledger_xlsx(tasks_cited(self._live.current(), answer), asked)
        return download(f"{words.export_name}-{number}.xlsx", book)
