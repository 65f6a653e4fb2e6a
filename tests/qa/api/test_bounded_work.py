"""A question of 1,000 characters and a long conversation ask no more than so many searches and verdicts.

Counted and not timed: what the postings are asked, readings of questions, windows that the judge reads.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import pytest

from index.engines.postings import Postings
from index.errors import QuestionError
from index.search.index import Index
from qa.api.ask import ask
from qa.question import understand as understanding
from qa.question.reader import QuestionReader
from qa.question.understand import LONGEST_QUESTION
from qa.search.clause_judge import ClauseJudge
from qa.search.find import JUDGED, JUDGED_A_REGION
from qa.search.judged import WINDOWS_READ

SEARCHES = 100
"""What a question may ask the postings to be read, and of each region: the 60 words that are read, and the
everyday words that stand in it."""


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts what is done from now on."""
    done: Counter[str] = Counter()

    def counted(of: type, name: str, what: str) -> None:
        whole = getattr(of, name)

        def counting(*given: object, **named: object) -> object:
            done[what] += 1
            return whole(*given, **named)

        monkeypatch.setattr(of, name, counting)

    for name in ("search", "score", "holding", "is_held", "keys_holding"):
        counted(Postings, name, "searches")
    counted(QuestionReader, "_run", "readings")
    counted(ClauseJudge, "_judge", "verdicts")
    return done


@pytest.fixture(scope="module")
def pages_of_text(policy_index: Index) -> Iterator[str]:
    """Another 990 characters of the documents at each step, as one would paste them."""
    text = "".join("".join(policy_index.document(one.file).text.split()) for one in policy_index.infos)
    return (text[at : at + LONGEST_QUESTION - 10] for at in itertools.count(2000, 700))


def most_verdicts(index: Index) -> int:
    regions = len(index.regions)
    return WINDOWS_READ * (JUDGED + regions * max(JUDGED_A_REGION, JUDGED // regions))


def test_a_page_of_text_as_a_question(policy_index: Index, pages_of_text: Iterator[str], work: Counter[str]):
    ask(next(pages_of_text), index=policy_index)
    assert work["searches"] <= SEARCHES * (1 + len(policy_index.regions))
    assert work["readings"] <= 2
    assert work["verdicts"] <= most_verdicts(policy_index)


def test_no_more_than_of_a_seventh_of_it(policy_index: Index, pages_of_text: Iterator[str], work):
    """What is beyond the words that are read asks nothing by itself."""
    page = next(pages_of_text)
    ask(page[:300], index=policy_index)
    short = work["searches"]
    work.clear()
    ask(page, index=policy_index)
    assert work["searches"] <= max(1.5 * short, SEARCHES)


def test_one_that_names_a_region_is_looked_for_in_all(
    policy_index: Index, pages_of_text: Iterator[str], work: Counter[str]
):
    ask(f"成武县{next(pages_of_text)}", index=policy_index)
    assert work["searches"] <= SEARCHES * (1 + len(policy_index.regions))
    assert work["verdicts"] <= most_verdicts(policy_index)


def test_fifty_questions_before_it(policy_index: Index, pages_of_text: Iterator[str], work: Counter[str]):
    ask("那运城呢?", history=[next(pages_of_text) for _ in range(50)], index=policy_index)
    assert work["readings"] <= 2 * 51
    assert work["searches"] <= 51 * SEARCHES
    assert work["verdicts"] <= most_verdicts(policy_index)


def test_so_many_regions_may_be_named(policy_index: Index, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(understanding, "MOST_NAMED", 2)
    assert ask("宁武县和成武县的海绵城市建设由谁负责?", index=policy_index).text
    with pytest.raises(QuestionError, match="names 3 regions"):
        ask("宁武县、运城市和成武县的海绵城市建设由谁负责?", index=policy_index)
