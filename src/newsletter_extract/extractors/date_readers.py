"""From the words of a date to its span of days, one reader for each form of `date_patterns`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from newsletter_extract import resources
from newsletter_extract.extractors import calendar_spans as cal
from newsletter_extract.extractors.calendar_spans import Span
from newsletter_extract.extractors.date_patterns import DASH, day_items, english_months, month_number, patterns

_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|during|of|for|from|and|to|by|until|since|year|before|after|early|late|throughout|with)|[,(–-])\s*$",
    re.I,
)
_MONTH_LEAD = re.compile(r"\b(?:in|since|during|until|till|early|late|mid|end of|by|last|this|next)\s+$", re.I)
_DASH = re.compile(DASH)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.I)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.I)
_SINCE = re.compile(r"\bsince\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as found: its place, and how to make its span of days once the year is known."""

    start: int
    end: int
    make: Callable[[int], Span]
    has_year: bool = True
    doubt: str | None = None


def find_mentions(text: str, day_first: bool | None) -> list[Mention]:
    """Mentions of one block, in order; a more specific form keeps a vaguer one from its words."""
    taken: list[tuple[int, int]] = []
    found: list[Mention] = []
    for name, pattern in patterns():
        for match in pattern.finditer(text):
            if (
                any(match.start() < end and start < match.end() for start, end in taken)
                or "\t" in match[0]
                or "\n" in match[0]
            ):
                continue
            mentions = [_without_stop(m, text) for m in _READERS[name](match, text, day_first)]
            if mentions:
                taken.append((match.start(), match.end()))
                found += mentions
    return sorted(found, key=lambda m: (m.start, m.end))


def _without_stop(mention: Mention, text: str) -> Mention:
    """A full stop after the month's name ends the sentence, not the date."""
    return replace(mention, end=mention.end - 1) if text[mention.end - 1] == "." else mention


Mentions = Iterator[Mention]


def _year_of(match: re.Match[str], name: str = "y1") -> int | None:
    return int(match[name]) if match[name] else None


