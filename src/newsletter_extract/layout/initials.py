"""Drop caps: a large first letter beside several lines, put back on the word that it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsletter_extract.document import BBox, Word
from newsletter_extract.layout.lines import size_of
from newsletter_extract.lexicon import zipf

_LARGE = 1.7
"""A drop cap is so many times as high as the body's type."""
_LESS = 0.7
"""The words beside it are at most this share of its height."""
_REACH_EM = 1.6
_LEAST_LINES = 2
_MOST_INITIALS = 60
_QUOTES = "“‘\"'«„"
_KNOWN = 2.5
"""Frequency (Zipf) from which letter and rest are taken for one word."""


def set_down(words: Sequence[Word], size: float) -> tuple[Word, ...]:
    """The words with each drop cap joined to the first word beside it, in whose line it then stands.

    The joined word keeps the type size of the letter, by which it is known. A letter that is a word of its own, as an
    English `A`, stays one.
    """
    large = [w for w in words if size_of(w) >= _LARGE * size and _is_initial(w.text) and not w.angle]
    gone: dict[int, list[Word]] = {}
    for initial in large[:_MOST_INITIALS]:
        beside = [w for w in words if _stands_beside(w, initial, size)]
        if len({round(w.bbox.top) for w in beside}) >= _LEAST_LINES:
            first = min(beside, key=lambda w: (w.bbox.top, w.bbox.x0))
            if first.bbox.top < (initial.bbox.top + initial.bbox.bottom) / 2:
                gone[id(initial)] = []
                gone[id(first)] = _joined(initial, first)
    return tuple(new for word in words for new in gone.get(id(word), [word])) if gone else tuple(words)


def _is_initial(text: str) -> bool:
    letter = text.lstrip(_QUOTES)
    return len(letter) == 1 and letter.isalpha() and letter == letter.upper()


def _stands_beside(word: Word, initial: Word, size: float) -> bool:
    x0, top, _, bottom = word.bbox
    box = initial.bbox
    return (
        -0.2 * size <= x0 - box.x1 < _REACH_EM * size
        and box.top - 0.3 * size < (top + bottom) / 2 < box.bottom
        and bottom - top <= _LESS * box.height
    )


def _joined(initial: Word, first: Word) -> list[Word]:
    box = BBox(initial.bbox.x0, first.bbox.top, first.bbox.x1, first.bbox.bottom)
    size = initial.size_pt and max(initial.size_pt, first.size_pt or 0.0)
    rest, letter = first.text.strip(".,;:!?"), initial.text.lstrip(_QUOTES)
    alone = zipf(letter + rest) < _KNOWN <= zipf(rest) and zipf(letter) >= _KNOWN and first.text[0].islower()
    if alone and len(rest) > 1:
        return [replace(initial, bbox=box._replace(x1=initial.bbox.x1)), first]
    return [replace(first, text=initial.text + first.text, bbox=box, size_pt=size, color=first.color)]


def is_initial_line(first: Word, size: float) -> bool:
    """Whether the first word of a line begins with a drop cap, beside which the next lines are set in."""
    return first.size_pt is not None and first.size_pt >= _LARGE * size > first.bbox.height
