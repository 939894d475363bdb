"""What the readers of dates hand on: where a date stands, and how to make its span of days once the year is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.dates.calendar_spans import Span

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Relative:
    """A date told by another: so many units from the date last read ("before") or from that of the event ("now")."""

    unit: str
    offset: int
    anchor: str
    rough: bool = False
    """Whether the count is round, as of weeks."""
    weekday: int | None = None
    """For "last Friday" and the like, Monday 1; `offset` is then -1, 0 or 1."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as found in a text."""

    start: int
    end: int
    make: Callable[[int], Span]
    """The span in a year; the year is passed over where the text names one. Raises ImpossibleDate."""
    has_year: bool = True
    weekdays: tuple[int | None, int | None] = (None, None)
    """Weekdays written with the first and the last day, Monday 1."""
    ranged: bool = False
    """Whether the text names both ends."""
    other: Callable[[int], Span] | None = None
    """The other reading, where day and month could change places."""
    relative: Relative | None = None
    sure: float = 1.0
    """What the form itself leaves to doubt: 1 for none."""
    explained: bool = False
    """Whether a bracket behind it says which days are meant: "Winter 2019 (January to March 2019)"."""


Mentions = Iterator[Mention]


@dataclass(frozen=True, slots=True)
class Habits:
    """What a document shows of how it writes dates."""

    day_first: bool | None = None
    languages: Set[str] = frozenset({"en"})
    short_years: bool = False
    """Whether dates as 03.12.19 stand in it beyond doubt."""


BLOT = "\0"
"""Stands for the letters of dates already found."""
_LAST_TWO_DIGIT_YEAR = 69
"""Two digits up to here are years from 2000 on, others before: what POSIX says of %y is 68; bulletins are younger."""
_CONTEXT_REACH = 30


def fixed(match: Match, span: Callable[[], Span], sure: float = 1.0, *, ranged: bool = False) -> Mention:
    """The mention of a match whose span no context changes."""
    return Mention(match.start(), match.end(), lambda _year: span(), ranged=ranged, sure=sure)


def blotted(text: str, mentions: Sequence[Mention]) -> str:
    """`text` with the words of mentions blotted out, in one pass."""
    if not mentions:
        return text
    pieces: list[str] = []
    position = 0
    for mention in sorted(mentions, key=lambda m: m.start):
        pieces += (text[position : mention.start], BLOT * (mention.end - max(mention.start, position)))
        position = max(position, mention.end)
    return "".join([*pieces, text[position:]])


def two_digit_year(digits: str) -> int:
    return int(digits) + (2000 if int(digits) <= _LAST_TWO_DIGIT_YEAR else 1900)


@cache
def _number_contexts() -> re.Pattern[str]:
    names = "|".join(re.escape(w) for w in sorted(resources.words("not_date_contexts.txt"), key=len, reverse=True))
    numbered = r"(?:page|no\.?|nr\.?|number|issue)\s?\w{0,4}\d[\w/-]*\s+of"
    return re.compile(rf"(?:(?<!\w)(?:{names}|{numbered})|\b[A-Z]{{1,5}}/)[\s:#]*(?:\([A-Z]+\)\s*)?$", re.I)


def named_otherwise(text: str, start: int, *, of: bool = True) -> bool:
    """Whether the words before make the number a law, a code or a product; `of` for years, as in "Act of 2004"."""
    match = _number_contexts().search(text[max(0, start - _CONTEXT_REACH) : start])
    return match is not None and (of or not match[0].rstrip().endswith("of"))
