"""A question → the answer that a language model writes, each looked up in its clauses first.

The answer without a model is made first.  It is the one given where the documents do not say, where the model
fails in any way, and where nothing of what it wrote stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from index.language.folding import folded
from index.language.regions import short_forms
from index.language.sentences import sentences as spans_of
from index.search.index import Index
from qa.answer.answer import notes_below
from qa.api.ask import ask
from qa.api.object_types import NotByModel, StruckBecause
from qa.citations import Citations
from qa.llm.check import faults, judged
from qa.llm.clauses import MOST_CLAUSES, Numbered, numbered
from qa.llm.client import Silent, words
from qa.llm.prompt import UNSAID, messages
from qa.llm.rewriting import rewritten
from qa.llm.sentences import Sentence, Sentences
from qa.llm.settings import Settings
from qa.llm.source import Source, coverage
from qa.llm.stated import elements, regions_of
from qa.question.kinds import KINDS
from qa.records import Answer, Block, Statement
from qa.search.rerank import Reranker

MOST_SENTENCES: Final = 12
"""Of one answer; a model that goes on is not listened to."""
SAID_WHY: Final[dict[NotByModel, str]] = {
    "unreachable": "语言模型连接不上",
    "timeout": "语言模型未在限定时间内答完",
    "server": "语言模型的服务出错",
    "name": "语言模型的地址或名称不对",
    "key": "语言模型不接受所设的密钥",
    "limit": "语言模型繁忙，暂不接受提问",
    "refused": "语言模型拒绝作答",
    "half": "语言模型的回答中途断开",
    "garbage": "语言模型返回的内容无法识别",
    "unsaid": "语言模型认为所给条款没有直接回答",
    "empty": "语言模型没有写出内容",
    "beside": "语言模型没有写出所问的内容",
    "struck": "语言模型写的内容与所引条款不符，已全部删去",
}
SAID_FAULT: Final[dict[StruckBecause, str]] = {
    "uncited": "没有注明出处",
    "unknown": "所注出处不存在",
    "number": "有所引条款没有的数字",
    "date": "有所引条款没有的时间",
    "body": "有所引条款没有的单位",
    "place": "有所引条款没有的地名",
    "quote": "引文不在所引条款中",
    "name": "有所引条款没有的外文词",
    "word": "有所引条款没有的关键词",
    "bound": "数字的时间、幅度或所指与所引条款不符",
    "role": "单位的职责与所引条款不符",
    "region": "所引条款不是该地区的",
    "lost": "漏了所引条款的限制（不得、原则上、力争等）",
    "strange": "多数词语不在所引条款中",
}
BY_MODEL: Final = (
    "（以上由语言模型{model}撰写。程序核对了其中的数字、单位、时间、地名和机构见于所引条款，"
    "没有核对文意；以条款原文为准。）"
)
UNSAID_OF: Final = "（{regions}：所给条款未作规定。）"
INSTEAD: Final = "（{why}。以下答案未经语言模型。）"
REWRITTEN: Final = "（问题由语言模型改写为：{question}）"
WITHHELD: Final = "（有{count}条条款含有写给语言模型的文字，该部分未交给语言模型。）"


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as the user gets it, and how it came about.

    ``by_model`` is false where ``answer`` is the one without a model, ``why`` then says why (None where the
    documents do not say).  ``struck`` holds the reasons for each sentence left out.  ``withheld`` counts the
    clauses of which something was kept from the model, ``question`` is the question as the model rewrote it.
    ``complete`` is false while more may come.
    """

    answer: Answer
    by_model: bool
    model: str
    why: NotByModel | None = None
    struck: tuple[tuple[StruckBecause, ...], ...] = ()
    withheld: int = 0
    question: str | None = None
    complete: bool = True


def write(
    question: str,
    settings: Settings,
    *,
    index: Index,
    history: Sequence[str] = (),
    regions: Sequence[str] = (),
    documents: Collection[str] = (),
    reranker: Reranker | None = None,
) -> Iterator[Written]:
    """The answer as it grows, the whole one last; arguments and errors are those of ``qa.ask``."""
    asked = rewritten(question, history, settings) if settings.rewrite and history else None
    plain = ask(
        asked or question,
        history=history,
        regions=regions,
        documents=documents,
        index=index,
        reranker=reranker,
    )
    if asked:
        plain = replace(plain, query=replace(plain.query, question=question))
    if plain.abstained or len({citation.clause_key for citation in plain.citations}) > MOST_CLAUSES:
        shown = replace(plain, blocks=(*_rewriting(asked), *plain.blocks))
        yield Written(shown, False, settings.model, None if plain.abstained else "listed", question=asked)
        return
    clauses, withheld = numbered(plain, index)
    draft = _Draft(
        plain, clauses, index, Written(plain, True, settings.model, None, (), withheld, asked, False)
    )
    try:
        for sentence in _sentences(words(settings, messages(plain.query, clauses))):
            draft.add(sentence)
            yield draft.so_far()
            if draft.is_full:
                break
    except Silent as silent:
        yield draft.instead(silent.why)
        return
    yield draft.done()


def write_whole(question: str, settings: Settings, **given: Any) -> Written:
    """What `write` gives last."""
    *_, written = write(question, settings, **given)
    return written


def _sentences(pieces: Iterator[str]) -> Iterator[Sentence]:
    cut = Sentences(held=True)
    for piece in pieces:
        yield from cut.add(piece)
    yield from cut.end()


