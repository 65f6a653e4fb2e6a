"""The ruling lines of a PDF page: what its tables are drawn with.

A line may be a stroke, a thin filled bar, or a side of a stroked rectangle.  Filled areas are
backgrounds and no lines; slanted and curved strokes are left out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from index.reading.pdf.page import Box
from index.reading.pdf.page_frame import Frame

THICKEST = 3.0
"""Points: tables are ruled with .25 to 2.25, and a bar as thick as this is already a heading's."""
SHORTEST = 6.0
"""Points: no cell is smaller than a character; dashes and ticks are."""
MOST_SEGMENTS = 400
"""A path of more segments is a drawing, a map or a seal."""
MOST_RULES = 6000
"""A page of more rules is a drawing: a page full of table has about a thousand."""


def read_rules(page: pypdfium2.PdfPage, frame: Frame) -> tuple[Box, ...]:
    """The upright and level lines of a page as it is held."""
    rules: list[Box] = []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        rules += _lines(drawn, frame)
        if len(rules) > MOST_RULES:
            return ()
    return tuple(rules)


def _lines(drawn: pypdfium2.PdfObject, frame: Frame) -> Iterator[Box]:
    outer = _outer_matrix(drawn)
    box = frame.box(*outer.on_rect(*drawn.get_bounds()))
    wide, high = box.right - box.left, box.bottom - box.top
    if min(wide, high) <= THICKEST:
        if max(wide, high) >= SHORTEST:
            yield box
    elif _is_stroked(drawn):
        matrix = drawn.get_matrix().multiply(outer)
        for (x, y), (u, v) in pairwise(matrix.on_point(*corner) for corner in _corners(drawn)):
            across, along = sorted((abs(x - u), abs(y - v)))
            if across <= 1 and along >= SHORTEST:
                yield frame.box(x, y, u, v)


def _outer_matrix(drawn: pypdfium2.PdfObject) -> pypdfium2.PdfMatrix:
    """From the forms that an object stands in to the page."""
    matrix, form = pypdfium2.PdfMatrix(), drawn.container
    while form is not None:
        matrix, form = matrix.multiply(form.get_matrix()), form.container
    return matrix


def _is_stroked(drawn: pypdfium2.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, fill, stroke)
    return bool(stroke.value)


def _corners(drawn: pypdfium2.PdfObject) -> Sequence[tuple[float, float]]:
    """The corners of a path of straight lines, its first again where it closes; nothing for others."""
    count = raw.FPDFPath_CountSegments(drawn)
    corners: list[tuple[float, float]] = []
    if not 0 < count <= MOST_SEGMENTS:
        return corners
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, number)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO:
            return []
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        corners.append((x.value, y.value))
    return [*corners, corners[0]] if raw.FPDFPathSegment_GetClose(segment) else corners
