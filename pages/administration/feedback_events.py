"""What happens to what readers said: marked, replied to, made a question that the quality is measured by."""

from __future__ import annotations

from typing import Final

import gradio as gr

from index.errors import QuestionError
from index.storage.journal import note_change
from pages.administration.showing import Refused, Updates
from pages.administration.user_events import UserEvents
from pages.administration.view import View
from pages.administration.words import administration_words
from qa.api.feedback import feedback_of
from qa.quality.own_questions import keep_question

LONGEST_NOTE: Final = 120
"""Characters of a question in the log of changes."""


class FeedbackEvents(UserEvents):
    """The events over the file of feedback."""

    def done(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """What was said of an answer marked as done, or as not."""

        def change(values: dict[str, str], of: str) -> str:
            marked = str(getattr(event, "value", "1")) == "1"
            feedback_of(self.live.path).mark(of, done=marked)
            words = administration_words(view.language)
            note_change(self.live.path, "mark feedback", note=self._question(of))
            return words.marked

        return self.changed(view, event, request, change)

    def reply(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """A reply to what was said of an answer."""

        def change(values: dict[str, str], of: str) -> str:
            feedback_of(self.live.path).answer(of, values.get("reply", "").strip())
            note_change(self.live.path, "reply", note=self._question(of))
            return administration_words(view.language).reply_saved

        return self.changed(view, event, request, change)

    def keep(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """What was said of an answer made a question that the quality is measured by."""

        def change(values: dict[str, str], of: str) -> str:
            words, question = administration_words(view.language), values.get("question", "").strip()
            evidence, wanted = (values.get(name, "").splitlines() for name in ("evidence", "answer"))
            unsaid = values.get("unsaid") == "1"
            if not question or not (unsaid or ("".join(evidence).strip() and "".join(wanted).strip())):
                raise Refused(words.question_incomplete)
            try:
                keep_question(self.live.current(), of, question, evidence, wanted, unsaid=unsaid)
            except QuestionError as error:
                raise Refused(words.not_in_documents) from error
            note_change(self.live.path, "keep question", note=question[:LONGEST_NOTE])
            return words.question_kept

        return self.changed(view, event, request, change)

    def _question(self, of: str) -> str:
        lines = feedback_of(self.live.path).lines(10_000)
        return next((one.said.question[:LONGEST_NOTE] for one in lines if one.said.id == of), "")
