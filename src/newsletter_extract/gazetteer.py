"""The gazetteer: places by name, from a read-only SQLite file that opens in a millisecond."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsletter_extract.schema import PlaceKind
from newsletter_extract.settings import PlaceEntry

_COLUMNS = "p.name, p.kind, p.country, p.lat, p.lon, p.population, p.geonames, p.iata, p.unlocode, p.word"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer; `word` tells that its name is a common word or a given name too."""

    name: str
    kind: PlaceKind
    country: str | None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    geonames: int | None = None
    iata: str | None = None
    unlocode: str | None = None
    word: bool = False


@cache
def fold(name: str) -> str:
    """Case, accents and punctuation off, so that Durrës, DURRES and Durres are one."""
    name = name.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L")
    name = name.replace("đ", "d").replace("Đ", "D").replace("ı", "i").replace("æ", "ae")
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", bare.casefold()).strip()


class Gazetteer:
    """Look-ups by folded name, remembered for the run."""

    def __init__(self, connection: sqlite3.Connection, extra: dict[str, tuple[Entry, ...]]) -> None:
        self._connection = connection
        self._extra = extra
        self._seen: dict[str, tuple[Entry, ...]] = {}
        self._prefixes: dict[str, bool] = {}

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Every place of this name: those that bear it as their own first, then the most populous."""
        key = fold(name)
        if key not in self._seen:
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM name n JOIN place p ON p.id = n.place WHERE n.folded = ? "  # noqa: S608
                "ORDER BY p.population DESC, p.id",
                (key,),
            )
            found = [Entry(*row) for row in rows]
            found.sort(key=lambda entry: fold(entry.name) != key)
            self._seen[key] = (*self._extra.get(key, ()), *found)
        return self._seen[key]

    def begins(self, words: str) -> bool:
        """Whether a name begins with these words and goes on after them."""
        key = fold(words) + " "
        if key not in self._prefixes:
            row = self._connection.execute(
                "SELECT 1 FROM name WHERE folded >= ? AND folded < ? LIMIT 1", (key, key[:-1] + "!")
            ).fetchone()
            self._prefixes[key] = row is not None or any(name.startswith(key) for name in self._extra)
        return self._prefixes[key]

    def knows_word(self, word: str) -> bool:
        """Whether the word is a place's name or the first word of one; such words are not misreadings."""
        return bool(self.lookup(word)) or self.begins(word)


def load_gazetteer(extra: Sequence[PlaceEntry] = ()) -> Gazetteer:
    """The built-in gazetteer with the user's own places, which come first."""
    path = files("newsletter_extract") / "resources" / "gazetteer.sqlite"
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    own: dict[str, tuple[Entry, ...]] = {}
    for place in extra:
        entry = Entry(place.name, place.kind, place.country, place.lat, place.lon, population=10**9)
        for name in (place.name, *place.aliases):
            own[fold(name)] = (*own.get(fold(name), ()), entry)
    return Gazetteer(connection, own)
