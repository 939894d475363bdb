"""What the readers of dates hand on: where a date stands, and how to make its span of days once the year is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from newsletter_extract.extractors.calendar_spans import Span


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
