"""A narrowed index answers as if the other documents were not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any

import numpy as np
import pytest

from index.encoders.token_vectors import DIMENSION
from index.engines.late_interaction import QuestionTokens
from index.errors import SourceError
from index.search.index import Index
from index.search.narrowed import NarrowedIndex
from index.search.whole import WholeIndex
from qa import ask, search

NINGWU = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"
HANGJIN = "杭锦旗推进以县城为重要载体的城镇化建设方案文字解读.txt"


Ask = Callable[[Index], Any]

PROBES: dict[str, Ask] = {
    "infos": lambda index: index.infos,
    "catalogue": lambda index: index.catalogue.infos,
    "manifest": lambda index: (index.manifest.sources, index.manifest.added, index.manifest.rules),
    "regions": lambda index: index.regions,
    "titles": lambda index: [region for region in REGIONS if any(region in title for title in index.titles)],
    "select": lambda index: list(index.select(all_files(index)) or ()),
    "of_regions": lambda index: list(index.of_regions((None, *REGIONS), ("城市",))),
    "info": lambda index: [index.info(file) for file in known(index.info)],
    "document": lambda index: [index.document(file).file for file in known(index.document)],
    "entry": lambda index: [index.entry(key) for key in known(index.entry, KEYS)],
    "entries": lambda index: index.entries(known(lambda key: index.entries([key]), KEYS)),
    "entries_of": lambda index: [index.entries_of(file) for file in known(index.entries_of)],
    "keys_by_agency": lambda index: [index.keys_by_agency(name) for name in AGENCIES],
    "keys_by_year": lambda index: index.keys_by_year(2000, 2100),
    "agencies": lambda index: index.agencies,
    "keys": lambda index: [index.keys(), index.keys(searched=True)],
    "search_words": lambda index: index.search_words("城市建设", 500),
    "score_words": lambda index: index.score_words("城市建设", KEYS),
    "score_documents": lambda index: index.score_documents(
        "城市建设", known(lambda file: index.score_documents("城市", [file]))
    ),
    "clauses_holding": lambda index: index.clauses_holding("城市"),
    "holds": lambda index: [region for region in REGIONS if index.holds(region)],
    "files_holding": lambda index: index.files_holding("城市"),
    "search_vectors": lambda index: index.search_vectors(index.encoder.encode_question("城市建设"), 500),
    "score_vectors": lambda index: index.score_vectors(index.encoder.encode_question("城市"), SEARCHED),
    "score_tokens": lambda index: index.score_tokens(ONE_TOKEN, SEARCHED),
    "token_vectors": lambda index: index.token_vectors(SEARCHED),
}
"""What a call gives of all that can be got through it; whatever of another document is in it has leaked."""

OF_A_WORD = {"holds_token", "rarity"}
"""Statistics of a word in the whole index, so that scores compare with others'; they name no document."""
OF_LINKS = {"links", "links_of", "standing"}
"""The five documents say nothing of one another; `tests/qa/answer/test_standing.py` narrows some that do."""
OF_THE_INDEX = {"path", "warning", "lazy_encoder", "encoder"}
"""Where it lies and what encodes its questions."""
OF_THE_WHOLE_ALONE = {
    "close", "count_facts", "document_postings", "folder", "integrity", "local_vectors", "open_files",
    "postings", "vectors",
}  # fmt: skip
"""What a narrowed index does not have."""
ONE_TOKEN = QuestionTokens(np.eye(1, DIMENSION, dtype=np.float32), np.ones(1, np.float32))
FILES: list[str] = []
KEYS: list[int] = []
SEARCHED: list[int] = []
REGIONS: list[str] = []
AGENCIES: list[str] = []
"""What the whole index holds, filled by `narrow`."""


def known(call: Callable[[Any], Any], every: Sequence[Any] = FILES) -> list[Any]:
    """All files (or keys) for which a call gives something and does not refuse."""
    found = []
    for one in every:
        try:
            call(one)
        except (SourceError, KeyError):
            continue
        found.append(one)
    return found


def all_files(index: Index) -> list[str]:
    return known(lambda file: index.select([file]))


def leaves(value: Any) -> Iterator[Any]:
    """Every text and number by which a value names documents, clauses and regions."""
    if isinstance(value, Mapping):
        yield from leaves(list(value.items()))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from leaves(one)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, name) for name in ("file", "key", "region") if hasattr(value, name))
    else:
        yield value


