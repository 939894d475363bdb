"""Columns: a page is cut into runs of rows that share gutters, and each run into its columns, over and over.

A variant of the recursive X-Y cut (Nagy and Seth 1984) that cuts at white gutters first and lets a row end a run where
it crosses them, as banners do. The order of the words in the file plays no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsletter_extract.document import BBox, Word, union
from newsletter_extract.layout.aligned import is_table
from newsletter_extract.layout.lines import rows_of, type_size
from newsletter_extract.layout.margins import margin_sections

_MIN_GUTTER_EM = 0.55
"""Narrowest gutter in type sizes: 9 points at 10 point type leave 5.5 where long lines nearly touch."""
_WIDE_GUTTER_EM = 2.5
"""A gutter as wide as this is believed with fewer rows."""
_MIN_ROWS = 4
_APART = 1.4
"""A gap this much wider than any between the rows of a table ends it."""
_MIN_ROWS_WIDE = 2
_MAX_DEPTH = 6
_MARK_REACH_EM = 1.5
"""How far from its column, in type sizes, a bullet may stand."""
_BANNER_SIZE = 1.3
"""A row set this much larger than the body is a banner, even where it is short."""

Interval = tuple[float, float]


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


def _run(row: list[Word], gaps: list[Interval]) -> Run:
    return Run([row], gaps, min(w.bbox.x0 for w in row), max(w.bbox.x1 for w in row))


@dataclass(frozen=True, slots=True)
class Region:
    """Words that are read together, column after column."""

    columns: tuple[tuple[Word, ...], ...]


def regions_of(words: Sequence[Word], size: float) -> list[Region]:
    """Runs of rows from top to bottom, each with its columns from left to right; `size` is the body type in points."""
    if not words:
        return []
    extent = (min(w.bbox.x0 for w in words), max(w.bbox.x1 for w in words))
    runs: list[Run] = []
    for row in rows_of(words):
        gaps = _gaps(row, extent, size * _MIN_GUTTER_EM)
        longer = _extended(runs[-1], row, gaps, size) if runs and not _is_banner(row, size) else None
        if longer:
            runs[-1] = longer
        else:
            runs.append(_run(row, gaps))
    parted = [part for run in runs for part in _without_table_tail(run, extent, size)]
    return _merge([_region(run, size) for run in parted])


def _without_table_tail(run: Run, extent: Interval, size: float) -> list[Run]:
    """A run, with the last rows apart where they are a table of three columns or more that shares the run's gutter."""
    tail: Run | None = None
    begin, widest = len(run.rows), 0.0
    for row in reversed(run.rows):
        gaps = _gaps(row, extent, size * _MIN_GUTTER_EM)
        alone = _run(row, gaps)
        if tail is not None:
            shared = _intersect(tail.gaps, gaps, size * _MIN_GUTTER_EM)
            alone = Run(tail.rows, shared, min(tail.left, alone.left), max(tail.right, alone.right))
        rows = len(run.rows) - begin
        if len(alone.inner(alone.gaps)) < min(2, rows + 1):
            break
        gap = _gap_below(row, run.rows[begin]) if rows else 0.0
        if rows >= _MIN_ROWS and gap > _APART * max(widest, size * 0.3):
            break
        if tail is not None:
            tail.rows.append(row)
        tail, begin, widest = alone, begin - 1, max(widest, gap)
    if begin == 0 or tail is None or len(tail.rows) < _MIN_ROWS or not is_table(_region(tail, size).columns):
        return [run]
    above = run.rows[:begin]
    words = [word for row in above for word in row]
    left, right = min(w.bbox.x0 for w in words), max(w.bbox.x1 for w in words)
    return [Run(above, run.gaps, left, right), Run(run.rows[begin:], tail.gaps, tail.left, tail.right)]


def _gap_below(above: Sequence[Word], below: Sequence[Word]) -> float:
    return min(w.bbox.top for w in below) - max(w.bbox.bottom for w in above)


def _extended(run: Run, row: list[Word], gaps: list[Interval], size: float) -> Run | None:
    """The run with one more row, or None where the row ends it."""
    shared = _intersect(run.gaps, gaps, size * _MIN_GUTTER_EM)
    alone = _run(row, gaps)
    longer = Run(run.rows, shared, min(run.left, alone.left), max(run.right, alone.right))
    kept, before = longer.inner(shared), run.inner(run.gaps)
    if kept:
        lost = [g for g in before if not any(g[0] < k[1] and k[0] < g[1] for k in kept)]
        if lost and any(_is_gutter(g, [w for r in run.rows for w in r], size) for g in lost):
            return None
    elif before or alone.inner(gaps):
        return None
    run.rows.append(row)
    return longer


def _is_banner(row: Sequence[Word], size: float) -> bool:
    return len(row) > 1 and type_size(row) > _BANNER_SIZE * size


