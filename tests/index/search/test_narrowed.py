"""A narrowed index answers as if the other documents were not there."""

from __future__ import annotations

import pytest

from index.errors import SourceError
from index.search.index import Index
from index.search.narrowed import NarrowedIndex
from qa import ask, search

NINGWU = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"
HANGJIN = "杭锦旗推进以县城为重要载体的城镇化建设方案文字解读.txt"


@pytest.fixture
def narrow(policy_index: Index) -> NarrowedIndex:
    return NarrowedIndex(policy_index, [NINGWU])


def test_nothing_of_the_others_is_found(narrow: NarrowedIndex, policy_index: Index):
    assert [info.file for info in narrow.infos] == [NINGWU]
    assert {hit.file for hit in search("海绵城市", index=narrow)} == {NINGWU}
    assert {entry.file for entry in narrow.entries(narrow.keys())} == {NINGWU}
    assert narrow.clauses_holding("365") <= policy_index.clauses_holding("365")
    assert narrow.files_holding("海绵城市") == {NINGWU}
    assert set(narrow.agencies) < set(policy_index.agencies)
    assert all(narrow.keys_by_agency(name) for name in narrow.agencies)
    with pytest.raises(SourceError, match="No document named"):
        narrow.info(HANGJIN)


def test_the_whole_is_as_it_was(narrow: NarrowedIndex, policy_index: Index):
    narrow.close()
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
