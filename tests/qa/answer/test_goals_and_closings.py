"""What a document prints of itself at its end, and what its goals set for a year, in the document named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.build.build import build
from index.encoders.encoder import Encoder
from index.search.index import Index, open_index
from qa import ask

FUND = """\
阳川县人民政府关于印发阳川县创业担保基金管理办法的通知
阳政发〔2025〕6号
各乡镇人民政府：
第一条 担保基金由县财政出资。
第二条 本办法由县财政局负责解释。
第三条 本办法自公布之日起施行，《阳川县创业基金办法》（阳政发〔2019〕3号）同时废止。
阳川县人民政府
2025年3月1日
"""
FOOD = """\
阳川县人民政府关于印发阳川县食品产业行动方案的通知
各乡镇人民政府：
一、主要目标
到2027年，建成食品产业园。引进企业5家。到2030年，形成食品产业集群。培育龙头企业10家，产值突破50亿元。
二、主要任务
（一）建设园区。2030年底前，完成三期工程。配套道路同步建设。
阳川县人民政府
2025年5月1日
"""
WATER = """\
阳川县人民政府关于印发阳川县节水行动方案的通知
各乡镇人民政府：
一、主要目标
到2030年，农业用水下降一成。
阳川县人民政府
2025年6月1日
"""
REPORT = """\
阳川县冷链物流发展报告
阳川县冷链物流还存在不足，突出表现在三个方面：一是冷库偏少。二是车辆老化。三是信息不通。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("closings")
    (folder / "documents").mkdir()
    for name, text in (("fund", FUND), ("food", FOOD), ("water", WATER), ("report", REPORT)):
        (folder / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")
    build(folder / "documents", folder / "store", encoder=encoder)
    with open_index(folder / "store", encoder) as opened:
        yield opened


def test_a_number_is_told_with_its_date(index: Index) -> None:
    told = ask("阳川县创业担保基金管理办法的文号是多少", index=index).text
    assert "发文字号：阳政发〔2025〕6号，成文日期：2025年3月1日" in told


def test_what_only_a_sentence_tells_is_quoted(index: Index) -> None:
    told = ask("阳川县创业担保基金管理办法的文号、施行日期、解释单位和废止的文件", index=index).text
    assert "施行日期：自公布之日起施行，" in told
    assert "解释单位：第二条 本办法由县财政局负责解释[" in told
    assert "《阳川县创业基金办法》（阳政发〔2019〕3号）同时废止" in told


def test_goals_of_a_year_are_told_with_the_sentences_that_follow(index: Index) -> None:
    told = ask("阳川县食品产业行动方案2030年要完成哪些事", index=index).text
    assert "到2030年，形成食品产业集群。培育龙头企业10家，产值突破50亿元。" in told
    assert "2030年底前，完成三期工程。[" in told
    assert "配套道路" not in told
    assert "农业用水" not in told


def test_a_year_in_chinese_digits_is_read_in_figures(index: Index) -> None:
    told = ask("阳川县食品产业行动方案三零年要完成哪些事", index=index).text
    assert "形成食品产业集群" in told
    assert "“三零年”按“2030年”理解" in told


def test_what_is_counted_in_the_sentence_is_told_whole(index: Index) -> None:
    told = ask("阳川县冷链物流的不足表现", index=index).text
    assert all(words in told for words in ("一是冷库偏少", "二是车辆老化", "三是信息不通"))
