"""Heads of two levels: `2021` over `Cases` and `Kilograms` goes to all columns that it stands over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from newsletter_extract.document import BBox, Word
from newsletter_extract.layout.captions import is_label
from newsletter_extract.layout.gutters import extent_of

_APART_EM = 0.8
"""White that parts two heads for sure, in type sizes."""
_BETWEEN_EM = 2.0
"""So far over its table, in type sizes, the last column may reach."""
_MOST_MISFIT_EM = 0.8
"""By so much, in type sizes, the middle of a head may miss the middle of its columns."""
_SEVERAL_COST, _FLUSH_COST, _DOUBLE_COST, _OFF = 0.3, 0.1, 3.0, 0.1
"""What it costs to give a head to several columns, to set it flush with the first of them, to leave a column that has
the same lower head as another without an upper one, and to stand off the very middle, in type sizes."""
_LONE_WORDS, _MANY = 6, 3
"""An upper head that stands alone has at most so many words, over a table of so many columns or more."""
_LONGEST = 24
"""A line with more heads, or a table with more columns, takes too long to look at."""


class Head(NamedTuple):
    """A head over the columns `first` to `last`, the last included."""

    first: int
    last: int
    words: tuple[Word, ...]


class Heads(NamedTuple):
    """The heads of a table by column, and those over several of them."""

    lower: tuple[tuple[Word, ...], ...]
    upper: tuple[Head, ...] = ()

    def words(self) -> list[Word]:
        """All words of the heads."""
        return [word for cell in (*self.lower, *(head.words for head in self.upper)) for word in cell]


class Slot(NamedTuple):
    """A column: its lower head, and how far that and its cells reach, in points."""

    head: tuple[Word, ...]
    low: float
    high: float


def merged(lines: Sequence[Sequence[Sequence[Word]]]) -> list[list[Word]]:
    """The words of several lines of cells by column."""
    return [[word for cell in column for word in cell] for column in zip(*lines, strict=True)]


def settled(heads: Heads) -> Heads:
    """The heads, with the upper ones of a single column put to its lower head."""
    lower = [list(cell) for cell in heads.lower]
    for head in heads.upper:
        if head.first == head.last:
            lower[head.first] += head.words
    return Heads(tuple(map(tuple, lower)), tuple(head for head in heads.upper if head.first < head.last))


def wrapped_above(words: Sequence[Word], upper: Sequence[Head], slots: Sequence[Slot]) -> tuple[Head, ...]:
    """The upper heads with a line above that is their first one; none where it stands over something else."""
    found = [list(head.words) for head in upper]
    reach = [
        (min(slots[h.first].low, extent_of(h.words)[0]), max(slots[h.last].high, extent_of(h.words)[1])) for h in upper
    ]
    for word in words:
        middle = (word.bbox.x0 + word.bbox.x1) / 2
        over = [k for k, (low, high) in enumerate(reach) if low <= middle <= high]
        if not over:
            return ()
        found[over[0]].append(word)
    return tuple(head._replace(words=tuple(more)) for head, more in zip(upper, found, strict=True))


def beside_lower(words: Sequence[Word], slots: Sequence[Slot], size: float) -> list[list[Word]] | None:
    """The words of a line by column, where each stands over a column without a lower head, as those of both levels."""
    cells: list[list[Word]] = [[] for _ in slots]
    for piece in _pieces(words, size) if slots else ():
        low, high = extent_of(piece)
        over = [k for k, slot in enumerate(slots) if low < slot.high and slot.low < high]
        if len(over) != 1 or slots[over[0]].head:
            return None
        cells[over[0]] += piece
    return cells if any(cells) else None


def slots_of(heads: Sequence[Sequence[Word]], cells: Sequence[tuple[float, float]]) -> list[Slot]:
    """The columns of a table from the lower heads and from how far the cells reach."""
    slots = []
    for head, (low, high) in zip(heads, cells, strict=True):
        left, right = extent_of(head) if head else (low, high)
        slots.append(Slot(tuple(sorted(head, key=lambda w: w.bbox.x0)), min(left, low), max(right, high)))
    return slots


def upper_heads(words: Sequence[Word], slots: Sequence[Slot], size: float, strokes: Sequence[BBox]) -> tuple[Head, ...]:
    """The heads that a line above the lower heads of a table makes, from left to right; none where it is no such line.

    `strokes` are the strokes across the page, `size` is the body type in points. A stroke under an upper head reaches
    over its columns. Where there is none, a head stands over the middle of them, or flush with the first, and columns
    with the same lower head stand under different upper ones.
    """
    pieces = _pieces(words, size)
    if len(pieces) > _LONGEST or len(slots) > _LONGEST or len(slots) < _MANY:
        return ()
    return _by_strokes(pieces, slots, strokes) or _by_middles(pieces, slots, size)


def _pieces(words: Sequence[Word], size: float) -> list[tuple[Word, ...]]:
    """The words of a line, parted at white that no head has."""
    ordered = sorted(words, key=lambda w: w.bbox.x0)
    pieces: list[list[Word]] = [[]]
    for word, before in zip(ordered, [None, *ordered], strict=False):
        if before and word.bbox.x0 - before.bbox.x1 >= _APART_EM * size:
            pieces.append([])
        pieces[-1].append(word)
    return [tuple(piece) for piece in pieces]


def _by_strokes(pieces: Sequence[tuple[Word, ...]], slots: Sequence[Slot], strokes: Sequence[BBox]) -> tuple[Head, ...]:
    """The heads, where under each stands a stroke over its columns, or over no column a lower head."""
    bottom = max(word.bbox.bottom for piece in pieces for word in piece)
    top = min((word.bbox.top for slot in slots for word in slot.head), default=bottom)
    under = [s for s in strokes if s.width > s.height and bottom - 1 <= s.top and s.bottom <= top + 1]
    heads: list[Head] = []
    for piece in pieces:
        low, high = extent_of(piece)
        held = next((s for s in under if s.x0 - 1 <= low and high <= s.x1 + 1), None)
        left, right = (held.x0 - 1, held.x1 + 1) if held else (low, high)
        over = [k for k, s in enumerate(slots) if left <= _middle(s.head or piece, s) <= right]
        if not over or (not held and (len(over) > 1 or slots[over[0]].head)):
            return ()
        heads.append(Head(over[0], over[-1], piece))
    return tuple(heads) if _is_several(heads, len(slots)) and _are_apart(heads) else ()


def _middle(head: Sequence[Word], slot: Slot) -> float:
    low, high = extent_of(head) if slot.head else (slot.low, slot.high)
    return (low + high) / 2


def _is_several(heads: Sequence[Head], columns: int) -> bool:
    """Whether a head reaches over several columns, and none over all, as a title does."""
    reach = [head.last - head.first + 1 for head in heads]
    return max(reach) > 1 and max(reach) < columns


def _are_apart(heads: Sequence[Head]) -> bool:
    return all(left.last < right.first for left, right in pairwise(heads))


_Way = tuple[float, tuple[Head, ...]]
_NO_WAY: _Way = (float("inf"), ())


def _by_middles(pieces: Sequence[tuple[Word, ...]], slots: Sequence[Slot], size: float) -> tuple[Head, ...]:
    """The heads as they fit best over their columns; none where one does not fit, or all fit single columns."""
    names = [" ".join(word.text for word in slot.head).casefold() for slot in slots]
    double = {name for name, count in Counter(names).items() if name and count > 1}
    ways: list[list[_Way]] = [[_NO_WAY] * (len(pieces) + 1) for _ in range(len(slots) + 1)]
    ways[0][0] = 0.0, ()
    for end, name in enumerate(names, 1):
        for used in range(len(pieces) + 1):
            cost, heads = ways[end - 1][used]
            found = [(cost + _DOUBLE_COST * (name in double), heads)]
            for first in range(end) if used else ():
                if first == 0 and end > 1 and names[0] not in double:
                    continue  # the column of the labels
                before, placed = ways[first][used - 1]
                if (
                    before < _NO_WAY[0]
                    and (misfit := _misfit(pieces[used - 1], first, end - 1, slots, size)) is not None
                ):
                    inside = [name for name in names[first:end] if name in double]
                    repeats = _DOUBLE_COST * (len(inside) - len(set(inside)))
                    found.append((before + misfit + repeats, (*placed, Head(first, end - 1, pieces[used - 1]))))
            ways[end][used] = min(found, key=lambda way: way[0])
    cost, heads = ways[-1][-1]
    if cost > (_MOST_MISFIT_EM + _SEVERAL_COST) * len(pieces) or not _is_several(heads, len(slots)):
        return ()
    return heads if double or _is_clear(heads, slots) else ()


def _misfit(piece: Sequence[Word], first: int, last: int, slots: Sequence[Slot], size: float) -> float | None:
    """By how much, in type sizes, a head misses the columns; None where it reaches over the ones beside them."""
    low, high = extent_of(piece)
    inner_left, inner_right = slots[first].low, slots[last].high
    outer_left = slots[first - 1].high if first else inner_left - _BETWEEN_EM * size
    outer_right = slots[last + 1].low if last + 1 < len(slots) else inner_right + _BETWEEN_EM * size
    if low < outer_left or high > outer_right:
        return None
    if first == last:
        own = extent_of(slots[first].head) if slots[first].head else (inner_left, inner_right)
        return min(abs(low - own[0]), abs(high - own[1]), abs(low + high - own[0] - own[1]) / 2) / size
    # the columns end somewhere in the white beside them, so that their middle is known within limits
    ends = (outer_left + inner_right) / 2, (inner_left + outer_right) / 2
    middle, least, most = (low + high) / 2, min(ends), max(ends)
    centred = max(0.0, least - middle, middle - most) + _OFF * abs(middle - (least + most) / 2)
    start = extent_of(slots[first].head)[0] if slots[first].head else inner_left
    return min(centred / size, abs(low - start) / size + _FLUSH_COST) + _SEVERAL_COST


def _is_clear(heads: Sequence[Head], slots: Sequence[Slot]) -> bool:
    """Whether heads over columns with different lower heads are upper heads for sure.

    Several of them over several columns are; one alone is where it stands over all columns but the labels.
    """
    if sum(head.last > head.first for head in heads) > 1:
        return True
    wide = next(head for head in heads if head.last > head.first)
    text = " ".join(word.text for word in wide.words)
    bold = all(w.bold for slot in slots for w in slot.head) == all(w.bold for w in wide.words)
    alone = len(wide.words) <= _LONE_WORDS and not is_label(text) and bold
    return alone and wide.first == 1 and wide.last == len(slots) - 1
