"""Calendar arithmetic: months, quarters and halves to first and last days, and their EDTF (ISO 8601-2) strings."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Span:
    """A span of days with what it was written as; an open end is None."""

    start: dt.date | None
    end: dt.date | None
    precision: Precision
    edtf: str
    approximate: bool = False


class ImpossibleDate(ValueError):
    """A day that no calendar has, as 31 April."""


def day(year: int, month: int, number: int) -> dt.date:
    """A calendar day. Raises ImpossibleDate."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        raise ImpossibleDate(f"{number:02}-{month:02}-{year}") from None


def last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def days(start: dt.date, end: dt.date) -> Span:
    """From one day to another, or a single day."""
    edtf = start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"
    return Span(start, end, "day", edtf)


def months(year: int, first: int, end_year: int, last: int, precision: Precision = "month") -> Span:
    """From the first day of a month to the last day of another (or the same)."""
    begin, until = f"{year:04}-{first:02}", f"{end_year:04}-{last:02}"
    edtf = begin if begin == until else f"{begin}/{until}"
    return Span(dt.date(year, first, 1), last_day(end_year, last), precision, edtf)


def years(first: int, last: int) -> Span:
    edtf = f"{first:04}" if first == last else f"{first:04}/{last:04}"
    return Span(dt.date(first, 1, 1), dt.date(last, 12, 31), "year", edtf)


def since(span: Span) -> Span:
    """From the beginning of a span on."""
    return Span(span.start, None, span.precision, f"{span.edtf.split('/')[0]}/..")


def until(span: Span) -> Span:
    """Up to the end of a span."""
    return Span(None, span.end, span.precision, f"../{span.edtf.split('/')[-1]}")


def part(span: Span, third: int) -> Span:
    """The early (1), middle (2) or late (3) third of a month or year."""
    if span.start is None or span.end is None:
        return span
    if span.precision == "month":
        first, last = ((1, 10), (11, 20), (21, span.end.day))[third - 1]
        start, end = span.start.replace(day=first), span.end.replace(day=last)
        return Span(start, end, "day", f"{start.isoformat()}~/{end.isoformat()}~", approximate=True)
    thirds = months(span.start.year, 4 * third - 3, span.start.year, 4 * third)
    return Span(thirds.start, thirds.end, "month", thirds.edtf.replace("/", "~/") + "~", approximate=True)
