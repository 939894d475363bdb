"""Rows of a table whose columns are known: lines put together to rows, and a caption parted from them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import BBox, Word, union
from newsletter_extract.layout.tables.aligned import CellsByRow, Columns, bands_of, numeric_columns

_CAPTION_WORDS, _CELL_GAP_EM = 4, 1.3
_CELL_LEADING_EM = 0.45
"""White between the lines of one cell is less than this share of the type size."""
_CLOSE = 0.5
"""Lines of one row have less than this share of the white between rows."""
_OVER, _THIN_PT, _LEAST_PARTS = 0.6, 2.0, 3
"""Strokes over this share of the width part rows; one under the head alone tells nothing of the others."""
_JUMP_PT = 1.5
_PARTED = 3.0
"""A label with so many times the white of the rows above it stands over the rows below."""
_TELLING = 0.6
"""White inside rows is less than this share of that between them, where white tells rows."""
_CROWDED = 0.2
_OPEN = (",", "-", "\u2010", "(", "/", "&")
_OPEN_WORDS = frozenset({"the", "a", "an", "of", "and", "in", "to", "for", "with", "by", "on", "at", "from", "or"})


def rows_of_cells(columns: Columns, strokes: Sequence[BBox] = ()) -> CellsByRow:
    """Rows of cells, each of one line or of several where cells are wrapped.

    Where `strokes` over the columns stand between lines, they part the rows. Else, where the white between rows is more
    than that inside them, white does. Else a row begins with each line that has a figure, and a line of one cell goes
    on with the row above, or with the nearest where cells are centred. A lone label in the first column that is no part
    of another is a row of its own, as over a group of rows.
    """
    bands = bands_of(columns)
    numeric = numeric_columns([band for band in bands if _filled(band) > 1])
    begins = [_begins(band, numeric) for band in bands]
    whites = [0.0, *(_white(a, b) for a, b in pairwise(bands))]
    groups = (
        _by_strokes(bands, strokes, begins)
        or _by_white(bands, whites, begins)
        or _by_lines(bands, whites, begins, numeric)
    )
    return [[[w for k in group for w in bands[k][c]] for c in range(len(columns))] for group in groups]


def _filled(band: Sequence[Sequence[Word]]) -> int:
    return sum(bool(cell) for cell in band)


def _begins(band: Sequence[Sequence[Word]], numeric: Sequence[int]) -> bool:
    """Whether a line is the one of its row that has the figures, or in a table without any the label."""
    if _filled(band) < 2:
        return False
    return any(any(c.isdigit() for w in band[k] for c in w.text) for k in numeric) if numeric else bool(band[0])


def _by_strokes(bands: CellsByRow, strokes: Sequence[BBox], begins: Sequence[bool]) -> list[list[int]] | None:
    """Lines in groups between strokes, or the edges of tints, over the width of the table; None where these are few."""
    boxes = [union(word.bbox for cell in band for word in cell) for band in bands]
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    over: dict[int, float] = {}
    for stroke in strokes:
        if stroke.height < _THIN_PT:
            width = max(0.0, min(stroke.x1, right) - max(stroke.x0, left))
            over[round(stroke.top)] = over.get(round(stroke.top), 0.0) + width
    heights = sorted(y for y, width in over.items() if width >= _OVER * (right - left))
    groups: list[list[int]] = [[0]]
    for k, (above, below) in enumerate(pairwise(boxes), 1):
        between = (above.top + above.bottom) / 2, (below.top + below.bottom) / 2
        next_over = bisect_right(heights, between[0])
        if next_over < len(heights) and heights[next_over] < between[1]:
            groups.append([])
        groups[-1].append(k)
    if len(groups) < _LEAST_PARTS or 2 * len(groups) < sum(begins):
        return None
    first = next((k for k in groups[0] if begins[k]), 0)
    if any(_filled(bands[k]) > 1 for k in groups[0] if k < first):
        groups[:1] = [[k for k in groups[0] if k < first], [k for k in groups[0] if k >= first]]
    return [part for group in groups for part in _parted(group, bands, begins)]


def _by_white(bands: CellsByRow, whites: Sequence[float], begins: Sequence[bool]) -> list[list[int]] | None:
    """Lines in groups with more white between than inside them, or None where white tells nothing."""
    ordered = sorted(whites[1:])
    jumps = [(b - a, a, b) for a, b in pairwise(ordered)]
    wide, low, high = max(jumps, default=(0.0, 0.0, 0.0))
    if wide < _JUMP_PT or low > _TELLING * high:
        return None
    edge = (low + high) / 2
    groups: list[list[int]] = []
    for k, white in enumerate(whites):
        if not groups or white > edge:
            groups.append([])
        groups[-1].append(k)
    parted = [_parted(group, bands, begins) for group in groups]
    if sum(len(parts) > 1 for parts in parted) > _CROWDED * len(groups):
        return None
    return [part for parts in parted for part in parts]


def _parted(group: Sequence[int], bands: CellsByRow, begins: Sequence[bool]) -> list[list[int]]:
    """The group, begun anew with each line but the first that begins a row and has cells where another has some."""
    parts: list[list[int]] = [[]]
    for k in group:
        if begins[k] and any(begins[j] and _shares_columns(bands[j], bands[k]) for j in parts[-1]):
            parts.append([])
        parts[-1].append(k)
    return parts


def _shares_columns(first: Sequence[Sequence[Word]], second: Sequence[Sequence[Word]]) -> bool:
    return any(a and b for a, b in zip(first, second, strict=True))


def _by_lines(
    bands: CellsByRow, whites: Sequence[float], begins: Sequence[bool], numeric: Sequence[int]
) -> list[list[int]]:
    usual = sorted(white for white, begin in zip(whites, begins, strict=True) if begin)
    pitch = usual[len(usual) // 2] if usual else 0.0
    anchors = [k for k, band in enumerate(bands) if _filled(band) > 1] or list(range(len(bands)))
    rows: dict[int, list[int]] = {}
    owner: dict[int, int] = {}
    for k in anchors:
        close = k - 1 in owner and bool(numeric) and not begins[k] and whites[k] < _CLOSE * pitch
        owner[k] = owner[k - 1] if close else k
        rows.setdefault(owner[k], []).append(k)
    hanging = anchors[0] == 0 and anchors[-1] < len(bands) - 1
    labels: set[int] = set()
    for k, band in enumerate(bands):
        if k in owner:
            continue
        below = bisect_right(anchors, k)
        if _is_lone(band) and owner.get(k - 1) in labels:
            owner[k] = owner[k - 1]
        elif below and below < len(anchors) and _is_lone(band) and whites[k] > _PARTED * max(pitch, _JUMP_PT):
            owner[k] = k
            labels.add(k)
        elif _is_label(bands, k):
            owner[k] = k
        elif hanging and below:
            owner[k] = owner[anchors[below - 1]]
        else:
            near = anchors[max(0, below - 1) : below + 1]
            owner[k] = owner[min(near, key=lambda a: (_distance(bands[a], band), a))]
        rows.setdefault(owner[k], []).append(k)
    return [sorted(rows[k]) for k in sorted(rows)]


def _is_lone(band: Sequence[Sequence[Word]]) -> bool:
    """Whether a line stands in the first column only."""
    return bool(band[0]) and _filled(band) == 1


def _is_label(bands: CellsByRow, k: int) -> bool:
    """Whether a line with the first cell only is a label over the rows below, and no part of a wrapped one."""
    label, below = bands[k][0], bands[k + 1][0] if k + 1 < len(bands) else []
    if not label or not below or k == 0 or not bands[k - 1][0] or _filled(bands[k + 1]) < 2:
        return False
    whole = label[-1].text
    text, following = min(label, key=_left).text, min(below, key=_left).text
    closed = not whole.endswith(_OPEN) and whole.casefold() not in _OPEN_WORDS
    before = max(bands[k - 1][0], key=_left).text
    ended = not before.endswith(_OPEN) and before.casefold() not in _OPEN_WORDS
    return closed and ended and text[0].isupper() and not following[0].islower()


def _left(word: Word) -> float:
    return word.bbox.x0


def _white(above: Sequence[Sequence[Word]], below: Sequence[Sequence[Word]]) -> float:
    """White between two lines of cells, in points."""
    bottom = max(word.bbox.bottom for cell in above for word in cell)
    return min(word.bbox.top for cell in below for word in cell) - bottom


def _distance(first: Sequence[Sequence[Word]], second: Sequence[Sequence[Word]]) -> float:
    def middle(band: Sequence[Sequence[Word]]) -> float:
        words = [word for cell in band for word in cell]
        return sum(w.bbox.top + w.bbox.bottom for w in words) / len(words)

    return abs(middle(first) - middle(second))


def split_caption(columns: Columns, size: float) -> tuple[list[Word], list[list[Word]]]:
    """Words of lines above the first row, and the columns without them; `size` is the body type in points.

    Such a line stands in the first column only, or runs on over several without the gaps that part cells.
    """
    head: list[Word] = []
    bands = bands_of(columns)
    for band, below in zip(bands, [*bands[1:], None], strict=True):
        lone = sum(bool(cell) for cell in band) == 1 and (bool(band[0]) or not _is_part(band, below, size))
        if not lone and not _runs_on(band, size):
            break
        head += [word for cell in band for word in cell]
    taken = {id(word) for word in head}
    return head, [[word for word in column if id(word) not in taken] for column in columns]


def _is_part(band: Sequence[Sequence[Word]], below: Sequence[Sequence[Word]] | None, size: float) -> bool:
    """Whether a lone cell is the first line of a head that goes on right below, in the same type."""
    if below is None:
        return False
    words, following = [w for cell in band for w in cell], [w for cell in below for w in cell]
    gap = min(w.bbox.top for w in following) - max(w.bbox.bottom for w in words)
    return gap < _CELL_LEADING_EM * size and words[0].bold == following[0].bold


def _runs_on(band: Sequence[Sequence[Word]], size: float) -> bool:
    words = sorted((word for cell in band for word in cell), key=lambda w: w.bbox.x0)
    gaps = [b.bbox.x0 - a.bbox.x1 for a, b in pairwise(words)]
    return len(words) >= _CAPTION_WORDS and max(gaps) < _CELL_GAP_EM * size
