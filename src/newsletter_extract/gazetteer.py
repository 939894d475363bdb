"""The gazetteer: places by name, from a read-only SQLite file that opens in a millisecond."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

from newsletter_extract import resources
from newsletter_extract.schema import PlaceKind
from newsletter_extract.settings import PlaceEntry

_COLUMNS = (
    "p.name, p.kind, p.country, p.lat, p.lon, p.population, p.geonames, p.iata, p.unlocode, p.word, p.region, p.capital"
)
GAZETTEER = files("newsletter_extract") / "resources" / "gazetteer.sqlite"
SHORTEST_MISREAD = 6
"""Letters that a name must have to be found by a misread form; shorter ones are too near to other words."""
OWN_RANK = 10**9
"""In place of a population: the user's own places come first."""
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "AE", "ə": "a"}
)
"""Letters that Unicode does not take apart into a base and an accent."""
_SHORTENED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer; `word` tells that its name is a common word or a given name too."""

    name: str
    kind: PlaceKind
    country: str | None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    """People, or a rank of that order for places that have none, as ports."""
    geonames: int | None = None
    iata: str | None = None
    unlocode: str | None = None
    word: bool = False
    region: str | None = None
    """Name of the first-order division of a city, where known."""
    capital: bool = False


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """Case, accents and punctuation off, so that Durrës, DURRES and Durres are one, and St. as Saint."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.translate(_LETTERS)) if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", bare.casefold())
    return " ".join(_SHORTENED.get(word, word) for word in words)


def misread_keys(folded: str) -> set[int]:
    """Numbers of a folded name and of it with any one letter left out.

    Two names that share a number are at most one letter changed, lost or added apart (Garbe 2012, symmetric deletion);
    numbers may collide, so that the words have to be compared.
    """
    shorter = {folded[:k] + folded[k + 1 :] for k in range(len(folded))}
    return {crc32(form.encode()) for form in (folded, *shorter)}


class Gazetteer:
    """Look-ups by folded name, remembered for the run."""

    def __init__(self, connection: sqlite3.Connection, extra: dict[str, tuple[Entry, ...]]) -> None:
        self._connection = connection
        self._extra = extra
        self._extra_starts = {" ".join(name.split()[:k]) for name in extra for k in range(1, len(name.split()))}
        self._seen: dict[str, tuple[Entry, ...]] = {}
        self._prefixes: dict[str, bool] = {}
        self._misread: dict[str, tuple[Entry, ...]] = {}

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Every place of this name: the user's, then those that bear it as their own, then the most populous."""
        key = fold(name)
        if key not in self._seen:
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM name n JOIN place p ON p.id = n.place WHERE n.folded = ? "  # noqa: S608
                "ORDER BY p.population DESC, p.id",
                (key,),
            )
            found = [_entry(row) for row in rows]
            found.sort(key=lambda entry: fold(entry.name) != key)
            self._seen[key] = (*self._extra.get(key, ()), *found)
        return self._seen[key]

    def begins(self, words: str) -> bool:
        """Whether a name begins with these words and goes on after them."""
        start = fold(words)
        if start not in self._prefixes:
            row = self._connection.execute(
                "SELECT 1 FROM name WHERE folded >= ? AND folded < ? LIMIT 1", (f"{start} ", f"{start}!")
            ).fetchone()
            self._prefixes[start] = row is not None or start in self._extra_starts
        return self._prefixes[start]

    def misread(self, word: str) -> tuple[Entry, ...]:
        """Places whose name an OCR engine may have read as `word`: one look-alike changed, one letter lost or added."""
        key = fold(word)
        if key not in self._misread:
            self._misread[key] = self._find_misread(key) if len(key) >= SHORTEST_MISREAD - 1 else ()
        return self._misread[key]

    def _find_misread(self, key: str) -> tuple[Entry, ...]:
        keys = sorted(misread_keys(key))
        rows = self._connection.execute(
            f"SELECT DISTINCT {_COLUMNS} FROM misread m JOIN place p ON p.id = m.place "  # noqa: S608
            f"WHERE m.key IN ({','.join('?' * len(keys))}) ORDER BY p.population DESC, p.id",
            keys,
        )
        near = [entry for entry in map(_entry, rows) if is_one_misreading(key, fold(entry.name))]
        return (*near, *(entry for form in _unconfused(key) for entry in self.lookup(form)))

    def knows_word(self, word: str) -> bool:
        """Whether the word is a place's name or the first word of one; such words are not misreadings."""
        return bool(self.lookup(word)) or self.begins(word)


def _entry(row: Sequence[object]) -> Entry:
    return Entry(*row)  # type: ignore[arg-type]


@cache
def _confusions() -> frozenset[tuple[str, str]]:
    """What is read for what was printed."""
    return frozenset((row["misread"], row["meant"]) for row in resources.rows("glyph_confusions.csv"))


def is_one_misreading(read: str, name: str) -> bool:
    """Whether `read` is `name` with one look-alike letter, or one letter lost or added."""
    if len(read) == len(name):
        apart = [(a, b) for a, b in zip(read, name, strict=True) if a != b]
        return len(apart) == 1 and (apart[0] in _confusions() or apart[0][0].isdigit())
    short, long = sorted((read, name), key=len)
    return len(long) == len(short) + 1 and any(long[:k] + long[k + 1 :] == short for k in range(len(long)))


def _unconfused(read: str) -> Iterator[str]:
    """The word with one confusion of several letters taken back: "gerrnany" as "germany"."""
    for misread, meant in sorted(_confusions()):
        if len(misread) + len(meant) > 2 and misread in read:
            yield read.replace(misread, meant, 1)


def load_gazetteer(extra: Sequence[PlaceEntry] = ()) -> Gazetteer:
    """The built-in gazetteer with the user's own places, which come first."""
    connection = sqlite3.connect(f"file:{GAZETTEER}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    own: dict[str, tuple[Entry, ...]] = {}
    for place in extra:
        entry = Entry(place.name, place.kind, place.country, place.lat, place.lon, population=OWN_RANK)
        for name in (place.name, *place.aliases):
            own[fold(name)] = (*own.get(fold(name), ()), entry)
    return Gazetteer(connection, own)
