"""From the words of a date to its span of days: a reader for each form of `date_patterns`, and all over a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors import calendar_spans as cal
from newsletter_extract.extractors.calendar_spans import Span
from newsletter_extract.extractors.date_mentions import Mention, Relative
from newsletter_extract.extractors.date_patterns import NUMERIC, worded
from newsletter_extract.extractors.date_runs import find_runs, two_digit_year
from newsletter_extract.extractors.date_words import links, preceded, shadow, value_of

_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|during|of|for|from|and|or|to|by|until|since|year|before|after|early|late|throughout|with|en|em|de|del|im|jahr|"
    r"année|année|año|ano|godine|u)|[,(–-])\s*$",
    re.I,
)
_HEAD_KINDS = frozenset({"title", "heading", "caption"})
_TAKEN = "\0"
_FIRST_YEAR, _LAST_YEAR = 1900, 2069
_ONWARDS = re.compile(r"\s+(?:on(?:wards?)?|forwards?)\b(?!\s+\d)")
_FROM = re.compile(r"\bfrom\s+$", re.I)
_LAST = 99

Match = re.Match[str]
Mentions = Iterator[Mention]


@dataclass(frozen=True, slots=True)
class Habits:
    """What a document shows of how it writes dates."""

    day_first: bool | None = None
    languages: Set[str] = frozenset({"en"})
    short_years: bool = False
    """Whether dates as 03.12.19 stand in it beyond doubt."""


def find_mentions(text: str, habits: Habits, kind: str = "paragraph") -> list[Mention]:
    """Mentions of one block, in order; a more specific form keeps a vaguer one from its words."""
    if not _MAY_HOLD.search(text):
        return []
    found: list[Mention] = []
    for name, pattern in NUMERIC:
        text_left = _masked(text, found)
        found += [m for match in pattern.finditer(text_left) for m in _NUMERIC_READERS[name](match, text, habits)]
    shade = shadow(_masked(text, found), habits.languages)
    named = list(find_runs(text, shade, habits.languages))
    shade = _masked(shade, named)
    found += named
    for name, pattern in worded():
        more = [
            m
            for match in pattern.finditer(shade)
            if "\t" not in match[0] and "\n" not in match[0]
            for m in _WORDED_READERS[name](match, text, kind)
        ]
        shade = _masked(shade, more)
        found += more
    found = _same_year(text, [*found, *_relatives(text, shade)])
    found = [_opened(text, _without_stop(text, m)) for m in found]
    return sorted(found, key=lambda m: (m.start, m.end))


_MAY_HOLD = re.compile(r"\d|[Dd]ay|[Mm]onth|[Yy]ear|[Ww]eek|[Qq]uarter|\b[Ii]n\b|\b[Oo]n\b|[^\x00-\x7f]|\b[A-Z]")


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


def _masked(text: str, mentions: list[Mention]) -> str:
    """`text` with the words of mentions blotted out, in one pass."""
    if not mentions:
        return text
    pieces: list[str] = []
    position = 0
    for mention in sorted(mentions, key=lambda m: m.start):
        pieces += (text[position : mention.start], _TAKEN * (mention.end - max(mention.start, position)))
        position = max(position, mention.end)
    return "".join([*pieces, text[position:]])


def _without_stop(text: str, mention: Mention) -> Mention:
    """A full stop after the last word ends the sentence, not the date."""
    end = mention.end
    while end > mention.start + 1 and text[end - 1] in ".,":
        end -= 1
    return replace(mention, end=end)


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
    lead = preceded(text, mention.start, "until")
    if lead:
        return replace(mention, start=lead.start(), make=lambda y: cal.until(make(y)))
    lead = preceded(text, mention.start, "by")
    if lead and re.match(r"end\b", text[mention.start : mention.start + 4]):
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


@cache
def _number_contexts() -> re.Pattern[str]:
    names = "|".join(re.escape(w) for w in sorted(resources.words("not_date_contexts.txt"), key=len, reverse=True))
    return re.compile(rf"(?:(?<!\w)(?:{names})|\b[A-Z]{{1,5}}/)[\s:#]*(?:\([A-Z]+\)\s*)?$", re.I)


_CONTEXT_REACH = 30


def _named_otherwise(text: str, start: int, *, of: bool = True) -> bool:
    """Whether the words before make the number a law, a code or a product; `of` for years, as in "Act of 2004"."""
    match = _number_contexts().search(text[max(0, start - _CONTEXT_REACH) : start])
    return match is not None and (of or not match[0].rstrip().endswith("of"))


def _day(year: int, month: int, number: int) -> Span:
    there = cal.day(year, month, number)
    return cal.days(there, there)


def _fixed(match: Match, span: Callable[[], Span], sure: float = 1.0, *, ranged: bool = False) -> Mention:
    return Mention(match.start(), match.end(), lambda _year: span(), ranged=ranged, sure=sure)


def _iso(match: Match, text: str, _: Habits) -> Mentions:
    first = (int(match["y1"]), int(match["n1"]), int(match["d1"]))
    last = (int(match["y2"]), int(match["n2"]), int(match["d2"])) if match["y2"] else first
    if not _named_otherwise(text, match.start()):
        yield _fixed(match, lambda: cal.days(cal.day(*first), cal.day(*last)), ranged=first is not last)


def _year_month_day(match: Match, text: str, _: Habits) -> Mentions:
    year, month, day = int(match["y1"]), int(match["n1"]), int(match["d1"])
    if not _named_otherwise(text, match.start()) and month <= 12 and day <= 31:
        yield _fixed(match, lambda: _day(year, month, day))


def _numeric(match: Match, text: str, habits: Habits) -> Mentions:
    n1, n2, year = int(match["n1"]), int(match["n2"]), _year(match["y1"])
    if not _is_plausible(match, text, habits) or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return
    first, open_ = _order(match["mark"], ((n1, n2),), habits)
    readings = [lambda _y: _day(year, n2, n1), lambda _y: _day(year, n1, n2)]
    make, other = readings if first else reversed(readings)
    yield Mention(match.start(), match.end(), make, other=other if open_ else None)


def _year(digits: str) -> int:
    return two_digit_year(digits) if len(digits) == 2 else int(digits)


def _order(mark: str, pairs: tuple[tuple[int, int], ...], habits: Habits) -> tuple[bool, bool]:
    """Whether the day stands first, and whether that is open to doubt."""
    for n1, n2 in pairs:
        if max(n1, n2) > 12:
            return n1 > 12, False
    if mark.startswith("."):
        return True, False
    if habits.day_first is not None:
        return habits.day_first, False
    return True, any(n1 != n2 for n1, n2 in pairs)


def _is_plausible(match: Match, text: str, habits: Habits) -> bool:
    """Whether numbers with marks are a date at all, and no version, code, plate or telephone number."""
    n1, n2 = int(match["n1"]), int(match["n2"])
    if (min(n1, n2) > 12 and max(n1, n2) > 31) or max(n1, n2) > 39 or not (n1 and n2):
        return False
    if _named_otherwise(text, match.start(), of=False):
        return False
    lead = _DATE_LEAD.search(text, max(0, match.start() - 14), match.start())
    if match["mark"] == "-" and not lead and _CODE_BEFORE.search(text, max(0, match.start() - 5), match.start()):
        return False
    if len(match["y1"]) == 4 or match["mark"] == "/":
        return True
    padded = len(match["n1"]) == len(match["n2"]) == 2
    return bool(lead) or habits.short_years or (padded and match["mark"] == "." and match.start() == 0)


_CODE_BEFORE = re.compile(r"\b[A-Z]{1,3}\s$")
_DATE_LEAD = re.compile(
    r"\b(?:on|am|vom|dated|date:?|del|le|dne|dana|since|until|from|between|and|to|of|,)\s+(?:the\s+)?$", re.I
)


def _numeric_range(match: Match, text: str, habits: Habits) -> Mentions:
    n1, n2, n3, n4 = (int(match[f"n{k}"]) for k in range(1, 5))
    y2 = _year(match["y2"])
    y1 = _year(match["y1"]) if match["y1"] else None
    if not (n1 and n2 and n3 and n4) or max(min(n1, n2), min(n3, n4)) > 12 or _named_otherwise(text, match.start()):
        return
    first, open_ = _order(match["mark"], ((n1, n2), (n3, n4)), habits)

    def reading(day_first: bool) -> Callable[[int], Span]:
        (d1, m1), (d2, m2) = ((n1, n2), (n3, n4)) if day_first else ((n2, n1), (n4, n3))
        start_year = y1 or (y2 - 1 if (m1, d1) > (m2, d2) else y2)
        return lambda _y: cal.days(cal.day(start_year, m1, d1), cal.day(y2, m2, d2))

    yield Mention(match.start(), match.end(), reading(first), other=reading(not first) if open_ else None, ranged=True)


def _numeric_days(match: Match, text: str, _: Habits) -> Mentions:
    d1, d2, month, year = int(match["d1"]), int(match["n1"]), int(match["n2"]), int(match["y1"])
    if d1 < d2 and 1 <= month <= 12 and not _named_otherwise(text, match.start()):
        yield _fixed(match, lambda: cal.days(cal.day(year, month, d1), cal.day(year, month, d2)), ranged=True)


def _roman(match: Match, text: str, _: Habits) -> Mentions:
    year, month, day = int(match["y1"]), _ROMAN_MONTHS.index(match["n1"]) + 1, int(match["d1"])
    if not _named_otherwise(text, match.start()):
        yield _fixed(match, lambda: _day(year, month, day))


_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _iso_month(match: Match, text: str, _: Habits) -> Mentions:
    year, month = int(match["y1"]), int(match["n1"])
    if not _named_otherwise(text, match.start()) and year % 100 + 1 != month:
        yield _fixed(match, lambda: cal.months(year, month, year, month), 0.9)


def _numeric_month(match: Match, text: str, _: Habits) -> Mentions:
    year, month = int(match["y1"]), int(match["n1"])
    lead = preceded(text, match.start(), "lead") or preceded(text, match.start(), "since")
    if lead and not _named_otherwise(text, match.start()):
        yield _fixed(match, lambda: cal.months(year, month, year, month), 0.9)


def _iso_week(match: Match, text: str, _: object) -> Mentions:
    year, week = int(match["y1"]), int(match["w"])
    yield _fixed(match, lambda: cal.iso_week(year, week))


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
    yield _fixed(
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


def _half(match: Match, text: str, _: str) -> Mentions:
    groups = match.groupdict()
    code = groups.get("h1") or groups.get("h2")
    number = int(code) if code else _ordinal(match["o"])
    known = int(match["y1"]) if match["y1"] else None
    if number in {1, 2, _LAST}:
        yield Mention(
            match.start(), match.end(), lambda y: cal.half(known or y, number != 1), has_year=known is not None
        )


@cache
def _counts() -> dict[str, int]:
    return {
        row["word"]: int(float(row["value"])) for row in resources.rows("number_words.csv") if row["word"].isalpha()
    }


def _months_of(match: Match, text: str, _: str) -> Mentions:
    which, count = _ordinal(match["o"]), match["count"]
    number = int(count) if count.isdigit() else _counts().get(count, 0)
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
        yield _fixed(match, lambda: cal.around(cal.years(first, last)), ranged=True)


def _second_year(first: int, digits: str) -> int:
    return int(digits) if len(digits) == 4 else first // 100 * 100 + int(digits)


def _week(match: Match, text: str, _: str) -> Mentions:
    year, week = int(match["y1"]), int(match["w"])
    if week:
        yield _fixed(match, lambda: cal.iso_week(year, week), 0.95)


def _decade(match: Match, text: str, _: str) -> Mentions:
    year = int(match["y1"])
    third = value_of(match["part"], "part") if match["part"] else 0
    first, last = ((0, 3), (4, 6), (7, 9))[third - 1] if third else (0, 9)
    span = cal.around(cal.years(year + first, year + last)) if third else cal.decade(year)
    yield _fixed(match, lambda: span)


_LONG_DASHES = frozenset("–—")


def _year_range(match: Match, text: str, _: str) -> Mentions:
    first, last = int(match["y1"]), _second_year(int(match["y1"]), match["y2"])
    short, slash = len(match["y2"]) == 2, match["sep"] == "/"
    worded_link = match["sep"].strip() not in set("-–—−‐/")
    if first >= last or last > _LAST_YEAR or _named_otherwise(text, match.start()):
        return
    if last != first + 1 and (slash or (short and match["sep"].strip() not in _LONG_DASHES)):
        return
    if worded_link and not _spans(text, match):
        return
    begin, end = (_year_or_part(match, year, part) for year, part in ((first, "part"), (last, "part2")))
    yield _fixed(match, lambda: cal.through(begin, end), 0.9 if short and not slash else 1.0, ranged=True)


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
    yield _fixed(match, lambda: span if deadline else cal.part(span, third))


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
    if _named_otherwise(text, start) or _unit_words().match(text, match.end()):
        return
    span = cal.years(year, year)
    before = text[max(0, start - 24) : start]
    if _NUMBERED.search(before):
        return
    leads = _YEAR_LEAD.search(before) or any(preceded(text, start, role) for role in ("since", "until", "about"))
    ends_head = kind in _HEAD_KINDS and start > 0 and not text[match.end() :].strip(" .:)")
    if (leads and start) or ends_head:
        yield _fixed(match, lambda: span, 1.0 if leads else 0.95)


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
    r"\b(?P<count>\d{1,2}|[a-z]+)\s+(?P<unit>day|week|month|year)s?\s+(?P<side>later|earlier|before|after|afterwards)\b"
    r"(?!,?\s+(?:the|a|an|he|she|it|they|being|having|\w+ing|on|in)\b)",
    re.I,
)
_ON_WEEKDAY = re.compile(r"\b(?P<lead>on|last|next|this past)\s+(?P<day>[^\W\d_]+day)\b(?!,?\s+\d)", re.I)


def _relatives(text: str, shade: str) -> Mentions:
    """Dates told by another date; `shade` has blots where dates were found."""
    pattern, table = _relative_words()
    for match in pattern.finditer(text):
        if _TAKEN not in shade[match.start() : match.end()]:
            yield _relative(match, table[match[0].casefold()])
    for match in _AWAY.finditer(text):
        count = int(match["count"]) if match["count"].isdigit() else _counts().get(match["count"].casefold(), 0)
        if match["count"].casefold() in {"a", "one"}:
            count = 1
        sign = 1 if match["side"].casefold() in {"later", "after", "afterwards"} else -1
        if count:
            unit, rough = match["unit"].casefold(), match["unit"].casefold() != "day"
            unit, count = ("day", 7 * count) if unit == "week" else (unit, count)
            yield _relative(match, Relative(unit, sign * count, "before", rough))
    for match in _ON_WEEKDAY.finditer(text):
        if _TAKEN in shade[match.start() : match.end() + 1]:
            continue
        number = shade[match.start("day")]
        if number != text[match.start("day")]:
            lead = match["lead"].casefold()
            step = 1 if lead == "next" else 0 if lead == "on" else -1
            yield _relative(match, Relative("day", step, "now", weekday=value_of(number, "weekday")))


def _relative(match: Match, relative: Relative) -> Mention:
    return Mention(match.start(), match.end(), _unplaced, has_year=False, relative=relative)


def _unplaced(_year_number: int) -> Span:
    raise AssertionError("a relative date is made from the one it counts from")


_NUMERIC_READERS: dict[str, Callable[[Match, str, Habits], Mentions]] = {
    "iso": _iso,
    "year_first": _year_month_day,
    "written": _year_month_day,
    "vietnamese": _year_month_day,
    "numeric_range": _numeric_range,
    "numeric_days": _numeric_days,
    "numeric": _numeric,
    "roman": _roman,
    "iso_month": _iso_month,
    "numeric_month": _numeric_month,
    "iso_week": _iso_week,
}
_WORDED_READERS: dict[str, Callable[[Match, str, str], Mentions]] = {
    "quarters": _quarters,
    "year_quarter": _quarters,
    "quarter": _quarter,
    "quarter_number": _quarters,
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
