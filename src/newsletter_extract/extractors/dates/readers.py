"""All dates of a block, whatever their form, before the context supplies what they leave unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.digits import find_in_digits
from newsletter_extract.extractors.dates.mentions import Habits, Mention, blotted
from newsletter_extract.extractors.dates.periods import find_periods
from newsletter_extract.extractors.dates.relatives import find_relatives
from newsletter_extract.extractors.dates.runs import find_runs
from newsletter_extract.extractors.dates.words import preceded, shadow
from newsletter_extract.extractors.spans import Spans

_ONWARDS = re.compile(r"\s+(?:on(?:wards?)?|forwards?|to\s+date|to\s+the\s+present|until\s+now)\b(?!\s+\d)")
_SINCE_WHAT = re.compile(r"\bsince\s+(?:[^\W\d_]+\s+){1,6}(?:in|on)\s+(?:the\s+)?$", re.I)
""" "since its launch in 2016", "since the fiscal year began on 1 October 2020"."""
_SINCE_REACH = 60
_FROM = re.compile(r"\bfrom\s+$", re.I)


def find_mentions(text: str, habits: Habits, kind: str = "paragraph") -> list[Mention]:
    """Mentions of one block, in order; a more specific form keeps a vaguer one from its words."""
    found = find_in_digits(text, habits)
    shade = shadow(blotted(text, found), habits.languages)
    named = list(find_runs(text, shade, habits.languages))
    periods, shade = find_periods(text, blotted(shade, named), kind)
    wide = Spans((p.start, p.end) for p in periods)
    named = [m for m in named if not wide.overlaps(m.start, m.end)]  # "second quarter (April–June) of 2016" is one
    found = [*found, *_days_before(text, [*found, *named]), *named, *periods]
    found = _same_year(text, [*found, *find_relatives(text, shade)])
    found = [_opened(text, _without_stop(text, m)) for m in found]
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


def _without_stop(text: str, mention: Mention) -> Mention:
    """A full stop after the last word ends the sentence, not the date."""
    end = mention.end
    while end > mention.start + 1 and text[end - 1] in ".,":
        end -= 1
    return replace(mention, end=end) if end < mention.end else mention


def _opened(text: str, mention: Mention) -> Mention:
    """ "since", "until" and "by the end of" before a date leave its other end open; "around" makes it a guess."""
    make = mention.make
    if mention.ranged or mention.relative:
        return mention
    lead = preceded(text, mention.start, "since")
    if lead:
        return replace(mention, start=lead.start(), make=lambda y: cal.since(make(y)))
    if _FROM.search(text, max(0, mention.start - 6), mention.start) and _ONWARDS.match(text, mention.end):
        return replace(mention, make=lambda y: cal.since(make(y)))
    lead = _SINCE_WHAT.search(text, max(0, mention.start - _SINCE_REACH), mention.start)
    if lead:
        return replace(mention, make=lambda y: cal.since(make(y)))
    lead = preceded(text, mention.start, "until")
    if lead:
        return replace(mention, start=lead.start(), make=lambda y: cal.until(make(y)))
    lead = preceded(text, mention.start, "by")
    if lead and re.match(r"end\b", text[mention.start : mention.start + 4], re.I):
        if lead[0].casefold().startswith("before"):
            return replace(mention, make=lambda y: _last_day(make(y)))
        return replace(mention, start=lead.start(), make=lambda y: cal.until(_whole_month(make(y))))
    if preceded(text, mention.start, "about"):
        return replace(mention, make=lambda y: cal.around(make(y)))
    return mention


def _last_day(span: Span) -> Span:
    return cal.days(span.end, span.end) if span.end else span


def _whole_month(span: Span) -> Span:
    """The month of which the span is the end, others as they are."""
    if span.precision != "day" or span.end is None:
        return span
    return cal.months(span.end.year, span.end.month, span.end.year, span.end.month)
