"""Heads of columns: the words above a table given to the columns that its rows make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import Word
from newsletter_extract.layout.runs import Interval, extent_of

_APART_EM, _TOGETHER_EM = 0.8, 0.4
"""White that parts two heads for sure, and that of a space in one, in type sizes."""
_SPLIT_COST, _JOIN_COST, _EMPTY_COST = 0.6, 6.0, 1.5
"""What it costs to part words at a space, to join them over wide white, and to leave a column without a head: in type
sizes by which a head misses the edges of its column."""
_MOST_WORDS = 40
_MOST_MISFIT_EM = 4.0


def heads_of(words: Sequence[Word], columns: Sequence[Interval], size: float) -> list[list[Word]] | None:
    """The words of a line above a table by column, or None where they do not stand over its columns.

    Heads may be wider than what stands under them and a space apart. So the line is parted where its pieces fit the
    left edges, the right edges or the middles of the columns best; `columns` and `size` are in points.
    """
    line = sorted(words, key=lambda w: w.bbox.x0)
    if not line or len(line) > _MOST_WORDS:
        return None
    whites = [b.bbox.x0 - a.bbox.x1 for a, b in pairwise(line)]
    ways: list[_Way] = [(0.0, ())] + [_NO_WAY] * len(line)
    for column in columns:
        ways = [_best(ways, end, line, whites, column, size) for end in range(len(line) + 1)]
    cost, cuts = ways[-1]
    if cost > _MOST_MISFIT_EM * len(columns):
        return None
    heads = [line[low:high] for low, high in pairwise((0, *cuts))]
    return heads if sum(map(bool, heads)) * 2 >= len(columns) else None


_Way = tuple[float, tuple[int, ...]]
"""What it costs to give the first words to the columns so far, and where those end."""
_NO_WAY: _Way = (float("inf"), ())


def _best(
    ways: Sequence[_Way], end: int, line: Sequence[Word], whites: Sequence[float], column: Interval, size: float
) -> _Way:
    """The best way to give the words before `end` to the columns up to this one."""
    found = _NO_WAY
    for begin, (cost, cuts) in enumerate(ways[: end + 1]):
        if cost < found[0]:
            here = _cost(line[begin:end], whites[begin : max(begin, end - 1)], column, size)
            found = min(found, (cost + here + _seam(whites, begin, size), (*cuts, end)))
    return found


def _cost(piece: Sequence[Word], whites: Sequence[float], column: Interval, size: float) -> float:
    if not piece:
        return _EMPTY_COST
    low, high = extent_of(piece)
    misfit = min(abs(low - column[0]), abs(high - column[1]), abs(low + high - column[0] - column[1]) / 2)
    return misfit / size + _JOIN_COST * sum(white >= _APART_EM * size for white in whites)


def _seam(whites: Sequence[float], begin: int, size: float) -> float:
    """The cost of parting the line before the word at `begin`."""
    return _SPLIT_COST if 0 < begin <= len(whites) and whites[begin - 1] < _TOGETHER_EM * size else 0.0
