"""Dates in digits: ISO, day and month in either order, ranges, and the scripts of East Asia."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.mentions import (
    Habits,
    Match,
    Mention,
    Mentions,
    blotted,
    fixed,
    named_otherwise,
    two_digit_year,
)
from newsletter_extract.extractors.dates.words import preceded

YEAR = r"(?:19|20)\d\d"
_DASH = r"\s*[-–—−‐]\s*"
_START = r"(?<![\w/])(?<!\d[.,:’'-])(?<![^\W\d]-)(?<!\d\s)"
_STOP = r"(?![\d/°-]|[.,]\d|:\d|%|\s?[€$£°])"

NUMERIC: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.VERBOSE))
    for name, form in {
        "iso": rf"""
            (?<![\w/-])(?P<y1>{YEAR})-(?P<n1>[01]\d)-(?P<d1>[0-3]\d)
            (?:(?:/|\.\.|\s+to\s+|\s?[–—]\s?|\s-\s)(?:(?:(?P<y2>{YEAR})-)?(?P<n2>[01]\d)-)?(?P<d2>[0-3]\d)(?![\d/:-]))?
            (?![\d-])""",
        "year_first": rf"(?<![\w/.-])(?P<y1>{YEAR})(?P<mark>[/.])(?P<n1>[01]?\d)(?P=mark)"
        rf"(?P<d1>[0-3]?\d)(?![\d/-]|[.,]\d)",
        "written": rf"(?P<y1>{YEAR})\s?[年년]\s?(?P<n1>[01]?\d)\s?[月월]\s?(?P<d1>[0-3]?\d)\s?[日일]",
        "vietnamese": rf"(?<!\w)(?P<d1>[0-3]?\d)\s+tháng\s+(?P<n1>[01]?\d)(?:\s+năm|,)?\s+(?P<y1>{YEAR})(?!\d)",
        "numeric_range": rf"""
            {_START}(?P<n1>[0-3]?\d)(?P<mark>[/.-])(?P<n2>[0-3]?\d)(?:(?P=mark)(?P<y1>{YEAR}|\d\d)|\.)?
            (?:{_DASH}|\s+(?:to|al|au|bis|do|a)\s+|(?<=\.)\s?/\s?)
            (?P<n3>[0-3]?\d)(?P=mark)(?P<n4>[0-3]?\d)(?P=mark)\s?(?P<y2>{YEAR}|\d\d)\.?{_STOP}""",
        "numeric_days": rf"""
            {_START}(?P<d1>[0-3]?\d)\.?
            (?:{_DASH}|\s?(?P<apart>/|\s(?:and|und|et|y|e|i|a|&)\s)\s?(?=\d\d?\.))(?P<n1>[0-3]?\d)(?P<mark>[/.])
            (?P<n2>[01]?\d)(?P=mark)\s?(?P<y1>{YEAR}){_STOP}""",
        "numeric": rf"""
            {_START}(?P<n1>\d{{1,2}})(?P<mark>[/.-]|\.\s)(?P<n2>\d{{1,2}})(?P=mark)[’'‘]?(?P<y1>{YEAR}|\d\d){_STOP}""",
        "iso_month": rf"(?<![\w/.-])(?P<y1>{YEAR})-(?P<n1>0[1-9]|1[0-2])(?![\w/.-])",
        "numeric_month": rf"(?<![\w/.,:-])(?P<n1>0?[1-9]|1[0-2])[/.](?P<y1>{YEAR})(?![\d/-]|[.,]\d)",
        "iso_week": rf"(?<![\w/-])(?P<y1>{YEAR})-?W(?P<w>[0-5]\d)(?![\w-])",
    }.items()
)


_FIRST_YEAR, _LAST_YEAR = 1900, 2069
_MAY_HOLD = re.compile(r"\d\.?\s?[/.–—−‐-]\s?[\dW]|\d\s?[年년]|tháng|\dW\d")
"""Signs of a date in digits; most blocks have none, and are passed over."""


def find_in_digits(text: str, habits: Habits) -> list[Mention]:
    """Dates in digits; a more specific form keeps a vaguer one from its words."""
    found: list[Mention] = []
    if not _MAY_HOLD.search(text):
        return found
    left = text
    for name, pattern in NUMERIC:
        more = [m for match in pattern.finditer(left) for m in _READERS[name](match, text, habits)]
        left = blotted(left, more)
        found += more
    return found


def _day(year: int, month: int, number: int) -> Span:
    there = cal.day(year, month, number)
    return cal.days(there, there)


def _iso(match: Match, text: str, _: Habits) -> Mentions:
    first = (int(match["y1"]), int(match["n1"]), int(match["d1"]))
    last = (int(match["y2"] or first[0]), int(match["n2"] or first[1]), int(match["d2"] or first[2]))
    if not named_otherwise(text, match.start()):
        yield fixed(match, lambda: cal.days(cal.day(*first), cal.day(*last)), ranged=first != last)


def _year_month_day(match: Match, text: str, _: Habits) -> Mentions:
    year, month, day = int(match["y1"]), int(match["n1"]), int(match["d1"])
    if not named_otherwise(text, match.start()) and month <= 12 and day <= 31:
        yield fixed(match, lambda: _day(year, month, day))


