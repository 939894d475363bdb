"""The caption of a ruled table: one or two lines right above it and apart from the text over that."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_extract import resources
from newsletter_extract.document import BBox, Line, Word
from newsletter_extract.layout.building import STAND_IN
from newsletter_extract.layout.lines import lines_of, pieces

_REACH_EM = 2.0
"""How far above the table, in type sizes, its caption may end."""
_LABEL_REACH_EM = 4.0
"""The same for one that begins as captions do, with `Table 3`."""
_SET_EM = 3.0
"""How far from the table's left edge a caption may begin, unless it is centred."""
_MORE = 1.2
"""White above a caption is so many times that between the lines over it."""
_APART = 0.6
"""White above a caption, as a share of its height; lines of a paragraph have about a third."""


def caption_above(table: BBox, words: Sequence[Word], size: float) -> list[Line]:
    """The lines right above the table, at most two, that are its caption; none where they end a paragraph."""
    words = [word for word in words if word.text != STAND_IN]
    near = [w for w in words if -1 <= table.top - w.bbox.bottom <= _LABEL_REACH_EM * size]
    lowest = lines_of(near)[-1:]
    for piece in (piece for line in lowest for piece in pieces(line)):
        reach = _LABEL_REACH_EM if is_label(piece.text) else _REACH_EM
        if not _is_set_to(piece, table, size) or table.top - piece.bbox.bottom > reach * size:
            continue
        if _is_apart(piece, words):
            return [piece]
        above = [w for w in words if -1 <= piece.bbox.top - w.bbox.bottom <= size and _overlaps(w, piece.bbox)]
        for upper in (p for line in lines_of(above)[-1:] for p in pieces(line)):
            if _is_set_to(upper, table, size) and _is_apart(upper, words) and not _is_sentence(piece):
                return [upper, piece]
    return []


def is_label(text: str) -> bool:
    """Whether a line begins with a word of captions, as `Table 3` or `Source:`."""
    return text.split(maxsplit=1)[0].casefold().rstrip(".:") in resources.words("caption_words.txt")


def _is_set_to(line: Line, table: BBox, size: float) -> bool:
    centred = abs((line.bbox.x0 + line.bbox.x1) - (table.x0 + table.x1)) < 2 * size
    return abs(line.bbox.x0 - table.x0) < _SET_EM * size or centred


def _is_sentence(line: Line) -> bool:
    return line.text.endswith((".", ":", ";"))


def _overlaps(word: Word, box: BBox) -> bool:
    return word.bbox.x0 < box.x1 and word.bbox.x1 > box.x0


def _is_apart(line: Line, words: Sequence[Word]) -> bool:
    """Whether more white than between the lines over it, or a bolder type, parts the line from what stands there."""
    above = lines_of([w for w in words if _overlaps(w, line.bbox) and w.bbox.bottom <= line.bbox.top + 1])[-2:]
    if not above:
        return True
    last = above[-1]
    bolder = all(w.bold for w in line.words) and not last.words[-1].bold
    usual = last.bbox.top - above[0].bbox.bottom if len(above) > 1 else 0.0
    return bolder or line.bbox.top - last.bbox.bottom > max(_APART * line.bbox.height, _MORE * usual)
