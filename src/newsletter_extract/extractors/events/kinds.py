"""What the text of an event says of it: its kind, and how many took part."""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.amounts.numbers import find_numbers
from newsletter_extract.schema import EventKind, Participants

_KIND_REACH = 400
"""Characters of the body that tell its kind; later ones tell of other things."""


@cache
def _kinds() -> tuple[re.Pattern[str], tuple[EventKind, ...]]:
    """A pattern of the words of all kinds, a group for each kind, and the kinds in the order of their groups."""
    rows = list(resources.rows("event_kinds.csv"))
    groups = "|".join(f"({'|'.join(map(re.escape, row['words'].split('|')))})" for row in rows)
    return re.compile(rf"\b(?:{groups})\b", re.I), tuple(row["kind"] for row in rows)  # type: ignore[misc]


def kind_of(heading: str, body: str) -> EventKind:
    """The kind whose word comes first in the heading, else in the first words of the body."""
    pattern, kinds = _kinds()
    hit = pattern.search(heading) or pattern.search(body[:_KIND_REACH])
    return kinds[(hit.lastindex or 1) - 1] if hit else "other"


def names_a_kind(text: str) -> bool:
    """Whether a title is that of an event rather than of the bulletin: "Workshop on precursors, …"."""
    return _kinds()[0].search(text) is not None


@cache
def _person() -> re.Pattern[str]:
    taking_part = resources.words("persons.txt") - resources.words("persons_acted_upon.txt")
    names = "|".join(re.escape(p) for p in sorted(taking_part, key=len, reverse=True))
    return re.compile(rf"\s+(?:[\w’-]+\s+){{0,3}}?(?:{names})\b", re.I)


_TOOK_PART = re.compile(r"\s+(?:took part|attended|participated|joined)\b", re.I)
_PARTICIPANT_REACH = 1500


def participants_of(body: str) -> Participants | None:
    """How many took part, by the first number of people who did."""
    for number in find_numbers(body[:_PARTICIPANT_REACH]):
        match = _person().match(body, number.end) or _TOOK_PART.match(body, number.end)
        if match and isinstance(number.value, int) and number.value > 1 and not re.search(r"[.;:]", match[0]):
            stop = number.end if match.re is _TOOK_PART else match.end()
            return Participants(value=number.value, text=body[number.start : stop], approximate=number.approximate)
    return None
