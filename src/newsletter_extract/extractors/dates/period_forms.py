"""How whole periods are written: patterns of quarters, halves, seasons, weeks and years over the shadow of a text."""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract.extractors.dates.words import marks

_YEAR = r"(?:19|20)\d\d"
_DASH = r"\s*[-–—−‐]\s*"


@cache
def worded() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Form name, signs one of which a shadow has to hold, and pattern; the more specific first."""
    the, of, year_word, link = marks("the"), marks("of"), marks("year"), marks("link")
    small = rf"(?:[\s,]*[{the}{of}{year_word}]+)*"
    to = rf"(?:{_DASH}|\s+{link}+\s+)"
    joint = rf"(?:{to}|\s?[&/]\s?)"
    ordinal = rf"{marks('ordinal', 99)}+|(?:IV|I{{1,3}})\.?|[1-4](?:st|nd|rd|th|er|[º°.])"
    fiscal = rf"(?:\bF\.?(?:Y|{link})\.?|(?:[Ff]iscal|[Ff]inancial|[Bb]udget|F(?:ISCAL|INANCIAL))(?:\s+{year_word}+)?)"
    quarter, half, season = f"{marks('quarter')}+s?", f"{marks('half')}+(?:[\\s-]{year_word}+)?", marks("season", 4)
    forms = {
        "quarters": rf"""
            (?<!\w)(?:Q(?P<q1>[1-4])(?:(?P<sep>{joint})Q?(?P<q2>[1-4]))?|(?P<q3>[1-4])Q)[\s/,-]{{0,3}}{small}\s?
            (?:(?P<y1>{_YEAR})|[’'](?P<short>\d\d))(?!\d)""",
        "year_quarter": rf"(?<![\w/])(?P<y1>{_YEAR})[\s/,-]{{0,3}}(?:Q(?P<q1>[1-4])|(?P<q3>[1-4])Q)(?!\w)",
        "quarter": rf"""
            (?<!\w)(?:(?P<o0>{ordinal})(?P<sep>{joint})(?:{the}+\s+)?)?(?P<o>{ordinal})\s+{quarter}(?:\s\([^()\n]{{3,30}}\))?
            (?:{small}[\s,/]+(?P<y1>{_YEAR})(?!\w))?""",
        "quarter_number": rf"{quarter}\s+(?P<q1>[1-4]){small}[\s,/]+(?P<y1>{_YEAR})(?!\d)",
        "quarter_code": r"(?<!\w)Q(?P<q1>[1-4])(?!\w)",
        "half_code": rf"(?<!\w)(?:H(?P<h1>[12])|(?P<h2>[12])H)[\s/,-]{{0,3}}(?P<y1>{_YEAR})(?!\d)",
        "half": rf"(?<!\w)(?P<o>{ordinal})[\s-]+{half}(?:{small}[\s,/]+(?P<y1>{_YEAR})(?!\w)|{small}\s+{year_word}+)",
        "months_of": rf"""
            (?P<o>{marks("ordinal", 99)}+)\s+(?P<count>[a-z]+|\d\d?)\s+(?P<unit>months|{quarter}){small}\s+
            (?:(?P<y1>{_YEAR})(?!\d)|{year_word}+)""",
        "season": rf"""
            (?P<season>{season}+)(?:\s?[/–-]\s?(?P<season2>{season}+))?(?:[\s,]+{small}\s*(?P<y1>{_YEAR})(?:[/–-](?P<y2>\d\d|{_YEAR}))?(?!\d))""",
        "season_alone": rf"""
            (?<!\w)(?:{of}+|{the}+|[Ii]n|[Tt]his|[Ll]ast|[Nn]ext|[Ss]ince|[Dd]uring|[Ff]or)\s+(?:{the}+\s+)?
            (?P<season>{season}+)(?![\s,]+\d)""",
        "fiscal": rf"""
            (?P<first>{fiscal}\s?
            (?:(?P<y1>{_YEAR})(?:\s?[/–-]\s?(?P<y2>(?:20)?\d\d))?|(?P<short>\d\d)(?:[/–-](?P<short2>\d\d))?)(?!\d))
            (?:\s+{link}+\s+(?P<y3>{_YEAR})(?!\d))?""",
        "fiscal_after": rf"(?P<first>(?<![\w/.-])(?P<y1>{_YEAR})(?:\s?[/–-]\s?(?P<y2>(?:20)?\d\d))?\s+{fiscal})(?!\w)",
        "week": rf"(?:{marks('week')}+|\bCW|\bKW)\s+(?:[Nn]o\.?\s*)?(?P<w>[0-5]?\d)"
        rf"(?:\s*[,/]\s*|{small}\s+)(?P<y1>{_YEAR})(?!\d)",
        "decade": rf"(?:(?P<part>{marks('part', 3)}+)[\s-]+)?(?<!\d)(?P<y1>(?:19|20)\d0)s(?!\w)",
        "year_range": rf"""
            (?:(?P<part>{marks("part", 3)}+)[\s-]+{small}\s*)?(?<![\w/.,-])(?P<y1>{_YEAR})(?P<sep>{to}|/)(?:{the}+\s+)?
            (?:(?P<part2>{marks("part", 3)}+)[\s-]+{small}\s*)?(?P<y2>{_YEAR}|\d\d)(?![\d/-]|[.,]\d|\s?%)""",
        "year_part": rf"(?P<part>{marks('part', 3)}+)[\s-]+{small}\s*(?P<y1>{_YEAR})(?![\d/])",
        "year": rf"(?<![\w/.,’'-])(?<![$€£#]\s)(?P<y1>{_YEAR})(?![\d/%-]|[.,]\d|\s?[%€$£°]|:\d)",
    }
    century, fiscal_signs = ("19", "20"), ("FY", "F.", "iscal", "ISCAL", "inancial", "INANCIAL", "udget")
    signs = {
        "quarters": ("Q",),
        "year_quarter": ("Q",),
        "quarter": tuple(marks("quarter")),
        "quarter_number": tuple(marks("quarter")),
        "quarter_code": ("Q",),
        "half_code": ("H1", "H2", "1H", "2H"),
        "half": tuple(marks("half")),
        "months_of": ("months", marks("quarter")),
        "season": _chars("season", 4),
        "season_alone": _chars("season", 4),
        "fiscal": fiscal_signs,
        "fiscal_after": fiscal_signs,
        "week": (marks("week"), "CW", "KW"),
        "decade": ("0s",),
        "year_range": century,
        "year_part": _chars("part", 3),
        "year": century,
    }
    return tuple((name, signs[name], re.compile(form, re.VERBOSE)) for name, form in forms.items())


def _chars(role: str, last: int) -> tuple[str, ...]:
    return tuple(chr(ord(marks(role)) + k) for k in range(last + 1))
