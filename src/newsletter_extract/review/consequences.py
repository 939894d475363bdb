"""What follows from a correction: fields that the program computes from those that a person set."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from newsletter_extract.extractors.amounts.quantities import Units, load_units, make_quantity

_DATES = ("start", "end", "precision", "approximate")
_AMOUNT = ("value", "unit")
Change = tuple[str, Any, Any]
"""A field as a JSON pointer inside the record, its value before and now."""


def settle(record: dict[str, Any], before: Any) -> list[Change]:
    """Bring the computed fields of a corrected record in line with the others, and tell which changed.

    The EDTF string and precision of dates follow their ends, the SI value of a quantity its number and unit; of what
    the correction did not touch, nothing changes. `before` is the record as it was, None for one that was added.
    Raises ValueError where no date can be made of the ends.
    """
    return list(_settle(record, before, ""))


def _settle(value: Any, before: Any, path: str) -> Iterator[Change]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            old = before[index] if isinstance(before, list) and index < len(before) else None
            yield from _settle(item, old, f"{path}/{index}")
    elif isinstance(value, dict):
        old = before if isinstance(before, dict) else {}
        for name in value:
            yield from _settle(value[name], old.get(name), f"{path}/{name}")
        if {"start", "end", "precision"} <= value.keys() and _touched(value, old, _DATES):
            yield from _set(value, path, _dates(value))
        elif "unit" in value and _touched(value, old, _AMOUNT):
            yield from _set(value, path, {"si": _si(value)})


def _touched(value: Mapping[str, Any], old: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return any(value.get(name) != old.get(name) for name in names)


def _set(value: dict[str, Any], path: str, new: Mapping[str, Any]) -> Iterator[Change]:
    for name, now in new.items():
        if value.get(name) != now:
            yield f"{path}/{name}", value.get(name), now
            value[name] = now


def _dates(span: Mapping[str, Any]) -> dict[str, Any]:
    """The precision that the ends of a span allow, and its EDTF string (ISO 8601-2, level 1)."""
    try:
        start, end = (dt.date.fromisoformat(span[name]) if span[name] else None for name in ("start", "end"))
    except (TypeError, ValueError):
        raise ValueError(f"{span['start']} to {span['end']} are no dates; write them as 2021-10-04") from None
    if not (start or end):
        raise ValueError("a date needs its first or its last day")
    if start and end and start > end:
        raise ValueError(f"{start} to {end}: a span cannot start after its end")
    precision = span["precision"]
    if not all(_fits(day, precision, first) for day, first in ((start, True), (end, False)) if day):
        precision = "day"
    mark = "~" if span.get("approximate") else ""
    one, other = (f"{_written(day, precision)}{mark}" if day else ".." for day in (start, end))
    return {"precision": precision, "edtf": one if one == other else f"{one}/{other}"}


def _fits(day: dt.date, precision: str, first: bool) -> bool:
    """Whether a day begins (or ends) what the precision counts in."""
    if precision == "day":
        return True
    edges = {"month": range(1, 13), "quarter": range(1 if first else 3, 13, 3), "year": (1 if first else 12,)}
    edge = 1 if first else calendar.monthrange(day.year, day.month)[1]
    return day.month in edges[precision] and day.day == edge


def _written(day: dt.date, precision: str) -> str:
    return day.isoformat()[: {"day": 10, "year": 4}.get(precision, 7)]


def _si(quantity: Mapping[str, Any]) -> dict[str, Any] | None:
    """The SI value of a quantity whose unit has one."""
    unit = _units().named(quantity["unit"] or "")
    if unit is None or not isinstance(quantity.get("value"), int | float):
        return None
    si = make_quantity("", quantity["value"], unit).si
    return si.model_dump(mode="json") if si else None


@cache
def _units() -> Units:
    return load_units()
