"""Whether a rule denies what it speaks of (不得转租, 无需登记, 不纳入) or grants it (可以, 给予).

The words are those that rules are printed with; where a phrase holds a denial of another kind, a condition
(未经批准) or an exception (除…外), it is not said which.  Left out: questions that themselves deny.
"""

from __future__ import annotations

import re

_SAID = "得予能可准许再应享适纳支收缴征办设属包含承受必需"
# 不得, 不予, 严禁, 无需, 免征, 暂停
_DENIES = re.compile(
    rf"(?:一律|均|暂)?不[{_SAID}](?!已|不)|禁止|严禁|无需|无须|毋需|免(?:于|予|征|收|交|缴|费|除|税)"
    r"|暂停(?![^，,。]{0,40}(?:的|时)[，,])"
)
# 可以, 应当, 给予, 纳入
_GRANTS = re.compile(r"可以|允许|给予|支持|纳入|享受|鼓励|予以|有权")
# 未经批准, 除…外, 不具有…的, 拒绝: what turns a rule round or puts a condition to it
_TURNS = re.compile(r"[不未没无非]|除|拒|以外|方可|但")
# 能不能, 是否: asks, and denies nothing
_ASKS = re.compile(r"(.)不\1|是否|能否|可否|有没有|有无|没有?[?？]?$|不[?？]?$")
_AGAINST = re.compile(r"[不没无未免禁拒]")


def denies(words: str) -> bool | None:
    """True where the words deny, False where they grant, None where they do neither plainly."""
    rest = _DENIES.sub("", words)
    if _TURNS.search(rest):
        return None
    if rest != words:
        return True
    return False if _GRANTS.search(words) else None


def is_plain(words: str) -> bool:
    """True where nothing in the words turns a rule round or puts a condition to it."""
    return not _TURNS.search(words)


def asks_against(text: str) -> bool:
    """True where the question itself denies (不登记行吗, 免税吗): a yes to it would be ambiguous."""
    return bool(_AGAINST.search(_ASKS.sub("", text)))
