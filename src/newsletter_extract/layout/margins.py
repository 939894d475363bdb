"""Margin columns: short notes, mostly a date and a place, beside the article that they head."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import BBox, Word
from newsletter_extract.layout.lines import lines_of, type_size

_NARROW = 0.42
"""A margin column is at most this share of the width of the text beside it."""
_APART_EM = 1.0
_LEVEL_EM = 0.6
"""A note and the line that it heads begin within this many type sizes of each other."""
_SHARE = 0.7
_MAX_LINES = 0.6
"""A margin has fewer lines than this share of the text's; else it is a sidebar, with a text of its own, save where
each of several notes stands level with a paragraph."""
_SURE_NOTES = 3
_WALLED = 0.6
_CAPTION_LINES, _SMALLER = 0.3, 0.93
"""Captions of photos in a margin have fewer lines than this share of the text's, in type of less than this size."""

Columns = Sequence[Sequence[Word]]


def margin_sections(
    columns: Columns, size: float, walls: Sequence[BBox] = ()
) -> list[tuple[list[Word], list[Word]]] | None:
    """Each note with the words it heads, from top to bottom; None where the columns are two texts of their own.

    Beside one of the `walls`, upright strokes, stands a sidebar, unless each note is level with a paragraph.
    """
    if len(columns) != 2:
        return None
    first, second = columns
    note, text = (first, second) if _width(first) < _width(second) else (second, first)
    if _width(note) > _NARROW * _width(text):
        return None
    size = min(size, max(w.bbox.height for w in note))  # in plain text a line is one unit high
    notes = _groups(note, size * _APART_EM)
    starts = min(w.bbox.top for w in text)
    above = [group for group in notes if group[-1].bbox.bottom <= starts]  # a line that stands over both columns
    notes = notes[len(above) :]
    tops = [group[0].bbox.top for group in notes]
    level = _level_share(tops, text, size)
    share = 1.0 if _is_walled(first, second, walls) else _SHARE
    most = _MAX_LINES if level < 1 or len(notes) < _SURE_NOTES else 1.0
    lines = sum(len(lines_of(group)) for group in notes)
    if len(notes) > 1 and level < share and lines <= _CAPTION_LINES * len(lines_of(text)):
        return _behind_sections(notes, text, size) if not above and _are_captions(notes, text) else None
    if len(notes) < 2 or level < share or lines > most * len(lines_of(text)):
        return None
    edges = [float("-inf"), *(top - size * _LEVEL_EM for top in tops[1:]), float("inf")]
    heads: list[tuple[list[Word], list[Word]]] = [(group, []) for group in above]
    return heads + [
        (group, [w for w in text if low <= w.bbox.top < high])
        for group, low, high in zip(notes, edges, edges[1:], strict=False)
    ]


def _is_walled(left: Sequence[Word], right: Sequence[Word], walls: Sequence[BBox]) -> bool:
    """Whether a stroke stands between two columns over most of the height that they share."""
    low, high = max(w.bbox.x1 for w in left), min(w.bbox.x0 for w in right)
    top = max(min(w.bbox.top for w in column) for column in (left, right))
    bottom = min(max(w.bbox.bottom for w in column) for column in (left, right))
    return any(
        low - 1 <= wall.x0 <= wall.x1 <= high + 1
        and min(wall.bottom, bottom) - max(wall.top, top) > _WALLED * (bottom - top)
        for wall in walls
    )


def _are_captions(notes: Sequence[Sequence[Word]], text: Sequence[Word]) -> bool:
    """Whether notes are set slanted or smaller, and the text is not."""
    words = [word for note in notes for word in note]
    slanted = all(word.italic for word in words) and not all(word.italic for word in text)
    return slanted or (words[0].size_pt is not None and type_size(words) < _SMALLER * type_size(text))


def _behind_sections(
    notes: Sequence[list[Word]], text: Sequence[Word], size: float
) -> list[tuple[list[Word], list[Word]]] | None:
    """Each note behind the section of the text that it stands beside, as captions of photos; None without headings."""
    lines = lines_of(text)
    heads = [
        line.bbox.top
        for above, line in pairwise(lines)
        if line.bbox.top - above.bbox.bottom >= _APART_EM * size and all(word.bold for word in line.words)
    ]
    if not heads:
        return None
    edges = [float("-inf"), *heads, float("inf")]
    sections: list[tuple[list[Word], list[Word]]] = []
    for low, high in pairwise(edges):
        beside = [word for note in notes for word in note if low <= note[0].bbox.top < high]
        sections.append(([word for word in text if low <= word.bbox.top < high], beside))
    return sections


def _width(words: Sequence[Word]) -> float:
    return max(w.bbox.x1 for w in words) - min(w.bbox.x0 for w in words)


def _groups(words: Sequence[Word], apart: float) -> list[list[Word]]:
    """Words in groups parted by white of at least `apart` points in height."""
    groups: list[list[Word]] = []
    bottom = float("-inf")
    for line in lines_of(words):
        if line.bbox.top - bottom >= apart:
            groups.append([])
        groups[-1].extend(line.words)
        bottom = line.bbox.bottom
    return groups


def _level_share(tops: Sequence[float], text: Sequence[Word], size: float) -> float:
    """The share of notes that stand level with a line that begins a paragraph of the text."""
    lines = lines_of(text)
    pitches = sorted(b.bbox.top - a.bbox.top for a, b in pairwise(lines))
    usual = pitches[len(pitches) // 4] if pitches else size
    begins = [b.bbox.top for a, b in pairwise(lines) if b.bbox.top - a.bbox.top > 1.15 * usual] + [lines[0].bbox.top]
    level = sum(any(abs(top - begin) <= size * _LEVEL_EM for begin in begins) for top in tops)
    return level / max(1, len(tops))
