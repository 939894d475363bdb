"""Lines that an OCR ran across two columns: found, and parted where the evidence is strong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import Line, Word
from newsletter_extract.layout.building import make_line
from newsletter_extract.layout.flow import DATE_LEAD
from newsletter_extract.lexicon import zipf

_LONGER = 1.15
_DOUBLE = 1.5
"""A line this many times as long as the usual one may be two."""
_MIN_LINES = 20
_LONGEST_LINE = 110
"""Characters of the longest line that is printed in a column; beyond, a line is a whole paragraph."""
_KNOWN = 2.5
"""Frequency (Zipf) from which two halves are taken for one word."""
_PROOFS = 2
"""So many words broken over columns prove that lines run over them."""
_RUN, _LEAST_WORDS = 3, 8
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
    if broken_across(lines) >= _PROOFS:
        return list(lines), len(lines)
    if lengths[-1] <= longest_even or usual > _LONGEST_LINE or lengths[-1] > 4 * usual:
        return list(lines), _doubled(lines)
    if sum(length > longest_even for length in lengths) > 0.2 * len(lengths):
        return list(lines), _doubled(lines)
    result: list[Line] = []
    right: list[Line] = []
    tangled = 0
    for line in lines:
        above = right[-1] if right else None
        proven = above is not None and above.text.endswith("-") and len(line.text) > usual * _LONGER
        cut = _cut(line, usual, above) if len(line.text) > longest_even or proven else None
        if cut and proven and len(line.text) <= longest_even and not _is_broken_word(above, line.words[cut]):
            cut = None
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


def _doubled(lines: Sequence[Line]) -> int:
    """How many lines are two of the others put together, where both kinds are even and stand in runs.

    Headings and rows of a table are short too, but they do not follow one another in one length.
    """
    lengths = [len(line.text) for line in lines]
    longest = sorted(lengths)[int(len(lengths) * 0.95)]
    single = sorted(length for length in lengths if length < 0.7 * longest)
    if len(single) < _MIN_LINES / 2 or longest > 2 * _LONGEST_LINE:
        return 0
    usual = single[int(len(single) * 0.75)]
    even = [0.8 * usual <= length < 0.7 * longest for length in lengths]
    running = sum(a and b for a, b in pairwise(even))
    double = [1.6 * usual <= length <= 2.4 * usual for length in lengths]
    runs = sum(double[k] and not (k and double[k - 1]) for k in range(len(double)))
    long = sum(length >= 0.7 * longest for length in lengths)
    sure = sum(even) >= 0.6 * len(single) and running >= 0.5 * sum(even) and sum(double) >= max(_RUN * runs, 0.8 * long)
    return sum(double) if sure else 0


def broken_across(lines: Sequence[Line]) -> int:
    """How many words are broken at a line's end and go on in the middle of the next, or the other way about."""
    found = 0
    for line, following in pairwise(lines):
        texts, below = [w.text for w in line.words], [w.text for w in following.words]
        if len(texts) < _LEAST_WORDS or len(below) < _LEAST_WORDS:
            continue
        first, inner = below[0], below[2:-2]
        if texts[-1].endswith("-") and not _is_word(texts[-1], first):
            found += any(_is_word(texts[-1], word) for word in inner)
        found += any(text.endswith("-") and _is_word(text, first) for text in texts[2:-2])
    return found


def _is_word(head: str, tail: str) -> bool:
    stem, rest = head.rstrip("-"), tail.rstrip(".,;:)")
    return len(stem) > 1 and len(rest) > 1 and rest[0].islower() and zipf(stem + rest) >= _KNOWN > zipf(stem)


def _is_note(line: Line) -> bool:
    return not line.words[0].text[0].isalnum()


def _ends_run(last: Line, line: Line) -> bool:
    """The left column goes on while its sentence is open and no heading begins."""
    return bool(_STOP.search(last.text)) or bool(DATE_LEAD.match(line.text))


def _is_broken_word(above: Line | None, word: Word) -> bool:
    """Whether the word goes on with the one that the line above broke off."""
    return above is not None and zipf(above.words[-1].text.rstrip("-") + word.text.rstrip(".,;:")) >= _KNOWN


def _cut(line: Line, usual: float, above: Line | None) -> int | None:
    """The word at which the right column begins; `above` is the right half of the line before, where that was cut.

    The first line of a run is cut where a capital follows a word in lower case near the usual length; the others near
    that length too, and best where the word goes on with one that the half above broke off.
    """
    if _is_note(line):
        return None
    position = 0
    best: tuple[float, int] | None = None
    for k, (word, following) in enumerate(pairwise(line.words), 1):
        position += len(word.text) + 1
        if not usual * 0.6 < position < usual * 1.2:
            continue
        score = abs(position - usual)
        if above is None:
            capital = following.text[0].isupper() and word.text[0].islower() and len(following.text) > 2
            if not capital or _STOP.search(word.text):
                continue
        elif above.text.endswith("-"):
            score -= usual if _is_broken_word(above, following) else 0.0
        if best is None or score < best[0]:
            best = score, k
    return best[1] if best else None
