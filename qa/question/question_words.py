"""The closed class of words that make a clause a question: 谁, 哪, 多少, 是否, 能不能, 吗.

They tell that something is asked and not what: that is the question reader's to say.
"""

from __future__ import annotations

import re
from typing import Final

_WHICH: Final = re.compile(r"谁|什么|啥|哪|怎么|怎样|如何|多少|多[久长大高远宽]|(?<![前们这那好上下近])几|何")
_WHETHER: Final = re.compile(r"吗|嘛|是否|能否|有无|(.)[不没]\1")
_PARTICLE: Final = re.compile(r"[吗嘛]\s*[?!。,~]*$")
# 在第几条, 哪一章, 写在哪一部分; and not 第十二条, 哪一项任务
_PLACE: Final = re.compile(
    r"第几个?(?:[编章节条款项点块]|部分)|哪一?[编章节条款](?!件|路|线)|[在出]哪一?(?:项|点|部分)"
)


def asks_where(text: str) -> bool:
    """True where the text asks in which part of a document something stands."""
    return bool(_PLACE.search(text))


def asks_something(text: str) -> bool:
    """True where the text holds a word of the class."""
    return bool(_WHICH.search(text) or _WHETHER.search(text))


def asks_whether(text: str) -> bool:
    """True for 要达到65%以上吗; 你知道由谁负责吗 asks who, and not whether."""
    return bool(_PARTICLE.search(text)) and not _WHICH.search(text)
