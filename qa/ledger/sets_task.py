"""Which clauses set a task, as opposed to telling why, by what right, or how things stand.

A clause sets one where it charges a body, or sets a deadline or a target; and else where one of its sentences
goes on from its heading with a verb of doing and no subject before it (推进…, 有序开展…).  Guiding thought,
principles, background and the basis of a document set none by their words alone.
"""

from __future__ import annotations

import re

from index.entries import Entry
from index.language.sentences import sentences
from index.records import Agency, Clause, Deadline, Target

# Headings below which words alone set no task: 指导思想, 基本原则, 制定背景, 政策依据, 附件.
_NOT_BELOW = re.compile(
    r"指导思想|基本原则|工作原则|总体思路|背景|依据|目的(?!地)|意义|过程|解读|说明|名单|附则|适用范围"
)
# 为贯彻…, 根据…, 按照…: a sentence that tells why and not what.
_TELLS_WHY = re.compile(
    r"^[\s\u3000]*(?:为|根据|按照|依据|遵照|经|鉴于|围绕|以|本|该|这|目前|近年来|截至|《)"
)
_VERBS = (
    "推进|推动|推广|推行|加快|加强|加大|加密|强化|完善|健全|建立|建设|建成|建造|新建|改建|扩建|改造|构建|打造|打通"
    "|实施|落实|执行|开展|组织|支持|鼓励|引导|优化|提升|提高|扩大|扩充|拓展|培育|培养|发展|做好|做大|做强|做实|确保|保障"
    "|深化|促进|统筹|规范|制定|编制|出台|修订|严格|严禁|严控|聚焦|突出|依托|整合|盘活|配套|配备|配建|布局|科学|规划"
    "|开发|开工|完成|实现|争取|力争|探索|创建|创新|创优|改善|改革|补齐|增加|增强|减少|降低|控制|治理|整治|清理|清除|防范|化解"
    "|保护|修复|传承|宣传|普及|检查|督促|督导|监督|考核|评估|排查|摸清|挖掘|用足|用好|借助|利用|发挥|支撑|巩固|衔接|畅通|壮大"
    "|设立|设置|成立|吸引|引进|招引|承接|对接|破除|放开|放宽|取消|畅通|提供|给予|发放|落地|延伸|覆盖|融入|升级|更新|疏通|搭建"
    "|不得|应当|必须|禁止|要求|报送|公布|公开|公示|申报|指导|协调|协助|配合|细化|压实|坚决|落细"
)
_HOW = (
    "积极|大力|有序|稳步|稳妥|全面|全力|深入|持续|切实|着力|加速|扎实|合理|适时|适度|适当|充分|进一步|不断|逐步|同步|重点|分类|分批|分期"
    "|因地制宜|依法|依法依规|系统化|系统|高标准|高质量|精心|主动|努力|尽快|及时|严格|优先|统一|集中|继续|广泛|认真|坚持|有效|率先"
)
# 积极推进…, 有序开展…, 到2025年，建成…: a verb that nothing stands before.
_DOES = re.compile(rf"^[\s\u3000]*(?:(?:要|应|需|将)?(?:{_HOW})*(?:地)?(?:{_VERBS}))")
_SINGLE = re.compile(r"^[\s\u3000]*(?:建|抓|扩|补|强|拓|植|开|定|编|创|设|控)[^\s，。、；]{2,}")
_LABEL = re.compile(r"^[\s\u3000]*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]?|[①-⑳])[\s\u3000]*")
_PART = re.compile(r"[^，,；;：:]+")
_OF = re.compile(r"^[^，,。]{2,30}方面[，,]")  # 健全商贸流通网络方面，疏通…


def sets_task(entry: Entry) -> bool:
    """True where the clause sets a task, by a fact or by its words."""
    clause = entry.clause
    if clause.kind not in ("body", "row"):
        return False
    if any(isinstance(fact, (Agency, Deadline, Target)) for fact in entry.facts):
        return True
    if any(_NOT_BELOW.search(heading) for heading in clause.place):
        return False
    return bool(clause.place) and any(_tells_to_do(words) for words in _bodies(clause))


def begins_with_doing(words: str) -> bool:
    """True for words that begin with a verb of doing, as headings do: 推进县城海绵城市建设."""
    return bool(_DOES.match(words))


def _bodies(clause: Clause) -> list[str]:
    """The clause's sentences below its own heading; a row's cells."""
    if clause.cells:
        return [clause.text[c.start - clause.start : c.end - clause.start] for c in clause.cells]
    words = [clause.text[span.start : span.end] for span in sentences(clause.text)]
    return [w for w in words if not _is_heading(w, clause)]


def _is_heading(words: str, clause: Clause) -> bool:
    return clause.heading is not None and _LABEL.sub("", words).strip(" 。.\n") == clause.heading.strip(
        " 。."
    )


def _tells_to_do(sentence: str) -> bool:
    words = _LABEL.sub("", sentence)
    if _OF.match(words):
        words = _OF.sub("", words)
    elif _TELLS_WHY.match(words):
        return False
    return any(_DOES.match(part) or _SINGLE.match(part) for part in _PART.findall(words))
