"""A row of words as part of a band: the white in it, and its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from newsletter_extract.document import BBox, Word, union
from newsletter_extract.layout.building import STAND_IN
from newsletter_extract.layout.gutters import Interval, row_gaps
from newsletter_extract.layout.lines import SIZE_OF_INK
from newsletter_extract.layout.tables.upper_heads import Heads

_WHITE, _WHITE_RULED = 0.2, 0.06
"""Least white of a table's row, as a share of the width: lines of justified columns leave about a twentieth."""
_SCAN_GAP = 0.9
"""On a scan, cells are so many heights of their words apart: there the type size is less sure."""
ROWS_APART_EM = 2.2
"""Rows of one table are at most so many type sizes apart."""
NARROW = 0.5
"""Gaps between cells may share as little as half a gutter."""


@dataclass(frozen=True, slots=True)
class Band:
    """Rows `begin` to `end` (not included) of a page, and the cells in them by column."""

    begin: int
    end: int
    columns: tuple[tuple[Word, ...], ...]
    is_table: bool = True
    """False for two tables side by side, which are the two columns."""
    heads: Heads | None = None
    """The heads where they are not among the cells of the columns: those of two levels, and those of records."""

    def words(self) -> list[Word]:
        """All words of the band."""
        return [*(self.heads.words() if self.heads else ()), *(word for column in self.columns for word in column)]


class Row(NamedTuple):
    words: list[Word]
    bbox: BBox
    is_text: bool
    """False for a row in which something holds the place of a table or a box."""
    gaps: list[Interval]
    """White in it, the margins included; none where it is no text."""
    inner: list[Interval]
    """The gaps that have words on both sides."""
    is_tabular: bool
    """Whether it has white between words as rows of a table have."""


def measured(row: list[Word], extent: Interval, size: float, walls: Sequence[BBox], places: Sequence[BBox] = ()) -> Row:
    """A row and the white in it; boxes in `places` that stand beside it are no white."""
    box = union([word.bbox for word in row])
    if STAND_IN in [word.text for word in row]:
        return Row(row, box, is_text=False, gaps=[], inner=[], is_tabular=False)
    gaps = row_gaps(row, extent, size, walls, in_text=False)
    left, _, right, _ = box
    if row[0].size_pt is None:
        # boxes of a noisy line are too high, and its type is seldom larger than the body's
        least = _SCAN_GAP * min(median(word.bbox.height for word in row), size / SIZE_OF_INK)
        gaps = [(low, high) for low, high in gaps if high - low >= least or low < left or high > right]
    inner = [gap for gap in gaps if gap[0] >= left and gap[1] <= right]
    return Row(row, box, True, gaps, inner, bool(inner) and _is_tabular(box, gaps, extent, walls, places))


def _is_tabular(
    box: BBox, gaps: Sequence[Interval], extent: Interval, walls: Sequence[BBox], places: Sequence[BBox]
) -> bool:
    white = sum(min(high, extent[1]) - max(low, extent[0]) for low, high in gaps)
    beside = sum(place.width for place in places if place.top < box.bottom and place.bottom > box.top)
    walled = any(box.x0 < wall.x0 < box.x1 and wall.top < box.bottom and wall.bottom > box.top for wall in walls)
    return white - beside >= (_WHITE_RULED if walled else _WHITE) * max(1.0, extent[1] - extent[0] - beside)


def white_below(above: Row, below: Row) -> float:
    """White between two rows, in points."""
    return below.bbox.top - above.bbox.bottom


def cells_between(words: Sequence[Word], edges: Sequence[float]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in edges[1:]]
    for word in words:
        middle = (word.bbox.x0 + word.bbox.x1) / 2
        cells[sum(middle > edge for edge in edges[1:-1])].append(word)
    return cells


def have_same_words(first: Row, second: Row) -> bool:
    return len(first.words) == len(second.words) and _texts(first) == _texts(second)


def _texts(row: Row) -> list[str]:
    return sorted(word.text.casefold() for word in row.words)
