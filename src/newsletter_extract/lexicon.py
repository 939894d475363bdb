"""English words with their frequencies, on the Zipf scale (log10 of occurrences per 10^9 words)."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

KNOWN_ZIPF = 3.0
"""From here on a word is taken as right; below, word lists drawn from the web hold misreadings too."""


@cache
def frequencies() -> dict[str, float]:
    """Word in lower case → Zipf value, of some 150,000 words."""
    packed = (files("newsletter_extract") / "resources" / "words_en.txt.gz").read_bytes()
    found: dict[str, float] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines()[1:]:
        step, words = line.split(" ", 1)
        found.update(dict.fromkeys(words.split(), int(step) / 10))
    return found


def zipf(word: str) -> float:
    """The frequency of a word in any case, 0 where it is unknown."""
    return frequencies().get(word.casefold().replace("’", "'"), 0.0)


def known(word: str) -> bool:
    """Whether the word is common enough to be right."""
    return zipf(word) >= KNOWN_ZIPF
