"""What documents print twice, and what they repeat on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.check.duplicates import Duplicate, duplicates
from index.check.spots import Layout
from index.parsing.parse import parse_file, parse_source
from index.reading.read import Source

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "documents"
SHARED = ROOT.parent / "shared"
LONG = "各县(市)人民政府要把这项工作列入重要议事日程，明确责任分工，细化工作措施，" * 3 + "确保取得实效。"


def of_text(text: str) -> tuple[Duplicate, ...]:
    parsed = parse_source(Source(text, "0" * 64), "a.txt")
    return duplicates(Layout(parsed.document, parsed.clauses))


def of_file(path: Path) -> tuple[Duplicate, ...]:
    parsed = parse_file(path, path.parent)
    found = duplicates(Layout(parsed.document, parsed.clauses))
    for one in found:
        assert all(parsed.document.text[spot.start : spot.end] == spot.text for spot in one.spots)
    return found


class TestTheFiveDocuments:
    def test_blocks_printed_two_and_three_times(self):
        (path,) = DOCUMENTS.glob("沁水县*")
        twice, thrice = of_file(path)
        assert (twice.printed, thrice.printed) == ("block", "block")
        assert [spot.text.split()[0] for spot in twice.spots] == ["健全文化体育设施"] * 2
        assert [spot.text.split()[0] for spot in thrice.spots] == ["提升社会保障能力"] * 3
        assert [spot.place[-1] for spot in thrice.spots] == ["12", "13", "14"]

    def test_a_sentence_printed_twice(self):
        (path,) = DOCUMENTS.glob("宁武县*")
        (found,) = of_file(path)
        assert found.printed == "sentence"
        assert [spot.text for spot in found.spots] == ["提升公共空间环境品质"] * 2

    @pytest.mark.parametrize("name", ["运城市", "成武县", "杭锦旗"])
    def test_the_others_print_nothing_twice(self, name):
        (path,) = DOCUMENTS.glob(f"{name}*")
        assert of_file(path) == ()


class TestBlocks:
    def test_a_long_paragraph_under_another_number(self):
        (found,) = of_text(f"一、组织领导\n1.{LONG}\n二、保障\n2.{LONG}\n")
        assert found.characters == len(LONG)
        assert len(found.spots) == 2

    def test_paragraphs_that_stand_together_twice_are_one(self):
        other = LONG.replace("工作", "任务")
        (found,) = of_text(f"一、任务\n{LONG}\n{other}\n二、保障\n{LONG}\n{other}\n")
        assert found.characters == len(LONG) + len(other)

    def test_a_formula_of_laws_is_none(self):
        formula = "有违法所得的，没收违法所得；情节严重的，处一万元以上五万元以下的罚款。"
        text = "\n".join(f"第{n}条 违反第{n}项规定的，责令改正。\n{formula}" for n in "一二三四")
        assert of_text(text) == ()


class TestSentences:
    def test_a_sentence_that_ends_in_what_opens_the_next_is_none(self):
        assert of_text("一、要求\n对已经出境的文物，禁止出境展览。禁止出境展览的文物目录另行公布。\n") == ()

    def test_the_title_above_the_document_is_none(self):
        title = "关于做好县城供水工作的通知"
        assert (
            of_text(f"{title}\n{title}\n各县人民政府：\n为做好县城供水工作，现通知如下。\n一、加强领导。\n")
            == ()
        )


@pytest.mark.skipif(not SHARED.exists(), reason="no shared data beside the repository")
def test_laws_repeat_no_blocks():
    for path in sorted((SHARED / "eval" / "regulations").glob("*.md")):
        assert of_file(path) == (), path.name
