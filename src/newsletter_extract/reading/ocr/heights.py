"""Tops and bottoms of words from their ink: on noisy scans an engine's boxes are off by up to a third of a line.

What layout tells by the distance of lines, as where a paragraph ends, needs them nearer. The rows of a line's small
letters are the darkest; what reaches over and under them follows from the letters that were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from newsletter_extract.document import BBox, Word
from newsletter_extract.reading.ocr.lines import Line, split_lines

_AROUND = 0.5
"""Rows over and under the boxes that are looked at, in their usual height."""
_FULL = 0.35
"""Rows with this share of the ink of the fullest one are those of small letters; stems alone leave less."""
_BREAK = 0.15
"""Emptier rows between them, in the same."""
_LETTERS = 5
"""Lines of fewer letters tell nothing."""
_SMALL, _SMALL_SHARE = frozenset("acemnorsuvwxz"), 0.3
"""Where such letters are fewer, capitals and digits make the full rows."""
_BAND, _CAPITALS = (0.3, 0.9), (0.5, 1.2)
"""Heights of the full rows that are believed, of small letters and of capitals, in the usual height of the boxes."""
_HANGING = frozenset("gjpqyQ,;()[]{}|$@")
_UP, _DOWN = 0.42, 0.3
"""How far letters reach over and under small ones, in the height of an x; as in Arial and in Times."""
_CORE = 5
"""Percentile of grey that is the core of strokes; ink is what is nearer to that than to white."""


def with_ink_heights(grey: Any, words: Sequence[Word]) -> list[Word]:
    """The words of an image with white paper, with boxes in its pixels, as high as their lines are."""
    return [word for line in split_lines(words) for word in _fitted(grey, line)]


def _fitted(grey: Any, line: Line) -> Sequence[Word]:
    letters = [letter for word in line for letter in word.text if letter.isalnum()]
    if len(letters) < _LETTERS:
        return line
    usual = sorted(word.bbox.height for word in line)[len(line) // 2]
    band = _full_rows(grey, line, usual)
    small = sum(letter in _SMALL for letter in letters) >= _SMALL_SHARE * len(letters)
    low, high = _BAND if small else _CAPITALS
    if band is None or not low * usual <= band[1] - band[0] <= high * usual:
        return line
    return [_set(word, *band, small=small) for word in line]


def _set(word: Word, top: float, bottom: float, *, small: bool) -> Word:
    """The word on a line whose full rows are those from `top` to `bottom`."""
    x_height = bottom - top if small else (bottom - top) / (1 + _UP)
    letters = [letter for letter in word.text if letter.isalnum()]
    if not letters:
        return word
    if small and any(letter not in _SMALL and letter not in "gpqy" for letter in letters):
        top -= _UP * x_height
    if any(letter in _HANGING for letter in word.text):
        bottom += _DOWN * x_height
    return replace(word, bbox=BBox(word.bbox.x0, top, word.bbox.x1, bottom))


def _full_rows(grey: Any, line: Line, usual: float) -> tuple[float, float] | None:
    """The rows with most ink among those that the boxes of a line share."""
    import numpy as np

    top = max(0, int(min(word.bbox.top for word in line) - _AROUND * usual))
    bottom = int(max(word.bbox.bottom for word in line) + _AROUND * usual)
    spans = [grey[top:bottom, max(0, int(word.bbox.x0)) : int(word.bbox.x1)] for word in line]
    pixels = np.concatenate([span for span in spans if span.size], axis=1)
    ink = np.count_nonzero(pixels < (float(np.percentile(pixels, _CORE)) + 255) / 2, axis=1)
    middle = sum((word.bbox.top + word.bbox.bottom) / 2 for word in line) / len(line) - top
    if not np.any(ink):
        return None
    runs: list[list[int]] = []
    near = ink[max(0, int(middle - usual / 2)) : int(middle + usual / 2) + 1]
    for row in np.flatnonzero(ink >= _FULL * near.max()):
        if runs and row - runs[-1][1] <= _BREAK * usual:
            runs[-1][1] = int(row) + 1
        else:
            runs.append([int(row), int(row) + 1])
    if not runs:
        return None
    start, end = min(runs, key=lambda run: abs((run[0] + run[1]) / 2 - middle))
    return float(top + start), float(top + end)
