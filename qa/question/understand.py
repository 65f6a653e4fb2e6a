"""A question → Query: regions, what is asked, and the subject; what it inherits is decided in ``following``.

How people ask is read by the trained question reader (``reader``); what the index holds decides which of the
words say something.  Which clauses answer is decided in ``qa.search`` and in the answer forms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from index.errors import QuestionError
from index.language.folding import compatible, single_blanks
from index.language.tokens import simplified
from index.language.years import YEAR
from index.records import FieldName
from index.search.index import Index
from index.search.links import SHORTEST_TITLE
from index.search.today import today
from qa.question.bodies import body_asked_of, body_supposed
from qa.question.degree import direction
from qa.question.english import in_chinese
from qa.question.following import follow
from qa.question.intervals import read_intervals
from qa.question.kind_head import shipped_kind_head
from qa.question.kinds import ANYTHING, KINDS, SOURCE_FIELDS
from qa.question.labels import cited_in
from qa.question.places import (
    MOST_COMPARED,
    MOST_NAMED,
    all_regions,
    in_characters,
    named_places,
)
from qa.question.question_words import asks_whether
from qa.question.reader import Kind, Reading, shipped_question_reader
from qa.question.relative_time import in_figures, years_within
from qa.question.spelling import regions_respelled, respelled
from qa.question.subject_terms import foreign_words, speaks_of_document, subject_terms, words_tagged
from qa.question.titles_shortened import with_short_titles
from qa.question.titles_typed import with_brackets
from qa.question.turned import FORMS, NOTHING_ASKED, one_of, others_than, over_all_of, turned
from qa.question.turns import shipped_turns
from qa.question.written_years import months_in_figures, short_years, whole_years_in_figures
from qa.records import Asked, Query, Superlative

LONGEST_QUESTION = 1000
"""Characters; longer input is a document and not a question."""

# 云政办发〔2021〕20号: its year says nothing of when something is to be done.
_DOCUMENT_NUMBER = re.compile(rf"[〔【\[(（<〈]\s*{YEAR}\s*[〕】\])）>〉]\s*第?\s*\d+\s*号")
_YEAR = re.compile(rf"(?<!\d)({YEAR})(?=\s*年|\s*[-—~至到])|(?<!\d)(20\d\d)(?!\d)")
_TITLED = re.compile(r"《[^《》]+》")
_OF_NO_PART: frozenset[Kind] = frozenset({"document", "nothing"})
"""Kinds that a question which cites a place by its number is not of."""
BODIES = frozenset({"body", "first", "second", "third", "last"})
"""What may point at a body of the answer before."""
_OF_BEFORE = frozenset({"takes", "takes_region", "takes_topic"})
"""What a reading says of the question before, without one."""


def understand(question: str, index: Index, history: Sequence[str] = ()) -> Query:
    """Read a question; ``history`` holds the earlier questions of the conversation, oldest first.

    Raises QuestionError for an empty question, one longer than LONGEST_QUESTION characters and one that names
    more than MOST_NAMED regions, ModelError where the question reader cannot be loaded.
    """
    earlier: list[Query] = []
    for asked in history:
        with suppress(QuestionError):  # it was refused when it was asked, and nothing follows from it
            read = _follow(asked, earlier, index)
            earlier += [] if read.asks_nothing else [read]
    return _follow(question, earlier, index)


def _follow(question: str, earlier: Sequence[Query], index: Index) -> Query:
    """The question with what it takes from those before it, or what it makes of the last of them."""
    before = earlier[-1] if earlier else None
    query = _read(question, before, index)
    if found := turned(query, before):
        return found
    regions = one_of(query, earlier) or over_all_of(query, earlier)
    regions = regions or others_than(query, before, _few_regions(index))
    if regions:
        read = follow(replace(query, regions=regions, every_region=False, follows=True), before, index)
        return replace(read, inherited=("region", *read.inherited))
    return follow(query, None if query.refers == "fresh" else before, index)


def normalised(question: str) -> str:
    """NFKC, simplified characters, blanks folded; raises QuestionError where nothing or too much is left."""
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(question)} characters; at most {LONGEST_QUESTION} can be asked. "
            "Ask about one subject at a time."
        )
    if not question.isprintable() and re.search(r"[\ud800-\udfff]", question):
        raise QuestionError("The question holds half of a character (a lone surrogate). Type it again.")
    text = single_blanks(simplified(compatible(question))).strip()
    if not re.search(r"[\w]", text):
        raise QuestionError(
            "The question is empty. Write what you want to know, as 哪个部门牵头海绵城市建设?"
        )
    return text


def as_typed(question: str, index: Index) -> str:
    """The question's words before any is taken for misspelt; raises as `normalised`."""
    text = months_in_figures(whole_years_in_figures(in_chinese(normalised(question))))
    text = with_brackets(in_characters(text, all_regions(index)), index.titles)
    return with_short_titles(text, index.titles)


