"""A row of words as part of a band: the white in it, and its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from newsletter_extract.document import BBox, Word
from newsletter_extract.layout.building import STAND_IN
from newsletter_extract.layout.runs import Interval, extent_of, row_gaps

_WHITE, _WHITE_RULED = 0.2, 0.06
"""Least white of a table's row, as a share of the width: lines of justified columns leave about a twentieth."""
_SCAN_GAP = 0.9
"""On a scan, cells are so many heights of their words apart: there the type size is less sure."""
NARROW = 0.5
"""Gaps between cells may share as little as half a gutter."""


@dataclass(frozen=True, slots=True)
class Row:
    words: list[Word]
    gaps: list[Interval]
    """White in it, the margins included."""
    inner: int
    """How many gaps have words on both sides."""
    white: float
    """Share of the width."""
    walled: bool
    """Whether an upright stroke stands between two of its words."""

    @property
    def is_tabular(self) -> bool:
        return self.inner > 0 and self.white >= (_WHITE_RULED if self.walled else _WHITE)


def measured(row: list[Word], extent: Interval, size: float, walls: Sequence[BBox]) -> Row:
    if any(word.text == STAND_IN for word in row):
        return Row(row, [], 0, 0.0, walled=False)
    gaps = row_gaps(row, extent, size, walls)
    left, right = extent_of(row)
    if row[0].size_pt is None:
        least = _SCAN_GAP * median(word.bbox.height for word in row)
        gaps = [(low, high) for low, high in gaps if high - low >= least or low < left or high > right]
    inner = sum(low >= left and high <= right for low, high in gaps)
    white = sum(min(high, extent[1]) - max(low, extent[0]) for low, high in gaps)
    top, bottom = min(w.bbox.top for w in row), max(w.bbox.bottom for w in row)
    walled = any(left < wall.x0 < right and wall.top < bottom and wall.bottom > top for wall in walls)
    return Row(row, gaps, inner, white / max(1.0, extent[1] - extent[0]), walled)


def inner_gaps(row: Row) -> list[Interval]:
    left, right = extent_of(row.words)
    return [gap for gap in row.gaps if gap[0] >= left and gap[1] <= right]


def cells_between(words: Sequence[Word], edges: Sequence[float]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in edges[1:]]
    for word in words:
        middle = (word.bbox.x0 + word.bbox.x1) / 2
        cells[sum(middle > edge for edge in edges[1:-1])].append(word)
    return cells


def words_of(row: Row) -> list[str]:
    return sorted(word.text.casefold() for word in row.words)
