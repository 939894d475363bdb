"""What is printed across the text: notes up the margin, stamps and watermarks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from newsletter_extract.document import Line, Word, union

_LARGE = 2.5
"""A word this many times the body's type with text over it is a watermark."""
_COVERED = 3
"""So many words have to stand on a watermark, which has more letters than that."""
_MOST = 30
"""So many large words of a page are looked at."""


def find_overprint(words: Sequence[Word], size: float) -> list[Line]:
    """Lines of words that lean or stand upright on the page, and of large words that others are printed over.

    `size` is the body type in points. The words of a line are in the order of its direction.
    """
    leaning: dict[int, list[Word]] = defaultdict(list)
    large = [w for w in words if w.size_pt is not None and w.size_pt >= _LARGE * size and len(w.text) > _COVERED]
    for word in [*(w for w in words if w.angle), *(w for w in large[:_MOST] if not w.angle and _is_covered(w, words))]:
        leaning[word.angle].append(word)
    return [line for angle, group in sorted(leaning.items()) for line in _lines(group, angle)]


def _is_covered(word: Word, words: Sequence[Word]) -> bool:
    """Whether smaller words stand on the word."""
    x0, top, x1, bottom = word.bbox
    on_it = 0
    for other in words:
        x, y = (other.bbox.x0 + other.bbox.x1) / 2, (other.bbox.top + other.bbox.bottom) / 2
        on_it += other.bbox.height < word.bbox.height / 2 and x0 < x < x1 and top < y < bottom
    return on_it >= _COVERED


def _lines(words: Sequence[Word], angle: int) -> list[Line]:
    """Words of one direction in lines: along it by their place, across it by their distance."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))

    def along(word: Word) -> float:
        return (word.bbox.x0 + word.bbox.x1) / 2 * cosine - (word.bbox.top + word.bbox.bottom) / 2 * sine

    def across(word: Word) -> float:
        return (word.bbox.x0 + word.bbox.x1) / 2 * sine + (word.bbox.top + word.bbox.bottom) / 2 * cosine

    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (across(w), along(w), w.text)):
        reach = (word.size_pt or min(word.bbox.width, word.bbox.height)) / 2
        if lines and across(word) - across(lines[-1][-1]) < reach:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=lambda w: (along(w), w.text))) for line in lines]


def _line(words: Sequence[Word]) -> Line:
    return Line(tuple(words), union(word.bbox for word in words))
