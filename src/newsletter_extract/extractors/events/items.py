"""What headings of events are made of: dates and places of a block as items, and the occurrences that they tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsletter_extract.schema import DateSpan, Located, Occurrence, Place


@dataclass(frozen=True, slots=True)
class Lost:
    """A date that no calendar has, where a heading has one."""


Item = tuple[int, int, DateSpan | Place | Lost | None]
"""Start, end and the fact; None stands for "online"."""


def fact_items(dates: Sequence[DateSpan], places: Sequence[Place]) -> list[Item]:
    """Dates and places of one block as items."""
    facts: list[Located] = [*dates, *places]
    return [(f.provenance.start, f.provenance.end, f) for f in facts if f.provenance]  # type: ignore[misc]


def occurrences_of(items: Sequence[Item]) -> tuple[Occurrence, ...]:
    """Dates with the places that belong to them: those after it where dates come first, else those before it."""
    facts = [item[2] for item in items]
    date_first = isinstance(facts[0], DateSpan) if facts else False
    groups: list[tuple[list[DateSpan], list[Place], bool]] = [([], [], False)]
    for fact in facts:
        dates, places, online = groups[-1]
        if fact is None:
            groups[-1] = (dates, places, True)
        elif isinstance(fact, Lost):
            continue
        elif isinstance(fact, DateSpan):
            if date_first and (places or online):
                groups.append(([fact], [], False))
            else:
                dates.append(fact)
        elif not date_first and dates:
            groups.append(([], [fact], False))
        else:
            places.append(fact)
    result = [
        Occurrence(dates=date, places=places, online=online)
        for dates, places, online in groups
        for date in dates or (None,)
    ]
    if len(result) > 1 and result[-1].dates is None:
        last = result.pop()
        result[-1] = result[-1].model_copy(update={"places": [*result[-1].places, *last.places], "online": last.online})
    return tuple(result)
