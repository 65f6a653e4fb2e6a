"""The steps of a procedure together, what is due by month, a document by its year, and a
second clause where the first hardly leads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.build.build import build
from index.encoders.encoder import Encoder
from index.search.index import Index, open_index
from qa import ask, search

REWARDS = """\
临川县人民政府关于支持重点产业加快发展的实施意见
各乡镇人民政府：
{articles}
临川县人民政府
{date}
"""
OLD = REWARDS.format(
    articles="第一条 鼓励企业挂牌上市。对在主板上市企业，给予企业500万元奖励。\n"
    "第二条 鼓励企业升规。对首次升规的工业企业，一次性给予5万元奖励。本意见自印发之日起施行，"
    "有效期至2025年2月28日。",
    date="2024年3月1日",
)
NEW = REWARDS.format(
    articles="第十五条 支持企业上市融资。对在主板上市企业，给予企业300万元奖励。\n"
    "第十六条 支持企业升规。对首次升规的工业企业，一次性给予20万元奖励。",
    date="2025年3月1日",
)
TOWER = """\
临川县人民政府办公室关于印发《商务大厦入驻管理办法》的通知
各乡镇人民政府：
一、入驻对象
（一）金融机构。
（二）会计师事务所。
二、入驻程序
（一）企业申请。企业持营业执照、审计报告、税务部门出具的纳税证明和项目情况说明，向国有公司提出书面申请。国有公司对材料是否齐全当场告知，材料不全的一次性告知需要补正的全部内容，并在五个工作日内登记受理。
（二）部门初审。国有公司统一汇总后提出初步安排方案。招商服务中心会同相关部门进行初审，形成初审意见，并将初审意见书面告知申请企业，企业有异议的可以在十个工作日内申请复核，复核由招商服务中心另行组织人员进行。
（三）审核批准。大厦管理办公室对初审意见审定后报县政府批准。批准结果在县政府网站公示，公示期不少于七个工作日，公示无异议的由国有公司与企业签订入驻协议，约定双方的权利、义务和违约责任，并报招商服务中心备案。
三、其他
本办法由招商服务中心负责解释。
临川县人民政府办公室
2025年5月1日
"""
DATA = """\
临川县2025年数字政府建设工作要点
一、建设一体化平台。完善移动办公终端，全面兼容国产软件。（8月底完成，牵头单位：县工信局）
二、推进明厨亮灶。新增400户餐饮单位接入监管平台。（8月底完成，牵头单位：县市场监管局）
三、升级文旅云。上线一键游项目。（11月底完成，牵头单位：县文旅局）
四、建设知识产权平台。实现侵权预警。（11月底完成，牵头单位：县市场监管局）
"""
ALLOWANCE = """\
各乡镇人民政府：
一、补贴对象
（一）困难群众。
二、补贴标准
（一）对困难群众实行基本殡葬费用补贴，每人1200元。
三、申请材料
（一）提交死亡证明和户口簿。
"""
TWICE = f"临川县人民政府关于印发殡葬服务补贴办法的通知\n{ALLOWANCE}{ALLOWANCE}"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("steps")
    (folder / "documents").mkdir()
    texts = {"old": OLD, "new": NEW, "tower": TOWER, "data": DATA, "twice": TWICE}
    for name, text in texts.items():
        (folder / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")
    build(folder / "documents", folder / "store", encoder=encoder)
    with open_index(folder / "store", encoder) as opened:
        yield opened


def test_the_steps_below_a_procedures_heading_are_told_together(index: Index) -> None:
    told = ask("临川县商务大厦入驻的审核批准流程是怎样的", index=index).text
    assert "招商服务中心会同相关部门进行初审" in told
    assert "报县政府批准" in told
    assert told.index("初审") < told.index("批准")


def test_a_month_in_chinese_digits_is_a_month(index: Index) -> None:
    told = ask("临川县数字政府工作要点里八月底要完成哪些事", index=index).text
    assert "全面兼容国产软件" in told
    assert "新增400户餐饮单位" in told
    assert "11月底" not in told


def test_words_that_have_each_their_item_are_each_told(index: Index) -> None:
    told = ask("临川县文旅和知识产权十一月底要完成哪些事", index=index).text
    assert "一键游" in told
    assert "侵权预警" in told
    assert "8月底" not in told


@pytest.mark.parametrize(("year", "sum_"), [(2024, "500万元"), (2025, "300万元")])
def test_the_document_of_the_year_asked_for_answers(index: Index, year: int, sum_: str) -> None:
    answer = ask(f"临川县{year}年的意见，主板上市企业奖励多少", index=index)
    assert answer.text.startswith(f"对在主板上市企业，给予企业{sum_}奖励")


def test_a_clause_that_a_document_prints_twice_is_one_hit(index: Index) -> None:
    hits = search("临川县困难群众殡葬费用补贴多少", index=index)
    texts = [hit.clause.text for hit in hits if "1200元" in hit.clause.text]
    assert len(texts) == len(set(texts))


def test_words_of_which_one_has_nothing_due_are_not_told_by_the_other(index: Index) -> None:
    assert "写明8月" not in ask("临川县殡葬和餐饮单位八月底要完成哪些事", index=index).text
