"""A page's picture → pieces of text and ruling lines, by rapidocr with the models that its wheel carries.

Nothing is downloaded: the models are named by their files.  A page that lies on its side or stands on
its head is turned; one that is tilted by a few degrees is read as it is, though its tables stay lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from index.errors import SourceError
from index.language.folding import unified
from index.reading.pdf.page import Box, Page, Piece

if TYPE_CHECKING:
    from rapidocr import RapidOCR

Picture = npt.NDArray[np.uint8]
"""Grey values, (height, width)."""

MOST_SCANS = 500
"""Scanned pages: at about 3 s a page, 25 minutes."""
THREADS = 2
LONGEST_SIDE = 3400
"""Pixels to which a picture is made smaller before its lines are read: A3 at 200 dpi is 3307 long."""
DETECTED_SIDE = 1280
"""The same before lines are looked for: at 2339, all of A4 at 200 dpi, a page took twice as long and the
lines were the same."""
LEAST_SCORE = 0.8
"""Mean certainty of the lines of a page that lies right: .97 and more in the samples, .5 on its head."""
LONGEST_STROKE = 100
"""Pixels at 200 dpi (36 points): a longer straight line is a rule, no stroke of a character."""
SAME_SIZE = 0.3
"""Boxes whose heights differ by less are of one size: short lines vary by .25, and 二号 to 三号 is .37."""
SHORTEST_MEASURED = 5
"""A line of fewer characters is too short to measure their width by."""
BOX_TO_SIZE = 0.75
"""A box is this much higher than its characters: the detector adds a margin."""

# A mark beside an ideograph is printed full-width, whatever the model makes of it: (二） → （二）
_HALF_WIDTH = re.compile(r"(?<=[一-鿿])[,;:?!()]|[,;:?!()](?=[一-鿿])")
_FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")


@dataclass(frozen=True, slots=True)
class _Seen:
    """The lines of a picture as read: ``score`` is their mean certainty."""

    boxes: tuple[Box, ...]
    texts: tuple[str, ...]
    score: float


def is_installed() -> bool:
    """True where the extra ``ocr`` is."""
    return find_spec("rapidocr") is not None and find_spec("cv2") is not None


def refuse_scans(scans: Sequence[int], name: str) -> None:
    """Raise SourceError where there are pages (from 0) to be read as pictures and no means to."""
    if len(scans) > MOST_SCANS:
        raise SourceError(
            f"{name}: {len(scans)} pages are pictures; {MOST_SCANS} can be read. Split the file."
        )
    if scans and not is_installed():
        numbers = ", ".join(str(number + 1) for number in scans[:20]) + (", …" if len(scans) > 20 else "")
        raise SourceError(
            f"{name}: {len(scans)} pages have no readable text and must be read as pictures ({numbers}). "
            "Install OCR: pip install 'tiaowen[ocr]'."
        )


def read_picture(picture: Picture, number: int, points: float) -> Page:
    """Read a page from its picture; ``points`` is the size of a pixel."""
    seen, turned = _upright(picture)
    height, width = turned.shape
    rules = tuple(_scaled(rule, points) for rule in _rules(turned, points))
    boxes = [_scaled(box, points) for box in seen.boxes]
    texts = [_printed(text) for text in seen.texts]
    pieces = [
        part
        for box, text, size in zip(boxes, texts, _sizes(boxes, texts), strict=True)
        for part in _pieces(text, box, size, rules)
    ]
    ordered = tuple(replace(piece, order=order) for order, piece in enumerate(pieces))
    return Page(number, width * points, height * points, ordered, rules)


def _printed(text: str) -> str:
    return _HALF_WIDTH.sub(lambda mark: mark.group().translate(_FULL_WIDTH), unified(text))


@cache
def _engine() -> RapidOCR:
    import rapidocr  # noqa: PLC0415 - an extra; it takes a second to load

    models = Path(rapidocr.__file__).parent / "models"
    files = {
        f"{part.capitalize()}.model_path": str(next(models.glob(f"*_{part}_*.onnx")))
        for part in ("det", "rec")
    }
    params = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.max_side_len": LONGEST_SIDE,
        "Det.limit_type": "max",
        "Det.limit_side_len": DETECTED_SIDE,
        "Rec.rec_batch_num": 1,  # lines of a batch are padded to the longest
        "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return rapidocr.RapidOCR(params={**params, **files})


def _upright(picture: Picture) -> tuple[_Seen, Picture]:
    """What is read, and the picture as it lies right."""
    seen = _see(picture)
    if not seen.texts or (seen.score >= LEAST_SCORE and not _on_side(seen)):
        return seen, picture
    turns = (1, 3) if _on_side(seen) else (2,)
    tried = [(_see(turned), turned) for turned in (np.rot90(picture, turn) for turn in turns)]
    return max([(seen, picture), *tried], key=lambda found: (not _on_side(found[0]), found[0].score))


def _see(picture: Picture) -> _Seen:
    found: Any = _engine()(np.ascontiguousarray(picture))
    if not found.txts:
        return _Seen((), (), 0.0)
    boxes = tuple(
        Box(*map(float, (*quad.min(axis=0), *quad.max(axis=0)))) for quad in np.asarray(found.boxes)
    )
    return _Seen(boxes, tuple(found.txts), float(np.mean(found.scores)))


def _on_side(seen: _Seen) -> bool:
    """True where lines run from top to bottom."""
    upright = sum(box.upright for box, text in zip(seen.boxes, seen.texts, strict=True) if len(text) > 1)
    return 2 * upright > len(seen.boxes)


def _rules(picture: Picture, points: float) -> Iterator[Box]:
    """Dark straight lines longer than any stroke, in pixels."""
    import cv2  # noqa: PLC0415 - an extra

    dark = (picture < 160).astype(np.uint8)
    shortest = round(LONGEST_STROKE * 72 / 200 / points)
    for shape in ((shortest, 1), (1, shortest)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for left, top, wide, high, _ in stats[1:].tolist():
            if min(wide, high) * points <= 4:
                yield Box(left, top, left + wide, top + high)


def _scaled(box: Box, points: float) -> Box:
    return Box(box.left * points, box.top * points, box.right * points, box.bottom * points)


def _pieces(text: str, box: Box, size: float, rules: Sequence[Box]) -> Iterator[Piece]:
    """A line as one piece, or as several where upright rules part its box."""
    middle = (box.top + box.bottom) / 2
    cuts = sorted(
        rule.left
        for rule in rules
        if rule.upright and rule.top < middle < rule.bottom and box.left + size < rule.left < box.right - size
    )
    start, left = 0, box.left
    for cut in [*cuts, box.right]:
        end = _characters_before(text, (cut - box.left) / (box.right - box.left))
        words = text[start:end].strip()
        if words:
            # a baseline from the middle: an ideograph stands .88 above it and .12 below
            top = middle - size / 2
            yield Piece(words, left, cut, top, top + size, top + 0.88 * size, size, 0)
        start, left = end, cut


def _width(text: str) -> float:
    """The text's width in ideographs."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def _characters_before(text: str, share: float) -> int:
    """How many characters stand in that share of a line's width."""
    total, so_far = _width(text), 0.0
    for count, character in enumerate(text):
        if so_far + _width(character) / 2 > share * total:
            return count
        so_far += _width(character)
    return len(text)


def _sizes(boxes: Sequence[Box], texts: Sequence[str]) -> list[float]:
    """The size of each line's characters: told by its box's height, measured by the width of long lines."""
    heights = [box.bottom - box.top for box in boxes]
    measured = [
        (box.right - box.left) / _width(text)
        for box, text in zip(boxes, texts, strict=True)
        if len(text) >= SHORTEST_MEASURED
    ]
    if not measured:
        return [height * BOX_TO_SIZE for height in heights]
    usual, usual_height = median(measured), median(heights)
    return [
        usual if abs(height - usual_height) <= SAME_SIZE * usual_height else usual * height / usual_height
        for height in heights
    ]
