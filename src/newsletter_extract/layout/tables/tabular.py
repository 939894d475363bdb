"""Whether lines of cells are a table: by numbers, dates, rules and heads, and against text in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from newsletter_extract.document import BBox, Word
from newsletter_extract.layout.gutters import extent_of
from newsletter_extract.layout.tables.aligned import (
    CellsByRow,
    has_dates,
    has_numbers,
    has_text_among_numbers,
    is_numbered_list,
)

_MIN_ROWS, _MIN_ROWS_RULED = 3, 2
_PROSE_WORDS, _PROSE_FILL = 5, 0.8
"""A column is prose where its lines have so many words and fill so much of its width."""
_LEVEL, _LEVEL_SCAN, _LEVEL_ROWS = 0.15, 0.45, 0.8
"""Words of a line end within this share of their height; an engine's boxes reach down to the tails of letters."""
_LONG_WORDS, _LONG = 8, 0.25
"""A column is wordy where more than this share of its lines has so many words."""
_HEADS_APART = 0.5
"""White between heads is more than this share of their height; a space is less."""
_RUNNING_WORDS, _RUNNING = 5, 0.4
SHORT_WORDS = 6
"""Cells of a table without numbers have at most so many words."""


def is_tabular(cells: CellsByRow, rules: Sequence[BBox]) -> bool:
    """Whether lines of cells are a table; `rules` are the strokes that belong to it."""
    full = [row for row in cells if sum(bool(cell) for cell in row) > 1]
    columns = len(cells[0])
    if len(full) < (_MIN_ROWS_RULED if len(rules) >= _MIN_ROWS else _MIN_ROWS):
        return False
    if columns == 2 and len(full) < _MIN_ROWS and 2 * len(full) < len(cells):
        return False  # labels of a chart's axis beside its legend, on lines of its grid
    by_column = [[row[c] for row in cells] for c in range(columns)]
    prose = sum(map(is_prose, by_column))
    if columns == 2 and any(map(is_wordy, by_column)):
        return False
    if prose > (1 if columns > 2 else 0) or is_numbered_list(full):
        return False
    if any(runs_on([row[c] for row in full]) for c in range(columns)) or not is_level(cells):
        return False
    if has_text_among_numbers(cells, full):
        return False
    if has_numbers(full, len(cells)) and prose <= 1:
        return True
    if columns > 2 and has_dates([row[0] for row in full[1:]]) and prose <= 1:
        return True
    return (bool(rules) or _has_head(full)) and all(_is_short([row[c] for row in full]) for c in range(columns))


def is_prose(cells: Sequence[Sequence[Word]]) -> bool:
    """Whether the lines of a column are those of a text: of many words, and as wide as the column."""
    filled = [cell for cell in cells if cell]
    return len(filled) >= _MIN_ROWS and median(map(len, filled)) >= _PROSE_WORDS and _fill(filled) >= _PROSE_FILL


def is_wordy(cells: Sequence[Sequence[Word]]) -> bool:
    """Whether many lines of a column are longer than those of cells, whatever the others are."""
    filled = [len(cell) for cell in cells if cell]
    return sum(count >= _LONG_WORDS for count in filled) > _LONG * len(filled)


def runs_on(cells: Sequence[Sequence[Word]]) -> bool:
    """Whether cells of one line each go on with the sentence of the one above: lines of a text beside a table."""
    filled = [cell for cell in cells if cell]
    if not filled or median(map(len, filled)) < _RUNNING_WORDS or _fill(filled) < _PROSE_FILL:
        return False
    going = sum(min(cell, key=lambda w: w.bbox.x0).text[0].islower() for cell in filled[1:])
    return going >= _RUNNING * len(filled)


def _fill(cells: Sequence[Sequence[Word]]) -> float:
    """The share of the column's width that its lines take, in the middle of them."""
    left, right = extent_of([word for cell in cells for word in cell])
    lines = [extent_of(cell) for cell in cells]
    return median((high - low) / max(right - left, 1.0) for low, high in lines)


def is_level(rows: CellsByRow) -> bool:
    """Whether the words of most rows stand on one line; those of a table and a text beside it do not."""
    level = 0
    for row in rows:
        bottoms = [word.bbox.bottom for cell in row for word in cell]
        words = [word for cell in row for word in cell]
        least = _LEVEL if words[0].size_pt is not None else _LEVEL_SCAN
        level += max(bottoms) - min(bottoms) < least * max(w.bbox.height for w in words)
    return level >= _LEVEL_ROWS * len(rows)


def _is_short(cells: Sequence[Sequence[Word]]) -> bool:
    filled = [len(cell) for cell in cells if cell]
    return bool(filled) and median(filled) <= SHORT_WORDS


def _has_head(rows: CellsByRow) -> bool:
    """Whether the first row has a bold cell over every column, and the rest is not bold."""
    head, *below = rows
    if not all(head) or not all(word.bold for cell in head for word in cell):
        return False
    high = max(word.bbox.height for cell in head for word in cell)
    ends = sorted(map(extent_of, head))
    if any(right[0] - left[1] < _HEADS_APART * high for left, right in pairwise(ends)):
        return False  # a heading whose spaces lie over white by chance
    return not any(all(word.bold for cell in row for word in cell) for row in below)
