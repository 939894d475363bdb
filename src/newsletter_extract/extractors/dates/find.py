"""Dates in text: every form, with what the context supplies where a date leaves it unsaid."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from newsletter_extract import resources
from newsletter_extract.document import Block, Notice
from newsletter_extract.extractors.dates.calendar_spans import ImpossibleDate, Span
from newsletter_extract.extractors.dates.context import Context, first_day, misses_weekday
from newsletter_extract.extractors.dates.digits import NUMERIC
from newsletter_extract.extractors.dates.mentions import Habits, Mention
from newsletter_extract.extractors.dates.readers import find_mentions
from newsletter_extract.extractors.dates.words import names
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.languages import language_of
from newsletter_extract.schema import DateSpan, Place
from newsletter_extract.settings import ExtractionSettings

_CONFIDENCE = {"day": 0.97, "month": 0.96, "quarter": 0.96, "year": 0.93}
_AMBIGUOUS = 0.55
_BY_CONTEXT = 0.85
"""An order of day and month that the place, the period or a weekday tells."""
_WRONG_WEEKDAY = 0.7
_DAY_FIRST = re.compile(r"\b(?:day/month|dd[/.-]mm)", re.I)
_MONTH_FIRST = re.compile(r"\b(?:month/day|mm[/.-]dd)", re.I)
_SHORT_YEAR = re.compile(
    r"\b(?:on|am|vom|dated|date:|dne|del)\s+\d\d?[.-]\d\d?[.-]\d\d(?![\d.,/-])"
    r"|(?:^|[|,]\s)[0-3]\d\.[01]\d\.\d\d\s?(?:[|–—]|:\s|,\s[A-Z])",
    re.I,
)
_WEEKDAY_BEFORE = re.compile(r"(?P<day>[^\W\d_]{3,}),?\s+(?:the\s+)?$")
_INSIDE, _NEAR_PERIOD = dt.timedelta(), dt.timedelta(days=31)


def find_dates(
    blocks: Sequence[Block],
    settings: ExtractionSettings,
    *,
    period: Span | None = None,
    usual_order: bool | None = None,
    told: Mapping[str, Span] | None = None,
) -> tuple[tuple[DateSpan, ...], tuple[Notice, ...]]:
    """Every date in reading order, and notices on impossible and ambiguous ones.

    `period` is that of the bulletin; `told` are words of seasons with what they mean in the document.
    `usual_order` says whether the day leads in numeric dates where the document is from (`order_of`); it is asked last.
    """
    habits = _learn_habits(blocks, settings)
    found = [(block, mention) for block in blocks for mention in find_mentions(block.text, habits, block.kind)]
    found = _as_explained(found, told or {})
    context = Context(period, first_day(found))
    dates: list[DateSpan] = []
    notices: list[Notice] = []
    for block, mention in found:
        context.enter(block)
        where = (block.page, block.id, mention.start, mention.end)
        text = block.text[mention.start : mention.end]
        try:
            reading = _read(block, mention, context, usual_order)
        except ImpossibleDate:
            notices.append(Notice("date_impossible", "warning", f"No calendar has the date {text!r}.", *where))
            continue
        if reading is None:
            continue
        span, sure, doubt = reading
        if doubt:
            notices.append(Notice("date_ambiguous", "warning", f"{text!r} {doubt}", *where))
        if misses_weekday(replace(mention, weekdays=_weekdays(block.text, mention)), span):
            message = f"{text!r} does not fall on the weekday that is written with it."
            notices.append(Notice("date_weekday_mismatch", "warning", message, *where))
            sure *= _WRONG_WEEKDAY
        context.note(mention, span)
        dates.append(date_of(block, mention, span, sure))
    return tuple(dates), tuple(notices)


def _as_explained(found: Sequence[tuple[Block, Mention]], told: Mapping[str, Span]) -> list[tuple[Block, Mention]]:
    """The mentions, with those whose words the document explains in another place as it does there."""
    known: dict[str, Callable[[int], Span]] = {
        b.text[m.start : m.end].casefold(): m.make for b, m in found if m.explained
    }
    known |= {words: partial(_always, span) for words, span in told.items()}
    if not known:
        return list(found)
    return [(b, replace(m, make=known.get(b.text[m.start : m.end].casefold(), m.make))) for b, m in found]


def _always(span: Span, _year: int) -> Span:
    return span


def order_of(places: Sequence[Place]) -> bool | None:
    """Whether the countries that a document names write the day first; None where it names none, or both sorts."""
    orders = _month_first_countries()
    counts = Counter(place.country in orders for place in places if place.country)
    first, second = counts[False], counts[True]
    return None if first == second else first > second


@cache
def _month_first_countries() -> frozenset[str]:
    return frozenset(row["country"] for row in resources.rows("date_orders.csv") if row["order"] == "month_first")


def _read(
    block: Block, mention: Mention, context: Context, usual_order: bool | None
) -> tuple[Span, float, str | None] | None:
    """The span, how sure it is, and the doubt that stays. Raises ImpossibleDate."""
    if not mention.has_year:
        placed = context.place(mention, block.text)
        return (placed.span, placed.sure * mention.sure, None) if placed else None
    span = mention.make(0)
    sure = _CONFIDENCE[span.precision] * mention.sure
    if mention.other is None:
        return span, sure, None
    other = mention.other(0)
    fits = _fitting(replace(mention, weekdays=_weekdays(block.text, mention)), (span, other), context, usual_order)
    if fits:
        return fits, _BY_CONTEXT, None
    return span, _AMBIGUOUS, f"is {span.edtf} with the day first, else {other.edtf}."


def _fitting(mention: Mention, readings: tuple[Span, Span], context: Context, usual_order: bool | None) -> Span | None:
    """The one of two readings that a weekday, the bulletin's period or the custom of the place speaks for."""
    tests: list[Callable[[Span], bool]] = []
    if any(mention.weekdays):
        tests.append(lambda span: not misses_weekday(mention, span))
    tests.append(lambda span: _is_near(span, context.period, _INSIDE))
    tests.append(lambda span: _is_near(span, context.period, _NEAR_PERIOD))
    for test in tests:
        left = [span for span in readings if test(span)]
        if len(left) == 1:
            return left[0]
    if usual_order is None:
        return None
    return readings[0] if usual_order else readings[1]


