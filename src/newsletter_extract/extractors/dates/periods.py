"""Dates that are whole periods: quarters, halves, seasons, weeks, fiscal and plain years, read in a shadow."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.mentions import (
    Match,
    Mention,
    Mentions,
    blotted,
    fixed,
    named_otherwise,
    two_digit_year,
)
from newsletter_extract.extractors.dates.words import is_cell, links, marks, number_words, preceded, value_of

_YEAR = r"(?:19|20)\d\d"
_DASH = r"\s*[-–—−‐]\s*"
_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|during|of|for|from|and|or|to|by|until|since|year|before|after|early|late|throughout|with|en|em|de|del|im|jahr|"
    r"année|année|año|ano|godine|u)|[,(–-])\s*$",
    re.I,
)
_HEAD_KINDS = frozenset({"title", "heading", "caption"})
_LAST_YEAR = 2069
_LAST = 99


@cache
def worded() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Form name, signs one of which a shadow has to hold, and pattern; the more specific first."""
    the, of, year_word = marks("the"), marks("of"), marks("year")
    small = rf"(?:[\s,]*[{the}{of}{year_word}]+)*"
    to = rf"(?:{_DASH}|\s+{marks('link')}+\s+)"
    ordinal = rf"(?P<o>{marks('ordinal', 99)}+|(?:IV|I{{1,3}})\.?|[1-4](?:st|nd|rd|th|er|[º°.]))"
    quarter, half, season = f"{marks('quarter')}+s?", f"{marks('half')}+(?:[\\s-]{year_word}+)?", marks("season", 4)
    forms = {
        "quarters": rf"""
            (?<!\w)(?:Q(?P<q1>[1-4])(?:{to}Q?(?P<q2>[1-4]))?|(?P<q3>[1-4])Q)[\s/,-]{{0,3}}{small}\s?
            (?:(?P<y1>{_YEAR})|[’'](?P<short>\d\d))(?!\d)""",
        "year_quarter": rf"(?<![\w/])(?P<y1>{_YEAR})[\s/,-]{{0,3}}(?:Q(?P<q1>[1-4])|(?P<q3>[1-4])Q)(?!\w)",
        "quarter": rf"(?<!\w){ordinal}\s+{quarter}(?:{small}[\s,/]+(?P<y1>{_YEAR})(?!\d))?",
        "quarter_number": rf"{quarter}\s+(?P<q1>[1-4]){small}[\s,/]+(?P<y1>{_YEAR})(?!\d)",
        "quarter_code": r"(?<!\w)Q(?P<q1>[1-4])(?!\w)",
        "half_code": rf"(?<!\w)(?:H(?P<h1>[12])|(?P<h2>[12])H)[\s/,-]{{0,3}}(?P<y1>{_YEAR})(?!\d)",
        "half": rf"(?<!\w){ordinal}[\s-]+{half}(?:{small}[\s,/]+(?P<y1>{_YEAR})(?!\d)|{small}\s+{year_word}+)",
        "months_of": rf"""
            (?P<o>{marks("ordinal", 99)}+)\s+(?P<count>[a-z]+|\d\d?)\s+months{small}\s+
            (?:(?P<y1>{_YEAR})(?!\d)|{year_word}+)""",
        "season": rf"""
            (?P<season>{season}+)(?:[\s,]+{small}\s*(?P<y1>{_YEAR})(?:[/–-](?P<y2>\d\d|{_YEAR}))?(?!\d))""",
        "season_alone": rf"""
            (?<!\w)(?:{of}+|{the}+|[Ii]n|[Tt]his|[Ll]ast|[Nn]ext|[Ss]ince|[Dd]uring|[Ff]or)\s+(?:{the}+\s+)?
            (?P<season>{season}+)(?![\s,]+\d)(?!\s+[^\W\d_]*(?:ing|time|school))""",
        "fiscal": rf"""
            (?:\bFY|(?:[Ff]iscal|[Ff]inancial|[Bb]udget|F(?:ISCAL|INANCIAL))\s+(?:{year_word}+\s+)?)\s?
            (?:(?P<y1>{_YEAR})(?:\s?[/–-]\s?(?P<y2>(?:20)?\d\d))?|(?P<short>\d\d)(?:[/–-](?P<short2>\d\d))?)(?!\d)""",
        "week": rf"(?:{marks('week')}+|\bCW|\bKW)\s+(?:[Nn]o\.?\s*)?(?P<w>[0-5]?\d)"
        rf"(?:\s*[,/]\s*|{small}\s+)(?P<y1>{_YEAR})(?!\d)",
        "decade": rf"(?:(?P<part>{marks('part', 3)}+)[\s-]+)?(?<!\d)(?P<y1>(?:19|20)\d0)s(?!\w)",
        "year_range": rf"""
            (?:(?P<part>{marks("part", 3)}+)[\s-]+{small}\s*)?(?<![\w/.,-])(?P<y1>{_YEAR})(?P<sep>{to}|/)(?:{the}+\s+)?
            (?:(?P<part2>{marks("part", 3)}+)[\s-]+{small}\s*)?(?P<y2>{_YEAR}|\d\d)(?![\d/-]|[.,]\d|\s?%)""",
        "year_part": rf"(?P<part>{marks('part', 3)}+)[\s-]+{small}\s*(?P<y1>{_YEAR})(?![\d/])",
        "year": rf"(?<![\w/.,’'-])(?<![$€£#]\s)(?P<y1>{_YEAR})(?![\d/%-]|[.,]\d|\s?[%€$£°]|:\d)",
    }
    century = ("19", "20")
    signs = {
        "quarters": ("Q",),
        "year_quarter": ("Q",),
        "quarter": tuple(marks("quarter")),
        "quarter_number": tuple(marks("quarter")),
        "quarter_code": ("Q",),
        "half_code": ("H1", "H2", "1H", "2H"),
        "half": tuple(marks("half")),
        "months_of": ("months",),
        "season": _chars("season", 4),
        "season_alone": _chars("season", 4),
        "fiscal": ("FY", "iscal", "ISCAL", "inancial", "INANCIAL", "udget"),
        "week": (marks("week"), "CW", "KW"),
        "decade": ("0s",),
        "year_range": century,
        "year_part": _chars("part", 3),
        "year": century,
    }
    return tuple((name, signs[name], re.compile(form, re.VERBOSE)) for name, form in forms.items())


