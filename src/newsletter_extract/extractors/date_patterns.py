"""The forms in which bulletins write dates, as named regular expressions made of named parts."""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract import resources

YEAR = r"(?:19|20)\d\d"
DASH = r"(?:\s*[-–—−‐]\s*|\s+(?:to|until|till|through)\s+)"
_DAY = r"(?<![\d.,/:])(?:[0-3]?\d)(?:st|nd|rd|th)?(?![\d])"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?"
_ITEM = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")


@cache
def month_numbers() -> dict[str, int]:
    """Folded month names and abbreviations → 1 to 12."""
    return {row["name"]: int(row["month"]) for row in resources.rows("months.csv")}


@cache
def english_months() -> frozenset[str]:
    """English month names of more than three letters: only they may stand without day and year."""
    return frozenset(
        row["name"]
        for row in resources.rows("months.csv")
        if row["language"] == "en" and (len(row["name"]) > 3 or row["name"] == "may")
    )


def month_number(text: str) -> int:
    return month_numbers()[text.rstrip(".").casefold()]


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Form name → pattern, the more specific first."""
    names = "|".join(re.escape(n) for n in sorted(month_numbers(), key=len, reverse=True))
    month = rf"(?:(?i:{names})(?![^\W\d_]))\.?"
    of = r"\.?(?:\s+of|\s*de)?\s*"
    forms = {
        "day_month_range": rf"""
            (?P<d1>{_DAY}){of}(?P<m1>{month})(?:,?\s+(?P<y1>{YEAR}))?(?P<sep>{DASH}|\s+and\s+)
            {_WEEKDAY}(?P<d2>{_DAY}){of}(?P<m2>{month})(?:,?\s+(?P<y2>{YEAR}))?(?!\d)""",
        "days_month": rf"""
            (?P<days>{_DAY}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s*/\s*|{DASH}){_DAY}){{1,6}}){of}(?P<m1>{month})
            (?:,?\s+(?P<y1>{YEAR}))?(?!\d)""",
        "day_month": rf"(?P<d1>{_DAY}){of}(?P<m1>{month})(?:,?\s+(?P<y1>{YEAR})|\s+(?P<yy>[’'‘]\d\d))?(?!\d)",
        "month_day_range": rf"""
            (?P<m1>{month})\s+(?P<d1>{_DAY})(?:,\s+(?P<y1>{YEAR}))?{DASH}(?P<m2>{month})\s+(?P<d2>{_DAY}),?\s+
            (?P<y2>{YEAR})(?!\d)""",
        "month_days": rf"""
            (?P<m1>{month})\s+(?P<days>{_DAY}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|{DASH}){_DAY}){{0,6}})
            ,?\s+(?P<y1>{YEAR})(?!\d)""",
        "month_day": rf"(?P<m1>{month})\s+(?P<d1>{_DAY})(?:{DASH}(?P<d2>{_DAY}))?(?![\d.,]*\d)"
        r"(?!\s+(?:kg|g|t|pieces)\b)",
        "iso": r"(?<![\d/-])(?P<y1>(?:19|20)\d\d)-(?P<n1>[01]\d)-(?P<d1>[0-3]\d)(?![\d-])",
        "numeric": rf"(?<![\d/.,-])(?P<n1>\d{{1,2}})(?P<mark>[/.-])(?P<n2>\d{{1,2}})(?P=mark)"
        rf"(?P<y1>{YEAR}|\d\d)(?![\d/-]|[.,]\d)",
        "months": rf"""
            (?P<m1>{month})(?:\s+(?P<y1>{YEAR}))?(?P<middle>(?:\s*,\s*{month})*)(?P<sep>{DASH}|\s+and\s+|\s*,?\s+and\s+|\s*/\s*)
            (?P<m2>{month})\s+(?P<y2>{YEAR})(?!\d)""",
        "month": rf"(?:(?P<part>(?i:early|mid|late|(?:the\s+)?(?:beginning|start|middle|end)\s+of)[\s-]+))?"
        rf"(?P<m1>{month})(?:,?\s+(?:of\s+)?(?P<y1>{YEAR}))(?!\d)",
        "quarter": rf"(?:(?P<q>Q[1-4])[\s/-]?(?P<y1>{YEAR})|(?P<y2>{YEAR})[\s/-]?(?P<q2>[Qq][1-4])|"
        rf"(?i:(?P<o>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+quarter)(?:\s+of|,)?(?:\s+the\s+year)?\s+(?P<y3>{YEAR}))(?!\d)",
        "half": rf"(?i:(?P<o>first|second|1st|2nd|last)\s+half)(?:\s+of)?(?:\s+the\s+year)?\s+(?P<y1>{YEAR})(?!\d)",
        "season": rf"(?i:(?P<season>spring|summer|autumn|winter))(?:\s+of)?\s+(?P<y1>{YEAR})(?!\d)",
        "fiscal": rf"(?:FY|fiscal\s+year|financial\s+year)\s*(?P<y1>{YEAR})\s?[/-]\s?(?P<y2>(?:20)?\d\d)(?!\d)",
        "year_range": rf"(?<![\d/.,-])(?P<y1>{YEAR})\s*[-–—‐]\s*(?P<y2>{YEAR})(?![\d/-])",
        "year_part": rf"(?P<part>(?i:early|mid|late)[\s-]+)(?P<y1>{YEAR})(?![\d/])",
        "since_year": rf"(?i:since)\s+(?P<y1>{YEAR})(?![\d/-])",
        "year": rf"(?<=\s)(?P<y1>{YEAR})(?![\d/%-]|[.,]\d)(?!\s*[^\W\d]+\s+of\b)",
        "month_alone": rf"(?:(?P<part>(?i:early|mid|late)[\s-]+))?(?P<m1>{month})",
        "relative": r"(?i:the\s+(?P<word>same|next|following)\s+day)",
    }
    return tuple((name, re.compile(form, re.VERBOSE)) for name, form in forms.items())


def day_items(text: str) -> list[tuple[int, int, int, str]]:
    """The days of a list such as "12 and 14": start and end in the text, the day, and the mark before it."""
    items, last = [], 0
    for match in _ITEM.finditer(text):
        items.append((match.start(), match.end(), int(match[1]), text[last : match.start()].strip()))
        last = match.end()
    return items
