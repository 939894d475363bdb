"""Towns that the gazetteer has only in the names of their airports: "Sasstown", by "Sasstown Airport"."""

from __future__ import annotations

from newsletter_extract import resources
from newsletter_extract.gazetteer import Entry, Gazetteer
from newsletter_extract.lexicon import zipf

_SHORTEST = 6
_COMMON_ZIPF = 4.0
"""A word so frequent may be anything."""
_INTERNATIONAL = 1_200
"""Rank that the gazetteer gives an airport of international traffic."""
_LARGE_CITY = 150_000


def town_of_airport(name: str, gazetteer: Gazetteer) -> Entry | None:
    """The town of this name, where nothing else has the name and airports called so lie in one country only.

    An international airport speaks for a large city; people are named like the others too often, so that these need
    words around them.
    """
    if len(name) < _SHORTEST or not gazetteer.begins(name) or gazetteer.lookup(name) or zipf(name) >= _COMMON_ZIPF:
        return None
    if name in resources.words("person_names.txt"):
        return None
    fields = [entry for entry in gazetteer.lookup(f"{name} Airport") if entry.kind == "airport"]
    if len({entry.country for entry in fields}) != 1:
        return None
    field = fields[0]
    people = _LARGE_CITY if field.population >= _INTERNATIONAL else 0
    return Entry(name, "city", field.country, field.lat, field.lon, people)
