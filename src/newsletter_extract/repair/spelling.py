"""Misread words: candidates by the confusion table, taken where they are far likelier than what was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.lexicon import zipf
from newsletter_extract.repair.edits import Edit

_TOKEN = re.compile(r"(?:(?<![\w.,])€(?=[a-z]))?[^\W_]*[^\W\d_][\w€|!’']*[\w€|!]|[^\W\d_]")
_MARGIN = {"safe": 2.0, "full": 1.3}
"""How many tens of times likelier, on the Zipf scale, the candidate has to be; a born-digital text needs one more."""
_UNHEARD = 1.0
_MIN_LENGTH = 4
_MAX_LENGTH = 30
_LEAST_CANDIDATE = 3.0
_LEAST_LONG = 2.6
"""Long words are rare, and a misreading seldom turns one into another."""
_LONG_WORD = 9
_KNOWN_STEM = 3.3
"""A plural in -s of a word this common is right, rare as it may be itself."""


@cache
def _confusions() -> tuple[tuple[str, str, float, str], ...]:
    return tuple(
        (r["misread"], r["meant"], float(r["cost"]), r["rule"]) for r in resources.rows("glyph_confusions.csv")
    )


def find_misreadings(
    block: Block, vocabulary: dict[str, int], is_name: Callable[[str], bool], level: str, noisy: bool
) -> Iterator[Edit]:
    """Edits that put right words for misread ones; `noisy` where the text came from an OCR."""
    margin = _MARGIN[level] + (0.0 if noisy else 1.0)
    for match in _TOKEN.finditer(block.text):
        word = match[0]
        if not _MIN_LENGTH <= len(word) <= _MAX_LENGTH or _is_settled(block.text, match, vocabulary, is_name):
            continue
        best = _best(word, vocabulary, is_name)
        if best and best[1] - zipf(word) >= margin:
            yield Edit(match.start(), match.end(), best[0], best[2], min(0.97, 0.7 + 0.08 * (best[1] - zipf(word))))


def _is_settled(text: str, match: re.Match[str], vocabulary: dict[str, int], is_name: Callable[[str], bool]) -> bool:
    """Whether the word is not to be touched: known, frequent, a name, an acronym, a code or an address."""
    word = match[0]
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    if (before in {"@", "/", "#", "_", "."} and before) or after in {"@", "/", "_"}:
        return True
    bare = re.sub(r"[’'](?:s|re|ve|ll|t)?$", "", word)
    if zipf(bare.rstrip("!|")) >= _KNOWN_STEM:
        return True
    if bare.endswith("s") and zipf(bare[:-1]) >= _KNOWN_STEM:
        return True
    if zipf(bare) >= 3.0 or vocabulary.get(word.casefold(), 0) >= 3:
        return True
    if bare.isupper() or sum(c.isupper() for c in bare) > 2:
        return True
    digits = sum(c.isdigit() for c in bare)
    if digits and (digits > 2 or not bare[0].isalpha() or (bare[0].isupper() and bare[1:].isdigit())):
        return True
    return word[0].isupper() and word.isalpha() and (is_name(word) or zipf(word) >= 1.5)


def _best(word: str, vocabulary: dict[str, int], is_name: Callable[[str], bool]) -> tuple[str, float, str] | None:
    """The likeliest candidate with its value on the Zipf scale and the rule that makes it."""
    best: tuple[str, float, str] | None = None
    low = word[0].lower() + word[1:] if word[0].isupper() and word[0] not in "I" else word
    for reading, cost, rule in _candidates(low):
        candidate = reading
        value = zipf(candidate) - 0.5 * (cost - 1)
        if word[0].islower() and is_name(candidate.capitalize()) and candidate[0] != low[0]:
            value, candidate = max(value, 4.5), reading.capitalize()
        if vocabulary.get(candidate.casefold(), 0) >= 2:
            value += 0.5
        if value >= (_LEAST_LONG if len(candidate) >= _LONG_WORD else _LEAST_CANDIDATE) and (
            best is None or value > best[1]
        ):
            best = candidate, value, rule
    if best and word[0].isupper() and best[0][0].islower():
        return best[0][0].upper() + best[0][1:], best[1], best[2]
    return best


def _candidates(word: str) -> Iterator[tuple[str, float, str]]:
    """Words one confusion away (all places of a digit or mark at once), one letter lost or added."""
    for misread, meant, cost, rule in _confusions():
        if misread not in word.casefold():
            continue
        low = word.casefold()
        if low.count(misread) > 1 and not misread.isalpha():
            yield low.replace(misread, meant), cost + 0.5, rule
        start = low.find(misread)
        while start >= 0:
            yield low[:start] + meant + low[start + len(misread) :], cost, rule
            start = low.find(misread, start + 1)
    if len(word) >= 8 and zipf(word) < _UNHEARD:
        for k in range(1, len(word)):
            yield (word[:k] + word[k + 1 :]).casefold(), 2.0, "glyph.added"


def one_confusion(word: str) -> Iterator[str]:
    """Words one confusion of glyphs away from `word`, in lower case."""
    return (candidate for candidate, _, _ in _candidates(word))
