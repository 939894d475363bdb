"""The facts already found, by the block they stand in, which seizures refer to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsletter_extract.extractors.events.find import EventText
from newsletter_extract.extractors.facts import Fact, by_block
from newsletter_extract.schema import DateSpan, Located, Money, Organization, Place, Table


@dataclass(frozen=True, slots=True)
class Known:
    """Dates, places, organizations, sums, tables and events of a document: block id → those in it, in reading order."""

    dates: Mapping[str, Sequence[DateSpan]]
    places: Mapping[str, Sequence[Place]]
    organizations: Mapping[str, Sequence[Organization]]
    money: Mapping[str, Sequence[Money]]
    tables: Mapping[str, Sequence[Table]]
    events: Mapping[str, Sequence[EventText]]

    def event(self, block: str, start: int) -> EventText | None:
        """The event whose text holds a position."""
        return next((e for e in self.events.get(block, ()) if e.holds(block, start)), None)


def index(
    dates: Iterable[DateSpan],
    places: Iterable[Place],
    organizations: Iterable[Organization],
    money: Iterable[Money],
    tables: Iterable[Table],
    events: Iterable[EventText],
) -> Known:
    """The facts of a document by block, each list in the order of the text."""
    held: dict[str, list[EventText]] = {}
    for event in events:
        for block in dict.fromkeys(span[0] for span in event.spans):
            held.setdefault(block, []).append(event)
    return Known(by_block(dates), by_block(places), by_block(organizations), by_block(money), by_block(tables), held)


def within(facts: Mapping[str, Sequence[Fact]], block: str, start: int, end: int) -> list[Fact]:
    """The facts that begin in [start, end) of a block."""
    held = facts.get(block, ())
    return list(held[bisect_left(held, start, key=_start) : bisect_left(held, end, key=_start)])


def _start(fact: Located) -> int:
    return fact.provenance.start if fact.provenance else 0
