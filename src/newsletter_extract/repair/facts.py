"""Repairs of dates and numbers, made only with proof: the calendar leaves one reading."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.repair.edits import Edit

_RANGE = re.compile(
    r"(?<![\d.,/-])(?P<days>\d{2,4})\s+(?P<month>[A-Z][a-z]{2,8})(?:\s+(?P<year>(?:19|20)\d\d))?(?![\w])"
)
_YEAR = re.compile(r"(?<![\w])(?P<year>[12lI][0OoQ9][0-9OolI]{2})(?![\w])")
_NUMBER = re.compile(
    r"(?<![\w])(?P<number>(?=[OolI.,]*\d)[\dOolI]{1,3}(?:[ .,][\dOolI]{3}){0,4})"
    r"(?=\s+(?:kg|kilo|gram|tonne|ton|litre|piece|carton|box|pack|EUR|USD))"
)
_AFTER_CODE = re.compile(r"(?<=\b[A-Z]{3} )(?P<number>[\dOolI]{1,3}(?:[ .,][\dOolI]{3}){0,4})(?![\w])")
_LONE_ONE = re.compile(r"(?<=between )[|lI!](?= and \d{1,2} [A-Z])|(?<=from )[|lI!](?= to \d{1,2} [A-Z])")
_DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1"})
_MONTH_LIKE = re.compile(r"(?<=\d )(?P<month>[A-Z][a-z]{2,11})(?=[ ,]+[12l][\dO])")


@cache
def _months() -> dict[str, int]:
    return {r["name"]: int(r["month"]) for r in resources.rows("months.csv") if "en" in r["languages"].split("|")}


def find_fact_errors(block: Block) -> Iterator[Edit]:
    """Edits of day ranges without their dash, misread months, and letters in numbers."""
    text = block.text
    for match in _RANGE.finditer(text):
        days = _split_days(match["days"], match["month"], match["year"])
        if days:
            yield Edit(match.start("days"), match.end("days"), f"{days[0]}-{days[1]}", "date.range_dash", 0.9)
    for match in _YEAR.finditer(text):
        fixed = match["year"].translate(_DIGITS)
        if fixed != match["year"] and 1900 <= int(fixed) <= 2099:
            yield Edit(match.start(), match.end(), fixed, "date.year_digits", 0.93)
    for match in _MONTH_LIKE.finditer(text):
        month = _near_month(match["month"])
        if month:
            yield Edit(match.start("month"), match.end("month"), month, "date.month_name", 0.93)
    for match in _LONE_ONE.finditer(text):
        yield Edit(match.start(), match.end(), "1", "date.lone_one", 0.9)
    for pattern in (_NUMBER, _AFTER_CODE):
        for match in pattern.finditer(text):
            fixed = match["number"].translate(_DIGITS)
            if fixed != match["number"] and any(c.isdigit() for c in match["number"]):
                yield Edit(match.start("number"), match.end("number"), fixed, "number.digits", 0.85)


def _split_days(digits: str, month: str, year: str | None) -> tuple[int, int] | None:
    """The two days of a range that lost its dash; None where the digits are one day or may be parted in two ways."""
    number = _months().get(month.casefold())
    if number is None or (len(digits) == 4 and 1900 <= int(digits) <= 2099):
        return None
    longest = calendar.monthrange(int(year or 2000), number)[1]
    if int(digits) <= 31 and len(digits) == 2:
        return None
    readings = []
    for k in range(1, len(digits)):
        first, second = digits[:k], digits[k:]
        if (
            first[0] != "0"
            and second[0] != "0"
            and max(len(first), len(second)) <= 2
            and int(first) < int(second) <= longest
        ):
            readings.append((int(first), int(second)))
    return readings[0] if len(readings) == 1 else None


def _near_month(word: str) -> str | None:
    """The month of which the word is a misreading: one or two glyphs off, and no month itself."""
    low = word.casefold()
    if low in _months():
        return None
    from newsletter_extract.repair.spelling import one_confusion

    for candidate in one_confusion(low):
        if candidate in _months() and len(candidate) > 3:
            return candidate.capitalize()
    return None
