"""What phrasings ask, in the labels of the question reader.

Read from the phrasing's kind and note; of comparisons, by eye.  Words of a frame tell some flags (一共).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from qa.question.reader import PARTS

KIND_OF = {
    "lead": "lead", "agency": "agency", "deadline": "deadline", "target": "quantity", "count": "quantity",
    "money": "money", "list": "list", "inverse_agency": "tasks", "inverse_due": "due", "locate": "locate",
    "chitchat": "nothing", "command": "nothing", "same": "same", "number": "quantity", "when": "deadline",
    "who": "agency",
    **dict.fromkeys(
        ("how", "condition", "yesno", "definition", "summary", "why", "penalty", "where", "procedure"),
        "passage",
    ),
}  # fmt: skip
_FIELD_OF = {
    "basis": "implements", "issuer": "issuer", "in force": "status", "number": "number", "published": "date",
    "title": "title", "validity": "status", "what it interprets": "interprets", "status": "status",
    "written": "date",
}  # fmt: skip
"""A metadata phrasing's aspect → the field that answers; other aspects (pages, annexes) are passages."""
_FOLLOWING_FIELDS = {
    "ph-2135": "date", "ph-2136": "number", "ph-2137": "issuer", "ph-2138": "status", "ph-2139": "implements",
    "ph-2140": "title", "ph-2142": "interprets", "ph-2143": "issuer,date", "ph-2144": "date",
    "ph-2716": "implements", "ph-2718": "number", "ph-2719": "issuer", "ph-2713": "status",
}  # fmt: skip


def _ids(words: str) -> frozenset[str]:
    return frozenset(f"ph-{word}" for word in words.split())


# What comparisons ask and how, read by eye from the 179 of them.
_COMPARED = {
    "agency": _ids("1447 1458 1468 1563"),
    "deadline": _ids("1451 1463 1464 1482 1486 1501 1509 1516 1529 1539 1554 2523 2148 2723"),
    "money": _ids("1453 1471 1496 2526 2529"),
    "quantity": _ids("1446 1448 1460 1541 2892 1533 2146 2147 2149 2154 2726"),
}
_MOST = _ids(
    "1452 1460 1461 1462 1471 1490 1497 1504 1510 1512 1521 1533 1544 1545 1549 1550 1557 1560 2146 2149 2526"
    " 2892 2532 1538 2518 2728 2540"
)
_LEAST = _ids("1474 1503 2529 2726")
_UNSURE = _ids(
    "1472 1488 1489 1491 1495 1498 1499 1507 1508 1463 1464 1486 1501 1509 1516 1529 1539 1554 2523 2148"
)
_EVERY = _ids("1485 1480 1542 2147 2153 2721 1961 1969")
_NOT_EVERY = _ids("2900 2901 2902 2903 2904 2905 1456 1487")
# Frames that may speak of every region, beside comparisons: left untold.
_PLACES = re.compile(r"各[地县市]|[哪那][个些][县市区地]|地方|地区")
_ASKS = re.compile(r"吗|不$|是不是|是否|有没有|对吧|能不能|可不可以|吧$|没有?$|会不会|要不要")
_TOTAL = re.compile(
    r"一共|总共|合计|总计|加起来|总数|总额|总投|统共|拢共|in total|total|总的|共多少|共需|共有"
)
_NOW = re.compile(r"现在|目前|眼下|当前|如今|现有|已经|currently|right now")
_HOW_LONG = re.compile(
    r"多久|多长时间|期限|多少[年天]|(?<!几)几[天年](?!底|前)|几个(?:月|工作日)|时限|好久|how long"
)
_LEADS = re.compile(r"牵[头投]|前头部门|打头|带头|领头|挑头|主抓|lead|挂帅|领衔")
_ALIKE = re.compile(r"一样|相同|一致|差|区别|不同|异同|difference|gap|same")


@dataclass(slots=True)
class Line:
    """One labelled question; `question_lines` says what its parts mean."""

    text: str
    before: str = ""
    kind: str | None = None
    parts: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    tagged: bool = True
    apart: bool = False
    source: str = ""


