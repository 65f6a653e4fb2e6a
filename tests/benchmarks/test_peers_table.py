"""The table of the peers: ratios against the floors, and figures that do not compare."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks/peers"))

from records import Result, read, write  # noqa: E402
from rows import OURS, ROWS, Row  # noqa: E402
from table import Results, markdown, ratios  # noqa: E402


def result(build: float, question: float, start: float, first: float, five: float) -> Result:
    quality: dict[str, float | None] = {"document_R@1": first, "document_MRR@10": first + 0.05}
    quality |= {"R@1": 0.5, "R@5": five, "R@10": 1.0}
    return Result(
        pieces=4073,
        build_seconds=build,
        build_peak_mb=600.0,
        start_seconds=[start, start + 9, start - 0.1],
        milliseconds=[question, question, 90.0],
        ask_peak_mb=300.0,
        quality=quality,
        load=[0.5, 2.25],
        versions={},
    )


OURS_MEASURED = result(60.0, 4.0, 0.5, 0.857, 0.99)


def row(key: str) -> Row:
    return next(one for one in ROWS if one.key == key)


def measured(key: str, theirs: Result) -> Results:
    """Ours and one peer's over both sets."""
    return {(one, kind): it for one, it in ((OURS.key, OURS_MEASURED), (key, theirs)) for kind in KINDS}


KINDS = ("notices", "policy")


def test_a_peer_is_divided_by_ours_and_held_against_the_floors() -> None:
    found = ratios(row("txtai"), measured("txtai", result(240.0, 19.0, 6.0, 0.752, 0.99)))
    assert [round(one.value, 3) for one in found if one] == [4.0, 4.75, 12.0, 0.105, 0.0]
    assert [one.met for one in found if one] == [
        True,
        False,
        True,
        True,
        False,
    ]  # equal quality is not higher


def test_hits_that_are_whole_documents_are_not_compared() -> None:
    results = measured("haystack-plain", result(80.0, 40.0, 7.0, 0.5, 1.0))
    assert ratios(row("haystack-plain"), results)[-1] is None
    assert "whole documents" in markdown([row("haystack-plain")], results)


def test_the_tables_say_what_was_missed_and_what_is_not_there() -> None:
    shown = markdown(ROWS, measured("txtai", result(240.0, 19.0, 6.0, 0.752, 0.83)))
    line = "| txtai hybrid, sentences to 300 | 4.0× | **4.8× MISSED** | 12.0× | +.105 | +.160 |"
    assert line in shown
    assert (
        "| txtai hybrid, sentences to 300 | 4,073 | 240 s | 6.0 s | 19.0 / 89 ms | 600 / 300 MB | " in shown
    )
    assert "| LlamaIndex, defaults | – | – | – | – | – |" in shown
    assert shown.endswith("Load average of the machine while it ran: 0.5 to 2.2.")


def test_the_names_of_notices_are_not_embedded() -> None:
    assert row("llamaindex").setup_for("notices") == "chinese"
    assert row("llamaindex").setup_for("policy") == "chinese-named"
    assert row("txtai").setup_for("policy") == "chinese"


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    write(OURS_MEASURED, tmp_path / "one.json")
    assert read(Result, tmp_path / "one.json") == OURS_MEASURED
    assert [path.name for path in tmp_path.iterdir()] == ["one.json"]


def test_over_plans_each_peer_is_told_beside_ours() -> None:
    of = {OURS.key: OURS_MEASURED, "txtai-onnx": result(30.0, 8.0, 5.0, 0.752, 0.89)}
    told = markdown(ROWS, {(key, "plans"): one for key, one in of.items()})
    assert "| txtai hybrid, ONNX int8 | 4,073 | 30 s | 5.0 s | 8.0 / " in told
    assert "| 0.5×, 2×, 10×, +.100 |" in told
    assert "notices" not in told
