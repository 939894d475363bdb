"""Barriers: strokes and pictures over which no column goes on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from newsletter_extract.document import BBox, Word
from newsletter_extract.layout.gutters import extent_of

_SHARE = 0.9
"""A stroke over this share of the width parts what is above from what is below."""
_PICTURE_PT, _PICTURE_SHARE = 10.0, 0.5
_APART_EM, _ROW_EM = 5.0, 1.3
"""A stroke nearer than this below another, and farther than its edges are, rules a table's row."""


def walls_of(strokes: Sequence[BBox]) -> list[BBox]:
    """The upright ones of strokes."""
    return [box for box in strokes if box.height > box.width]


def barriers_of(strokes: Sequence[BBox], words: Sequence[Word]) -> list[float]:
    """Heights at which nothing goes on, in points: of horizontal strokes over the whole width of the words.

    So does a picture, which is higher than a stroke, where no word stands beside it and it takes half of the width.
    """
    left, right = extent_of(words)
    found = []
    for stroke in strokes:
        share = (min(stroke.x1, right) - max(stroke.x0, left)) / (right - left)
        if share >= _SHARE or (share >= _PICTURE_SHARE and _is_lone_picture(stroke, words)):
            found.append((stroke.top + stroke.bottom) / 2)
    return found


def _is_lone_picture(stroke: BBox, words: Sequence[Word]) -> bool:
    """Whether a box is too high for a stroke and has no words beside it."""
    return stroke.height >= _PICTURE_PT and not any(
        word.bbox.top < stroke.bottom and word.bbox.bottom > stroke.top for word in words
    )


def first_of_series(barriers: Sequence[float], size: float) -> list[float]:
    """The barriers without those close below another, as the rules of a table's rows are."""
    ordered = sorted(barriers)

    def is_first(y: float) -> bool:
        above = bisect_right(ordered, y - _APART_EM * size)
        return above == len(ordered) or ordered[above] >= y - _ROW_EM * size

    return [y for y in barriers if is_first(y)]
