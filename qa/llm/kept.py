"""Small words that turn a sentence: those of the clause that it may not lose, those that it may not add.

不得, 原则上, 符合条件的, 力争 are lost where the part of the clause that a part of the sentence repeats has
one and the sentence has none of its kind.  签订了, 各县, 每个 are added where no clause has them.  Left out:
numbers and bodies (`bound`, `bodies`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from index.language.years import YEAR
from qa.llm.bound import telling
from qa.question.jieba_cut import Cutter

_PART: Final = re.compile(r"[^,;。!?:]+")
_KINDS: Final = (
    # what is forbidden, or excepted
    re.compile(
        r"不得(?!不|已|低于|少于|超过|高于)|严禁|禁止|不准|不允许|不予|不再|不能|不应|不宜|除外|不适用|不纳入|不属于"
    ),
    # a duty only as a rule, or under a condition
    re.compile(r"原则上"),
    re.compile(r"符合[一-鿿]{0,4}条件|有条件|具备条件|条件成熟|确有需要|经[一-鿿]{2,8}(?:批准|同意)|确需"),
    # what is striven for or planned
    re.compile(
        r"争取(?=到|[在于同]|20|[^一-鿿]|[^,;。]{0,12}(?:建|完成|达|实现|签))|力争|计划|拟(?=[建于在])|努力|有望"
    ),
    # what it is measured against
    re.compile(rf"在?{YEAR}年(?:的)?(?:基础上|水平)"),
)
SAME: Final = 0.5
"""Share of the pairs of a part of the sentence that a part of the clause holds if it is repeated."""
# Something is done: 签订了, 已达到; 提出了 only tells of the clause.
_DONE: Final = re.compile(
    r"(?<!提出)(?<!明确)(?<!规定)(?<!列出)(?<!要求)(?<!说明)(?<!写明)(?<!安排)(?<!部署)(?<![为除])了(?!解)(?=[^,。;]|$)|已(?:经)?(?=[一-鿿])"
)
_SCOPE: Final = re.compile(
    r"每[个县市区乡镇村年月]|各[县市区旗乡镇村单部企学医]|市区|主城区|全省|全市|全县|全旗|全国"
)
# 没有写明…, 未提出…: of the clause.
_UNSAID: Final = re.compile(
    r"[^,;。:]*?(?:没有|并未|尚未|未)(?:直接|具体)?(?:写明|明确|提出|规定|列出|涉及|提到|提及|说明|给出|作出?规定)(?P<what>[^,;。]*)"
)
_STRONG_OF_ROLE: Final = re.compile(r"牵头|配合|主责")
SAID_ALL_THE_SAME: Final = 0.5
"""Share of the pairs of what a sentence calls unsaid; a clause that holds so many may well say it."""


def lost(sentence: str, texts: Sequence[str]) -> bool:
    """Whether a part of the folded sentence repeats a part of a clause without the word that turns it."""
    parts = [part for text in texts for part in _PART.findall(text)]
    said = _PART.findall(sentence)
    for part in said:
        source = _repeated(part, parts)
        for kind in _KINDS:
            if kind.search(source) and not kind.search(sentence):
                return True
    return False


# 政府投资的|新建校舍项目: what is said of some only.
_SOME: Final = re.compile(r"(?P<which>[^,;。、]{3,})的(?P<head>[一-鿿]{3,})")
_BINDS: Final = re.compile(r"应|必须|须|可|不得|要|达到|\d")
HALF: Final = 2
"""Characters of the half of a term of four: 义务|教育."""


def narrowed(sentence: str, texts: Sequence[str]) -> bool:
    """Whether a part of the folded sentence says of all what a part of a clause says of some: 政府投资的…项目
    as …项目, 义务教育 as 教育."""
    parts = [part for text in texts for part in _PART.findall(text)]
    for part in _PART.findall(sentence):
        source = _repeated(part, parts)
        if _without_some(part, sentence, source) or _halved(part, source):
            return True
    return False


def _without_some(part: str, sentence: str, source: str) -> bool:
    some = _SOME.search(source)
    if not some or not _BINDS.search(source):
        return False
    which = telling(some["which"])
    return some["head"][:3] in part and bool(which) and len(which & telling(sentence)) < SAME * len(which)


def _halved(part: str, source: str) -> bool:
    """Whether a term of the dictionary stands there without its first half, after the same words."""
    for at in range(HALF, len(source) - 2 * HALF + 1):
        term = source[at : at + 2 * HALF]
        cut = source[at - HALF : at] + term[HALF:]
        if cut in part and cut not in source and term[:HALF] not in part and _is_term(term):
            return True
    return False


@cache
def _words() -> Cutter:
    cutter = Cutter()
    cutter.check_initialized()
    return cutter


def _is_term(word: str) -> bool:
    return bool(_words().FREQ.get(word))


def only_leads(words: str) -> bool:
    """Whether words only lead to others, as verbs do (推动, 计划), and restrict nothing (海绵示范)."""
    tags = _words().tags
    return all(tags.get(word, "n")[0] in "vdpcru" for word in _words().cut(words, HMM=False))


def _repeated(part: str, parts: Sequence[str]) -> str:
    """The part of the clauses that a part of the sentence repeats; "" where it repeats none."""
    wanted = telling(part)
    if not wanted:
        return ""
    best = max(parts, key=lambda one: (len(wanted & telling(one)), -len(one)), default="")
    return best if len(wanted & telling(best)) >= SAME * len(wanted) else ""


def added(sentence: str, texts: Sequence[str]) -> bool:
    """Whether the sentence says that something is done, or of whom it is true, where no clause does."""
    held = "".join(texts)
    if any(found[0] not in held for found in _SCOPE.finditer(sentence)):
        return True
    return any(
        sentence[max(0, found.start() - 1) : found.end()] not in held for found in _DONE.finditer(sentence)
    )


# 不可以,… and 是的,… before what the clause says.
_NO: Final = re.compile(r"^(?:不可以|不能|不行|不允许|否|不)[,。;]")
_YES: Final = re.compile(r"^(?:是的?|可以|能|对|会)[,。;]")


def answered(sentence: str) -> str:
    """The folded sentence without a yes or no before it that agrees with what it goes on to say."""
    forbids = _KINDS[0].search(sentence) is not None
    return (_NO if forbids else _YES).sub("", sentence)


def silences(sentence: str, texts: Sequence[str]) -> tuple[str, bool]:
    """The sentence without its parts that say what the clauses leave unsaid, and whether those are right."""
    held = "".join(texts)
    pairs = {held[at : at + 2] for at in range(len(held) - 1)}
    right = True
    for found in _UNSAID.finditer(sentence):
        if found[0] in held:
            continue
        what = found["what"]
        wanted = {what[at : at + 2] for at in range(len(what) - 1)}
        right &= bool(wanted) and len(wanted & pairs) < SAID_ALL_THE_SAME * len(wanted)
        right &= not any(one in held for one in _STRONG_OF_ROLE.findall(what))
    kept = _UNSAID.sub(lambda found: found[0] if found[0] in held else "", sentence)
    return (kept if any(sign.isalnum() for sign in kept) else ""), right
