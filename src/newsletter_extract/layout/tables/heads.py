"""Heads of columns: the words above a table given to the columns that its rows make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from newsletter_extract.document import BBox, Word
from newsletter_extract.layout.building import STAND_IN
from newsletter_extract.layout.captions import is_label
from newsletter_extract.layout.gutters import extent_of
from newsletter_extract.layout.tables.aligned import CellsByRow
from newsletter_extract.layout.tables.band_rows import Row, cells_between, white_below
from newsletter_extract.layout.tables.upper_heads import (
    Head,
    Heads,
    beside_lower,
    merged,
    settled,
    slots_of,
    upper_heads,
    wrapped_above,
)

_HEAD_GAP_EM = 1.2
"""The widest white between the heads of a line is at least so many type sizes; that of a caption is a space."""
_HEAD_REACH_EM, _REACH_OF_ROWS = 1.3, 1.3
"""Heads stand so near above their table, in type sizes or in the white between its rows."""
_REACH_RULED_EM, _OVER = 2.5, 0.8
"""So near, in type sizes, where a stroke over this share of their width stands between."""
_GLUED = re.compile(r"(?<=[^\W\d_A-Z)(])(?=[A-Z(])|(?<=\))(?=[A-Z])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STARTS = 3
"""Heads have at most so many lines."""
_HANGING_EM = 0.4
_APART_EM, _TOGETHER_EM = 0.8, 0.4
"""White that parts two heads for sure, and that of a space in one, in type sizes."""
_SPLIT_COST, _JOIN_COST, _EMPTY_COST, _CENTRED_COST = 0.6, 6.0, 4.0, 0.3
"""What it costs to part words at a space, to join them over wide white, and to leave a column without a head: in type
sizes by which a head misses the edges of its column."""
_MOST_WORDS = 40
_MOST_MISFIT_EM, _SURE_EM = 4.0, 1.2
_EVEN = 0.4
"""The cells of a column end at one edge within this share of their height."""


def heads_above(
    rows: Sequence[Row], start: int, floor: int, cells: CellsByRow, size: float, strokes: Sequence[BBox]
) -> tuple[CellsByRow, Heads | None]:
    """The lines of the heads above the rows of a table, by column; heads of two levels also as such."""
    columns = [_column([row[c] for row in cells if row[c]] or [rows[start].words]) for c in range(len(cells[0]))]
    reach = max(_HEAD_REACH_EM * size, _REACH_OF_ROWS * _usual_white(rows[start : start + len(cells)]))
    found = _Found([], ())
    for k in range(start - 1, max(start - 1 - _STARTS, floor - 1), -1):
        row, white = rows[k], white_below(rows[k], rows[k + 1])
        ruled_off = is_ruled_off(row, rows[k + 1], strokes)
        if white > (max(reach, _REACH_RULED_EM * size) if ruled_off else reach) or not is_head(row.words):
            break
        more = _with_line(found, row, white, columns, size, strokes if not ruled_off else ())
        if more is None or (ruled_off and (found.lines or is_head(rows[start].words)) and not more.upper):
            break
        found = more
    heads = Heads(tuple(map(tuple, merged(found.lines))), found.upper)
    return found.lines, settled(heads) if found.upper else None


class _Found(NamedTuple):
    """Lines of heads by column, from the top, and the upper heads in the topmost."""

    lines: CellsByRow
    upper: tuple[Head, ...]


def _with_line(
    found: _Found, row: Row, white: float, columns: Sequence[Column], size: float, strokes: Sequence[BBox]
) -> _Found | None:
    """The heads with one more line above them, under which there is so much white; None where it is none of them."""
    slots = slots_of(merged(found.lines), [(c.low, c.high) for c in columns]) if found.lines else []
    wrapped = bool(found.lines) and white < _HANGING_EM * size
    nothing: CellsByRow = [[[] for _ in columns]]
    if found.upper:
        upper = wrapped_above(row.words, found.upper, slots) if wrapped else ()
        return _Found(nothing + found.lines, upper) if upper else None
    if upper := upper_heads(row.words, slots, size, strokes):
        return _Found(nothing + found.lines, upper)
    parted = row.is_tabular and max(high - low for low, high in row.inner) >= _HEAD_GAP_EM * size
    pieces = (
        beside_lower(row.words, slots, size)
        or _by_gaps(row, columns)
        or heads_of(_unglued(row.words, columns), columns, size, sure=not (parted or wrapped))
    )
    return _Found([pieces, *found.lines], ()) if pieces else None


def is_ruled_off(row: Row, below: Row, strokes: Sequence[BBox]) -> bool:
    """Whether a stroke, or those of several cells, runs between a row and the next, over both."""
    left, right = min(row.bbox.x0, below.bbox.x0), max(row.bbox.x1, below.bbox.x1)
    between = [s for s in strokes if row.bbox.bottom - 1 <= s.top and s.bottom <= below.bbox.top + 1]
    return sum(max(0.0, min(s.x1, right) - max(s.x0, left)) for s in between) >= _OVER * (right - left)


def _usual_white(rows: Sequence[Row]) -> float:
    """White between the rows of a table, in points; none where there is one row."""
    return median(white_below(above, below) for above, below in pairwise(rows)) if len(rows) > 1 else 0.0


def is_head(words: Sequence[Word]) -> bool:
    """Whether the words of a line may be heads: no figures but years, and no end of a sentence."""
    texts = [word.text.strip("()") for word in words]
    if any(text == STAND_IN for text in texts):
        return False
    figures = [text for text in texts if text[:1].isdigit()]
    return all(_YEAR.fullmatch(text) for text in figures) and not any(text.endswith((".", ";")) for text in texts[-1:])


def begins_another(row: Row, around: Sequence[Row]) -> bool:
    """Whether a line is the caption of the next table, or bold heads under rows that are not."""
    if not row.inner:
        return is_label(" ".join(word.text for word in row.words)) and row.words[-1].text[-1:] != ","
    bold = all(word.bold for word in row.words)
    return bold and is_head(row.words) and not any(word.bold for word in around[0].words)


class Column(NamedTuple):
    """How far a column reaches, in points, and which of its sides are even."""

    low: float
    high: float
    even_left: bool = True
    even_right: bool = True


def _column(cells: Sequence[Sequence[Word]]) -> Column:
    lows, highs = zip(*(extent_of(cell) for cell in cells), strict=True)
    height = max(word.bbox.height for cell in cells for word in cell)
    left, right = (max(side) - min(side) < _EVEN * height for side in (lows, highs))
    return Column(min(lows), max(highs), left or not right, right or not left)


def _unglued(words: Sequence[Word], columns: Sequence[Column]) -> list[Word]:
    """The words of a line, with one over several columns parted where a capital follows a small letter: `UnitCases`.

    Layers of scans run heads together that nearly touch. A part gets its share of the box, by its letters.
    """
    middles = [(left.high + right.low) / 2 for left, right in pairwise(columns)]
    return [
        part
        for word in words
        for part in (_parts(word) if any(word.bbox.x0 < x < word.bbox.x1 for x in middles) else [word])
    ]


def _parts(word: Word) -> list[Word]:
    edges = [0, *(found.start() for found in _GLUED.finditer(word.text)), len(word.text)]
    letter = word.bbox.width / len(word.text)
    return [
        replace(
            word,
            text=word.text[begin:end],
            bbox=word.bbox._replace(x0=word.bbox.x0 + begin * letter, x1=word.bbox.x0 + end * letter),
        )
        for begin, end in pairwise(edges)
    ]


def _by_gaps(row: Row, columns: Sequence[Column]) -> list[list[Word]] | None:
    """The pieces of a line between its gaps, where there is one for each column and it lies between its neighbours."""
    cuts = row.inner
    if len(cuts) + 1 != len(columns):
        return None
    pieces = cells_between(row.words, [float("-inf"), *((low + high) / 2 for low, high in cuts), float("inf")])
    for k, piece in enumerate(pieces):
        low, high = extent_of(piece)
        after = columns[k - 1].high if k else float("-inf")
        before = columns[k + 1].low if k + 1 < len(columns) else float("inf")
        if not after < (low + high) / 2 < before:
            return None
    return pieces


def heads_of(
    words: Sequence[Word], columns: Sequence[Column], size: float, *, sure: bool = False
) -> list[list[Word]] | None:
    """The words of a line above a table by column, or None where they do not stand over its columns.

    Heads may be wider than what stands under them and a space apart. So the line is parted where its pieces fit the
    even sides of the columns, or their middles, best. With `sure`, they have to fit well, and each column has a head.
    """
    line = sorted(words, key=lambda w: w.bbox.x0)
    if not line or len(line) > _MOST_WORDS:
        return None
    whites = [b.bbox.x0 - a.bbox.x1 for a, b in pairwise(line)]
    ways: list[_Way] = [(0.0, ())] + [_NO_WAY] * len(line)
    for column in columns:
        ways = [_best(ways, end, line, whites, column, size) for end in range(len(line) + 1)]
    cost, cuts = ways[-1]
    if cost > (_SURE_EM if sure else _MOST_MISFIT_EM) * len(columns):
        return None
    heads = [line[low:high] for low, high in pairwise((0, *cuts))]
    given = sum(map(bool, heads))
    return heads if given == len(columns) or (not sure and given * 2 >= len(columns)) else None


_Way = tuple[float, tuple[int, ...]]
"""What it costs to give the first words to the columns so far, and where those end."""
_NO_WAY: _Way = (float("inf"), ())


def _best(
    ways: Sequence[_Way], end: int, line: Sequence[Word], whites: Sequence[float], column: Column, size: float
) -> _Way:
    """The best way to give the words before `end` to the columns up to this one."""
    found = _NO_WAY
    for begin, (cost, cuts) in enumerate(ways[: end + 1]):
        if cost < found[0]:
            here = _cost(line[begin:end], whites[begin : max(begin, end - 1)], column, size)
            found = min(found, (cost + here + _seam(whites, begin, size), (*cuts, end)))
    return found


def _cost(piece: Sequence[Word], whites: Sequence[float], column: Column, size: float) -> float:
    if not piece:
        return _EMPTY_COST
    low, high = extent_of(piece)
    sides = [abs(low + high - column.low - column.high) / 2 + _CENTRED_COST * size]
    sides += [abs(low - column.low)] if column.even_left else []
    sides += [abs(high - column.high)] if column.even_right else []
    wide = sum(white >= _TOGETHER_EM * size for white in whites)
    return min(sides) / size + wide + _JOIN_COST * sum(white >= _APART_EM * size for white in whites)


def _seam(whites: Sequence[float], begin: int, size: float) -> float:
    """The cost of parting the line before the word at `begin`."""
    return _SPLIT_COST if 0 < begin <= len(whites) and whites[begin - 1] < _TOGETHER_EM * size else 0.0