def _chars(role: str, last: int) -> tuple[str, ...]:
    return tuple(chr(ord(marks(role)) + k) for k in range(last + 1))


def find_periods(text: str, shade: str, kind: str) -> tuple[list[Mention], str]:
    """Periods in a block of a kind, by its shadow; and the shadow with them blotted out."""
    found: list[Mention] = []
    for name, needs, pattern in worded():
        if not any(sign in shade for sign in needs):
            continue
        more = [
            mention
            for match in pattern.finditer(shade)
            if "\t" not in match[0] and "\n" not in match[0]
            for mention in _READERS[name](match, text, kind)
        ]
        shade = blotted(shade, more)
        found += more
    return found, shade


def _ordinal(text: str) -> int:
    """The number that an ordinal says, in a mark, digits or Roman; 99 for the last."""
    bare = text.rstrip(".º°")
    if bare in _ROMAN:
        return _ROMAN[bare]
    digits = re.match(r"\d+", bare)
    return int(digits[0]) if digits else value_of(bare, "ordinal")


_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def _quarters(match: Match, text: str, _: str) -> Mentions:
    groups = match.groupdict()
    first = int(groups.get("q1") or groups.get("q3") or 0)
    last = int(groups.get("q2") or first)
    year = int(match["y1"]) if match["y1"] else two_digit_year(match["short"])
    yield fixed(
        match,
        lambda: cal.months(year, 3 * first - 2, year, 3 * last, "quarter"),
        ranged=first != last,
    )


def _quarter(match: Match, text: str, _: str) -> Mentions:
    number = _ordinal(match["o"])
    number = 4 if number == _LAST else number
    if number in range(1, 5):
        known = int(match["y1"]) if match["y1"] else None
        start, end = match.span()
        if known is None and not preceded(text, start, "lead"):
            return
        yield Mention(start, end, lambda y: cal.quarter(known or y, number), has_year=known is not None)


def _quarter_code(match: Match, text: str, _: str) -> Mentions:
    """ "in Q3", or a Q3 that heads a column."""
    number = int(match["q1"])
    if preceded(text, match.start(), "lead") or is_cell(text, match.start(), match.end()):
        yield Mention(match.start(), match.end(), lambda y: cal.quarter(y, number), has_year=False)


def _half(match: Match, text: str, _: str) -> Mentions:
    groups = match.groupdict()
    code = groups.get("h1") or groups.get("h2")
    number = int(code) if code else _ordinal(match["o"])
    known = int(match["y1"]) if match["y1"] else None
    if number in {1, 2, _LAST}:
        yield Mention(
            match.start(), match.end(), lambda y: cal.half(known or y, number != 1), has_year=known is not None
        )


def _months_of(match: Match, text: str, _: str) -> Mentions:
    which, count = _ordinal(match["o"]), match["count"]
    number = int(count) if count.isdigit() else number_words().get(count, 0)
    known = int(match["y1"]) if match["y1"] else None
    if which in {1, _LAST} and 1 < number <= 11:
        first, last = (1, number) if which == 1 else (13 - number, 12)
        yield Mention(
            match.start(), match.end(), lambda y: cal.months(known or y, first, known or y, last), known is not None
        )


def _season(match: Match, text: str, _: str) -> Mentions:
    code = value_of(match["season"], "season") + 20
    groups = match.groupdict()
    if groups.get("y1"):
        year = int(match["y1"])
        yield Mention(match.start("season"), match.end(), lambda _y: cal.season(year, code))
    else:
        yield Mention(match.start("season"), match.end("season"), lambda y: cal.season(y, code), False, sure=0.8)


