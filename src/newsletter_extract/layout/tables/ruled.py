"""Ruled tables and frames of a page: the words that rules enclose, in rows of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from newsletter_extract.document import Rule, Word
from newsletter_extract.layout.gutters import MIN_GUTTER_EM
from newsletter_extract.layout.lines import lines_of, size_of, type_size
from newsletter_extract.layout.tables.aligned import CellsByRow, bands_of
from newsletter_extract.layout.tables.cells import rows_of_cells
from newsletter_extract.layout.tables.grids import Grid, find_grids, is_table
from newsletter_extract.layout.tables.ruled_heads import are_heads_alone, heads_of_two_levels, heads_over_open_rows
from newsletter_extract.layout.tables.upper_heads import Heads

_FRAMED_WORDS = 40
"""Ruled boxes with fewer words are forms and decoration, read as the text round them."""
_HEAD_REACH_EM = 1.3
_ROWS_TOGETHER, _COLUMNS_TOGETHER = 3, 3
"""Cells of so many columns that all have so many lines are as many rows, ruled off in groups."""
_TITLE, _TITLE_WORDS = 1.6, 20
"""Type so many times as large as that of the cells is a title, of at most so many words."""
_UNRULED_ROWS = 2
"""A grid of a head and one row has no rules between its other rows."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The cells of a grid; heads of two levels, or over rows without rules, stand apart from its rows."""

    grid: Grid
    rows: CellsByRow
    heads: Heads | None = None

    def words(self) -> list[Word]:
        """All words of the table."""
        return [*(self.heads.words() if self.heads else ()), *(w for row in self.rows for cell in row for w in cell)]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What rules enclose on a page."""

    tables: tuple[RuledTable, ...]
    frames: tuple[CellsByRow, ...]
    """Columns of text with rules between them."""


def ruled(words: Sequence[Word], rules: Sequence[Rule], size: float, *, scanned: bool) -> Ruled:
    """The tables and frames of a page; `size` is the body type in points."""
    tables, frames = [], []
    for whole in find_grids(rules, scanned=scanned):
        grid = _below_title(whole, words)
        inside = [word for word in words if grid.holds(word)]
        rows = grid.rows(inside)
        if headed := heads_over_open_rows(grid, inside, size):
            tables.append(RuledTable(grid, headed[1], headed[0]))
        elif is_table(rows) and (headed := heads_of_two_levels(grid, inside, size)):
            tables.append(RuledTable(grid, _single_rows(headed[1]), headed[0]))
        elif is_table(rows) and not are_heads_alone(grid, inside, words, size):
            tables.append(RuledTable(grid, [*_head_above(grid, rows, words, size), *_single_rows(rows)]))
        elif len(inside) > _FRAMED_WORDS:
            frames.append(_frame(grid, inside))
    return Ruled(tuple(tables), tuple(frames))


def _frame(grid: Grid, words: Sequence[Word]) -> CellsByRow:
    """The cells of a frame round columns of text; a row that no upright stroke parts is one."""
    rows = [(k, row) for k, row in enumerate(grid.cells(words)) if any(row)]
    return [[[word for cell in row for word in cell]] if k in grid.open_rows else row for k, row in rows]


def _below_title(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid without the upper part of its first row where that holds a title: type far larger than in the cells."""
    inside = [word for word in words if grid.holds(word)]
    least = _TITLE * type_size(inside)
    large = [word for word in inside if size_of(word) > least and word.bbox.bottom < grid.ys[1]]
    bottom = max((word.bbox.bottom for word in large), default=grid.ys[0])
    free = all(word in large or word.bbox.top >= bottom - 1 for word in inside if word.bbox.bottom < grid.ys[1])
    return replace(grid, ys=(bottom, *grid.ys[1:])) if large and free and len(large) <= _TITLE_WORDS else grid


def _single_rows(rows: CellsByRow) -> CellsByRow:
    """The rows, with those parted that hold several, as where rules stand only under the head or round groups."""
    return [single for row in rows for single in _singles(row, rows)]


def _singles(row: list[list[Word]], rows: CellsByRow) -> CellsByRow:
    return _parted(row) if _holds_several(row, rows) else _by_full_lines(row)


def _by_full_lines(row: list[list[Word]]) -> CellsByRow:
    """The rows of a ruled one that each begin with a line of all cells, told by such a line under one of fewer cells.

    The cells of a single row end one after the other, and none begins again.
    """
    bands = bands_of(row)
    columns = sum(map(bool, row))
    full = [sum(map(bool, band)) == columns for band in bands]
    if columns < _COLUMNS_TOGETHER or not full[0] or not any(b and not a for a, b in pairwise(full)):
        return [row]
    begins = [k for k, is_full in enumerate(full) if is_full]
    groups = [bands[low:high] for low, high in pairwise([*begins, len(bands)])]
    return [[[word for band in group for word in band[c]] for c in range(len(row))] for group in groups]


def _parted(row: list[list[Word]]) -> CellsByRow:
    filled = [cell for cell in row if cell]
    parted = iter(zip(*rows_of_cells(filled), strict=True))
    columns = [next(parted) if cell else None for cell in row]
    count = len(next(column for column in columns if column))
    return [[list(column[k]) if column else [] for column in columns] for k in range(count)]


def _holds_several(row: list[list[Word]], rows: CellsByRow) -> bool:
    filled = [len(lines_of(cell)) for cell in row if cell]
    if len(filled) < 2 or min(filled) < 2:
        return False
    if len(rows) <= _UNRULED_ROWS and row is rows[-1]:
        return min(filled) >= _ROWS_TOGETHER
    return len(filled) >= _COLUMNS_TOGETHER and min(filled) == max(filled) >= _ROWS_TOGETHER


def _head_above(grid: Grid, rows: CellsByRow, words: Sequence[Word], size: float) -> CellsByRow:
    """The row right above the uppermost rule whose words stand over the columns of the grid, at most one."""
    box = grid.bbox
    near = [w for w in words if -1 <= box.top - w.bbox.bottom < _HEAD_REACH_EM * size]
    lowest = lines_of([w for w in near if box.x0 - size < w.bbox.x0 and w.bbox.x1 < box.x1 + size])[-1:]
    for line in lowest:
        beside = [w for w in near if w.bbox.top < line.bbox.bottom and w.bbox.bottom > line.bbox.top]
        cells = [
            [w for w in line.words if low <= (w.bbox.x0 + w.bbox.x1) / 2 < high] for low, high in pairwise(grid.xs)
        ]
        filled = [cell for cell in cells if cell]
        apart = all(b[0].bbox.x0 - a[-1].bbox.x1 >= MIN_GUTTER_EM * size for a, b in pairwise(filled))
        if len(beside) == len(line.words) and len(filled) == len(grid.xs) - 1 and apart and all(rows[0]):
            return [cells]
    return []
