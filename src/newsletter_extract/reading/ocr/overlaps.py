"""Words whose boxes lie over others': read twice, or as high as two lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from newsletter_extract.document import BBox, Word
from newsletter_extract.reading.ocr.lines import Line, box_of, split_lines

_SAME = 0.5
"""Boxes that share so much of the larger are of one word; those of neighbours share next to nothing."""
_NEIGHBOURS = 4
"""Lines of fewer words do not tell how high one is."""
_TALL, _WIDE = 1.8, 1.4
"""So many times as high as its line is a box that takes in another line, unless its letters are so much wider too."""
_BESIDE = 1.5
"""A line that was read in two parts has no more white between them than this, in its height."""


def without_doubles(words: Sequence[Word]) -> list[Word]:
    """The words without the less sure one of two in the same place, which lay in two regions of the page."""
    gone: set[int] = set()
    open_words: list[Word] = []
    for word in sorted(words, key=lambda w: w.bbox.x0):
        open_words = [w for w in open_words if w.bbox.x1 > word.bbox.x0]
        for other in open_words:
            if _are_one(word.bbox, other.bbox):
                gone.add(id(min(word, other, key=lambda w: w.confidence or 0.0)))
        open_words.append(word)
    return [word for word in words if id(word) not in gone]


def _are_one(first: BBox, second: BBox) -> bool:
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    down = min(first.bottom, second.bottom) - max(first.top, second.top)
    larger = max(first.width * first.height, second.width * second.height)
    return across > 0 and down > _SAME * larger / across


def cut_to_line(words: Sequence[Word]) -> list[Word]:
    """The words with those cut to the height of their line whose boxes reach over a neighbouring one.

    A word in larger type is wider too; a single letter may be a drop cap.
    """
    lines = split_lines(words)
    long = [(line, box) for line in lines if len(line) >= _NEIGHBOURS for box in [_middle(line)]]
    return [word for line in lines for word in _cut(line, _measure(line, long))]


def _middle(line: Line) -> BBox:
    """From the first word of a line to its last, as high as most of its words are."""
    around = box_of(line)
    top, bottom = median(word.bbox.top for word in line), median(word.bbox.bottom for word in line)
    return around._replace(top=top, bottom=bottom)


def _measure(line: Line, long: Sequence[tuple[Line, BBox]]) -> tuple[Line, BBox] | None:
    """The line that tells how high the words of this one are: itself, or the first that goes on beside it."""
    if len(line) >= _NEIGHBOURS:
        return line, _middle(line)
    own = box_of(line)
    beside = [
        (other, box)
        for other, box in long
        if own.top < (box.top + box.bottom) / 2 < own.bottom
        and -box.height < max(box.x0 - own.x1, own.x0 - box.x1) < _BESIDE * box.height
    ]
    return min(beside, key=lambda told: told[1].top, default=None)


def _cut(line: Line, measure: tuple[Line, BBox] | None) -> Sequence[Word]:
    if measure is None:
        return line
    others, box = measure
    letter = median(word.bbox.width / len(word.text) for word in others)
    cut = []
    for word in line:
        x0, top, x1, bottom = word.bbox
        tall = bottom - top > _TALL * box.height and x1 - x0 < _WIDE * letter * len(word.text)
        inside = BBox(x0, max(top, box.top), x1, min(bottom, box.bottom))
        cut.append(replace(word, bbox=inside) if tall and len(word.text) > 1 and inside.height > 0 else word)
    return cut
