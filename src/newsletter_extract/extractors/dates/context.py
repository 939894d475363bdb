"""What dates leave unsaid, from the dates around them: the year of "14 March", the day of "the same day"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from newsletter_extract.document import Block
from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import ImpossibleDate, Span
from newsletter_extract.extractors.dates.mentions import Mention, Relative
from newsletter_extract.extractors.dates.words import words_of

_HEADING_REACH = 90
"""Characters from the beginning of a block in which the date of a heading stands."""
_SENTENCE_END = re.compile(r"[.!?;]\s")
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Placed:
    """A span with how sure its supplied part is."""

    span: Span
    sure: float


@dataclass(slots=True)
class Context:
    """The dates read so far."""

    period: Span | None
    fallback: dt.date | None
    """The first full date of the document, for what stands before it."""
    heading: Span | None = None
    block: str = ""
    kind: str = ""
    titled: Span | None = None
    """The date in the caption or heading read last, which holds for the table under it."""
    here: list[tuple[int, Span]] = field(default_factory=list)
    """The dates of the block so far, with where each ends."""

    def enter(self, block: Block) -> None:
        if block.id != self.block:
            self.block, self.kind, self.here = block.id, block.kind, []

    def note(self, mention: Mention, span: Span) -> None:
        """Remember a date of the block."""
        self.here.append((mention.end, span))
        if self.kind in {"caption", "heading"} and span.start and span.end:
            self.titled = span
        leads = mention.start < _HEADING_REACH and len(self.here) == 1 and mention.relative is None
        if leads and span.precision in {"day", "month"} and span.start and span.end:
            self.heading = span

    def anchor(self, start: int, text: str) -> Span | None:
        """The date that an unsaid year is nearest to: before it in its block, else of the heading, else of the period.

        A year alone counts in its sentence: "in 2019, also in May".
        """
        for end, span in reversed(self.here):
            if span.start and span.end and (span.precision != "year" or not _SENTENCE_END.search(text, end, start)):
                return span
        return (self.titled if self.kind == "table" else None) or self.heading or self.period

    def place(self, mention: Mention, text: str) -> Placed | None:
        """The span of a mention without a year, or None where nothing tells it. Raises ImpossibleDate."""
        if mention.relative:
            return self._relative(mention.relative, self.anchor(mention.start, text))
        anchor = self.anchor(mention.start, text)
        reference = _middle(anchor) if anchor else self.fallback
        if reference is None:
            return None
        return self._nearest(mention, reference, text, same_year=anchor is not None and anchor.precision == "year")

    def _nearest(self, mention: Mention, reference: dt.date, text: str, *, same_year: bool) -> Placed:
        spans = _candidates(mention, reference.year)
        fitting = [s for s in spans if not misses_weekday(mention, s)] if any(mention.weekdays) else []
        if len(fitting) == 1:
            return Placed(fitting[0], 0.92)
        spans = fitting or spans
        if same_year:
            return Placed(next((s for s in spans if _first(s).year == reference.year), spans[0]), 0.8)
        if spans[0].end is None:  # what began "since March" had begun
            past = [s for s in spans if _first(s) <= reference]
            return Placed(past[-1] if past else spans[0], 0.8)
        inside = [s for s in spans if self.period and _overlap(s, self.period)]
        if len(inside) == 1 and not self.here:
            return Placed(inside[0], 0.88)
        if _is_ahead(text, mention):
            later = [s for s in spans if _last(s) >= reference]
            return Placed(later[0] if later else spans[-1], 0.75)
        return Placed(min(spans, key=lambda s: abs((_middle(s) - reference).days)), 0.8)

    def _relative(self, relative: Relative, nearest: Span | None) -> Placed | None:
        if relative.weekday:
            return self._weekday(relative)
        if relative.unit == "day_of_month":
            return _day_of_month(relative.offset, nearest)
        days = self._days()
        exact = self.heading if self.heading and self.heading.precision == "day" else None
        if relative.anchor == "before":
            anchor = (days[-1] if days else exact) if relative.unit in {"day", "week"} else nearest
        else:
            anchor = exact if relative.unit in {"day", "week"} else self.heading or self.period
        end = anchor.end if anchor else None
        if anchor is None or end is None:
            return None
        span = cal.shifted(end, relative.unit, relative.offset)
        return Placed(cal.around(span) if relative.rough else span, 0.85 if relative.anchor == "before" else 0.7)

    def _days(self) -> list[Span]:
        """The days of the block so far."""
        return [s for _, s in self.here if s.precision == "day" and s.start and s.end]

    def _weekday(self, relative: Relative) -> Placed | None:
        """ "last Friday", "on Tuesday": the nearest before the day of the event ("on": or that day), or after it.

        "The following Friday" counts from the day read last.
        """
        number, step = relative.weekday or 0, relative.offset
        told = self._days() if relative.anchor == "before" else []
        day = told[-1].end if told else self.heading.end if self.heading and self.heading.precision == "day" else None
        if day is None:
            return None
        if step > 0:
            there = day + dt.timedelta(days=(number - day.isoweekday() - 1) % _WEEK + 1)
        elif step < 0:
            there = day - dt.timedelta(days=(day.isoweekday() - number - 1) % _WEEK + 1)
        else:
            there = day - dt.timedelta(days=(day.isoweekday() - number) % _WEEK)
        return Placed(cal.days(there, there), 0.65)


def _day_of_month(number: int, anchor: Span | None) -> Placed | None:
    """The day of that number on or after the anchor's, or not long before it in its month."""
    if anchor is None or anchor.end is None or anchor.precision == "year":
        return None
    late = anchor.precision == "day" and anchor.end.day - number > _FAR_BACK
    year, month = divmod(anchor.end.year * 12 + anchor.end.month - 1 + late, 12)
    there = cal.day(year, month + 1, number)
    return Placed(cal.days(there, there), 0.8 if late or number >= anchor.end.day else 0.65)


