"""The noisy channel: what may have been printed where a word was read, and at what cost.

A cost is minus the decimal logarithm of a probability. Confusions of glyphs come from a table learnt from scans
(resources/glyph_confusions.csv) and from the user; any other letter misread, lost or added has a flat cost. After
Kernighan, Church and Gale (1990), with letter groups as in Brill and Moore (2000).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from newsletter_extract import lexicon, resources

OTHER_LETTER, LOST_LETTER, ADDED_LETTER = 4.6, 4.8, 5.2
"""Costs of what the table does not hold, a little above those of its rarest entries."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST = 3
_FUZZY_FROM = 6
"""Words of this length are looked for with several letters amiss; a shorter one then resembles too many."""
_MOST_FUZZY = 30
_FUZZY_LEAST_ZIPF = 2.6

TWIN_COST = 2.0
"""Letters whose shapes are the same in many fonts cost no more."""
_OWN_COST = 1.0
"""The user knows of a confusion since it happens often."""
_MOST = 99.0

Candidates = dict[str, float]
"""What may have been printed, with its cost."""


class Channel:
    """The confusions of one run: the table's and the user's own."""

    def __init__(self, own: Iterable[tuple[str, str]] = ()) -> None:
        self._readings = _table()
        for read, printed in own:
            known = self._readings.get(read.casefold(), {})
            self._readings = {**self._readings, read.casefold(): {**known, printed.casefold(): _OWN_COST}}
        self._remembered: dict[str, Candidates] = {}
        self._letters: dict[str, Candidates] = {}
        self._several: dict[str, Candidates] = {}

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
        for start in range(len(word) + 1):
            head = word[:start]
            for size in range(0 if whole else 1, min(_LONGEST, len(word) - start) + 1):
                readings = self._readings.get(word[start : start + size])
                if readings:
                    tail = word[start + size :]
                    for printed, cost in readings.items():
                        other = head + printed + tail
                        if (printed or whole) and cost < found.get(other, _MOST):
                            found[other] = cost
        found.pop(word, None)
        return found

    def candidates(self, word: str, vocabulary: Sequence[frozenset[str]]) -> Candidates:
        """Words of the vocabulary from which a word in lower case may have been misread; remembered for the run."""
        if word not in self._remembered:
            near = self._one_off(word)
            found = {w: near[w] for w in sorted(set().union(*(_shared(part, near) for part in vocabulary)))}
            if len(word) >= _FUZZY_FROM and not found:
                found = self._twice(word, vocabulary)
                if word.isalpha():
                    found = self._fuzzy(word) | found
            found.pop(word, None)
            self._remembered[word] = found
        return self._remembered[word]

    def _one_off(self, word: str) -> Candidates:
        """Strings one letter off, and one confusion of several letters off."""
        found: Candidates = {}
        lost = self._singles("")
        for k in range(len(word) + 1):
            head, tail = word[:k], word[k:]
            found.update({head + letter + tail: cost for letter, cost in lost.items()})
            if tail:
                rest = tail[1:]
                found.update({head + letter + rest: cost for letter, cost in self._singles(tail[0]).items()})
            for size in range(_LONGEST + 1):
                piece = tail[:size]
                if len(piece) == size and (groups := self._groups(piece)):
                    rest = tail[size:]
                    for printed, cost in groups.items():
                        other = head + printed + rest
                        found[other] = min(cost, found.get(other, cost))
        return found

    def _singles(self, read: str) -> Candidates:
        """What one letter, or none, may have been read for, up to one letter, with its cost."""
        if read not in self._letters:
            flat = (
                dict.fromkeys(_LETTERS, OTHER_LETTER) | {"": ADDED_LETTER}
                if read
                else dict.fromkeys(_LETTERS, LOST_LETTER)
            )
            for printed, cost in self._readings.get(read, {}).items():
                if len(printed) <= 1:
                    flat[printed] = min(cost, flat.get(printed, cost))
            self._letters[read] = flat
        return self._letters[read]

    def _groups(self, read: str) -> Candidates:
        """What letters may have been read for, where it is more than one for one."""
        if read not in self._several:
            listed = self._readings.get(read, {}).items()
            self._several[read] = {p: cost for p, cost in listed if len(read) > 1 or len(p) > 1}
        return self._several[read]

    def _twice(self, word: str, vocabulary: Sequence[frozenset[str]]) -> Candidates:
        """Words two confusions of the table off, the first letter being read for its twin: lntemational."""
        found: Candidates = {}
        for first, cost in self._readings.get(word[0], {}).items():
            if cost <= TWIN_COST:
                near = self.confusions(first + word[1:], whole=False)
                found.update({w: cost + near[w] for part in vocabulary for w in part.intersection(near)})
        return found

    def _fuzzy(self, word: str) -> Candidates:
        """Common words two letters off, or three where the word is long, with the cost of all that differs."""
        most = 3 if len(word) > 10 else 2
        hits = process.extract(
            word, _alike(word[0], len(word)), scorer=Levenshtein.distance, score_cutoff=most, limit=_MOST_FUZZY
        )
        return {printed: self._spelt_out(word, printed) for printed, _, _ in hits}

    def _spelt_out(self, read: str, printed: str) -> float:
        """The least cost of reading one word for another, by confusions of the table and by letters."""
        start = 1
        while read[start : start + 1] == printed[start : start + 1] != "":
            start += 1
        end = 0
        while read[-1 - end] == printed[-1 - end] and end < min(len(read), len(printed)) - start:
            end += 1
        read, printed = read[start : len(read) - end], printed[start : len(printed) - end]
        costs = {(0, 0): 0.0}
        for i in range(len(read) + 1):
            for j in range(len(printed) + 1):
                if i or j:
                    costs[i, j] = min(
                        costs[i - a, j - b] + self._piece(read[i - a : i], printed[j - b : j])
                        for a in range(min(i, _LONGEST) + 1)
                        for b in range(min(j, _LONGEST) + 1)
                        if a or b
                    )
        return costs[len(read), len(printed)]

    def _piece(self, read: str, printed: str) -> float:
        return 0.0 if read == printed else self.cost(read, printed)


def _shared(part: frozenset[str], near: Candidates) -> Iterable[str]:
    """The words of a vocabulary that are among the candidates; the smaller of the two is gone through."""
    return part.intersection(near) if len(near) < len(part) else [word for word in part if word in near]


@cache
def _table() -> dict[str, dict[str, float]]:
    """For what is read, what may have been printed and its cost, in lower case; spaces are no part of words."""
    found: dict[str, dict[str, float]] = {}
    for row in resources.rows("glyph_confusions.csv"):
        read, printed, cost = row["misread"].casefold(), row["meant"].casefold(), float(row["cost"])
        if read != printed and " " not in read + printed:
            known = found.setdefault(read, {})
            known[printed] = min(cost, known.get(printed, cost))
    return found


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
