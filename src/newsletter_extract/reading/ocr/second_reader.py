"""A second reader for lines that the first was unsure of; where the two differ, they vote word by word.

A vote weighs how sure each reader is, whether the word is in the dictionary and whether it has the shape of a word or a
number. The first reading stays on the word, so that the choice is on record and can be undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any

from newsletter_extract import lexicon
from newsletter_extract.document import BBox, Word, union
from newsletter_extract.reading.ocr.lines import Line, box_of, read_anew, split_lines

_RULE = "ocr.second_reader"
_DOUBTFUL_WORD = 0.72
"""A line with a word of less confidence is read by both."""
_KNOWN, _SHAPED = 0.35, 0.2
"""What the dictionary and the shape weigh beside the confidences, which are 0 to 1."""
_TRUST = 0.9
"""The second reader's confidence is taken at this share: it is the surer of the two also where it is wrong."""
_LEAD = 0.1
"""The second reading is taken where its vote is ahead by this much; harm weighs more than help."""
_ALIKE = 0.34
"""Readings of one word share at least this much of their letters."""
_NUMBER = re.compile(r"[(€$£]?\d{1,3}(?:[., ]?\d{3})*(?:[.,]\d+)?[%)€.,;:]*$")
_WORD = re.compile(r"[(“‘\"']?[^\W\d_]+(?:[-/’'][^\W\d_]+)*[)”’\"']?[.,;:!?]*[)”’\"']?$")
_CORE = re.compile(r"[^\W_]+")

ReadLines = Callable[[Sequence[BBox]], list[list[Word]]]


def vote_on_lines(words: Sequence[Word], read_lines: ReadLines) -> list[Word]:
    """The words of a page with those of doubtful lines decided by two readers; `read_lines` is the second one."""
    lines = split_lines(words)
    doubtful = [k for k, line in enumerate(lines) if _is_doubtful(line)]
    found = read_lines([box_of(lines[k]) for k in doubtful])
    for k, second in zip(doubtful, found, strict=True):
        lines[k] = tuple(vote(lines[k], second))
    return [word for line in lines for word in line]


def _is_doubtful(line: Line) -> bool:
    return any((w.confidence or 0.0) < _DOUBTFUL_WORD and any(c.isalnum() for c in w.text) for w in line)


def vote(first: Sequence[Word], second: Sequence[Word]) -> list[Word]:
    """The words of a line as two readers see it. Boxes are the first reader's."""
    chosen: list[Word] = []
    for ours, theirs in _side_by_side(first, second):
        if [w.text for w in ours] == [w.text for w in theirs]:
            chosen += [_agreed(a, b) for a, b in zip(ours, theirs, strict=True)]
        elif len(ours) == len(theirs):
            chosen += [_better([a], b) for a, b in zip(ours, theirs, strict=True)]
        elif ours and len(theirs) == 1:
            better = _better(ours, theirs[0])
            chosen += [better] if better.first_reading is not None else ours
        else:
            chosen += ours
    return chosen


def _side_by_side(first: Sequence[Word], second: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """Both lines cut where both have a space at the same place among their letters."""
    ours, theirs = ("".join(w.text for w in words) for words in (first, second))
    meets: dict[int, int] = {}
    for match in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        # a space may stand before, within or behind what both have alike
        meets.update((match.a + k, match.b + k) for k in range(match.size + 1) if match.size)
    ends = {at: k for k, at in enumerate(accumulate(len(w.text) for w in second), 1)}
    a0 = b0 = at = 0
    for a1, word in enumerate(first, 1):
        at += len(word.text)
        b1 = len(second) if a1 == len(first) else ends.get(meets.get(at, -1))
        if b1 is not None and b1 >= b0:
            yield first[a0:a1], second[b0:b1]
            a0, b0 = a1, b1


def _agreed(first: Word, second: Word) -> Word:
    return replace(first, confidence=max(first.confidence or 0.0, _TRUST * (second.confidence or 0.0)))


def _better(first: Sequence[Word], second: Word) -> Word:
    """The second reading, with the first on it, where it has the better vote; else the first of the first words."""
    text = " ".join(word.text for word in first)
    sure = min((word.confidence or 0.0) for word in first)
    ours = sure + _merit(text)
    theirs = _TRUST * (second.confidence or 0.0) + _merit(second.text)
    if theirs < ours + _LEAD or SequenceMatcher(None, text, second.text, autojunk=False).ratio() < _ALIKE:
        return first[0]
    whole = replace(first[0], text=text, bbox=union(word.bbox for word in first))
    return replace(read_anew(whole, second.text, _RULE), confidence=round(_TRUST * (second.confidence or 0.0), 4))


def _merit(text: str) -> float:
    """What speaks for a reading by itself: known words, and the shape of a word or a number."""
    cores = [core for core in _CORE.findall(text) if core.isalpha()]
    known = bool(cores) and all(lexicon.is_known(core) for core in cores)
    shaped = bool(_NUMBER.match(text) or (_WORD.match(text) and _is_cased(text)))
    return _KNOWN * known + _SHAPED * shaped


def _is_cased(text: str) -> bool:
    """Whether capitals stand where words have them: at the head, or everywhere."""
    return all(core.isupper() or core[1:].islower() or len(core) == 1 for core in _CORE.findall(text))


def enlarge(crop: Any, height_px: int = 48) -> Any:
    """A line at the height that the second reader's model takes."""
    import cv2

    scale = height_px / crop.shape[0]
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return cv2.resize(crop, None, fx=scale, fy=scale, interpolation=way)
