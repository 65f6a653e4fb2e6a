"""The threshold of silence: fitted on what answers were really decided on, and by hand on made-up odds."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

from index.errors import ModelError
from qa.__main__ import main as qa
from qa.evidence.fitted import FILE, silence_in

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from fit_silence import Asked, Rule, at, choose, curve, fitted, main, read, weighed, weights_of  # noqa: E402


def asked(*odds: tuple[float, bool]) -> list[Asked]:
    return [Asked("f.jsonl", f"line {number}", one, said) for number, (one, said) in enumerate(odds)]


APART = asked((-3, False), (-2, False), (-1, False), (-1.5, True), (1, True), (2, True), (3, True), (4, True))


def test_shares_by_hand():
    point = at(APART, 0.0)
    assert (point.silent_wrongly, point.silence_recall) == (0.2, 1.0)
    assert point.balanced_accuracy == pytest.approx(0.9)
    assert at(APART, 0.0, weight=3.0).balanced_accuracy == pytest.approx((3 * 0.8 + 1) / 4)


def test_the_threshold_with_the_best_balanced_accuracy_lies_between_questions():
    assert choose(APART, Rule()) == 0.0  # between -1 and 1
    assert choose(APART, Rule(weight=9.0)) == -1.75  # an answer lost counts ninefold


def test_the_highest_threshold_that_silences_no_more_than_a_share():
    assert choose(APART, Rule(most_silent=0.0)) == -1.75
    assert choose(APART, Rule(most_silent=0.2)) == 0.0
    assert choose(APART, Rule(most_silent=0.5)) == 1.5


def test_the_curve_goes_from_all_answered_to_nearly_all_silent():
    points = curve(APART)
    assert [one.threshold for one in points] == sorted(one.odds for one in APART)
    assert points[0].silent_wrongly == points[0].silence_recall == 0.0
    assert points[-1].silence_recall == 1.0


def test_the_first_clause_weighs_more_where_the_highest_is_another_whatever_is_asked():
    chance = random.Random(5)
    made = []
    for number in range(600):
        answerable = number % 2 == 0
        first = (2.0 if answerable else -2.0) + chance.gauss(0, 1)
        best = max(first, chance.gauss(1, 2))
        made.append(Asked("f", str(number), best, answerable, first=first))
    assert weights_of(made).first == 0
    weights = weights_of(made, first=True)
    assert weights.first > 0.7
    before, after = (at(one, choose(one, Rule())) for one in (made, weighed(made, weights)))
    assert after.balanced_accuracy > before.balanced_accuracy + 0.05


def test_wordings_of_a_line_stay_in_one_half_and_both_kinds_are_needed():
    found = fitted(APART, Rule())
    assert found["files"] == [{"name": "f.jsonl", "answerable": 5, "unanswerable": 3}]
    assert len(found["across_halves"]["thresholds"]) == 2
    with pytest.raises(ValueError, match="answerable and unanswerable"):
        fitted(asked((1, True), (2, True)), Rule())
    one_line = [Asked("f", "same", one.odds, one.answerable) for one in APART]
    with pytest.raises(ValueError, match="at least two lines of each"):
        fitted(one_line, Rule())


UNSAID = {"type": "none", "evidence": [], "answer": []}
QUESTIONS = [
    {
        "id": "sponge",
        "kind": "agency",
        "variants": ["宁武县海绵城市建设由谁负责?", "宁武县海绵城市建设的责任单位是哪些?"],
        "file": "宁武县推进以县城为重要载体的城镇化建设行动方案.txt",
        "evidence": [["系统化全域推进海绵城市建设"]],
        "answer": ["县住建局"],
        "span": None,
    },
    {
        "id": "water",
        "question": "运城市2025年农村规模化供水要覆盖多少农村人口?",
        "type": "target",
        "evidence": [["农村规模化供水"]],
        "answer": ["53%"],
    },
    {"id": "a", "question": "杭锦旗的地铁一号线哪年通车?", **UNSAID},
    {"id": "b", "question": "沁水县的养犬登记费是多少元?", **UNSAID},
]


def test_what_evaluate_writes_is_fitted_and_what_is_written_is_read(
    policy_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    questions, features, out = (tmp_path / name for name in ("q.jsonl", "features.jsonl", "fitted.json"))
    questions.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in QUESTIONS), "utf-8")
    assert qa(["evaluate", str(questions), "--index", str(policy_store), "--why", str(features)]) == 0
    found, unread = read([features])
    assert [one.line for one in found if one.answerable] == ["sponge", "sponge", "water"]
    assert len(found) + unread == 5
    assert main([str(features), "--out", str(out), "--dry-run"]) == 0
    assert not out.exists()
    capsys.readouterr()
    assert main([str(features), "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "features.jsonl: " in printed
    written = json.loads(out.read_text("utf-8"))["silence"]
    assert silence_in(out).value == written["value"]
    assert written["files"] == [{"name": "features.jsonl", "answerable": 3, "unanswerable": 2}]
    assert min(one.odds for one in found) - 1 <= written["value"] <= max(one.odds for one in found)


def test_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    features = tmp_path / "features.jsonl"
    assert main([str(features)]) == 2
    features.write_text('{"id": "1"}\n', "utf-8")
    assert main([str(features)]) == 2
    assert "features.jsonl, line 1: not of evaluate --why" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([str(features), "--most-silent", "1.5"])


def test_the_program_reads_the_file(tmp_path: Path):
    assert silence_in().value == json.loads(FILE.read_text("utf-8"))["silence"]["value"]
    (tmp_path / "fitted.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="No threshold of silence"):
        silence_in(tmp_path / "fitted.json")
