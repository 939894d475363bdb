"""Bands: rows of a page that are a table, told from rows of text by the white in them and by the cells they make.

A table that stands between columns of text often has a gap where the text has its gutter. So tables are looked for row
by row, before the text is cut into columns: a row of text fills its columns, a row of a table does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsletter_extract.document import BBox, Word
from newsletter_extract.layout.barriers import walls_of
from newsletter_extract.layout.building import STAND_IN
from newsletter_extract.layout.gutters import Interval, extent_of, row_gaps, shared_gaps
from newsletter_extract.layout.tables.aligned import CellsByRow, bands_of
from newsletter_extract.layout.tables.band_rows import (
    NARROW,
    ROWS_APART_EM,
    Band,
    Row,
    cells_between,
    have_same_words,
    measured,
    white_below,
)
from newsletter_extract.layout.tables.beside import stands_in_columns
from newsletter_extract.layout.tables.heads import begins_another, heads_above, is_head, is_ruled_off
from newsletter_extract.layout.tables.records import records_at
from newsletter_extract.layout.tables.tabular import SHORT_WORDS, is_tabular

_STARTS = 3
"""At so many rows from the top of a run of such rows a table may begin; those above are heads over its columns."""
_REACH = 8
_LONG_RUN = 32
"""Of lines that look like a table and make none, so many or fewer are each tried as its first; of more, so many."""
_FAR = 40
"""A table that is told by one of its rows begins at most so many rows above it."""
_OVER = 0.8
"""A stroke over this share of a table's width is one of its rules."""
_WRAPPED = 4
"""So many lines of one cell may follow each other without a word beside them; more are a text."""
_MOST_CELL_WORDS = 5
"""Lines above a table with more words on end are a text."""
_HANGING_EM = 0.4
_LABELS = 0.35
"""At most this share of a table's rows are labels over the others."""
_SPANNING = 0.7
"""A label over several columns fills less of the width."""
_HEAD_APART_EM = 0.6
"""Lines of a head stand this near to each other and to the rows, in type sizes."""
_FLUSH_EM = 0.8


def table_bands(rows: Sequence[list[Word]], extent: Interval, size: float, strokes: Sequence[BBox] = ()) -> list[Band]:
    """The tables among the rows, from top to bottom; `size` is the body type in points."""
    walls = walls_of(strokes)
    places = [word.bbox for row in rows for word in row if word.text == STAND_IN]
    lines = [measured(row, extent, size, walls, places) for row in rows]
    found: list[Band] = []
    k = floor = 0
    while k < len(lines):
        if not lines[k].is_tabular:
            k += 1
            continue
        records, reach = records_at(lines, k, floor, size)
        bands = [records] if records else []
        if not records:
            tried = _tried(lines, k, max(floor, k - _FAR), extent, size, strokes)
            bands = [band for _, band in tried if band]
            reach = max([reach, *(core.end for core, _ in tried)])
        best = max(bands, key=_richness, default=None)
        if best and not records:
            inside = max(range(best.begin, best.end), key=lambda row: len(lines[row].inner))
            finer = _band(lines, _core(lines, inside, extent, size), floor, size, strokes)
            best = finer if finer and _is_core(finer, best) else best
        if best:
            floor = best.end
            if best is records or not stands_in_columns(lines, best.begin, best.end, best.columns):
                found.append(
                    _twins(lines, best, size) or (best if best is records else _refined(lines, best, extent, size))
                )
        k = best.end if best else k + 1 + (reach - k) // _LONG_RUN
    return found


def _tried(
    rows: Sequence[Row], k: int, floor: int, extent: Interval, size: float, strokes: Sequence[BBox]
) -> list[tuple[_Core, Band | None]]:
    """What the rows at which a table may begin near row k make, without those that make what another one did."""
    tried: list[tuple[_Core, Band | None]] = []
    for start in sorted(_starts(rows, k), key=lambda start: is_head(rows[start].words)):
        if not any(band is None and _is_like(rows, core, start) for core, band in tried):
            core = _core(rows, start, extent, size)
            tried.append((core, _band(rows, core, floor, size, strokes)))
    return tried


def _is_like(rows: Sequence[Row], core: _Core, start: int) -> bool:
    """Whether a row lies in a core that began above it with as many gaps, at a row that was as much of a head."""
    first = rows[core.start]
    alike = len(rows[start].inner) == len(first.inner) and is_head(rows[start].words) == is_head(first.words)
    return core.start < start < core.end and alike


def _richness(band: Band) -> tuple[int, int]:
    """What speaks for one reading of a table against another: columns with cells under each other, and rows."""
    rows = [sum(bool(cell) for cell in column) for column in zip(*bands_of(band.columns), strict=True)]
    return sum(count > 1 for count in rows), band.end - band.begin


