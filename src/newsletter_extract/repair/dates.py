"""Repairs of dates, made only with proof: the calendar and the words around leave one reading."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from newsletter_extract import lexicon, resources
from newsletter_extract.repair.edits import Draft, Edit

_MONTHLIKE = r"[^\W\d_]{3,12}"
_YEAR = r"(?:19|20)\d\d"
_RANGE = re.compile(
    rf"""
    (?P<days>\d(?<![\d.,/:€$£-].)(?<![€$£]\ .)(?:\d{{1,3}}|\d?\s\d{{1,2}}))\s+
    (?P<month>{_MONTHLIKE})\.?
    (?P<after>,?\s+{_YEAR}\b|\s*,|\s*[:;)]|\s+(?:in|at)\b)?
    """,
    re.VERBOSE,
)
_BETWEEN_MONTHS = re.compile(
    rf"""
    (?P<day1>\d(?<![\d.,/-].)\d?)\ (?P<month1>{_MONTHLIKE})
    (?P<gap>\ ?)
    (?P<day2>\d{{1,2}})\ (?P<month2>{_MONTHLIKE}),?\ (?P<year>{_YEAR})\b
    """,
    re.VERBOSE,
)
_ODD_YEAR = re.compile(r"(?<![\w.,/-])(?P<year>[12lI|!][0OoQ9][0-9OoQlI|!]{2})(?![\w/-]|[.,]\d)")
_MISREAD = r"(?P<month>(?:[^\s\d.,;:()–-]|0(?=ct))[^\s.,;:()–-]{2,10})(?![\w–-])"
_AFTER_DAY = re.compile(rf"\d[ .–-] ?{_MISREAD}")
_BEFORE_YEAR = re.compile(rf"(?<!\S){_MISREAD},? (?:19|20|[12lI][0OoQ9])[\dOoQlI]{{2}}\b")
_JOINED_YEAR = re.compile(rf"(?<=\d )(?P<month>{_MONTHLIKE})(?P<mark>[-.:_])(?={_YEAR}\b)")
_IN_PARTS = re.compile(
    rf"(?<![\w-])(?P<head>[A-Z][a-z]{{1,6}}) (?P<tail>[a-z]{{3,8}})"
    rf"(?= ?[-–] ?(?P<next>[A-Z][a-z]{{2,8}}) {_YEAR}\b| {_YEAR}\b)"
)
"""A month whose two halves overlap, as two regions of a scan cut it: Apr oril."""
_CAPITALISED = r"(?:[A-Z][a-z]{2,8}|[A-Z]{3,9})"
_LONE_ONE = re.compile(
    rf"""
    [|lI!](?:
        (?<=between\ .)(?=\ and\ \d{{1,2}}\ [A-Z])
      | (?<=from\ .)(?=\ to\ \d{{1,2}}\ [A-Z])
      | (?<![\w.,'’-].)(?=-\d{{1,2}}\ [A-Z])
      | (?<![\w.,'’-].)(?:(?<![|])|(?<=[Oo][nf]\ .)|(?<=rom\ .))(?=\ (?P<month>{_CAPITALISED}),?\ {_YEAR})
    )
    """,
    re.VERBOSE,
)
_MIXED_DAY = re.compile(
    rf"""
    (?P<day>[1-3lIO|!](?<![\w.,/].)(?<![^\d][-–].)[\dlIOo|!]?)
    (?=(?:st|nd|rd|th)?(?:\ ?[-–]\ ?\d{{1,2}}(?:st|nd|rd|th)?)?\ (?P<month>{_CAPITALISED})\.?
       (?:,?\ [12lI][0OoQ9][\dOoQlI|!]{{2}}\b|\ ?[-–]\ ?\d{{1,2}}\ [A-Z][a-z]{{2}}))
    """,
    re.VERBOSE,
)
_BEFORE_DATED = re.compile(r"(?<=[a-z\d)]),(?= On \d{1,2}(?:st|nd|rd|th)? (?P<month>[A-Z][a-z]{2,8}) )")
"""A comma before a sentence that a date opens."""
_COUNTING = re.compile(
    r"(?:\b(?:of|some|about|over|under|nos?\.?|total|pages?|article|rule|regulation|(?-i:[A-Z]{3}))|[+#])\ $",
    re.IGNORECASE,
)
DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1", "!": "1"})
"""Letters and marks that stand for one digit only."""
_LONGEST_RANGE_DAYS = 31


@cache
def months() -> dict[str, int]:
    """Names of months in small letters, in every language of the resource, English first."""
    found: dict[str, int] = {}
    for row in resources.rows("months.csv"):
        found.setdefault(row["name"].casefold(), int(row["month"]))
    return found


@cache
def _english() -> dict[str, int]:
    rows = resources.rows("months.csv")
    return {
        r["name"].casefold(): int(r["month"]) for r in rows if "en" in r["languages"].split("|") and len(r["name"]) > 3
    }


def find_month_errors(draft: Draft) -> Iterator[Edit]:
    """Edits of misread names of months; days are looked for once these are right."""
    text = draft.text
    for pattern in (_BEFORE_YEAR, _AFTER_DAY):
        for match in pattern.finditer(text):
            month = _near_month(match["month"], with_year=pattern is _BEFORE_YEAR)
            if month and not _TWO_DATES.search(match["month"]):
                yield Edit(match.start("month"), match.end("month"), month, "date.month_name", 0.93)
    yield from _month_in_parts(text)


_TWO_DATES = re.compile(r"/\d")
"""In "31 December/1 January" the mark is one."""


def _month_in_parts(text: str) -> Iterator[Edit]:
    for match in _IN_PARTS.finditer(text):
        if (match["next"] and match["next"].casefold() not in months()) or lexicon.is_listed(match["tail"]):
            continue
        head, tail = match["head"].casefold(), match["tail"]
        whole = [
            month
            for month in _english()
            if month.startswith(head)
            and len(head) + len(tail) >= len(month) > len(tail)
            and Levenshtein.distance(month[-len(tail) :], tail, score_cutoff=1) <= 1
        ]
        if len(whole) == 1:
            yield Edit(match.start(), match.end("tail"), whole[0].capitalize(), "date.month_name", 0.9)


def find_date_errors(draft: Draft) -> Iterator[Edit]:
    """Edits of misread years and days next to the name of a month."""
    text = draft.text
    for match in _ODD_YEAR.finditer(text):
        fixed = match["year"].translate(DIGITS)
        if fixed != match["year"] and sum(map(str.isdigit, match["year"])) >= 2 and 1900 <= int(fixed) <= 2099:
            yield Edit(match.start(), match.end(), fixed, "date.year_digits", 0.93)
    for match in _BEFORE_DATED.finditer(text):
        if match["month"].casefold() in months():
            yield Edit(match.start(), match.end(), ".", "glyph.stop", 0.88)
    for match in _JOINED_YEAR.finditer(text):
        if match["month"].casefold() in months():
            yield Edit(match.start("mark"), match.end("mark"), " ", "glyph.mark_for_space", 0.9)
    for match in _LONE_ONE.finditer(text):
        if match["month"] and match["month"].casefold() not in months():
            continue
        yield Edit(match.start(), match.end(), "1", "date.lone_one", 0.9)
    for match in _MIXED_DAY.finditer(text):
        day = match["day"].translate(DIGITS)
        if day != match["day"] and len(day) == 2 and match["month"].casefold() in months() and 1 <= int(day) <= 31:
            yield Edit(match.start("day"), match.end("day"), day, "date.day_digits", 0.9)


def find_lost_dashes(draft: Draft) -> Iterator[Edit]:
    """Edits of day ranges that lost their dash, where the calendar leaves one reading and a year or place follows."""
    text = draft.text
    for match in _RANGE.finditer(text):
        days = split_days(match["days"], match["month"], _year_of(match["after"] or ""))
        if days and (match["after"] or _opens(text, match.start())) and not _counts(text, match.start()):
            yield Edit(match.start("days"), match.end("days"), f"{days[0]}-{days[1]}", "date.range_dash", 0.9)
    for match in _BETWEEN_MONTHS.finditer(text):
        first, second = (months().get(match[f"month{k}"].casefold(), 0) for k in (1, 2))
        if first and second and _is_span(int(match["day1"]), first, int(match["day2"]), second, int(match["year"])):
            yield Edit(match.start("gap"), match.end("gap"), "-", "date.range_dash", 0.88)


def _year_of(after: str) -> int | None:
    found = re.search(_YEAR, after)
    return int(found[0]) if found else None


def _opens(text: str, start: int) -> bool:
    """Whether a date at `start` opens a block or a sentence, as in a heading."""
    before = text[max(0, start - 3) : start].rstrip()
    return not before or before[-1] in ".:;("


def _counts(text: str, start: int) -> bool:
    """Whether the number before a month counts something, as after "of", "No." or a currency."""
    return _COUNTING.search(text, max(0, start - 14), start) is not None


def split_days(digits: str, month: str, year: int | None) -> tuple[int, int] | None:
    """The two days of a range that lost its dash; None where the digits are one day or may be parted in two ways."""
    number = months().get(month.casefold())
    if number is None or (len(digits) == 4 and 1900 <= int(digits.replace(" ", "0")) <= 2099):
        return None
    longest = calendar.monthrange(year or 2000, number)[1]
    if digits.isdigit() and int(digits) <= 31 and len(digits) == 2:
        return None
    cuts = [digits.split()] if " " in digits else [[digits[:k], digits[k:]] for k in range(1, len(digits))]
    readings = [
        (int(first), int(second))
        for first, second in cuts
        if first[0] != "0"
        and second[0] != "0"
        and len(first) <= 2
        and len(second) <= 2
        and int(first) < int(second) <= longest
    ]
    return readings[0] if len(readings) == 1 else None


def _is_span(day1: int, month1: int, day2: int, month2: int, year: int) -> bool:
    """Whether two days of different months make a span of at most a month, in the calendar."""
    if month2 not in {month1 + 1, month1 - 11}:
        return False
    last = calendar.monthrange(year if month2 > month1 else year - 1, month1)[1]
    return day1 <= last and day2 <= calendar.monthrange(year, month2)[1] and last - day1 + day2 <= _LONGEST_RANGE_DAYS


def _near_month(word: str, *, with_year: bool) -> str | None:
    """The month of which the word is a misreading: no other word is likely, and a day or a year stands beside it."""
    low = word.casefold()
    if low.rstrip("0123456789") in months() or not (with_year or word[0].isupper() or word[0].isdigit()):
        return None
    if lexicon.is_listed(low) or lexicon.is_listed_name(low) or (len(low) < 6 and not with_year):
        return None
    most = 1 if len(low) < 5 else 2
    hits = process.extract(low, list(_english()), scorer=Levenshtein.distance, score_cutoff=most, limit=2)
    if not hits or (len(hits) > 1 and hits[0][1] == hits[1][1]):
        return None
    return str(hits[0][0]).capitalize()
