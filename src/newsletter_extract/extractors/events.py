"""Events: a heading of dates and places, and the text under it up to the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.event_headings import Heading, read_heading
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.numbers import find_numbers
from newsletter_extract.schema import DateSpan, Event, EventKind, Organization, Participants, Place

_BODY = frozenset({"paragraph", "list_item"})
_PASSED_OVER = frozenset({"table", "caption", "footnote"})
_KIND_REACH = 400
"""Characters of the body that tell its kind; later ones tell of other things."""


@dataclass(frozen=True, slots=True)
class EventText:
    """An event with the spans of blocks that make up its text."""

    event: Event
    spans: tuple[tuple[str, int, int], ...]

    def holds(self, block: str, start: int) -> bool:
        return any(block == b and s <= start < e for b, s, e in self.spans)


def find_events(
    blocks: Sequence[Block], dates: Sequence[DateSpan], places: Sequence[Place], organizations: Sequence[Organization]
) -> tuple[EventText, ...]:
    """Every event in reading order."""
    headings = _headings(blocks, dates, places)
    found: list[EventText] = []
    open_: tuple[Block, Heading, list[tuple[Block, int]]] | None = None
    for block in blocks:
        heading = headings.get(block.id)
        if heading:
            if open_:
                found.append(_event(len(found) + 1, *open_, organizations))
            rest = [(block, heading.body_start)] if block.text[heading.body_start :].strip() else []
            open_ = block, heading, rest
        elif open_ and block.kind in _BODY:
            open_[2].append((block, 0))
        elif open_ and block.kind not in _PASSED_OVER:
            found.append(_event(len(found) + 1, *open_, organizations))
            open_ = None
    if open_:
        found.append(_event(len(found) + 1, *open_, organizations))
    return tuple(found)


def _headings(blocks: Sequence[Block], dates: Sequence[DateSpan], places: Sequence[Place]) -> dict[str, Heading]:
    """Block → its heading. Sentences that begin with date and place are headings only where no other style is used."""
    found: dict[str, Heading] = {}
    for block in blocks:
        named = block.kind == "title" and _names_a_kind(block.text)
        if named or block.kind in {"paragraph", "list_item", "heading"}:
            own_dates = [d for d in dates if d.provenance and d.provenance.block == block.id]
            own_places = [p for p in places if p.provenance and p.provenance.block == block.id]
            heading = read_heading(block, own_dates, own_places) if own_dates else None
            if heading:
                found[block.id] = heading
    if any(h.style != "sentence" for h in found.values()):
        found = {key: h for key, h in found.items() if h.style != "sentence"}
    return found


def _event(
    number: int,
    block: Block,
    heading: Heading,
    parts: Sequence[tuple[Block, int]],
    organizations: Sequence[Organization],
) -> EventText:
    spans = tuple((b.id, start, len(b.text)) for b, start in parts)
    body = "\n\n".join(b.text[start:].strip() for b, start in parts)
    names = [
        o.name
        for o in organizations
        if o.provenance and any(o.provenance.block == b and s <= o.provenance.start for b, s, _ in spans)
    ]
    sure = heading.confidence * min(1.0, 0.4 + 0.6 * reading_confidence(block, heading.start, heading.end))
    sure *= min((p.confidence for o in heading.occurrences for p in o.places), default=1.0) ** 0.5
    event = Event(
        id=f"event-{number}",
        heading=block.text[heading.start : heading.end].strip(),
        occurrences=list(heading.occurrences),
        kind=_kind(body),
        body=body,
        organizations=list(dict.fromkeys(names)),
        participants=_participants(body),
        provenance=provenance(block, heading.start, heading.end),
        confidence=round(sure, 3),
    )
    return EventText(event, spans)


@cache
def _kind_patterns() -> tuple[tuple[EventKind, re.Pattern[str]], ...]:
    return tuple(
        (row["kind"], re.compile(rf"\b(?:{'|'.join(map(re.escape, row['words'].split('|')))})\b", re.I))  # type: ignore[misc]
        for row in resources.rows("event_kinds.csv")
    )


def _kind(body: str) -> EventKind:
    """The kind whose word comes first in the body."""
    hits = [(m.start(), kind) for kind, pattern in _kind_patterns() if (m := pattern.search(body[:_KIND_REACH]))]
    return min(hits, key=lambda hit: hit[0])[1] if hits else "other"


def _names_a_kind(text: str) -> bool:
    """Whether a title is that of an event rather than of the bulletin: "Workshop on precursors, …"."""
    return any(pattern.search(text) for _, pattern in _kind_patterns())


@cache
def _person() -> re.Pattern[str]:
    names = "|".join(re.escape(p) for p in sorted(resources.words("persons.txt"), key=len, reverse=True))
    return re.compile(rf"\s+(?:[\w’-]+\s+){{0,3}}?(?:{names})\b", re.I)


def _participants(body: str) -> Participants | None:
    """How many took part, by the first number of people."""
    for number in find_numbers(body[:1500]):
        match = _person().match(body, number.end)
        if match and isinstance(number.value, int) and number.value > 1 and not re.search(r"[.;:]", match[0]):
            return Participants(
                value=number.value, text=body[number.start : match.end()], approximate=number.approximate
            )
    return None
