"""The closed class of words that make a clause a question: 谁, 哪, 多少, 是否, 能不能, 吗.

They tell that something is asked and not what: that is the question reader's to say.
"""

from __future__ import annotations

import re
from typing import Final

_WHICH: Final = re.compile(r"谁|什么|啥|哪|怎么|怎样|如何|多少|多[久长大高远宽]|(?<![前们这那好上下近])几|何")
_WHETHER: Final = re.compile(r"吗|嘛|是否|能否|有无|(.)[不没]\1")
_PARTICLE: Final = re.compile(r"[吗嘛]\s*[?!。,~]*$")


def asks_something(text: str) -> bool:
    """True where the text holds a word of the class."""
    return bool(_WHICH.search(text) or _WHETHER.search(text))


def asks_whether(text: str) -> bool:
    """True for 要达到65%以上吗; 你知道由谁负责吗 asks who, and not whether."""
    return bool(_PARTICLE.search(text)) and not _WHICH.search(text)
