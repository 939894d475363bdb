"""Pictures: those that stand among the text, and the captions under them."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_extract.document import BBox, Line, Word, union
from newsletter_extract.layout.lines import lines_of, type_size

_LEAST_EM = 3.0
"""Smaller pictures are logos, marks and rules."""
_MOST_OF_PAGE = 0.7
_MOST_PICTURES = 200
_TOUCH_PT = 1.0
"""Strips that a producer cut one picture into lie this near to each other."""
_REACH_EM = 1.8
"""How far under its picture, in type sizes, a caption begins."""
_OVER_EM = 1.0
"""How far a caption may reach over the sides of its picture."""
_SMALLER = 0.93
_LINES_APART_EM = 0.7
_MOST_LINES = 6
_MOST_PLAIN_WORDS = 30
"""A caption in the type of the body is at most so long."""


def pictures_among(words: Sequence[Word], pictures: Sequence[BBox], page: BBox, size: float) -> list[BBox]:
    """The pictures that text stands round; not those that it stands on. `size` is the body type in points."""
    inside = [
        BBox(max(p.x0, page.x0), max(p.top, page.top), min(p.x1, page.x1), min(p.bottom, page.bottom))
        for p in pictures[:_MOST_PICTURES]
    ]
    return [
        box
        for box in _pieced([p for p in inside if p.width > 0 and p.height > 0])
        if min(box.width, box.height) >= _LEAST_EM * size
        and box.width * box.height < _MOST_OF_PAGE * page.width * page.height
        and not any(_holds(box, word) for word in words)
    ]


def _pieced(boxes: Sequence[BBox]) -> list[BBox]:
    """Boxes, with those of one width that lie on each other put together."""
    whole: list[BBox] = []
    for box in sorted(boxes, key=lambda b: (b.x0, b.top)):
        last = whole[-1] if whole else None
        if last and _lies_on(last, box):
            whole[-1] = union([last, box])
        else:
            whole.append(box)
    return whole


def _lies_on(upper: BBox, lower: BBox) -> bool:
    same_width = abs(upper.x0 - lower.x0) < _TOUCH_PT and abs(upper.x1 - lower.x1) < _TOUCH_PT
    return same_width and lower.top <= upper.bottom + _TOUCH_PT


def _holds(box: BBox, word: Word) -> bool:
    x, y = (word.bbox.x0 + word.bbox.x1) / 2, (word.bbox.top + word.bbox.bottom) / 2
    return box.x0 < x < box.x1 and box.top < y < box.bottom


def caption_below(picture: BBox, words: Sequence[Word], size: float) -> list[Line]:
    """The lines of the caption under a picture; none where the text of a column goes on there.

    They stand close under it, keep between its sides, and are set in smaller or slanted type, or are few with white
    under them.
    """
    left, right = picture.x0 - _OVER_EM * size, picture.x1 + _OVER_EM * size
    under = [w for w in words if picture.bottom - 0.3 * size <= w.bbox.top and left <= w.bbox.x0 < right]
    if any(w.bbox.x1 > right and w.bbox.top < picture.bottom + _REACH_EM * size for w in under):
        return []
    found: list[Line] = []
    bottom = picture.bottom + (_REACH_EM - _LINES_APART_EM) * size
    for line in lines_of([w for w in under if w.bbox.top < picture.bottom + 2 * _MOST_LINES * size]):
        alike = not found or (_look(line, size) == _look(found[0], size))
        if line.bbox.top - bottom > _LINES_APART_EM * size or not alike:
            break
        found.append(line)
        bottom = line.bbox.bottom
    return found if _is_caption(found, under, size) else []


def _look(line: Line, size: float) -> tuple[bool, bool, bool]:
    """Whether a line is set small, slanted, and bold."""
    small = type_size(line.words) < _SMALLER * size
    return small, all(w.italic for w in line.words), all(w.bold for w in line.words)


def _is_caption(lines: Sequence[Line], under: Sequence[Word], size: float) -> bool:
    if not lines or len(lines) > _MOST_LINES:
        return False
    small, slanted, bold = _look(lines[0], size)
    if small or slanted:
        return True
    last = lines[-1].bbox.bottom
    below = [w.bbox.top for w in under if w.bbox.top > last - 0.3 * size and not any(w in line.words for line in lines)]
    apart = not below or min(below) - last > _LINES_APART_EM * size
    return not bold and apart and len(lines) <= 2 and sum(len(line.words) for line in lines) <= _MOST_PLAIN_WORDS
