"""Accents over the letters of names that an engine passed over, as the ink shows them.

An engine that was trained on English reads Liepāja as Liepaja. Which accent it was the ink of a scan does not tell, but
that there is one it does: repair puts a name right where the gazetteer has the letters that bear them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from newsletter_extract.document import BBox, Word
from newsletter_extract.gazetteer import Gazetteer, fold, load_gazetteer
from newsletter_extract.reading.ocr.components import parts

_NAME = re.compile(r"[^\w]*(?P<name>[A-Z][A-Za-z]{2,})[^\w]*")
"""Names alone are looked at; a word that was read with an accent has been looked at by the engine."""
_ROUND = ".,;:!?()[]\"'‘’“”"
"""Marks that stand round words."""
_LARGER = 3
"""Times that a word is enlarged: at 200 points an inch a dot has three pixels."""
_OVER, _UNDER = 0.35, 0.25
"""What is looked at over and under a word, as shares of its height."""
_STEPS = (0.5, 0.35, 0.65)
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
_DOT = 0.35
"""Width and height of the largest dot of an i together; most acutes and bars in its place have more."""
_OVER_CAPITAL = 1.12
"""The top of a mark that stands over a capital; the end of a broken stroke is lower."""
_NARROW, _WIDE = "fijlrtI.,:;'’‘()-", "mwMW"
_WIDTHS = (0.5, 1.5, 1.3)
"""Widths of narrow and wide letters and of capitals, in those of others."""
_DOTTED, _HANGING = "ij", "gjpqyQJ"
"""Letters that have ink of their own over and under them."""


def with_accents(grey: Any, words: Sequence[Word]) -> list[Word]:
    """The words, names among them with the letters that bear a mark which was not read; boxes are in pixels.

    What stands on the page with a small letter too is no name, and nothing is gained by the ink of one that the
    gazetteer has without accents only.
    """
    texts = [word.text.strip(_ROUND) for word in words]
    common = {text for text in texts if text.islower()}
    found = list(words)
    for k, (before, text, after) in enumerate(zip(["", *texts], texts, [*texts[1:], ""], strict=False)):
        name = _NAME.fullmatch(words[k].text)
        if name and name["name"].lower() not in common and _may_bear_accents(text, before, after):
            found[k] = replace(words[k], accents=_unread(grey, words[k], name.span("name")))
    return found


def _may_bear_accents(text: str, before: str, after: str) -> bool:
    """Whether a place has the word in its name with accents; such a name may begin or end with a word beside it."""
    places = _gazetteer()
    names = (text, f"{before} {text}", f"{text} {after}")
    words = {word for name in names for entry in places.lookup(name) for word in entry.name.split()}
    return any(not word.isascii() and fold(word) == fold(text) for word in words)


@cache
def _gazetteer() -> Gazetteer:
    return load_gazetteer()


@dataclass(frozen=True, slots=True)
class Mark:
    """Ink off a letter: its middle as a share of the word's width, the rest in heights of the highest letter."""

    x: float
    top: float
    """Over the line; negative for what hangs under it."""
    size: float = 0.0
    """Width and height together."""


def _unread(grey: Any, word: Word, span: tuple[int, int]) -> tuple[int, ...]:
    """The letters of a name, by their place in the text, that the ink shows a mark at and the text does not. `span` is
    that of the name in the text."""
    middles = _middles(word.text)
    marks = _marks(grey, word.bbox)
    capital = (middles[0] + middles[1]) / 2
    over = [mark for mark in marks if mark.top > (0 if mark.x > capital else _OVER_CAPITAL)]
    under = [mark for mark in marks if mark.top < 0]
    unread = _beside(over, middles, word.text, _DOTTED) | _beside(under, middles, word.text, _HANGING)
    return tuple(sorted(unread & set(range(*span))))


