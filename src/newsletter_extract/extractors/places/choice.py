"""Which of the places of a name is meant: settled by what stands beside it, what the text names, and size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log10

from newsletter_extract import resources
from newsletter_extract.extractors.places.names import Candidate
from newsletter_extract.gazetteer import Entry, Gazetteer, fold

_BESIDE = 8.0
"""Worth of a country right beside the name: more than any difference of size."""
_HEAD_KINDS = {
    "airport": "airport",
    "port": "seaport",
    "crossing": "border_crossing",
    "region": "region",
    "water": "other",
}
_HEAD_WORTH = {"airport": 6.0, "port": 2.0, "crossing": 3.0, "region": 6.0, "water": 6.0}
"""How much the head of a name weighs for places of its kind; a port and a crossing often go by their town."""


@dataclass(frozen=True, slots=True)
class Countries:
    """Which countries the text speaks of: in the sentence, in the block, and their shares in the whole document."""

    sentence: frozenset[str]
    block: Mapping[str, float]
    """With the share of each."""
    shares: Mapping[str, float]

    def name(self, country: str | None) -> bool:
        """Whether the text names the country at all."""
        return country in self.sentence or country in self.block or self.shares.get(country or "", 0.0) > 0

    def only(self) -> str | None:
        """The country of a place that has none: the sentence's only one, the block's, or the document's main one."""
        for near in (self.sentence, self.block):
            if len(near) == 1:
                return next(iter(near))
        main = max(self.shares, key=lambda c: (self.shares[c], c), default=None)
        return main if main and self.shares[main] >= _MAIN_SHARE and not self.sentence else None


NO_COUNTRIES = Countries(frozenset(), {}, {})
_MAIN_SHARE = 0.5
_FEW = 1


def settle(candidate: Candidate, text: str, beside: Sequence[Entry], countries: Countries) -> tuple[Entry, float]:
    """The likeliest place, and its lead over the best one elsewhere on a scale where ten times the people are 1.

    `beside` are the places of the name that stands right beside it, as in "Bar, Montenegro".
    """
    name = text[candidate.name_start : candidate.name_end]
    towns = {entry.country for entry in candidate.entries if entry.kind == "city"}
    ranked = sorted(
        ((_worth(e, candidate, name, beside, countries, towns), e) for e in candidate.entries),
        key=lambda pair: -pair[0],
    )
    worth, best = ranked[0]
    rival = next((w for w, e in ranked[1:] if e.country != best.country), None)
    best = _as_named(best, candidate, ranked, text)
    if candidate.head == "water" and best.kind == "other" and not countries.name(best.country):
        best = replace(best, country=None)
    return best, 9.9 if rival is None else worth - rival


def _worth(
    entry: Entry,
    candidate: Candidate,
    name: str,
    beside: Sequence[Entry],
    countries: Countries,
    towns: set[str | None],
) -> float:
    value = log10(entry.population + 10) + 2.0 * entry.capital + 4.0 * (entry.kind == "country")
    value += _OWN_NAME * fold(name).startswith(fold(entry.name)) + 0.3 * (entry.name == name)
    value += _BY_NICKNAME * (entry.iata is not None and fold(name) in _nicknames().get(entry.iata, ()))
    seat = entry.kind == "region" and candidate.head != "region" and entry.country in towns
    value += max((_agreement(entry, o) for o in beside if not seat or is_within(o, entry)), default=0.0)
    if entry.country:
        near = 2.0 * (entry.country in countries.sentence)
        block = countries.block.get(entry.country, 0.0)
        value += max(near, (1.0 + 2.0 * block) * (block > 0)) + 3.0 * countries.shares.get(entry.country, 0.0)
    value -= 3.0 * seat
    if candidate.head and entry.kind == _HEAD_KINDS[candidate.head]:
        value += _HEAD_WORTH[candidate.head]
    return value


_OWN_NAME = 1.6
"""What it counts for a place that the name is its own, and no spelling of another language: Talas is not Dallas."""
_BY_NICKNAME = 2.5
"""What it counts for an airport that bulletins call it so: "Heathrow" is not first of all a town in Florida."""


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    return {row["iata"]: frozenset(map(fold, row["names"].split("|"))) for row in resources.rows("airports.csv")}


def _agreement(entry: Entry, other: Entry) -> float:
    """Whether one of two neighbours lies in the other, and how much that weighs."""
    if entry.country is None or entry.country != other.country:
        return 0.0
    if is_within(entry, other) or is_within(other, entry):
        return _BESIDE + 1.0
    small, large = (entry, other) if other.kind in {"country", "region"} else (other, entry)
    if large.kind == "region" and small.kind not in {"region", "country"}:
        return _BESIDE - 2.0
    return _BESIDE + 0.3 * log10(small.population + 10) if large.kind == "country" != small.kind else 0.0


def is_within(small: Entry, large: Entry) -> bool:
    """Whether the list says that a city lies in a region."""
    return large.kind == "region" and small.region is not None and fold(small.region) == fold(large.name)


def agrees(entry: Entry, others: Iterable[Entry]) -> bool:
    """Whether one of the neighbours holds the place, or it holds one of them."""
    return any(_agreement(entry, other) > 0 for other in others)


def _as_named(best: Entry, candidate: Candidate, ranked: Sequence[tuple[float, Entry]], text: str) -> Entry:
    """The place as what the head of its name says: "Sarajevo Airport" is no city, even where no airport is listed."""
    head = candidate.head
    if head is None or best.kind == _HEAD_KINDS[head] or best.kind == "country":
        return best
    kind = _HEAD_KINDS[head]
    listed = next((e for _, e in ranked if e.kind == kind and e.country == best.country), None)
    if head == "crossing":
        return replace(best, kind="border_crossing") if listed else best
    if listed:
        return listed
    if head == "water" or (head == "region" and best.kind != "city"):
        return replace(best, kind="other", lat=None, lon=None, geonames=None)
    name = text[candidate.start : candidate.end] if head == "airport" else best.name
    return replace(best, name=name, kind=kind, geonames=None)  # type: ignore[arg-type]


@cache
def _demonyms() -> dict[str, str]:
    return {word: row["country"] for row in resources.rows("demonyms.csv") for word in row["words"].split("|")}


def demonym(words: str) -> str | None:
    """The country of an adjective or noun as "Serbian", None for other words."""
    return _demonyms().get(words)


def country_of(words: str, gazetteer: Gazetteer) -> str | None:
    """The country that words name or mean: "Kenya", "Serbian"; None for all else."""
    entries = gazetteer.lookup(words) if len(words) > 3 or words.isupper() else ()
    named = {e.country for e in entries if e.kind == "country"}
    return demonym(words) or (named.pop() if len(named) == 1 and entries[0].kind == "country" else None)


def adjectives(text: str) -> list[tuple[int, str]]:
    """Where a country's adjective stands, and which: "Serbian", "South Korean"."""
    found = []
    before = ""
    for word in _CAPITALISED.finditer(text):
        country = demonym(f"{before} {word[0]}") or demonym(word[0])
        before = word[0]
        if country:
            found.append((word.start(), country))
    return found


_CAPITALISED = re.compile(r"\b(?:U\.S\.|[A-Z]\w+(?:-[A-Z]\w+)?)")


def shares(counts: Counter[str]) -> dict[str, float]:
    """The share of each country; a document of few mentions tells little."""
    total = sum(counts.values()) + _FEW
    return {country: count / total for country, count in sorted(counts.items()) if count}
