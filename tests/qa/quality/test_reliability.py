"""How far probabilities hold: bins and their error worked by hand, and the diagram as SVG."""

from __future__ import annotations

import json
import math
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qa.__main__ import main
from qa.quality.reliability import reliability
from qa.quality.reliability_plot import plot

SVG = "{http://www.w3.org/2000/svg}"
QUESTION = {
    "id": "who",
    "kind": "agency",
    "variants": ["宁武县海绵城市建设由谁负责?", "宁武县海绵城市建设的责任单位是哪些?"],
    "file": "宁武县推进以县城为重要载体的城镇化建设行动方案.txt",
    "evidence": [["系统化全域推进海绵城市建设"]],
    "answer": ["县住建局"],
    "span": None,
}


def odds(share: float) -> float:
    return math.log(share / (1 - share))


def test_bins_and_error_by_hand():
    # Four at .75, three of them answerable: right.  Two at .25, one answerable: off by .25, a third of all.
    asked = [(odds(0.75), True)] * 3 + [(odds(0.75), False), (odds(0.25), True), (odds(0.25), False)]
    found = reliability([*asked, (None, True)], threshold=0.0)
    full = {one.low: one for one in found.bins if one.questions}
    assert set(full) == {0.2, 0.7}
    assert (full[0.7].questions, full[0.7].answerable) == (4, 0.75)
    assert full[0.7].probability == pytest.approx(0.75)
    assert found.error == pytest.approx(0.25 / 3)
    assert found.unread == 1


def test_half_is_at_the_threshold_and_certainty_in_the_last_bin():
    found = reliability([(-1.5, True), (900.0, True), (-900.0, False)], threshold=-1.5)
    assert [one.questions for one in found.bins] == [1, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    assert found.bins[5].probability == 0.5


@pytest.mark.parametrize("asked", [[], [(0.3, True), (0.4, False), (2.0, True)]])
def test_the_diagram_is_whole(asked: list[tuple[float, bool]]):
    found = reliability(asked, threshold=0.0)
    tree = ElementTree.fromstring(plot(found, "a < b & c.jsonl"))
    bars = [one.text for one in tree.iter(f"{SVG}title")]
    assert len(bars) == sum(one.questions > 0 for one in found.bins)
    texts = [one.text or "" for one in tree.iter(f"{SVG}text")]
    assert texts[0].startswith("a < b & c.jsonl: expected calibration error")


def test_evaluate_draws_it_and_says_what_cannot_be(
    policy_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    questions, out = tmp_path / "q.jsonl", tmp_path / "plot.svg"
    questions.write_text(json.dumps(QUESTION, ensure_ascii=False), "utf-8")
    features = tmp_path / "features.jsonl"
    arguments = ["evaluate", str(questions), "--index", str(policy_store)]
    assert main([*arguments, "--plot", str(out), "--why", str(features)]) == 0
    assert ElementTree.fromstring(out.read_text("utf-8")).tag == f"{SVG}svg"
    printed = capsys.readouterr().out
    assert "expected calibration error" in printed
    assert "wording" in printed
    told = [json.loads(line) for line in features.read_text("utf-8").splitlines()]
    assert [(one["id"], one["wording"], one["type"]) for one in told] == [
        ("who#0", 0, "agency"),
        ("who#1", 1, "agency"),
    ]
    assert all(one["answerable"] and any(one["right"][0]) for one in told)
    assert main([*arguments, "--plot", str(questions)]) == 2
    assert "holds the questions" in capsys.readouterr().err
    assert main([*arguments, "--plot", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err
    assert main([*arguments, "--plot", str(out), "--model", "m"]) == 2
    assert "leave out --model" in capsys.readouterr().err
