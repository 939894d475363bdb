"""What the overview of an archive knows of one extraction, and many of these as columns.

A seizure told twice in a document (`same_as`) is taken once. Dates are days since 1970-01-01; None where unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from newsletter_extract.schema import DateSpan, Event, Extraction, Place, Seizure

_EPOCH = dt.date(1970, 1, 1)
_BODY = 160
"""Characters of an event's body that are shown and searched."""
_MESSAGE = 200
Row = dict[str, Any]
Summary = dict[str, list[Row]]
"""Rows by table: one of `documents`, then `events`, `seizures` and `findings`."""

DICTIONARIES = frozenset({"publisher", "language", "kind", "category", "code", "severity"})
"""Columns with few values, stored as numbers into a list of them."""


def summarize(extraction: Extraction, href: str | None) -> Summary:
    """The rows of one extraction. `href` is the address of its page, None where it has none."""
    events = {event.id: index for index, event in enumerate(extraction.events)}
    seizures = [(index, s) for index, s in enumerate(extraction.seizures) if not s.same_as]
    start, end = _days(extraction.bulletin.period)
    document = {
        "name": extraction.source.name,
        "title": extraction.bulletin.title or "",
        "publisher": extraction.bulletin.publisher or "",
        "language": extraction.bulletin.language or "",
        "start": start,
        "end": end,
        "pages": len(extraction.source.pages),
        "reviewed": extraction.review is not None,
        "href": href,
    }
    return {
        "documents": [document],
        "events": [_event(index, event) for index, event in enumerate(extraction.events)],
        "seizures": [_seizure(index, seizure, events) for index, seizure in seizures],
        "findings": [
            {"fact": index, "code": f.code, "severity": f.severity, "text": f.message[:_MESSAGE],
             "page": f.provenance.page if f.provenance else None}
            for index, f in enumerate(extraction.findings)
        ],
    }  # fmt: skip


def _event(index: int, event: Event) -> Row:
    spans = [_days(o.dates) for o in event.occurrences if o.dates]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    return {
        "fact": index,
        "kind": event.kind,
        "text": event.heading,
        "body": " ".join(event.body[: 2 * _BODY].split())[:_BODY],
        "start": _edge(min, starts),
        "end": _edge(max, ends),
        "places": _places(place for o in event.occurrences for place in o.places),
        "confidence": round(event.confidence, 2),
    }


def _seizure(index: int, seizure: Seizure, events: Mapping[str, int]) -> Row:
    start, end = _days(seizure.dates)
    amounts = [q.text for q in seizure.quantities] + [m.text for m in seizure.money]
    return {
        "fact": index,
        "category": seizure.commodity.category,
        "text": seizure.commodity.text,
        "amount": "; ".join(amounts),
        "cases": seizure.cases,
        "start": start,
        "end": end,
        "places": _places(seizure.places),
        "confidence": round(seizure.confidence, 2),
        "event": events.get(seizure.event_id or "", None),
    }


def _days(span: DateSpan | None) -> tuple[int | None, int | None]:
    if span is None:
        return None, None
    return tuple((day - _EPOCH).days if day else None for day in (span.start, span.end))  # type: ignore[return-value]


def _edge(pick: Callable[[list[int]], int], days: Sequence[int | None]) -> int | None:
    """The first or last of the days, None where one of them is open or there are none."""
    known = [day for day in days if day is not None]
    return pick(known) if known and len(known) == len(days) else None


def _places(places: Iterable[Place]) -> list[tuple[Any, ...]]:
    """Name, country, kind, latitude and longitude of each place, once."""
    return list(dict.fromkeys((p.name, p.country, p.kind, _degrees(p.lat), _degrees(p.lon)) for p in places))


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def columns(summaries: Sequence[Summary], first: int) -> dict[str, Any]:
    """The rows of many documents as columns, with the places they share; documents are counted from `first`."""
    places: dict[tuple[Any, ...], int] = {}
    tables = {
        name: _table(list(_numbered(summaries, name, first)), places)
        for name in ("documents", "events", "seizures", "findings")
    }
    return {"first": first, "places": [list(place) for place in places], **tables}


def _numbered(summaries: Sequence[Summary], name: str, first: int) -> Iterator[Row]:
    for number, summary in enumerate(summaries, first):
        for row in summary[name]:
            yield row if name == "documents" else {"document": number, **row}


def _table(rows: Sequence[Row], places: dict[tuple[Any, ...], int]) -> dict[str, Any]:
    table: dict[str, Any] = {"length": len(rows)}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows]
        if name in DICTIONARIES:
            known = {value: index for index, value in enumerate(dict.fromkeys(values))}
            table[name] = {"values": list(known), "index": [known[value] for value in values]}
        elif name == "places":
            table[name] = [[places.setdefault(place, len(places)) for place in row] for row in values]
        else:
            table[name] = values
    return table
