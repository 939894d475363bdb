"""A second reader for lines that the first was unsure of; where the two differ, they vote word by word.

A vote weighs how sure each reader is, whether the word is in the dictionary and whether it has the shape of a word or a
number. The first reading stays on the word, so that the choice is on record and can be undone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from newsletter_extract import lexicon
from newsletter_extract.document import BBox, Word, union
from newsletter_extract.reading.ocr.lines import Line, box_of, read_anew, side_by_side, split_lines

_RULE = "ocr.second_reader"
_DOUBTFUL_WORD = 0.72
"""A line with a word of less confidence is read by both."""
_KNOWN, _SHAPED = 0.7, 0.2
"""What the dictionary and the shape weigh beside the confidences, which are 0 to 1."""
_TRUST = 0.8
"""The second reader's confidence is taken at this share: it is the surer of the two also where it is wrong. With these
weights 34 words of two bulletins, in three types and worn in six ways, were mended and none was spoilt."""
_LEAD = 0.1
"""The second reading is taken where its vote is ahead by this much; harm weighs more than help."""
_ALIKE = 0.5
"""Readings of one word share at least this much of their letters."""
_DISPUTED, _DISPUTING = 0.3333, 0.6
"""What a number is worth of which the second reader is this sure that it is another: of 12 such, 4 were right."""
_GUESS, _NO_GUESS = 0.5, 0.95
_SPECKS = frozenset("‘’“”\"'`´«»°*^~_|<>{}[]")
_NUMBER = re.compile(r"[\d.,:/]*\d[\d.,:/]*")
_CORE = re.compile(r"[^\W_]+")

ReadLines = Callable[[Sequence[BBox]], list[list[Word]]]


def vote_on_lines(words: Sequence[Word], read_lines: ReadLines) -> tuple[list[Word], list[Word]]:
    """The words of a page with those of doubtful lines decided by two readers, and the numbers on which they differ.

    `read_lines` is the second one.
    """
    lines = split_lines(words)
    doubtful = [k for k, line in enumerate(lines) if _is_doubtful(line)]
    found = read_lines([box_of(lines[k]) for k in doubtful])
    for k, second in zip(doubtful, found, strict=True):
        lines[k] = tuple(vote(lines[k], second))
    voted = [word for line in lines for word in line]
    return voted, [word for word in voted if word.confidence == _DISPUTED]


def _is_doubtful(line: Line) -> bool:
    return any((w.confidence or 0.0) < _DOUBTFUL_WORD and any(c.isalnum() for c in w.text) for w in line)


def vote(first: Sequence[Word], second: Sequence[Word]) -> list[Word]:
    """The words of a line as two readers see it. Boxes are the first reader's."""
    chosen: list[Word] = []
    for ours, theirs in side_by_side(first, second):
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


def _agreed(first: Word, second: Word) -> Word:
    return replace(first, confidence=max(first.confidence or 0.0, _TRUST * (second.confidence or 0.0)))


def _better(first: Sequence[Word], second: Word) -> Word:
    """The second reading, with the first on it, where it has the better vote; else the first of the first words.

    The vote is on letters. Marks at the edges are the first reader's, which tells commas from stops and long dashes
    from short ones, but for specks that the second did not see. Which of two numbers is right no shape tells, so that
    neither has much confidence then.
    """
    text = " ".join(word.text for word in first)
    sure, other_sure = min((word.confidence or 0.0) for word in first), _TRUST * (second.confidence or 0.0)
    (head, ours, tail), (other_head, theirs, other_tail) = _parted(text), _parted(second.text)
    if ours != theirs and _NUMBER.fullmatch(ours):
        is_clear = len(first) == 1 and other_sure >= _DISPUTING and bool(_NUMBER.fullmatch(theirs))
        return _disputed(first[0], second) if is_clear else first[0]
    if len(first) == 1 and _bare(ours) == _bare(theirs):
        # they differ in accents, dashes or specks, which the second reader does not tell better
        theirs, is_better = ours, bool(ours) and sure < _DOUBTFUL_WORD
    else:
        is_likelier = other_sure + _merit(theirs) >= sure + _merit(ours) + _LEAD
        is_better = is_likelier and _alike(ours, theirs) >= _ALIKE and (len(first) == 1 or _known(theirs))
    if not is_better:
        return first[0]
    whole = replace(first[0], text=text, bbox=union(word.bbox for word in first), confidence=round(other_sure, 4))
    kept = _without_specks(head, other_head) + theirs + _without_specks(tail, other_tail)
    return read_anew(whole, kept, _RULE)


def _disputed(first: Word, second: Word) -> Word:
    """A number of which the second reader sees another; that is taken where the first is no more than a guess."""
    is_guess = (first.confidence or 0.0) < _GUESS and (second.confidence or 0.0) >= _NO_GUESS
    text = second.text if is_guess and len(first.text) == len(second.text) else first.text
    return replace(read_anew(first, text, _RULE), confidence=_DISPUTED)


def _parted(text: str) -> tuple[str, str, str]:
    """The marks before the letters and digits of a word, these with what is between them, and the marks behind."""
    found = _CORE.search(text)
    if found is None:
        return text, "", ""
    end = len(text) - next(k for k, letter in enumerate(reversed(text)) if letter.isalnum())
    return text[: found.start()], text[found.start() : end], text[end:]


def _without_specks(marks: str, others: str) -> str:
    """The marks at an edge of a word without what may be specks, where the other reader saw none."""
    return marks if _SPECKS & set(others) else "".join(mark for mark in marks if mark not in _SPECKS)


def _alike(ours: str, theirs: str) -> float:
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def _bare(text: str) -> str:
    """Letters and digits alone, without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if letter.isalnum())


def _known(core: str) -> bool:
    parts = _CORE.findall(core)
    return bool(parts) and all(part.isalpha() and lexicon.is_known(part) for part in parts)


def _merit(core: str) -> float:
    """What speaks for a reading by itself: known words, and the shape of a word or a number."""
    shaped = bool(_NUMBER.fullmatch(core)) or (all(map(str.isalpha, _CORE.findall(core))) and _is_cased(core))
    return _KNOWN * _known(core) + _SHAPED * shaped


def _is_cased(text: str) -> bool:
    """Whether capitals stand where words have them: at the head, or everywhere."""
    return all(core.isupper() or core[1:].islower() or len(core) == 1 for core in _CORE.findall(text))


def enlarge(crop: Any, height_px: int = 48) -> Any:
    """A line at the height that the second reader's model takes."""
    import cv2

    scale = height_px / crop.shape[0]
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return cv2.resize(crop, None, fx=scale, fy=scale, interpolation=way)
