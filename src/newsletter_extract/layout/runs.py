"""Runs: the rows of a page from top to bottom, grouped while they share white gutters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsletter_extract.document import Word
from newsletter_extract.layout.gutters import (
    MIN_ROWS,
    Interval,
    extent_of,
    gap_below,
    row_gaps,
    rows_beside,
    shared_gaps,
)
from newsletter_extract.layout.lines import size_of, type_size
from newsletter_extract.layout.tables.aligned import is_table

_BANNER_SIZE = 1.3
"""A row set this much larger than the body is a banner, even where it is short."""
_HEADS_NEXT = 1.3
"""A lone line with this many times more white above than below heads what follows."""
_HEAD_WORDS = 14
_LITTLE = 0.25
"""Letters of larger type reach so far into a gutter, as a share of it."""
_FLUSH_EM = 0.5
"""A heading begins as near to where its column does, in type sizes."""
_BACK = 12
"""So many rows up, white over all columns is looked for."""
_BANNER_ROWS = 2
"""A banner over columns that shares a gap with them by chance has at most so many lines."""
_AHEAD, _TEXT_WORDS, _TIGHT_EM = 3, 4, 1.0
"""Within so many rows a text of so many words a line goes on, with less white between its lines, in type sizes."""


@dataclass(frozen=True, slots=True)
class Run:
    """Rows, the white intervals that all of them share, and how far they reach; `rows` is added to in place."""

    rows: list[list[Word]]
    gaps: list[Interval]
    left: float
    right: float

    def inner(self, gaps: Sequence[Interval]) -> list[Interval]:
        """The gaps with words on both sides."""
        return [gap for gap in gaps if gap[0] >= self.left and gap[1] <= self.right]

    def words(self) -> list[Word]:
        return [word for row in self.rows for word in row]


def run_of(row: list[Word], gaps: list[Interval]) -> Run:
    """A run of one row."""
    return Run([row], gaps, *extent_of(row))


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
        large = _is_large(row, size)
        parted = parted or (banner and not large)
        single = not alone.inner(alone.gaps)
        banner = large and (single or bool(runs)) and _is_banner(row, runs[-1] if runs else None, below, size)
        parted = parted or banner
        if runs and not parted and (since := _since_white(runs[-1], alone, size)):
            runs[-1:] = [_shorter(runs[-1], since, size), _of_rows(runs[-1].rows[-since:], extent, size)]
        longer = extended(runs[-1], alone, rows[k : k + _AHEAD], size) if runs and not parted else None
        if runs and not parted and not longer and len(runs) != without:
            first = _first_rows(runs[-1], rows[k : k + _AHEAD], extent, size)
            rest = _of_rows(runs[-1].rows[first:], extent, size) if first else None
            longer = extended(rest, alone, rows[k : k + _AHEAD], size) if rest else None
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
        if gap_below(run.rows[-count - 1], row) >= _TIGHT_EM * size:
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
    tight = gap_below(run.rows[-1], below.rows[0]) < _TIGHT_EM * size
    if inside and tight and not inner and len(run.rows[-1]) >= _TEXT_WORDS:
        return len(run.rows)
    count, following, starts = 0, below, _starts_of_columns(below, cuts)
    for row in reversed(run.rows):
        if gap_below(row, following.rows[0]) >= _TIGHT_EM * size or _is_large(row, size):
            break
        if not _stands_in_columns(row, cuts, starts, size):
            break
        following = _longer([row], following, size)
        if len(following.inner(following.gaps)) < len(cuts):
            break
        count += 1
    return count


def _starts_of_columns(run: Run, cuts: Sequence[Interval]) -> list[float]:
    """Where the columns of a run begin, from left to right, in points."""
    return [extent_of(piece)[0] for piece in _pieces(run.words(), cuts) if piece]


def _stands_in_columns(row: Sequence[Word], cuts: Sequence[Interval], starts: Sequence[float], size: float) -> bool:
    """Whether a row stands in several columns, or is a line of text that begins where one of them does."""
    left, right = extent_of(row)
    if any(left < (low + high) / 2 < right for low, high in cuts):
        return True
    return len(row) >= _TEXT_WORDS and any(abs(left - start) < size for start in starts)


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


def extended(run: Run, alone: Run, ahead: Sequence[list[Word]], size: float) -> Run | None:
    """The run with one more row, a run of its own so far and the first of those `ahead`, or None where it ends the run.

    A gutter that enough rows prove ends with it, unless it parted the cells of a table, or stood in one column while
    the text of another goes on.
    """
    shared = shared_gaps(run.gaps, alone.gaps, size)
    longer = Run(run.rows, shared, min(run.left, alone.left), max(run.right, alone.right))
    kept, before = longer.inner(shared), run.inner(run.gaps)
    if kept:
        lost = [g for g in before if not any(g[0] < k[1] and k[0] < g[1] for k in kept)]
        # Cells of a table are often short: a few rows beside each other prove no gutter.
        proven = _proven(lost, kept, run.words(), size) if lost else []
        if (
            proven
            and not _text_goes_on(run.rows[-_AHEAD:], ahead, kept, proven, size)
            and not all(_parts_cells(piece, proven) for piece in _pieces(run.words(), kept))
        ):
            return None
    elif before or alone.inner(alone.gaps):
        return None
    run.rows.extend(alone.rows)
    return longer


def _proven(gaps: Sequence[Interval], cuts: Sequence[Interval], words: Sequence[Word], size: float) -> list[Interval]:
    """Those of the gaps that have rows enough on both sides, up to the cuts that go on."""
    return [
        gap
        for (low, high), piece in zip(pairwise(_edges(cuts)), _pieces(words, cuts), strict=True)
        for gap in gaps
        if low < (gap[0] + gap[1]) / 2 < high and rows_beside(gap, piece, size) >= MIN_ROWS
    ]


def _edges(cuts: Sequence[Interval]) -> list[float]:
    """The middles of the cuts, and what lies beyond all words on both sides."""
    return [float("-inf"), *((low + high) / 2 for low, high in cuts), float("inf")]


def _pieces(words: Sequence[Word], cuts: Sequence[Interval]) -> list[list[Word]]:
    """The words between cuts, from left to right."""
    edges = _edges(cuts)
    return [[w for w in words if low <= (w.bbox.x0 + w.bbox.x1) / 2 < high] for low, high in pairwise(edges)]


def _text_goes_on(
    above: Sequence[list[Word]],
    below: Sequence[list[Word]],
    cuts: Sequence[Interval],
    lost: Sequence[Interval],
    size: float,
) -> bool:
    """Whether lines of a column in which none of the lost gaps lies follow each other without a band of white."""
    for low, high in pairwise(_edges(cuts)):
        if any(low < gap[0] < high for gap in lost):
            continue
        last, following = (
            [line for row in rows if len(line := [w for w in row if low < w.bbox.x0 < high]) >= _TEXT_WORDS]
            for rows in (above, below)
        )
        if last and following and gap_below(last[-1], following[0]) < _TIGHT_EM * size:
            return True
    return False


def _parts_cells(piece: Sequence[Word], gaps: Sequence[Interval]) -> bool:
    """Whether those of the gaps that lie in a piece part the cells of a table."""
    columns = [column for column in _pieces(piece, gaps) if column]
    return len(columns) < 2 or is_table(columns)


def _is_large(row: Sequence[Word], size: float) -> bool:
    least = _BANNER_SIZE * size
    return len(row) > 1 and any(size_of(word) > least for word in row) and type_size(row) > least


def _is_clear_of(row: Sequence[Word], cut: Interval) -> bool:
    """Whether no word of a row reaches into a gutter, but for a little of it."""
    little = _LITTLE * (cut[1] - cut[0])
    return all(word.bbox.x1 <= cut[0] + little or word.bbox.x0 >= cut[1] - little for word in row)


def _heads_later_column(row: Sequence[Word], run: Run, cuts: Sequence[Interval], size: float) -> bool:
    """Whether a row begins with a column of a long run, not the first, and is not set in the middle of all."""
    left, right = extent_of(row)
    if abs((left + right) - (run.left + run.right)) < 2 * size or len(run.rows) < MIN_ROWS:
        return False
    return any(abs(left - start) < _FLUSH_EM * size for start in _starts_of_columns(run, cuts)[1:])


def _is_banner(row: Sequence[Word], run: Run | None, below: Sequence[Word] | None, size: float) -> bool:
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
