"""Columns and tables of plain text that are set apart by white or by bars, as `pdftotext -layout` and terminals do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from newsletter_extract.document import Block, Word
from newsletter_extract.layout.columns import Region, reading_order
from newsletter_extract.layout.lines import rows_of
from newsletter_extract.layout.tables.block import table_block
from newsletter_extract.layout.tables.cells import rows_of_cells

_UNIT = 3.6
"""Stands for a type size, so that two characters of white are the least gutter."""
_LEAST_GAP = 2
_MIN_ROWS, _SURE_ROWS = 3, 4
_BARS = frozenset("|¦│║")
_STROKES = frozenset("-=_+|¦│─═║┼╪┌┐└┘├┤┬┴. ")
_LEAST_STROKE = 3


def regions_in(words: Sequence[Word]) -> list[Region]:
    """The words in regions of one column of text or of a table; one region where white parts nothing."""
    solid = [word for word in words if not _is_drawn(word.text)]
    if not solid:
        return []
    solid = _parted_at_starts(solid)
    rows = rows_of(solid)
    if sum(_is_gapped(row) for row in rows) < _MIN_ROWS:
        return [Region((tuple(words),), is_table=False)]
    regions = reading_order(solid, _UNIT)
    if len(regions) == 1 and len(regions[0].columns) == 1:
        return [Region((tuple(words),), is_table=False)]
    kept = {id(word) for region in regions for column in region.columns for word in column}
    if len(kept) < len(solid):
        return [Region((tuple(words),), is_table=False)]
    return [part for region in regions for part in _without_text_around(region)]


def _without_text_around(region: Region) -> Iterator[Region]:
    """A table, and as text of their own the lines without a gap that blank lines part from its top and its bottom.

    White goes through the words of a short title by chance.
    """
    if len(region.columns) < 2:
        yield Region(region.columns, is_table=False)
        return
    rows = rows_of([word for column in region.columns for word in column])
    above = _loose(rows)
    below = _loose(rows[above:][::-1])
    inside = {id(word) for row in rows[above : len(rows) - below] for word in row}
    for part in (rows[:above], None, rows[len(rows) - below :]):
        if part is None:
            columns = (tuple(word for word in column if id(word) in inside) for column in region.columns)
            yield Region(tuple(column for column in columns if column), is_table=True)
        elif part:
            yield Region((tuple(word for row in part for word in row),), is_table=False)


def _loose(rows: Sequence[Sequence[Word]]) -> int:
    """How many of the first rows are text before a table: none has a gap, and a blank line follows the last of them."""
    loose = 0
    for k, (row, following) in enumerate(pairwise(rows), 1):
        if _is_gapped(row):
            break
        if abs(following[0].bbox.top - row[0].bbox.top) > 1:
            loose = k
    return loose


def _parted_at_starts(words: Sequence[Word]) -> list[Word]:
    """The words, with a little more white before those that begin where a column does on most lines."""
    rows = [sorted(row, key=lambda word: word.bbox.x0) for row in rows_of(words)]
    starts = Counter(b.bbox.x0 for row in rows for a, b in pairwise(row) if b.bbox.x0 - a.bbox.x1 >= _LEAST_GAP)
    common = {x for x, count in starts.items() if count >= _SURE_ROWS}
    ends = {
        id(word): following.bbox.x0 - _LEAST_GAP
        for row in rows
        for word, following in pairwise(row)
        if following.bbox.x0 in common and len(word.text) > 1
    }
    return [
        replace(word, bbox=word.bbox._replace(x1=min(word.bbox.x1, ends.get(id(word), word.bbox.x1))))
        for row in rows
        for word in row
    ]


def _is_gapped(row: Sequence[Word]) -> bool:
    ordered = sorted(row, key=lambda word: word.bbox.x0)
    return any(b.bbox.x0 - a.bbox.x1 >= _LEAST_GAP for a, b in pairwise(ordered))


def _is_drawn(text: str) -> bool:
    """Whether a word is a bar between cells or a stroke made of signs."""
    return text in _BARS or (len(text) >= _LEAST_STROKE and set(text) <= _STROKES and set(text) != {"."})


def aligned_table(region: Region, page: int) -> Block:
    """The table block of a region."""
    return table_block(page, rows_of_cells(region.columns), plain_text=True)
