"""Questions with the passage that answers them, to train the encoder on.

All openly licensed: CMRC 2018 (CC BY-SA 4.0) and DRCD (CC BY-SA 3.0, turned into simplified characters), each
a question with its paragraph of Wikipedia; laws and regulations (public domain), cut into clauses and windows
as the index does, with questions made from their sentences by the reader's forms, and their titles and
headings with the clauses below.  No development question or document is read.  Left out: which wrong passages
a question is set against, which needs a model (`train_encoder`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC
from reader_data import CMRC, DRCD, FORMS, Example, of_file, questions_of

from index.clauses.windows import is_searched, windows
from index.parsing.parse import parse_file
from index.records import Clause, Document

MOST_LAWS = 220
"""Laws that are read, drawn by chance; their windows have to be encoded once before training."""
MOST_OF_A_FORM = 700
"""Questions kept of each form of sentence, so that no form outweighs the others."""
MOST_HEADINGS = 700
MOST_OF_A_FILE = 2000
"""Questions kept of each file of CMRC and DRCD."""
SHORTEST_CLAUSE = 40
"""Characters of a clause that a heading is paired with."""

_DATED = re.compile(r"(?:[(（]\d{4}-\d\d-\d\d[)）])?\.md$")  # 东营市养犬管理条例(2017-10-11).md
_HEADING_NUMBER = re.compile(r"^第[一二三四五六七八九十百]+[编章节]\s*")  # 第四章旅游者与旅游经营管理
_GENERAL = re.compile(r"^(?:总则|附则|法律责任|监督管理|监督检查|罚则|其他规定)$")
_OPENINGS = ("", "", "", "", "", "请问", "想问一下，", "我想了解")
_OF_HEADINGS = ("{title}{heading}有哪些规定？", "{title}对{heading}是怎么规定的？", "{title} {heading}")
_OF_TITLES = ("为什么要制定{title}？", "{title}的立法目的是什么", "{title}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A window as the index encodes it, its document, and its paragraph's or clause's number there."""

    document: str
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the number of the passage that answers it; ``answer`` is "" where all of it does."""

    question: str
    passage: int
    answer: str
    kind: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All passages, and the pairs over them in random order."""

    passages: list[Passage]
    pairs: list[Pair]


def read_corpus(folder: Path, without: Path | None, seed: int) -> Corpus:
    """All of the folder's files; of a law in several versions the last one.

    A law named like a file of ``without`` (another version of one that is measured with) is left out; nothing
    but the names there is read.
    """
    chance = random.Random(seed)
    corpus = Corpus([], [])
    named = {_DATED.sub("", path.name) for path in without.glob("*.md")} if without else set()
    laws = {_DATED.sub("", path.name): path for path in sorted((folder / "regulations").glob("*.md"))}
    chosen = sorted(path for name, path in laws.items() if name not in named)
    _add_laws(corpus, chance.sample(chosen, min(MOST_LAWS, len(chosen))), chance)
    for name in (*CMRC, *DRCD):
        _add_articles(corpus, folder / name, OpenCC("t2s") if name in DRCD else None, chance)
    chance.shuffle(corpus.pairs)
    return corpus


def _add_articles(corpus: Corpus, path: Path, traditional: OpenCC | None, chance: random.Random) -> None:
    places: dict[str, tuple[int, int]] = {}
    pairs = []
    for example in of_file(path, traditional):
        if example.text not in places:
            title = traditional.convert(example.title) if traditional else example.title
            texts = windows(*_as_document(title.replace("_", " "), example.text))
            first = len(corpus.passages)
            corpus.passages.extend(Passage(title, len(places), text) for text in texts)
            places[example.text] = first, len(corpus.passages)
        pairs.append(_pair(corpus, range(*places[example.text]), example, "encyclopedia"))
    corpus.pairs.extend(chance.sample(pairs, min(MOST_OF_A_FILE, len(pairs))))


def _as_document(title: str, text: str) -> tuple[Document, Clause]:
    """A paragraph as if it were a clause of a document of that title."""
    document = Document(file=f"{title}.txt", kind="正文", fields=(), source_hash="", text=text, removals=())
    return document, Clause(0, "body", (), None, None, 0, len(text), text)


def _pair(corpus: Corpus, numbers: range, example: Example, kind: str) -> Pair:
    """The question with the window that holds the answer and most of the question's characters."""
    answer = " ".join(example.text[example.start : example.end].split())

    def fit(number: int) -> tuple[bool, int]:
        text = corpus.passages[number].text
        return answer in text, len(set(example.question) & set(text))

    return Pair(example.question, max(numbers, key=fit), answer, kind)


def _add_laws(corpus: Corpus, paths: list[Path], chance: random.Random) -> None:
    of_form: list[list[Pair]] = [[] for _ in FORMS]
    of_headings: list[Pair] = []
    for path in paths:
        parsed = parse_file(path, path.parent)
        headings: set[str] = set()
        for clause in parsed.clauses:
            if not is_searched(clause) or clause.kind == "front":
                continue
            first = len(corpus.passages)
            texts = windows(parsed.document, clause)
            corpus.passages.extend(Passage(parsed.document.file, clause.ordinal, text) for text in texts)
            numbers = range(first, len(corpus.passages))
            for pairs, form in zip(of_form, FORMS, strict=True):
                for example in questions_of(form, clause.text, clause.text, chance):
                    asked = _in_full(example, parsed.document, chance)
                    pairs.append(_pair(corpus, numbers, asked, "law"))
            of_headings.extend(_of_heading(parsed.document, clause, first, headings, chance))
    corpus.pairs.extend(p for pairs in of_form for p in chance.sample(pairs, min(MOST_OF_A_FORM, len(pairs))))
    corpus.pairs.extend(chance.sample(of_headings, min(MOST_HEADINGS, len(of_headings))))


def _in_full(example: Example, document: Document, chance: random.Random) -> Example:
    """The question as people put it: of the law or the region by name, of neither, with a polite opening."""
    question = example.question.replace("本条例", document.title).replace("本法", document.title)
    place = chance.choice(("", document.title, f"《{document.title}》规定，", document.region or ""))
    if place and document.title not in question:
        question = f"{place}{question}"
    question = chance.choice(_OPENINGS) + question
    return Example(question, example.text, example.start, example.end)


def _of_heading(
    document: Document, clause: Clause, passage: int, seen: set[str], chance: random.Random
) -> Iterator[Pair]:
    """The title with the first clause, and each heading that says something with the first one below it."""
    heading = _HEADING_NUMBER.sub("", clause.path[-1]) if clause.path else ""
    new = "" if seen else "title"
    if new or (heading and heading not in seen and not _GENERAL.match(heading)):
        forms = _OF_TITLES if new else _OF_HEADINGS
        question = chance.choice(forms).format(title=document.title, heading=heading)
        if len(clause.text) >= SHORTEST_CLAUSE:
            yield Pair(question, passage, "", "heading")
    seen.update((heading, "title"))
