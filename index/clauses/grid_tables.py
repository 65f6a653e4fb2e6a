"""A table's grid, as its file holds it, to rows with named columns.

The widths and spans of cells are the file's; what is found here is which rows are column names (one or
several), sections (二、生态行动) and remarks, and what each column is called.  A table that goes on another
one of the same columns without names of its own takes over its names.  It does not read tables whose names
stand down the first column: their cells have no column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.clauses.tables import Row, RowKind, Table, TableCell
from index.language.folding import single_blanks, without_blanks
from index.records import Grid, GridRow

LONGEST_NAME: Final = 24
"""A column's name is no sentence: 是否纳入省级重点项目清单管理 has 14 characters."""
SHORT_NAME: Final = 8
"""序号, 项目名称, 责任单位: a row of nothing longer may be one of names without further signs."""
MOST_NAME_ROWS: Final = 4
"""Rows of column names over one another: two are usual, three stand in statistical tables."""
LONGER_BELOW: Final = 1.5
"""What stands below names is on average so much longer than they are, where neither is a number."""
LONGEST_BREAK: Final = 12
"""What may stand between a table and its continuation: 续表, （接上页）, — 2 —."""

# What officials print over a column: 序号, 项目名称, 建设规模及内容, 责任单位, 完成时限, 2025年目标值（%）
_NAMES: Final = re.compile(
    r"(?:.*(?:序号|编号|名称|类别|类型|分类|项目|工程|任务|内容|措施|事项|举措|要求|标准|依据|条件|范围|单位|部门|机构|主体|人员|责任人"
    r"|联系人|负责人|领导|时限|时间|日期|期限|年度|进度|阶段|指标|目标|目标值|数值|数量|规模|面积|金额|投资|资金|预算|分值|得分|权重|备注|说明"
    r"|地点|位置|地址|区域|地区|乡镇|县区|姓名|职务|电话|性质|级别|来源|用途|比例|占比|方式|方向|领域|环节|成果|形式|分工|产值|标题|类|人)"
    r"|序|项|号|行业|企业|县|市|乡|村|年份|月份|合计|总计|小计|牵头|配合|责任|岗位|等次|等级|计量|现状|基期|起止|年限)"
    r"(?:[（(][^（）()]{1,12}[)）])?"
)
# A value and no name: 12, 1,200.5, 45%, 2025年6月底前, 300万元, ≥90. But 2025年 and 2025年目标 may be names.
_VALUE: Final = re.compile(
    r"[≥≤<>＜＞约]?[-+]?\d[\d,，.]*\s*(?:[%％‰]|(?:万|亿)?(?:元|亩|吨|个|人|户|公里|平方米|立方米|千瓦|座|处|所|家|项|台|套|张|分|次|天|日)(?:以上|以下|左右)?)?"
    r"|\d{4}年\d{1,2}月.*|\d{4}年(?:底|年底|末)?(?:前|以前).*|\d{1,2}月(?:[底末]前?|前)"
)
_SENTENCE: Final = re.compile(r"[。；;！!？?]")
_ENUMERATED: Final = re.compile(
    r"[\d０-９]{1,3}|[一二三四五六七八九十]{1,3}|[（(][\d一二三四五六七八九十]{1,3}[)）]"
)
# A section's number: 一、基础设施 （二）生态行动 第三部分
_SECTION: Final = re.compile(
    r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+|[ⅠⅡⅢⅣⅤ]|[A-F][.、]"
)
# A remark that spans the table: 注：本表所列…, 单位：万元, 填报人：
_REMARK: Final = re.compile(r"(?:注|备注|说明|附注|填表|单位|制表|审核|联系)[^，。：:]{0,6}[:：]|[*※]")
_BETWEEN: Final = re.compile(r"\s*(?:[（(—-]?\s*(?:续|接上页|第?\d+页?)[^\n]{0,8})?\s*")
# Blanks inside Chinese words: 项 目 名 称, 责任<line break>单位
_INNER: Final = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")


def table_of(text: str, grid: Grid, before: Table | None = None) -> Table:
    """The table of a grid; ``before`` is the one before it in the text."""
    rows = [_words(text, row) for row in grid.rows]
    names = _name_rows(grid.rows, rows)
    columns = tuple(_column_names(grid.rows[:names], rows[:names]))
    if not columns and before and _goes_on(text, before, grid):
        columns = before.columns
    last = max((n for n, row in enumerate(rows) if len(set(filter(None, row))) > 1), default=-1)
    made = tuple(
        Row(
            "header" if number < names else _kind(row, words, number > last),
            tuple(TableCell(one.start, one.end, one.high) for one in row.cells),
            row.start,
            row.end,
        )
        for number, (row, words) in enumerate(zip(grid.rows, rows, strict=True))
    )
    return Table(columns, made, grid.start, grid.end, is_grid=True)


def _words(text: str, row: GridRow) -> list[str]:
    return [text[one.start : one.end] for one in row.cells]


def _goes_on(text: str, before: Table, grid: Grid) -> bool:
    """True where a table stands right below another one of as many columns."""
    width = len(before.rows[-1].cells)
    return width == len(grid.rows[0].cells) and bool(
        grid.start - before.end <= LONGEST_BREAK and _BETWEEN.fullmatch(text, before.end, grid.start)
    )