def label(line: Line, phrasing: dict[str, Any]) -> None:
    """Put on a filled phrasing what it asks."""
    kind, pattern, number = phrasing["kind"], phrasing["pattern"], phrasing["id"]
    line.kind = KIND_OF.get(kind)
    if kind == "metadata":
        _label_document(line, phrasing)
    elif kind == "compare":
        _label_compared(line, phrasing)
    elif kind == "multi":
        _label_several(line, phrasing)
    elif kind == "yesno":
        _label_yes_or_no(line, pattern)
    if kind != "multi":
        line.parts = [line.kind] if line.kind in PARTS else []
    if kind == "inverse_due" and "[T]" in pattern:
        line.kind = "list"
    line.unknown += _untold(line, kind, pattern)
    line.flags += told_by_words(line.kind, kind, pattern)
    if inherits := phrasing.get("inherits"):
        line.flags += ["takes", *(f"takes_{what}" for what in ("region", "topic") if what in inherits)]
    line.flags += [flag for flag, numbers in (("most", _MOST), ("least", _LEAST)) if number in numbers]


def told_by_words(kind: str | None, asked: str, frame: str) -> list[str]:
    """The flags that words of the frame tell: 一共, 现在, 多久, 牵头, 区别."""
    told = {"sum": _TOTAL, "now": _NOW, "leads": _LEADS}
    told |= {"how_long": _HOW_LONG} if kind == "deadline" else {}
    told |= {"alike": _ALIKE} if asked == "compare" else {}
    flags = [flag for flag, words in told.items() if words.search(frame)]
    return ["yes_no", *flags] if asked == "yesno" else flags


def _untold(line: Line, kind: str, pattern: str) -> list[str]:
    """Labels that the phrasing may have or not."""
    found: list[str] = []
    if kind in {"compare", "summary", "list"}:
        found += [part for part in PARTS if part not in line.parts]
    if kind != "compare" and _PLACES.search(pattern):
        found.append("every")
    if kind != "yesno" and _ASKS.search(pattern):
        found.append("yes_no")
    if kind in {"where", "metadata"}:
        found += ["address", "phone", "person"]
    return found


def _label_several(line: Line, phrasing: dict[str, Any]) -> None:
    parts = [part for part in (KIND_OF.get(one) for one in phrasing["parts"]) if part]
    line.parts = [part for part in dict.fromkeys(parts) if part in PARTS]
    first = [part for part in ("lead", "agency") if part in line.parts] or parts
    line.kind = "agency" if {"lead", "agency"} <= set(line.parts) else first[0] if first else None


def _label_document(line: Line, phrasing: dict[str, Any]) -> None:
    note = phrasing.get("note", "").split(";")[0].removeprefix("aspect: ")
    told = _FOLLOWING_FIELDS.get(phrasing["id"], "")
    found = (
        told.split(",") if told else [_FIELD_OF[n] for n in map(str.strip, note.split(",")) if n in _FIELD_OF]
    )
    if note == "drafter":
        found = ["interpreter", "issuer"]
    if note == "who interprets":  # a clause says it, and no head of a document
        line.kind = "agency"
        return
    if note == "source":
        line.kind = "locate"
        return
    line.fields = found
    line.kind = "document" if found else "passage"


def _label_compared(line: Line, phrasing: dict[str, Any]) -> None:
    number, pattern = phrasing["id"], phrasing["pattern"]
    told = next((kind for kind, numbers in _COMPARED.items() if number in numbers), None)
    indicator = "indicator" in phrasing.get("note", "")
    line.kind = told or ("quantity" if indicator else "passage")
    every = number in _EVERY or ("[R" not in pattern and "inherits" not in phrasing)
    if every and number not in _NOT_EVERY:
        line.flags.append("every")
    if number in _UNSURE:
        line.unknown += ["most", "least"]


def _label_yes_or_no(line: Line, pattern: str) -> None:
    if "[A]" in pattern:
        line.kind = "lead" if re.search("牵头|lead", pattern) else "agency"
        if re.search("批准|审批|关系|验收|要求", pattern):
            line.kind = "passage"
    elif "[N]" in pattern and "[T]" in pattern:
        line.kind = "quantity"
    elif "[Y]" in pattern and re.search("完成|弄完|done|搞定|completed|收官|底前", pattern):
        line.kind = "deadline"
