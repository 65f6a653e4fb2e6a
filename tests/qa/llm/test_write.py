"""Answers by scripted models over the five documents: what stands is cited, faults change nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from upheld import unheld

from index.errors import QuestionError, SourceError
from index.search.index import Index
from qa.api.ask import ask
from qa.api.objects import answer_object
from qa.llm.serial import written_object
from qa.llm.settings import Settings
from qa.llm.write import SAID_FAULT, SAID_WHY, write, write_whole
from tests.support.secret_key import KEY

WHO = "宁武县海绵城市建设由谁负责?"
RIGHT = "海绵城市建设的责任单位是县住建局、县财政局[1]。"
Model = Callable[..., Settings]
QUESTIONS = [
    json.loads(line)["question"]
    for line in (Path(__file__).parents[2] / "data" / "questions_answerable.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def test_what_stands_is_shown_with_its_quote(model: Model, policy_index: Index):
    *grown, written = write(WHO, model("say", RIGHT), index=policy_index)
    assert written.by_model
    assert written.complete
    assert [one.complete for one in grown] == [False]
    first, note = written.answer.blocks
    assert str(first) == "海绵城市建设的责任单位是县住建局、县财政局。[1]"
    assert "语言模型" in str(note)
    (citation,) = written.answer.citations
    assert "县住建局、县财政局" in citation.quote
    assert citation.quote == policy_index.document(citation.file).text[citation.start : citation.end]


def test_thinking_aloud_is_no_answer(model: Model, policy_index: Index):
    written = write_whole(WHO, model("think", RIGHT), index=policy_index)
    assert written.by_model
    assert not written.struck
    assert "99亿" not in written.answer.text


def test_what_falls_is_struck_and_said(model: Model, policy_index: Index):
    words = (
        f"{RIGHT}该项目由县公安局牵头[1]。总投资99亿元[1]。海绵城市建设很重要。"
        "海绵城市建设由县住建局、县财政局落实[87]。"
    )
    written = write_whole(WHO, model("say", words), index=policy_index)
    assert written.by_model
    reasons = [reason for reasons in written.struck for reason in reasons]
    assert {"body", "word", "number", "uncited", "unknown"} <= set(reasons)
    assert "公安局" not in written.answer.text
    assert "99亿" not in written.answer.text
    (marked,) = (str(block) for block in written.answer.blocks if str(block).startswith("〔"))
    assert marked.startswith("〔此处删去4句：")
    for reason in ("body", "number", "uncited", "unknown"):
        assert SAID_FAULT[reason] in marked


def test_nothing_stands(model: Model, policy_index: Index):
    written = write_whole(WHO, model("say", "由县公安局牵头[1]。共投资99亿元[1]。"), index=policy_index)
    same_as_without(written, "struck", policy_index)
    assert len(written.struck) == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("条款未作规定。", "unsaid"),
        ("推进县城海绵城市建设[1]。", "beside"),
        ("", "empty"),
        ("抱歉，我无法回答这个问题。", "struck"),
    ],
)
def test_words_that_do_not_answer(model: Model, policy_index: Index, words: str, why: str):
    same_as_without(write_whole(WHO, model("say", words), index=policy_index), why, policy_index)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("401", "key"),
        ("429", "limit"),
        ("500", "server"),
        ("nosuch", "name"),
        ("hang", "timeout"),
        ("slow", "timeout"),
        ("half", "half"),
        ("no-end", "half"),
        ("length", "half"),
        ("html", "garbage"),
        ("not-json", "garbage"),
        ("shapes", "garbage"),
        ("bytes", "garbage"),
        ("error", "garbage"),
        ("empty", "empty"),
        ("refusal", "refused"),
        ("filtered", "refused"),
        ("reset", "unreachable"),
    ],
)
def test_a_fault_leaves_the_answer_without_a_model(
    model: Model, policy_index: Index, caplog: pytest.LogCaptureFixture, fault: str, why: str
):
    patience = 1.5 if why == "timeout" else 30
    written = write_whole(WHO, model(fault, timeout=patience), index=policy_index)
    same_as_without(written, why, policy_index)
    assert KEY not in caplog.text
    assert KEY not in written.answer.text


def test_a_model_that_does_not_stop_is_stopped(model: Model, policy_index: Index):
    written = write_whole(WHO, model("endless", timeout=300), index=policy_index)
    same_as_without(written, "garbage", policy_index)


def test_nobody_there(policy_index: Index):
    written = write_whole(WHO, Settings("http://127.0.0.1:9/v1", "m"), index=policy_index)
    same_as_without(written, "unreachable", policy_index)


def same_as_without(written, why: str, index: Index) -> None:
    """The answer without a model, after one line that says why."""
    plain = ask(WHO, index=index)
    assert not written.by_model
    assert written.why == why
    lead, *others = written.answer.blocks
    assert SAID_WHY[why] in str(lead)
    assert tuple(others) == plain.blocks
    assert written.answer.citations == plain.citations


def test_where_the_documents_do_not_say_no_model_is_asked(policy_index: Index):
    question = "宁武县的个人所得税起征点是多少?"
    written = write_whole(question, Settings("http://127.0.0.1:9/v1", "m"), index=policy_index)
    assert written.answer == ask(question, index=policy_index)
    assert written.answer.abstained
    assert (written.by_model, written.why) == (False, None)


def test_a_long_list_stays_whole(policy_index: Index):
    question = "宁武县住建局有哪些任务?"
    plain = ask(question, index=policy_index)
    assert len({citation.clause_key for citation in plain.citations}) > 10
    written = write_whole(question, Settings("http://127.0.0.1:9/v1", "m"), index=policy_index)
    assert (written.answer, written.why) == (plain, "listed")


def test_several_regions(model: Model, policy_index: Index):
    question = "各地海绵城市建设由谁负责?"
    plain = ask(question, index=policy_index)
    clauses = list(dict.fromkeys(citation.clause_key for citation in plain.citations))
    said = {
        c.region: f"{c.region}由{c.quote}负责[{clauses.index(c.clause_key) + 1}]。" for c in plain.citations
    }
    words = "".join(said[region] for region in ("宁武县", "成武县", "运城市")).replace("负责", "")
    written = write_whole(question, model("say", words), index=policy_index)
    assert written.by_model
    assert not written.struck
    assert [citation.region for citation in written.answer.citations] == ["宁武县", "成武县", "运城市"]


def test_errors_are_those_of_ask(model: Model, policy_index: Index):
    with pytest.raises(QuestionError):
        write_whole(" ", model("good"), index=policy_index)
    with pytest.raises(SourceError):
        write_whole(WHO, model("good"), index=policy_index, regions=["天津"])


def test_a_question_is_rewritten_only_where_it_leans_and_shown(model: Model, policy_index: Index):
    settings = model("rewrite", "运城市海绵城市建设由谁负责?", rewrite=True)
    written = write_whole("那运城呢?", settings, index=policy_index, history=[WHO])
    assert written.question == "运城市海绵城市建设由谁负责?"
    assert "改写为：运城市海绵城市建设由谁负责?" in written.answer.text
    assert written.answer.query.regions == ("运城市",)
    assert write_whole(WHO, settings, index=policy_index).question is None


def test_a_rewriting_is_shown_where_the_documents_do_not_say_too(model: Model, policy_index: Index):
    settings = model("rewrite", "沁水县的地铁由谁负责?", rewrite=True)
    written = write_whole("地铁呢?", settings, index=policy_index, history=["沁水县海绵城市由谁负责?"])
    assert written.answer.abstained
    assert "改写为：沁水县的地铁由谁负责?" in written.answer.text


@pytest.mark.parametrize(
    "words", ["天津市海绵城市建设由谁负责?", "运城市2031年海绵城市由谁负责?", "", "好。是的。"]
)
def test_a_rewriting_that_brings_something_in_is_not_used(model: Model, policy_index: Index, words: str):
    written = write_whole(
        "那运城呢?", model("rewrite", words, rewrite=True), index=policy_index, history=[WHO]
    )
    assert written.question is None
    assert written.answer.query.regions == ("运城市",)


def test_as_json(model: Model, policy_index: Index):
    told = written_object(write_whole(WHO, model("say", f"{RIGHT}共99亿元[1]。"), index=policy_index))
    assert told["written"] == {
        "by_model": True,
        "model": told["written"]["model"],
        "why": None,
        "struck": [["number"]],
        "withheld": 0,
        "question": None,
    }
    plain = answer_object(ask(WHO, index=policy_index))
    assert set(told) == {*plain, "written"}
    assert told["hits"] == plain["hits"]


@pytest.mark.parametrize("seed", range(12))
def test_no_garbled_sentence_reaches_the_reader(model: Model, policy_index: Index, seed: int):
    """benchmarks/llm/written.py asks for hundreds; these are a sample."""
    question = QUESTIONS[seed % len(QUESTIONS)]
    for written in write(question, model(f"garbled-{seed}"), index=policy_index):
        assert list(unheld(written, policy_index)) == []
