"""Dates with named months, by structure: runs of days, months and years, however they are ordered and joined.

"4-7 October and 2-5 November 2021", "October 30 – November 2, 2021", "del 3 al 5 de junio de 2020" and "5. i 6. lipnja"
are runs of the same tokens. A run is read group by group (the days of one month); groups and days that a dash or "to"
joins are one span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set

from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.folding import folded
from newsletter_extract.extractors.dates.mentions import Mention, named_otherwise
from newsletter_extract.extractors.dates.tokens import NOUN, Atom, Link, Token, Tokens, day_number, runs_of, whole_month
from newsletter_extract.extractors.dates.words import value_of


def find_runs(text: str, shade: str, languages: Set[str]) -> Iterator[Mention]:
    """Every date of `text` that names its month, in order."""
    for tokens in runs_of(shade):
        run = _Run(text, tokens, languages)
        position = 0
        while position < len(tokens):
            atoms, after = run.expression(position)
            if atoms:
                yield from folded(text, atoms)
            position = max(after, position + 1)


class _Run(Tokens):
    """Reads the tokens of one run from a position on."""

    def expression(self, k: int) -> tuple[list[Atom], int]:
        """Groups from k on that links join, and where they end."""
        atoms, k = self.group(k, None)
        while atoms:
            link, following = self.link(k)
            more, after = self.group(following, link) if link else ([], k)
            if not more:
                break
            atoms += more
            k = after
        return atoms, k

    def group(self, k: int, link: Link | None) -> tuple[list[Atom], int]:
        """The days of one month from k on, or the month itself; no atoms where there is none."""
        for read in (self.year_first, self.year_day_month, self.days_first, self.month_first, self.month_alone):
            atoms, after = read(k, link)
            if atoms:
                return atoms, after
        return [], k

    def is_numbered(self, day: Token, month: int) -> bool:
        """Whether a day is the number of an issue or a case; behind a colon and before month and year it is none."""
        told = self.text[: day.start].rstrip().endswith(":") and self.year(month + 1)[0] is not None
        return not told and named_otherwise(self.text, day.start, of=False)

    def is_worded_day(self, k: int) -> bool:
        """Whether an ordinal in words is a day: "the fifth of May", "the second and third of May"."""
        if self.kind(k) != "ordinal" or value_of(self.tokens[k].text, "ordinal") > 31:
            return False
        link, after = self.link(k + 1)
        return self.kind(k + 1) == "of" or (link is not None and self.is_worded_day(self.skip(after, "filler")))

    def year_first(self, k: int, link: Link | None) -> tuple[list[Atom], int]:
        """2020. június 5, 2020 June 5."""
        month = self.skip(k + 1, "of", "dash") if self.kind(k) == "year" else -1
        month += self.kind(month) == "mark"
        if month < 0 or self.kind(month) != "month" or self.kind(month + 1) != "day" or not self.near(month + 1):
            return [], k
        if self.kind(month + 2) in {"year", "month"}:
            return [], k
        first, last = self.tokens[k], self.tokens[month + 1]
        return [Atom(first.start, last.end, self.number(month), day_number(last), int(first.text), link)], month + 2

    def year_day_month(self, k: int, link: Link | None) -> tuple[list[Atom], int]:
        """2016. gada 22. maijā: a word for the year tells it from a count."""
        day = self.skip(k + 1, "mark", "filler")
        if self.kind(k) != "year" or self.kind(day - 1) != "filler":
            return [], k
        if self.kind(day) != "day" or self.kind(day + 1) != "month":
            return [], k
        first, last = self.tokens[k], self.tokens[day + 1]
        number = day_number(self.tokens[day])
        return [Atom(first.start, last.end, self.number(day + 1), number, int(first.text), link)], day + 2

    def days_first(self, k: int, link: Link | None) -> tuple[list[Atom], int]:
        """4-7 October 2021; 5th and 6th of May; 3, 4 and 9 June."""
        days: list[tuple[Token, Link | None, int | None]] = []
        joined = link
        while True:
            k, weekday = self.weekday(k)
            if not self.is_worded_day(k) and (self.kind(k) != "day" or (days and not self.near(k))):
                return [], k
            if len(days) == _MOST_DAYS:
                return [], k
            days.append((self.tokens[k], joined, weekday))
            k += 1
            joined, after = self.day_link(k)
            if joined is None or self.ends_with_month(k):
                break
            k = after
        k = self.skip(k, "of", "filler")
        k += self.ends_with_month(k)
        if self.kind(k) != "month" or not self.near(k) or self.is_numbered(days[0][0], k):
            return [], k
        month = k
        year, k = self.year(month + 1)
        return [
            Atom(
                day.start,
                self.tokens[k - 1].end if n + 1 == len(days) else day.end,
                self.number(month),
                day_number(day),
                year,
                how,
                weekday=weekday,
            )
            for n, (day, how, weekday) in enumerate(days)
        ], k

    def month_first(self, k: int, link: Link | None) -> tuple[list[Atom], int]:
        """October 4–7, 2021; May 4 and 6, 2021; Sept. 30."""
        k, weekday = self.weekday(k)
        if self.kind(k) != "month" or self.text[self.tokens[k].start].islower():
            return [], k
        month, begin = k, self.tokens[k].start
        k = self.skip(k + 1, "filler")
        k += self.kind(k) == "dash" and not self.text[self.tokens[k].start - 1].isspace()
        if self.kind(k) != "day" or not self.near(k):
            return [], k
        days: list[tuple[Token, Link | None]] = [(self.tokens[k], link)]
        k += 1
        while True:
            how, after = self.link(k)
            after, _ = self.weekday(after)
            if (
                len(days) == _MOST_DAYS
                or how is None
                or self.kind(after) != "day"
                or self.kind(self.skip(after + 1, "of")) == "month"
            ):
                break
            days.append((self.tokens[after], how))
            k = after + 1
        year, after = self.year(k)
        if year is None:
            days = _without_counts(self.text, days)
            while self.tokens[k - 1] is not days[-1][0]:
                k -= 1
            if len(days) == 1 and not self.is_day(month, days[0][0]):
                return [], month
        else:
            k = after
        return [
            Atom(
                begin if n == 0 else day.start,
                self.tokens[k - 1].end if n + 1 == len(days) else day.end,
                self.number(month),
                day_number(day),
                year,
                how,
                weekday=weekday if n == 0 else None,
            )
            for n, (day, how) in enumerate(days)
        ], k

    def is_day(self, month: int, day: Token) -> bool:
        """Whether the number behind a month without a year is a day of it, and no count: "in May 24 officers"."""
        if day.text[-1].isalpha():
            return True
        before = self.text[max(0, self.tokens[month].start - 12) : self.tokens[month].start]
        return not (_COUNT_LEAD.search(before) and NOUN.match(self.text, day.end))

    def month_alone(self, k: int, link: Link | None) -> tuple[list[Atom], int]:
        """March 2021; early June; the first half of May 2020; the second week of July."""
        begin, (shape, k) = self.skip(k, "filler"), self.part(self.skip(k, "filler"))
        if self.kind(k) != "month":
            return [], k
        month, number = k, self.number(k)
        year, k = self.year(month + 1)
        if self.kind(k) == "day" and self.kind(k + 1) == "month" and year is None and not link:
            return [], k
        make = shape or whole_month
        return [
            Atom(
                self.tokens[begin].start,
                self.tokens[k - 1].end,
                number,
                None,
                year,
                link,
                shape=lambda y: make(y, number),
                is_whole_month=shape is None,
            )
        ], k

    def part(self, k: int) -> tuple[Callable[[int, int], Span] | None, int]:
        """The words that make a part of the month behind them, and where the month stands."""
        if self.kind(k) == "part":
            first = last = value_of(self.tokens[k].text, "part")
            link, after = self.link(k + 1)
            if link == "to" and self.kind(after) == "part":
                last, k = value_of(self.tokens[after].text, "part"), after
            after = self.skip(k + 1, "of", "dash", "filler")
            return (lambda y, m: cal.parts(whole_month(y, m), first, last)), after
        number = value_of(self.tokens[k].text, "ordinal") if self.kind(k) == "ordinal" else 0
        unit, after = self.kind(k + 1), self.skip(k + 2, "of", "filler")
        shapes: dict[str, Callable[[int, int], Span]] = {
            "half": lambda y, m: cal.half_month(y, m, number != 1),
            "week": lambda y, m: cal.week_of_month(y, m, number),
            "days": lambda y, m: cal.part(whole_month(y, m), 1 if number == 1 else 3),
        }
        return (
            (shapes[unit], after)
            if number and unit in shapes and (unit != "days" or number in {1, _LAST})
            else (None, k)
        )


_LAST = 99
"""The ordinal "last"."""
_MOST_DAYS = 12
"""Days of a month in one list; longer lists of numbers are no dates."""
_COUNT_LEAD = re.compile(r"\b(?:in|during|since|until|by|of|through)\s+$", re.I)
_STOP = re.compile(r"\s*(?:[.;:)\]|–—]|$|,\s|\s(?:in|at|and|the|with)\b)")


def _without_counts(text: str, days: list[tuple[Token, Link | None]]) -> list[tuple[Token, Link | None]]:
    """Days of a list without a year: what a comma or "and" adds must be no count ("On May 4, 12 officers …")."""
    while len(days) > 1 and days[-1][1] == "and" and not _STOP.match(text, days[-1][0].end):
        days = days[:-1]
    return days