def _is_core(band: Band, wider: Band) -> bool:
    """Whether a band of more columns is most of a wider one, which began with lines of a text above it."""
    inside = wider.begin < band.begin and band.end >= wider.end
    return inside and len(band.columns) > len(wider.columns) and 2 * (band.end - band.begin) > wider.end - wider.begin


def _starts(rows: Sequence[Row], k: int) -> list[int]:
    """Rows at which a table may begin: the next few with white in them, and those with more gaps than any before."""
    near = [s for s in range(k, min(k + _REACH, len(rows))) if rows[s].is_tabular]
    richer = [s for i, s in enumerate(near) if all(len(rows[s].inner) > len(rows[before].inner) for before in near[:i])]
    return sorted({*near[:_STARTS], *richer})


@dataclass(frozen=True, slots=True)
class _Core:
    """The rows about one of them that keep all of its gaps, before it is known whether they are a table."""

    start: int
    end: int
    gaps: list[Interval]
    spanning: frozenset[int]
    """Rows that are labels over the others."""


def _core(rows: Sequence[Row], start: int, extent: Interval, size: float) -> _Core:
    """The rows from `start` on that keep all of its gaps, with the lines of one cell and the labels between them."""
    first = last = rows[start]
    kept, end, lone = first.inner, start + 1, 0
    spanning: set[int] = set()
    is_worded = not any(c.isdigit() for word in first.words for c in word.text)
    for k in range(start + 1, len(rows)):
        row = rows[k]
        if not row.is_text or white_below(last, row) > ROWS_APART_EM * size:
            break
        if k > start + 1 and is_worded and have_same_words(first, row):
            end = max(j for j in range(start, k) if rows[j].inner) + 1
            break
        if k > start + 1 and begins_another(row, rows[k - 1 : k + 2]):
            break
        shared = shared_gaps(kept, row.gaps, size * (NARROW if row.inner else 1))
        lone = 0 if row.inner else lone + 1
        if lone > _WRAPPED:
            end = min(end, k - lone + 1)
            break
        if len(shared) == len(kept) and (not row.inner or row.is_tabular):
            kept, last = shared, row
            end = k + 1 if row.inner or _hangs(row, rows[k - 1], kept, size) else end
        elif k - 1 not in spanning and _is_label(row, first.bbox.x0, extent, size):
            spanning.add(k)
            last = row
        else:
            break
    while end - 1 in spanning:
        end -= 1
    return _Core(start, end, kept, frozenset(spanning))


def _band(rows: Sequence[Row], core: _Core, floor: int, size: float, strokes: Sequence[BBox]) -> Band | None:
    """The table that a core makes with the rows above it from row `floor` on, or None where it makes none."""
    spanning, end = core.spanning, core.end
    start, kept = _risen(rows, core.start, floor, core.gaps, size)
    start = _below_top_stroke(rows, start, end, strokes)
    edges = [float("-inf"), *((low + high) / 2 for low, high in kept), float("inf")]
    cells: CellsByRow = [
        [row.words, *([] for _ in kept)] if k in spanning else cells_between(row.words, edges)
        for k, row in enumerate(rows[start:end], start)
    ]
    rules = _rules_of(rows[start:end], size, strokes)
    plain = len(spanning) > _LABELS * (end - start) or not is_tabular(cells, rules)
    if plain and not (start > floor and all(word.bold for word in rows[start - 1].words)):
        return None
    lines, heads = heads_above(rows, start, floor, cells, size, strokes)
    begin = start - len(lines)
    if not heads:
        cells = [*lines, *cells]
    if plain and (len(spanning) > _LABELS * (end - start) or not is_tabular(cells, rules)):
        return None
    columns = tuple(tuple(word for row in cells for word in row[c]) for c in range(len(kept) + 1))
    return Band(begin, end, columns, heads=heads) if all(columns) else None


def _below_top_stroke(rows: Sequence[Row], start: int, end: int, strokes: Sequence[BBox]) -> int:
    """The row where a table begins whose heads stand between two strokes, with no stroke under the row below them."""
    for k in range(start, min(start + _STARTS, end - 3)):
        head = rows[k + 1]
        ruled_off = [is_ruled_off(above, below, strokes) for above, below in pairwise(rows[k : k + 4])]
        if ruled_off == [True, True, False] and head.inner and is_head(head.words):
            return k + 1
    return start


