"""An OFD page that holds no words → its picture: images where they stand, outlines filled and drawn.

For OCR alone: grey, without transparency, patterns and clipping.  Left out: composite objects, JBIG2.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from index.errors import SourceError
from index.reading.ofd_parts import joined, numbers
from index.reading.pdf.measures import DPI, MOST_PIXELS
from index.reading.pdf.ocr import Picture
from index.reading.xml import Element, local, parse_xml
from index.reading.zip_package import Package

Matrix = npt.NDArray[np.float64]
MOST_IMAGE_PIXELS: Final = 100_000_000
"""Of one image: A3 at 600 dpi has 70 million; 100 MB of grey."""
CURVE: Final = 8
"""Straight pieces that stand for a curve; an outline's curve is some pixels long."""
THIN: Final = 0.353
"""Millimetres of a line that states no width (GB/T 33190, table 33)."""
# M 10 20, B 1 2 3 4 5 6, C: a letter of GB/T 33190, table 35, with its numbers
_STEP: Final = re.compile(r"([SMLQBAC])([^SMLQBAC]*)")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page's picture, grey, (height, width); a pixel is ``points`` wide."""

    picture: Picture
    points: float


def images_of(package: Package, document: Element, folder: str) -> dict[str, str]:
    """The parts of the container that hold images, by the number that a page names them with."""
    found: dict[str, str] = {}
    for node in document.iter():
        if local(node) in ("DocumentRes", "PublicRes"):
            place = joined(folder, (node.text or "").strip())
            if place in package:
                found |= _images_in(package, place)
    return found


def _images_in(package: Package, place: str) -> dict[str, str]:
    root = parse_xml(package.read(place), place, package.name)
    base = joined(posixpath.dirname(place), root.get("BaseLoc", ""))
    return {
        media.get("ID", ""): joined(base, "".join((n.text or "").strip() for n in media.iter("{*}MediaFile")))
        for media in root.iter()
        if local(media) == "MultiMedia"
    }


def draw(page: Element, size: tuple[float, float], images: dict[str, str], package: Package) -> Drawn:
    """The page as it is printed; raises SourceError for an image that cannot be read."""
    width, height = size
    scale = min(DPI / 25.4, math.sqrt(MOST_PIXELS / (width * height)))
    picture = np.full((math.ceil(height * scale), math.ceil(width * scale)), 255, np.uint8)
    for node in page.iter():
        if node.get("Visible") == "false":
            continue
        place = _place(node, scale)
        if local(node) == "ImageObject":
            part = images.get(node.get("ResourceID", ""), "")
            if part in package:
                _paste(picture, _image(package.read(part), f"{package.name}: {part}"), place)
        elif local(node) == "PathObject":
            _outline(picture, node, place, scale)
    return Drawn(picture, 72 / 25.4 / scale)


def _place(node: Element, scale: float) -> Matrix:
    """What turns the object's own coordinates into pixels, (2, 3)."""
    box, said = numbers(node.get("Boundary", "")), numbers(node.get("CTM", ""))
    left, top = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    if len(said) != 6:
        wide, high = (box[2], box[3]) if len(box) == 4 and local(node) == "ImageObject" else (1.0, 1.0)
        said = [wide, 0, 0, high, 0, 0]
    a, b, c, d, e, f = said
    return scale * np.array([[a, c, e + left], [b, d, f + top]])


def _image(data: bytes, place: str) -> Picture:
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MOST_IMAGE_PIXELS:
                raise SourceError(f"{place}: has {image.width} x {image.height} pixels. Save it smaller.")
            flat = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
            return np.asarray(flat.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise SourceError(f"{place}: is a picture that cannot be read. Save the document as PDF.") from error


def _paste(picture: Picture, image: Picture, place: Matrix) -> None:
    """Put an image, which fills the unit square of its own coordinates, on the page; dark covers light."""
    height, width = image.shape
    matrix = place @ np.diag([1 / width, 1 / height, 1.0])
    size = (picture.shape[1], picture.shape[0])
    laid = cv2.warpAffine(
        image, matrix, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    np.minimum(picture, laid, out=picture)


def _outline(picture: Picture, node: Element, place: Matrix, scale: float) -> None:
    steps = "".join(child.text or "" for child in node if local(child) == "AbbreviatedData")
    curves = [curve @ place[:, :2].T + place[:, 2] for curve in _curves(steps)]
    drawn = [np.rint(curve).astype(np.int32) for curve in curves if len(curve) > 1]
    if not drawn:
        return
    if node.get("Fill", "false") == "true":
        cv2.fillPoly(picture, drawn, _grey(node, "FillColor"))
    if node.get("Stroke", "true") != "false":
        said = numbers(node.get("LineWidth", ""))
        cv2.polylines(
            picture, drawn, False, _grey(node, "StrokeColor"), max(1, round((said or [THIN])[0] * scale))
        )


def _grey(node: Element, name: str) -> int:
    """The grey of a colour by its numbers, black where it says none."""
    said = next((numbers(child.get("Value", "")) for child in node if local(child) == name), [])
    return round(min(255.0, sum(said) / len(said))) if len(said) in (1, 3) else 0


def _curves(steps: str) -> Iterator[Any]:
    """The points of each closed or open stretch, (n, 2)."""
    points: list[tuple[float, float]] = []
    for letter, words in _STEP.findall(steps):
        said = numbers(words)
        pairs = list(zip(said[::2], said[1::2], strict=False))
        if letter in "SM" and pairs:
            if points:
                yield np.array(points)
            points = pairs[:1]
        elif letter == "C" and points:
            points.append(points[0])
        elif letter == "A" and len(said) == 7:
            points.append((said[5], said[6]))
        elif letter in "LQB" and pairs and points:
            points += _bent([points[-1], *pairs]) if letter != "L" else pairs
    if points:
        yield np.array(points)


def _bent(held: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points on a Bézier curve of these, by de Casteljau's scheme."""
    found = []
    for part in range(1, CURVE + 1):
        share, line = part / CURVE, np.array(held)
        while len(line) > 1:
            line = line[:-1] * (1 - share) + line[1:] * share
        found.append((float(line[0, 0]), float(line[0, 1])))
    return found