def _gaps(row: Sequence[Word], extent: Interval, least: float) -> list[Interval]:
    """White intervals of a row, the margins to the region's edges included."""
    gaps, edge = [], extent[0] - least
    for word in sorted(row, key=lambda w: w.bbox.x0):
        if word.bbox.x0 - edge >= least:
            gaps.append((edge, word.bbox.x0))
        edge = max(edge, word.bbox.x1)
    gaps.append((edge, extent[1] + least))
    return [gap for gap in gaps if gap[1] - gap[0] >= least]


def _intersect(first: Sequence[Interval], second: Sequence[Interval], least: float) -> list[Interval]:
    found = []
    i = j = 0
    while i < len(first) and j < len(second):
        low, high = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if high - low >= least:
            found.append((low, high))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return found


def _region(run: Run, size: float) -> Region:
    words = [word for row in run.rows for word in row]
    cuts = [gap for gap in run.inner(run.gaps) if _is_gutter(gap, words, size)]
    cuts = _supported(cuts, words, size)
    edges = [float("-inf"), *((low + high) / 2 for low, high in cuts), float("inf")]
    columns = [tuple(w for w in words if low <= (w.bbox.x0 + w.bbox.x1) / 2 < high) for low, high in pairwise(edges)]
    return Region(tuple(column for column in columns if column))


def _supported(cuts: Sequence[Interval], words: Sequence[Word], size: float) -> list[Interval]:
    """Cuts that have rows enough on both sides up to the next cut, the narrow ones more than the wide.

    A caption over a table, or the few lines at the head of an empty column, have gaps between words that nothing
    contradicts and that part nothing.
    """
    kept = list(cuts)
    while kept:
        edges = [float("-inf"), *(edge for cut in kept for edge in cut), float("inf")]
        columns = [
            len(rows_of([w for w in words if w.bbox.x0 >= low - 0.01 and w.bbox.x1 <= high + 0.01]))
            for low, high in zip(edges[::2], edges[1::2], strict=True)
        ]
        weak = [
            cut
            for cut, left, right in zip(kept, columns, columns[1:], strict=False)
            if min(left, right) < (_MIN_ROWS_WIDE if cut[1] - cut[0] >= size else _MIN_ROWS)
        ]
        if not weak:
            break
        kept.remove(min(weak, key=lambda cut: cut[1] - cut[0]))
    return kept


def _is_gutter(gap: Interval, words: Sequence[Word], size: float) -> bool:
    """Enough rows on both sides for a gutter of this width."""
    need = _MIN_ROWS_WIDE if gap[1] - gap[0] >= _WIDE_GUTTER_EM * size else _MIN_ROWS
    left = rows_of([w for w in words if w.bbox.x1 <= gap[0] + 0.01])
    right = rows_of([w for w in words if w.bbox.x0 >= gap[1] - 0.01])
    return min(len(left), len(right)) >= need


def _merge(regions: Sequence[Region]) -> list[Region]:
    """Join neighbouring regions of a single column: there is no cut between them."""
    merged: list[Region] = []
    for region in regions:
        if merged and len(region.columns) == len(merged[-1].columns) == 1:
            merged[-1] = Region((merged[-1].columns[0] + region.columns[0],))
        else:
            merged.append(region)
    return merged


def reading_order(words: Sequence[Word], size: float) -> list[Region]:
    """Regions in the order they are read: of one column for running text, of several for a table of aligned columns.

    Lone marks take no part in finding gutters, where specks of a scan often lie; each then joins the column it stands
    in, and one that stands apart from all text is left out.
    """
    text = [w for w in words if any(c.isalnum() for c in w.text)]
    regions = _ordered(text, size, 0)
    boxes = [[union(w.bbox for w in column) for column in region.columns] for region in regions]
    added: dict[tuple[int, int], list[Word]] = {}
    for mark in (w for w in words if not any(c.isalnum() for c in w.text)):
        distances = [(_distance(mark.bbox, box), k, c) for k, row in enumerate(boxes) for c, box in enumerate(row)]
        if distances and (nearest := min(distances))[0] <= _MARK_REACH_EM * size:
            added.setdefault(nearest[1:], []).append(mark)
    return [
        Region(tuple((*column, *added.get((k, c), ())) for c, column in enumerate(region.columns)))
        for k, region in enumerate(regions)
    ]


def _distance(mark: BBox, box: BBox) -> float:
    """How far the middle of a mark lies outside a box, in points."""
    x, y = (mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2
    return max(box.x0 - x, x - box.x1, 0.0) + max(box.top - y, y - box.bottom, 0.0)


def _ordered(words: Sequence[Word], size: float, depth: int) -> list[Region]:
    regions = regions_of(words, size)
    if depth >= _MAX_DEPTH or (len(regions) == 1 and len(regions[0].columns) == 1):
        return [Region((tuple(words),))] if words else []
    ordered: list[Region] = []
    for region in regions:
        if is_table(region.columns):
            ordered.append(region)
            continue
        sections = margin_sections(region.columns, size)
        if sections is not None:
            ordered += [Region((tuple(part),)) for section in sections for part in section if part]
            continue
        for column in region.columns:
            ordered += _ordered(column, size, depth + 1) if len(column) < len(words) else [Region((column,))]
    return ordered
