"""Calendar arithmetic: months, quarters and halves to first and last days, and their EDTF (ISO 8601-2) strings."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

Precision = Literal["day", "month", "quarter", "year"]
SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
"""EDTF code of a season → its first month (meteorological, northern hemisphere)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A span of days with what it was written as; an open end is None."""

    start: dt.date | None
    end: dt.date | None
    precision: Precision
    edtf: str
    approximate: bool = False


class ImpossibleDate(ValueError):
    """A day that no calendar has, as 31 April, or a span that ends before it begins."""


def day(year: int, month: int, number: int) -> dt.date:
    """A calendar day. Raises ImpossibleDate."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        raise ImpossibleDate(f"{number:02}-{month:02}-{year}") from None


def last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def days(start: dt.date, end: dt.date) -> Span:
    """From one day to another, or a single day. Raises ImpossibleDate where it ends before it begins."""
    if start > end:
        raise ImpossibleDate(f"{start}/{end}")
    edtf = start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"
    return Span(start, end, "day", edtf)


def months(year: int, first: int, end_year: int, last: int, precision: Precision = "month") -> Span:
    """From the first day of a month to the last day of another (or the same). Raises ImpossibleDate."""
    if (year, first) > (end_year, last):
        raise ImpossibleDate(f"{year}-{first:02}/{end_year}-{last:02}")
    begin, until_ = f"{year:04}-{first:02}", f"{end_year:04}-{last:02}"
    edtf = begin if begin == until_ else f"{begin}/{until_}"
    return Span(dt.date(year, first, 1), last_day(end_year, last), precision, edtf)


def years(first: int, last: int) -> Span:
    """Whole years. Raises ImpossibleDate where the last comes before the first."""
    if first > last:
        raise ImpossibleDate(f"{first}/{last}")
    edtf = f"{first:04}" if first == last else f"{first:04}/{last:04}"
    return Span(dt.date(first, 1, 1), dt.date(last, 12, 31), "year", edtf)


def decade(first: int) -> Span:
    """Ten years from `first`, a multiple of ten."""
    return replace(years(first, first + 9), edtf=f"{first // 10:03}X", approximate=True)


def quarter(year: int, number: int) -> Span:
    return months(year, 3 * number - 2, year, 3 * number, "quarter")


def half(year: int, second: bool) -> Span:
    return months(year, 7 if second else 1, year, 12 if second else 6)


def season(year: int, code: int) -> Span:
    """A season by its EDTF code; a winter is counted with the year in which it begins."""
    first = SEASONS[code]
    last_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
    return replace(months(year, first, last_year, last, "quarter"), edtf=f"{year:04}-{code}", approximate=True)


def seasons_named(year: int, code: int) -> list[Span]:
    """The seasons that a name and a year may mean: in the north first, then in the south, by the year of either end."""
    south = (code - 21 + 2) % 4 + 21
    found = []
    for season_, first_year in ((code, year), (code, year - 1), (south, year), (south, year - 1)):
        span = season(first_year, season_)
        if (span.end and span.end.year == year) or first_year == year:
            found.append(replace(span, edtf=f"{span.start:%Y-%m}/{span.end:%Y-%m}"))
    return found


def seasons(year: int, first: int, last: int) -> Span:
    """One season, or two in a row as their months: "Spring/Summer 2021"."""
    if first == last:
        return season(year, first)
    begin, end = season(year, first).start, season(year, last).end
    if begin is None or end is None:
        raise ImpossibleDate(f"{year}-{first}/{last}")
    return around(months(begin.year, begin.month, end.year, end.month))


def iso_week(year: int, number: int) -> Span:
    """Monday to Sunday of a week of ISO 8601. Raises ImpossibleDate."""
    try:
        return days(dt.date.fromisocalendar(year, number, 1), dt.date.fromisocalendar(year, number, 7))
    except ValueError:
        raise ImpossibleDate(f"{year}-W{number:02}") from None


def since(span: Span) -> Span:
    """From the beginning of a span on."""
    return replace(span, end=None, edtf=f"{span.edtf.split('/')[0]}/..")


def until(span: Span) -> Span:
    """Up to the end of a span."""
    return replace(span, start=None, edtf=f"../{span.edtf.split('/')[-1]}")


def around(span: Span) -> Span:
    """The span as a guess of the writer's: "around 5 May"."""
    if span.approximate or span.start is None or span.end is None:
        return replace(span, approximate=True)
    return replace(span, edtf="/".join(f"{end}~" for end in span.edtf.split("/")), approximate=True)


def through(first: Span, last: Span) -> Span:
    """From the beginning of one span to the end of another. Raises ImpossibleDate."""
    if first.start is None or last.end is None or first.start > last.end:
        raise ImpossibleDate(f"{first.edtf}/{last.edtf}")
    precision = first.precision if first.precision == last.precision else "day"
    edtf = f"{first.edtf.split('/')[0]}/{last.edtf.split('/')[-1]}"
    return Span(first.start, last.end, precision, edtf, first.approximate or last.approximate)


def part(span: Span, third: int) -> Span:
    """The early (1), middle (2) or late (3) third of a month or year; of another span itself, approximately."""
    if span.start is None or span.end is None:
        return span
    if span.precision == "month" and (span.start.year, span.start.month) == (span.end.year, span.end.month):
        first, last = ((1, 10), (11, 20), (21, span.end.day))[third - 1]
        return around(days(span.start.replace(day=first), span.end.replace(day=last)))
    if span.precision == "year" and span.start.year == span.end.year:
        return around(months(span.start.year, 4 * third - 3, span.start.year, 4 * third))
    return around(span)


def parts(span: Span, first: int, last: int) -> Span:
    """From one third of a span to another: "early to mid-May"."""
    return part(span, first) if first == last else through(part(span, first), part(span, last))


def half_month(year: int, month: int, second: bool) -> Span:
    """The 1st to the 15th of a month, or the 16th to its end."""
    end = last_day(year, month)
    return days(end.replace(day=16), end) if second else days(end.replace(day=1), end.replace(day=15))


def week_of_month(year: int, month: int, number: int) -> Span:
    """Days 1-7, 8-14 … of a month, roughly; 5 or more is the last seven days."""
    end = last_day(year, month)
    first = end.day - 6 if number > 4 else 7 * number - 6
    return around(days(end.replace(day=first), end.replace(day=first + 6)))


def shifted(anchor: dt.date, unit: str, offset: int) -> Span:
    """The day, week, month, quarter or year that lies `offset` of them from that of `anchor`."""
    if unit == "day":
        there = anchor + dt.timedelta(days=offset)
        return days(there, there)
    if unit == "week":
        monday = anchor + dt.timedelta(days=7 * offset - anchor.weekday())
        return days(monday, monday + dt.timedelta(days=6))
    if unit == "year":
        return years(anchor.year + offset, anchor.year + offset)
    size = 3 if unit == "quarter" else 1
    count = anchor.year * 12 + (anchor.month - 1) // size * size + offset * size
    year, month = divmod(count, 12)
    return quarter(year, month // 3 + 1) if unit == "quarter" else months(year, month + 1, year, month + 1)
