"""What the extractors hand on: lists of facts in reading order, and the way from a span of text to its provenance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from newsletter_extract.document import Block, Notice
from newsletter_extract.schema import (
    Bulletin,
    DateSpan,
    Event,
    Located,
    Money,
    Organization,
    Place,
    Provenance,
    Seizure,
    Table,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the extractors found in one document."""

    bulletin: Bulletin
    events: tuple[Event, ...]
    seizures: tuple[Seizure, ...]
    tables: tuple[Table, ...]
    dates: tuple[DateSpan, ...]
    places: tuple[Place, ...]
    organizations: tuple[Organization, ...]
    money: tuple[Money, ...]
    notices: tuple[Notice, ...] = ()


Fact = TypeVar("Fact", bound=Located)


def by_block(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Block → its facts, in the order given; facts without provenance are in none."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.provenance:
            found.setdefault(fact.provenance.block, []).append(fact)
    return found


def provenance(block: Block, start: int, end: int) -> Provenance:
    """The provenance of characters [start, end) of `block`; plain text has no box."""
    page, bbox = block.locate(start, end)
    box = None if block.plain_text else tuple(round(edge, 2) for edge in bbox)
    return Provenance.model_validate({"page": page, "block": block.id, "start": start, "end": end, "bbox": box})


def reading_confidence(block: Block, start: int, end: int) -> float:
    """The lowest OCR confidence of the words in [start, end), 1.0 where the text was not OCRed."""
    return min((t.confidence for t in block.tokens_in(start, end) if t.confidence is not None), default=1.0)
