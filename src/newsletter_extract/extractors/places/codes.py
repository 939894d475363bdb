"""Codes behind the name of a place, which say where it lies: "Sopron (HU)", "Laredo, TX"."""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract import resources
from newsletter_extract.gazetteer import Entry
from newsletter_extract.schema import country_codes

BRACKETED = re.compile(r"\s?[(\[](?P<code>[A-Z]{2,3})[)\]]")
_BEHIND = re.compile(rf"{BRACKETED.pattern}|,\s(?P<state>[A-Z]{{2,3}})(?![\w.-])")


def country_behind(text: str, end: int) -> str | None:
    """The country whose code stands in brackets right behind text[:end], None where there is none."""
    match = BRACKETED.match(text, end)
    return match["code"] if match and match["code"] in country_codes() else None


def holders_behind(text: str, end: int) -> tuple[Entry, ...]:
    """The country, and the states or provinces, that a code right behind text[:end] may stand for."""
    match = _BEHIND.match(text, end) if text[end : end + 1] in {" ", ",", "(", "["} else None
    if match is None:
        return ()
    regions = _regions().get(match["code"] or match["state"], ())
    country = country_behind(text, end)
    return (*([Entry(country, "country", country)] if country else []), *regions)


@cache
def _regions() -> dict[str, tuple[Entry, ...]]:
    """Code of a state or province → those that have it, which may be of several countries."""
    found: dict[str, tuple[Entry, ...]] = {}
    for row in resources.rows("region_codes.csv"):
        found[row["code"]] = (*found.get(row["code"], ()), Entry(row["region"], "region", row["country"]))
    return found
