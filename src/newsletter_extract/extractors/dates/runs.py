"""Dates with named months, by structure: runs of days, months and years, however they are ordered and joined.

"4-7 October and 2-5 November 2021", "October 30 – November 2, 2021", "del 3 al 5 de junio de 2020" and "5. i 6. lipnja"
are runs of the same tokens. A run is read group by group (the days of one month); groups and days that a dash or "to"
joins are one span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set

from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.folding import folded
from newsletter_extract.extractors.dates.mentions import Mention, named_otherwise, two_digit_year
from newsletter_extract.extractors.dates.tokens import RUN, TOKEN, Atom, Link, Token, day_number, whole_month
from newsletter_extract.extractors.dates.words import links, marks, names, value_of, words_of


def find_runs(text: str, shade: str, languages: Set[str]) -> Iterator[Mention]:
    """Every date of `text` that names its month, in order."""
    month = re.compile(marks("month", 12))
    for run in RUN.finditer(shade):
        if not month.search(run[0]):
            continue
        tokens = [
            Token(match.lastgroup or "", match[0], match.start(), match.end())
            for match in TOKEN.finditer(shade, run.start(), run.end())
        ]
        position = 0
        while position < len(tokens):
            atoms, after = _Run(text, tokens, languages).expression(position)
            if atoms:
                yield from folded(text, atoms)
            position = max(after, position + 1)


class _Run:
    """Reads the tokens of one run from a position on."""

    def __init__(self, text: str, tokens: Sequence[Token], languages: Set[str]) -> None:
        self.text, self.tokens, self.languages = text, tokens, languages

    def kind(self, k: int) -> str:
        return self.tokens[k].kind if 0 <= k < len(self.tokens) else "end"

    def near(self, k: int) -> bool:
        """Whether token k stands close to the one before it."""
        return 0 < k < len(self.tokens) and self.tokens[k].start - self.tokens[k - 1].end <= _MAX_GAP

    def skip(self, k: int, *kinds: str) -> int:
        while self.kind(k) in kinds:
            k += 1
        return k

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

    def link(self, k: int) -> tuple[Link | None, int]:
        """The link at k, and where the next group would begin."""
        kind = self.kind(k)
        if kind == "dash":
            return "to", k + 1
        if kind == "link":
            return self.link_word(k), k + 1
        if kind == "mark" and self.tokens[k].text in "/&,":
            nxt = k + 1
            if self.kind(nxt) == "link":
                return self.link_word(nxt), nxt + 1
            return ("to" if self.tokens[k].text == "/" else "and"), nxt
        return None, k

    def link_word(self, k: int) -> Link:
        """What the word at k says in the language of the next month, else of the document, else at all."""
        meanings = links()[self.word(k)]
        ahead = next((t for t in self.tokens[k : k + 9] if t.kind == "month"), None)
        name = names("month").get(self.text[ahead.start : ahead.end].rstrip(".").casefold()) if ahead else None
        where = {code for _, codes in name.numbers for code in codes} if name else set()
        for language in (*sorted(self.languages - {"en"} & where), *sorted(where), "en"):
            if language in meanings:
                return "to" if meanings[language] == "to" else "and"
        return "to" if "to" in meanings.values() else "and"

    def group(self, k: int, link: Link | None) -> tuple[list[Atom], int]:
        """The days of one month from k on, or the month itself; no atoms where there is none."""
        for read in (self.year_first, self.days_first, self.month_first, self.month_alone):
            atoms, after = read(k, link)
            if atoms:
                return atoms, after
        return [], k

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

    def days_first(self, k: int, link: Link | None) -> tuple[list[Atom], int]:
        """4-7 October 2021; 5th and 6th of May; 3, 4 and 9 June."""
        days: list[tuple[Token, Link | None, int | None]] = []
        joined = link
        while True:
            k, weekday = self.weekday(k)
            worded = self.kind(k) == "ordinal" and self.kind(k + 1) == "of"
            if not worded and (self.kind(k) != "day" or (days and not self.near(k))):
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
        if self.kind(k) != "month" or not self.near(k) or named_otherwise(self.text, days[0][0].start, of=False):
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

    def ends_with_month(self, k: int) -> bool:
        """Whether a link, dash or dot at k stands between the day and its month: "3. do lipnja", "04-OCT-2021"."""
        if self.kind(k) == "link" and self.word(k) not in words_of("of"):
            return False
        if self.kind(k) == "dash" and self.text[self.tokens[k].end : self.tokens[k].end + 1].isspace():
            return False
        if self.kind(k) == "mark" and self.tokens[k].text not in "/.":
            return False
        return self.kind(k) in {"link", "dash", "mark"} and self.kind(k + 1) == "month"

    def word(self, k: int) -> str:
        return self.text[self.tokens[k].start : self.tokens[k].end].casefold()

    def day_link(self, k: int) -> tuple[Link | None, int]:
        k += self.kind(k) == "mark" and self.tokens[k].text == "." and self.kind(k + 1) in {"dash", "link", "mark"}
        link, after = self.link(k)
        if self.kind(k) == "mark" and self.tokens[k].text == "/" and self.kind(after) == "day":
            link = "to" if day_number(self.tokens[after]) == day_number(self.tokens[k - 1]) + 1 else "and"
        return link, after

    def weekday(self, k: int) -> tuple[int, int | None]:
        """Past "on Tuesday, the": where the day stands, and the weekday."""
        k = self.skip(k, "filler")
        if self.kind(k) != "weekday":
            return k, None
        number = value_of(self.tokens[k].text, "weekday")
        k = self.skip(k + 1, "filler")
        k += self.kind(k) == "mark" and self.tokens[k].text == ","
        return self.skip(k, "filler"), number

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
        return not (_COUNT_LEAD.search(before) and _NOUN.match(self.text, day.end))

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
            third = value_of(self.tokens[k].text, "part")
            after = self.skip(k + 1, "of", "dash", "filler")
            return (lambda y, m: cal.part(whole_month(y, m), third)), after
        number = value_of(self.tokens[k].text, "ordinal") if self.kind(k) == "ordinal" else 0
        unit, after = self.kind(k + 1), self.skip(k + 2, "of", "filler")
        if number and unit == "half":
            return (lambda y, m: cal.half_month(y, m, number != 1)), after
        if number and unit == "week":
            return (lambda y, m: cal.week_of_month(y, m, number)), after
        return None, k

    def year(self, k: int) -> tuple[int | None, int]:
        """The year at k behind a comma, "of" or a mark, and where the next token stands; k where there is none."""
        after = k
        if self.kind(after) in {"mark", "dash"} and self.tokens[after].text != "&":
            after += 1
        joined = after > k and not self.text[self.tokens[k].start - 1].isspace()
        after = self.skip(after, "of", "filler")
        token = self.tokens[after] if after < len(self.tokens) else None
        if token is None or token.start - self.tokens[k - 1].end > _YEAR_GAP:
            return None, k
        if token.kind == "year":
            return int(token.text), after + 1
        if token.kind == "short":
            return two_digit_year(token.text[1:]), after + 1
        bare = token.kind == "day" and len(token.text.rstrip(".")) == 2 and token.text[:2].isdigit()
        if bare and ((joined and self.tokens[k].text in "-/." and after == k + 1) or self.is_bare_year(k, after)):
            return two_digit_year(token.text[:2]), after + 1
        return None, k

    def is_bare_year(self, k: int, after: int) -> bool:
        """Whether two digits right behind an abbreviated month that follows a day are its year: "14 Mar 21"."""
        token, month = self.tokens[after], self.tokens[k - 1]
        name = self.text[month.start : month.end].rstrip(".")
        return (
            after == k
            and len(name) <= 4
            and self.kind(k - 2) == "day"
            and not _NOUN.match(self.text, token.end)
            and self.kind(after + 1) not in {"month", "day"}
        )

    def number(self, k: int) -> int:
        return value_of(self.tokens[k].text, "month")


_MOST_DAYS = 12
"""Days of a month in one list; longer lists of numbers are no dates."""
_MAX_GAP = 4
"""Characters between a day and its month, white space that OCR doubles included."""
_YEAR_GAP = 18
"""Characters between a month and its year, as in "of the year 2020"."""
_COUNT_LEAD = re.compile(r"\b(?:in|during|since|until|by|of|through)\s+$", re.I)
_NOUN = re.compile(r"\s+[^\W\d_]")
_STOP = re.compile(r"\s*(?:[.;:)\]|–—]|$|,\s|\s(?:in|at|and|the|with)\b)")


def _without_counts(text: str, days: list[tuple[Token, Link | None]]) -> list[tuple[Token, Link | None]]:
    """Days of a list without a year: what a comma or "and" adds must be no count ("On May 4, 12 officers …")."""
    while len(days) > 1 and days[-1][1] == "and" and not _STOP.match(text, days[-1][0].end):
        days = days[:-1]
    return days
