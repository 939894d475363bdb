"""Fields of a form: lines of labels with what is filled in, several side by side, are read line by line."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_extract.document import Word
from newsletter_extract.layout.building import STAND_IN
from newsletter_extract.layout.gutters import Interval, row_gaps

_LABEL_WORDS = 4
"""A label has at most so many words, the last with a colon."""
_LEAST_ROWS, _LEAST_LABELS = 2, 2


def field_rows(rows: Sequence[list[Word]], extent: Interval, size: float) -> list[tuple[int, int]]:
    """Where rows of fields begin and end (not included); `size` is the body type in points.

    Each piece of such a row begins with a label, and no two with the same: cards side by side have the same labels.
    """
    found: list[tuple[int, int]] = []
    begin: int | None = None
    for k, row in enumerate([*rows, []]):
        is_one = bool(row) and _are_fields(row, extent, size)
        if is_one and begin is None:
            begin = k
        elif not is_one and begin is not None:
            found += [(begin, k)] if k - begin >= _LEAST_ROWS else []
            begin = None
    return found


def _are_fields(row: Sequence[Word], extent: Interval, size: float) -> bool:
    if sum([word.text[-1] == ":" for word in row]) < _LEAST_LABELS or any(word.text == STAND_IN for word in row):
        return False
    starts = [high for low, high in row_gaps(row, extent, size) if high < extent[1] and low > extent[0]]
    pieces: list[list[str]] = [[]]
    for word in sorted(row, key=lambda w: w.bbox.x0):
        if word.bbox.x0 in starts and pieces[-1]:
            pieces.append([])
        pieces[-1].append(word.text)
    labels = [_label(piece) for piece in pieces]
    return len(pieces) > 1 and all(labels) and len(set(labels)) == len(labels)


def _label(texts: Sequence[str]) -> str:
    """The words up to a colon among the first; "" where there is none."""
    end = next((k for k, text in enumerate(texts[:_LABEL_WORDS]) if text.endswith(":")), None)
    return "" if end is None else " ".join(texts[: end + 1]).casefold()