class _Draft:
    """The sentences so far, each as a block: with its citations, or a word that it was struck."""

    def __init__(self, plain: Answer, clauses: Sequence[Numbered], index: Index, told: Written) -> None:
        self._plain = plain
        self._clauses = {clause.number: clause for clause in clauses}
        self._index = index
        self._citations = Citations(index)
        self._told = told
        self._blocks: list[Block] = []
        self._seen: set[str] = set()
        self._pending: list[tuple[StruckBecause, ...]] = []
        self._struck: list[tuple[StruckBecause, ...]] = []
        self._stand: list[str] = []
        self._unsaid = False
        self._silent: list[str] = []

    @property
    def is_full(self) -> bool:
        return len(self._stand) + len(self._struck) >= MOST_SENTENCES

    def add(self, sentence: Sentence) -> None:
        """Take in a sentence: shown where it stands, else struck, once where it repeats itself."""
        key = folded(sentence.text)
        if key in self._seen:
            return
        self._seen.add(key)
        if UNSAID in sentence.text:
            self._unsaid = True
            self._silent += self._without_a_clause(key)
            return
        reasons, cited = self._judged(sentence)
        if reasons:
            self._pending.append(reasons)
            self._struck.append(reasons)
            return
        self._flush()
        self._stand.append(key)
        numbers = tuple(dict.fromkeys(self._cite(clause, sentence.text) for clause in cited))
        self._blocks.append(Statement(sentence.text, numbers))

    def _without_a_clause(self, words: str) -> list[str]:
        """The regions asked for that a sentence names and the answer without the model has nothing of."""
        named = {name for one in regions_of(words) for name in (one.text, *short_forms(one.text))}
        told = {citation.region for citation in self._plain.citations}
        asked = [region for region in self._plain.query.regions if region not in told]
        return [region for region in asked if named & {folded(region), *short_forms(region)}]

    def _judged(self, sentence: Sentence) -> tuple[tuple[StruckBecause, ...], list[Numbered]]:
        sources = {number: clause.source for number, clause in self._clauses.items()}
        reasons, numbers = judged(sentence, sources)
        return reasons, [self._clauses[number] for number in numbers]

    def _cite(self, clause: Numbered, sentence: str) -> int:
        """Cite the sentences of the clause that the sentence rests on."""
        start, end = _resting_on(sentence, clause)
        at = clause.entry.clause.start
        return self._citations.cite(clause.entry, at + start, at + end)

    def _flush(self) -> None:
        """Say, in their place, that sentences were struck and why."""
        if self._pending:
            why = "；".join(
                dict.fromkeys(SAID_FAULT[reason] for reasons in self._pending for reason in reasons)
            )
            self._blocks.append(Statement(f"〔此处删去{len(self._pending)}句：{why}〕"))
            self._pending.clear()

    def so_far(self) -> Written:
        """The answer as it stands; the model may not be done."""
        return replace(self._told, answer=self._answer(self._blocks), struck=tuple(self._struck))

    def done(self) -> Written:
        """The whole answer when the model has ended; the one without a model where what stands is none."""
        if self._stand:
            return self._whole() if self._tells() else self.instead("beside")
        return self.instead("struck" if self._struck else "unsaid" if self._unsaid else "empty")

    def _tells(self) -> bool:
        """Whether what stands holds the kind of thing that is asked for: a body, a figure, a date."""
        wanted = KINDS[self._plain.query.asked].elements
        if not wanted:
            return True
        stated = [element for words in self._stand for element in elements(words)]
        return any(
            element.kind in wanted and (element.kind != "number" or element.text[0].isdigit())
            for element in stated
        )

    def _whole(self) -> Written:
        """The answer, with a word on who wrote it."""
        self._flush()
        silent = "、".join(dict.fromkeys(self._silent))
        notes = [Statement(UNSAID_OF.format(regions=silent))] if silent else []
        notes += notes_below(self._plain.query, self._index, self._citations)
        notes.append(Statement(BY_MODEL.format(model=self._told.model)))
        answer = self._answer([*self._before(), *self._blocks, *notes])
        return replace(self._told, answer=answer, struck=tuple(self._struck), complete=True)

    def instead(self, why: NotByModel) -> Written:
        """The answer made without the model, after a word why."""
        lead = Statement(INSTEAD.format(why=SAID_WHY[why]))
        answer = replace(self._plain, blocks=(lead, *self._before(), *self._plain.blocks))
        return replace(
            self._told, answer=answer, by_model=False, why=why, struck=tuple(self._struck), complete=True
        )

    def _before(self) -> list[Block]:
        told = _rewriting(self._told.question)
        if self._told.withheld:
            told.append(Statement(WITHHELD.format(count=self._told.withheld)))
        return told

    def _answer(self, blocks: Sequence[Block]) -> Answer:
        return replace(self._plain, blocks=tuple(blocks), citations=self._citations.all(), abstained=False)


def _rewriting(question: str | None) -> list[Block]:
    """A word on what the model made of the question."""
    return [Statement(REWRITTEN.format(question=question))] if question else []


def _resting_on(sentence: str, clause: Numbered) -> tuple[int, int]:
    """The stretch of the clause, in whole sentences, that holds all that the sentence states of it.

    Sentences join, nearest first in likeness, until the sentence is as well covered as by the whole clause.
    """
    wanted = folded(sentence)
    spans = spans_of(clause.text)
    likeness = {
        (span.start, span.end): coverage(wanted, [Source.of(clause.text[span.start : span.end], (), ())])
        for span in spans
    }
    best = coverage(wanted, [Source.of(clause.text, (), ())])
    first, last = max(likeness, key=lambda span: likeness[span])
    for start, end in sorted(likeness, key=lambda span: -likeness[span]):
        if not faults(sentence, [_cut(clause, first, last)]) or (
            coverage(wanted, [_cut(clause, first, last)]) >= best
        ):
            break
        first, last = min(first, start), max(last, end)
    return first, last


def _cut(clause: Numbered, start: int, end: int) -> Source:
    return replace(clause.source, text=folded(clause.text[start:end]))
