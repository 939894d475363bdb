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
from newsletter_extract.extractors.dates.period_forms import worded
from newsletter_extract.extractors.dates.words import is_cell, links, number_words, preceded, value_of, words_of

_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|during|of|for|from|and|or|to|by|until|since|year|before|after|early|late|throughout|with|en|em|de|del|im|jahr|"
    r"année|année|año|ano|godine|u)|[,(]|(?<!\d)\s?[–-])\s*$",
    re.I,
)
_HEAD_KINDS = frozenset({"title", "heading", "caption"})
_LAST_YEAR = 2069
_LAST = 99


def find_periods(text: str, shade: str, kind: str) -> tuple[list[Mention], str]:
    """Periods in a block of a kind, by its shadow; and the shadow with them blotted out."""
    found: list[Mention] = []
    for name, needs, pattern in worded():
        if not any(map(shade.__contains__, needs)):
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
    yield from _some_quarters(match, text, first, last, year)


def _quarter(match: Match, text: str, _: str) -> Mentions:
    last = min(_ordinal(match["o"]), 4 if _ordinal(match["o"]) == _LAST else _LAST)
    first = _ordinal(match["o0"]) if match["o0"] else last
    if match["y1"] is None and text[match.start("o") :][:5].casefold() == "last ":
        return  # the quarter before this one, which is told by another date
    if first in range(1, 5) and last in range(1, 5) and (match["y1"] or preceded(text, match.start(), "lead")):
        yield from _some_quarters(match, text, first, last, int(match["y1"]) if match["y1"] else None)


def _some_quarters(match: Match, text: str, first: int, last: int, year: int | None) -> Mentions:
    """One quarter, several as a span, or two that "and" joins and others part."""
    start, end = match.span()
    if last > first + 1 and not _is_to(text, *match.span("sep")):
        yield _from_quarter(start, match.start("sep"), first, first, year)
        yield _from_quarter(match.end("sep"), end, last, last, year)
    elif first <= last:
        yield _from_quarter(start, end, first, last, year)


def _from_quarter(start: int, end: int, first: int, last: int, year: int | None) -> Mention:
    def make(y: int) -> Span:
        return cal.months(year or y, 3 * first - 2, year or y, 3 * last, "quarter")

    return Mention(start, end, make, has_year=year is not None, ranged=first != last)


def _is_to(text: str, start: int, end: int) -> bool:
    """Whether a dash or word between two periods makes a span of them."""
    word = text[start:end].strip().casefold()
    return "to" in links()[word].values() if word in links() else word not in {"&", "/"}


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
    number *= 1 if match["unit"] == "months" else 3
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
        second = value_of(groups["season2"], "season") + 20 if groups.get("season2") else code
        yield Mention(match.start("season"), match.end(), lambda _y: cal.seasons(year, code, second))
    elif (after := _NEXT_WORD.match(text, match.end())) is None or after["word"] in words_of("after_season"):
        yield Mention(match.start("season"), match.end("season"), lambda y: cal.season(y, code), False, sure=0.8)


_NEXT_WORD = re.compile(r"[\s-]+(?P<word>[a-zß-öø-ÿ][\w’'-]*)")
"""A word behind a season, which is but an adjective before most of them: "the summer roster"."""


def _fiscal(match: Match, text: str, _: str) -> Mentions:
    """One fiscal year, or two that "and" joins: "fiscal years 2017 and 2018"."""
    groups = match.groupdict()
    first = int(match["y1"]) if match["y1"] else two_digit_year(groups["short"])
    rest, more = groups["y2"] or groups.get("short2"), groups.get("y3")
    last = _second_year(first, rest) if rest else first
    if last - first in {0, 1}:
        yield _of_years(match.start(), match.end("first"), first, last)
    if more:
        yield _of_years(match.start("y3"), match.end("y3"), int(more), int(more))


def _of_years(start: int, end: int, first: int, last: int) -> Mention:
    return Mention(start, end, lambda _: cal.around(cal.years(first, last)), ranged=True, sure=_FISCAL)


_FISCAL = 0.85
"""A fiscal year is given as the calendar years it touches, for want of its first day."""


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
    if worded_link and (not _spans(text, match) or _unit_words().match(text, match.end())):
        return
    begin, end = (_year_or_part(match, year, part) for year, part in ((first, "part"), (last, "part2")))
    yield fixed(match, lambda: cal.through(begin, end), 0.9 if short and not slash else 1.0, ranged=True)


def _spans(text: str, match: Match) -> bool:
    """Whether the word between two years makes a span of them: "to", or "and" behind "between"."""
    return _is_to(text, *match.span("sep")) or preceded(text, match.start(), "between") is not None


def _year_or_part(match: Match, year: int, part: str) -> Span:
    whole = cal.years(year, year)
    return cal.part(whole, value_of(match[part], "part")) if match[part] else whole


def _year_part(match: Match, text: str, _: str) -> Mentions:
    span, third = cal.years(int(match["y1"]), int(match["y1"])), value_of(match["part"], "part")
    whole = text[match.start() : match.start() + 3].casefold() == "end" and is_deadline(text, match.start())
    yield fixed(match, lambda: span if whole else cal.part(span, third))


def is_deadline(text: str, start: int) -> bool:
    """Whether "by" or "until" stands before what begins at `start`."""
    return any(preceded(text, start, role) for role in ("by", "until"))


@cache
def _unit_words() -> re.Pattern[str]:
    names = {n for row in resources.rows("units.csv") for n in row["names"].split("|") if len(n) > 1 or n.isascii()}
    names |= {n for row in resources.rows("currencies.csv") for n in row["names"].split("|") if n}
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
    """Whether a year is a whole cell of the first row of a table, or of the second under heads of several columns."""
    if kind != "table" or not is_cell(text, *match.span("y1")):
        return False
    upper, *rows = text.split("\n", 2)[: text.count("\n", 0, match.start()) + 1]
    if not rows:
        return True
    figures = [cell for cell in rows[0].split("\t") if any(map(str.isdigit, cell))]
    return len(rows) == 1 and "\t\t" in f"{upper}\t" and all(map(_YEAR_CELL.fullmatch, figures)) and len(figures) > 1


_YEAR_CELL = re.compile(r"(?:19|20)\d\d")


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
    "fiscal_after": _fiscal,
    "week": _week,
    "decade": _decade,
    "year_range": _year_range,
    "year_part": _year_part,
    "year": _lone_year,
}
