"""The words of the ledger page in Chinese and English; what documents say stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from index.records import Role
from qa.ledger.table import Column


@dataclass(frozen=True, slots=True)
class LedgerWords:
    """Every text of the page in one language; ``{…}`` are filled in where they are used."""

    title: str
    intro: str
    filters: str
    region: str
    agency: str
    agency_hint: str
    agency_count: str
    role: str
    years: str
    any_year: str
    first_year: str
    last_year: str
    up_to: str
    topic: str
    topic_hint: str
    document: str
    any_document: str
    text: str
    text_hint: str
    clear: str
    count: str
    no_region: str
    by_region: str
    by_role: str
    table: str
    pictures: str
    to_xlsx: str
    to_csv: str
    file_name: str
    none: str
    none_hint: str
    columns: Mapping[Column, str]
    sort: str
    lead: str
    roles: Mapping[Role, str]
    open_row: str
    clause: str
    money: str
    marks: str
    mark_agency: str
    mark_due: str
    mark_figure: str
    read: str
    unstated: str
    more: str
    more_bodies: str
    page: str
    before: str
    after: str
    filter_none: str
    picture_due: str
    picture_due_hint: str
    picture_bodies: str
    picture_bodies_hint: str
    picture_targets: str
    picture_targets_hint: str
    picture_targets_none: str
    left_out: str
    undrawn: str
    year_axis: str
    tasks_axis: str
    tasks_unit: str
    no_unit: str


ZH: Final = LedgerWords(
    title="任务台账",
    intro="文件中布置任务的每一条：谁来办、何时办成、要达到多少，连同原文。",
    filters="筛选",
    region="地区",
    agency="单位",
    agency_hint="全部单位（可输入查找）",
    agency_count="{count} 条",
    role="角色",
    years="完成年份",
    any_year="不限",
    first_year="完成年份，最早",
    last_year="完成年份，最晚",
    up_to="至",
    topic="主题词",
    topic_hint="如 海绵城市（同义词也算）",
    document="文件",
    any_document="全部文件",
    text="原文含有",
    text_hint="逐字查找，空格分隔多个词",
    clear="清除筛选",
    count="共 {count} 项任务",
    no_region="未写明地区",
    by_region="按地区",
    by_role="按角色",
    table="表格",
    pictures="图示",
    to_xlsx="导出 Excel",
    to_csv="导出 CSV",
    file_name="任务台账",
    none="没有符合条件的任务",
    none_hint="请放宽一两个条件，或清除筛选后重试。",
    columns={
        "place": "序号",
        "region": "地区",
        "task": "任务",
        "body": "牵头 / 首列单位",
        "others": "其他单位",
        "due": "完成时限",
        "targets": "目标",
        "document": "出处",
    },
    sort="按{column}排序",
    lead="牵头",
    roles={"lead": "牵头", "first": "首列", "responsible": "责任", "support": "配合"},
    open_row="展开原文",
    clause="条款原文",
    money="资金",
    marks="标记",
    mark_agency="单位",
    mark_due="时限",
    mark_figure="目标与资金",
    read="在文件中查看",
    unstated="未写明",
    more="等 {count} 项",
    more_bodies="等 {count} 家",
    page="第 {page} / {pages} 页",
    before="上一页",
    after="下一页",
    filter_none="全部任务",
    picture_due="完成时限：各地区每年到期的任务数",
    picture_due_hint="一项任务写有几个年份的，各年份分别计数；未写明年份的不在图中。",
    picture_bodies="承担任务最多的单位（前 {count} 个）",
    picture_bodies_hint="一项任务对一个单位只计一次，按其最重的角色；同一部门的不同简称合并计算。",
    picture_targets="目标对比：{topic}",
    picture_targets_hint="不同单位的数值分图显示；数值均为原文所写。",
    picture_targets_none="填写“主题词”后，这里并列显示各地区在该主题上的目标值。",
    left_out="另有 {count} 个数值未画，见表格。",
    undrawn="没有可画的数据。",
    year_axis="年份",
    tasks_axis="任务数",
    tasks_unit="项",
    no_unit="无单位",
)

EN: Final = LedgerWords(
    title="Ledger of tasks",
    intro="Every clause that sets a task: who, by when, how much, and the words themselves.",
    filters="Filter",
    region="Region",
    agency="Agency",
    agency_hint="any (type to find)",
    agency_count="{count} clauses",
    role="Role",
    years="Due",
    any_year="any",
    first_year="Due in or after",
    last_year="Due in or before",
    up_to="to",
    topic="Topic",
    topic_hint="as 海绵城市",
    document="Document",
    any_document="All documents",
    text="Text contains",
    text_hint="exact words",
    clear="Clear filters",
    count="{count} tasks",
    no_region="no region stated",
    by_region="By region",
    by_role="By role",
    table="Table",
    pictures="Charts",
    to_xlsx="Export Excel",
    to_csv="Export CSV",
    file_name="ledger",
    none="No task fits these filters",
    none_hint="Widen one or two of them, or clear them all.",
    columns={
        "place": "No.",
        "region": "Region",
        "task": "Task",
        "body": "Leading / first listed",
        "others": "Other agencies",
        "due": "Due",
        "targets": "Targets",
        "document": "Source",
    },
    sort="Sort by {column}",
    lead="leads",
    roles={"lead": "leads", "first": "listed first", "responsible": "responsible", "support": "supports"},
    open_row="Show the clause",
    clause="The clause, word for word",
    money="Money",
    marks="Marked",
    mark_agency="agencies",
    mark_due="deadlines",
    mark_figure="targets and money",
    read="Open in the document",
    unstated="not stated",
    more="{count} in all",
    more_bodies="{count} in all",
    page="Page {page} of {pages}",
    before="Previous",
    after="Next",
    filter_none="all tasks",
    picture_due="Deadlines: tasks due in each year, by region",
    picture_due_hint="A task with several years counts in each; tasks without a year are left out.",
    picture_bodies="Agencies with the most tasks (first {count})",
    picture_bodies_hint="A task counts once for an agency, in its strongest role; "
    "short and full names of one department count together.",
    picture_targets="Targets side by side: {topic}",
    picture_targets_hint="Figures of different units have charts of their own; all as printed.",
    picture_targets_none="With a topic filled in, the regions' targets on it stand side by side here.",
    left_out="{count} more are in the table only.",
    undrawn="There is nothing to draw.",
    year_axis="year",
    tasks_axis="tasks",
    tasks_unit="tasks",
    no_unit="no unit",
)


def ledger_words(language: str) -> LedgerWords:
    """The page's words in that language; Chinese for any language it does not have."""
    return EN if language == "en" else ZH
