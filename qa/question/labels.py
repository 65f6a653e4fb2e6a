"""The places of a document that a question cites by their number: 第十二条, 第五条第（二）项, 第三章, 附件3.

Only how official texts cite their own numbering is read; whether the words are a citation and not the name of
a thing (第二条管网) is the question reader's word.  Which part of which document is meant is found in
``qa.evidence.outline``.
"""

from __future__ import annotations

import re
from typing import Final, get_args

from index.language.numerals import ORDINALS, read_ordinal
from qa.records import Cited, Label, Unit

UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
_NUMBER = rf"[（(]?\s*([{ORDINALS}\d]{{1,6}})\s*[)）]?\s*"
_ONE = re.compile(
    rf"第\s*{_NUMBER}\s*(编|章|节|条|款|项|目|点|大?部分)(?:之([{ORDINALS}]{{1,2}}))?"
    rf"|(附件)\s*(\d{{1,2}}|[{ORDINALS}]{{1,2}})"
    r"|(?<![\d第])(\d{1,4})\s*(条|章)"
)


def cited_in(text: str, tags: str) -> tuple[Cited, ...]:
    """The places that the text cites, in order; ``tags`` holds a letter for each of its characters, L where
    the question reader read a label."""
    found: list[Cited] = []
    end = -1
    for match in _ONE.finditer(text):
        if "L" not in tags[match.start() : match.end()]:
            continue  # 新22条, 17条措施
        label = _label(match)
        if (
            found
            and match.start() == end
            and UNITS.index(label.unit) > UNITS.index(found[-1].labels[-1].unit)
        ):
            outer = found.pop()
            found.append(Cited(outer.words + match.group(), (*outer.labels, label)))
        else:
            found.append(Cited(match.group(), (label,)))
        end = match.end()
    return tuple(dict.fromkeys(found))


def _label(match: re.Match[str]) -> Label:
    number, unit, sub, annex, annex_number, short, short_unit = match.groups()
    if short:
        return Label("章" if short_unit == "章" else "条", int(short))
    if annex:
        return Label("附件", read_ordinal(annex_number))
    named: Unit = "部分" if unit.endswith("部分") else unit  # type: ignore[assignment]
    return Label(named, read_ordinal(number), read_ordinal(sub) if sub else 0)
