"""Heads of ruled tables: those of two levels, and those that are ruled off over rows without rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import Word
from newsletter_extract.layout.gutters import MIN_GUTTER_EM, extent_of
from newsletter_extract.layout.lines import rows_of, type_size
from newsletter_extract.layout.tables.aligned import CellsByRow, bands_of
from newsletter_extract.layout.tables.cells import rows_of_cells
from newsletter_extract.layout.tables.grids import Grid
from newsletter_extract.layout.tables.heads import is_head
from newsletter_extract.layout.tables.tabular import is_prose
from newsletter_extract.layout.tables.upper_heads import Head, Heads, Slot, settled, upper_heads

_MIN_LOWER, _LEAST_ROWS = 2, 3
"""So many lower heads stand under an upper one; so many rows do two of heads and one of figures make."""
_MOST_HEAD_ROWS, _LEAST_COLUMNS, _LEAST_OPEN = 2, 3, 2
"""Heads over rows without rules take at most so many rows of the grid, for so many columns, over so many rows."""
_REACH_EM = 2.0
"""Rows stand so near, in type sizes, under heads that are ruled off."""

_Numbered = tuple[int, list[list[Word]]]
"""A row of a grid that has words, and its number."""


def heads_of_two_levels(grid: Grid, words: Sequence[Word], size: float) -> tuple[Heads, CellsByRow] | None:
    """Heads of two levels in the first two rows of a grid, and the rows below; None where the rows hold none."""
    rows = _filled(grid, words)
    if len(rows) < _LEAST_ROWS:
        return None
    heads, body = _two_levels(grid, rows[0], rows[1], size), [row for _, row in rows[2:]]
    first = min((head.first for head in heads.upper), default=0) if heads else 0
    figures = any(w.text[:1].isdigit() for row in body for cell in row[first:] for w in cell)
    return (heads, body) if heads and figures else None


def heads_over_open_rows(grid: Grid, words: Sequence[Word], size: float) -> tuple[Heads, CellsByRow] | None:
    """The heads and the rows of a grid whose upright strokes end under its heads; None where it is no such table.

    White goes through all rows between the columns, at the borders of the heads or near them. One column at most is of
    long lines, since columns of a text stand under boxes too.
    """
    count = min(grid.open_rows, default=0)
    below_heads = set(range(count, len(grid.ys) - 1))
    if not 1 <= count <= _MOST_HEAD_ROWS or grid.open_rows != below_heads or len(grid.xs) <= _LEAST_COLUMNS:
        return None
    heads = [row for row in _filled(grid, [w for w in words if _middle(w) < grid.ys[count]]) if row[0] < count]
    below = [w for w in words if _middle(w) >= grid.ys[count]]
    whole = _two_levels(grid, heads[0], heads[1], size) if len(heads) > 1 else None
    if len(heads) == 1 and is_head([w for cell in heads[0][1] for w in cell]):
        whole = Heads(tuple(map(tuple, heads[0][1])))
    edges = _edges(grid, whole, below) if whole and below else None
    if not whole or not edges:
        return None
    heights = (*grid.ys[count:-1], grid.ys[-1] + 1)
    parts = [[w for w in below if top <= _middle(w) < bottom] for top, bottom in pairwise(heights)]
    body = [row for part in parts if part for row in _rows(_columns(edges, part))]
    full = sum(sum(map(bool, row)) > 1 for row in body)
    texts = sum(is_prose(lines) for lines in zip(*bands_of(_columns(edges, below)), strict=True))
    return (whole, body) if full >= max(_LEAST_OPEN, len(body) / 2) and texts <= 1 else None


def are_heads_alone(grid: Grid, words: Sequence[Word], page: Sequence[Word], size: float) -> bool:
    """Whether the `words` of a grid are but the heads of rows without rules under it, among the words of the page."""
    reach = grid.ys[-1] + _REACH_EM * size
    under = [w for w in page if grid.ys[-1] - 1 <= w.bbox.top < reach and grid.xs[0] < w.bbox.x0 < grid.xs[-1]]
    if len(grid.ys) - 1 > _MOST_HEAD_ROWS or not under or not is_head(words):
        return False
    row = rows_of(under)[0]
    columns = _columns([float("-inf"), *grid.xs[1:-1], float("inf")], row)
    crossing = any(w.bbox.x0 < x < w.bbox.x1 for w in row for x in grid.xs[1:-1])
    return not crossing and all(columns)


def _middle(word: Word) -> float:
    return (word.bbox.top + word.bbox.bottom) / 2


def _filled(grid: Grid, words: Sequence[Word]) -> list[_Numbered]:
    return [(k, row) for k, row in enumerate(grid.cells(words)) if any(row)]


def _edges(grid: Grid, heads: Heads, words: Sequence[Word]) -> list[float] | None:
    """Where white goes through the words between the middles of neighbouring heads, nearest to the border of both.

    Long cells reach over the border of their head now and then. None where there is no white.
    """
    least = MIN_GUTTER_EM * type_size(words)
    covered = sorted((w.bbox.x0, w.bbox.x1) for w in words)
    white, end = [(grid.xs[0], covered[0][0])], covered[0][1]
    for low, high in covered[1:]:
        if low - end >= least:
            white.append((end, low))
        end = max(end, high)
    white.append((end, grid.xs[-1]))
    middles = [
        sum(extent_of(head) if head else ends) / 2 for head, ends in zip(heads.lower, pairwise(grid.xs), strict=True)
    ]
    edges: list[float] = []
    for border, (left, right) in zip(grid.xs[1:-1], pairwise(middles), strict=True):
        inside = [(max(low, left), min(high, right)) for low, high in white if low < right and high > left]
        if not inside:
            return None
        near = min(inside, key=lambda gap: max(0.0, gap[0] - border, border - gap[1]))
        edges.append(min(max(border, near[0]), near[1]))
    return [float("-inf"), *edges, float("inf")]


def _columns(edges: Sequence[float], words: Sequence[Word]) -> list[list[Word]]:
    """Words by the columns between edges."""
    middles = [(w, (w.bbox.x0 + w.bbox.x1) / 2) for w in words]
    return [[w for w, x in middles if low <= x < high] for low, high in pairwise(edges)]


def _rows(columns: Sequence[Sequence[Word]]) -> CellsByRow:
    """Rows of columns some of which may be empty."""
    filled = [k for k, column in enumerate(columns) if column]
    place = {column: k for k, column in enumerate(filled)}
    rows = rows_of_cells([columns[k] for k in filled])
    return [[row[place[c]] if c in place else [] for c in range(len(columns))] for row in rows]


def _two_levels(grid: Grid, upper_row: _Numbered, lower_row: _Numbered, size: float) -> Heads | None:
    """The heads that two rows make; an upper one is a cell over several columns.

    Where borders are not known, as on scans, it stands over the middle of its columns.
    """
    (number, first), (_, second) = upper_row, lower_row
    if not is_head([w for cell in second for w in cell]):
        return None
    upper = tuple(Head(k, k + grid.reach(number, k) - 1, tuple(cell)) for k, cell in enumerate(first) if cell)
    if not grid.joined_left:
        slots = [Slot(tuple(head), *ends) for head, ends in zip(second, pairwise(grid.xs), strict=True)]
        upper = upper_heads([w for cell in first for w in cell], slots, size, ())
    wide = [head for head in upper if head.last > head.first]
    below = [sum(map(bool, second[head.first : head.last + 1])) for head in wide]
    if not wide or min(below) < _MIN_LOWER or any(head.last - head.first + 1 == len(first) for head in wide):
        return None
    return settled(Heads(tuple(map(tuple, second)), upper))
