"""A place of the gazetteer, found in a block, as a fact of the output."""

from __future__ import annotations

from newsletter_extract.document import Block
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.gazetteer import Entry
from newsletter_extract.schema import Place, PlaceIds


def place_fact(block: Block, start: int, end: int, entry: Entry, sure: float) -> Place:
    """The fact for [start, end) of a block; `sure` is its confidence before what OCR leaves to doubt."""
    return Place(
        text=block.text[start:end],
        name=entry.name,
        kind=entry.kind,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        ids=PlaceIds(geonames=entry.geonames, iata=entry.iata, unlocode=entry.unlocode),
        provenance=provenance(block, start, end),
        confidence=round(sure * min(1.0, 0.4 + 0.6 * reading_confidence(block, start, end)), 3),
    )
