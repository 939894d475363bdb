"""Accents over the letters of names that an engine passed over, as the ink shows them.

An engine that was trained on English reads Liepāja as Liepaja. Which accent it was the ink of a scan does not tell, but
that there is one it does: repair puts a name right where the gazetteer has the letters that bear them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from newsletter_extract.document import BBox, Word

_NAME = re.compile(r"[^\w]*(?P<name>[A-Z][A-Za-z]{2,})[^\w]*")
"""Names alone are looked at; a word that was read with an accent has been looked at by the engine."""
_LARGER = 3
"""Times that a word is enlarged: at 200 points an inch a dot has three pixels."""
_OVER, _UNDER = 0.35, 0.25
"""What is looked at over and under a word, as shares of its height."""
_STEPS = (0.35, 0.5, 0.65)
"""From ink to paper, where a dot parts from its letter; the step that shows most marks is taken."""
_DARK, _LIGHT = 3, 90
"""Percentiles of ink and paper in a word's picture."""
_BODY = 0.32
"""Letters have at least this share of the height of the word."""
_MARK_HEIGHT, _MARK_WIDTH, _LEAST_AREA = 0.5, 0.9, 0.004
_TOP, _BOTTOM = (0.83, 1.45), 0.68
"""A mark's top and lower edge over the feet of the letters. All are shares of the highest letter's height."""
_HANGS, _LEAST_HANG = 0.1, 0.08
"""From where ink hangs under the line, and how far."""
_OVER_CAPITAL = 1.12
"""The top of a mark that stands over a capital; the end of a broken stroke is lower."""
_NARROW, _WIDE = "fijlrtI.,:;'’‘()-", "mwMW"
_WIDTHS = (0.5, 1.5, 1.3)
"""Widths of narrow and wide letters and of capitals, in those of others."""
_DOTTED, _HANGING = "ij", "gjpqyQJ"
"""Letters that have ink of their own over and under them."""


def with_accents(grey: Any, words: Sequence[Word]) -> list[Word]:
    """The words, names among them with the letters that bear a mark which was not read; boxes are in pixels."""
    return [replace(word, accents=found) if (found := _unread(grey, word)) else word for word in words]


def _unread(grey: Any, word: Word) -> tuple[int, ...]:
    """The letters of a name, by their place in the text, that the ink shows a mark over and the text does not."""
    name = _NAME.fullmatch(word.text)
    if name is None:
        return ()
    middles = _middles(word.text)
    over, under = _marks(grey, word.bbox, middles)
    unread = _beside(over, middles, word.text, _DOTTED) | _beside(under, middles, word.text, _HANGING)
    return tuple(sorted(unread & set(range(*name.span("name")))))


def _beside(marks: Sequence[float], middles: Sequence[float], text: str, bearers: str) -> set[int]:
    """The letters that marks stand at, but for those with such a mark of their own, or next to one that lacks it."""
    nearest = {min(range(len(middles)), key=lambda k: abs(middles[k] - x)) for x in marks}
    own = {k for k, letter in enumerate(text) if letter in bearers}
    missing = own - nearest
    return {k for k in nearest - own if not missing & {k - 1, k + 1}}


def _middles(text: str) -> list[float]:
    """Where the middle of each letter is likely to stand, as a share of the width."""
    narrow, wide, capital = _WIDTHS
    widths = [narrow if c in _NARROW else wide if c in _WIDE else capital if c.isupper() else 1.0 for c in text]
    total, left, middles = sum(widths), 0.0, []
    for width in widths:
        middles.append((left + width / 2) / total)
        left += width
    return middles


def _marks(grey: Any, box: BBox, middles: Sequence[float]) -> tuple[list[float], list[float]]:
    """Where marks stand over and under the letters of a word, as shares of its width."""
    import cv2
    import numpy as np

    x0, top = max(0, int(box.x0) - 2), max(0, int(box.top - _OVER * box.height))
    crop = grey[top : int(box.bottom + _UNDER * box.height), x0 : int(box.x1) + 3]
    if min(crop.shape, default=0) < 3:
        return [], []
    large = cv2.resize(crop, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    dark, light = np.percentile(large, (_DARK, _LIGHT))
    capital = (middles[0] + middles[1]) / 2
    over: list[float] = []
    under: list[float] = []
    for step in _STEPS:
        ink = (large <= dark + step * (light - dark)).astype(np.uint8)
        shares = [
            ((middle / _LARGER - (box.x0 - x0)) / box.width, height)
            for middle, height in _off_letters(ink, _LARGER * box.height)
        ]
        inside = [(x, height) for x, height in shares if 0 <= x <= 1]
        over = max(over, [x for x, top in inside if top > 0 and (x > capital or top > _OVER_CAPITAL)], key=len)
        under = max(under, [x for x, top in inside if top < 0], key=len)
    return over, under


def _off_letters(ink: Any, word_height: float) -> list[tuple[float, float]]:
    """Small ink over and under the letters: its middle in pixels, and its top over the line as a share of the highest
    letter's height, which is negative for what hangs from a letter."""
    import cv2
    import numpy as np

    boxes = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:].astype(float)
    whole = boxes[boxes[:, 1] > 0]
    letters = whole[whole[:, 3] >= _BODY * word_height]
    if not len(letters):
        return []
    feet = float(np.median(letters[:, 1] + letters[:, 3]))
    tall = feet - float(letters[:, 1].min())
    found = [
        (x + width / 2, (feet - y) / tall)
        for x, y, width, height, area in whole
        if _is_over((feet - y) / tall, width / tall, height / tall, area / tall**2)
    ]
    return found + _under_letters(ink, round(feet + _HANGS * tall), tall)


def _is_over(top: float, width: float, height: float, area: float) -> bool:
    """Whether ink is a mark over letters, in shares of the highest letter's height."""
    low, high = _TOP
    small = height < _MARK_HEIGHT and width < _MARK_WIDTH and area >= _LEAST_AREA
    return small and low <= top < high and top - height >= _BOTTOM


def _under_letters(ink: Any, line: int, tall: float) -> list[tuple[float, float]]:
    """Where ink hangs from letters under a line; what touches the lower edge belongs to the text below."""
    import cv2

    rest = ink[line:]
    if not len(rest):
        return []
    boxes = cv2.connectedComponentsWithStats(rest, connectivity=8)[2][1:].astype(float)
    return [
        (x + width / 2, -_HANGS)
        for x, y, width, height, _ in boxes
        if y == 0 and _LEAST_HANG * tall <= height < len(rest) and width < _MARK_WIDTH * tall
    ]
