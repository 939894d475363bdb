"""Words that an engine made of strokes of a drawing: their ink goes on over and under the line, or into a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from newsletter_extract import lexicon
from newsletter_extract.document import BBox, Word
from newsletter_extract.reading.ocr.components import components

_UNSURE = 0.9
"""Words read with more confidence are text, whatever is drawn beside them."""
_FEW = 2
"""Except for words of so few signs, which a stroke may be the very picture of."""
_SURE = 0.7
"""So sure has a known word to be beside which another is text."""
_LONG = 4
"""Letters of a known word where it was read less surely: three that mean nothing stand in a list of names by chance."""
_NEAR = 1.0
"""At the edge of a picture is what stands so many heights of small letters from it: strokes that were left of it."""
_BEYOND = 1.5
"""Strokes of a drawing reach so many letter heights over or under a word."""
_DRAWN = 0.5
"""In a drawing more than this share of a word's ink is of such strokes."""
_CORE, _PAPER = 1, 80
"""Percentiles of grey that are the core of strokes, and paper; ink is what is nearer to the first."""
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def without_drawn(grey: Any, without_pictures: Any, words: Sequence[Word], x_px: float) -> list[Word]:
    """The words of an image without those that are pieces of a drawing.

    `without_pictures` is the image with pictures painted over, as it was read; `x_px` is the usual height of small
    letters. A word in which a known one is found is kept, and so is one that stands beside such: letters may touch a
    stroke. One or two signs are looked at however sure the engine was.
    """
    known = [word for word in words if (word.confidence or 0.0) >= _SURE and _is_known(word)]
    return [
        word
        for word in words
        if ((word.confidence or 0.0) >= _UNSURE and sum(map(str.isalnum, word.text)) > _FEW)
        or _is_known(word)
        or any(_stands_beside(word, other) for other in known)
        or not _is_drawn(grey, without_pictures, word, x_px)
    ]


def _is_known(word: Word) -> bool:
    least = _LONG if (word.confidence or 0.0) < _SURE else 0
    return any(len(part) >= least and lexicon.is_known(part) for part in _LETTERS.findall(word.text))


def _stands_beside(word: Word, other: Word) -> bool:
    """Whether both stand on one line, with no more than a wide space between them."""
    high = max(word.bbox.height, other.bbox.height)
    apart = max(word.bbox.x0 - other.bbox.x1, other.bbox.x0 - word.bbox.x1)
    middle = (word.bbox.top + word.bbox.bottom) / 2
    return apart < high and other.bbox.top < middle < other.bbox.bottom


def _is_drawn(grey: Any, without_pictures: Any, word: Word, x_px: float) -> bool:
    """Whether a word stands at a picture's edge, or most of its ink is of strokes that reach far over or under it."""
    near, far = _window(grey, word.bbox, _NEAR * x_px), _window(grey, word.bbox, _BEYOND * x_px)
    if grey is not without_pictures and (grey[near] != without_pictures[near]).any():
        return True
    return _reaches(grey[far], word.bbox, far)


def _window(grey: Any, box: BBox, around: float) -> tuple[slice, slice]:
    """The rows and columns of an image in a box with so many pixels around it."""
    height, width = grey.shape
    rows = slice(max(0, round(box.top - around)), min(height, round(box.bottom + around)))
    return rows, slice(max(0, round(box.x0 - around)), min(width, round(box.x1 + around)))


def _reaches(pixels: Any, box: BBox, window: tuple[slice, slice]) -> bool:
    """Whether most ink of a word in the middle of these pixels is of strokes that go on to the first or last row."""
    import numpy as np

    if not pixels.size:
        return False
    middle = (float(np.percentile(pixels, _CORE)) + float(np.percentile(pixels, _PAPER))) / 2
    labels, stats = components((pixels < middle).astype(np.uint8))
    far = (stats[:, 1] == 0) | (stats[:, 1] + stats[:, 3] == pixels.shape[0])
    rows, columns = window
    inside = labels[
        max(0, round(box.top) - rows.start) : max(0, round(box.bottom) - rows.start),
        max(0, round(box.x0) - columns.start) : max(0, round(box.x1) - columns.start),
    ]
    inside = inside[inside > 0]
    return bool(inside.size) and int(np.count_nonzero(far[inside])) > _DRAWN * inside.size
