"""Lines of a column, by the height of their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from newsletter_extract.document import BBox, Line, Word
from newsletter_extract.layout.building import STAND_IN, make_line
from newsletter_extract.layout.typography import mark_raised, set_solid

SIZE_OF_INK = 1.3
"""Type size over the height of a word's ink, which is that of a capital in most words."""
_SIZE_OF_WIDTH = 2.2
"""Type size over the mean width of a word's letters, in common text types."""
_APART_EM = 2.0
"""A gap of so many heights parts two pieces of a line."""


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words in rows from top to bottom; words whose middles overlap in height share a row.

    What stands in for a table or a box is in the row beside its top, and hides none of those beside the rest of it.
    """
    places = [word for word in words if word.text == STAND_IN]
    if not places or len(places) == len(words):
        return _in_rows((word, word.bbox) for word in sorted(words, key=_by_height))
    line = median(word.bbox.height for word in words if word.text != STAND_IN)
    low = {id(w): w.bbox._replace(bottom=min(w.bbox.bottom, w.bbox.top + line)) for w in places}
    boxed = [(word, low.get(id(word), word.bbox)) for word in words]
    boxed.sort(key=lambda pair: (pair[1].top + pair[1].bottom, pair[1].x0, pair[0].text))
    return _in_rows(boxed)


def _in_rows(boxed: Iterable[tuple[Word, BBox]]) -> list[list[Word]]:
    """Words in rows, given by the middles of the boxes that stand for them."""
    rows: list[list[Word]] = []
    floor = float("-inf")
    for word, (_, top, _, bottom) in boxed:
        inset = (bottom - top) * 0.3
        if top + inset < floor:
            rows[-1].append(word)
            floor = max(floor, bottom - inset)
        else:
            rows.append([word])
            floor = bottom - inset
    return rows


def _by_height(word: Word) -> tuple[float, float, str]:
    x0, top, _, bottom = word.bbox
    return top + bottom, x0, word.text


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Lines from top to bottom; a word belongs to the line whose middle it overlaps, so superscripts stay on theirs."""
    lines: list[list[Word]] = []
    tallest: BBox | None = None
    for word in sorted(words, key=_by_height):
        if tallest and _shares_line(tallest, word):
            lines[-1].append(word)
            tallest = word.bbox if word.bbox.height > tallest.height else tallest
        else:
            lines.append([word])
            tallest = word.bbox
    return [mark_raised(set_solid(make_line(line))) for line in lines]


def _shares_line(tallest: BBox, word: Word) -> bool:
    """Whether a word stands on the line whose tallest word has this box."""
    _, top, _, bottom = word.bbox
    _, high, _, low = tallest
    middle, own = (top + bottom) / 2, (high + low) / 2
    return high < middle < low and (
        abs(middle - own) < 0.5 * min(low - high, bottom - top) or bottom - top < 0.75 * (low - high)
    )


def type_size(words: Sequence[Word]) -> float:
    """The usual type size in points: the median of font sizes where the reader knows fonts.

    For OCR it is what the median height of words tells, or their width where that is less: an engine gives all words of
    a noisy line too high a box, and never too wide a one.
    """
    words = [word for word in words if word.text != STAND_IN]
    if not words:
        return 10.0
    by_height = median(size_of(word) for word in words)
    if words[0].size_pt is not None:
        return by_height
    return min(by_height, _SIZE_OF_WIDTH * median(w.bbox.width / len(w.text) for w in words))


def size_of(word: Word) -> float:
    """The type size of a word in points, from its ink where the reader knows no fonts."""
    return word.size_pt or SIZE_OF_INK * word.bbox.height


def pieces(line: Line) -> list[Line]:
    """The parts of a line between wide gaps, as of a head with a title on the left and a date on the right."""
    runs: list[list[Word]] = [[line.words[0]]]
    for word in line.words[1:]:
        if word.bbox.x0 - runs[-1][-1].bbox.x1 > _APART_EM * line.bbox.height:
            runs.append([])
        runs[-1].append(word)
    return [make_line(run) for run in runs]
