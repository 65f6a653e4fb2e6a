"""Whether a rule grants or denies, by the words that rules are printed with."""

from __future__ import annotations

import pytest

from qa.evidence.polarity import asks_against, denies


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("公务员不适用本办法。", True),
        ("补贴期间不得转租", True),
        ("个人无需重新办理参保登记手续", True),
        ("入住养老机构的老年人不纳入居家社区养老服务对象范围", True),
        ("免征增值税", True),
        ("可以自主用于区内以及境外的经营投资活动", False),
        ("按照会展政策给予支持", False),
        ("受理单位不得拒绝", None),
        ("未经学校批准严禁提前返校", None),
        ("烈性犬、扶助犬除外", None),
        ("其药品可以不实行零差价", None),
        ("对应的进项税额", None),
        ("核心游览项目因故暂停向旅游者开放的，应当减收门票", None),
    ],
)
def test_what_is_plain_and_what_is_not(words, denied):
    assert denies(words) is denied


@pytest.mark.parametrize(
    ("question", "against"),
    [
        ("能不能转租", False),
        ("是否需要登记", False),
        ("有没有上限", False),
        ("不登记行吗", True),
        ("这笔收入免税吗", True),
    ],
)
def test_a_question_that_itself_denies(question, against):
    assert asks_against(question) is against