def _is_near(span: Span, period: Span | None, reach: dt.timedelta) -> bool:
    if not (period and period.start and period.end and span.start and span.end):
        return False
    return period.start - reach <= span.start and span.end <= period.end + reach


def _weekdays(text: str, mention: Mention) -> tuple[int | None, int | None]:
    """The weekdays written with a date; before one in digits, that of the word before it."""
    if any(mention.weekdays) or mention.relative:
        return mention.weekdays
    before = _WEEKDAY_BEFORE.search(text, max(0, mention.start - 16), mention.start)
    name = names("weekday").get(before["day"].casefold()) if before else None
    return (name.number(frozenset({"en"})) if name else None), None


def date_of(block: Block, mention: Mention, span: Span, sure: float) -> DateSpan:
    """The date of a mention; `sure` is its confidence before what OCR leaves to doubt."""
    read = reading_confidence(block, mention.start, mention.end)
    return DateSpan(
        text=block.text[mention.start : mention.end],
        start=span.start,
        end=span.end,
        precision=span.precision,
        edtf=span.edtf,
        approximate=span.approximate,
        inferred=not mention.has_year,
        provenance=provenance(block, mention.start, mention.end),
        confidence=round(sure * min(1.0, 0.4 + 0.6 * read), 3),
    )


def _learn_habits(blocks: Sequence[Block], settings: ExtractionSettings) -> Habits:
    language = language_of(blocks)
    return Habits(
        day_first=settings.day_first if settings.day_first is not None else _learn_order(blocks),
        languages=frozenset({"en", language} if language else {"en"}),
        short_years=any(_SHORT_YEAR.search(block.text) for block in blocks),
    )


def _learn_order(blocks: Sequence[Block]) -> bool | None:
    """Whether numeric dates put the day first; None where the document does not tell."""
    pattern = dict(NUMERIC)["numeric"]
    first = second = 0
    for block in blocks:
        first += len(_DAY_FIRST.findall(block.text))
        second += len(_MONTH_FIRST.findall(block.text))
        for match in pattern.finditer(block.text):
            if match["mark"] == "." or max(int(match["n1"]), int(match["n2"])) > 31:
                continue
            first += int(match["n1"]) > 12 >= int(match["n2"])
            second += int(match["n2"]) > 12 >= int(match["n1"])
    return None if first == second else first > second