def _day_month_range(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    first, second = (int(re.sub(r"\D", "", match[k])), month_number(match[m])) if (k := "d1", m := "m1") else (0, 0)
    d2, m2 = int(re.sub(r"\D", "", match["d2"])), month_number(match["m2"])
    y1, y2 = _year_of(match, "y1"), _year_of(match, "y2")
    linked = bool(_DASH.fullmatch(match["sep"])) or bool(_BETWEEN.search(text[: match.start()][-12:]))
    if not linked:
        known = y1 or y2
        yield _single(match.start("d1"), match.end("y1") if y1 else match.end("m1"), first, second, known)
        yield _single(match.start("d2"), match.end(), d2, m2, y2)
        return

    def make(year: int) -> Span:
        end_year = y2 or year
        start_year = y1 or (end_year - 1 if (second, first) > (m2, d2) else end_year)
        return cal.days(cal.day(start_year, second, first), cal.day(end_year, m2, d2))

    yield Mention(match.start(), match.end(), make, has_year=y2 is not None)


def _single(start: int, end: int, day: int, month: int, year: int | None) -> Mention:
    return Mention(
        start, end, lambda y: cal.days(cal.day(year or y, month, day), cal.day(year or y, month, day)), year is not None
    )


def _days_month(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    year, month = _year_of(match), month_number(match["m1"])
    offset = match.start("days")
    items = day_items(match["days"])
    between = bool(_BETWEEN.search(text[: match.start()][-14:]))
    leads_month = match.start("m1") < offset
    whole_end = match.end()
    k = 0
    while k < len(items):
        start, end, day, _mark = items[k]
        last = k + 1 == len(items)
        linked = not last and (_is_dash(items[k + 1][3]) or between)
        until = items[k + 1][2] if linked else day
        if linked:
            end, last = items[k + 1][1], k + 2 == len(items)
            k += 1
        begin = match.start() if leads_month and not k - linked else offset + start
        stop = whole_end if last else offset + end

        def make(y: int, first: int = day, second: int = until) -> Span:
            return cal.days(cal.day(year or y, month, first), cal.day(year or y, month, second))

        yield Mention(begin, stop, make, year is not None)
        k += 1


def _is_dash(mark: str) -> bool:
    bare = re.sub(r"^(?:st|nd|rd|th)\s*", "", mark)
    return bool(re.fullmatch(r"[-–—−‐/]|to|until|till|through", bare))


def _day_month(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    year = _year_of(match) or (2000 + int(match["yy"][1:]) if match["yy"] else None)
    if year is None and (match["m1"][0].islower() and match["m1"].casefold() in {"may", "march", "mar", "set", "mai"}):
        return
    yield _single(match.start(), match.end(), int(re.sub(r"\D", "", match["d1"])), month_number(match["m1"]), year)


def _month_day_range(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    y2 = int(match["y2"])
    first, second = (month_number(match["m1"]), int(match["d1"])), (month_number(match["m2"]), int(match["d2"]))
    y1 = _year_of(match) or (y2 - 1 if first > second else y2)
    yield Mention(match.start(), match.end(), lambda _y: cal.days(cal.day(y1, *first), cal.day(y2, *second)))


def _month_day(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    if match["m1"][0].islower() or not (1 <= int(re.sub(r"\D", "", match["d1"])) <= 31):
        return
    month, first = month_number(match["m1"]), int(re.sub(r"\D", "", match["d1"]))
    second = int(re.sub(r"\D", "", match["d2"])) if match["d2"] else first
    yield Mention(
        match.start(), match.end(), lambda y: cal.days(cal.day(y, month, first), cal.day(y, month, second)), False
    )


def _iso(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    yield _single(match.start(), match.end(), int(match["d1"]), int(match["n1"]), int(match["y1"]))


def _numeric(match: re.Match[str], text: str, day_first: bool | None) -> Mentions:
    if _named_otherwise(text, match.start()):
        return
    n1, n2 = int(match["n1"]), int(match["n2"])
    year = int(match["y1"]) if len(match["y1"]) == 4 else 2000 + int(match["y1"])
    if len(match["y1"]) == 2 and (match["mark"] != "/" or n1 > 31 or n2 > 31):
        return
    doubt = None
    first = True if match["mark"] == "." else day_first
    if n1 > 12 or n2 > 12:
        first = n1 > 12
    elif first is None and n1 != n2:
        first = True
        doubt = f"{match[0]} is {year}-{n2:02}-{n1:02} with the day first, else {year}-{n1:02}-{n2:02}."
    day, month = (n1, n2) if first is not False else (n2, n1)
    mention = _single(match.start(), match.end(), day, month, year)
    yield replace(mention, doubt=doubt)


def _months(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    m1, m2, y2 = month_number(match["m1"]), month_number(match["m2"]), int(match["y2"])
    y1 = _year_of(match) or (y2 - 1 if m1 > m2 else y2)
    yield Mention(match.start(), match.end(), lambda _y: cal.months(y1, m1, y2, m2))


_THIRDS = {"early": 1, "beginning": 1, "start": 1, "mid": 2, "middle": 2, "late": 3, "end": 3}


def _third(match: re.Match[str]) -> int | None:
    return next((n for word, n in _THIRDS.items() if word in (match["part"] or "").casefold()), None)


def _month(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    year, month, third = int(match["y1"]), month_number(match["m1"]), _third(match)
    span = cal.months(year, month, year, month)
    if _SINCE.search(text[: match.start()][-8:]):
        start = match.start() - len(_SINCE.search(text[: match.start()][-8:])[0])  # type: ignore[index]
        yield Mention(start, match.end(), lambda _y: cal.since(span))
        return
    yield Mention(match.start(), match.end(), lambda _y: cal.part(span, third) if third else span)


_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}


def _quarter(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    year = int(match["y1"] or match["y2"] or match["y3"])
    number = int((match["q"] or match["q2"] or "Q0")[1]) or _ORDINALS[match["o"].casefold()]
    span = cal.months(year, 3 * number - 2, year, 3 * number, "quarter")
    yield Mention(match.start(), match.end(), lambda _y: span)


def _half(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    year, second = int(match["y1"]), match["o"].casefold() not in {"first", "1st"}
    span = cal.months(year, 7 if second else 1, year, 12 if second else 6)
    yield Mention(match.start(), match.end(), lambda _y: span)


def _season(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    words = {row["word"]: int(row["value"]) for row in resources.rows("date_words.csv") if row["kind"] == "season"}
    year, first = int(match["y1"]), words[match["season"].casefold()]
    last_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
    span = replace(cal.months(year, first, last_year, last), approximate=True)
    yield Mention(match.start(), match.end(), lambda _y: span)


def _year_range(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    first, last = int(match["y1"]), int(match["y2"])
    last = last if last > 99 else first // 100 * 100 + last
    if first < last and not _named_otherwise(text, match.start()):
        yield Mention(match.start(), match.end(), lambda _y: cal.years(first, last))


def _year(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    year, before = int(match["y1"]), text[max(0, match.start() - 24) : match.start()]
    groups = match.groupdict()
    if _named_otherwise(text, match.start()):
        return
    span = cal.years(year, year)
    if "part" in groups:
        yield Mention(match.start(), match.end(), lambda _y: cal.part(span, _third(match) or 1))
    elif match[0][:5].casefold() == "since":
        yield Mention(match.start(), match.end(), lambda _y: cal.since(span))
    elif _YEAR_LEAD.search(before):
        yield Mention(match.start("y1"), match.end("y1"), lambda _y: span)


def _month_alone(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    name = match["m1"]
    if (
        name[0].islower()
        or name.casefold() not in english_months()
        or not (_MONTH_LEAD.search(text[: match.start()][-12:]) or match["part"])
    ):
        return
    month, third = month_number(name), _third(match)

    def make(year: int) -> Span:
        span = cal.months(year, month, year, month)
        return cal.part(span, third) if third else span

    yield Mention(match.start(), match.end(), make, has_year=False)


def next_day(_year_number: int) -> Span:
    raise AssertionError("a relative date is made from the one before it")


def _relative_day(match: re.Match[str], text: str, _: bool | None) -> Mentions:
    yield Mention(match.start(), match.end(), next_day, has_year=False)


def _named_otherwise(text: str, start: int) -> bool:
    """Whether the words before make the number a law, a decision or a product."""
    before = text[max(0, start - 24) : start].rstrip().casefold()
    return any(before.endswith(word) for word in resources.words("not_date_contexts.txt"))


_READERS: dict[str, Callable[[re.Match[str], str, bool | None], Mentions]] = {
    "day_month_range": _day_month_range,
    "days_month": _days_month,
    "day_month": _day_month,
    "month_days": _days_month,
    "month_day_range": _month_day_range,
    "month_day": _month_day,
    "iso": _iso,
    "numeric": _numeric,
    "months": _months,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "fiscal": _year_range,
    "year_range": _year_range,
    "year_part": _year,
    "since_year": _year,
    "year": _year,
    "month_alone": _month_alone,
    "relative": _relative_day,
}
