"""Columns: a page is cut into runs of rows that share gutters, and each run into its columns, over and over.

A variant of the recursive X-Y cut (Nagy and Seth 1984) that cuts at white gutters first and lets a row end a run where
it crosses them, as banners do. The order of the words in the file plays no part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter

from newsletter_extract.document import BBox, Word, union
from newsletter_extract.layout.barriers import barriers_of, first_of_series, walls_of
from newsletter_extract.layout.building import STAND_IN
from newsletter_extract.layout.captions import caption_above
from newsletter_extract.layout.fields import field_rows
from newsletter_extract.layout.gutters import (
    MIN_GUTTER_EM,
    MIN_ROWS,
    MIN_ROWS_WIDE,
    Interval,
    extent_of,
    is_gutter,
    row_count,
)
from newsletter_extract.layout.kept_gutters import is_kept
from newsletter_extract.layout.lines import rows_of
from newsletter_extract.layout.margins import margin_sections
from newsletter_extract.layout.run import Run
from newsletter_extract.layout.runs import find_runs
from newsletter_extract.layout.sections import sections_of
from newsletter_extract.layout.tables.aligned import bands_of, is_item_number, is_table
from newsletter_extract.layout.tables.bands import table_bands
from newsletter_extract.layout.tables.tabular import is_prose
from newsletter_extract.layout.tables.upper_heads import Heads

_MAX_DEPTH = 6
_LEADER = 3
"""So many marks in a row lead from a label to its number, over the white between columns."""
_LETTER = re.compile(r"[^\W_]")
_MARK_REACH_EM = 1.5
"""How far from its column, in type sizes, a bullet may stand."""


@dataclass(frozen=True, slots=True)
class Region:
    """Words that are read together, column after column."""

    columns: tuple[tuple[Word, ...], ...]
    is_table: bool = False
    """Whether the columns are those of a table."""
    heads: Heads | None = None
    """The heads of a table where they are not among the cells of its columns."""


def regions_of(
    words: Sequence[Word], size: float, strokes: Sequence[BBox] = (), kept: Sequence[Interval] = ()
) -> list[Region]:
    """Tables and runs of rows from top to bottom, each with its columns from left to right.

    `size` is the body type and `strokes` are the horizontal rules of the page, in points; `kept` are gutters of the
    document, which a few lines prove.
    """
    if not words:
        return []
    rows = rows_of(words)
    regions: list[Region] = []
    begin = 0
    for band in table_bands(rows, extent_of(words), size, strokes):
        text = rows[begin : band.begin]
        above = [word for row in text for word in row]
        caption = [
            word
            for line in caption_above(union(word.bbox for word in band.words()), above, size)
            for word in line.words
        ]
        if caption:
            taken = {id(word) for word in caption}
            text = rows_of([word for word in above if id(word) not in taken])
        regions += _text_regions(text, size, strokes, kept)
        regions += [Region((tuple(caption),))] if caption else []
        regions.append(Region(band.columns, band.is_table, band.heads))
        begin = band.end
    return _merge([*regions, *_text_regions(rows[begin:], size, strokes, kept)])


def _text_regions(
    rows: Sequence[list[Word]], size: float, strokes: Sequence[BBox], kept: Sequence[Interval]
) -> list[Region]:
    if not rows:
        return []
    regions: list[Region] = []
    begin = 0
    for first, last in field_rows(rows, extent_of([word for row in rows for word in row]), size):
        regions += _column_regions(rows[begin:first], size, strokes, kept)
        regions.append(Region((tuple(word for row in rows[first:last] for word in row),)))
        begin = last
    return regions + _column_regions(rows[begin:], size, strokes, kept)


def _column_regions(
    rows: Sequence[list[Word]], size: float, strokes: Sequence[BBox], kept: Sequence[Interval]
) -> list[Region]:
    if not rows:
        return []
    barriers = barriers_of(strokes, [word for row in rows for word in row])
    runs = find_runs(rows, size, first_of_series(barriers, size))
    walls = walls_of(strokes)
    return [region for run in runs for region in _regions(run, size, barriers, walls, kept)]


def _regions(
    run: Run, size: float, barriers: Sequence[float], walls: Sequence[BBox], kept: Sequence[Interval]
) -> list[Region]:
    """The region of a run, or where its columns are text those of its parts between strokes and of its sections."""
    whole = _region(run, size, kept)
    if len(whole.columns) < 2 or whole.is_table:
        return [whole]
    inside = [y for y in barriers if run.rows[0][0].bbox.bottom < y < run.rows[-1][0].bbox.top]
    parts = find_runs(run.rows, size, inside) if inside else [run]
    sections = [section for part in parts for section in sections_of(part, size, walls)]
    return [whole] if len(sections) == 1 else [_region(section, size, kept) for section in sections]


def _region(run: Run, size: float, kept: Sequence[Interval]) -> Region:
    words = run.words()
    cuts = [gap for gap in run.inner(run.gaps) if is_kept(gap, kept) or is_gutter(gap, words, size)]
    cuts = _supported(cuts, words, size, kept)
    edges = [float("-inf"), *((low + high) / 2 for low, high in cuts), float("inf")]
    columns = [tuple(w for w in words if low <= (w.bbox.x0 + w.bbox.x1) / 2 < high) for low, high in pairwise(edges)]
    filled = [column for column in columns if column]
    filled = filled if is_table(filled) else _with_numbers(filled)
    texts = [is_prose(lines) for lines in zip(*bands_of(filled), strict=True)]
    return Region(_beside(filled, texts)) if any(texts) else Region(tuple(filled), is_table(filled))


def _with_numbers(columns: Sequence[tuple[Word, ...]]) -> list[tuple[Word, ...]]:
    """The columns, with those that hold nothing but the numbers of items put to the items right of them."""
    whole: list[tuple[Word, ...]] = []
    numbers: tuple[Word, ...] = ()
    for column in columns:
        if all(map(is_item_number, column)):
            numbers += column
            continue
        whole.append(numbers + column)
        numbers = ()
    return [*whole, numbers] if numbers else whole


def _beside(columns: Sequence[tuple[Word, ...]], texts: Sequence[bool]) -> tuple[tuple[Word, ...], ...]:
    """The columns, some of which are texts, with those put together that are the columns of a table beside them."""
    whole: list[tuple[Word, ...]] = []
    for is_text, group in groupby(zip(columns, texts, strict=True), key=itemgetter(1)):
        parts = [column for column, _ in group]
        if not is_text and is_table(parts):
            parts = [tuple(word for part in parts for word in part)]
        whole += parts
    return tuple(whole)


def _supported(
    cuts: Sequence[Interval], words: Sequence[Word], size: float, known: Sequence[Interval]
) -> list[Interval]:
    """Cuts that have rows enough on both sides up to the next cut, the narrow ones more than the wide.

    A caption over a table, or the few lines at the head of an empty column, have gaps between words that nothing
    contradicts and that part nothing.
    """
    kept = list(cuts)
    while kept:
        edges = [float("-inf"), *(edge for cut in kept for edge in cut), float("inf")]
        columns = [
            row_count((w for w in words if w.bbox.x0 >= low - 0.01 and w.bbox.x1 <= high + 0.01), size, MIN_ROWS)
            for low, high in zip(edges[::2], edges[1::2], strict=True)
        ]
        weak = [
            cut
            for cut, left, right in zip(kept, columns, columns[1:], strict=False)
            if min(left, right) < (MIN_ROWS_WIDE if cut[1] - cut[0] >= size or is_kept(cut, known) else MIN_ROWS)
        ]
        if not weak:
            break
        kept.remove(min(weak, key=lambda cut: cut[1] - cut[0]))
    return kept


def _merge(regions: Sequence[Region]) -> list[Region]:
    """Join neighbouring regions of a single column: there is no cut between them."""
    merged: list[Region] = []
    for region in regions:
        if merged and len(region.columns) == len(merged[-1].columns) == 1:
            merged[-1] = Region((merged[-1].columns[0] + region.columns[0],))
        else:
            merged.append(region)
    return merged


def reading_order(
    words: Sequence[Word], size: float, strokes: Sequence[BBox] = (), kept: Sequence[Interval] = ()
) -> list[Region]:
    """Regions in the order they are read: of one column for running text, of several for a table of aligned columns.

    Lone marks take no part in finding gutters, where specks of a scan often lie; each then joins the column it stands
    in, and one that stands apart from all text is left out.
    """
    marks = [w for w in words if not _is_text(w)]
    between = _separators(marks, words, size)
    lone = [w for w in marks if id(w) not in between]
    apart = {id(w) for w in lone}
    regions = _ordered([w for w in words if id(w) not in apart] if lone else words, size, (strokes, kept), 0)
    boxes = [[union(w.bbox for w in column) for column in region.columns] for region in regions]
    added: dict[tuple[int, int], list[Word]] = {}
    for mark in lone:
        distances = [(_distance(mark.bbox, box), k, c) for k, row in enumerate(boxes) for c, box in enumerate(row)]
        if distances and (nearest := min(distances))[0] <= _MARK_REACH_EM * size:
            added.setdefault(nearest[1:], []).append(mark)
    return [
        replace(region, columns=tuple((*column, *added.get((k, c), ())) for c, column in enumerate(region.columns)))
        for k, region in enumerate(regions)
    ]


def _separators(marks: Sequence[Word], words: Sequence[Word], size: float) -> set[int]:
    """The identities of marks between two words of a line, a space from both, as of a dot between parts of a title."""
    if all(mark.size_pt is None for mark in marks):
        return set()
    near = MIN_GUTTER_EM * size
    found: set[int] = set()
    for row in rows_of(words):
        ordered = sorted(row, key=lambda word: word.bbox.x0)
        for before, mark, after in zip(ordered, ordered[1:], ordered[2:], strict=False):
            spaced = mark.bbox.x0 - before.bbox.x1 < near and after.bbox.x0 - mark.bbox.x1 < near
            if spaced and not _is_text(mark) and len(mark.text) < _LEADER and _is_text(before) and _is_text(after):
                found.add(id(mark))
    return found


def _is_text(word: Word) -> bool:
    return word.text == STAND_IN or bool(_LETTER.search(word.text))


def _distance(mark: BBox, box: BBox) -> float:
    """How far the middle of a mark lies outside a box, in points."""
    x, y = (mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2
    return max(box.x0 - x, x - box.x1, 0.0) + max(box.top - y, y - box.bottom, 0.0)


def _ordered(
    words: Sequence[Word], size: float, seen: tuple[Sequence[BBox], Sequence[Interval]], depth: int
) -> list[Region]:
    regions = regions_of(words, size, *seen)
    if depth >= _MAX_DEPTH or (len(regions) == 1 and len(regions[0].columns) == 1):
        return [Region((tuple(words),))] if words else []
    ordered: list[Region] = []
    walls = walls_of(seen[0])
    for region in regions:
        if region.is_table:
            ordered.append(region)
            continue
        sections = margin_sections(region.columns, size, walls)
        if sections is not None:
            ordered += [Region((tuple(part),)) for section in sections for part in section if part]
            continue
        for column in region.columns:
            ordered += _ordered(column, size, seen, depth + 1) if len(column) < len(words) else [Region((column,))]
    return ordered
