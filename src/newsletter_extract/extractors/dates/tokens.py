"""The tokens of a written date, and its atoms: single days, months and parts of months."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.words import marks, value_of

_SUFFIX = r"(?:st|nd|rd|th|er|re|ère|ste|te|de|º|ª|°)"
RUN = re.compile(rf"(?:[\d\s‐-―−/,&.'’‘-]|[\ue000-\ue0ff]|(?<=\d){_SUFFIX}(?![^\W\d_]))+")
TOKEN = re.compile(
    rf"""
      (?P<month>{marks("month", 12)}+\.?)
    | (?P<weekday>{marks("weekday", 7)}+\.?,?)
    | (?P<link>{marks("link")}+)
    | (?P<half>{marks("half")}+)
    | (?P<week>{marks("week")}+)
    | (?P<part>{marks("part", 3)}+)
    | (?P<ordinal>{marks("ordinal", 99)}+)
    | (?P<of>{marks("of")}+)
    | (?P<filler>[{marks("the")}{marks("year")}]+)
    | (?P<other>[\ue000-\ue0ff]+)
    | (?P<break>[\t\n]|\d+(?:[.,:]\d+)+|\d{{3}}\d{{2,}}|[$€£%#]\d+|\d+%)
    | (?P<year>(?:19|20)\d\d(?!\d))
    | (?P<short>[’'‘]\d\d(?!\d))
    | (?P<day>[0-3]?\d(?!\d){_SUFFIX}?\.?)
    | (?P<number>\d+)
    | (?P<dash>[‐-―−-])
    | (?P<mark>[/,&.])
    """,
    re.VERBOSE,
)
Link = Literal["to", "and"]


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Atom:
    """One day, or one month or part of it, of a run."""

    start: int
    end: int
    month: int
    day: int | None
    year: int | None
    link: Link | None
    """How it is joined to the atom before it."""
    shape: Callable[[int], Span] | None = None
    """For a month, or a part of one: its span in a year."""
    weekday: int | None = None
    is_whole_month: bool = False

    def span(self, year: int) -> Span:
        """Raises ImpossibleDate."""
        year = self.year or year
        if self.shape:
            return self.shape(year)
        day = cal.day(year, self.month, self.day or 1)
        return cal.days(day, day)


def day_number(token: Token) -> int:
    digits = re.match(r"\d+", token.text)
    return int(digits[0]) if digits else value_of(token.text, "ordinal")


def whole_month(year: int, month: int) -> Span:
    return cal.months(year, month, year, month)
