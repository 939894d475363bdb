"""A second look at ink that the engine passed over or could not make out, as the short numbers in a table's column.

The pieces are set under one another on a page of their own, and the engine reads that once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from newsletter_extract.document import BBox, Word

_DOUBTFUL = 0.4
"""Words of less confidence are looked at again, and kept where the second look is no surer."""
_LIKELIER = 0.6
_BELIEVED = 0.85
_MAX_PIECES = 120
_MIN_PIECES = 1
_LETTER_PX = (7, 60)
_LINE_PX = 44
"""Height to which a piece's line is scaled; Tesseract reads capitals of 20 to 40 pixels best (its own advice)."""
_PAD = 0.5
_BESIDE = 0.4
"""Ink this near a word, in its heights, is an edge of the word that its box left out."""

Recognise = Callable[[Any], list[Word]]


def look_again(grey: Any, words: Sequence[Word], recognise: Recognise) -> list[Word]:
    """The words of a page with those found on a second look. Boxes are in pixels; `recognise` reads an image."""
    sure = [w for w in words if (w.confidence or 0.0) >= _DOUBTFUL]
    doubtful = [w for w in words if (w.confidence or 0.0) < _DOUBTFUL]
    pieces = _pieces(grey, sure)
    if not _MIN_PIECES <= len(pieces) <= _MAX_PIECES:
        return list(words)
    sheet, places = _sheet(grey, pieces)
    found = [moved for word in recognise(sheet) if (moved := _moved(word, places)) is not None]
    found = [w for w in found if _is_believed(w, doubtful)]
    kept = [w for w in doubtful if not any(_overlap(w.bbox, f.bbox) for f in found)]
    return [*sure, *kept, *found]


def _is_believed(word: Word, doubtful: Sequence[Word]) -> bool:
    """A number or a word read surely; where the first look saw something there, it may be less sure."""
    if not any(c.isalnum() for c in word.text):
        return False
    if any(_overlap(word.bbox, other.bbox) for other in doubtful):
        return (word.confidence or 0.0) >= _LIKELIER
    is_speck = len(word.text) == 1 and not word.text.isdigit()
    return (word.confidence or 0.0) >= _BELIEVED and not is_speck


def _pieces(grey: Any, words: Sequence[Word]) -> list[BBox]:
    """Boxes of letters side by side that no word covers."""
    import cv2
    import numpy as np

    ink = cv2.adaptiveThreshold(
        cv2.GaussianBlur(grey, (3, 3), 0), 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 16
    )
    for word in words:
        x0, top, x1, bottom = (int(edge) for edge in word.bbox)
        side = int(_BESIDE * word.bbox.height) + 2
        ink[max(0, top - 2) : bottom + 3, max(0, x0 - side) : x1 + side] = 0
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    low, high = _LETTER_PX
    heights = np.array([w.bbox.height for w in words])
    usual = float(np.median(heights)) if len(heights) else 20.0
    boxes = [
        BBox(float(x), float(y), float(x + w), float(y + h))
        for x, y, w, h, area in stats
        if low <= h <= high and 0.5 * usual <= h <= 1.8 * usual and w <= 3 * h and area >= 0.12 * w * h and w >= 2
    ]
    return _joined(boxes)


def _joined(boxes: Sequence[BBox]) -> list[BBox]:
    """Letters on one line with less than a letter's height between them, made one box."""
    joined: list[BBox] = []
    for box in sorted(boxes, key=lambda b: (round(b.bottom / 6), b.x0)):
        last = joined[-1] if joined else None
        if last and abs(last.bottom - box.bottom) < 0.5 * box.height and 0 <= box.x0 - last.x1 < 0.8 * box.height:
            joined[-1] = BBox(last.x0, min(last.top, box.top), box.x1, max(last.bottom, box.bottom))
        else:
            joined.append(box)
    return joined


Place = tuple[int, int, float, BBox]
"""Top and bottom on the sheet, scale, and the piece's padded box on the page."""


def _sheet(grey: Any, pieces: Sequence[BBox]) -> tuple[Any, list[Place]]:
    import cv2
    import numpy as np

    crops, places, y = [], [], 30
    for box in pieces:
        pad = _PAD * box.height
        x0, top = max(0, int(box.x0 - pad)), max(0, int(box.top - pad))
        x1, bottom = min(grey.shape[1], int(box.x1 + pad)), min(grey.shape[0], int(box.bottom + pad))
        scale = _LINE_PX / (bottom - top)
        crop = cv2.resize(grey[top:bottom, x0:x1], None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        crops.append((y, crop))
        places.append((y, y + crop.shape[0], scale, BBox(x0, top, x1, bottom)))
        y += crop.shape[0] + 24
    paper = int(np.percentile(grey[::4, ::4], 90))
    sheet = np.full((y + 10, max(crop.shape[1] for _, crop in crops) + 200), paper, np.uint8)
    for y, crop in crops:
        sheet[y : y + crop.shape[0], 100 : 100 + crop.shape[1]] = crop
    return sheet, places


def _moved(word: Word, places: Sequence[Place]) -> Word | None:
    """A word of the sheet on its place on the page."""
    middle = (word.bbox.top + word.bbox.bottom) / 2
    for top, bottom, scale, box in places:
        if top <= middle <= bottom:
            x0, x1 = ((edge - 100) / scale + box.x0 for edge in (word.bbox.x0, word.bbox.x1))
            y0, y1 = ((edge - top) / scale + box.top for edge in (word.bbox.top, word.bbox.bottom))
            return Word(
                word.text,
                BBox(max(x0, box.x0), max(y0, box.top), min(x1, box.x1), min(y1, box.bottom)),
                word.confidence,
            )
    return None


def _overlap(first: BBox, second: BBox) -> bool:
    return first.x0 < second.x1 and second.x0 < first.x1 and first.top < second.bottom and second.top < first.bottom
