"""A second look at ink that the engine passed over or could not make out, as the short numbers in a table's column.

The pieces are set under one another on a page of their own, and the engine reads that once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from newsletter_extract import lexicon
from newsletter_extract.document import BBox, Word, union
from newsletter_extract.reading.ocr.components import parts
from newsletter_extract.reading.ocr.lines import sureness

_DOUBTFUL = 0.4
"""Words of less confidence are looked at again, and kept where the second look is no surer."""
_LIKELIER = 0.6
_BELIEVED, _BELIEVED_DIGIT = 0.85, 0.9
"""Of words, and of single digits, which engines make of stains."""
_LINE_LETTERS, _LINE_KNOWN = 6, 0.8
"""A line has at least so many letters, and so many of them in words of three or more, to make sense."""
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_MAX_PIECES = 120
_MIN_PIECES = 1
_LETTER_PX = (7, 60)
_LINE_PX = 44
"""Height to which a piece's line is scaled; Tesseract reads capitals of 20 to 40 pixels best (its own advice)."""
_SAMPLE = 40
_LIGHTER = 0.35
"""Ink lighter than most print, by this share of the way to white, is a photo, a faded rule or shines through."""
_RUN = 20
"""Letters of worn print run together, to words this many times as wide as high."""
_GAP = 0.9
"""Letters of a line are closer than this share of their height, also over a space."""
_PAD = 0.5
_SHORTEST, _LONGEST = 1.0, 8.0
"""Numbers of two digits to nine are so many times as wide as high."""
_BESIDE = 0.4
"""Ink this near a word, in its heights, is an edge of the word that its box left out."""

Place = tuple[int, int, float, BBox]
"""Top and bottom on the sheet, scale, and the piece's padded box on the page."""


@dataclass(frozen=True, slots=True)
class Look:
    """Pieces of a page set under one another, and where each of them came from."""

    sheet: Any
    """8-bit grey, for the engine to read as a block."""
    places: Sequence[Place]

    def short_pieces(self) -> list[BBox]:
        """The pieces that are as long as numbers are, without the white kept round them."""
        inner = [(box, _PAD / (1 + 2 * _PAD) * box.height) for *_, box in self.places]
        boxes = [BBox(b.x0 + pad, b.top + pad, b.x1 - pad, b.bottom - pad) for b, pad in inner]
        return [box for box in boxes if _SHORTEST * box.height <= box.width <= _LONGEST * box.height]


def second_look(grey: Any, words: Sequence[Word]) -> Look | None:
    """What of a page to look at again, given the words of the first look in pixels; None where there is nothing."""
    pieces = _pieces(grey, [w for w in words if (w.confidence or 0.0) >= _DOUBTFUL])
    return Look(*_sheet(grey, pieces)) if _MIN_PIECES <= len(pieces) <= _MAX_PIECES else None


def with_found(words: Sequence[Word], look: Look, seen: Sequence[Word]) -> list[Word]:
    """The words of a page, with those that were `seen` on the second look's sheet instead of doubtful ones."""
    sure = [w for w in words if (w.confidence or 0.0) >= _DOUBTFUL]
    doubtful = [w for w in words if (w.confidence or 0.0) < _DOUBTFUL]
    found = []
    for place in look.places:
        piece = [moved for word in seen if (moved := _moved(word, place)) is not None]
        found += [w for w in piece if _is_believed(w, piece, doubtful) and not _lies_on(w, sure)]
    return [*sure, *(w for w in doubtful if not _lies_on(w, found)), *found]


def _is_believed(word: Word, piece: Sequence[Word], doubtful: Sequence[Word]) -> bool:
    """A number or a word read surely; less surely where the first look saw something there or its line makes sense."""
    sure = word.confidence or 0.0
    if not any(c.isalnum() for c in word.text):
        return False
    if _lies_on(word, doubtful):
        return sure >= _LIKELIER
    if len(word.text) == 1:
        return word.text.isdigit() and sure >= _BELIEVED_DIGIT
    return sure >= _BELIEVED or _makes_sense(piece)


def _makes_sense(piece: Sequence[Word]) -> bool:
    """Whether most of the letters of a line are those of words, read not too unsurely."""
    letters = sum(map(str.isalpha, "".join(word.text for word in piece)))
    known = sum(len(part) for word in piece for part in _LETTERS.findall(word.text) if lexicon.is_known(part))
    return letters >= _LINE_LETTERS and known >= _LINE_KNOWN * letters and sureness(piece) >= _LIKELIER