def _numeric(match: Match, text: str, habits: Habits) -> Mentions:
    n1, n2, year = int(match["n1"]), int(match["n2"]), _year(match["y1"])
    if not _is_plausible(match, text, habits) or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return
    first, open_ = _order(match["mark"], ((n1, n2),), habits)
    readings = [lambda _y: _day(year, n2, n1), lambda _y: _day(year, n1, n2)]
    make, other = readings if first else reversed(readings)
    yield Mention(match.start(), match.end(), make, other=other if open_ else None)


def _year(digits: str) -> int:
    return two_digit_year(digits) if len(digits) == 2 else int(digits)


def _order(mark: str, pairs: tuple[tuple[int, int], ...], habits: Habits) -> tuple[bool, bool]:
    """Whether the day stands first, and whether that is open to doubt."""
    for n1, n2 in pairs:
        if max(n1, n2) > 12:
            return n1 > 12, False
    if mark.startswith("."):
        return True, False
    if habits.day_first is not None:
        return habits.day_first, False
    return True, any(n1 != n2 for n1, n2 in pairs)


def _is_plausible(match: Match, text: str, habits: Habits) -> bool:
    """Whether numbers with marks are a date at all, and no version, code, plate or telephone number."""
    n1, n2 = int(match["n1"]), int(match["n2"])
    if (min(n1, n2) > 12 and max(n1, n2) > 31) or max(n1, n2) > 39 or not (n1 and n2):
        return False
    if named_otherwise(text, match.start(), of=False):
        return False
    lead = _DATE_LEAD.search(text, max(0, match.start() - 14), match.start())
    if match["mark"] == "-" and not lead and _CODE_BEFORE.search(text, max(0, match.start() - 5), match.start()):
        return False
    if len(match["y1"]) == 4 or match["mark"] == "/" or text[match.start("y1") - 1] in "’'‘":
        return True
    padded = len(match["n1"]) == len(match["n2"]) == 2
    return bool(lead) or habits.short_years or (padded and match["mark"] == "." and match.start() == 0)


_CODE_BEFORE = re.compile(r"\b[A-Z]{1,3}\s$")
_DATE_LEAD = re.compile(
    r"\b(?:on|am|vom|dated|date:?|del|le|dne|dana|since|until|from|between|and|to|of|,)\s+(?:the\s+)?$", re.I
)


def _numeric_range(match: Match, text: str, habits: Habits) -> Mentions:
    n1, n2, n3, n4 = (int(match[f"n{k}"]) for k in range(1, 5))
    y2 = _year(match["y2"])
    y1 = _year(match["y1"]) if match["y1"] else None
    if not (n1 and n2 and n3 and n4) or max(min(n1, n2), min(n3, n4)) > 12 or named_otherwise(text, match.start()):
        return
    first, open_ = _order(match["mark"], ((n1, n2), (n3, n4)), habits)

    def reading(day_first: bool) -> Callable[[int], Span]:
        (d1, m1), (d2, m2) = ((n1, n2), (n3, n4)) if day_first else ((n2, n1), (n4, n3))
        start_year = y1 or (y2 - 1 if (m1, d1) > (m2, d2) else y2)
        return lambda _y: cal.days(cal.day(start_year, m1, d1), cal.day(y2, m2, d2))

    yield Mention(match.start(), match.end(), reading(first), other=reading(not first) if open_ else None, ranged=True)


def _numeric_days(match: Match, text: str, _: Habits) -> Mentions:
    d1, d2, month, year = int(match["d1"]), int(match["n1"]), int(match["n2"]), int(match["y1"])
    if d1 >= d2 or not 1 <= month <= 12 or named_otherwise(text, match.start()):
        return
    if match["apart"] and (
        match["apart"] != "/" or d2 > d1 + 1
    ):  # "16./17.03.2024" is a night, "16./19.03.2024" two days
        yield Mention(*match.span("d1"), lambda _y: _day(year, month, d1))
        yield Mention(match.start("n1"), match.end(), lambda _y: _day(year, month, d2))
    else:
        yield fixed(match, lambda: cal.days(cal.day(year, month, d1), cal.day(year, month, d2)), ranged=True)


def _iso_month(match: Match, text: str, _: Habits) -> Mentions:
    year, month = int(match["y1"]), int(match["n1"])
    if not named_otherwise(text, match.start()) and year % 100 + 1 != month:
        yield fixed(match, lambda: cal.months(year, month, year, month), 0.9)


def _numeric_month(match: Match, text: str, _: Habits) -> Mentions:
    year, month = int(match["y1"]), int(match["n1"])
    lead = preceded(text, match.start(), "lead") or preceded(text, match.start(), "since")
    if lead and not named_otherwise(text, match.start()):
        yield fixed(match, lambda: cal.months(year, month, year, month), 0.9)


def _iso_week(match: Match, text: str, _: object) -> Mentions:
    year, week = int(match["y1"]), int(match["w"])
    yield fixed(match, lambda: cal.iso_week(year, week))


_READERS: dict[str, Callable[[Match, str, Habits], Mentions]] = {
    "iso": _iso,
    "year_first": _year_month_day,
    "written": _year_month_day,
    "vietnamese": _year_month_day,
    "numeric_range": _numeric_range,
    "numeric_days": _numeric_days,
    "numeric": _numeric,
    "iso_month": _iso_month,
    "numeric_month": _numeric_month,
    "iso_week": _iso_week,
}
