"""What an engine makes of pictures, stains and strokes, told from text by how little sense it makes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter_extract import lexicon
from newsletter_extract.document import Word
from newsletter_extract.reading.ocr.lines import Line, split_lines, sureness
from newsletter_extract.reading.ocr.numbers import stands_for_day

_UNSURE = 0.45
"""Lines read with less confidence are junk, unless they hold a word."""
_CLEAN_BLOCK, _UNSURE_IN_CLEAN = 0.85, 0.3
"""In a block that was read with such confidence a line read with less than this is junk: there is no noise around."""
_DOUBTFUL = 0.75
"""Lines up to here are, where nothing in them looks like a word or a number."""
_UNSURE_MARK, _BULLET = 0.6, 0.25
"""A mark by itself, read with less confidence, is a speck, unless it heads its line and is this share as high."""
_MONOTONE, _LONG = 10, 30
"""So few letters make up a line of so many that is dots or a pattern; in print these have sixteen."""
_STAIN = 0.15
"""With less than this it is one there too, as of a bar beside the text, unless other lines of the block have marks."""
_SHORT = 4
"""Letters of a word that tells something; three that an engine makes of strokes stand in a list of names by chance."""
_DASHES, _FLAT, _DASH = frozenset("-–—"), 1.5, 0.3
"""Dashes are so many times as wide as high, and at least this share of the height of their line wide."""
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d[\d.,:/-]*[%°]?$")


def without_junk(words: Sequence[Word]) -> list[Word]:
    """The words of a block without the lines that are no text, and without specks that were read as marks."""
    least = _UNSURE_IN_CLEAN if words and sureness(words) >= _CLEAN_BLOCK else _UNSURE
    lines = [line for line in split_lines(words) if not _is_junk(line, least)]
    marked = sum(_is_mark(line[0]) for line in lines)
    alone = marked == 1
    return [line[k] for line in lines for k in range(len(line)) if not _is_speck(line, k, alone=alone)]


def _is_mark(word: Word) -> bool:
    return not any(map(str.isalnum, word.text))


def _is_speck(line: Line, k: int, *, alone: bool) -> bool:
    word = line[k]
    sure = word.confidence or 0.0
    if sure >= _UNSURE_MARK or not _is_mark(word) or any(stands_for_day(word, other) for other in line[k + 1 : k + 2]):
        return False
    if k or (alone and sure < _STAIN):
        return not (k and _is_dash(word, line))
    return word.bbox.height < _BULLET * max(other.bbox.height for other in line)


def _is_dash(word: Word, line: Line) -> bool:
    """Whether a dash has the shape of one: wide and flat, and not as short as dust."""
    wide = word.bbox.width >= max(_FLAT * word.bbox.height, _DASH * max(other.bbox.height for other in line))
    return wide and _DASHES.issuperset(word.text)


def _is_junk(line: Line, least: float) -> bool:
    if all(map(_is_mark, line)):
        return max((word.confidence or 0.0) for word in line) < _DOUBTFUL
    sure = sureness(line)
    if sure >= _DOUBTFUL:
        return False
    signs = [c.casefold() for word in line for c in word.text if c.isalnum()]
    if len(signs) >= _LONG and len(set(signs)) <= _MONOTONE:
        return True
    known = sum(len(part) for word in line for part in _LETTERS.findall(word.text) if lexicon.is_known(part))
    if sure < least:
        letters = sum(map(str.isalnum, "".join(word.text for word in line)))
        numerals = sum(len(word.text) for word in line if _NUMBER.match(word.text))
        if not numerals and all(len(word.text) < _SHORT for word in line):
            return True
        known += numerals
        return known < letters / 3
    numbers = any(_NUMBER.match(word.text) and (word.confidence or 0.0) >= _UNSURE for word in line)
    return not known and not numbers and all(sum(map(str.isalnum, word.text)) < _SHORT for word in line)
