"""Ruled tables: from strokes that touch to a grid of rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsletter_extract.document import BBox, Rule, Word, union

_TOUCH_PT = 3.0
"""Strokes nearer than this are joined; borders of neighbouring cells lie up to 2 points apart."""
_MIN_ROWS, _MIN_COLUMNS = 2, 2


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a ruled table: edges of its columns and rows, in points."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def bbox(self) -> BBox:
        return BBox(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def holds(self, word: Word) -> bool:
        x, y = (word.bbox.x0 + word.bbox.x1) / 2, (word.bbox.top + word.bbox.bottom) / 2
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1

    def rows(self, words: Sequence[Word]) -> list[list[list[Word]]]:
        """The words of each cell, in no order."""
        table: list[list[list[Word]]] = [[[] for _ in self.xs[1:]] for _ in self.ys[1:]]
        for word in words:
            x, y = (word.bbox.x0 + word.bbox.x1) / 2, (word.bbox.top + word.bbox.bottom) / 2
            table[_slot(self.ys, y)][_slot(self.xs, x)].append(word)
        return [row for row in table if any(row)]


def _slot(edges: Sequence[float], value: float) -> int:
    return max(0, min(sum(edge <= value for edge in edges) - 1, len(edges) - 2))


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids that strokes with horizontal and vertical members make."""
    grids = []
    for group in _touching([r.bbox for r in rules if not r.filled]):
        horizontal = [b for b in group if b.width >= b.height]
        vertical = [b for b in group if b.height > b.width]
        xs = _cluster([(b.x0 + b.x1) / 2 for b in vertical])
        ys = _cluster([(b.top + b.bottom) / 2 for b in horizontal])
        if len(xs) > _MIN_COLUMNS and len(ys) > _MIN_ROWS:
            grids.append(Grid(tuple(xs), tuple(ys)))
    return grids


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
        members = [b for _, group in near for b in group] + [box]
        groups = [*far, (union([box, *(extent for extent, _ in near)]), members)]
    return done + [group for _, group in groups]


def _cluster(values: Sequence[float]) -> list[float]:
    """Sorted values with near ones made one."""
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _TOUCH_PT:
            merged.append(value)
    return merged