def of_others(value: Any, own: Index) -> set[Any]:
    """The names, keys, regions and agencies in a value that are another document's."""
    foreign = {*FILES, *KEYS, *REGIONS, *AGENCIES}
    foreign -= {NINGWU, "宁武县", *own.keys(), *own.agencies}
    return {one for one in leaves(value) if isinstance(one, (str, int)) and one in foreign}


@pytest.fixture
def narrow(policy_index: WholeIndex) -> NarrowedIndex:
    FILES[:] = [info.file for info in policy_index.infos]
    KEYS[:] = policy_index.keys()
    SEARCHED[:] = policy_index.keys(searched=True)
    REGIONS[:] = policy_index.regions
    AGENCIES[:] = policy_index.agencies
    return NarrowedIndex(policy_index, [NINGWU])


def public(index: Index) -> set[str]:
    return {name for name in {*dir(index), *vars(index)} if not name.startswith("_")}


def test_of_each_method_it_is_decided_what_it_gives_of_some_documents(
    narrow: NarrowedIndex, policy_index: WholeIndex
):
    """A new method of the whole index fails here until it has its line above."""
    decided = {*PROBES, *OF_A_WORD, *OF_LINKS, *OF_THE_INDEX}
    assert public(policy_index) == decided | OF_THE_WHOLE_ALONE
    assert public(narrow) == decided


@pytest.mark.parametrize("name", PROBES)
def test_nothing_of_another_document_comes_through(
    narrow: NarrowedIndex, policy_index: WholeIndex, name: str
):
    whole, own = PROBES[name](policy_index), PROBES[name](narrow)
    assert own
    assert of_others(own, narrow) == set()
    if isinstance(whole, int):
        assert own < whole
    else:
        assert of_others(whole, narrow), "what would leak does not show"


def test_another_documents_name_key_or_selection_is_refused(narrow: NarrowedIndex, policy_index: WholeIndex):
    foreign = [HANGJIN]
    key = policy_index.entries_of(HANGJIN)[0].key
    vector = policy_index.encoder.encode_question("城市")
    for files in (foreign, policy_index.select(foreign), policy_index.select([NINGWU, HANGJIN])):
        for call in (
            lambda files: narrow.search_words("城市", 9, files),
            lambda files: narrow.search_vectors(vector, 9, files),
            lambda files: narrow.keys_by_year(2000, 2100, files),
            lambda files: narrow.keys_by_agency("住房城乡建设局", files),
            lambda files: narrow.clauses_holding("城市", files),
            lambda files: narrow.holds("城市", files),
            lambda files: narrow.score_documents("城市", files),
            narrow.select,
        ):
            with pytest.raises(SourceError, match="No document named"):
                call(files)
    with pytest.raises(KeyError):
        narrow.entries([*narrow.keys(), key])
    with pytest.raises(SourceError, match="No document named"):
        NarrowedIndex(narrow, foreign)


def test_a_narrowed_index_is_narrowed_further(policy_index: WholeIndex):
    two = NarrowedIndex(policy_index, [NINGWU, HANGJIN])
    assert [info.file for info in NarrowedIndex(two, [HANGJIN]).infos] == [HANGJIN]


def test_nothing_of_the_others_is_found(narrow: NarrowedIndex):
    assert {hit.file for hit in search("海绵城市", index=narrow)} == {NINGWU}
    assert all(narrow.keys_by_agency(name) for name in narrow.agencies)


def test_the_whole_is_as_it_was(narrow: NarrowedIndex, policy_index: WholeIndex):
    assert len(narrow.infos) == 1
    assert len(policy_index.infos) == 5
    assert len({hit.file for hit in search("城市建设", index=policy_index)}) > 1


def test_asking_of_some_documents(policy_index: Index):
    who = "哪个部门牵头海绵城市建设?"
    one = ask(who, regions=["宁武"], index=policy_index)
    assert {citation.file for citation in one.citations} == {NINGWU}
    assert "运城" not in one.text
    assert ask(who, documents=[HANGJIN], index=policy_index).abstained
    elsewhere = ask("运城市海绵城市由谁负责?", regions=["宁武县"], index=policy_index)
    assert elsewhere.abstained


def test_what_cannot_be_narrowed_to(policy_index: Index):
    for filters in ({"regions": ["火星"]}, {"documents": ["没有.txt"]}):
        with pytest.raises(SourceError):
            ask("海绵城市", index=policy_index, **filters)
    with pytest.raises(SourceError, match="No document is left"):
        ask("海绵城市", regions=["宁武"], documents=[HANGJIN], index=policy_index)
