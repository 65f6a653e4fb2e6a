"""The words of a Word paragraph as they are printed: fields as their results, deletions gone, insertions in.

Words that are hidden, struck out or deleted are set aside with their reason.  Left out: its number
(`numbering`); words drawn inside charts and pictures, and equations' layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from index.extracted import Left, LeftReason
from index.reading.docx.number_formats import counted
from index.reading.docx.styles import Styles, W, is_on, value
from index.reading.seen import word_texts
from index.reading.xml import Element, local

_DROPPED: Final = frozenset(
    {
        *("del", "moveFrom", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "fldData", "rt"),
        *("footnoteRef", "endnoteRef", "annotationRef", "commentReference", "tbl"),
    }
)
"""Elements that print no words; rt is the reading above a word."""
_WHY_DROPPED: Final[dict[str, LeftReason]] = {
    **dict.fromkeys(("del", "moveFrom", "delText"), "deleted"),
    "rt": "reading aid",
}
_STRUCK: Final = ("strike", "dstrike")
_PRINTED: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS: Final = {
    **{"6C": "●", "6E": "■", "6F": "□", "A1": "○", "A8": "□", "FE": "☑", "52": "☑", "FC": "✓", "D8": "➢"},
    **{"75": "◆", "B7": "•", "76": "❖", "FB": "✗", "54": "☒"},
}
"""Signs of the Wingdings and Symbol fonts that stand in forms and lists, by the last byte of w:char."""
_CIRCLED: Final = re.compile(r"\\o\\ac\([○〇],\s*(\d{1,2})\)", re.IGNORECASE)  # eq \o\ac(○,11)


@dataclass(slots=True)
class _Field:
    """A field under way: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False


@dataclass(slots=True)
class Words:
    """A paragraph's words, the text boxes anchored in it, and the notes that it refers to (part, id)."""

    text: str = ""
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class Speaker:
    """Reads paragraph after paragraph, since a field may begin in one and end in another."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._words = Words()
        self.left: list[Left] = []
        self.added: list[str] = []

    def words(self, paragraph: Element) -> Words:
        """The words of the next paragraph."""
        self._words = Words()
        for child in paragraph:
            self._visit(child, None)
        return self._words

    def leave(self, reason: LeftReason, node: Element) -> None:
        """Set an element's words aside."""
        self.left.append(Left(reason, "".join(word_texts(node))))

    def _visit(self, node: Element, hidden: LeftReason | None) -> None:
        """Say what an element says; ``hidden`` is why what stands in it is not to be read."""
        name = local(node)
        if name in _DROPPED or not name:
            if name in _WHY_DROPPED:
                self.leave(_WHY_DROPPED[name], node)
            return
        if name == "AlternateContent":  # the same words for new programs and for old ones
            chosen = next((child for child in node if local(child) == "Choice"), None)
            fallback = next((child for child in node if local(child) == "Fallback"), None)
            node = fallback if chosen is None else chosen
            if node is None:
                return
        elif name == "fldChar":
            self._turn(node)
        elif name == "instrText":
            if self._fields:
                self._fields[-1].code += node.text or ""
        elif not hidden and all(one.result for one in self._fields):
            self._say(node, name)
        elif name in ("t", "txbxContent"):
            self.leave(hidden or "field code", node)
        if name == "txbxContent":
            return
        hidden = hidden or (self._hides(node) if name == "r" else None)
        for child in node:
            self._visit(child, hidden)

    def _say(self, node: Element, name: str) -> None:
        words = self._words
        if name == "t":
            words.text += node.text or ""
        elif name in _PRINTED:
            words.text += _PRINTED[name]
            self.added.append(_PRINTED[name])
        elif name == "sym":
            code = node.get(f"{W}char", "")
            sign = _SYMBOLS.get(code[-2:].upper()) or (chr(int(code, 16)) if _is_code(code) else "")
            words.text += sign
            self.added.append(sign)
        elif name == "txbxContent":
            words.boxes.append(node)
        elif name in ("footnoteReference", "endnoteReference"):
            words.notes.append((name.removesuffix("Reference") + "s", node.get(f"{W}id", "")))

    def _turn(self, node: Element) -> None:
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            circled = None if ended.result else _CIRCLED.search(ended.code)
            if circled and all(one.result for one in self._fields):
                sign = counted(int(circled[1]), "decimalEnclosedCircle")
                self._words.text += sign
                self.added.append(sign)

    def _hides(self, run: Element) -> LeftReason | None:
        """Why a run's words are not to be read; what a run says itself goes before its style."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return None
        style = value(properties.find(f"{W}rStyle"))
        if self._is_set(properties, style, "vanish"):
            return "hidden"
        return "struck out" if any(self._is_set(properties, style, name) for name in _STRUCK) else None

    def _is_set(self, properties: Element, style: str | None, name: str) -> bool:
        own = properties.find(f"{W}{name}")
        return self._styles.sets(style, name) if own is None else is_on(properties, name)


def _is_code(code: str) -> bool:
    return re.fullmatch(r"[0-9A-Fa-f]{4}", code) is not None
