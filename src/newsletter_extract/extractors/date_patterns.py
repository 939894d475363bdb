"""Dates without a named month, as named regular expressions: in digits, and quarters, seasons, weeks, years.

Patterns of `NUMERIC` are for the text itself, those of `worded` for its shadow (`date_words`).
"""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract.extractors.date_words import marks

YEAR = r"(?:19|20)\d\d"
_DASH = r"\s*[-–—−‐]\s*"
_START = r"(?<![\w/])(?<!\d[.,:’'-])(?<![^\W\d]-)(?<!\d\s)"
_STOP = r"(?![\d/°-]|[.,]\d|:\d|%|\s?[€$£°])"

NUMERIC: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.VERBOSE))
    for name, form in {
        "iso": rf"(?<![\w/-])(?P<y1>{YEAR})-(?P<n1>[01]\d)-(?P<d1>[0-3]\d)"
        rf"(?:(?:/|\s+to\s+|\s[–—-]\s)(?P<y2>{YEAR})-(?P<n2>[01]\d)-(?P<d2>[0-3]\d))?(?![\d/-])",
        "year_first": rf"(?<![\w/.-])(?P<y1>{YEAR})(?P<mark>[/.])(?P<n1>[01]?\d)(?P=mark)"
        rf"(?P<d1>[0-3]?\d)(?![\d/-]|[.,]\d)",
        "written": rf"(?P<y1>{YEAR})\s?[年년]\s?(?P<n1>[01]?\d)\s?[月월]\s?(?P<d1>[0-3]?\d)\s?[日일]",
        "vietnamese": rf"(?<!\w)(?P<d1>[0-3]?\d)\s+tháng\s+(?P<n1>[01]?\d)(?:\s+năm|,)?\s+(?P<y1>{YEAR})(?!\d)",
        "numeric_range": rf"""
            {_START}(?P<n1>[0-3]?\d)(?P<mark>[/.-])(?P<n2>[0-3]?\d)(?:(?P=mark)(?P<y1>{YEAR}|\d\d)|\.)?
            (?:{_DASH}|\s+(?:to|al|au|bis|do|a)\s+)
            (?P<n3>[0-3]?\d)(?P=mark)(?P<n4>[0-3]?\d)(?P=mark)\s?(?P<y2>{YEAR}|\d\d)\.?{_STOP}""",
        "numeric_days": rf"""
            {_START}(?P<d1>[0-3]?\d)\.?{_DASH}(?P<n1>[0-3]?\d)(?P<mark>[/.])(?P<n2>[01]?\d)(?P=mark)\s?(?P<y1>{YEAR}){_STOP}""",
        "numeric": rf"""
            {_START}(?P<n1>\d{{1,2}})(?P<mark>[/.-]|\.\s)(?P<n2>\d{{1,2}})(?P=mark)(?P<y1>{YEAR}|\d\d){_STOP}""",
        "roman": rf"""
            {_START}(?P<d1>[0-3]?\d)(?P<mark>[/.-]\s?|\s)(?P<n1>I{{1,3}}|IV|VI{{0,3}}|IX|XI{{0,2}})(?P=mark)(?P<y1>{YEAR}){_STOP}""",
        "iso_month": rf"(?<![\w/.-])(?P<y1>{YEAR})-(?P<n1>0[1-9]|1[0-2])(?![\w/.-])",
        "numeric_month": rf"(?<![\w/.,:-])(?P<n1>0?[1-9]|1[0-2])[/.](?P<y1>{YEAR})(?![\d/-]|[.,]\d)",
        "iso_week": rf"(?<![\w/-])(?P<y1>{YEAR})-?W(?P<w>[0-5]\d)(?![\w-])",
    }.items()
)


