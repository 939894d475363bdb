"""The rows that a document gives to each table, from its facts as parsed JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext
from typing import Any

Cell = str | int | float | Decimal | dt.date | bool | None
Row = tuple[Cell, ...]
Facts = dict[str, Any]
"""An extraction as parsed JSON, its fractions as Decimal."""

DIGITS, PLACES = 24, 6
"""Of a decimal: digits in all, and digits after the point; amounts in bulletins have at most three of these."""


def documents(facts: Facts) -> Iterator[Row]:
    """Rows of the table documents."""
    source, bulletin, period = facts["source"], facts["bulletin"], facts["bulletin"]["period"] or {}
    told = (bulletin[key] for key in ("title", "publisher", "issue", "language"))
    generator = facts["generator"]
    yield (
        source["name"], source["media_type"], source["bytes"], len(source["pages"]), *told,
        *_ends(period), period.get("edtf"), generator["version"], generator["ocr_engine"],
    )  # fmt: skip


def events(facts: Facts) -> Iterator[Row]:
    """Rows of the table events."""
    for event in facts["events"]:
        spans = [_ends(o["dates"]) for o in event["occurrences"] if o["dates"]]
        starts, ends = ([day for day in days if day] for days in zip(*spans, strict=True)) if spans else ([], [])
        places = [place for o in event["occurrences"] for place in o["places"]]
        people = event["participants"] or {}
        yield (
            event["id"], event["kind"], event["heading"], event["body"],
            min(starts, default=None), max(ends, default=None), _only_country(places),
            any(o["online"] for o in event["occurrences"]), _integer(people.get("value")), *_mention(event),
        )  # fmt: skip


def occurrences(facts: Facts) -> Iterator[Row]:
    """Rows of the table occurrences."""
    for event in facts["events"]:
        for number, occurrence in enumerate(event["occurrences"], 1):
            for place in occurrence["places"] or [None]:
                yield event["id"], number, *_span(occurrence["dates"]), *_place(place), occurrence["online"]


def seizures(facts: Facts) -> Iterator[Row]:
    """Rows of the table seizures."""
    for seizure in facts["seizures"]:
        yield (
            seizure["id"], seizure["origin"], seizure["commodity"]["text"], seizure["commodity"]["category"],
            _integer(seizure["cases"]), kilograms(seizure["quantities"]),
            any(q["approximate"] for q in seizure["quantities"]), *_ends(seizure["dates"]),
            _only_country(seizure["places"]), "; ".join(seizure["by"]) or None,
            seizure["event_id"], seizure["table_id"], seizure["same_as"], *_mention(seizure),
        )  # fmt: skip


def quantities(facts: Facts) -> Iterator[Row]:
    """Rows of the table quantities."""
    for seizure in facts["seizures"]:
        for number, quantity in enumerate(seizure["quantities"], 1):
            si = quantity["si"] or {}
            yield (
                seizure["id"], number, _decimal(quantity["value"]), quantity["unit"],
                _decimal(si.get("value")), si.get("unit"), quantity["item"], quantity["approximate"],
                quantity["qualitative"], quantity["text"],
            )  # fmt: skip


def seizure_money(facts: Facts) -> Iterator[Row]:
    """Rows of the table seizure_money."""
    for seizure in facts["seizures"]:
        for number, money in enumerate(seizure["money"], 1):
            yield (
                seizure["id"], number, _decimal(money["amount"]), money["currency"], money["approximate"], money["text"]
            )  # fmt: skip


def seizure_places(facts: Facts) -> Iterator[Row]:
    """Rows of the table seizure_places."""
    for seizure in facts["seizures"]:
        for number, place in enumerate(seizure["places"], 1):
            yield seizure["id"], number, *_place(place)


def dates(facts: Facts) -> Iterator[Row]:
    """Rows of the table dates."""
    for number, span in enumerate(facts["dates"], 1):
        yield number, span["text"], *_span(span), span["repaired"], span["inferred"], *_mention(span)


def places(facts: Facts) -> Iterator[Row]:
    """Rows of the table places."""
    for number, place in enumerate(facts["places"], 1):
        ids = place["ids"]
        yield number, place["text"], *_place(place), ids["geonames"], ids["iata"], ids["unlocode"], *_mention(place)


def organizations(facts: Facts) -> Iterator[Row]:
    """Rows of the table organizations."""
    for number, body in enumerate(facts["organizations"], 1):
        yield number, *(body[key] for key in ("text", "name", "acronym", "kind", "country")), *_mention(body)


def money(facts: Facts) -> Iterator[Row]:
    """Rows of the table money."""
    for number, sum_ in enumerate(facts["money"], 1):
        amount = _decimal(sum_["amount"])
        yield number, sum_["text"], amount, sum_["currency"], sum_["approximate"], *_mention(sum_)


def repairs(facts: Facts) -> Iterator[Row]:
    """Rows of the table repairs."""
    for number, repair in enumerate(facts["repairs"], 1):
        yield number, repair["before"], repair["after"], repair["rule"], *_mention(repair)


def findings(facts: Facts) -> Iterator[Row]:
    """Rows of the table findings."""
    for number, finding in enumerate(facts["findings"], 1):
        where = finding["provenance"] or {}
        yield number, finding["code"], finding["severity"], finding["message"], where.get("page"), where.get("block")


def kilograms(quantities: list[Facts]) -> Decimal | None:
    """The weight of a seizure: its one weight, or the sum of several where each tells what it counts."""
    weights = [q for q in quantities if q["si"] and q["si"]["unit"] == "kg"]
    if not weights or (len(weights) > 1 and not all(q["item"] for q in weights)):
        return None
    return sum((_decimal(q["si"]["value"]) or Decimal(0) for q in weights), Decimal(0))


def _ends(span: Facts | None) -> tuple[dt.date | None, dt.date | None]:
    return (_day(span.get("start")), _day(span.get("end"))) if span else (None, None)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _span(span: Facts | None) -> Row:
    return (*_ends(span), span["precision"], span["edtf"], span["approximate"]) if span else (None,) * 5


def _place(place: Facts | None) -> Row:
    if not place:
        return (None,) * 5
    return place["name"], place["kind"], place["country"], _float(place["lat"]), _float(place["lon"])


def _only_country(places: list[Facts]) -> str | None:
    countries = {place["country"] for place in places}
    return countries.pop() if len(countries) == 1 else None


def _mention(fact: Facts) -> Row:
    where = fact["provenance"] or {}
    return _float(fact["confidence"]), *(where.get(key) for key in ("page", "block", "start", "end"))


def _integer(value: int | None) -> int | None:
    """None where a number has more bits than the columns of databases."""
    return value if value is not None and abs(value) < 1 << 63 else None


def _float(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)


def _decimal(value: Decimal | float | None) -> Decimal | None:
    """Exact to `PLACES`; None where a number has more digits than any amount has."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = 2 * DIGITS
        try:
            exact = Decimal(value).quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_EVEN)
        except InvalidOperation:
            return None
    return exact if abs(exact) < Decimal(10) ** (DIGITS - PLACES) else None