def _read(question: str, before: Query | None, index: Index) -> Query:
    """The question by itself, read again with its misspelt words put right."""
    text = as_typed(question, index)
    earlier = before.text if before else ""
    query = _read_text(question, text, earlier, index)
    tags = shipped_question_reader().read(text, earlier).tags
    read_as = respelled(query.terms, index) | in_figures(text, tags, today()) | short_years(text)
    if not query.regions and not query.elsewhere:
        read_as |= regions_respelled(text, all_regions(index))
    if not read_as:
        return query
    for word, right in read_as.items():
        text = text.replace(word, right)
    query = _read_text(question, text, earlier, index)
    return replace(query, respelled=(*query.respelled, *read_as.items()))


def _read_text(question: str, text: str, before: str, index: Index) -> Query:
    message = shipped_question_reader().read(text, before)
    numbered = "L" in message.tags  # 第二条 is a place in a document, and no command or item told before
    turn = "question" if numbered else shipped_turns().turn(message)
    refers = shipped_turns().refers(message) if before and not numbered else "nothing"
    reading = _without_courtesies(replace(message, kinds=shipped_kind_head().kinds(message)))
    if not before:
        reading = replace(reading, flags=reading.flags - _OF_BEFORE)
    reading = _with_titles(_with_numbers(reading))
    text = reading.text
    places = named_places(text, all_regions(index))
    if len(places.regions) > MOST_NAMED:
        raise QuestionError(
            f"The question names {len(places.regions)} regions; at most {MOST_NAMED} are searched for one "
            "question. Name fewer, or none to search all documents."
        )
    years = _years(text) or (years_within(text, today()) if reading.kind == "due" else ())
    nothing = reading.kind == "nothing" and not (places.regions or years)
    nothing = nothing and not any(map(index.clauses_holding, words_tagged(reading, places, "SQT", index)))
    nothing = nothing or turn in NOTHING_ASKED or (turn in FORMS and not before)
    nothing = nothing and "L" not in reading.tags
    agency, described = body_asked_of(reading, places.rest, places.regions, index)
    # Tasks of no body cannot be asked for: what is next likely is meant.
    impossible = {"nothing", *([] if agency or refers in BODIES else ["tasks"])}
    kind = next(kind for kind in reading.kinds if kind not in impossible)
    agency = agency if kind in {"tasks", "same"} else None
    described = described if agency else None
    cited = cited_in(text, reading.tags)
    asked = ANYTHING if cited and kind in _OF_NO_PART else _asked(kind)
    terms = subject_terms(reading, places, asked, index, cited) if kind != "due" or not years else ()
    terms = tuple(term for term in terms if not (described and term in described[0]))
    locates = kind == "locate" and bool(terms)
    if kind == "locate" and not terms and not cited:
        asked = "quantity" if "U" in reading.tags else "document"  # 《…》有几章: no place is asked of nothing
    every = "every" in reading.flags and _speaks_for_regions(index)
    # With words of its own, and no subject taken over, what the documents hold tells whether it goes on.
    subject = shipped_turns().subject(message) if before else "own"
    leaves_out = subject == "earlier" or ("takes_topic" in reading.flags and not (terms and subject == "own"))
    whole = bool(terms) and kind != "same" and not leaves_out
    follows = (leaves_out or "takes" in reading.flags) and not whole
    return Query(
        question=question,
        text=text,
        asked=asked,
        topic=" ".join(terms),
        terms=terms,
        own_terms=terms,
        regions=places.regions or (_few_regions(index) if every else ()),
        elsewhere=places.elsewhere,
        every_region=every and not places.regions,
        agency=agency,
        supposed=body_supposed(reading, places.rest, index) if KINDS[asked].of_agencies else None,
        years=years,
        fields=_fields(reading, asked, located=kind == "locate"),
        cited=cited,
        titles=tuple(
            one for one in reading.runs("T", places.rest) if len(one.strip("《》")) >= SHORTEST_TITLE
        ),
        of_document=speaks_of_document(reading, places, asked, index),
        locates=locates,
        unit=next(reading.runs("U"), ""),
        times=kind == "quantity" and reading.kinds.index("deadline") < reading.kinds.index("list"),
        superlative=direction(text) or _read_direction(reading),
        asks_nothing=nothing,
        parts=reading.parts if asked in reading.parts else (),
        total="sum" in reading.flags,
        yes_no="yes_no" in reading.flags or asks_whether(text),
        alike="alike" in reading.flags,
        leads="leads" in reading.flags,
        subject="".join(reading.runs("S", places.rest)).strip(),
        follows=follows,
        due=kind == "due",
        turn=turn,
        refers=refers,
        foreign=foreign_words(reading, places, index),
        respelled=(described,) if described else (),
        takes=frozenset(
            {
                *(["asked"] if kind == "same" else []),
                *(["topic"] if leaves_out else ["nothing of the subject"] if subject == "own" else []),
            }
        ),
    )


