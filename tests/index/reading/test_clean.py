"""What is taken out of a text, what is left alone, and that all of it can be put back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.clean import clean, restore
from index.reading.read import read_text

DOCUMENTS = Path(__file__).parents[3] / "documents"
EVAL = Path(__file__).parents[4] / "shared" / "eval"

PIECES = [
    *[
        "\u200b",
        "\ufeff",
        "<!-- INFO END -->",
        "<!--",
        "## ",
        "365体育投注",
        "首页 > 政务公开 > 正文",
        "字号:",
    ],
    *["浏览量:", "打印 关闭", "扫一扫", "主办:", "蒙ICP备17001082号-1", "联系我们", "关于印发方案的通知"],
    *["。", "\n", " ", "\xa0", "电话：123"],
]


@given(st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=4)).map("".join))
def test_everything_can_be_put_back(text: str) -> None:
    cleaned = clean(text)
    assert restore(cleaned) == text
    assert all(removal.text for removal in cleaned.removals)
    assert [r.at for r in cleaned.removals] == sorted(r.at for r in cleaned.removals)


def removed(text: str, reason: str) -> list[str]:
    return [r.text.strip() for r in clean(text).removals if r.reason == reason]


def document(name: str) -> str:
    (path,) = DOCUMENTS.glob(f"{name}*")
    return read_text(path).text


def test_advertising_in_yuncheng() -> None:
    cleaned = clean(document("运城市"))
    assert [(r.text, r.reason) for r in cleaned.removals] == [("365体育投注", "advertising")] * 4
    assert "以新时代中国特色社会主义思想为指导,认真贯彻总书记关于深入推进新型城镇化建设" in cleaned.text


def test_navigation_and_footer_in_hangjin() -> None:
    cleaned = clean(document("杭锦旗"))
    assert [r.reason for r in cleaned.removals] == ["navigation", "footer"]
    assert cleaned.text.lstrip().startswith("【文字解读】杭锦旗")
    assert cleaned.text.rstrip().endswith("(2023~2025年)》的通知")


def test_metadata_table_of_chengwu_stays() -> None:
    cleaned = clean(document("成武县"))
    assert [r.reason for r in cleaned.removals] == ["navigation"] * 3 + ["footer"]
    assert cleaned.text.lstrip().startswith("索 引 号: 113717230044875813/2024-08062")
    assert cleaned.text.rstrip().endswith("县委社会工作部按职责分工负责")


@pytest.mark.parametrize("name", ["宁武县", "沁水县"])
def test_nothing_is_taken_out_of_a_plain_document(name: str) -> None:
    assert clean(document(name)).removals == ()


@pytest.mark.parametrize(
    "text",
    [
        "彩票发行机构、彩票销售机构应当建立健全彩票投注专用设备管理制度。",
        "安排2024彩票公益金，支持30家彩票投注站改造，新建12体育场馆。",
        "主办单位：省商务厅\n承办单位：市商务局\n联系电话：68552794\n",
        "严厉打击网络博彩平台，查处百家乐、老虎机等赌博设备。",
        "第三条 本届博览会由省政府主办：邀请各市参加。\n打印机采购由县财政局负责。",
    ],
)
def test_left_alone(text: str) -> None:
    assert clean(text).text == text


def test_advertising_of_other_names() -> None:
    text = "坚持以bet365体育投注人民为中心，加快888真人娱乐城建设，实施澳门新葡京官网乡村振兴。"
    assert clean(text).text == "坚持以人民为中心，加快建设，实施乡村振兴。"


def test_breadcrumb_that_ends_in_the_title() -> None:
    text = "您当前的位置：首页 > 政务公开 > 关于做好春耕生产的通知\n各县：\n"
    assert clean(text).text == "关于做好春耕生产的通知\n各县：\n"


def test_lost_line_breaks() -> None:
    text = "特此通告。 德阳市交通运输局 2020年2月5日 【 打印本页】 【 关闭窗口】\n"
    assert clean(text).text == "特此通告。 德阳市交通运输局 2020年2月5日 "
    assert removed("工作。 开封市市场监督管理局 2020年2月20日责任编辑：陈静", "footer") == ["责任编辑：陈静"]


def test_contact_lines_of_the_notice_stay_before_a_footer() -> None:
    text = "特此通知。\n联系电话：68552794\n扫一扫在手机打开当前页\n"
    assert clean(text).text == "特此通知。\n联系电话：68552794\n"


def test_markdown() -> None:
    text = "# 戒毒条例\n\n2011年6月26日\n\n<!-- INFO END -->\n\n## 第一章 总则\n"
    assert clean(text).text == "戒毒条例\n\n2011年6月26日\n\n\n第一章 总则\n"
    assert removed(text, "markup") == ["#", "<!-- INFO END -->", "##"]


def test_no_notice_or_regulation_loses_its_words() -> None:
    if not EVAL.is_dir():
        pytest.skip("needs the notices and regulations in ../shared/eval")
    for path in [*EVAL.glob("gov_notices/documents/*.txt"), *EVAL.glob("regulations/*.md")]:
        text = read_text(path).text
        cleaned = clean(text)
        assert restore(cleaned) == text
        assert sum(len(r.text) for r in cleaned.removals if r.reason in ("footer", "navigation")) < 150, path
        assert not [r for r in cleaned.removals if r.reason == "advertising"], path