def _beside(marks: Sequence[Mark], middles: Sequence[float], text: str, bearers: str) -> set[int]:
    """The letters that marks stand at, but for dots and tails of their own, and what stands next to one that lacks it.

    What is too large for a dot is none.
    """
    nearest = {min(range(len(middles)), key=lambda k: abs(middles[k] - mark.x)): mark for mark in marks}
    own = {k for k, letter in enumerate(text) if letter in bearers}
    missing = own - set(nearest)
    large = {k for k in own & set(nearest) if nearest[k].size > _DOT}
    return large | {k for k in set(nearest) - own if not missing & {k - 1, k + 1}}


def _middles(text: str) -> list[float]:
    """Where the middle of each letter is likely to stand, as a share of the width."""
    narrow, wide, capital = _WIDTHS
    widths = [narrow if c in _NARROW else wide if c in _WIDE else capital if c.isupper() else 1.0 for c in text]
    total, left, middles = sum(widths), 0.0, []
    for width in widths:
        middles.append((left + width / 2) / total)
        left += width
    return middles


def _marks(grey: Any, box: BBox) -> list[Mark]:
    """The marks over and under the letters of a word."""
    import cv2
    import numpy as np

    x0, top = max(0, int(box.x0) - 2), max(0, int(box.top - _OVER * box.height))
    crop = grey[top : int(box.bottom + _UNDER * box.height), x0 : int(box.x1) + 3]
    if min(crop.shape, default=0) < 3:
        return []
    large = cv2.resize(crop, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    dark, light = _shades(large)
    over: list[Mark] = []
    under: list[Mark] = []
    for step in _STEPS:
        ink = (large <= dark + step * (light - dark)).astype(np.uint8)
        found = _off_letters(ink, _LARGER * box.height)
        moved = [replace(mark, x=(mark.x / _LARGER - (box.x0 - x0)) / box.width) for mark in found]
        inside = [mark for mark in moved if 0 <= mark.x <= 1]
        over = max(over, [mark for mark in inside if mark.top > 0], key=len)
        under = max(under, [mark for mark in inside if mark.top < 0], key=len)
    return over + under


def _shades(image: Any) -> tuple[int, int]:
    """The greys of ink and paper in an image."""
    import numpy as np

    below = np.cumsum(np.bincount(image.ravel(), minlength=256))
    dark, light = np.searchsorted(below, (_DARK / 100 * image.size, _LIGHT / 100 * image.size))
    return int(dark), int(light)


def _off_letters(ink: Any, word_height: float) -> list[Mark]:
    """Small ink over and under the letters, with its middle in pixels."""
    import numpy as np

    boxes = parts(ink).astype(float)
    whole = boxes[boxes[:, 1] > 0]
    letters = whole[whole[:, 3] >= _BODY * word_height]
    if not len(letters):
        return []
    feet = float(np.median(letters[:, 1] + letters[:, 3]))
    tall = feet - float(letters[:, 1].min())
    found = [
        Mark(x + width / 2, (feet - y) / tall, (width + height) / tall)
        for x, y, width, height, area in whole
        if _is_over((feet - y) / tall, width / tall, height / tall, area / tall**2)
    ]
    return found + _under_letters(ink, round(feet + _HANGS * tall), tall)


def _is_over(top: float, width: float, height: float, area: float) -> bool:
    """Whether ink is a mark over letters, in heights of the highest letter."""
    low, high = _TOP
    small = height < _MARK_HEIGHT and width < _MARK_WIDTH and area >= _LEAST_AREA
    return small and low <= top < high and top - height >= _BOTTOM


def _under_letters(ink: Any, line: int, tall: float) -> list[Mark]:
    """Where ink hangs from letters under a line; what touches the lower edge belongs to the text below."""

    rest = ink[line:]
    if not len(rest) or not rest[0].any():
        return []
    boxes = parts(rest).astype(float)
    return [
        Mark(x + width / 2, -_HANGS)
        for x, y, width, height, _ in boxes
        if y == 0 and _LEAST_HANG * tall <= height < len(rest) and width < _MARK_WIDTH * tall
    ]