def _with_numbers(reading: Reading) -> Reading:
    """The reading with numbers in digits that have a unit tagged as such, bounds and all: 低于1亿元."""
    tags = reading.tags
    for one in read_intervals(reading.text):
        words, read = reading.text[one.start : one.end], tags[one.start : one.end]
        if any(character.isdigit() for character in words) and "L" not in read:  # 17条, no count of 条
            tags = tags[: one.start] + "N" * (one.end - one.start) + tags[one.end :]
    return replace(reading, tags=tags)


def _with_titles(reading: Reading) -> Reading:
    """The reading with all that stands in brackets of titles tagged as such: 《殡葬管理条例》."""
    tags = reading.tags
    for one in _TITLED.finditer(reading.text):
        tags = tags[: one.start()] + "T" * len(one.group()) + tags[one.end() :]
    return replace(reading, tags=tags)


def _read_direction(reading: Reading) -> Superlative | None:
    return "least" if "least" in reading.flags else "most" if "most" in reading.flags else None


def _asked(kind: Kind) -> Asked:
    """The kind of the answer; `locate` and `same` may still become another."""
    if kind in {"same", "locate", "nothing"}:
        return ANYTHING
    return "list" if kind == "due" else kind  # type: ignore[return-value]


def _without_courtesies(reading: Reading) -> Reading:
    """The reading without the politeness before and behind the question; as it was where that is all."""
    outside = "".join(
        "W" if not character.isalnum() else tag
        for character, tag in zip(reading.text, reading.tags, strict=True)
    )
    start = len(outside) - len(outside.lstrip("W")) if reading.tags.startswith("W") else 0
    end = len(outside.rstrip("W")) if "W" in reading.tags[len(outside.rstrip("W")) :] else len(outside)
    if start >= end:
        return reading
    return replace(reading, text=reading.text[start:end], tags=reading.tags[start:end])


def _fields(reading: Reading, asked: Asked, *, located: bool) -> tuple[FieldName, ...]:
    if located and asked == "document":
        return SOURCE_FIELDS
    return reading.fields if asked == "document" else ()


def _years(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(a or b) for a, b in _YEAR.findall(_DOCUMENT_NUMBER.sub(" ", text))))


def _speaks_for_regions(index: Index) -> bool:
    """True where most documents are of some region: elsewhere 哪些地区 asks for no regions of the index."""
    return 2 * sum(info.region is not None for info in index.infos) > len(index.infos)


def _few_regions(index: Index) -> tuple[str, ...]:
    """All regions of the index where they are few enough to be compared; else none."""
    regions = all_regions(index)
    return regions if len(regions) <= MOST_COMPARED else ()