def _fiscal(match: Match, text: str, _: str) -> Mentions:
    first = int(match["y1"]) if match["y1"] else two_digit_year(match["short"])
    rest = match["y2"] or match["short2"]
    last = _second_year(first, rest) if rest else first
    if last - first in {0, 1}:
        yield fixed(match, lambda: cal.around(cal.years(first, last)), ranged=True)


def _second_year(first: int, digits: str) -> int:
    return int(digits) if len(digits) == 4 else first // 100 * 100 + int(digits)


def _week(match: Match, text: str, _: str) -> Mentions:
    year, week = int(match["y1"]), int(match["w"])
    if week:
        yield fixed(match, lambda: cal.iso_week(year, week), 0.95)


def _decade(match: Match, text: str, _: str) -> Mentions:
    year = int(match["y1"])
    third = value_of(match["part"], "part") if match["part"] else 0
    first, last = ((0, 3), (4, 6), (7, 9))[third - 1] if third else (0, 9)
    span = cal.around(cal.years(year + first, year + last)) if third else cal.decade(year)
    yield fixed(match, lambda: span)


_LONG_DASHES = frozenset("–—")


def _year_range(match: Match, text: str, _: str) -> Mentions:
    first, last = int(match["y1"]), _second_year(int(match["y1"]), match["y2"])
    short, slash = len(match["y2"]) == 2, match["sep"] == "/"
    worded_link = match["sep"].strip() not in set("-–—−‐/")
    if first >= last or last > _LAST_YEAR or named_otherwise(text, match.start()):
        return
    long_dash = match["sep"].strip() in _LONG_DASHES and preceded(text, match.start(), "lead")
    if last != first + 1 and (slash or (short and not long_dash)):
        return
    if worded_link and not _spans(text, match):
        return
    begin, end = (_year_or_part(match, year, part) for year, part in ((first, "part"), (last, "part2")))
    yield fixed(match, lambda: cal.through(begin, end), 0.9 if short and not slash else 1.0, ranged=True)


def _spans(text: str, match: Match) -> bool:
    """Whether the word between two years makes a span of them: "to", or "and" behind "between"."""
    meanings = set(links()[text[match.start("sep") : match.end("sep")].strip().casefold()].values())
    return "to" in meanings or preceded(text, match.start(), "between") is not None


def _year_or_part(match: Match, year: int, part: str) -> Span:
    whole = cal.years(year, year)
    return cal.part(whole, value_of(match[part], "part")) if match[part] else whole


def _year_part(match: Match, text: str, _: str) -> Mentions:
    span, third = cal.years(int(match["y1"]), int(match["y1"])), value_of(match["part"], "part")
    deadline = text[match.start() : match.start() + 3].casefold() == "end" and preceded(text, match.start(), "by")
    yield fixed(match, lambda: span if deadline else cal.part(span, third))


@cache
def _unit_words() -> re.Pattern[str]:
    names = {n for row in resources.rows("units.csv") for n in row["names"].split("|") if len(n) > 1 or n.isascii()}
    return re.compile(
        rf"\s?(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)|\s+\w+\s+of\b", re.I
    )


_NUMBERED = re.compile(r"\d\s*\($")
"""A bracket behind a number: "resolution 1244 (1999)"."""


def _lone_year(match: Match, text: str, kind: str) -> Mentions:
    year, start = int(match["y1"]), match.start("y1")
    if named_otherwise(text, start) or _unit_words().match(text, match.end()):
        return
    span = cal.years(year, year)
    before = text[max(0, start - 24) : start]
    if _NUMBERED.search(before):
        return
    leads = _YEAR_LEAD.search(before) or any(preceded(text, start, role) for role in ("since", "until", "about"))
    ends_head = kind in _HEAD_KINDS and start > 0 and not text[match.end() :].strip(" .:)")
    if (leads and start) or ends_head or _heads_column(text, match, kind):
        yield fixed(match, lambda: span, 1.0 if leads else 0.95)


def _heads_column(text: str, match: Match, kind: str) -> bool:
    """Whether a year is a whole cell of the first row of a table."""
    return kind == "table" and is_cell(text, *match.span("y1")) and "\n" not in text[: match.start()]


_READERS: dict[str, Callable[[Match, str, str], Mentions]] = {
    "quarters": _quarters,
    "year_quarter": _quarters,
    "quarter": _quarter,
    "quarter_number": _quarters,
    "quarter_code": _quarter_code,
    "half_code": _half,
    "half": _half,
    "months_of": _months_of,
    "season": _season,
    "season_alone": _season,
    "fiscal": _fiscal,
    "week": _week,
    "decade": _decade,
    "year_range": _year_range,
    "year_part": _year_part,
    "year": _lone_year,
}
