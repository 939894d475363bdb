"""Lines that an OCR ran across two columns: found, and parted where the evidence is strong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import Line
from newsletter_extract.layout.building import make_line

_DOUBLE = 1.5
"""A line this many times as long as the usual one may be two."""
_MIN_LINES = 20
_STRAY = re.compile(r"[^\w\s]?[^\w\s(“‘\"']{1,2}|[A-Za-z]")
_STOP = re.compile(r"[.!?:][”’\"')]*$")


def untangle(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Lines with long ones parted into a left and a right column, and how many stay that could not be.

    A run of long lines next to each other is two columns side by side: each is cut where the usual length ends, and the
    left halves are read before the right ones. Only a text of short, even lines is looked at; others stay as they are.
    """
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < _MIN_LINES:
        return list(lines), 0
    usual = lengths[int(len(lengths) * 0.75)]
    longest_even = usual * _DOUBLE
    if lengths[-1] > 4 * usual or lengths[-1] <= longest_even:
        return list(lines), 0
    if sum(length > longest_even for length in lengths) > 0.2 * len(lengths):
        return list(lines), 0
    result: list[Line] = []
    right: list[Line] = []
    tangled = 0
    for line in lines:
        cut = _cut(line, usual) if len(line.text) > longest_even else None
        if cut:
            result.append(make_line(line.words[:cut]))
            right.append(make_line(line.words[cut:]))
            continue
        tangled += len(line.text) > longest_even and len(line.text) < 2.4 * usual and not _is_note(line)
        if right and _ends_run(result[-1], line):
            result += right
            right = []
        result.append(line)
    return result + right, tangled


def _is_note(line: Line) -> bool:
    return not line.words[0].text[0].isalnum()


def _ends_run(last: Line, line: Line) -> bool:
    """The left column goes on while its sentence is open."""
    return bool(_STOP.search(last.text)) or line.words[0].text[:1].isupper()


def _cut(line: Line, usual: float) -> int | None:
    """The word at which the right column begins: a capital near the usual length after a word in lower case."""
    if _is_note(line):
        return None
    position = 0
    best: tuple[float, int] | None = None
    for k, (word, following) in enumerate(pairwise(line.words), 1):
        position += len(word.text) + 1
        if not usual * 0.6 < position < usual * 1.2 or _STOP.search(word.text):
            continue
        if following.text[0].isupper() and word.text[0].islower() and len(following.text) > 2:
            score = abs(position - usual)
            if best is None or score < best[0]:
                best = score, k
    return best[1] if best else None
