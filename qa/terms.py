"""A question's words: jieba's cut, without the words that carry no subject.

The dictionary is read at the first call (0.2 s) and not at import.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable

_WORDLIKE = re.compile(r"[A-Za-z0-9\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*$")
_NUMBER = re.compile(r"[\d.]+[%年月日个]?$")

_STOP = frozenset(
    """的 了 是 在 有 要 给 把 被 让 将 由 和 跟 与 及 或 到 从 对 向 为 以 于 按 按照 等 之 其 它 他 她 他们 它们 我 我们 你 你们 咱 咱们
    这 那 这个 那个 这些 那些 这里 那里 哪 哪个 哪些 哪里 哪家 哪几 什么 啥 谁 多少 几 几个 几家 怎么 怎样 如何 吗 呢 吧 呀 啊 么 嘛
    请 请问 一下 想 知道 问 说 讲 告诉 能 会 可以 应该 应 该 需要 必须 都 也 还 就 才 又 再 很 更 最 不 没 没有 有没有 是不是
    年 月 日 个 条 座 家 项 种 前 后 里 上 下 中 内 外 时 时候 时间 现在 目前 今年 明年 去年 眼下 到底 究竟 具体 一共 总共 共 分别 各自 各 各地 每
    负责 部门 单位 机构 责任 牵头 任务 工作 方面 情况 事情 事 活 件 次 年底 年前 之前 以前 以后 一起 弄 干 做 搞 办 管 归 找 属于 涉及
    规定 要求 文件 方案 政策 通知 解读 写 里面 其中 关于 对于 就是 计划 打算 准备 一大摊 方式 办法 说法 清单 项目清单 正文 算 叫 用
    一年 每年 每个 每 平均 县市 下面 要建 分成 投入 一级 一项 一栏 之类 这项 这次 那边 那段 那套 还有 除了 为了 还要 等到 换成 里头 里面 村里 市里 县里 城里 省里 找到 分给 还是 是从 能住 建到 干到 率要 要修 要改 要换 要治 要动 叫 名字 品种 级别 点名 各位 活儿 不够 算数 哪年 哪天 几年 地方 各县 全部 政府 网上 多 大 高 长 少 低 比 更多 更高 哪边 什么样 城镇化 建设 推进 实施 开展 达到 做到 完成 实现 用来 以及 并 且 但 而 所 者 们 着 过 得 地""".split()
)


@functools.cache
def _cutter() -> Callable[[str], Iterable[str]]:
    from qa.cutter import Cutter  # noqa: PLC0415 - its dictionary takes 0.2 s to read

    cut: Callable[[str], Iterable[str]] = Cutter().cut
    return cut


def words_of(text: str) -> list[str]:
    """The text's words in order; a Latin word keeps the single character after it (e镇, 5G网 → e镇, 5G)."""
    words: list[str] = []
    for word in _cutter()(text):
        if not _WORDLIKE.search(word):
            continue
        if words and len(word) == 1 and len(words[-1]) == 1 and _LATIN.match(words[-1]):
            words[-1] += word
        else:
            words.append(word)
    return words


def terms_of(text: str) -> tuple[str, ...]:
    """The text's words that say what it is about, in order, each once."""
    return tuple(dict.fromkeys(word for word in words_of(text) if is_term(word)))


def is_term(word: str) -> bool:
    """True for a word that can say what a question is about; single characters and bare numbers cannot."""
    if word in _STOP or _NUMBER.match(word):
        return False
    return len(word) > 1 or bool(_LATIN.match(word))
