"""Numbers that an engine was unsure of, read again in several views, of which a clear majority is believed.

A digit that is misread makes a fact that is wrong and looks right. One more reading is as often wrong as the first, but
where views of a number at other sizes and softer agree on what the first reading has not, they are nearly always right:
on 980 unsure numbers of worn pages of our own 50 were mended so and one was spoilt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from newsletter_extract import resources
from newsletter_extract.document import BBox, Word
from newsletter_extract.reading.ocr.lines import read_anew

_RULE = "ocr.number"
_UNSURE = 0.9
"""Numbers read with less confidence are read again: on heavy scans nine in ten of the wrong ones are among them."""
_SAME = 0.6
"""Readings of one word share at least this much of its width."""
_VIEWS = ((2.0, 0.0), (3.0, 0.0), (1.0, 0.8), (2.0, 0.8))
"""How much larger a view is, and how soft: the deviation of a Gaussian in pixels of the page."""
VIEWS = len(_VIEWS)
_MAJORITY = 3
_ABOVE, _BESIDE, _GAP_SHARE = 0.35, 0.7, 0.6
"""White round a number in a view, in its heights, and at most this share of the gap to the next word."""
_BORDER_PX = 10
_NUMBER = re.compile(r"[$€£]?\d+(?:[.,]\d+)*[.,;:)]?")
_ENDS = ".,;:)"
_SPECKS = "\"'‘’“”°*`´~^"
_DAY_SIGN = re.compile(r"[§$&?@%€£¥gqSBGZbz]")
"""What engines make of a digit that is as high as they are."""
_TWINS = str.maketrans("gqySBbGZz", "999586622")
"""Letters by the digits whose shape they have, for where none but digits stand."""
_LAST_DAY = 31
_UNPROVEN, _LEAST_DIGITS = 0.8, 2
"""Numbers of so many digits, read with less confidence, that no view confirms are doubtful."""


def unsure_numbers(words: Sequence[Word]) -> list[Word]:
    """The words that are numbers, or are likely to be, and were read unsurely."""
    unsure = {id(word) for word in words if (word.confidence or 0.0) < _UNSURE and _may_be_number(word.text)}
    unsure |= {id(word) for word, following in pairwise(words) if stands_for_day(word, following)}
    return [word for word in words if id(word) in unsure]


def stands_for_day(word: Word, following: Word) -> bool:
    """Whether a lone sign stands where the day of a month does, before its full name: "On § March"."""
    return bool(_DAY_SIGN.fullmatch(word.text)) and following.text.rstrip(_ENDS) in _months()


@cache
def _months() -> frozenset[str]:
    names = (row["name"] for row in resources.rows("months.csv") if "en" in row["languages"].split("|"))
    return frozenset(name.capitalize() for name in names if len(name) > len("Sep"))


def _may_be_number(text: str) -> bool:
    """Whether a word has digits and at most one letter, which may be a digit misread."""
    return any(map(str.isdigit, text)) and sum(map(str.isalpha, text)) <= 1


def views_of(grey: Any, word: Word, words: Sequence[Word]) -> list[Any]:
    """Pictures of a number among `words` for the engine to read, each as a block, from an image of white paper."""
    import cv2

    height, width = grey.shape
    x0, top, x1, bottom = _cut(word, words)
    crop = grey[max(0, int(top)) : min(height, int(bottom)), max(0, int(x0)) : min(width, int(x1))]
    found = []
    for larger, soft in _VIEWS:
        view = cv2.resize(crop, None, fx=larger, fy=larger, interpolation=cv2.INTER_CUBIC)
        view = cv2.GaussianBlur(view, (0, 0), soft * larger) if soft else view
        sides = (_BORDER_PX,) * 4
        found.append(cv2.copyMakeBorder(view, *sides, cv2.BORDER_CONSTANT, value=255))
    return found


def with_votes(
    words: Sequence[Word], readings: Mapping[BBox, Sequence[Sequence[Word]]]
) -> tuple[list[Word], list[Word]]:
    """The words with unsure numbers as the views of their boxes were read, and those that stay in doubt."""
    unsure = {id(word) for word in unsure_numbers(words)}
    after, doubtful = [], []
    for word in words:
        views = (
            next((found for box, found in readings.items() if _is_same(box, word.bbox)), ())
            if id(word) in unsure or _DAY_SIGN.fullmatch(word.text)
            else ()
        )
        now, is_sure = voted(word, views) if views else (word, True)
        after.append(now)
        doubtful += [] if is_sure else [now]
    return after, doubtful


def found_numbers(readings: Mapping[BBox, Sequence[Sequence[Word]]], words: Sequence[Word]) -> list[Word]:
    """The numbers that most views of ink agree on which no word covers."""
    found = []
    for box, views in readings.items():
        text, count, sure = _most(views)
        covered = any(_is_same(box, word.bbox) for word in words)
        if count >= _MAJORITY and _digits(text) >= _LEAST_DIGITS and not covered:
            found.append(Word(text, box, min(sure, _UNSURE)))
    return found


def _is_same(first: BBox, second: BBox) -> bool:
    """Whether two boxes are those of one word, as read twice."""
    shared = min(first.x1, second.x1) - max(first.x0, second.x0)
    level = first.top < second.bottom and second.top < first.bottom
    return level and shared > _SAME * max(first.width, second.width)


def _cut(word: Word, words: Sequence[Word]) -> BBox:
    """The box of a word with white round it, clear of its neighbours."""
    x0, top, x1, bottom = word.bbox
    left = right = _BESIDE * word.bbox.height
    for other in words:
        if other is word or other.bbox.bottom < top or other.bbox.top > bottom:
            continue
        if other.bbox.x1 <= x0 + 1:
            left = min(left, max(1.0, _GAP_SHARE * (x0 - other.bbox.x1)))
        elif other.bbox.x0 >= x1 - 1:
            right = min(right, max(1.0, _GAP_SHARE * (other.bbox.x0 - x1)))
    above = _ABOVE * word.bbox.height
    return BBox(x0 - left, top - above, x1 + right, bottom + above)


def voted(word: Word, readings: Sequence[Sequence[Word]]) -> tuple[Word, bool]:
    """The number as most readings of its views have it, else as it was; and whether it is now beyond doubt."""
    if _DAY_SIGN.fullmatch(word.text):
        return _voted_day(word, readings)
    text, count, sure = _most(readings)
    first, number = word.text.rstrip(_ENDS), text.rstrip(_ENDS)
    if count >= _MAJORITY and (number == first or _may_replace(first, number)):
        return _chosen(word, text, sure), True
    confirmed = any(reading.text.rstrip(_ENDS) == first for reading in _numbers(readings))
    if confirmed or (word.confidence or 0.0) >= _UNPROVEN or _digits(first) < _LEAST_DIGITS:
        return word, True
    return word, False


def _voted_day(word: Word, readings: Sequence[Sequence[Word]]) -> tuple[Word, bool]:
    """The day of a month that was read for a sign; a letter that a view confirms may name what follows: Annex B."""
    if word.text.isalpha() and any(reading.text == word.text for views in readings for reading in views):
        return word, True
    text, count, sure = _most([_in_digits(reading) for reading in readings])
    day = text.rstrip(_ENDS)
    if count >= _MAJORITY and day.isdigit() and 1 <= int(day) <= _LAST_DAY:
        return _chosen(word, text, sure), True
    return word, False


def _chosen(word: Word, text: str, sure: float) -> Word:
    return replace(read_anew(word, text, _RULE), confidence=round(min(sure, _UNSURE), 4))


def _in_digits(reading: Sequence[Word]) -> list[Word]:
    """A reading of what can only be a number, its letters taken for the digits that they look like."""
    return [replace(word, text=word.text.translate(_TWINS)) for word in reading]


def _numbers(readings: Sequence[Sequence[Word]]) -> list[Word]:
    """What the views that show one number and nothing else but specks were read as."""
    alone = [[word for word in reading if any(map(str.isalnum, word.text))] for reading in readings]
    bare = [replace(words[0], text=words[0].text.strip(_SPECKS)) for words in alone if len(words) == 1]
    return [word for word in bare if _NUMBER.fullmatch(word.text)]


def _most(readings: Sequence[Sequence[Word]]) -> tuple[str, int, float]:
    """The number that most views show, how many do, and how sure the surest of them is; 0 views where none does."""
    numbers = _numbers(readings)
    if not numbers:
        return "", 0, 0.0
    text, count = Counter(number.text for number in numbers).most_common(1)[0]
    return text, count, max(number.confidence or 0.0 for number in numbers if number.text == text)


def _may_replace(first: str, number: str) -> bool:
    """Whether a reading loses nothing: ink that is there for a digit or a mark is easily passed over, never made up.

    Nor does a comma come of a full stop: its tail is what gets lost.
    """
    if _digits(number) < _digits(first):
        return False
    if not _NUMBER.fullmatch(first):
        return True
    marks = [sum(text.count(mark) for mark in ".,") for text in (first, number)]
    return marks[1] >= marks[0] and (number.count(",") >= first.count(",") or marks[1] > marks[0])


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
