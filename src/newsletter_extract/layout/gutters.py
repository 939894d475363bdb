"""Gutters: the white between words of a row, shared by rows, and proven by what stands on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsletter_extract.document import BBox, Word

MIN_GUTTER_EM = 0.55
"""Narrowest gutter in type sizes: 9 points at 10 point type leave 5.5 where long lines nearly touch."""
_WIDE_GUTTER_EM, _NOTE_GUTTER_EM = 2.5, 1.5
"""A gutter as wide as this is believed with fewer rows, and one of this width between slanted and upright type."""
MIN_ROWS, MIN_ROWS_WIDE = 4, 2
_SPACE = 0.42
"""White between two words of large type up to this share of its height is a space."""
_SPACES = 1.5
"""Type whose letters are all of one width has spaces as wide; more is a gutter."""
_EVEN_WIDTHS, _LEAST_WORDS = 0.06, 4
"""So many words tell that letters are of one width, by this share; fewer where they are so exactly."""
_SAME = 1e-6
_ROW_EM = 1.3

Interval = tuple[float, float]


def row_gaps(
    row: Sequence[Word], extent: Interval, size: float, walls: Sequence[BBox] = (), *, in_text: bool = True
) -> list[Interval]:
    """White intervals of a row that are wide enough for a gutter, the margins to the region's edges included.

    Where one of the `walls`, upright strokes, stands between two words, less is enough. Rows `in_text` may be those of
    a typewriter, whose spaces are as wide as a gutter.
    """
    least = size * MIN_GUTTER_EM
    if walls:
        top, bottom = min([w.bbox.top for w in row]), max([w.bbox.bottom for w in row])
        walls = [wall for wall in walls if wall.top < bottom and wall.bottom > top]
    gaps, edge, last, letter = [], extent[0] - least, size, None
    for word in sorted(row, key=lambda w: w.bbox.x0):
        x0, top, x1, bottom = word.bbox
        if x0 - edge >= least and (x0 - edge >= _SPACE * min(bottom - top, last)):
            sure = not in_text or x0 - edge >= size or edge < extent[0]
            letter = letter_width(row) if letter is None and not sure else letter
            if sure or x0 - edge >= _SPACES * (letter or 0.0):
                gaps.append((edge, x0))
        elif walls and any(edge - 1 < w.x0 < x0 + 1 and w.top < bottom and w.bottom > top for w in walls):
            middle = (edge + x0) / 2
            gaps.append((min(edge, middle - least / 2), max(x0, middle + least / 2)))
        if x1 > edge:
            edge, last = x1, bottom - top
    gaps.append((edge, extent[1] + least))
    return [gap for gap in gaps if gap[1] - gap[0] >= least]


def letter_width(row: Sequence[Word]) -> float:
    """The width of a letter, in points, in type whose letters are all of one width, as of a typewriter; else 0."""
    widths = [(w.bbox.width / len(w.text), any(map(str.isalpha, w.text))) for w in row if len(w.text) > 1]
    lettered = [width for width, has_letters in widths if has_letters]
    if len(lettered) >= _LEAST_WORDS:
        return max(lettered) if max(lettered) - min(lettered) <= _EVEN_WIDTHS * max(lettered) else 0.0
    exact = bool(lettered) and len(widths) > 1 and max(widths)[0] - min(widths)[0] < _SAME
    return lettered[0] if exact else 0.0


def shared_gaps(first: Sequence[Interval], second: Sequence[Interval], size: float) -> list[Interval]:
    """Where gaps of both overlap by the width of a gutter."""
    least = size * MIN_GUTTER_EM
    found = []
    i = j = 0
    while i < len(first) and j < len(second):
        (low, high), (other_low, other_high) = first[i], second[j]
        # as max and min, which are called ten thousand times a page and take three times as long
        left = low if low > other_low else other_low
        right = high if high < other_high else other_high
        if right - left >= least:
            found.append((left, right))
        if high < other_high:
            i += 1
        else:
            j += 1
    return found


def row_count(words: Iterable[Word], size: float, enough: int) -> int:
    """How many rows the words make, counted up to `enough`; they come from top to bottom, as a run has them.

    What stands in for a table or a box counts as the rows it is high.
    """
    rows, floor, high = 0, float("-inf"), _ROW_EM * 2 * size
    for word in words:
        _, top, _, bottom = word.bbox
        if top + 0.3 * (bottom - top) < floor and bottom - top < high:
            continue
        rows += max(1, int((bottom - top) / high))
        if rows >= enough:
            break
        floor = bottom - 0.3 * (bottom - top)
    return rows


def is_gutter(gap: Interval, words: Sequence[Word], size: float) -> bool:
    """Enough rows on both sides for a gutter of this width; fewer beside slanted type, as of notes in a margin."""
    rows, wide = rows_beside(gap, words, size), gap[1] - gap[0]
    if rows >= MIN_ROWS or rows < MIN_ROWS_WIDE:
        return rows >= MIN_ROWS
    return wide >= _WIDE_GUTTER_EM * size or (wide >= _NOTE_GUTTER_EM * size and _is_one_side_slanted(gap, words))


def _is_one_side_slanted(gap: Interval, words: Sequence[Word]) -> bool:
    """Whether all words on one side are slanted, and none on the other."""
    sides = [{w.italic for w in words if w.bbox.x1 <= gap[0] + 0.01}, {w.italic for w in words if w.bbox.x0 > gap[0]}]
    return sides in ([{True}, {False}], [{False}, {True}])


def rows_beside(gap: Interval, words: Sequence[Word], size: float) -> int:
    """How many rows stand on the emptier side of the gap, up to those that prove a gutter."""
    left = row_count((w for w in words if w.bbox.x1 <= gap[0] + 0.01), size, MIN_ROWS)
    right = row_count((w for w in words if w.bbox.x0 >= gap[1] - 0.01), size, MIN_ROWS)
    return min(left, right)


def extent_of(words: Sequence[Word]) -> Interval:
    """Left and right end of the words, in points."""
    return min([word.bbox[0] for word in words]), max([word.bbox[2] for word in words])


def gap_below(above: Sequence[Word], below: Sequence[Word]) -> float:
    """White between two rows, in points."""
    return min([w.bbox.top for w in below]) - max([w.bbox.bottom for w in above])
