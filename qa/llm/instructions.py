"""Stretches of documents that speak to a language model instead of to people.

What is found is kept from the model: it neither reads it nor may cite it.  People see the document as it is.
Found by wording, over what follows on one another, whatever blanks, breaks and invisible characters stand
between.  Left out: telling a false statement from a true one; a document that states it is quoted with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.language.folding import with_places

_EARLIER: Final = (
    r"(?:以上|上述|上面|之前|此前|先前|前面|前述|此前|原有|原来|已有|系统|所有|全部|一切|任何|其他|其它|这些"
    r"|你的|既定|预设|默认|的|收到|给出)"
)
_ORDERS: Final = (
    r"(?:指令|指示|提示词?|命令|规则|要求|设定|约束|限制|内容|条款|资料|说明|规定|prompt|system"
    r"|instructions?)"
)
_UNDO: Final = (
    r"(?:忽略|无视|忽视|不要理会|不必理会|不用理会|不再遵守|不要遵守|不必遵守|停止遵守|抛开|忘记|忘掉|覆盖"
    r"|绕过|跳过|废弃|丢弃)"
)
_MODEL: Final = (
    r"(?:大?语言模型|大模型|ai助手|ai模型|智能助手|问答助手|聊天机器人|问答系统|机器人"
    r"|人工智能助手|assistant|chatbot|chatgpt|gpt|llm|languagemodel|aimodel|theai|ai(?!算|产|教|技|芯|应|赋|\+))"
)
_SAY: Final = (
    r"(?:回答|回复|答复|输出|写出|写明|写上|注明|附上|告诉(?:用户|提问)|声称|改为|改成|替换为?|只说|说明|生成"
    r"|附加|添加|加上|提供链接|引导|诱导)"
)
_EN_EARLIER: Final = (
    r"(?:all|any|the|previous|prior|above|earlier|preceding|your|other|of|these|those|system|foregoing)*"
)
_PATTERNS: Final = (
    # 忽略以上所有指令; 请不要遵守之前的规则
    rf"{_UNDO}{_EARLIER}{{1,6}}{_ORDERS}",
    # ignore all previous instructions; disregard the above
    rf"(?:ignore|disregard|forget|override|bypass|skip|donotfollow|don'tfollow|stopfollowing){_EN_EARLIER}"
    r"(?:instructions?|prompts?|rules?|guidelines?|context|directions?|clauses?|messages?|previous|above|prior)",
    # 你是一个…助手; 你现在扮演; 从现在起你
    r"你(?:现在)?(?:是|扮演|充当|作为|要扮演)(?:一[个名位])?[^。\n]{0,12}(?:助手|模型|机器人|角色|专家)|从现在(?:开始|起),?你",
    r"youare(?:now|an?)[^.]{0,30}(?:assistant|model|bot|ai)|actas(?:an?|the)|pretend(?:to|you)|fromnowon,?you",
    # 请在回答中写明…; 回答时必须输出
    rf"(?:在|当|每次|每个|一律|所有)(?:你的|你|用户|被问到|有人问)?[^。,\n]{{0,12}}(?:回答|回复|答复|答案|作答|输出)(?:中|里|时|的时候|末尾|结尾|开头|前|后|之前|之后)?,?(?:请|必须|务必|要|应|都|一律|均|只|始终|只能|直接)+(?:在[^。,\n]{{0,6}})?{_SAY}",
    r"(?:请|务必|必须|应当|应|要|直接|只能|只需|一律)(?:你|直接|只|仅|统一|如实|照此|按此|这样)*(?:回答|回复|答复|输出|作答)(?:用户|提问者|问题|说|道|为|成|以下|如下|下列|[:\"])",
    # …所有指令，并回答：…
    r"(?:(?:指令|指示|提示词?|规则|要求),|并|且|然后|接着|再)(?:并|且|请|就|直接|只|一律)*(?:回答|回复|答复|输出|写明)[:\"]",
    r"(?:answer|reply|respond|output|say|print|write|tell(?:the)?user)(?:only|just|exactly|always|with|that|the|following|instead|:|\")+",
    # 致语言模型; AI助手请…; note to the assistant
    rf"(?:致|告|对|给|让|令|要求|请|写给|提示)(?:各|所有|任何|本|该|此)*{_MODEL}|{_MODEL}(?:,|:|!)?(?:请|必须|务必|应当|应|须|不得|不要|你|在回答|阅读到|看到|读到|注意|收到)",
    rf"(?:note|attention|message|instructions?|dear|hey|to|important)(?:to|for|:|,|the|any|all)*{_MODEL}|{_MODEL}(?::|,)?(?:must|should|please|willnow|you|shall|isto)",
    # <|im_start|>system, [INST], ### Instruction:, 系统提示：
    r"<\|[a-z_]{2,20}\|>|\[/?inst\]|<</?sys>>|</?(?:system|assistant|user|tool)>|#{2,}(?:system|instructions?|指令|系统)|(?:^|[\n。.;])(?:system|assistant|developer)(?:prompt|message)?:",
    r"系统(?:提示词?|消息|指令|信息)[:：]|(?:system|developer)(?:prompt|message|instructions?)|(?:新|最新|真正|最高优先级|紧急)的?(?:系统)?(?:指令|提示词)[:：]?|newinstructions?",
    r"javascript:|!\[[^\]]*\]\(|data:text/",
)
_SPEAKS: Final = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)
# What ends a stretch that speaks to a model, forwards and backwards, in folded text.
_ENDS: Final = "。!?;"
_HIDDEN: Final = re.compile("[\U000e0000-\U000e007f]+")
"""Tags: letters for machines alone, which no reader sees."""
REACH: Final = 2
"""Sentences of the same clause withheld after one that speaks to a model: they often say what to say."""


def speaking(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """For each of the texts, which follow on one another, the (start, end) that speak to a model."""
    signs: list[str] = []
    homes: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        flat = with_places(text)
        signs += flat.text
        homes += [(number, place) for place in flat.at]
    joined = "".join(signs)
    found: list[list[tuple[int, int]]] = [[] for _ in texts]
    for match in _SPEAKS.finditer(joined):
        start = max(joined.rfind(end, 0, match.start()) for end in _ENDS) + 1
        last_text = homes[match.end() - 1][0]
        limit = next((at for at in range(match.end(), len(homes)) if homes[at][0] != last_text), len(homes))
        _mark(found, homes[start : _end_of(joined, match.end(), limit)], texts)
    for number, text in enumerate(texts):
        found[number] += [hidden.span() for hidden in _HIDDEN.finditer(text)]
    return [_merged(spans) for spans in found]


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with what stands in the spans replaced by blanks, so that every place stays where it is."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _end_of(joined: str, at: int, limit: int) -> int:
    """The end of the sentence at ``at`` and of REACH more, up to ``limit``, the end of its text."""
    for _ in range(1 + REACH):
        ends = [place for end in _ENDS if (place := joined.find(end, at, limit)) >= 0]
        if not ends:
            return limit
        at = min(ends) + 1
    return at


def _mark(
    found: list[list[tuple[int, int]]], places: Sequence[tuple[int, int]], texts: Sequence[str]
) -> None:
    """Add, for each text touched, the stretch from the first to the last of the places."""
    for number in {number for number, _ in places}:
        inside = [place for home, place in places if home == number]
        found[number].append((min(inside), min(max(inside) + 1, len(texts[number]))))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
