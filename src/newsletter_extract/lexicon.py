"""English words: how frequent they are, whether a spelling list has them, how well two stand side by side, and how
likely letters are to make a word at all.

Frequencies are on the Zipf scale: the decimal logarithm of occurrences in 10^9 words. The files are built by
scripts/resources/build_lexicon.py; they load in a tenth of a second, once a process.
"""

from __future__ import annotations

import gzip
import sys
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from math import log10
from typing import NamedTuple

_LEAST_COUNTED = 6.4e6 / 1.02e12
"""The rarest pair in the table, as a share of the words of its corpus: what is missing is rarer."""


KNOWN_ZIPF = 3.0
"""A common word has at least this frequency."""


class Words(NamedTuple):
    zipf: dict[str, float]
    """Every word in lower case with its frequency."""
    listed: frozenset[str]
    """Words of spelling lists, American and British, inflections and all."""
    names: frozenset[str]
    """Names of spelling lists that are no words as well, in lower case."""


@cache
def words() -> Words:
    """Some 130,000 words and names."""
    zipfs: dict[str, float] = {}
    listed: list[str] = []
    names: list[str] = []
    kinds = {"w": listed, "n": names, "o": []}
    for line in _unpacked("words_en.txt.gz").decode("utf-8").splitlines()[1:]:
        step, kind, entries = line.split(" ", 2)
        found = entries.split()
        zipfs.update(dict.fromkeys(found, int(step) / 10))
        kinds[kind] += found
    return Words(zipfs, frozenset(listed), frozenset(names))


def frequencies() -> dict[str, float]:
    """Word in lower case → Zipf value."""
    return words().zipf


def zipf(word: str) -> float:
    """The frequency of a word in any case, 0 where it is unknown."""
    table = words().zipf
    value = table.get(word)
    return value if value is not None else table.get(_plain(word), 0.0)


def is_listed(word: str) -> bool:
    """Whether a spelling list has the word in lower case."""
    return _plain(word) in words().listed


def is_listed_name(word: str) -> bool:
    """Whether a spelling list has it as a name."""
    return _plain(word) in words().names


def is_known(word: str) -> bool:
    """Whether the word is common, or stands in a spelling list as a word or a name."""
    return zipf(word) >= KNOWN_ZIPF or is_listed(word) or is_listed_name(word)


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def pair_key(first: str, second: str) -> int:
    """The key of two words in lower case in the table of pairs; one in 20,000 that is absent meets another's key."""
    return zlib.crc32(f"{first} {second}".encode())


LIFT_ZERO = 128
"""The byte of a pair that stands together as often as by chance; one more is a tenth of a power of ten."""


@cache
def _pairs() -> tuple[array[int], bytes]:
    """The keys in order, and a byte for each. The file has the keys first, four bytes each, the least of them first."""
    data = _unpacked("bigrams_en.bin.gz")
    count = len(data) // 5
    keys = array("I", data[: 4 * count])
    if sys.byteorder == "big":
        keys.byteswap()
    return keys, data[4 * count :]


def _unpacked(name: str) -> bytes:
    return gzip.decompress((files("newsletter_extract") / "resources" / name).read_bytes())


def lift(first: str, second: str) -> float:
    """How much likelier than by chance `second` follows `first`, as a decimal logarithm.

    Both are in lower case. Where the table lacks the pair, the most that it may have been, and at most 0.
    """
    keys, lifts = _pairs()
    key = pair_key(first, second)
    at = bisect_left(keys, key)
    if at < len(keys) and keys[at] == key:
        return (lifts[at] - LIFT_ZERO) / 10
    chance: float = 10 ** (zipf(first) + zipf(second) - 18)
    return -_shortfall(chance)


def _shortfall(chance: float) -> float:
    return max(0.0, log10(chance / _LEAST_COUNTED)) if chance > 0 else 0.0


LETTER_KINDS = 28
"""The edge of a word, a to z, and any other letter."""
LETTER_STEPS = 50
"""Steps of the table of letters to one power of ten."""


def letter_codes(word: str) -> list[int]:
    """The letters of a word without accents and case as numbers, with two edges before and one behind."""
    bare = unicodedata.normalize("NFD", word.casefold()) if not word.isascii() else word.casefold()
    letters = (ord(c) - 96 if "a" <= c <= "z" else 27 for c in bare if not unicodedata.combining(c))
    return [0, 0, *letters, 0]


@cache
def _letters() -> bytes:
    return _unpacked("letters_en.bin.gz")


def letters_cost(word: str) -> float:
    """How unlikely a word of a list has these very letters, told by each three in a row: minus a decimal logarithm."""
    table, codes = _letters(), letter_codes(word)
    places = zip(codes, codes[1:], codes[2:], strict=False)
    return sum(table[(a * LETTER_KINDS + b) * LETTER_KINDS + c] for a, b, c in places) / LETTER_STEPS