def _pieces(grey: Any, words: Sequence[Word]) -> list[BBox]:
    """Boxes of letters side by side that no word covers."""
    import cv2
    import numpy as np

    ink = cv2.adaptiveThreshold(
        cv2.GaussianBlur(grey, (3, 3), 0), 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 16
    )
    for word in words:
        x0, top, x1, bottom = (int(edge) for edge in word.bbox)
        side = int(_BESIDE * word.bbox.height) + 2
        ink[max(0, top - 2) : bottom + 3, max(0, x0 - side) : x1 + side] = 0
    x, y, width, height, area = parts(ink).T
    low, high = _LETTER_PX
    usual = float(np.median([w.bbox.height for w in words])) if words else 20.0
    letters = (np.maximum(low, 0.5 * usual) <= height) & (height <= min(high, 1.8 * usual))
    letters &= (width <= _RUN * height) & (area >= 0.12 * width * height) & (width >= 2)
    spans = np.stack([x, y, x + width, y + height], axis=1)[letters]
    joined = _joined([BBox(*map(float, span)) for span in spans])
    if not words:
        return joined
    print_grey = float(np.median([_ink_of(grey, word.bbox) for word in words[:: max(1, len(words) // _SAMPLE)]]))
    lightest = print_grey + _LIGHTER * (255 - print_grey)
    return [box for box in joined if _ink_of(grey, box) <= lightest]


def _ink_of(grey: Any, box: BBox) -> float:
    """The grey of the darker strokes in a box, 255 where it is empty."""
    import numpy as np

    x0, top, x1, bottom = map(int, box)
    part = grey[max(0, top) : bottom, max(0, x0) : x1]
    return float(np.percentile(part, 10)) if part.size else 255.0


def _joined(boxes: Sequence[BBox]) -> list[BBox]:
    """Letters on one line with less than a letter's height between them, made one box."""
    runs: list[BBox] = []
    for box in sorted(boxes, key=lambda b: b.x0):
        near = [k for k, run in enumerate(runs) if _follows(run, box)]
        runs.append(union([runs.pop(near[-1]), box]) if near else box)
    return sorted(runs, key=lambda b: (b.top, b.x0))


def _follows(run: BBox, box: BBox) -> bool:
    """Whether a box goes on with a run to its left, on the same line and about as high: rules and stains are higher."""
    if max(run.height, box.height) > 2 * min(run.height, box.height):
        return False
    shared = min(run.bottom, box.bottom) - max(run.top, box.top)
    return -box.height < box.x0 - run.x1 < _GAP * box.height and shared > 0.5 * min(run.height, box.height)


def _sheet(grey: Any, pieces: Sequence[BBox]) -> tuple[Any, list[Place]]:
    import cv2
    import numpy as np

    crops, places, y = [], [], 30
    for box in pieces:
        pad = _PAD * box.height
        x0, top = max(0, int(box.x0 - pad)), max(0, int(box.top - pad))
        x1, bottom = min(grey.shape[1], int(box.x1 + pad)), min(grey.shape[0], int(box.bottom + pad))
        scale = _LINE_PX / (bottom - top)
        crop = cv2.resize(grey[top:bottom, x0:x1], None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        crops.append((y, crop))
        places.append((y, y + crop.shape[0], scale, BBox(x0, top, x1, bottom)))
        y += crop.shape[0] + 24
    paper = int(np.percentile(grey[::4, ::4], 90))
    sheet = np.full((y + 10, max(crop.shape[1] for _, crop in crops) + 200), paper, np.uint8)
    for y, crop in crops:
        sheet[y : y + crop.shape[0], 100 : 100 + crop.shape[1]] = crop
    return sheet, places


def _moved(word: Word, place: Place) -> Word | None:
    """A word of the sheet on its place on the page, where it is part of that piece."""
    top, bottom, scale, box = place
    if not top <= (word.bbox.top + word.bbox.bottom) / 2 <= bottom:
        return None
    x0, x1 = ((edge - 100) / scale + box.x0 for edge in (word.bbox.x0, word.bbox.x1))
    y0, y1 = ((edge - top) / scale + box.top for edge in (word.bbox.top, word.bbox.bottom))
    inside = BBox(max(x0, box.x0), max(y0, box.top), min(x1, box.x1), min(y1, box.bottom))
    return Word(word.text, inside, word.confidence)


def _lies_on(word: Word, others: Sequence[Word]) -> bool:
    return any(_overlap(word.bbox, other.bbox) for other in others)


def _overlap(first: BBox, second: BBox) -> bool:
    return first.x0 < second.x1 and second.x0 < first.x1 and first.top < second.bottom and second.top < first.bottom
