"""Events: a heading of dates and places, and the text under it up to the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsletter_extract.document import Block, Notice
from newsletter_extract.extractors.events.bodies import Told, body_of, first_sentence, gather, heading_text
from newsletter_extract.extractors.events.choice import Found, choose_headings, leading_places
from newsletter_extract.extractors.events.headings import Heading
from newsletter_extract.extractors.events.kinds import kind_of, names_a_kind, participants_of
from newsletter_extract.extractors.facts import by_block, provenance, reading_confidence
from newsletter_extract.schema import DateSpan, Event, Organization, Place

_PLACE_REACH = 160


@dataclass(frozen=True, slots=True)
class EventText:
    """An event with the spans of blocks that make up its text."""

    event: Event
    spans: tuple[tuple[str, int, int], ...]

    def holds(self, block: str, start: int) -> bool:
        return any(block == b and s <= start < e for b, s, e in self.spans)


def find_events(
    blocks: Sequence[Block],
    dates: Sequence[DateSpan],
    places: Sequence[Place],
    organizations: Sequence[Organization],
    notices: Sequence[Notice] = (),
    patterns: Sequence[str] = (),
) -> tuple[EventText, ...]:
    """Every event in reading order; `notices` tell of dates that no calendar has, which leave an event without one.

    `patterns` are headings of the user's own.
    """
    lost: dict[str, list[Notice]] = {}
    for notice in notices:
        if notice.code == "date_impossible" and notice.block_id:
            lost.setdefault(notice.block_id, []).append(notice)
    found = Found(by_block(dates), by_block(places), lost, by_block(organizations))
    told = [t for t in gather(blocks, choose_headings(blocks, found, patterns)) if _is_event(t)]
    return tuple(_event(number, event, found) for number, event in enumerate(told, 1))


def _is_event(told: Told) -> bool:
    """Whether there is more to an event than a line: a body, a title, or words in the heading that name its kind."""
    return bool(told.parts or told.above) or names_a_kind(told.block.text)


def _event(number: int, told: Told, found: Found) -> EventText:
    block, heading = told.block, told.heading
    if not heading.has_place:
        heading = _placed(told, found)
    spans = tuple((b.id, start, len(b.text)) for b, start in told.parts)
    body = body_of(told)
    names = [
        organization.name
        for block_id, start, _ in spans
        for organization in found.organizations.get(block_id, ())
        if organization.provenance and organization.provenance.start >= start
    ]
    kind = kind_of(heading_text(told), body)
    event = Event(
        id=f"event-{number}",
        heading=heading_text(told),
        occurrences=list(heading.occurrences),
        kind=kind,
        body=body,
        organizations=list(dict.fromkeys(names)),
        participants=None if kind == "seizure" else participants_of(body),
        provenance=provenance(block, heading.start, heading.end),
        confidence=round(_sure(block, heading), 3),
    )
    return EventText(event, spans)


def _sure(block: Block, heading: Heading) -> float:
    sure = heading.confidence * min(1.0, 0.4 + 0.6 * reading_confidence(block, heading.start, heading.end))
    for occurrence in heading.occurrences:
        if occurrence.dates is None:
            sure *= 0.7
        elif occurrence.dates.confidence < 0.9:
            sure *= occurrence.dates.confidence
    return sure * float(min((p.confidence for o in heading.occurrences for p in o.places), default=1.0) ** 0.5)


def _placed(told: Told, found: Found) -> Heading:
    """A heading without a place gets those that its first sentence begins with."""
    first = first_sentence(told)
    if first is None:
        return told.heading
    block, start, end = first
    places = [
        p
        for p in found.places.get(block.id, ())
        if p.provenance and start <= p.provenance.start < min(end, start + _PLACE_REACH) and _is_where(block.text, p)
    ]
    where = leading_places(places)
    occurrences = tuple(o.model_copy(update={"places": where}) for o in told.heading.occurrences)
    return replace(told.heading, occurrences=occurrences, confidence=told.heading.confidence * 0.9)


def _is_where(text: str, place: Place) -> bool:
    """Whether the words before a place say that things happened there."""
    start = place.provenance.start if place.provenance else 0
    return bool(
        re.search(
            r"(?:^|\b(?:in|at|near|off|outside)\s+(?:the\s+)?(?:[\w-]+\s+){0,2})$",
            text[max(0, start - 50) : start],
            re.I,
        )
    )