_FAR_BACK = 20
"""Days so far before the anchor's are of the next month: "On 30 May … on the 2nd"."""


def misses_weekday(mention: Mention, span: Span) -> bool:
    """Whether a weekday written beside a day is not that of the calendar."""
    return any(
        day is not None and weekday is not None and day.isoweekday() != weekday
        for weekday, day in zip(mention.weekdays, (span.start, span.end), strict=True)
    )


def known_span(mention: Mention) -> Span | None:
    """The span of a mention that names its year, None for others and for impossible ones."""
    try:
        return mention.make(0) if mention.has_year else None
    except ImpossibleDate:
        return None


def first_day(found: Sequence[tuple[Block, Mention]]) -> dt.date | None:
    """The first date of a document that names day or month and year."""
    for _, mention in found:
        span = known_span(mention)
        if span and span.start and span.end and span.precision in {"day", "month", "quarter"}:
            return _middle(span)
    return None


def _candidates(mention: Mention, year: int) -> list[Span]:
    spans = []
    failure: ImpossibleDate | None = None
    for candidate in (year - 1, year, year + 1):
        try:
            spans.append(mention.make(candidate))
        except ImpossibleDate as error:
            failure = error
    if not spans and failure:
        raise failure
    return spans


def _first(span: Span) -> dt.date:
    return span.start or span.end or dt.date.min


def _last(span: Span) -> dt.date:
    return span.end or span.start or dt.date.max


def _middle(span: Span) -> dt.date:
    return _first(span) + (_last(span) - _first(span)) / 2 if span.start and span.end else _first(span)


def _overlap(first: Span, second: Span) -> bool:
    return _first(first) <= _last(second) and _first(second) <= _last(first)


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(words_of('ahead')))})\b", re.I)


_SENTENCE_REACH = 120


def _is_ahead(text: str, mention: Mention) -> bool:
    """Whether the words before a date, in its sentence, speak of what is to come."""
    before = text[max(0, mention.start - _SENTENCE_REACH) : mention.start]
    return bool(_ahead().search(re.split(r"[.!?]\s", before)[-1]))
