"""Dates in text: every form of date_patterns, with years supplied by the context where a date has none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from newsletter_extract.document import Block, Notice
from newsletter_extract.extractors import calendar_spans as cal
from newsletter_extract.extractors.calendar_spans import ImpossibleDate, Span
from newsletter_extract.extractors.date_patterns import patterns
from newsletter_extract.extractors.date_readers import Mention, find_mentions, next_day
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.schema import DateSpan
from newsletter_extract.settings import ExtractionSettings

_CONFIDENCE = {"day": 0.97, "month": 0.96, "quarter": 0.96, "year": 0.93}
_INFERRED = 0.75
_AMBIGUOUS = 0.55
_DAY_FIRST = re.compile(r"\b(?:day/month|dd[/.]mm)", re.I)
_MONTH_FIRST = re.compile(r"\b(?:month/day|mm[/.]dd)", re.I)


def find_dates(
    blocks: Sequence[Block], settings: ExtractionSettings
) -> tuple[tuple[DateSpan, ...], tuple[Notice, ...]]:
    """Every date in reading order, and notices on impossible and ambiguous ones."""
    day_first = settings.day_first if settings.day_first is not None else _learn_order(blocks)
    found = [(block, mention) for block in blocks for mention in find_mentions(block.text, day_first)]
    years = _years(found)
    dates: list[DateSpan] = []
    notices: list[Notice] = []
    for (block, mention), year in zip(found, years, strict=True):
        text = block.text[mention.start : mention.end]
        where = (block.page, block.id, mention.start, mention.end)
        if not mention.has_year and year is None:
            continue
        try:
            span = _relative(dates, text) if mention.make is next_day else mention.make(year or 0)
        except ImpossibleDate:
            notices.append(Notice("date_impossible", "warning", f"No calendar has the date {text!r}.", *where))
            continue
        if span is None or (span.start and span.end and span.start > span.end):
            continue
        if mention.doubt:
            notices.append(Notice("date_ambiguous", "warning", mention.doubt, *where))
        dates.append(_date(block, mention, span))
    return tuple(dates), tuple(notices)


def _date(block: Block, mention: Mention, span: Span) -> DateSpan:
    sure = _CONFIDENCE[span.precision] if mention.has_year else _INFERRED
    sure = _AMBIGUOUS if mention.doubt else sure
    read = reading_confidence(block, mention.start, mention.end)
    return DateSpan(
        text=block.text[mention.start : mention.end],
        start=span.start,
        end=span.end,
        precision=span.precision,
        edtf=span.edtf,
        approximate=span.approximate,
        inferred=not mention.has_year,
        provenance=provenance(block, mention.start, mention.end),
        confidence=round(sure * min(1.0, 0.4 + 0.6 * read), 3),
    )


def _years(found: Sequence[tuple[Block, Mention]]) -> list[int | None]:
    """For each mention the year of the nearest date before it, else of the next one after it."""
    known: list[int | None] = []
    for _, mention in found:
        start = _known_year(mention)
        known.append(start)
    result: list[int | None] = []
    last: int | None = None
    for k, year in enumerate(known):
        last = year or last
        result.append(last or next((y for y in known[k:] if y), None))
    return result


def _known_year(mention: Mention) -> int | None:
    if not mention.has_year:
        return None
    try:
        span = mention.make(0)
    except ImpossibleDate:
        return None
    day = span.start or span.end
    return day.year if day and span.precision in {"day", "month", "quarter"} else None


def _learn_order(blocks: Sequence[Block]) -> bool | None:
    """Whether numeric dates put the day first; None where the document does not tell."""
    pattern = dict(patterns())["numeric"]
    first = second = 0
    for block in blocks:
        first += len(_DAY_FIRST.findall(block.text))
        second += len(_MONTH_FIRST.findall(block.text))
        for match in pattern.finditer(block.text):
            first += int(match["n1"]) > 12 >= int(match["n2"])
            second += int(match["n2"]) > 12 >= int(match["n1"])
    return None if first == second else first > second


def _relative(dates: Sequence[DateSpan], text: str) -> Span | None:
    """The day that "the same day" or "the next day" means after the dates so far."""
    day = next((d.end for d in reversed(dates) if d.precision == "day" and d.end), None)
    if day is None:
        return None
    day = day if "same" in text.casefold() else day + dt.timedelta(days=1)
    return cal.days(day, day)
