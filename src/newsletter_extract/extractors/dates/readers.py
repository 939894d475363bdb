"""All dates of a block, whatever their form, before the context supplies what they leave unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.digits import find_in_digits
from newsletter_extract.extractors.dates.eras import in_common_era
from newsletter_extract.extractors.dates.mentions import Habits, Mention, blotted
from newsletter_extract.extractors.dates.periods import find_periods
from newsletter_extract.extractors.dates.relatives import find_relatives
from newsletter_extract.extractors.dates.runs import find_runs
from newsletter_extract.extractors.dates.words import preceded, shadow, words_of
from newsletter_extract.extractors.spans import Spans

_ONWARDS = re.compile(r"\s+(?:on(?:wards?)?|forwards?|to\s+date|to\s+the\s+present|until\s+now)\b(?!\s+\d)")
_SINCE_WHAT = re.compile(r"\bsince\s+(?:[^\W\d_]+\s+){1,6}(?:in|on)\s+(?:the\s+)?$", re.I)
""" "since its launch in 2016", "since the fiscal year began on 1 October 2020"."""
_SINCE_REACH = 60
_FROM = re.compile(r"\bfrom\s+$", re.I)


def find_mentions(text: str, habits: Habits, kind: str = "paragraph") -> list[Mention]:
    """Mentions of one block, in order; a more specific form keeps a vaguer one from its words."""
    text = in_common_era(text)
    found = find_in_digits(text, habits)
    shade = shadow(blotted(text, found), habits.languages)
    named = list(find_runs(text, shade, habits.languages))
    periods, shade = find_periods(text, blotted(shade, named), kind)
    wide = Spans((p.start, p.end) for p in periods)
    named = [m for m in named if not wide.overlaps(m.start, m.end)]  # "second quarter (April–June) of 2016" is one
    found = [*found, *_days_before(text, [*found, *named]), *named, *periods]
    found = _same_year(text, [*found, *find_relatives(text, shade)])
    found = _explained(
        text, _nights(text, sorted((_without_stop(text, m) for m in found), key=lambda m: (m.start, m.end)))
    )
    found = [_opened(text, m) for m in found]
    return sorted(found, key=lambda m: (m.start, m.end))


_DAY_BEFORE = re.compile(
    r"(?<!\w)(?P<lead>on|le|el|em|am)\s+(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?:and|then|et|y|e|und)\s+"
    r"(?:(?!\d)\w+\s+){1,4}(?P=lead)\s+(?:the\s+)?$",
    re.I,
)
_DAY_REACH = 70


def _days_before(text: str, mentions: list[Mention]) -> Iterator[Mention]:
    """The first day of "arrested on 16 and charged on 19 November 2021", whose month stands with the second."""
    for mention in mentions:
        before = _DAY_BEFORE.search(text, max(0, mention.start - _DAY_REACH), mention.start)
        if before and not mention.ranged:
            yield replace(
                mention, start=before.start("day"), end=before.end("day"), make=_on_day(mention, int(before["day"]))
            )


def _on_day(mention: Mention, number: int) -> Callable[[int], Span]:
    """The day of that number in the month of a mention."""

    def make(year: int) -> Span:
        month = mention.make(year).start
        there = cal.day(month.year, month.month, number) if month else None
        if there is None or month is None or there > month:
            raise cal.ImpossibleDate(str(number))
        return cal.days(there, there)

    return make


_OF = re.compile(r"\s+(?:of|do|del|de|de la)\s+", re.I)


def _same_year(text: str, mentions: list[Mention]) -> list[Mention]:
    """ "2 March of the same year": one date, whose year the context tells, and not a date and a year."""
    result: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        last = result[-1] if result else None
        whole_year = mention.relative and (mention.relative.unit, mention.relative.offset) == ("year", 0)
        if last and whole_year and not last.has_year and _OF.fullmatch(text, last.end, mention.start):
            result[-1] = replace(last, end=mention.end)
        else:
            result.append(mention)
    return result


def _nights(text: str, mentions: list[Mention]) -> list[Mention]:
    """Two days that parts of them join: "between the evening of 3 May and the morning of 4 May", "from 2200 on …"."""
    result: list[Mention] = []
    for mention in mentions:
        last = result[-1] if result else None
        if last and _is_one_night(text, last, mention):
            result[-1] = replace(mention, start=last.start, make=_from_to(last, mention), ranged=True)
        else:
            result.append(mention)
    return result


def _is_one_night(text: str, first: Mention, last: Mention) -> bool:
    if first.ranged or first.relative or last.ranged or last.relative:
        return False
    gap = _part_between().fullmatch(text, first.end, last.start)
    lead = _part_before().search(text, max(0, first.start - _PART_REACH), first.start) if gap else None
    if gap is None or lead is None:
        return False
    return gap["link"] != "and" or lead["lead"].casefold() == "between"


_PART_REACH = 40


@cache
def _part_of_day() -> str:
    words = "|".join(sorted(words_of("daypart"), key=len, reverse=True))
    return rf"(?:the\s+)?(?:(?:{words})\s+of\s+|[0-2]?\d[:.h]?[0-5]\d\s?(?:hrs?|hours|h)?\s+on\s+)(?:the\s+)?"


@cache
def _part_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<lead>between|from)\s+{_part_of_day()}$", re.I)


@cache
def _part_between() -> re.Pattern[str]:
    return re.compile(rf"\s+(?P<link>and|to|until|till)\s+{_part_of_day()}", re.I)


def _from_to(first: Mention, last: Mention) -> Callable[[int], Span]:
    """From one day to another, whose year holds for both, but over the turn of the year."""

    def make(year: int) -> Span:
        end = last.make(year).end
        begin = first.make(end.year).start if end else None
        if begin and end and begin > end and not first.has_year:
            begin = first.make(end.year - 1).start
        if begin is None or end is None:
            raise cal.ImpossibleDate("a day without its end")
        return cal.days(begin, end)

    return make


_OPEN_BRACKET = re.compile(r"\s?[(\[]")


def _explained(text: str, mentions: list[Mention]) -> list[Mention]:
    """Mentions, with a season or a fiscal year as the days that a bracket behind it gives."""
    result = list(mentions)
    for k, (mention, inside) in enumerate(pairwise(mentions)):
        if text[inside.end : inside.end + 1] not in {")", "]"} or not (mention.has_year and inside.has_year):
            continue
        if _OPEN_BRACKET.fullmatch(text, mention.end, inside.start) and _is_rough(mention):
            result[k] = replace(mention, make=inside.make, explained=True)
    return result


def _is_rough(mention: Mention) -> bool:
    try:
        return mention.make(0).approximate
    except cal.ImpossibleDate:
        return False


def _without_stop(text: str, mention: Mention) -> Mention:
    """A full stop after the last word ends the sentence, not the date."""
    end = mention.end
    while end > mention.start + 1 and text[end - 1] in ".,":
        end -= 1
    return replace(mention, end=end) if end < mention.end else mention


def _opened(text: str, mention: Mention) -> Mention:
    """ "since", "until" and "by the end of" before a date leave its other end open; "around" makes it a guess.

    "Until 5 March" names the day on which something ends, as "by 5 March" does, and no time without a beginning; so
    does "since May, when …", which tells of what was then.
    """
    make = mention.make
    if mention.ranged or mention.relative:
        return mention
    lead = preceded(text, mention.start, "since")
    if lead and _WHEN.match(text, mention.end):
        return mention
    if lead:
        return replace(mention, start=lead.start(), make=lambda y: cal.since(make(y)))
    if _FROM.search(text, max(0, mention.start - 6), mention.start) and _ONWARDS.match(text, mention.end):
        return replace(mention, make=lambda y: cal.since(make(y)))
    lead = _SINCE_WHAT.search(text, max(0, mention.start - _SINCE_REACH), mention.start)
    if lead:
        return replace(mention, make=lambda y: cal.since(make(y)))
    lead = preceded(text, mention.start, "until")
    if lead:
        return mention if _is_one_day(make) else replace(mention, start=lead.start(), make=lambda y: cal.until(make(y)))
    lead = preceded(text, mention.start, "by")
    if lead and re.match(r"end\b", text[mention.start : mention.start + 4], re.I):
        if lead[0].casefold().startswith("before"):
            return replace(mention, make=lambda y: _last_day(make(y)))
        return replace(mention, start=lead.start(), make=lambda y: cal.until(_whole_month(make(y))))
    if preceded(text, mention.start, "about"):
        return replace(mention, make=lambda y: cal.around(make(y)))
    return mention


_WHEN = re.compile(r",?\s+(?:when|in\s+which)\b")
_SOME_YEAR = 2020
"""A leap year, which has every day."""


def _is_one_day(make: Callable[[int], Span]) -> bool:
    try:
        span = make(_SOME_YEAR)
    except cal.ImpossibleDate:
        return False
    return span.start is not None and span.start == span.end


def _last_day(span: Span) -> Span:
    return cal.days(span.end, span.end) if span.end else span


def _whole_month(span: Span) -> Span:
    """The month of which the span is the end, others as they are."""
    if span.precision != "day" or span.end is None:
        return span
    return cal.months(span.end.year, span.end.month, span.end.year, span.end.month)