@cache
def worded() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Form name → pattern for shadows, the more specific first."""
    the, of, year_word = marks("the"), marks("of"), marks("year")
    small = rf"(?:[\s,]*[{the}{of}{year_word}]+)*"
    to = rf"(?:{_DASH}|\s+{marks('link')}+\s+)"
    ordinal = rf"(?P<o>{marks('ordinal', 99)}+|(?:IV|I{{1,3}})\.?|[1-4](?:st|nd|rd|th|er|[º°.]))"
    quarter, half, season = f"{marks('quarter')}+s?", f"{marks('half')}+(?:[\\s-]{year_word}+)?", marks("season", 4)
    forms = {
        "quarters": rf"""
            (?<!\w)(?:Q(?P<q1>[1-4])(?:{to}Q?(?P<q2>[1-4]))?|(?P<q3>[1-4])Q)[\s/,-]{{0,3}}{small}\s?
            (?:(?P<y1>{YEAR})|[’'](?P<short>\d\d))(?!\d)""",
        "year_quarter": rf"(?<![\w/])(?P<y1>{YEAR})[\s/,-]{{0,3}}(?:Q(?P<q1>[1-4])|(?P<q3>[1-4])Q)(?!\w)",
        "quarter": rf"(?<!\w){ordinal}\s+{quarter}(?:{small}[\s,/]+(?P<y1>{YEAR})(?!\d))?",
        "quarter_number": rf"{quarter}\s+(?P<q1>[1-4]){small}[\s,/]+(?P<y1>{YEAR})(?!\d)",
        "half_code": rf"(?<!\w)(?:H(?P<h1>[12])|(?P<h2>[12])H)[\s/,-]{{0,3}}(?P<y1>{YEAR})(?!\d)",
        "half": rf"(?<!\w){ordinal}[\s-]+{half}(?:{small}[\s,/]+(?P<y1>{YEAR})(?!\d)|{small}\s+{year_word}+)",
        "months_of": rf"""
            (?P<o>{marks("ordinal", 99)}+)\s+(?P<count>[a-z]+|\d\d?)\s+months{small}\s+
            (?:(?P<y1>{YEAR})(?!\d)|{year_word}+)""",
        "season": rf"""
            (?P<season>{season}+)(?:[\s,]+{small}\s*(?P<y1>{YEAR})(?:[/–-](?P<y2>\d\d|{YEAR}))?(?!\d))""",
        "season_alone": rf"""
            (?<!\w)(?:{of}+|{the}+|[Ii]n|[Tt]his|[Ll]ast|[Nn]ext|[Ss]ince|[Dd]uring|[Ff]or)\s+(?:{the}+\s+)?
            (?P<season>{season}+)(?![\s,]+\d)(?!\s+[^\W\d_]*(?:ing|time|school))""",
        "fiscal": rf"""
            (?:\bFY|(?:[Ff]iscal|[Ff]inancial|[Bb]udget|F(?:ISCAL|INANCIAL))\s+(?:{year_word}+\s+)?)\s?
            (?:(?P<y1>{YEAR})(?:\s?[/–-]\s?(?P<y2>(?:20)?\d\d))?|(?P<short>\d\d)(?:[/–-](?P<short2>\d\d))?)(?!\d)""",
        "week": rf"(?:{marks('week')}+|\bCW|\bKW)\s+(?:[Nn]o\.?\s*)?(?P<w>[0-5]?\d)"
        rf"(?:\s*[,/]\s*|{small}\s+)(?P<y1>{YEAR})(?!\d)",
        "decade": rf"(?:(?P<part>{marks('part', 3)}+)[\s-]+)?(?<!\d)(?P<y1>(?:19|20)\d0)s(?!\w)",
        "year_range": rf"""
            (?:(?P<part>{marks("part", 3)}+)[\s-]+{small}\s*)?(?<![\w/.,-])(?P<y1>{YEAR})(?P<sep>{to}|/)(?:{the}+\s+)?
            (?:(?P<part2>{marks("part", 3)}+)[\s-]+{small}\s*)?(?P<y2>{YEAR}|\d\d)(?![\d/-]|[.,]\d|\s?%)""",
        "year_part": rf"(?P<part>{marks('part', 3)}+)[\s-]+{small}\s*(?P<y1>{YEAR})(?![\d/])",
        "year": rf"(?<![\w/.,’'-])(?<![$€£#]\s)(?P<y1>{YEAR})(?![\d/%-]|[.,]\d|\s?[%€$£°]|:\d)",
    }
    return tuple((name, re.compile(form, re.VERBOSE)) for name, form in forms.items())
