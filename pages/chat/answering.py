"""A question of the chat → its turn: answered, or why not; growing while a language model writes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from index.errors import QuestionError, TiaowenError
from index.search.index import Index
from index.search.live import LiveIndex
from pages.chat.conversation import EVERYTHING, Scope, Turn, earlier_questions
from qa.answer.suggestions import suggestions
from qa.api.ask import ask
from qa.question.understand import LONGEST_QUESTION
from qa.records import Answer
from web.access.logs import questions

if TYPE_CHECKING:
    from qa.llm.settings import Settings as LanguageModel
    from qa.search.rerank import Reranker

log = logging.getLogger(__name__)


class Answering:
    """Over one index that may be rebuilt meanwhile; safe between threads."""

    def __init__(
        self,
        live: LiveIndex,
        longest: int = LONGEST_QUESTION,
        llm: LanguageModel | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """``longest``: characters that a question may have; ``llm``: what may write the answers."""
        self._live = live
        self._longest = longest
        self._llm = llm
        self._reranker = reranker

    def takes(self, question: str) -> bool:
        """Whether the question is one to be worked on."""
        return bool(question.strip()) and len(question) <= self._longest

    def whole(self, question: str, turns: Sequence[Turn], scope: Scope = EVERYTHING) -> Turn:
        """The turn when nothing more comes."""
        *_, turn = self.growing(question, turns, scope)
        return turn

    def growing(self, question: str, turns: Sequence[Turn], scope: Scope) -> Iterator[Turn]:
        """The turn as it grows, the whole one last; all of an answer's blocks are there where it has one."""
        if len(question) > self._longest:
            yield Turn(question, problem="long", limit=self._longest)
            return
        questions.info(question)
        index = self._live.current()
        try:
            for answer, complete in self._answers(question, earlier_questions(turns), scope, index):
                if complete:
                    suggested = tuple(suggestions(answer, index))
                    yield Turn(question, answer, suggested=suggested, id=uuid4().hex, scope=scope)
                else:
                    yield Turn(question, answer, shown=len(answer.blocks), growing=True)
        except QuestionError:
            yield Turn(question, problem="empty")
        except TiaowenError as error:
            log.error("A question could not be answered: %s", error)
            yield Turn(question, failure=str(error))

    def _answers(
        self, question: str, history: Sequence[str], scope: Scope, index: Index
    ) -> Iterator[tuple[Answer, bool]]:
        """Answers, each with whether it is the whole one."""
        if self._llm is None or not scope.written:
            narrowed = {"regions": scope.regions, "documents": scope.documents}
            plain = ask(question, history=history, index=index, reranker=self._reranker, **narrowed)
            yield plain, True
            return
        from qa.llm.write import write  # noqa: PLC0415 - an extra

        for written in write(
            question,
            self._llm,
            index=index,
            history=history,
            regions=scope.regions,
            documents=scope.documents,
            reranker=self._reranker,
        ):
            yield written.answer, written.complete
