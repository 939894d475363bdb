"""Runs: the rows of a page from top to bottom, grouped while they share white gutters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import Word
from newsletter_extract.layout.banners import is_banner, is_large
from newsletter_extract.layout.extending import extended
from newsletter_extract.layout.gutters import (
    MIN_ROWS,
    Interval,
    extent_of,
    gap_below,
    row_gaps,
    rows_beside,
    shared_gaps,
)
from newsletter_extract.layout.run import AHEAD, TEXT_WORDS, TIGHT_EM, Run, run_of, starts_of_columns

_HEADS_NEXT = 1.3
"""A lone line with this many times more white above than below heads what follows."""
_HEAD_WORDS = 14
_BACK = 12
"""So many rows up, white over all columns is looked for."""
_BANNER_ROWS = 2
"""A banner over columns that shares a gap with them by chance has at most so many lines."""


def find_runs(rows: Sequence[list[Word]], size: float, barriers: Sequence[float] = ()) -> list[Run]:
    """The runs of the rows; `size` is the body type and no run goes on over the heights in `barriers`, in points.

    `without` is the number of runs where the last has lost its first rows: no run loses them twice.
    """
    extent = extent_of([word for row in rows for word in row])
    runs: list[Run] = []
    parts: list[int] = []
    bottom, banner, without = float("-inf"), False, 0
    for k, row in enumerate(rows):
        below = rows[k + 1] if k + 1 < len(rows) else None
        alone = run_of(row, row_gaps(row, extent, size))
        top = min([w.bbox.top for w in row])
        parted = any(bottom - 1 <= y <= top + 1 for y in barriers)
        large = is_large(row, size)
        parted = parted or (banner and not large)
        single = not alone.inner(alone.gaps)
        banner = large and (single or bool(runs)) and is_banner(row, runs[-1] if runs else None, below, size)
        parted = parted or banner
        if runs and not parted and (since := _since_white(runs[-1], alone, size)):
            runs[-1:] = [_shorter(runs[-1], since, size), _of_rows(runs[-1].rows[-since:], extent, size)]
        longer = extended(runs[-1], alone, rows[k : k + AHEAD], size) if runs and not parted else None
        if runs and not parted and not longer and len(runs) != without:
            first = _first_rows(runs[-1], rows[k : k + AHEAD], extent, size)
            rest = _of_rows(runs[-1].rows[first:], extent, size) if first else None
            longer = extended(rest, alone, rows[k : k + AHEAD], size) if rest else None
            if rest and longer:
                runs[-1:] = [_of_rows(runs[-1].rows[:first], extent, size), rest]
                without = len(runs)
        if longer:
            runs[-1] = longer
        else:
            runs.append(alone)
            parts += [len(runs) - 1] if parted else []
        bottom = max([w.bbox.bottom for w in row])
    whole = [run for low, high in pairwise([0, *parts, len(runs)]) for run in _gathered(runs[low:high], size)]
    return _with_heads(whole, extent, size)


def _gathered(runs: Sequence[Run], size: float) -> list[Run]:
    """Runs, with rows put to the run right below whose text they begin, as where a banner shared a gap with them."""
    whole: list[Run] = []
    for run in reversed(runs):
        below = whole[-1] if whole else None
        count = _upper_rows(run, below, size) if below else 0
        if below and count:
            whole[-1] = _longer(run.rows[-count:], below, size)
        if count < len(run.rows):
            whole.append(_shorter(run, count, size))
    return whole[::-1]


def _longer(rows: list[list[Word]], below: Run, size: float) -> Run:
    """The run with rows put above it."""
    gaps = below.gaps
    for row in rows:
        gaps = shared_gaps(gaps, row_gaps(row, (below.gaps[0][0], below.gaps[-1][1]), size), size)
    left, right = extent_of([word for row in rows for word in row])
    return Run(rows + below.rows, gaps, min(left, below.left), max(right, below.right))


def _shorter(run: Run, count: int, size: float) -> Run:
    """The run without its last rows."""
    return _of_rows(run.rows[:-count], (run.gaps[0][0], run.gaps[-1][1]), size) if count else run


def _of_rows(rows: list[list[Word]], extent: Interval, size: float) -> Run:
    """Rows as a run, with the gaps that all of them share."""
    gaps = row_gaps(rows[0], extent, size)
    for row in rows[1:]:
        gaps = shared_gaps(gaps, row_gaps(row, extent, size), size)
    return Run(rows, gaps, *extent_of([word for row in rows for word in row]))


def _first_rows(run: Run, ahead: Sequence[list[Word]], extent: Interval, size: float) -> int:
    """How many first rows of a run lie across a gutter that its other rows share with those `ahead`, as a banner does.

    The gaps that such a run has came by chance, between the words of the banner.
    """
    for count in range(1, min(_BANNER_ROWS, len(run.rows) - MIN_ROWS) + 1):
        rest = _of_rows([*run.rows[count:], *ahead], extent, size)
        if any(rows_beside(gap, rest.words(), size) >= MIN_ROWS for gap in rest.inner(rest.gaps)):
            return count
    return 0


def _since_white(run: Run, alone: Run, size: float) -> int:
    """How many of the last rows of a run stand below white over all columns, where a row ends a gutter they do not use.

    Such rows belong with it, as far as they keep another gutter: what stands below the white has other columns.
    """
    inner = run.inner(run.gaps)
    if not inner:
        return 0
    shared = shared_gaps(inner, alone.gaps, size)
    lost = [g for g in inner if not any(g[0] < k[1] and k[0] < g[1] for k in shared)]
    if not shared or not any(rows_beside(gap, run.words(), size) >= MIN_ROWS for gap in lost):
        return 0
    for count, row in enumerate(reversed(run.rows[-_BACK:]), 1):
        left, right = extent_of(row)
        if any(left < low and high < right for low, high in lost) or count == len(run.rows):
            return 0
        if gap_below(run.rows[-count - 1], row) >= TIGHT_EM * size:
            return count
    return 0


def _upper_rows(run: Run, below: Run, size: float) -> int:
    """How many of the last rows of a run that no gutter of its own holds together begin the text of the run below."""
    cuts = below.inner(below.gaps)
    if not cuts or len(below.rows) < MIN_ROWS:
        return 0
    inner = run.inner(run.gaps) if len(run.rows) >= MIN_ROWS else []
    if any(rows_beside(gap, run.words(), size) >= MIN_ROWS for gap in inner):
        return 0
    inside = not any(run.left < (low + high) / 2 < run.right for low, high in cuts)
    tight = gap_below(run.rows[-1], below.rows[0]) < TIGHT_EM * size
    if inside and tight and not inner and len(run.rows[-1]) >= TEXT_WORDS:
        return len(run.rows)
    count, following, starts = 0, below, starts_of_columns(below, cuts)
    for row in reversed(run.rows):
        if gap_below(row, following.rows[0]) >= TIGHT_EM * size or is_large(row, size):
            break
        if not _stands_in_columns(row, cuts, starts, size):
            break
        following = _longer([row], following, size)
        if len(following.inner(following.gaps)) < len(cuts):
            break
        count += 1
    return count


def _stands_in_columns(row: Sequence[Word], cuts: Sequence[Interval], starts: Sequence[float], size: float) -> bool:
    """Whether a row stands in several columns, or is a line of text that begins where one of them does."""
    left, right = extent_of(row)
    if any(left < (low + high) / 2 < right for low, high in cuts):
        return True
    return len(row) >= TEXT_WORDS and any(abs(left - start) < size for start in starts)


def _with_heads(runs: list[Run], extent: Interval, size: float) -> list[Run]:
    """Runs where a lone last line that stands close to the run below, at the left or in the middle, heads that run."""
    parted: list[Run] = []
    for run, below in zip(runs, [*runs[1:], None], strict=True):
        parted.append(run)
        if below is None or len(run.rows) < MIN_ROWS or not _is_lone(run.rows[-1], run, extent, size):
            continue
        last = run.rows[-1]
        gap = gap_below(last, below.rows[0])
        if gap < 1.5 * size and gap_below(run.rows[-2], last) > max(_HEADS_NEXT * gap, 0.3 * size):
            run.rows.pop()
            parted.append(run_of(last, row_gaps(last, extent, size)))
    return parted


def _is_lone(row: Sequence[Word], run: Run, extent: Interval, size: float) -> bool:
    """Whether the row stands in one column only of the run's, the left one or the middle of all."""
    cuts = run.inner(run.gaps)
    if not cuts or len(row) > _HEAD_WORDS:
        return False
    left, right = extent_of(row)
    central = abs((left + right) - (extent[0] + extent[1])) < 2 * size
    return right <= cuts[0][0] or (central and not any(left < high and low < right for low, high in cuts))
