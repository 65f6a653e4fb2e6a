"""The first-level headings of a document: measured on real ones with gold, and their kinds by example."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from index.clauses.headings import first_level_of
from index.parsing.parse import parse_file, parse_source
from index.reading.read import text_of

PLANS = Path(__file__).parents[4] / "shared" / "eval" / "plans"
FLOOR = 0.95


def headings(text: str) -> tuple[str, ...]:
    return first_level_of(parse_source(text_of(text.encode(), Path("a.txt")), "a.txt").clauses)


def test_chapters_come_before_numbers() -> None:
    text = (
        "某市管理办法\n第一章 总 则\n第一条 为规范管理，制定本办法。\n"
        "第二章 管理\n第二条 管理分为：\n一、登记；\n"
    )
    assert headings(text) == ("第一章总则", "第二章管理")


def test_a_heading_that_runs_into_its_text_and_an_annex() -> None:
    text = (
        "某市通知\n一、申请条件。年满八十周岁。\n二、申请程序\n向乡镇人民政府申请。\n"
        "附件1\n某表\n一、填表说明\n如实填写各项内容。\n"
    )
    assert headings(text) == ("一、申请条件", "二、申请程序")


def test_a_plan_that_is_an_annex_itself() -> None:
    assert headings("附件\n某市行动计划\n一、目标\n到2025年建成。\n二、任务\n抓好落实。\n") == (
        "一、目标",
        "二、任务",
    )


@pytest.mark.skipif(not PLANS.is_dir(), reason="the gold (../shared/eval/plans) is not here")
def test_precision_and_recall_over_real_documents() -> None:
    hit = found = wanted = 0
    for line in (PLANS / "metadata.jsonl").read_text().splitlines():
        gold = json.loads(line)
        if gold["headings"]:
            clauses = parse_file(PLANS / "documents" / gold["file"], PLANS / "documents").clauses
            got, want = Counter(map(_bare, first_level_of(clauses))), Counter(map(_bare, gold["headings"]))
            hit, found, wanted = hit + (got & want).total(), found + got.total(), wanted + want.total()
    assert hit / found >= FLOOR
    assert hit / wanted >= FLOOR


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
