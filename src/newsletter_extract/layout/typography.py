"""Typography inside a line: letterspaced words put together, raised digits told from numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from newsletter_extract.document import Line, Word, union

_MIN_LETTERS = 4
_MIN_SMALL_LETTERS = 5
_EVEN = 1.8
"""Gaps between the letters of a spaced word differ by less than this; those between words are wider."""
_CLOSER = 0.8
"""Spaced letters stand closer than this share of the white between words."""
_WIDEST_EM = 1.2
"""Letters farther apart than this share of their height are the cells of a table."""
_RAISED_SIZE, _RAISED_BY = 0.8, 0.15
"""A superscript is set in at most this share of the line's type and this share of it above the line's foot."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def set_solid(line: Line) -> Line:
    """The line with runs of single letters at even gaps, as of `S E I Z U R E S`, made words.

    Wider gaps part the words of the run. The letters are known by their places alone, whatever they spell.
    """
    if sum(len(word.text) == 1 for word in line.words) < _MIN_LETTERS:
        return line
    spaces = [b.bbox.x0 - a.bbox.x1 for a, b in pairwise(line.words) if max(len(a.text), len(b.text)) > 1]
    space = min(spaces) if spaces else float("inf")
    words: list[Word] = []
    run: list[Word] = []
    for word in (*line.words, None):
        if word is not None and len(word.text) == 1 and word.text.isalnum():
            run.append(word)
            continue
        words += _joined(run, space)
        run = []
        if word is not None:
            words.append(word)
    return Line(tuple(words), line.bbox)


def _joined(letters: Sequence[Word], space: float) -> list[Word]:
    """Letters made words where they stand closer than words do, `space` points apart, in the rest of their line."""
    gaps = [b.bbox.x0 - a.bbox.x1 for a, b in pairwise(letters)]
    signs = [letter.text for letter in letters]
    least = _MIN_LETTERS if all(sign.isupper() or sign.isdigit() for sign in signs) else _MIN_SMALL_LETTERS
    if len(letters) < least or sum(sign.isalpha() for sign in signs) <= len(signs) / 2:
        return list(letters)
    usual = sorted(gaps)[len(gaps) // 2]
    if usual > min(_CLOSER * space, _WIDEST_EM * letters[0].bbox.height):
        return list(letters)
    widest = _EVEN * max(sorted(gaps)[len(gaps) // 4], 0.1 * letters[0].bbox.height)
    groups: list[list[Word]] = [[letters[0]]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > widest:
            groups.append([])
        groups[-1].append(letter)
    return [
        replace(group[0], text="".join(w.text for w in group), bbox=union(w.bbox for w in group)) for group in groups
    ]


def mark_raised(line: Line) -> Line:
    """The line with small raised numbers, which refer to notes, written as superscripts: never a part of a figure."""
    sizes = {word.size_pt for word in line.words if word.size_pt is not None}
    if len(sizes) < 2:
        return line
    size = max(sizes)
    foot = max(word.bbox.bottom for word in line.words if word.size_pt == size)
    words = tuple(
        replace(word, text=word.text.translate(_SUPERSCRIPTS)) if _is_raised(word, size, foot) else word
        for word in line.words
    )
    return Line(words, line.bbox)


def _is_raised(word: Word, size: float, foot: float) -> bool:
    return (
        word.text.isdecimal()
        and len(word.text) <= 2
        and (word.size_pt or size) <= _RAISED_SIZE * size
        and foot - word.bbox.bottom > _RAISED_BY * size
    )


def is_capitals(text: str) -> bool:
    """Whether a line is set in capitals: nearly all of its letters, and more of them than an acronym has."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.9 * len(letters)