def _name_rows(rows: Sequence[GridRow], words: Sequence[list[str]]) -> int:
    """How many of the first rows hold column names; 0 for a table without."""
    marked = 0
    while marked < len(rows) and rows[marked].is_head:
        marked += 1
    if marked == len(rows):
        marked = 0  # a file that marks all rows as names says nothing
    names = marked or int(_may_name(words[0]) and _differs(rows, words))
    if not names:
        return 0
    names = max(names, *(one.high - one.above for row in rows[:names] for one in row.cells if one.wide), 1)
    while (
        names < min(len(rows) - 1, MOST_NAME_ROWS)
        and _groups(rows[names - 1], words[names - 1], words[names])
        and _may_stand_below(words[names])
    ):
        names += 1
        names = max(names, *(one.high - one.above + names - 1 for one in rows[names - 1].cells if one.wide))
    return names if names < len(rows) else 0


def _groups(row: GridRow, words: Sequence[str], below: Sequence[str]) -> bool:
    """True where names stand over several columns each, or leave out what the row below them names."""
    if any(1 < one.wide < len(row.cells) and one.end > one.start for one in row.cells):
        return True
    blank = [at for at, said in enumerate(words) if not said and at > 0 and row.cells[at].wide]
    return bool(blank) and all(
        bool(said) != bool(words[at]) or (at + 1 in blank and bool(said)) for at, said in enumerate(below)
    )


def _may_stand_below(words: Sequence[str]) -> bool:
    """True for a row that may be the second of the names: nothing long, no value, no number of a row."""
    said = [word for word in words if word]
    return bool(said) and all(len(one) <= LONGEST_NAME and not _is_value(one) for one in said)


def _may_name(words: Sequence[str]) -> bool:
    """True for a row that may hold column names: short, all different, none of them a value."""
    said = [without_blanks(word) for word in words if word]
    return (
        len(said) > 1
        and len(set(said)) == len(said)
        and all(len(one) <= LONGEST_NAME and not _SENTENCE.search(one) for one in said)
        and not any(map(_is_value, said))
    )


def _is_value(words: str) -> bool:
    bare = without_blanks(words)
    return bool(_VALUE.fullmatch(bare) or _ENUMERATED.fullmatch(bare))


def _differs(rows: Sequence[GridRow], words: Sequence[list[str]]) -> bool:
    """Whether the first row is of another kind than those below it.

    Names by their words or over several columns, over values, or short over long.  A form with its names
    at the left of each value (项目名称｜…) has none.
    """
    first = [without_blanks(word) for word in words[0]]
    named = [bool(_NAMES.fullmatch(word)) for word in first]
    if 2 * sum(named) > len([word for word in first if word]):
        return True
    if _is_form(rows, words):
        return False
    wide = any(1 < one.wide < len(first) for one in rows[0].cells[1:])
    if wide and len(words) > 2 and _may_stand_below(words[1]):
        return True
    if any(named) and all(len(word) <= SHORT_NAME for word in first):
        return True
    below = [[row[at] for row in words[1:] if row[at]] for at in range(len(first))]
    if any(cells and all(map(_is_value, cells)) for cells, word in zip(below, first, strict=True) if word):
        return True
    short = sum(map(len, first)) / max(1, sum(map(bool, first)))
    cells = [len(cell) for column in below for cell in column]
    return bool(cells) and all(first) and sum(cells) / len(cells) >= LONGER_BELOW * short


def _is_form(rows: Sequence[GridRow], words: Sequence[Sequence[str]]) -> bool:
    """True where most rows open with a name: 项目名称｜垃圾分类, 建设单位｜县住建局."""
    opens = [
        bool(_NAMES.fullmatch(without_blanks(said[0])))
        for row, said in zip(rows, words, strict=True)
        if said[0] and not row.cells[0].above
    ]
    return len(opens) > 1 and 2 * sum(opens) > len(opens)


def _column_names(rows: Sequence[GridRow], words: Sequence[Sequence[str]]) -> Iterator[str]:
    """Each column's name: what stands over it, from the top (2025年 投资), what stands twice once."""
    if not rows:
        return
    for column in range(len(rows[0].cells)):
        said: list[str] = []
        for row, cells in zip(rows, words, strict=True):
            at = column
            while at and not row.cells[at].wide:
                at -= 1
            name = _name(cells[at])
            if name and name not in said[-1:]:
                said.append(name)
        yield " ".join(said)


def _name(words: str) -> str:
    return _INNER.sub("", single_blanks(words).strip())


def _kind(row: GridRow, words: Sequence[str], is_last: bool) -> RowKind:
    """What a row below the names is: a section over the rows after it, a remark, or a row."""
    said = [at for at, word in enumerate(words) if word]
    if len(said) != 1 or len(words) < 2:
        return "row"
    at = said[0]
    word = without_blanks(words[at])
    spans = row.cells[at].wide >= max(2, len(words) - 1)
    if spans and (is_last or _REMARK.match(word) or _SENTENCE.search(word)):
        return "remark"
    if _is_value(word):
        return "row"
    return "section" if spans or _SECTION.match(word) or (at == 0 and len(words) > 2) else "row"
