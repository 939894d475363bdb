"""The noisy channel: what may have been printed where a word was read, and at what cost.

A cost is minus the decimal logarithm of a probability. Confusions of glyphs come from a table learnt from scans
(resources/glyph_confusions.csv) and from the user; any other letter misread, lost or added has a flat cost. After
Kernighan, Church and Gale (1990), with letter groups as in Brill and Moore (2000).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from newsletter_extract import lexicon, resources

OTHER_LETTER, LOST_LETTER, ADDED_LETTER = 4.6, 4.8, 4.6
"""Costs of what the table does not hold, a little above those of its rarest entries."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST = 3
_FUZZY_FROM = 6
"""Words of this length are looked for with several letters amiss; a shorter one then resembles too many."""
_MOST_FUZZY = 30
_FUZZY_LEAST_ZIPF = 2.6

Candidates = dict[str, float]
"""What may have been printed, with its cost."""


class Channel:
    """The confusions of one run: the table's and the user's own."""

    def __init__(self, own: Iterable[tuple[str, str]] = ()) -> None:
        self._readings: dict[str, dict[str, float]] = {}
        for read, printed, cost in [*_table(), *((read, printed, 1.0) for read, printed in own)]:
            known = self._readings.setdefault(read.casefold(), {})
            key = printed.casefold()
            if key != read.casefold():
                known[key] = min(cost, known.get(key, cost))
        self._remembered: dict[str, Candidates] = {}

    def cost(self, read: str, printed: str) -> float:
        """The cost of reading so what was printed, for short pieces of a word in lower case."""
        listed = self._readings.get(read, {}).get(printed)
        if listed is not None:
            return listed
        lost = len(printed) - len(read)
        return min(len(read), len(printed)) * OTHER_LETTER + max(lost * LOST_LETTER, -lost * ADDED_LETTER)

    def confusions(self, word: str, *, whole: bool = True) -> Candidates:
        """Strings one confusion of the table away from a word in lower case; lost and added letters only if `whole`."""
        found: Candidates = {}
        lost = self._readings.get("", {}) if whole else {}
        for start in range(len(word) + 1):
            for letters, cost in lost.items():
                if " " not in letters:
                    _put(found, word[:start] + letters + word[start:], cost)
            for size in range(1, min(_LONGEST, len(word) - start) + 1):
                for printed, cost in self._readings.get(word[start : start + size], {}).items():
                    if " " not in printed and (whole or printed):
                        _put(found, word[:start] + printed + word[start + size :], cost)
        found.pop(word, None)
        return found

    def candidates(self, word: str, vocabulary: Sequence[Set[str]]) -> Candidates:
        """Words of the vocabulary from which a word in lower case may have been misread; remembered for the run."""
        if word not in self._remembered:
            near = self._one_off(word)
            known = set(near)
            found = {w: near[w] for w in sorted(set().union(*(known & part for part in vocabulary)))}
            if len(word) >= _FUZZY_FROM and not found and word.isalpha():
                found = self._fuzzy(word)
            found.pop(word, None)
            self._remembered[word] = found
        return self._remembered[word]

    def _one_off(self, word: str) -> Candidates:
        found = _one_letter_off(word)
        for printed, cost in self.confusions(word).items():
            _put(found, printed, cost)
        return found

    def _fuzzy(self, word: str) -> Candidates:
        """Common words two letters off, or three where the word is long, with the cost of all that differs."""
        most = 3 if len(word) > 10 else 2
        hits = process.extract(
            word, _alike(word[0], len(word)), scorer=Levenshtein.distance, score_cutoff=most, limit=_MOST_FUZZY
        )
        return {printed: self._spelt_out(word, printed) for printed, _, _ in hits}

    def _spelt_out(self, read: str, printed: str) -> float:
        codes = [c for c in Levenshtein.opcodes(printed, read) if c.tag != "equal"]
        return sum(self.cost(read[c.dest_start : c.dest_end], printed[c.src_start : c.src_end]) for c in codes)


def _put(found: Candidates, word: str, cost: float) -> None:
    if cost < found.get(word, 99.0):
        found[word] = cost


def _one_letter_off(word: str) -> Candidates:
    """Every string with one letter other, added or lost."""
    found: Candidates = {}
    for k in range(len(word) + 1):
        head, tail = word[:k], word[k:]
        found.update({head + letter + tail: LOST_LETTER for letter in _LETTERS})
        if tail:
            rest = tail[1:]
            found.update({head + letter + rest: OTHER_LETTER for letter in _LETTERS})
            found[head + rest] = ADDED_LETTER
    return found


@cache
def _table() -> tuple[tuple[str, str, float], ...]:
    return tuple((r["misread"], r["meant"], float(r["cost"])) for r in resources.rows("glyph_confusions.csv"))


@cache
def _alike(first: str, length: int) -> list[str]:
    """Common words with the same first letter, up to two letters longer or shorter."""
    return [word for n in range(length - 2, length + 3) for word in _by_length().get(n, ()) if word[0] == first]


@cache
def _by_length() -> dict[int, list[str]]:
    """Common words by their length."""
    words = lexicon.words()
    lengths: dict[int, list[str]] = {}
    for word, zipf in words.zipf.items():
        if zipf >= _FUZZY_LEAST_ZIPF and len(word) >= _FUZZY_FROM - 1 and word in words.listed:
            lengths.setdefault(len(word), []).append(word)
    return lengths
