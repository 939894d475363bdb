"""Lines of words as an engine gives them: one word after another, line after line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate

from newsletter_extract.document import BBox, FirstReading, Word, union

_ENDS = ".,;:)"
_BETWEEN_DIGITS = re.compile(r"\d,\d")

Line = tuple[Word, ...]


def split_lines(words: Sequence[Word]) -> list[Line]:
    """The words by line; a new one begins where a word stands left of the last one or clear of its height."""
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if last and word.bbox.x0 > last.bbox.x0 and _level(last.bbox, word.bbox):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [tuple(line) for line in lines]


def _level(first: BBox, second: BBox) -> bool:
    return first.top < second.bottom and second.top < first.bottom


def read_anew(word: Word, text: str, rule: str) -> Word:
    """The word with another reading, of which `rule` says how it came; the first one stays on it."""
    if text == word.text:
        return word
    first, *rules = word.first_reading or (word.text,)
    return replace(word, text=text, first_reading=FirstReading(first, "+".join([*rules, rule])))


def side_by_side(first: Sequence[Word], second: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
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


def replaced(first: Sequence[Word], second: Sequence[Word], rule: str) -> list[Word]:
    """The words of another reading of a line, each with what the first one had in its place.

    Where both part a line otherwise, the first of the words there bears what was read for all of them.
    """
    told: list[Word] = []
    for ours, theirs in side_by_side(first, second):
        if len(ours) == len(theirs):
            pairs = [(a, _with_its_commas(a, b)) for a, b in zip(ours, theirs, strict=True)]
            told += [replace(b, first_reading=read_anew(a, b.text, rule).first_reading) for a, b in pairs]
            continue
        read = " ".join(word.text for word in ours)
        told += [replace(b, first_reading=FirstReading("" if k else read, rule)) for k, b in enumerate(theirs)]
    return told


def _with_its_commas(first: Word, second: Word) -> Word:
    """The second reading of a number with the commas of the first: a tail gets lost in print and is never made up."""
    other = first.text.rstrip(_ENDS).replace(",", ".") == second.text.rstrip(_ENDS) != first.text.rstrip(_ENDS)
    if not (other and _BETWEEN_DIGITS.search(first.text)):
        return second
    return replace(second, text=first.text.rstrip(_ENDS) + second.text[len(second.text.rstrip(_ENDS)) :])


def box_of(line: Line) -> BBox:
    return union(word.bbox for word in line)


def sureness(words: Sequence[Word]) -> float:
    """Mean confidence of the words, each weighing as much as it has letters and digits; 0 where it has none."""
    weights = [sum(map(str.isalnum, word.text)) for word in words]
    total = sum(weights)
    return sum(w * (word.confidence or 0.0) for w, word in zip(weights, words, strict=True)) / total if total else 0.0
