"""The tokens of a written date, what joins them, and its atoms: single days, months and parts of months."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.mentions import two_digit_year
from newsletter_extract.extractors.dates.words import links, marks, names, value_of, words_of

_SUFFIX = r"(?i:st|nd|rd|th|er|re|ère|ste|te|de|º|ª|°)"
_RUN = re.compile(rf"(?:[\d\s‐-―−~〜～/,&.'’‘-]|[\ue000-\ue0ff]|(?<=\d){_SUFFIX}(?![^\W\d_]))+")
_TOKEN = re.compile(
    rf"""
      (?P<month>{marks("month", 12)}+\.?)
    | (?P<weekday>{marks("weekday", 7)}+\.?,?)
    | (?P<link>{marks("link")}+)
    | (?P<half>[{marks("half")}{marks("fortnight")}]+)
    | (?P<days>{marks("days")}+)
    | (?P<week>{marks("week")}+)
    | (?P<part>{marks("part", 3)}+)
    | (?P<ordinal>{marks("ordinal", 99)}+)
    | (?P<of>{marks("of")}+)
    | (?P<filler>[{marks("the")}{marks("year")}]+)
    | (?P<other>[\ue000-\ue0ff]+)
    | (?P<break>[\t\n]|\d+(?:[.,:]\d+)+|\d{{3}}\d{{2,}}|[$€£%#]\d+|\d+%)
    | (?P<year>(?:19|20)\d\d(?!\d))
    | (?P<short>[’'‘]\d\d(?!\d))
    | (?P<day>(?<!\b[lIO|!])[0-3]?\d(?!\d){_SUFFIX}?\.?)
    | (?P<number>\d+)
    | (?P<dash>[‐-―−~〜～-])
    | (?P<mark>[/,&.])
    """,
    re.VERBOSE,
)
Link = Literal["to", "and"]


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Atom:
    """One day, or one month or part of it, of a run."""

    start: int
    end: int
    month: int
    day: int | None
    year: int | None
    link: Link | None
    """How it is joined to the atom before it."""
    shape: Callable[[int], Span] | None = None
    """For a month, or a part of one: its span in a year."""
    weekday: int | None = None
    is_whole_month: bool = False

    def span(self, year: int) -> Span:
        """Raises ImpossibleDate."""
        year = self.year or year
        if self.shape:
            return self.shape(year)
        day = cal.day(year, self.month, self.day or 1)
        return cal.days(day, day)


_MAX_GAP = 4
"""Characters between a day and its month, white space that OCR doubles included."""
_YEAR_GAP = 18
"""Characters between a month and its year, as in "of the year 2020"."""
NOUN = re.compile(r"\s+[^\W\d_]")
"""A word behind a number, which may be what it counts."""


class Tokens:
    """The tokens of one run, with what a single one of them and those beside it say."""

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

    def word(self, k: int) -> str:
        return self.text[self.tokens[k].start : self.tokens[k].end].casefold()

    def number(self, k: int) -> int:
        """The number of the month at k."""
        return value_of(self.tokens[k].text, "month")

    def weekday(self, k: int) -> tuple[int, int | None]:
        """Past "on Tuesday, the": where the day stands, and the weekday."""
        k = self.skip(k, "filler")
        if self.kind(k) != "weekday":
            return k, None
        number = value_of(self.tokens[k].text, "weekday")
        k = self.skip(k + 1, "filler")
        k += self.kind(k) == "mark" and self.tokens[k].text == ","
        return self.skip(k, "filler"), number

    def link(self, k: int) -> tuple[Link | None, int]:
        """The link at k, and where what it joins would begin."""
        kind = self.kind(k)
        if kind == "dash":
            return "to", k + 1
        if kind == "link":
            last = k + (self.kind(k + 1) == "link")  # "through to", "et jusqu'au"
            return self._link_word(last), last + 1
        if kind == "mark" and self.tokens[k].text in "/&,":
            nxt = k + 1
            if self.kind(nxt) == "link":
                return self._link_word(nxt), nxt + 1
            return ("to" if self.tokens[k].text == "/" else "and"), nxt
        return None, k

    def _link_word(self, k: int) -> Link:
        """What the word at k says in the language of the next month, else of the document, else at all."""
        meanings = links()[self.word(k)]
        ahead = next((t for t in self.tokens[k : k + 9] if t.kind == "month"), None)
        name = names("month").get(self.text[ahead.start : ahead.end].rstrip(".").casefold()) if ahead else None
        where = {code for _, codes in name.numbers for code in codes} if name else set()
        for language in (*sorted(self.languages - {"en"} & where), *sorted(where), "en"):
            if language in meanings:
                return "to" if meanings[language] == "to" else "and"
        return "to" if "to" in meanings.values() else "and"

    def day_link(self, k: int) -> tuple[Link | None, int]:
        """The link behind a day: "12/13 May" is a night, "12/14 May" two days."""
        k += self.kind(k) == "mark" and self.tokens[k].text == "." and self.kind(k + 1) in {"dash", "link", "mark"}
        link, after = self.link(k)
        if self.kind(k) == "mark" and self.tokens[k].text == "/" and self.kind(after) == "day":
            link = "to" if day_number(self.tokens[after]) == day_number(self.tokens[k - 1]) + 1 else "and"
        return link, after

    def ends_with_month(self, k: int) -> bool:
        """Whether a link, dash or dot at k stands between the day and its month: "3. do lipnja", "04-OCT-2021"."""
        if self.kind(k) == "link" and self.word(k) not in words_of("of"):
            return False
        if self.kind(k) == "dash" and self.text[self.tokens[k].end : self.tokens[k].end + 1].isspace():
            return False
        if self.kind(k) == "mark" and self.tokens[k].text not in "/.":
            return False
        return self.kind(k) in {"link", "dash", "mark"} and self.kind(k + 1) == "month"

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
        if bare and ((joined and self._is_joined_year(k, after)) or self._is_bare_year(k, after)):
            return two_digit_year(token.text[:2]), after + 1
        return None, k

    def _is_joined_year(self, k: int, after: int) -> bool:
        """Whether two digits behind a month and a mark at k are its year, as in "14-Mar-21" and "Mar-21".

        In "1 May-15 June" and "1 May-15" they are a day: a date has one mark throughout.
        """
        mark, month = self.tokens[k].text, self.tokens[k - 1]
        if mark not in "-/." or after != k + 1 or self.kind(after + 1) == "month":
            return False
        return mark == "." or self.kind(k - 2) != "day" or not self.text[month.start - 1].isspace()

    def _is_bare_year(self, k: int, after: int) -> bool:
        """Whether two digits right behind an abbreviated month that follows a day are its year: "14 Mar 21"."""
        token, month = self.tokens[after], self.tokens[k - 1]
        name = self.text[month.start : month.end].rstrip(".")
        return (
            after == k
            and len(name) <= 4
            and self.kind(k - 2) == "day"
            and not NOUN.match(self.text, token.end)
            and self.kind(after + 1) not in {"month", "day"}
        )


def runs_of(shade: str) -> Iterator[list[Token]]:
    """The tokens of every run of a shadow that names a month."""
    month = re.compile(marks("month", 12))
    for run in _RUN.finditer(shade):
        if month.search(run[0]):
            found = _TOKEN.finditer(shade, run.start(), run.end())
            yield [Token(match.lastgroup or "", match[0], match.start(), match.end()) for match in found]


def day_number(token: Token) -> int:
    digits = re.match(r"\d+", token.text)
    return int(digits[0]) if digits else value_of(token.text, "ordinal")


def whole_month(year: int, month: int) -> Span:
    return cal.months(year, month, year, month)
