"""Ruled tables: from strokes that touch to a grid of rows and columns, with the cells that span several."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsletter_extract.document import BBox, Rule, Word, union
from newsletter_extract.layout.lines import lines_of

_TOUCH_PT = 3.0
"""Strokes nearer than this are joined; borders of neighbouring cells lie up to 2 points apart."""
_OPEN_PT = 9.0
"""Strokes that reach so far over the outermost edge across them have another column or row beyond it."""
_MIN_ROWS, _MIN_COLUMNS = 2, 2
_MIN_CELLS = 4
_HEAD_ROWS = 2
"""Upper heads stand in one of so many first rows, as under a title."""
_MOST_LINES = 25
"""A ruled box with more lines is a column of text, not a cell."""
_RULED_ROWS = 0.5
"""Cells are merged only where this share of the rows has borders between its cells."""

Cells = list[list[list[Word]]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a ruled table: edges of its columns and rows in points, and which borders are missing."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    joined_left: frozenset[tuple[int, int]] = frozenset()
    """Cells (row, column) that have no border to the cell on their left."""
    joined_up: frozenset[tuple[int, int]] = frozenset()
    """Cells that have no border to the cell above."""
    open_rows: frozenset[int] = frozenset()
    """Rows that no upright stroke parts, as the head of a frame round columns."""

    @property
    def bbox(self) -> BBox:
        return BBox(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def holds(self, word: Word) -> bool:
        x, y = (word.bbox.x0 + word.bbox.x1) / 2, (word.bbox.top + word.bbox.bottom) / 2
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1

    def rows(self, words: Sequence[Word]) -> Cells:
        """The words of each cell, in no order, without empty rows."""
        return [row for row in self.cells(words) if any(row)]

    def reach(self, row: int, column: int) -> int:
        """How many columns a cell is merged over, to the right."""
        return next(n for n in range(1, len(self.xs)) if (row, column + n) not in self.joined_left)

    def cells(self, words: Sequence[Word]) -> Cells:
        """The words of each cell, in no order; a merged cell stands in the first of its rows and columns."""
        table: Cells = [[[] for _ in self.xs[1:]] for _ in self.ys[1:]]
        for word in words:
            x, y = (word.bbox.x0 + word.bbox.x1) / 2, (word.bbox.top + word.bbox.bottom) / 2
            row, column = self._first(_slot(self.ys, y), _slot(self.xs, x))
            table[row][column].append(word)
        return table

    def _first(self, row: int, column: int) -> tuple[int, int]:
        """The cell that the one at (row, column) is merged into."""
        while (row, column) in self.joined_left:
            column -= 1
        while (row, column) in self.joined_up:
            row -= 1
        return row, column


def is_table(rows: Cells) -> bool:
    """Whether the cells of a grid are those of a table, and not columns of text with rules between them."""
    if len(rows) < _MIN_ROWS or sum(bool(cell) for row in rows for cell in row) < _MIN_CELLS:
        return False
    return all(len(cell) <= _MOST_LINES or len(lines_of(cell)) <= _MOST_LINES for row in rows for cell in row)


def _slot(edges: Sequence[float], value: float) -> int:
    return max(0, min(bisect_right(edges, value) - 1, len(edges) - 2))


def find_grids(rules: Sequence[Rule], *, scanned: bool) -> list[Grid]:
    """The grids that strokes with horizontal and vertical members make.

    On a `scanned` page a border that is missing was only not seen, and merges nothing.
    """
    grids = []
    for group in _touching([r.bbox for r in rules if not r.filled]):
        horizontal = [b for b in group if b.width >= b.height]
        vertical = [b for b in group if b.height > b.width]
        xs = _open_ended(_cluster([(b.x0 + b.x1) / 2 for b in vertical]), [(b.x0, b.x1) for b in horizontal])
        ys = _open_ended(_cluster([(b.top + b.bottom) / 2 for b in horizontal]), [(b.top, b.bottom) for b in vertical])
        ys = _parted_by_uprights(ys, vertical)
        if len(xs) > _MIN_COLUMNS and len(ys) > _MIN_ROWS:
            missing: _Joins = _NONE if scanned else _missing(xs, ys, horizontal, vertical)
            grids.append(Grid(tuple(xs), tuple(ys), *missing))
    return grids


def _open_ended(edges: list[float], across: Sequence[tuple[float, float]]) -> list[float]:
    """The edges, with those that are not drawn but told by the ends of the strokes across them."""
    if not edges or not across:
        return edges
    low, high = min(low for low, _ in across), max(high for _, high in across)
    below = [low] if edges[0] - low > _OPEN_PT else []
    return [*below, *edges, *([high] if high - edges[-1] > _OPEN_PT else [])]


def _parted_by_uprights(ys: list[float], vertical: Sequence[BBox]) -> list[float]:
    """The edges of rows, with the height inside one of the first two at which several upright strokes begin.

    Such stand between lower heads, and not between the upper ones; the stroke under those may be missing.
    """
    begins = [b.top for b in vertical]
    for above, below in pairwise(ys[: _HEAD_ROWS + 1]):
        inside = [y for y in begins if above + _OPEN_PT / 2 < y < below - _OPEN_PT / 2]
        found = [y for y in _cluster(inside) if sum(abs(y - top) <= _TOUCH_PT for top in inside) >= _MIN_COLUMNS]
        if found:
            return sorted([*ys, found[0]])
    return ys


_Joins = tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]], frozenset[int]]
_NONE: _Joins = (frozenset(), frozenset(), frozenset())


def _missing(xs: Sequence[float], ys: Sequence[float], horizontal: Sequence[BBox], vertical: Sequence[BBox]) -> _Joins:
    """Cells without a border on their left and without one above, and rows without any between cells."""
    rows, columns = range(len(ys) - 1), range(len(xs) - 1)
    left = {
        (row, column)
        for box in vertical
        if (column := _edge(xs, (box.x0 + box.x1) / 2)) is not None
        for row in rows[_slot(ys, box.top) : _slot(ys, box.bottom) + 1]
        if box.top - _TOUCH_PT < (ys[row] + ys[row + 1]) / 2 < box.bottom + _TOUCH_PT
    }
    above = {
        (row, column)
        for box in horizontal
        if (row := _edge(ys, (box.top + box.bottom) / 2)) is not None
        for column in columns[_slot(xs, box.x0) : _slot(xs, box.x1) + 1]
        if box.x0 - _TOUCH_PT < (xs[column] + xs[column + 1]) / 2 < box.x1 + _TOUCH_PT
    }
    above |= {
        (row, column)
        for box in vertical
        if (row := _edge(ys, box.top)) and (edge := _edge(xs, (box.x0 + box.x1) / 2)) is not None
        for column in (edge - 1, edge)
        if (row - 1, edge) not in left
    }
    is_open = frozenset(row for row in rows if not any((row, column) in left for column in columns[1:]))
    if len(rows) - len(is_open) < _RULED_ROWS * len(rows):
        return frozenset(), frozenset(), is_open
    return (
        frozenset((row, column) for row in rows for column in columns[1:] if (row, column) not in left),
        frozenset((row, column) for row in rows[1:] for column in columns if (row, column) not in above),
        is_open,
    )


def _edge(edges: Sequence[float], value: float) -> int | None:
    """The number of the edge that a stroke lies on."""
    right = bisect_right(edges, value)
    nearest = min(range(max(0, right - 1), min(len(edges), right + 1)), key=lambda k: abs(edges[k] - value))
    return nearest if abs(edges[nearest] - value) <= _TOUCH_PT else None


def _touching(boxes: Sequence[BBox]) -> list[list[BBox]]:
    """Groups of boxes linked by touching, from top to bottom (a sweep that merges groups it meets)."""
    groups: list[tuple[BBox, list[BBox]]] = []
    done: list[list[BBox]] = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        near, far = [], []
        for group in groups:
            if group[0].bottom + _TOUCH_PT < box.top:
                done.append(group[1])
            elif box.x0 <= group[0].x1 + _TOUCH_PT and box.x1 >= group[0].x0 - _TOUCH_PT:
                near.append(group)
            else:
                far.append(group)
        near.sort(key=lambda group: len(group[1]), reverse=True)
        members = near[0][1] if near else []
        members += [b for _, group in near[1:] for b in group] + [box]
        groups = [*far, (union([box, *(extent for extent, _ in near)]), members)]
    return done + [group for _, group in groups]


def _cluster(values: Sequence[float]) -> list[float]:
    """Sorted values with near ones made one."""
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _TOUCH_PT:
            merged.append(value)
    return merged
