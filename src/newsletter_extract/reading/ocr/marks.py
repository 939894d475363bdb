"""The points and commas between digits that an engine passed over.

A mark that is lost makes a number ten or a thousand times as large. It is put back where a second, larger reading has
it, or where its ink is that of a mark and the digits stand apart for it; else the number is told to be doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from newsletter_extract.document import BBox, Word
from newsletter_extract.reading.ocr.components import parts
from newsletter_extract.reading.ocr.lines import read_anew

_RULE = "ocr.mark"
_NUMBER = re.compile(r"\d(?:[.,]?\d)+")
_LARGER = 3
"""Times that a number is enlarged before its ink is looked at: at 200 points an inch a full stop has three pixels."""
_DIGIT, _MARK = 0.7, 0.42
"""Digits have at least this share of the height of the highest ink, and marks at most that."""
_LEAST_MARK = 0.1
_ON_LINE = (0.12, 0.35)
"""A mark ends so far over or under the feet of the digits, as shares of their height; commas reach down."""
_COMMA = 0.08
_APART = 1.2
"""Digits with a mark between them stand this much further apart than others."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A number with more marks in its ink than in its text."""

    word: Word
    count: int
    """Marks between digits in the ink."""
    shown: str | None
    """The number with its marks as the ink shows them, where the digits stand apart for each that was lost."""


def lost_marks(grey: Any, words: Sequence[Word]) -> list[Lost]:
    """The numbers among words, with boxes in pixels of an image with white paper, that lost a mark."""
    return [lost for word in words if _NUMBER.search(word.text) and (lost := _examined(grey, word))]


def with_marks(grey: Any, words: Sequence[Word], again: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words with marks put back where they are proven, and those where they are not. `again` are larger readings of
    numbers, in pixels of the same image."""
    mended, doubtful = list(words), []
    for lost in lost_marks(grey, words):
        word = restored(lost, [other for other in again if _overlap(other.bbox, lost.word.bbox)])
        if word is None:
            doubtful.append(lost.word)
        else:
            mended[words.index(lost.word)] = word
    return mended, doubtful


def _overlap(first: BBox, second: BBox) -> bool:
    return _shared(first, second) > 0 and first.top < second.bottom and second.top < first.bottom


def restored(lost: Lost, again: Sequence[Word]) -> Word | None:
    """The word with its marks, where a larger reading or the ink proves them; None where neither does.

    Which mark it is the ink tells better: a comma reaches under the line.
    """
    was = _NUMBER.search(lost.word.text)
    read = next((found for word in again if (found := _agreeing(word.text, lost, was)) is not None), None)
    number = lost.shown or read
    if was is None or number is None:
        return None
    return read_anew(lost.word, lost.word.text.replace(was[0], number, 1), _RULE)


def _agreeing(text: str, lost: Lost, was: re.Match[str] | None) -> str | None:
    """The number in a reading that has the same digits and as many marks as the ink shows."""
    found = _NUMBER.search(text)
    if found is None or was is None or _digits(found[0]) != _digits(was[0]):
        return None
    return found[0] if len(found[0]) - len(_digits(found[0])) == lost.count else None


def _digits(number: str) -> str:
    return number.replace(".", "").replace(",", "")


def _examined(grey: Any, word: Word) -> Lost | None:
    match = _NUMBER.search(word.text)
    if match is None or len(_NUMBER.findall(word.text)) > 1:
        return None
    digits, marks, base = _ink(grey, word.bbox)
    if len(digits) != len(_digits(match[0])):
        # letters that run together, are broken, or were passed over tell nothing of marks
        return None
    height = base - min(box.top for box in digits)
    between = [mark for mark in marks if _stands_between(mark, digits)]
    if len(between) <= len(match[0]) - len(_digits(match[0])):
        return None
    return Lost(word, len(between), _shown(match[0], digits, between, base + _COMMA * height))


def _stands_between(mark: BBox, digits: Sequence[BBox]) -> bool:
    """Whether a mark has digits on both sides and none over it, as the foot of a broken digit has."""
    left = any(digit.x1 <= mark.x0 + _LARGER / 2 for digit in digits)
    right = any(mark.x1 <= digit.x0 + _LARGER / 2 for digit in digits)
    return left and right and not any(_shared(mark, digit) > _LARGER / 2 for digit in digits)


def _shared(first: BBox, second: BBox) -> float:
    return min(first.x1, second.x1) - max(first.x0, second.x0)


def _shown(text: str, digits: Sequence[BBox], marks: Sequence[BBox], comma_from: float) -> str | None:
    """The number as the ink has it; None where the digits do not stand apart for a mark that was lost."""
    letters = _digits(text)
    at = [sum(d.x1 <= mark.x0 + 1 for d in digits) for mark in marks]
    middles = [(d.x0 + d.x1) / 2 for d in digits]
    steps = [b - a for a, b in pairwise(middles)]
    close = sorted(step for k, step in enumerate(steps, 1) if k not in at)
    if not close or any(steps[k - 1] < _APART * close[-1] for k in at):
        return None
    given = {len(_digits(text[:k])): c for k, c in enumerate(text) if not c.isdigit()}
    seen = {k: "," if mark.bottom > comma_from else "." for k, mark in zip(at, marks, strict=True)}
    if not given.keys() <= seen.keys():
        return None
    kept = seen | given
    return "".join(kept.get(k, "") + letter for k, letter in enumerate(letters))


def _ink(grey: Any, box: BBox) -> tuple[list[BBox], list[BBox], float]:
    """The digits and the marks in a box, from left to right, and where the feet of the digits are."""
    import cv2
    import numpy as np

    pad = 0.3 * box.height
    x0, top = max(0, int(box.x0 - pad)), max(0, int(box.top - pad))
    crop = grey[top : int(box.bottom + pad), x0 : int(box.x1 + pad)]
    if not crop.size:
        return [], [], 0.0
    large = cv2.resize(crop, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    ink = cv2.threshold(large, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    stats = parts(ink)
    boxes = sorted(BBox(x, y, x + w, y + h) for x, y, w, h, _ in stats.astype(float))
    highest = max((b.height for b in boxes), default=0.0)
    digits = [b for b in boxes if b.height >= _DIGIT * highest and b.width <= 1.2 * b.height]
    if not digits:
        return [], [], 0.0
    base, height = float(np.median([b.bottom for b in digits])), float(np.median([b.height for b in digits]))
    over, under = _ON_LINE
    marks = [
        b
        for b in boxes
        if _LEAST_MARK * height <= max(b.height, b.width) <= _MARK * height
        and base - over * height <= b.bottom <= base + under * height
    ]
    return digits, marks, base
