"""What is measured alike on pages of PDF and OFD: when one is read as a picture, what strikes words out.

Left out: reading it (`ocr`).
"""

from __future__ import annotations

from typing import Final

FEWEST_CHARACTERS: Final = 30
"""A page with fewer and a picture over most of it is a scan: a stamp or number may stand on one as text."""
FEWEST_OUTLINES: Final = 400
"""Segments beyond those of rules on a page from which its characters are outlines: a page of 176 characters
drawn so has 12,000, one of ruled tables none."""
PICTURE_SHARE: Final = 0.5
"""Part of a page that pictures cover from which it may be a scan; emblems and seals cover less than .1."""
DPI: Final = 200
"""The resolution at which a page is read as a picture."""
MOST_PIXELS: Final = 12_000_000
"""A page of more is read at a lower resolution; A3 at 200 dpi has 7.7 million (23 MB)."""
CORNERS: Final = 8
"""Segments of a path that may be a rule, a frame or a double frame."""
THROUGH: Final = (0.18, 0.6)
"""Where a line through a character runs, in characters above its baseline: .25 to .4 in Word, LibreOffice and
browsers; an underline stands below it, a table's rules stand between the lines."""
