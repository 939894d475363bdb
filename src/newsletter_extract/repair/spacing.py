"""Glued words are split and split words joined, where only one reading is likely."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from newsletter_extract.document import Block
from newsletter_extract.lexicon import frequencies, zipf
from newsletter_extract.repair.edits import Edit

_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]{4,40}(?![\w@/|!€-])")
_PAIR = re.compile(r"(?<![\w-])(?P<first>[a-z]{2,12}) (?P<second>[a-z]{2,12})(?![\w-])")
_SMALL_WORDS = frozenset(
    {"a", "i", "in", "is", "of", "on", "to", "the", "and", "for", "was", "by", "at", "as", "or", "be", "an", "are"}
)
_LEAST_PART = 4.2
_UNHEARD = 1.5
_LEAST_LONG = 3.2
_COMMA = re.compile(r"(?<=[a-z]),(?=(?:and|or|in|the|of|to|with)\b)")


def find_spacing(block: Block, vocabulary: dict[str, int], is_name: Callable[[str], bool]) -> Iterator[Edit]:
    """Edits that set the spaces right."""
    for match in _WORD.finditer(block.text):
        word = match[0]
        if (
            zipf(word) >= 2.0
            or vocabulary.get(word.casefold(), 0) >= 2
            or is_name(word)
            or sum(map(str.isupper, word[1:]))
        ):
            continue
        parts = _split(word)
        if parts:
            yield Edit(match.start(), match.end(), " ".join(parts), "space.split", 0.93)
    for match in _PAIR.finditer(block.text):
        joined = match["first"] + match["second"]
        rare = min(zipf(match["first"]), zipf(match["second"]))
        if (
            zipf(joined) >= (3.0 if rare < _UNHEARD else 3.5)
            and rare < 3.2
            and match["first"] not in _SMALL_WORDS
            and match["second"] not in _SMALL_WORDS
        ):
            yield Edit(match.start(), match.end(), joined, "space.join", 0.9)
    for match in _COMMA.finditer(block.text):
        yield Edit(match.start(), match.end(), ", ", "space.after_comma", 0.95)


@cache
def _split(word: str) -> tuple[str, ...] | None:
    """The words that were glued: two or more common ones of which a small one tells the seam, or None."""
    low = word.casefold()
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ()), *([None] * len(low))]
    words = frequencies()
    for end in range(1, len(low) + 1):
        for start in range(max(0, end - 20), end):
            before, part = best[start], low[start:end]
            value = words.get(part, 0.0)
            if (
                before is None
                or value < (_LEAST_LONG if len(part) >= 7 else _LEAST_PART)
                or (len(part) < 4 and part not in _SMALL_WORDS)
            ):
                continue
            score = before[0] + value - 9.0
            held = best[end]
            if held is None or score > held[0]:
                best[end] = score, (*before[1], word[start:end])
    found = best[-1]
    if found is None or len(found[1]) < 2 or not any(p.casefold() in _SMALL_WORDS for p in found[1]):
        return None
    if len(word) < 8 and not (len(word) == 4 and low == "isin"):
        return None
    return found[1]
