"""A question → Query: regions, what is asked, and the subject; what it inherits is decided in ``following``.

Everything is read from the question's own words and from what the index holds; nothing is looked up.
Which clauses answer is decided in ``retrieval`` and in the answer forms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from index.errors import QuestionError
from index.language.agency_names import normalise_agency
from index.language.folding import compatible, single_blanks
from index.language.tokens import simplified
from index.language.years import YEAR
from index.search.index import Index
from qa.question import wording
from qa.question.english import in_chinese
from qa.question.following import follow
from qa.question.kinds import KINDS
from qa.question.places import MOST_COMPARED, all_regions, in_characters, named_places
from qa.question.spelling import respelled
from qa.question.terms import Known, terms_of
from qa.records import Query

LONGEST_QUESTION = 1000
"""Characters; longer input is a document and not a question."""

# 云政办发〔2021〕20号: its year says nothing of when something is to be done.
_DOCUMENT_NUMBER = re.compile(rf"[〔【\[(（<〈]\s*{YEAR}\s*[〕】\])）>〉]\s*第?\s*\d+\s*号")
_YEAR = re.compile(rf"(?<!\d)({YEAR})(?=\s*年|\s*[-—~至到])|(?<!\d)(20\d\d)(?!\d)")
# What a document says about itself; names no subject: 成文日期, 发文机关, 文号, 根据…制定的.
_FIELD_WORDS = re.compile(
    r"(?:成文|发布|印发|落款)(?:日期|时间)|发(?:文|布)(?:机关|单位|机构|字号)|文号|标题|全称|效力|"
    r"(?:发布|印发|制定|依据|根据)(?=的?\s|的?$)|\b根据"
)


def understand(question: str, index: Index, history: Sequence[str] = ()) -> Query:
    """Read a question; ``history`` holds the earlier questions of the conversation, oldest first.

    Raises QuestionError for an empty question or one longer than LONGEST_QUESTION characters.
    """
    before: Query | None = None
    for earlier in history:
        with suppress(QuestionError):  # it was refused when it was asked, and nothing follows from it
            read = follow(_read(earlier, index), before, index)
            before = before if read.asks_nothing else read
    return follow(_read(question, index), before, index)


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


def _read(question: str, index: Index) -> Query:
    """The question by itself, read again with its misspelt words put right."""
    text = in_chinese(wording.polite_free(normalised(question)))
    query = _read_text(question, in_characters(text, all_regions(index)), index)
    wrong = respelled(query.terms, index)
    if not wrong:
        return query
    text = query.text
    for word, right in wrong.items():
        text = text.replace(word, right)
    return replace(_read_text(question, text, index), respelled=tuple(wrong.items()))


def _read_text(question: str, text: str, index: Index) -> Query:
    places = named_places(text, all_regions(index))
    supposed = wording.body_supposed(places.rest)
    named = supposed or _named_agency(places.rest, index)
    agency = normalise_agency(named) if named else None
    asked = wording.what_is_asked(text, agency)
    rest = places.rest
    if supposed and KINDS[asked].of_agencies:
        rest = rest.replace(supposed, " ")
    elif named and agency in index.agencies and not _beside(named, rest, index):
        asked = "tasks"
    if named and asked == "tasks":
        rest = _without_body(named, rest)
    every = wording.asks_every_region(text)
    subject = wording.without_asking(wording.without_every_region(rest) if every else rest)
    terms = _spoken_here(terms_of(subject, _known(index)), index)
    beside = _FIELD_WORDS.sub(" ", wording.without_document_words(subject))
    fields = wording.about_document(text, len(terms_of(beside)))
    if fields:
        terms = _spoken_here(terms_of(beside, _known(index)), index)
    terms = tuple(term for term in terms if term not in KINDS[asked].printed)
    return Query(
        question=question,
        text=text,
        asked="document" if fields else asked,
        topic=" ".join(terms),
        terms=terms,
        own_terms=terms,
        regions=places.regions or (_few_regions(index) if every else ()),
        elsewhere=places.elsewhere,
        every_region=every and not places.regions,
        agency=agency if asked == "tasks" else None,
        supposed=supposed if KINDS[asked].of_agencies else None,
        years=tuple(dict.fromkeys(int(a or b) for a, b in _YEAR.findall(_DOCUMENT_NUMBER.sub(" ", text)))),
        fields=fields,
        superlative=wording.superlative(text),
    )


def _spoken_here(terms: Sequence[str], index: Index) -> tuple[str, ...]:
    """Without Latin words that no document holds: an English question's own words are no subject."""
    return tuple(term for term in terms if not term.isascii() or index.clauses_holding(term))


def _named_agency(rest: str, index: Index) -> str | None:
    """The body that the question names: by its shape, first after 由 or 归, or as the documents know it."""
    return (
        wording.named_agency(re.split(r"[由归]", rest)[-1])
        or wording.named_agency(rest)
        or max((name for name in index.agencies if name in rest), key=len, default=None)
    )


def _beside(named: str, rest: str, index: Index) -> tuple[str, ...]:
    """What a question is about beside the body: nothing in 水利局的任务 and 哪些事由县水务局负责."""
    subject = wording.without_asking(_without_body(named, rest))
    return terms_of(wording.without_words_for_tasks(subject), _known(index))


def _without_body(named: str, rest: str) -> str:
    return re.sub(rf"(?:事?由)?[省市县区旗]?{re.escape(named)}", " ", rest)


def _known(index: Index) -> Known:
    """How many clauses hold the word."""
    return index.clauses_holding


def _few_regions(index: Index) -> tuple[str, ...]:
    """All regions of the index where they are few enough to be compared; else none."""
    regions = all_regions(index)
    return regions if len(regions) <= MOST_COMPARED else ()