def _refined(rows: Sequence[Row], band: Band, extent: Interval, size: float) -> Band:
    """The band, cut wherever white goes through all of its rows: no row need have all cells, as where those wrap."""
    lines = [row.words for row in rows[band.begin : band.end]]
    gaps = row_gaps(lines[0], extent, size * NARROW)
    for line in lines[1:]:
        gaps = shared_gaps(gaps, row_gaps(line, extent, size * NARROW), size * NARROW)
    words = [word for line in lines for word in line]
    left, right = extent_of(words)
    edges = [(low + high) / 2 for low, high in gaps if low >= left and high <= right]
    cells = [cells_between(line, [float("-inf"), *edges, float("inf")]) for line in lines]
    columns = tuple(tuple(word for row in cells for word in row[c]) for c in range(len(edges) + 1))
    finer = Band(band.begin, band.end, columns)
    return finer if len(columns) > len(band.columns) and _richness(finer)[0] == len(columns) else band


def _twins(rows: Sequence[Row], band: Band, size: float) -> Band | None:
    """Two tables side by side with the same heads, with the lines of their captions above; None where it is one."""
    half, odd = divmod(len(band.columns), 2)
    if odd or not any(_is_twin_head(row.words, band, half) for row in rows[band.begin : band.begin + _STARTS]):
        return None
    middle = (max(w.bbox.x1 for c in band.columns[:half] for w in c) + min(w.bbox.x0 for w in band.columns[half])) / 2
    begin = band.begin
    while begin > 0 and begin > band.begin - _STARTS:
        above = rows[begin - 1]
        free = any(low < middle < high for low, high in above.gaps)
        if not free or not above.is_tabular or white_below(above, rows[begin]) > size:
            break
        begin -= 1
    words = [word for row in rows[begin : band.end] for word in row.words]
    left, right = cells_between(words, [float("-inf"), middle, float("inf")])
    return Band(begin, band.end, (tuple(left), tuple(right)), is_table=False)


def _is_twin_head(row: Sequence[Word], band: Band, half: int) -> bool:
    owner = {id(word): c for c, column in enumerate(band.columns) for word in column}
    heads = [" ".join(w.text for w in row if owner.get(id(w)) == c).casefold() for c in range(len(band.columns))]
    return all(heads) and heads[:half] == heads[half:]


def _risen(
    rows: Sequence[Row], start: int, floor: int, gaps: list[Interval], size: float
) -> tuple[int, list[Interval]]:
    """The row above at which a table that was told by its richest row begins, and the gaps that are left."""
    begin = start
    reach = ROWS_APART_EM if len(gaps) > 1 else _HEAD_APART_EM
    lone = 0
    for k in range(start - 1, floor - 1, -1):
        row = rows[k]
        shared = shared_gaps(gaps, row.gaps, size * NARROW)
        parted = any(low < gap[1] and gap[0] < high for low, high in row.inner for gap in shared)
        lone = 0 if parted else lone + 1
        far = white_below(row, rows[k + 1]) > reach * size
        hanging = k > floor and white_below(rows[k - 1], row) < _HANGING_EM * size
        if far or len(shared) < len(gaps) or lone > _WRAPPED or not (row.is_tabular if row.inner else hanging):
            break
        if parted and _longest(row, shared) > max(_MOST_CELL_WORDS, _longest(rows[start], gaps)):
            break  # a line of a text that has white where the table has
        if row.inner and is_head(row.words) and not is_head(rows[start].words):
            break
        gaps = shared
        begin = k if parted else begin
    return begin, gaps


def _longest(row: Row, gaps: Sequence[Interval]) -> int:
    """The most words that a row has between gaps."""
    edges = [float("-inf"), *((low + high) / 2 for low, high in gaps), float("inf")]
    return max(map(len, cells_between(row.words, edges)))


def _hangs(row: Row, above: Row, gaps: Sequence[Interval], size: float) -> bool:
    """Whether a line of one cell may end a table: a short one, or the rest of a cell behind the first close above."""
    behind = row.bbox.x0 >= gaps[0][1] - 1
    return len(row.words) <= SHORT_WORDS or (behind and white_below(above, row) < _HANGING_EM * size)


def _is_label(row: Row, left: float, extent: Interval, size: float) -> bool:
    """Whether a row may be a label over all columns, flush with the first."""
    flush = abs(row.bbox.x0 - left) < _FLUSH_EM * size
    short = row.bbox.width <= _SPANNING * (extent[1] - extent[0]) and len(row.words) <= 2 * SHORT_WORDS
    return flush and short and not row.inner


def _rules_of(rows: Sequence[Row], size: float, strokes: Sequence[BBox]) -> list[BBox]:
    """The horizontal strokes over the rows, and the upright ones beside their words."""
    words = [word for row in rows for word in row.words]
    left, right = extent_of(words)
    top, bottom = min(w.bbox.top for w in words) - size, max(w.bbox.bottom for w in words) + size
    found = []
    for box in strokes:
        middle = (box.top + box.bottom) / 2
        if not top <= middle <= bottom:
            continue
        over = min(box.x1, right) - max(box.x0, left)
        if (box.height > box.width and left < box.x0 < right) or over >= _OVER * (right - left):
            found.append(box)
    return found
