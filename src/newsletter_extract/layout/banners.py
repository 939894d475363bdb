"""Banners: rows of large type over columns, told from headings inside one of them."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_extract.document import Word
from newsletter_extract.layout.gutters import MIN_ROWS, Interval, extent_of, gap_below
from newsletter_extract.layout.lines import SIZE_OF_INK, type_size
from newsletter_extract.layout.run import Run, starts_of_columns

_BANNER_SIZE = 1.3
"""A row set this much larger than the body is a banner, even where it is short."""
_LITTLE = 0.25
"""Letters of larger type reach so far into a gutter, as a share of it."""
_FLUSH_EM = 0.5
"""A heading begins as near to where its column does, in type sizes."""


def is_large(row: Sequence[Word], size: float) -> bool:
    least = _BANNER_SIZE * size
    # as size_of, of which there would be a call for each word of a page
    large = sum([(word.size_pt or SIZE_OF_INK * word.bbox.height) > least for word in row])
    return len(row) > 1 and 2 * large >= len(row) and type_size(row) > least


def _is_clear_of(row: Sequence[Word], cut: Interval) -> bool:
    """Whether no word of a row reaches into a gutter, but for a little of it."""
    little = _LITTLE * (cut[1] - cut[0])
    return all(word.bbox.x1 <= cut[0] + little or word.bbox.x0 >= cut[1] - little for word in row)


def is_banner(row: Sequence[Word], run: Run | None, below: Sequence[Word] | None, size: float) -> bool:
    """Whether a row of large type is not in columns as the run above it is.

    One that keeps inside a column, with lines of other columns beside it, is a heading of that column. So is one that
    begins where a column right of the first does, as beside a picture.
    """
    left, right = extent_of(row)
    cuts = run.inner(run.gaps) if run else []
    if any(left < low and high < right for low, high in cuts):
        return not any(_is_clear_of(row, cut) for cut in cuts)
    if run and cuts and _heads_later_column(row, run, cuts, size):
        return False
    above_it = run is not None and gap_below(run.rows[-1], row) < 0
    return not above_it and (below is None or gap_below(row, below) >= 0)


def _heads_later_column(row: Sequence[Word], run: Run, cuts: Sequence[Interval], size: float) -> bool:
    """Whether a row begins with a column of a long run, not the first, and is not set in the middle of all."""
    left, right = extent_of(row)
    if abs((left + right) - (run.left + run.right)) < 2 * size or len(run.rows) < MIN_ROWS:
        return False
    return any(abs(left - start) < _FLUSH_EM * size for start in starts_of_columns(run, cuts)[1:])
