"""Ten shapes of tables in four formats: every row with the names of its columns, and what stands above it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from index.parsing.parse import parse_source
from index.reading.read import text_of
from tests.support.tables_made import WRITERS, Made, Page, Rows
from tests.support.tiling import check_tiles

OPENING = "为抓好落实，现将全县重点任务分工印发给各有关单位，请认真组织实施，按月报送进展。"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is written, and each row that must be read: its cells by column, and the headings above it."""

    parts: tuple[str | Rows, ...]
    rows: tuple[Row, ...]
    paths: tuple[tuple[str, ...], ...] = ()


TITLE = "某县重点任务分工方案"
UNITS = ("任务", "责任单位", "完成时限", "备注")
WIDE = tuple(f"{month}月" for month in range(1, 14))

SHAPES = {
    "blank cells and no numbers": Shape(
        (
            (
                UNITS,
                ("建成县级养老服务平台", "县民政局", "2025年6月底前", ""),
                ("改造老旧小区12个", "", "2025年底前", "续建"),
                ("新建农村公路30公里", "县交通运输局", "", ""),
            ),
        ),
        (
            {"任务": "建成县级养老服务平台", "责任单位": "县民政局", "完成时限": "2025年6月底前"},
            {"任务": "改造老旧小区12个", "完成时限": "2025年底前", "备注": "续建"},
            {"任务": "新建农村公路30公里", "责任单位": "县交通运输局"},
        ),
    ),
    "two rows of names": Shape(
        (
            (
                (
                    Made("项目名称", high=2),
                    Made("2025年", wide=2),
                    Made("2026年", wide=2),
                    Made("责任单位", high=2),
                ),
                ("投资（万元）", "长度（公里）", "投资（万元）", "长度（公里）"),
                ("城北水厂", "3600", "12", "4800", "20", "县水务局"),
                ("客运站迁建", "1500", "3", "900", "2", "县交通运输局"),
            ),
        ),
        (
            {
                "项目名称": "城北水厂",
                "2025年 投资（万元）": "3600",
                "2025年 长度（公里）": "12",
                "2026年 投资（万元）": "4800",
                "2026年 长度（公里）": "20",
                "责任单位": "县水务局",
            },
            {
                "项目名称": "客运站迁建",
                "2025年 投资（万元）": "1500",
                "2025年 长度（公里）": "3",
                "2026年 投资（万元）": "900",
                "2026年 长度（公里）": "2",
                "责任单位": "县交通运输局",
            },
        ),
    ),
    "cells over several rows": Shape(
        (
            (
                ("类别", "任务", "牵头单位", "完成时限"),
                (Made("水利", high=2), "南河清淤", Made("县水务局", high=2), "2025年12月底前"),
                ("加固堤防", "2026年6月底前"),
                (Made("交通", high=2), "改造危桥三座", "县交通运输局", "2025年10月底前"),
                ("新建客运站", "县城投公司", "2026年底前"),
            ),
        ),
        (
            {"类别": "水利", "任务": "南河清淤", "牵头单位": "县水务局", "完成时限": "2025年12月底前"},
            {"类别": "水利", "任务": "加固堤防", "牵头单位": "县水务局", "完成时限": "2026年6月底前"},
            {
                "类别": "交通",
                "任务": "改造危桥三座",
                "牵头单位": "县交通运输局",
                "完成时限": "2025年10月底前",
            },
            {"类别": "交通", "任务": "新建客运站", "牵头单位": "县城投公司", "完成时限": "2026年底前"},
        ),
    ),
    "section rows": Shape(
        (
            (
                ("序号", "任务", "责任单位"),
                (Made("一、基础设施", wide=3),),
                ("1", "城东水厂扩建", "县水务局"),
                ("2", "老旧管网改造", "县住建局"),
                (Made("二、公共服务", wide=3),),
                ("3", "敬老院新建", "县民政局"),
            ),
        ),
        (
            {"序号": "1", "任务": "城东水厂扩建", "责任单位": "县水务局"},
            {"序号": "2", "任务": "老旧管网改造", "责任单位": "县住建局"},
            {"序号": "3", "任务": "敬老院新建", "责任单位": "县民政局"},
        ),
        (("一、基础设施",), ("一、基础设施",), ("二、公共服务",)),
    ),
    "fourteen columns": Shape(
        (
            (
                ("乡镇", *WIDE),
                ("东坪镇", *(str(number) for number in range(21, 34))),
                ("西塬镇", *(str(number) for number in range(41, 54))),
            ),
        ),
        (
            {"乡镇": "东坪镇", **{name: str(21 + at) for at, name in enumerate(WIDE)}},
            {"乡镇": "西塬镇", **{name: str(41 + at) for at, name in enumerate(WIDE)}},
        ),
    ),
    "a caption and a unit in the table": Shape(
        (
            (
                (Made("某县2025年重点项目投资计划", wide=3),),
                (Made("单位：万元", wide=3),),
                ("项目", "总投资", "年度投资"),
                ("城北水厂", "3600", "1200"),
                ("客运站迁建", "1500", "900"),
            ),
        ),
        (
            {"项目": "城北水厂", "总投资": "3600", "年度投资": "1200"},
            {"项目": "客运站迁建", "总投资": "1500", "年度投资": "900"},
        ),
    ),
    "a table that goes on without names": Shape(
        (
            (
                ("任务", "牵头单位", "配合单位"),
                ("污水管网改造", "县住建局", "县水务局"),
                ("农贸市场改造", "县商务局", "县市场监管局"),
            ),
            (("智慧停车场", "县城管局", "县公安局"), ("敬老院新建", "县民政局", "县财政局")),
        ),
        (
            {"任务": "污水管网改造", "牵头单位": "县住建局", "配合单位": "县水务局"},
            {"任务": "农贸市场改造", "牵头单位": "县商务局", "配合单位": "县市场监管局"},
            {"任务": "智慧停车场", "牵头单位": "县城管局", "配合单位": "县公安局"},
            {"任务": "敬老院新建", "牵头单位": "县民政局", "配合单位": "县财政局"},
        ),
    ),
    "a table inside a cell": Shape(
        (
            (
                ("任务", "建设内容", "责任单位"),
                ("城乡供水", Made("分年建设", inner=(("2025年", "水厂"), ("2026年", "管网"))), "县水务局"),
                ("城乡公交", "新增线路八条并更新车辆", "县交通运输局"),
            ),
        ),
        (
            {"任务": "城乡供水", "建设内容": "分年建设2025年水厂2026年管网", "责任单位": "县水务局"},
            {"任务": "城乡公交", "建设内容": "新增线路八条并更新车辆", "责任单位": "县交通运输局"},
        ),
    ),
    "sums and a remark": Shape(
        (
            (
                ("序号", "指标", "目标值"),
                (Made("合计", wide=2), "160"),
                ("1", "新建公厕（座）", "60"),
                ("2", "新增车位（个）", "100"),
                (Made("注：目标值为到2025年底的累计数。", wide=3),),
            ),
        ),
        (
            {"序号": "合计", "目标值": "160"},
            {"序号": "1", "指标": "新建公厕（座）", "目标值": "60"},
            {"序号": "2", "指标": "新增车位（个）", "目标值": "100"},
        ),
    ),
    "three rows of names over long cells": Shape(
        (
            (
                (Made("责任事项", high=3), Made("责任分工", wide=3)),
                (Made("牵头单位", high=2), Made("配合", wide=2)),
                ("县直部门", "乡镇"),
                (
                    "全面排查自建房安全隐患，建立台账，逐户落实整治措施，确保群众住房安全。",
                    "县住房城乡建设局",
                    "县应急管理局、县自然资源局",
                    "各乡镇人民政府",
                ),
                ("整治燃气安全", "县城市管理局", "县市场监管局", ""),
            ),
        ),
        (
            {
                "责任事项": "全面排查自建房安全隐患，建立台账，逐户落实整治措施，确保群众住房安全。",
                "责任分工 牵头单位": "县住房城乡建设局",
                "责任分工 配合 县直部门": "县应急管理局、县自然资源局",
                "责任分工 配合 乡镇": "各乡镇人民政府",
            },
            {
                "责任事项": "整治燃气安全",
                "责任分工 牵头单位": "县城市管理局",
                "责任分工 配合 县直部门": "县市场监管局",
            },
        ),
    ),
}


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("name", SHAPES)
def test_every_row_has_its_cells_under_their_names(name: str, ending: str) -> None:
    shape, write = SHAPES[name], WRITERS[ending]
    parsed = parse_source(
        text_of(write(Page((TITLE, OPENING, *shape.parts))), Path(f"a.{ending}")), f"a.{ending}"
    )
    text = parsed.document.text
    check_tiles(text, parsed.clauses)
    rows = [clause for clause in parsed.clauses if clause.kind == "row"]
    read = [{c.column: "".join(text[c.start : c.end].split()) for c in row.cells} for row in rows]
    assert read == list(shape.rows)
    if shape.paths:
        assert tuple(row.path for row in rows) == shape.paths
    assert parsed.document.count is not None and parsed.document.count.lost == 0
