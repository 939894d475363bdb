"""Records: rows of a table that take two lines with columns of their own each, as police systems print them."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_extract.document import Word
from newsletter_extract.layout.gutters import Interval, shared_gaps
from newsletter_extract.layout.tables.band_rows import NARROW, ROWS_APART_EM, Band, Row, cells_between, white_below
from newsletter_extract.layout.tables.heads import is_head
from newsletter_extract.layout.tables.tabular import is_level, is_prose, runs_on
from newsletter_extract.layout.tables.upper_heads import Heads

_RECORD, _LEAST_RECORDS = 0.5, 3
"""White inside records of two lines is less than this share of that between them; so many records are a table."""
_FLUSH_EM = 0.8
_HEAD_REACH_EM = 3.0
"""So far apart, in type sizes, are the lines of heads, which are often underlined, and the first record."""


def records_at(rows: Sequence[Row], start: int, floor: int, size: float) -> tuple[Band | None, int]:
    """A table whose records take two lines with columns of their own each and white between records, or None.

    Two lines of heads above it, from row `floor` on, are its heads. Also the row up to which the lines were looked at.
    """
    if start + 1 == len(rows):
        return None, start
    upper, lower = ([gap for gap in row.inner if gap[1] - gap[0] >= size] for row in rows[start : start + 2])
    end = start
    while upper and lower and end + 1 < len(rows):
        first, second = rows[end], rows[end + 1]
        inside = white_below(first, second)
        after = white_below(second, rows[end + 2]) if end + 2 < len(rows) else size
        kept = shared_gaps(upper, first.gaps, size * NARROW), shared_gaps(lower, second.gaps, size * NARROW)
        if inside > _RECORD * after or not (first.is_tabular and second.is_tabular) or not all(kept):
            break
        (upper, lower), end = kept, end + 2
        if after > ROWS_APART_EM * size:
            break
    if end - start < 2 * _LEAST_RECORDS or _stand_alike(rows[start], upper, rows[start + 1], lower, size):
        return None, end
    columns: list[tuple[Word, ...]] = []
    for line, gaps in enumerate((upper, lower)):
        edges = [float("-inf"), *((low + high) / 2 for low, high in gaps), float("inf")]
        cells = [cells_between(row.words, edges) for row in rows[start + line : end : 2]]
        by_column = [[row[c] for row in cells] for c in range(len(gaps) + 1)]
        if not is_level(cells) or any(not any(c) or is_prose(c) or runs_on(c) for c in by_column):
            return None, end
        columns += [tuple(word for cell in column for word in cell) for column in by_column]
    heads = _heads_above(rows, start, (upper, lower), size) if start >= floor + 2 else None
    return Band(start - 2 if heads else start, end, tuple(columns), heads=heads), end


def _heads_above(
    rows: Sequence[Row], start: int, gaps: tuple[Sequence[Interval], Sequence[Interval]], size: float
) -> Heads | None:
    """The heads in the two lines above the first record, where both have white at the gaps of its lines; else None."""
    cells: list[list[Word]] = []
    for k, inner in zip((start - 2, start - 1), gaps, strict=True):
        row = rows[k]
        shared = shared_gaps(inner, row.gaps, size * NARROW)
        if len(shared) < len(inner) or not is_head(row.words) or white_below(row, rows[k + 1]) > _HEAD_REACH_EM * size:
            return None
        cells += cells_between(row.words, [float("-inf"), *((low + high) / 2 for low, high in shared), float("inf")])
    return Heads(tuple(map(tuple, cells))) if all(cells) else None


def _stand_alike(
    upper: Row, upper_gaps: Sequence[Interval], lower: Row, lower_gaps: Sequence[Interval], size: float
) -> bool:
    """Whether most pieces of the lower line begin where those of the upper do, as the rest of wrapped cells does."""
    first, second = (
        [row.bbox.x0, *(high for _, high in gaps)] for row, gaps in ((upper, upper_gaps), (lower, lower_gaps))
    )
    under = sum(any(abs(x - other) < _FLUSH_EM * size for other in first) for x in second)
    return 2 * under > len(second)
