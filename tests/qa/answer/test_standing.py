"""What no longer holds: said in answers, citations, the ledger and lists, and behind what holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build.build import build
from index.encoders.encoder import Encoder
from index.search.index import Index, open_index
from index.search.narrowed import NarrowedIndex
from index.search.today import VARIABLE
from pages.common.reader import Place, reader
from pages.common.words import ZH
from pages.documents.listing import document_list
from pages.documents.view import View
from qa import ask, search
from qa.api.ask import ledger
from qa.api.objects import answer_object
from qa.commands.terminal import shown_answer, shown_tasks
from qa.ledger.files import ledger_csv
from qa.ledger.tasks import tasks_cited
from web.api.outputs import document_object
from web.mcp.text import documents_text

TEXT = """\
{number}
阳川市人民政府办公室关于印发阳川市临时救助办法的通知
各县人民政府：
现将办法印发给你们，请认真贯彻执行。
阳川市人民政府办公室
{day}
第一条 本办法所称临时救助，是指对遭遇突发事件的家庭给予的救助。
第二条 市民政局负责临时救助工作，到2026年底前，临时救助资金发放率达到{share}%以上。
第三条 {last}
"""
OLD, NEW = "旧.txt", "新.txt"
QUESTION = "临时救助工作由哪个部门负责？"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("standing")
    documents = folder / "documents"
    documents.mkdir()
    old = TEXT.format(
        number="阳政办规〔2019〕13号", day="2019年6月1日", share=80, last="本办法自2019年7月1日起施行。"
    )
    new = TEXT.format(
        number="阳政办规〔2022〕8号",
        day="2022年9月1日",
        share=90,
        last="本办法自2022年9月13日起施行，有效期5年。《阳川市临时救助办法》（阳政办规〔2019〕13号）同时废止。",
    )
    (documents / OLD).write_text(old, encoding="utf-8")
    (documents / NEW).write_text(new, encoding="utf-8")
    build(documents, folder / "store", encoder=encoder)
    return folder / "store"


@pytest.fixture
def index(store: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    monkeypatch.setenv(VARIABLE, "2024-01-31")
    with open_index(store, encoder) as opened:
        yield opened


def test_what_holds_stands_before_what_was_repealed(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def first() -> str:
        return search(QUESTION, index=index)[0].file

    assert first() == NEW
    monkeypatch.setenv(VARIABLE, "2021-01-31")  # the new one does not hold yet
    assert first() == OLD
    monkeypatch.setenv(VARIABLE, "2024-01-31")
    assert (
        search(f"阳政办规〔2019〕13号规定{QUESTION}", index=index)[0].file == OLD
    )  # asked for by its number


def test_an_answer_says_that_its_document_was_repealed(index: Index) -> None:
    old = NarrowedIndex(index, [OLD, NEW])
    answer = ask(f"阳政办规〔2019〕13号里{QUESTION}", documents=[OLD], index=old)
    cited = next(citation for citation in answer.citations if citation.file == OLD)
    assert cited.standing is not None and cited.standing.mark == "已废止"
    assert "被文件库中未选入的一份文件废止" in answer.text
    assert not any("2022〕8" in words for words in (answer.text, shown_answer(answer)))


def test_the_words_that_end_it_are_cited(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2027-12-31")
    answer = ask(QUESTION, documents=[NEW], index=index)
    told = [str(block) for block in answer.blocks if "注意" in str(block)]
    title = "《阳川市人民政府办公室关于印发阳川市临时救助办法的通知》"
    expired = next(line for line in told if "已失效" in line)
    assert expired.startswith(f"注意：{title}已失效：有效期至2027年9月12日（原文：有效期5年）。[")
    ends = next(c for c in answer.citations if c.quote == "有效期5年")
    assert f"[{ends.number}]" in expired
    assert ends.clause_key not in {task.clause_key for task in tasks_cited(index, answer)}
    shown = shown_answer(answer)
    assert "（已失效：有效期至2027年9月12日）" in shown
    made = answer_object(answer)["citations"]
    assert {"expired"} <= {one["standing"]["state"] for one in made if one["standing"]}


def test_the_ledger_says_so(index: Index) -> None:
    tasks = {task.file: task for task in ledger(index=index)}
    assert tasks[NEW].standing is None
    ended = str(tasks[OLD].standing)
    assert ended.startswith("已废止：自2022年9月13日起被《")
    assert ended in ledger_csv(list(tasks.values())).decode("utf-8-sig")
    assert f"（{ended}）" in shown_tasks(list(tasks.values()))


def test_lists_and_reader_say_so(index: Index) -> None:
    listed = document_list(index, View("zh"), "", Path("nowhere"), may_edit=False)
    assert listed.count('class="tw-standing"') == 1
    assert "替代旧版" in listed and "新版为" in listed
    assert "自2022年9月13日起被" in reader(index, Place(OLD), ZH)
    assert "tw-standing" not in reader(index, Place(NEW), ZH)
    assert documents_text(index, index.infos, 2, 0).count("已废止") == 1
    objects = {info.file: document_object(index, info) for info in index.infos}
    assert objects[NEW]["standing"] is None and objects[NEW]["valid_until"] == "2027-09-12"
    (link,) = objects[OLD]["links"]
    assert (link["kind"], link["file"], link["other"]) == ("replaces", NEW, OLD)
    words = index.document(NEW).text
    assert link["start"] is not None and words[link["start"] : link["end"]] == "阳政办规〔2019〕13号"


def test_a_narrowed_index_links_its_own_alone(index: Index) -> None:
    assert [link.other for link in NarrowedIndex(index, [OLD, NEW]).links] == [OLD]
    alone = NarrowedIndex(index, [OLD])
    assert alone.links == ()
    ended = alone.standing(OLD)
    assert ended is not None and (ended.file, ended.since) == (None, "2022-09-13")


def test_whether_it_holds_can_be_asked(index: Index) -> None:
    answer = ask("阳政办规〔2022〕8号这个文件现在还有效吗？", documents=[NEW], index=index)
    if answer.query.asked == "document" and "status" in answer.query.fields:
        assert "有效期5年" in answer.text
