"""Bodies that have a duty where another acts: 提交区民政局核实, 接受县财政局的监督, 发挥领导小组牵头作用.

Each follows a word that calls on it and stands before what it does.  Left out: who is only told (报县政府),
whose consent opens a notice (经国务院批准，现…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.facts.agencies_acting import bodies_of, is_charged
from index.facts.agency_lists import Member
from index.records import Role

_DUTIES: Final[tuple[tuple[re.Pattern[str], Role], ...]] = (
    # 接受|财政、审计和交通运输主管部门|的监督检查
    (re.compile(r"接受(?P<who>[^，。；：:]{2,40}?)的?(?:监督|指导|检查|考核|督查|督导)"), "supervise"),
    # 发挥|各级党委农村工作领导小组|牵头抓总、统筹协调作用
    (re.compile(r"发挥(?:好)?(?P<who>[^，。；：:]{2,30}?)的?总?牵头[^，。；]{0,14}作用"), "lead"),
    # 提交|区养老服务指导单位|核实, 经|数据提供部门|审核同意
    (
        re.compile(
            r"(?<!不需)(?<!无[需须])(?:提交|报送|上报|报请|提请|报|送|交)(?P<who>[^，。；：:]{2,30}?)(?:最后|最终|统一|集体)?"
            r"(?:审[核定查批]|核[实准定]|认定|复核|评审|批准)(?!为|的|过的|通过的)"
            r"|(?<!已)经过?(?P<consents>[^，。；：:]{2,30}?)(?:审[核定查]|核[实准定]|认定|复核|评审)(?!为|的|过的|通过的)"
        ),
        "responsible",
    ),
)
_DONE: Final = re.compile("接受|牵头|审[核定查批]|核[实准定]|认定|复核|评审|批准")


def find_called_on(text: str, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[Member, Role]]:
    """Bodies with their role outside the ``covered`` stretches; offsets in ``text``."""
    if not _DONE.search(text):
        return
    for duty, role in _DUTIES:
        for found in duty.finditer(text):
            start, end = found.span("who") if found.group("who") else found.span("consents")
            if any(a <= start < b for a, b in covered):
                continue
            members = bodies_of(text, start, end)
            if all(is_charged(text[one.start : one.end]) for one in members):
                yield from ((member, role) for member in members)
