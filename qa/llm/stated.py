"""What a sentence states that can be looked up: numbers, dates, bodies, places, quotes, strong words.

Everything is found in folded text (`folded`) by its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from index.language.agency_endings import IN_SENTENCES
from index.language.agency_shapes import names_body, names_no_one, surely_body
from index.language.numerals import NUMERALS
from index.language.regions import regions_in

Kind = Literal["number", "date", "body", "place", "quote", "name", "word"]

# 53, 1.5, 1,200; not the 5 in 53.
NUMBER: Final = re.compile(r"(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)*")
# What follows a number and says what it counts: %, 万亩, 年, 个百(分点), km; of a range what follows its end.
_RANGE: Final = re.compile(r"[-至到~](?:\d+(?:\.\d+)*)")
_UNIT: Final = re.compile(
    r"[十百千万亿余多]*(?:公[里顷斤]|平方(?:公里|千米|米)|立方米|个百分点|人次|美元|[%‰°℃$¥€]|[a-z]+|[一-鿿])?"
)
_NUMERAL: Final = f"{NUMERALS}几半数"
# 三个, 第五, 百分之五十, 一百二十, 十余家.
CHINESE: Final = re.compile(
    rf"(?<![\d.])(?:百分之[{_NUMERAL}]+|第[{_NUMERAL}]+[一-鿿]?|[{_NUMERAL}]{{2,}}[余多]?[一-鿿]?"
    rf"|[{_NUMERAL}][余多]?(?:个|年|月|日|天|周|季|项|条|类|种|级|家|所|处|座|次|倍|成|元|公里|千米|米|亩|公顷|平方|吨|名|人|户|件|期|批|轮|分|县|市|区|镇|乡|村|大))"
)
# 一定, 统一, 万一, 千方百计: numerals that count nothing.
_NO_COUNT: Final = re.compile(
    r"^(?:一(?:定|般|些|方|体|致|律|直|旦|起|样|同|时|并|边|面|带|系|切|览|站|揽)|万一|百分(?!之)|千方|百计|百姓|千家|万户|数据|数字|数量|数额|数值"
    r"|几乎|半(?:导|径)|两(?:者|侧|边|岸|端)|十分|十足|三农|万物|数智|数码|一是|数[一-鿿]?$)"
)
_DATE_WORD: Final = re.compile(
    r"年底|年末|年初|年中|年内|上半年|下半年|[一二三四1-4]季度|月底|月末|月初|上旬|中旬|下旬|今年|明年|后年|去年|前年|近年|当年|次年|即日起?"
    r"|每年|每月|每季度|每周|长期|近期|中期|远期|[上中下]午|工作日|\d{1,2}:\d{2}"
)
_QUOTE: Final = re.compile(r"\"([^\"]{2,}?)\"|'([^']{2,}?)'|《([^《》]{2,}?)》")
_LATIN: Final = re.compile(r"[a-z][a-z.+/_@:-]*[a-z]")
# Words that make a duty, a right or a bound of what they stand with.
_STRONG: Final = re.compile(
    r"牵头|主责|主管(?!部门|单位|机关)|配合|协助|会同|参与|负责|不得|禁止|严禁|不准|不予|必须|应当|强制|免费|免征|免除|减免|全免|取消|废止|一律|全部|全面完成|所有|首个|首次|唯一"
    r"|最高|最低|最大|最小|最多|最少|不超过|不少于|不低于|不高于|以上|以下|以内|超过|至少|大约|左右|约(?=\d)|近(?=\d)|仅|只(?=[需能有要限])|无需|不需|无须|不必"
    r"|补助|补贴|奖励|处罚|罚款|给予|享受|拨款|吊销|批准|审批|许可|已完成|已建成|尚未|未(?![来成])|没有|并非|不(?![断仅同少论但])[一-鿿]"
)
_BODY_END: Final = re.compile(IN_SENTENCES)
# What stands before a body's name: 由, 和, 责任单位为.
_BEFORE_BODY: Final = re.compile(
    r"[^一-鿿()]|(?<=\d)[名个家所支位]|[由是为的在对向让等同并将归经报叫请按]|移交|交由|交给|会同|联合|负责|牵头|配合|协助|单位|部门为|责任|明确|根据|按照|以及|包括|其中|要求|其余|其他"
)
# 和 between two names, and not in 发展和改革局: what stands before it is a name's end.
_JOINT: Final = re.compile(r"(?<=[局厅委办院部会队心司府道])[和与及](?!其)")
# What a list of bodies is called: 参与部门, 牵头单位.
_A_ROLE: Final = re.compile(r"(?:参与|责任|牵头|配合|协助|主责|承办|落实)(?:的)?(?:部门|单位|机构)$")
_FIRM: Final = re.compile(r"(?:公司|集团|银行|分行|医院|大学|学院|学校|中学|小学|合作社|协会|商会)$")
MOST_BEFORE: Final = 8
"""Characters before a name that may belong to the sentence: 按县水利局."""
WEAK_LENGTH, FIRM_LENGTH = 4, 6
"""Characters of a name with a weak ending that must stand in the clause: 服务中心, 某某建设公司."""
_IN_A_SENTENCE: Final = re.compile(r"[由在和与及对向将被按的是为]")
_TOWN: Final = re.compile(
    r"(?:(?![的个各每全本该等和与及在是了为由到从对向将把被其这那两多所座条处级要市括域])[一-鿿]){2}"
    r"(?:县(?![域城级里直乡长委政办区])|镇(?![区村域级])|乡(?![镇村])|村(?![委民庄级居])|屯|路|街|河|湖|山|岛|园区|开发区|新区|社区)"
)
_NO_TOWN: Final = re.compile(
    r"(?:[全各该本我两跨邻周强大小弱]县|[示模]范县|[专特]业镇|[城乡集小老旧各全本该重中心特色强]镇|[城下返回入兴水家还]乡|[乡农山新行政自然全各本该老旧示范名古美丽渔林]村"
    r"|[道公铁马线管出思问水]路|江河|[各该本]园区|[各该本]社区|[各该]开发区|街路|海岛|[矿爬登荒绿青]山|江湖)$"
)


@dataclass(frozen=True, slots=True)
class Element:
    """Something stated, ``text`` as it must stand in a clause, at ``start`` of the folded sentence.

    ``unit`` is what a number counts, "" where nothing follows it.
    """

    kind: Kind
    text: str
    start: int
    unit: str = ""


def elements(sentence: str) -> list[Element]:
    """All that a folded sentence states, by place within each kind."""
    return [
        *numbers(sentence),
        *_found("number", CHINESE, sentence, _NO_COUNT),
        *_found("date", _DATE_WORD, sentence),
        *_bodies(sentence),
        *_places(sentence),
        *_quotes(sentence),
        *_found("name", _LATIN, sentence),
        *_found("word", _STRONG, sentence),
    ]


def numbers(text: str) -> Iterator[Element]:
    """The numbers in digits, without the commas between thousands, each with what it counts."""
    for found in NUMBER.finditer(text):
        ahead = _RANGE.match(text, found.end())
        unit = _UNIT.match(text, ahead.end() if ahead else found.end())
        yield Element("number", found[0].replace(",", ""), found.start(), unit[0] if unit else "")


def _found(
    kind: Kind, shape: re.Pattern[str], sentence: str, but: re.Pattern[str] | None = None
) -> Iterator[Element]:
    for found in shape.finditer(sentence):
        if but is None or not but.match(found[0]):
            yield Element(kind, found[0], found.start())


def _quotes(sentence: str) -> Iterator[Element]:
    for found in _QUOTE.finditer(sentence):
        words = found[1] or found[2] or found[3]
        yield Element("quote", words, found.start() + 1)


def _bodies(sentence: str) -> Iterator[Element]:
    """Names of bodies, from the last word that no name holds to the ending that only a body has."""
    done = 0
    for ending in _BODY_END.finditer(sentence):
        before = [
            found.end()
            for shape in (_BEFORE_BODY, _JOINT)
            for found in shape.finditer(sentence, done, ending.start())
        ]
        first = max(before, default=done)
        starts = range(first, min(first + MOST_BEFORE, ending.end() - 1))
        start = next((at for at in starts if names_body(sentence[at : ending.end()])), None)
        if start is None or names_no_one(name := sentence[start : ending.end()]) or _A_ROLE.match(name):
            continue
        if surely_body(name):
            yield Element("body", name, start)
        else:
            most = FIRM_LENGTH if _FIRM.search(name) else WEAK_LENGTH
            yield Element("body", name[-most:], start + max(0, len(name) - most))
        done = ending.end()


def regions_of(sentence: str) -> list[Element]:
    """The regions that a folded sentence names, by place."""
    return [
        Element("place", sentence[mention.start : mention.end], mention.start)
        for mention in regions_in(sentence)
        if not _IN_A_SENTENCE.search(sentence[mention.start : mention.end])  # 上述工作由县 before 水务局
    ]


def _places(sentence: str) -> Iterator[Element]:
    yield from regions_of(sentence)
    for found in _TOWN.finditer(sentence):
        if not _NO_TOWN.search(found[0]):
            yield Element("place", found[0], found.start())
