"""Lines of words as an engine gives them: one word after another, line after line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsletter_extract.document import BBox, FirstReading, Word, union

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


def box_of(line: Line) -> BBox:
    return union(word.bbox for word in line)


def sureness(words: Sequence[Word]) -> float:
    """Mean confidence of the words, each weighing as much as it has letters and digits; 0 where it has none."""
    weights = [sum(map(str.isalnum, word.text)) for word in words]
    total = sum(weights)
    return sum(w * (word.confidence or 0.0) for w, word in zip(weights, words, strict=True)) / total if total else 0.0
