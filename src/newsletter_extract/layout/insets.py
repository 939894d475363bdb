"""Insets: tables, ruled frames and tinted boxes that are read on their own and keep their place among the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from newsletter_extract.document import BBox, Rule, Word
from newsletter_extract.layout.building import STAND_IN
from newsletter_extract.layout.gutters import extent_of, row_gaps, shared_gaps
from newsletter_extract.layout.lines import lines_of, rows_of, type_size

_MOST_OF_PAGE = 0.5
"""A box over more of the page than this is its background."""
_MIN_LINES = 3
_STRIPES = 3
"""So many boxes of one width are the stripes of a table."""
_INSIDE = 0.5
"""How far words may reach over the border of their box, in points."""
_TOUCH_PT = 1.5
_MOST_PANELS = 60
_REACH_EM, _MOST_HEADS, _SHARED = 1.5, 5, 2
"""A box of heads has at most so many lines, and the row under it stands so near, in type sizes, with so many gaps."""


def stand_in(bbox: BBox) -> Word:
    """A word in the place of an inset."""
    return Word(STAND_IN, bbox)


def set_apart(
    words: Sequence[Word], rules: Sequence[Rule], page: tuple[float, float]
) -> tuple[list[Word], list[tuple[Word, list[Word]]]]:
    """Words with a stand-in for each tinted or framed box that holds lines of its own, and what each stands for.

    `page` is width and height in points. A box inside another is a stand-in among the words of that one. Stripes and
    cells of a table, the background of a page and boxes that words stand across are left.
    """
    boxes = {rule.bbox for rule in rules if rule.filled and _area(rule.bbox) < _MOST_OF_PAGE * page[0] * page[1]}
    widths = Counter((round(box.x0), round(box.x1)) for box in boxes)
    beside = _cells_in_a_row(boxes)
    single = [box for box in boxes - beside if widths[round(box.x0), round(box.x1)] < _STRIPES]
    rest, insets = list(words), []
    for box in sorted(single, key=lambda b: (_area(b), b))[:_MOST_PANELS]:
        inside = [word for word in rest if _holds(box, word)]
        if len(inside) < len(rest) and _is_whole(box, inside) and not _heads_rows(box, inside, rest):
            taken = {id(word) for word in inside}
            place = stand_in(box)
            insets.append((place, inside))
            rest = [word for word in rest if id(word) not in taken] + [place]
    return rest, insets


def _heads_rows(box: BBox, inside: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether a box holds the heads of the row right under it: both have white at the same places, at two or more."""
    heads = rows_of(inside)
    size = type_size(inside)
    under = [w for w in words if box.bottom - 1 <= w.bbox.top < box.bottom + _REACH_EM * size and _is_beside(box, w)]
    if len(heads) > _MOST_HEADS or not under:
        return False
    extent = box.x0, box.x1
    above, below = (row_gaps(row, extent, size, in_text=False) for row in (heads[-1], rows_of(under)[0]))
    left, right = extent_of(under)
    return sum(low >= left and high <= right for low, high in shared_gaps(above, below, size)) >= _SHARED


def _is_beside(box: BBox, word: Word) -> bool:
    return box.x0 <= word.bbox.x0 and word.bbox.x1 <= box.x1


def _cells_in_a_row(boxes: Set[BBox]) -> set[BBox]:
    """Boxes that stand side by side without white between them, as the tinted cells of a table's row do."""
    found: set[BBox] = set()
    for left, right in pairwise(sorted(boxes, key=lambda b: (round(b.top), round(b.bottom), b.x0))):
        level = abs(left.top - right.top) < _TOUCH_PT and abs(left.bottom - right.bottom) < _TOUCH_PT
        if level and abs(left.x1 - right.x0) < _TOUCH_PT:
            found |= {left, right}
    return found


def _area(box: BBox) -> float:
    return box.width * box.height


def _holds(box: BBox, word: Word) -> bool:
    x, y = (word.bbox.x0 + word.bbox.x1) / 2, (word.bbox.top + word.bbox.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _is_whole(box: BBox, words: Sequence[Word]) -> bool:
    """Whether the words keep inside the box and make lines enough."""
    if any(word.bbox.x0 < box.x0 - _INSIDE or word.bbox.x1 > box.x1 + _INSIDE for word in words):
        return False
    return len(words) >= _MIN_LINES and len(lines_of(words)) >= _MIN_LINES
