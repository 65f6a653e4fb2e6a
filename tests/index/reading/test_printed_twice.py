"""A text that a page holds twice is the document's once; what is said again within a document stays."""

from __future__ import annotations

import time

import pytest

from index.parsing.parse import parse_source
from index.reading.clean import clean, restore
from index.reading.printed_twice import printed_twice
from index.reading.read import Source
from index.records import Agency

LETTER = """各镇人民政府，各街道办事处，市政府各部门：
《义乌市燃气设施保护管理暂行办法》已经市政府研究同意，现印发给你们，请认真贯彻执行。
义乌市人民政府办公室
2013年6月26日
"""
MEASURES = """第一条　为加强本市燃气设施保护管理，保障燃气设施的安全运行，保护社会公众利益，制定本办法。
第二条　本办法适用于本市行政区域内燃气设施的保护和管理，城市天然气接收门站前的天然气管道设施除外。
第三条　本办法所称的燃气设施，包括输送天然气、液化石油气的管道，门站、储配站、气化站、加气站、调压站。
第四条　市住房和城乡建设局是本市燃气行政主管部门，负责燃气设施保护的监督管理。
市燃气管理处具体负责日常监督管理工作。
市综合行政执法局负责对燃气设施保护违法违规行为的查处。市公安局负责对破坏、盗窃、哄抢燃气设施等涉嫌刑事犯罪行为的查处。
第五条　燃气设施是重要的城市基础设施，受法律保护，任何单位和个人不得侵占、毁损、擅自拆除或者移动燃气设施。
第六条　鼓励和支持对燃气设施保护的科学技术研究，推广先进的技术、工艺和设备，提高燃气设施保护的科学技术水平。
"""
TITLE = "义乌市人民政府办公室关于印发《义乌市燃气设施保护管理暂行办法》的通知\n"


def test_the_second_printing_is_taken_out_and_told() -> None:
    text = TITLE + LETTER + MEASURES + LETTER + MEASURES
    cleaned = clean(text)
    assert cleaned.text == TITLE + LETTER + MEASURES
    assert [(one.reason, one.text) for one in cleaned.removals] == [("printed twice", LETTER + MEASURES)]
    assert restore(cleaned) == text


def test_blanks_and_what_stands_between_make_no_difference() -> None:
    letter = LETTER + MEASURES
    again = letter.replace("\n", " \xa0\n\n")
    assert clean(f"{TITLE}{letter}附件.doc\n{again}").text.split() == f"{TITLE}{letter}附件.doc".split()


def test_each_duty_is_told_once() -> None:
    once = parse_source(Source(TITLE + LETTER + MEASURES, "0" * 64), "a.txt")
    twice = parse_source(Source(TITLE + (LETTER + MEASURES) * 2, "0" * 64), "a.txt")
    bodies = [one.text for facts in twice.facts for one in facts if isinstance(one, Agency)]
    assert bodies.count("市综合行政执法局") == 1
    assert twice.facts == once.facts


def test_what_differs_in_a_word_stays() -> None:
    letter = LETTER + MEASURES
    other = "".join(line.replace("燃气", "供水").replace("市", "县") + "\n" for line in letter.splitlines())
    assert clean(TITLE + letter + other).text == TITLE + letter + other


def test_a_declaration_that_a_form_holds_twice_stays() -> None:
    letter = LETTER + MEASURES
    long = "".join(
        f"第{number}项　本项内容与其他各项均不相同，编号为{number * 7919}。\n" for number in range(400)
    )
    assert clean(letter + long + letter).text == letter + long + letter


@pytest.mark.parametrize(
    "lines",
    [
        "同一行文字反复出现，一共有许多许多次，没有别的内容。\n",
        "同一行文字反复出现，一共有许多许多次，没有别的内容。\n短行\n" * 3 + "另一行\n",
        "".join(f"每一段的文字各不相同，这是其中的第{number}行。\n" for number in range(50)) + "短行\n",
    ],
    ids=["one line", "runs", "blocks"],
)
def test_twice_the_text_takes_twice_the_time(lines: str) -> None:
    def seconds(times: int) -> float:
        text = lines * (times // lines.count("\n"))
        began = time.process_time()
        list(printed_twice(text))
        return time.process_time() - began

    assert min(seconds(20_000) for _ in range(3)) < 3 * min(seconds(10_000) for _ in range(3)) + 0.02
