"""What a page's end leaves in a text: broken sentences are joined, tables of contents taken out."""

from __future__ import annotations

import pytest

from index.reading.clean import clean, restore

RUNNING = "推动北斗高精度服务在智能网联汽车产业链各环节应用，细化北斗在大交通中的应用，助力打造数字交通"


def joined(text: str) -> str:
    cleaned = clean(text)
    assert restore(cleaned) == text
    return cleaned.text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{RUNNING}。（牵头部", "门：市交通委、市水务局）"),
        (f"{RUNNING}，进一步探", "索区块链等新兴技术融合，开展评估和增值服务。"),
        (f"{RUNNING}，为", "保障供给提供支撑；"),
    ],
)
def test_a_sentence_goes_on_in_the_next_line(first: str, second: str) -> None:
    assert joined(f"{first}\n\n{second}\n") == f"{first}{second}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{RUNNING}。\n市交通委负责落实。\n",
        f"{RUNNING}\n二、主要任务。\n",
        f"{RUNNING}\n\u3000\u3000另起一段，说明情况。\n",
        f"{RUNNING}\n某市人民政府\n",
        f"{RUNNING}\n2024年3月14日\n",
        f"{RUNNING}。通用规范标准\n通用规范标准侧重于提出通用要求。\n",
        "各区人民政府，市政府各部门\n各有关单位要抓好落实。\n",
        "任务 |\n责任单位 |\n",
    ],
)
def test_what_ends_with_its_line_stays(text: str) -> None:
    assert joined(text) == text


def test_a_table_of_contents_with_pages_is_taken_out() -> None:
    contents = "目　录\n一、总体要求……………1\n二、主要任务……………3\n三、保障措施\t12\n"
    text = f"某市行动计划\n{contents}一、总体要求\n坚持新发展理念。\n"
    assert joined(text) == "某市行动计划\n一、总体要求\n坚持新发展理念。\n"
    assert [(one.reason, one.text) for one in clean(text).removals] == [("contents", contents)]
    assert joined("目录\n第一章 总则\n第二章 附则\n") == "目录\n第一章 总则\n第二章 附则\n"
