"""Dates told by another date: "the same day", "last month", "two weeks later", "on Tuesday"."""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.mentions import BLOT, Mention, Mentions, Relative
from newsletter_extract.extractors.dates.words import marks, number_words, value_of


@cache
def _relative_words() -> tuple[re.Pattern[str], dict[str, Relative]]:
    table = {
        word: Relative(row["unit"], int(row["offset"]), row["anchor"])
        for row in resources.rows("relative_dates.csv")
        for word in row["words"].split("|")
    }
    names = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-]|['’]s\s+eve)", re.I), table


_AWAY = re.compile(
    r"(?P<unit>day|week|month|year)s?\s+(?P<side>later|earlier|before|after|afterwards)\b"
    r"(?!,?\s+(?:the|a|an|he|she|it|they|being|having|\w+ing|on|in)\b)",
    re.I,
)
_COUNT = re.compile(r"(?:(?<=\s)|^)(?P<count>\d{1,2}|[^\W\d_]+)\s+$")
_COUNT_REACH = 14
_SIGN = re.compile(
    r"day|onth|year|eek|quarter|morrow|night|morning|después|ano\b|año|ann[ée]e|d[ií]a\b|jour|dana", re.I
)
"""What every date that is told by another holds."""
_ON_WEEKDAY = re.compile(r"\b(?P<lead>on|last|next|this past)\s+(?P<day>[^\W\d_]+day)\b(?!,?\s+\d)", re.I)


def find_relatives(text: str, shade: str) -> Mentions:
    """Dates told by another date; `shade` has blots where dates were found."""
    if not _SIGN.search(text):
        return
    pattern, table = _relative_words()
    last = 0
    for match in pattern.finditer(text):
        if BLOT not in shade[match.start() : match.end()]:
            last = match.end()
            yield _relative(match.start(), match.end(), table[match[0].casefold()])
    for match in _AWAY.finditer(text):
        number = _COUNT.search(text, max(0, match.start() - _COUNT_REACH), match.start())
        if number is None or match.start() < last:
            continue
        word = number["count"].casefold()
        count = int(word) if word.isdigit() else 1 if word == "a" else number_words().get(word, 0)
        sign = 1 if match["side"].casefold() in {"later", "after", "afterwards"} else -1
        if count:
            unit, rough = match["unit"].casefold(), match["unit"].casefold() != "day"
            unit, count = ("day", 7 * count) if unit == "week" else (unit, count)
            relative = Relative(unit, sign * count, "before", rough)
            yield _relative(number.start("count"), match.end(), relative)
    for match in _ON_WEEKDAY.finditer(text) if re.search(marks("weekday", 7), shade) else ():
        if BLOT in shade[match.start() : match.end() + 3]:
            continue
        mark = shade[match.start("day")]
        if mark != text[match.start("day")]:
            lead = match["lead"].casefold()
            step = 1 if lead == "next" else 0 if lead == "on" else -1
            relative = Relative("day", step, "now", weekday=value_of(mark, "weekday"))
            yield _relative(match.start(), match.end(), relative)


def _relative(start: int, end: int, relative: Relative) -> Mention:
    return Mention(start, end, _unplaced, has_year=False, relative=relative)


def _unplaced(_year_number: int) -> Span:
    raise AssertionError("a relative date is made from the one it counts from")
